"""What is taken home: every count of it has to be one that the API told, and every file has to come, byte for byte,
from the JSON summary alone."""

import csv
import io
import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet

from tests.rooms import sessions_in
from workshop.errors import Missing
from workshop.export import Summary, export
from workshop.takehome import summary_of

Files = Mapping[str, bytes]  # by format and, after ?variant=, its shape
Counts = Counter[tuple[int, str, int]]  # round, group, people or answers
EVERY_COUNT = "Every count"
MADE = (".pdf", ".html", ".xlsx", ".csv", ".parquet", ".json", ".svg", ".png")
ALWAYS_ALIKE = "summary.schema.json"


def faults(files: Files, results: Mapping[int, Mapping[str, Any]]) -> Iterator[str]:
    """What a file says beside the results of all rounds."""
    told: Counts = Counter()
    for one in results.values():
        told += said(one)
    for name, read in READERS.items():
        if name in files and (found := read(files[name])) != told:
            yield f"{name} counts {found - told} beside what was told, and not {told - found}"
    yield from (f"{name} holds more than the JSON summary" for name in beside_json(files))
    # The console's page draws the pictures that are ticked there, so that it need not be the one without a choice.
    yield from (f"the console's {name} is another" for name in files.keys() - {"html"}
                if f"console {name}" in files and files[f"console {name}"] != files[name])
    yield from (f"{name} in the ZIP is another" for name in other_members(files))


def said(results: Mapping[str, Any]) -> Counts:
    """The counts of one round as the API tells them."""
    if not results["released"]:
        return Counter()
    whole = [count for one in (*results["items"], *results["poles"]) for count in one["counts"] or ()]
    whole += [cell["n"] for cell in (results["plane"] or {"cells": ()})["cells"]]
    whole += [edge["n"] for edge in results["edges"] or ()]
    whole += [n for way in (results["directions"] or {}).values() for n in (way or {}).values()]
    found: Counts = Counter((results["round"], "", count) for count in whole)
    for group in results["groups"] or ():
        tables = (*group["items"], *group["poles"])
        found += Counter((results["round"], group["option"], n) for one in tables for n in one["counts"] or ())
    return found


def _rows(rows: Iterator[Mapping[str, Any]]) -> Counts:
    """The counts of the long table, whose columns are called alike everywhere."""
    return Counter((int(row["round"]), row["group"] or "", int(row[kind])) for row in rows
                   for kind in ("people", "answers") if row[kind] not in (None, ""))


def _csv(body: bytes) -> Counts:
    return _rows(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def _parquet(body: bytes) -> Counts:
    return _rows(iter(pyarrow.parquet.read_table(io.BytesIO(body)).to_pylist()))


def _workbook(body: bytes) -> Counts:
    lines = list(openpyxl.load_workbook(io.BytesIO(body))[EVERY_COUNT].iter_rows(values_only=True))
    head = next(place for place, line in enumerate(lines) if "people" in line)
    return _rows(dict(zip(lines[head], line, strict=True)) for line in lines[head + 1:])


def _json(body: bytes) -> Counts:
    found: Counts = Counter()
    for one in json.loads(body)["snapshots"]:
        found += said(one)
    return found


READERS = {"csv?variant=long": _csv, "parquet": _parquet, "xlsx": _workbook, "json": _json}


def beside_json(files: Files) -> Iterator[str]:
    """The files that another house, which knows nothing but the JSON summary, makes otherwise."""
    code = json.loads(files["json"])["code"]
    with tempfile.TemporaryDirectory() as folder, sessions_in(Path(folder)) as sessions:
        sessions.import_summary(files["json"]).result(20)
        summary = replace(summary_of(sessions, code), imported=False)
        for name, body in files.items():
            format, _, variant = name.partition("?variant=")
            if not name.startswith("console") and _made(format, summary, variant) != body:
                yield name


def _made(format: str, summary: Summary, variant: str) -> bytes:
    try:
        return export(format, summary, variant).body
    except Missing:
        return b""


def other_members(files: Files) -> Iterator[str]:
    """Files in the ZIP that are not those that can be had one by one."""
    alone = {body for name, body in files.items() if name != "zip"}
    for name, body in _members(files):
        if name.endswith(MADE) and name != ALWAYS_ALIKE and body not in alone:
            yield name


def _members(files: Files) -> Iterator[tuple[str, bytes]]:
    if "zip" in files:
        with zipfile.ZipFile(io.BytesIO(files["zip"])) as whole:
            yield from ((name, whole.read(name)) for name in whole.namelist())
