"""Summaries that people take home: pure, from the released snapshots only; the same summary gives the same bytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workshop.errors import Missing, NotBuilt
from workshop.export.csv_tables import csv_bytes
from workshop.export.page import page_bytes
from workshop.export.snapshot_json import json_bytes
from workshop.export.summary import Summary

__all__ = ["FORMATS", "Exported", "Summary", "export"]


@dataclass(frozen=True)
class Exported:
    """A file as it is sent: `name` is safe in a header and on any disk."""

    name: str
    media_type: str
    body: bytes


_BUILT: Mapping[str, tuple[str, Callable[[Summary], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", csv_bytes),
    "json": ("application/json", json_bytes),
    "html": ("text/html; charset=utf-8", page_bytes),
}
_LATER = ("parquet", "xlsx", "pdf", "zip")
FORMATS = tuple(_BUILT)


def export(format: str, summary: Summary) -> Exported:
    """Raises NotBuilt for a format of a later version, Missing for any other."""
    if format in _LATER:
        raise NotBuilt("not_built", f"{format.upper()} is not part of this version. "
                                    "Take html to read or print, csv or json to work with the tables.")
    if format not in _BUILT:
        raise Missing("unknown_format", f"There is no such format. Choose one of {', '.join(FORMATS)}.")
    media_type, write = _BUILT[format]
    return Exported(_name(summary, format), media_type, write(summary))


def _name(summary: Summary, format: str) -> str:
    kind = "rehearsal-" if summary.rehearsal else ""
    return f"bothand-{kind}{summary.code}-{summary.day}.{format}"
