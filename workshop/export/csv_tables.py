"""Summary -> one long CSV table: the facts of the workshop beside every published count.

A row is one class of one table; agenda, notes, protection and method follow as rows of their own kind, so that
the file stays one clean table for a spreadsheet or a data frame, and several workshops can be put together.
"""

import csv
import io
from collections.abc import Iterator, Mapping

from workshop.export.about import scene_title
from workshop.export.counted import counted
from workshop.export.language import clean, language
from workshop.export.method import chapters
from workshop.export.prompts import prompts
from workshop.export.summary import Summary

Cell = str | int | float
Record = Mapping[str, Cell]

SAME = ("title", "date", "context", "language", "inventory", "inventory_version", "form", "rehearsal", "level", "k",
        "m", "tau")
COLUMNS = (*SAME, "round", "kind", "group", "id", "facet", "pole", "keyed", "text", "class", "label",
           "points", "x_from", "x_to", "y_from", "y_to", "n", "people", "answers", "value", "note")
_FORMULA_STARTS = tuple("=+-@＝＋－＠")


def csv_bytes(summary: Summary) -> bytes:
    """RFC 4180 with CRLF, in UTF-8 with a byte order mark, as spreadsheets expect it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    facts = workshop_facts(summary)
    for record in (*counted(summary), *_around(summary)):
        writer.writerow({name: defused(cell) for name, cell in {**facts, **record}.items()})
    return out.getvalue().encode("utf-8-sig")


def defused(cell: Cell) -> Cell:
    """A text that a spreadsheet would run as a formula gets an apostrophe; numbers stay numbers."""
    if not isinstance(cell, str):
        return cell
    text = clean(cell)
    return f"'{text}" if text.startswith(("\t", "\n")) or text.lstrip().startswith(_FORMULA_STARTS) else text


def workshop_facts(summary: Summary) -> Record:
    """What stands on every row, so that the tables of several workshops can be put together."""
    return {"title": summary.title, "date": summary.day, "context": summary.context,
            "language": summary.language, "inventory": summary.inventory,
            "inventory_version": summary.questionnaire.version, "form": summary.form,
            "rehearsal": "yes" if summary.rehearsal else "no", "level": summary.level,
            "k": summary.k, "m": summary.m, "tau": summary.tau}


def _around(summary: Summary) -> Iterator[Record]:
    speak = language(summary.language)
    yield {"kind": "question", "text": summary.questionnaire.stem}
    if summary.grouping:
        yield {"kind": "grouping question", "text": summary.grouping["question"]}
    yield {"kind": "protection", "text": summary.sentence}
    if summary.held_back:
        yield {"kind": "held back", "text": speak.text("page.held_back")}
    if summary.imported:
        yield {"kind": "imported", "text": speak.text("about.imported_text")}
    for scene in summary.agenda:
        yield {"kind": "agenda", "id": scene.id, "text": scene_title(scene, speak), "value": scene.minutes,
               "label": "minutes"}
    for scene in summary.agenda:
        if scene.id in summary.notes:
            yield {"kind": "note", "id": scene.id, "text": summary.notes[scene.id]}
    for one in prompts(summary):
        for question in one.questions:
            yield {"kind": "question to go on with", "facet": one.name, "text": question}
    for chapter in chapters(summary):
        for paragraph in chapter.paragraphs:
            yield {"kind": "method", "label": chapter.title, "text": paragraph}
