"""The tables of a workbook, each as a head and typed rows; only those that the summary has something for."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from workshop.export.comparing import comparison, in_common
from workshop.export.counted import LIMITS, counted
from workshop.export.csv_tables import COLUMNS, SAME
from workshop.export.language import Language, language
from workshop.export.rows import groups
from workshop.export.spreadsheet import Cell, Column
from workshop.export.statements import TONES, answers_of, statement_cells, statement_columns, statements, tones_of
from workshop.export.summary import Summary
from workshop.export.tables import numbers
from workshop.inventory import DARK_POLES, LIGHT_POLES
from workshop.results import ItemTable, PoleTable, Snapshot

Cells = tuple[Cell, ...]
POOLED_AT = 2


@dataclass(frozen=True)
class Leaf:
    """One sheet: `name` is its key among the words."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Cells, ...]


def leaves(summary: Summary) -> tuple[Leaf, ...]:
    """In the order of the workbook."""
    speak = language(summary.language)
    light, dark = statements(summary, LIGHT_POLES), statements(summary, DARK_POLES)
    made = (Leaf("sides", light.columns, light.rows), _pooled(summary, speak), Leaf("dark", dark.columns, dark.rows),
            _poles(summary, speak), _plane(summary, speak), _chosen(summary, speak), _then_now(summary, speak),
            _groups(summary, speak), _numbers(summary, speak), _every(summary))
    return tuple(leaf for leaf in made if leaf.rows)


def _round(speak: Language) -> Column:
    return Column(speak.text("tables.round"), 8)


def _pooled(summary: Summary, speak: Language) -> Leaf:
    heads = (_round(speak), Column(speak.text("tables.side"), 34, "text"),
             *(Column(speak.text(f"common.tone.{tone}"), 12) for tone in TONES),
             Column(speak.text("tables.answers"), 10), Column(speak.text("tables.people"), 9),
             Column(speak.text("sheet.held_back"), 24, "text"))
    points = summary.questionnaire.scale.points
    return Leaf("pooled", heads, tuple(
        (one.round, speak.text(f"common.pole.{pole.id}.name"), *(known.get(tone) for tone in TONES),
         sum(known.values()) or None, pole.n if known else None, None if known else speak.text("common.hidden"))
        for one in reversed(summary.rounds) for pole in one.poles if pole.pooled
        for known in [answers_of(pole, points)]))


def _poles(summary: Summary, speak: Language) -> Leaf:
    heads = (Column(speak.text("tables.side"), 34, "text"), Column(speak.text("tables.people"), 9),
             *(Column(speak.text("tables.between", **{"from": speak.number(low), "to": speak.number(high)}), 11)
               for low, high in _spans()),
             Column(speak.text("tables.median"), 10), Column(speak.text("sheet.middle_from"), 12),
             Column(speak.text("sheet.middle_to"), 12), Column(speak.text("tables.statements"), 18, "text"),
             Column(speak.text("sheet.held_back"), 24, "text"))
    return Leaf("poles", (_round(speak), *heads), tuple(
        (one.round, *_pole(pole, speak)) for one in reversed(summary.rounds) for pole in one.poles if not pole.pooled))


def _spans() -> tuple[tuple[float, float], ...]:
    """Every class that a side's table may have."""
    five, three = tuple(pairwise(LIMITS[5])), tuple(pairwise(LIMITS[3]))
    return (*five, three[0], three[2], (LIMITS[3][0], LIMITS[3][2]), (LIMITS[3][1], LIMITS[3][3]))


def _pole(table: PoleTable, speak: Language) -> Cells:
    name = speak.text(f"common.pole.{table.id}.name")
    known = dict(zip(table.bins or (), table.counts or (), strict=True))
    used = speak.text("tables.of_items", n=len(table.items), of=table.of) if table.of else None
    low, high = table.middle or (None, None)
    return (name, table.n if known else None, *(known.get(span) for span in _spans()), table.median, low, high, used,
            None if known else speak.text("common.hidden"))


def _plane(summary: Summary, speak: Language) -> Leaf:
    sides = [f"{speak.text(f'tables.{side}')} {speak.text(f'sheet.{end}')}"
             for side in ("leaning", "standing") for end in ("from", "to")]
    heads = (_round(speak), *(Column(name, 20) for name in sides), Column(speak.text("tables.people"), 9))
    return Leaf("plane", heads, tuple(row for one in reversed(summary.rounds) for row in _boxes(one)))


