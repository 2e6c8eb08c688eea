"""The statements of every round as rows of a sheet: three tones, what stands for two of them, and every answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workshop.export.language import Language, language
from workshop.export.rows import Part, Row, most_often_first, parts, pooled_parts, rows, strongest_first
from workshop.export.spreadsheet import Cell, Column
from workshop.export.summary import Summary
from workshop.inventory import LIGHT_POLES, Pole, Questionnaire
from workshop.results import ItemTable, PoleTable

TONES = ("low", "low_or_middle", "middle_or_skipped", "middle_or_high", "high")
TONES_AT = 5
NAMES_AT = 1


@dataclass(frozen=True)
class Block:
    """The rows of one side in the latest round: where they stand among all rows, from 0."""

    pole: Pole
    first: int
    last: int


@dataclass(frozen=True)
class Statements:
    """Columns, rows in the order of the pictures, latest round first, and where its sides are."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    blocks: tuple[Block, ...]


def statements(summary: Summary, poles: Sequence[Pole]) -> Statements:
    """All tables of these poles."""
    speak, asked = language(summary.language), summary.questionnaire
    made: list[tuple[Cell, ...]] = []
    blocks: list[Block] = []
    for snapshot in reversed([one for one in summary.rounds if not any(pole.pooled for pole in one.poles)]):
        for pole in poles:
            found = _ordered(pole, (table for table in snapshot.items if table.pole == pole), asked)
            if found and snapshot is summary.rounds[-1]:
                blocks.append(Block(pole, len(made), len(made) + len(found) - 1))
            made += [_row(snapshot.round, table, summary, speak) for _, table in found]
    return Statements(_columns(asked, speak), tuple(made), tuple(blocks))


def _ordered(pole: Pole, tables: Iterable[ItemTable], asked: Questionnaire) -> list[tuple[Row, ItemTable]]:
    own = {table.id: table for table in tables}
    order = strongest_first if pole in LIGHT_POLES else most_often_first
    return [(row, own[row.item.id]) for row in order(rows(own.values(), asked))]


def statement_columns(speak: Language) -> tuple[Column, ...]:
    """What stands before the counts of any statement."""
    return (Column(speak.text("tables.round"), 8), Column(speak.text("tables.facet"), 26, "text"),
            Column(speak.text("tables.statement"), 52, "text"), Column(speak.text("tables.less"), 10, "text"),
            Column(speak.text("tables.people"), 9))


def statement_cells(table: ItemTable, summary: Summary, speak: Language) -> tuple[str, str, str | None]:
    """Facet, wording, and whether less is more."""
    item = summary.questionnaire.item(table.id)
    return (summary.questionnaire.facets[item.facet].name, item.text,
            speak.text("tables.yes") if item.keyed == -1 else None)


def _columns(asked: Questionnaire, speak: Language) -> tuple[Column, ...]:
    tones = [Column(speak.text(f"common.tone.{tone}"), 12) for tone in TONES]
    points = [Column(name, 10) for name in (*asked.scale.anchors, speak.text("common.tone.skipped"))]
    return (*statement_columns(speak), *tones, *points, Column(speak.text("tables.shape"), 18, "text"),
            Column(speak.text("sheet.held_back"), 24, "text"))


def _row(round: int, table: ItemTable, summary: Summary, speak: Language) -> tuple[Cell, ...]:
    points = summary.questionnaire.scale.points
    known = tones_of(table, points)
    return (round, *statement_cells(table, summary, speak), table.n if table.counts else None,
            *(known.get(tone) for tone in TONES), *_points(table, points),
            speak.text(f"shape.{table.shape}") if table.shape else None,
            None if table.counts else speak.text("common.hidden"))


def tones_of(table: ItemTable, points: int) -> dict[str, int]:
    """People by tone; a class over two tones stands under the name of both."""
    if table.bins is None or table.counts is None:
        return {}
    return _named(parts(table.bins, table.counts, points))


def answers_of(table: PoleTable, points: int) -> dict[str, int]:
    """Answers by tone of a small room's side."""
    return _named(pooled_parts(table, points))


def _named(known: tuple[Part, ...]) -> dict[str, int]:
    middle = "middle_or_skipped"
    if len(known) == 2:
        middle = "low_or_middle" if known[-1].tone == "high" else "middle_or_high"
    return {middle if part.tone == "middle" else part.tone: part.n for part in known}


def _points(table: ItemTable, points: int) -> tuple[Cell, ...]:
    if table.bins is None or table.counts is None or len(table.bins) <= 3:
        return (None,) * (points + 1)
    apart = {bin[0]: n for bin, n in zip(table.bins, table.counts, strict=True)}
    return tuple(apart.get(point) for point in (*range(1, points + 1), 0))
