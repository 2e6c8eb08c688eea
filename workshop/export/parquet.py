"""Summary -> Parquet: the long table with its types, and everything that explains it in the file's metadata."""

import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from workshop.export.about import agenda, facts, notes
from workshop.export.counted import counted
from workshop.export.language import clean
from workshop.export.method import chapters
from workshop.export.prompts import prompts
from workshop.export.summary import Summary

_TEXT = pa.dictionary(pa.int16(), pa.string())
_WHOLE, _REAL = pa.int32(), pa.float64()
SCHEMA = pa.schema([
    pa.field("title", _TEXT, nullable=False), pa.field("date", pa.date32(), nullable=False),
    pa.field("context", _TEXT, nullable=False), pa.field("language", _TEXT, nullable=False),
    pa.field("inventory", _TEXT, nullable=False), pa.field("inventory_version", _TEXT, nullable=False),
    pa.field("form", _TEXT, nullable=False), pa.field("rehearsal", pa.bool_(), nullable=False),
    pa.field("level", _TEXT, nullable=False), pa.field("k", pa.int16(), nullable=False),
    pa.field("m", pa.int16(), nullable=False), pa.field("tau", pa.int16(), nullable=False),
    pa.field("round", pa.int16(), nullable=False), pa.field("kind", _TEXT, nullable=False),
    pa.field("group", _TEXT), pa.field("id", _TEXT), pa.field("facet", _TEXT), pa.field("pole", _TEXT),
    pa.field("keyed", pa.int8()), pa.field("text", pa.string()), pa.field("class", pa.int16()),
    pa.field("label", _TEXT), pa.field("points", pa.list_(pa.int16())), pa.field("x_from", _REAL),
    pa.field("x_to", _REAL), pa.field("y_from", _REAL), pa.field("y_to", _REAL), pa.field("n", _WHOLE),
    pa.field("people", _WHOLE), pa.field("answers", _WHOLE), pa.field("value", _REAL), pa.field("note", _TEXT),
])


def parquet_bytes(summary: Summary) -> bytes:
    """One row a class of a table; a count that is held back is null."""
    rows = [{**_workshop(summary), **record} for record in counted(summary)]
    table = pa.table([pa.array(_column(field.name, rows), field.type) for field in SCHEMA],
                     schema=SCHEMA.with_metadata(_metadata(summary)))
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd", version="2.6")
    return out.getvalue()


def _workshop(summary: Summary) -> Mapping[str, Any]:
    return {"title": summary.title, "date": date.fromisoformat(summary.day), "context": summary.context,
            "language": summary.language, "inventory": summary.inventory,
            "inventory_version": summary.questionnaire.version, "form": summary.form, "rehearsal": summary.rehearsal,
            "level": summary.level, "k": summary.k, "m": summary.m, "tau": summary.tau}


def _column(name: str, rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    return [_value(name, row.get(name)) for row in rows]


def _value(name: str, value: Any) -> Any:
    if name == "points":
        return [int(point) for point in value.split("|")] if value else None
    if isinstance(value, str):
        return clean(value) or (None if SCHEMA.field(name).nullable else "")
    return value


def _metadata(summary: Summary) -> dict[str, str]:
    said = {
        "bothand": "1", "title": summary.title, "code": summary.code, "date": summary.day,
        "held_back": "yes" if summary.held_back else "no",
        "about": _lines((fact.name, fact.text) for fact in facts(summary)),
        "agenda": _lines((scene.name, scene.text) for scene in agenda(summary)),
        "notes": _lines((note.scene, note.text) for note in notes(summary)),
        "questions": _lines((one.name, question) for one in prompts(summary) for question in one.questions),
        "method": _lines((chapter.title, text) for chapter in chapters(summary) for text in chapter.paragraphs),
    }
    return {name: clean(text) for name, text in said.items()}


def _lines(pairs: Iterable[tuple[str, str]]) -> str:
    return json.dumps([[clean(name), clean(text)] for name, text in pairs], ensure_ascii=False)