def _boxes(snapshot: Snapshot) -> Iterator[Cells]:
    if snapshot.plane is None:
        return
    limits = LIMITS[snapshot.plane.bins]
    for cell in sorted(snapshot.plane.cells, key=lambda cell: (cell.y, cell.x)):
        yield (snapshot.round, limits[cell.x], limits[cell.x + cell.w], limits[cell.y], limits[cell.y + cell.h], cell.n)


def _chosen(summary: Summary, speak: Language) -> Leaf:
    heads = (_round(speak), Column(speak.text("sheet.what"), 24, "text"),
             Column(speak.text("tables.facet"), 28, "text"), Column(speak.text("tables.people"), 9),
             Column(speak.text("tables.practice"), 60, "text"))
    return Leaf("chosen", heads, tuple(
        (one.round, *row) for one in reversed(summary.rounds) for row in _chosen_in(one, summary, speak)))


def _chosen_in(snapshot: Snapshot, summary: Summary, speak: Language) -> Iterator[Cells]:
    facets = summary.questionnaire.facets
    for edge in sorted(snapshot.edges or (), key=lambda edge: (edge.facet not in facets, -edge.n)):
        facet = facets.get(edge.facet)
        yield (speak.text("tables.edges"), facet.name if facet else speak.text("picture.edge_others"), edge.n,
               facet.practice if facet else None)
    for axis, people in (snapshot.directions or {}).items():
        side = speak.text("common.pole.DL.name" if axis == "D" else "common.pole.IL.name")
        for way, n in (people or {}).items():
            yield (f"{speak.text('picture.directions')}: {speak.text(f'picture.{way}')}", side, n, None)
    for word in snapshot.words or ():
        yield (speak.text("sheet.word"), word, None, None)


def _then_now(summary: Summary, speak: Language) -> Leaf:
    heads = (*statement_columns(speak)[1:4], _round(speak), Column(speak.text("tables.people"), 9),
             *(Column(speak.text(f"common.tone.{tone}"), 12) for tone in TONES))
    if comparison(summary) is None:
        return Leaf("then_now", heads, ())
    before, now = summary.rounds[-2:]
    points = summary.questionnaire.scale.points
    return Leaf("then_now", heads, tuple(
        (*statement_cells(table, summary, speak), round, table.n, *_tones(table, points))
        for pair in in_common(before, now) for round, table in zip((before.round, now.round), pair, strict=True)))


def _tones(table: ItemTable, points: int) -> Cells:
    known = tones_of(table, points)
    return tuple(known.get(tone) for tone in TONES)


def _groups(summary: Summary, speak: Language) -> Leaf:
    heads = (Column(speak.text("sheet.group"), 20, "text"), *statement_columns(speak)[1:4], _round(speak),
             Column(speak.text("tables.people"), 9), *(Column(speak.text(f"common.tone.{tone}"), 12) for tone in TONES))
    points = summary.questionnaire.scale.points
    return Leaf("groups", heads, tuple(
        (group.option, *statement_cells(table, summary, speak), one.round, table.n, *_tones(table, points))
        for one in reversed(summary.rounds) for group in groups(one) for table in group.items if table.counts))


def _numbers(summary: Summary, speak: Language) -> Leaf:
    heads = (Column(speak.text("sheet.what"), 34, "text"), Column(speak.text("tables.statement"), 60, "text"),
             Column(speak.text("sheet.class"), 26, "text"), Column(speak.text("sheet.value"), 16, "text"))
    return Leaf("numbers", heads, tuple(
        (record.name, record.wording or None, column, entry.text)
        for table in numbers(summary) for record in table.records
        for column, entry in zip(table.columns[1:], record.entries, strict=True) if entry.text))


def _every(summary: Summary) -> Leaf:
    names = COLUMNS[len(SAME):]
    texts = ("kind", "group", "id", "facet", "pole", "text", "label", "points", "note")
    heads = tuple(Column(name, 44 if name == "text" else 14, "text" if name in texts else "whole") for name in names)
    return Leaf("every", heads, tuple(tuple(record.get(name) for name in names) for record in counted(summary)))
