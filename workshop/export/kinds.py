"""Every format by name: how it is written, in which variants, and what a browser calls it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workshop.export.choice import PICTURES
from workshop.export.csv_tables import csv_bytes
from workshop.export.page import page_bytes
from workshop.export.paper import PAPERS, paper_bytes
from workshop.export.parquet import parquet_bytes
from workshop.export.pictures import picture
from workshop.export.snapshot_json import json_bytes
from workshop.export.summary import Summary
from workshop.export.wide import wide_bytes


@dataclass(frozen=True)
class Kind:
    """A format; the first of its `variants` is the usual one, and only others go into the file's name."""

    media_type: str
    write: Callable[[Summary, str], bytes]
    variants: tuple[str, ...] = ("",)


def _csv(summary: Summary, variant: str) -> bytes:
    return wide_bytes(summary) if variant == "wide" else csv_bytes(summary)


def _xlsx(summary: Summary, _: str) -> bytes:
    from workshop.export.workbook import workbook_bytes  # its library would hold every start up for nothing

    return workbook_bytes(summary)


def _svg(summary: Summary, variant: str) -> bytes:
    return picture(summary, variant, "svg")


def _png(summary: Summary, variant: str) -> bytes:
    return picture(summary, variant, "png")


KINDS: Mapping[str, Kind] = {
    "pdf": Kind("application/pdf", paper_bytes, tuple(PAPERS)),
    "html": Kind("text/html; charset=utf-8", lambda summary, _: page_bytes(summary)),
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "csv": Kind("text/csv; charset=utf-8", _csv, ("long", "wide")),
    "parquet": Kind("application/vnd.apache.parquet", lambda summary, _: parquet_bytes(summary)),
    "json": Kind("application/json", lambda summary, _: json_bytes(summary)),
    "svg": Kind("image/svg+xml", _svg, PICTURES),
    "png": Kind("image/png", _png, PICTURES),
}
