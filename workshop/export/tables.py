"""Published tables as tables to read: a count that stands for several classes spans their columns."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from workshop.export.counted import LIMITS
from workshop.export.language import Language, language
from workshop.export.rows import TONES, Row, groups, pooled_parts, rows, tone_points
from workshop.export.summary import Summary
from workshop.inventory import LIGHT_POLES, Pole
from workshop.results import GroupTables, ItemTable, PoleTable, Snapshot

POLES: tuple[Pole, ...] = (*LIGHT_POLES, "DD", "ID", "RD", "RI")


@dataclass(frozen=True)
class Entry:
    """One cell; `span` columns wide; `hidden` where it says that a table is held back."""

    text: str
    span: int = 1
    hidden: bool = False


@dataclass(frozen=True)
class Record:
    """One row: a name, what it says more exactly, and its cells."""

    name: str
    wording: str
    less: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Table:
    """A table with its caption; `round` heads it where there are several."""

    caption: str
    columns: tuple[str, ...]
    records: tuple[Record, ...]
    round: str = ""


def tables(summary: Summary) -> tuple[Table, ...]:
    """Every published table, round by round."""
    speak = language(summary.language)
    return tuple(table for snapshot in summary.rounds for table in _of_round(snapshot, summary, speak))


def _of_round(snapshot: Snapshot, summary: Summary, speak: Language) -> Iterator[Table]:
    round = speak.text("page.round", round=snapshot.round) if len(summary.rounds) > 1 else ""
    for table in _all(snapshot, summary, speak):
        if table.records:
            yield Table(table.caption, table.columns, table.records, round)
            round = ""


def _all(snapshot: Snapshot, summary: Summary, speak: Language) -> Iterator[Table]:
    pooled = [table for table in snapshot.poles if table.pooled]
    yield _pooled(pooled, summary, speak)
    for pole in () if pooled else POLES:
        yield _items(snapshot.items, pole, speak.text(f"common.pole.{pole}.name"), summary, speak)
    yield _poles(snapshot.poles, speak.text("tables.poles"), speak)
    yield _plane(snapshot, speak)
    yield _edges(snapshot, summary, speak)
    yield _directions(snapshot, speak)
    yield from _by_group(groups(snapshot), summary, speak)


def _by_group(groups: tuple[GroupTables, ...], summary: Summary, speak: Language) -> Iterator[Table]:
    """Groups beside each other: every group shows the same tables in the same classes."""
    heads = tuple(speak.text("tables.group_head", option=group.option, n=group.n) for group in groups)
    columns = (speak.text("tables.statement"), speak.text("tables.classes"), *heads)
    for pole in POLES if groups else ():
        caption = speak.text("tables.by_group", what=speak.text(f"common.pole.{pole}.name"))
        rows = zip(*(tuple(table for table in group.items if table.pole == pole) for group in groups), strict=True)
        yield Table(caption, columns, tuple(_grouped(same, summary) for same in rows))
    if groups:
        rows_of_poles = zip(*(group.poles for group in groups), strict=True)
        yield Table(speak.text("tables.by_group", what=speak.text("tables.poles")),
                    (speak.text("tables.side"), *columns[1:]),
                    tuple(_grouped_pole(same, speak) for same in rows_of_poles))


def _grouped(same: tuple[ItemTable, ...], summary: Summary) -> Record:
    item = summary.questionnaire.item(same[0].id)
    return Record(summary.questionnaire.facets[item.facet].name, item.text, item.keyed == -1,
                  (Entry(_joined(same[0].labels)), *(Entry(_joined(table.counts)) for table in same)))


def _grouped_pole(same: tuple[PoleTable, ...], speak: Language) -> Record:
    spans = (_between(low, high, speak).text for low, high in same[0].bins or ())
    return Record(speak.text(f"common.pole.{same[0].id}.name"), "", False,
                  (Entry(_joined(spans)), *(Entry(_joined(table.counts)) for table in same)))


def _joined(parts: Iterable[object] | None) -> str:
    return " · ".join(map(str, parts or ()))


def _pooled(tables: Iterable[PoleTable], summary: Summary, speak: Language) -> Table:
    columns = (speak.text("tables.side"), *(speak.text(f"common.tone.{tone}") for tone in TONES),
               speak.text("tables.answers"), speak.text("tables.people"))
    return Table(speak.text("tables.pooled"), columns, tuple(
        _pooled_record(table, summary.questionnaire.scale.points, speak) for table in tables))


def _pooled_record(table: PoleTable, points: int, speak: Language) -> Record:
    counts = pooled_parts(table, points)
    missing = 3 - len(counts)
    entries = tuple(Entry(str(part.n), 1 if part.whole else 1 + missing) for part in counts)
    hidden = (Entry(speak.text("common.hidden"), 3, True),)
    return Record(speak.text(f"common.pole.{table.id}.name"), "", False,
                  (*(entries or hidden), Entry(str(sum(part.n for part in counts) or "")), Entry(str(table.n))))


def _items(tables: Iterable[ItemTable], pole: Pole, caption: str, summary: Summary, speak: Language) -> Table:
    asked = summary.questionnaire
    order = points_in_order(asked.scale.points)
    names = (speak.text("common.tone.skipped"), *asked.scale.anchors)
    own = {table.id: table for table in tables if table.pole == pole}
    shapes = any(table.shape for table in own.values())
    columns = (speak.text("tables.statement"), *(names[point] for point in order), speak.text("tables.people"),
               *((speak.text("tables.shape"),) if shapes else ()))
    return Table(caption, columns, tuple(_record(row, own[row.item.id], order, shapes, speak)
                                         for row in rows(own.values(), asked)))


def points_in_order(points: int) -> tuple[int, ...]:
    """The raw points from low to high, the skipped after the middle ones, so that every class is one stretch."""
    middle = sorted(tone_points(points)["middle"] - {0})
    return (*range(1, middle[-1] + 1), 0, *range(middle[-1] + 1, points + 1))


def _record(row: Row, table: ItemTable, order: tuple[int, ...], shapes: bool, speak: Language) -> Record:
    shape = Entry(speak.text(f"shape.{table.shape}") if table.shape else "")
    return Record(row.facet.name, row.item.text, row.item.keyed == -1,
                  (*_stretches(table.bins, table.counts, order, speak), Entry(str(table.n)),
                   *((shape,) if shapes else ())))


def _stretches(bins: Iterable[tuple[float, ...]] | None, counts: Iterable[int] | None, order: tuple[float, ...],
               speak: Language) -> tuple[Entry, ...]:
    if bins is None or counts is None:
        return (Entry(speak.text("common.hidden"), len(order), True),)
    placed = sorted(zip(bins, counts, strict=True), key=lambda pair: min(order.index(point) for point in pair[0]))
    return tuple(Entry(str(n), len(bin)) for bin, n in placed)


def _poles(tables: Iterable[PoleTable], caption: str, speak: Language) -> Table:
    spans = (_between(low, high, speak).text for low, high in pairwise(LIMITS[5]))
    columns = (speak.text("tables.side"), *spans, speak.text("tables.people"), speak.text("tables.median"),
               speak.text("tables.middle_half"))
    return Table(caption, columns, tuple(_pole(table, speak) for table in tables if not table.pooled))


def _pole(table: PoleTable, speak: Language) -> Record:
    used = speak.text("tables.of_items", n=len(table.items), of=table.of) if table.of else ""
    middle = _between(*table.middle, speak) if table.middle else Entry("")
    return Record(speak.text(f"common.pole.{table.id}.name"), used, False,
                  (*_score_classes(table, speak), Entry(str(table.n)),
                   Entry("" if table.median is None else speak.number(table.median)), middle))


def _score_classes(table: PoleTable, speak: Language) -> tuple[Entry, ...]:
    if table.bins is None or table.counts is None:
        return (Entry(speak.text("common.hidden"), len(LIMITS[5]) - 1, True),)
    spans = [LIMITS[5].index(bin[1]) - LIMITS[5].index(bin[0]) for bin in table.bins]
    return tuple(Entry(str(n), span) for n, span in zip(table.counts, spans, strict=True))


def _plane(snapshot: Snapshot, speak: Language) -> Table:
    columns = tuple(speak.text(f"tables.{name}") for name in ("box", "leaning", "standing", "people"))
    if not snapshot.plane:
        return Table("", columns, ())
    limits = LIMITS[snapshot.plane.bins]
    spans = [(limits[cell.x], limits[cell.x + cell.w], limits[cell.y], limits[cell.y + cell.h], cell.n)
             for cell in sorted(snapshot.plane.cells, key=lambda cell: (cell.y, cell.x))]
    return Table(speak.text("tables.plane"), columns, tuple(
        Record(str(at), "", False, (_between(left, right, speak), _between(low, high, speak), Entry(str(n))))
        for at, (left, right, low, high, n) in enumerate(spans, 1)))


def _between(low: float, high: float, speak: Language, form: str = "g") -> Entry:
    return Entry(speak.text("tables.between", **{"from": speak.number(low, form), "to": speak.number(high, form)}))


def _edges(snapshot: Snapshot, summary: Summary, speak: Language) -> Table:
    facets, others = summary.questionnaire.facets, speak.text("picture.edge_others")
    named = [(facets[edge.facet].name if edge.facet in facets else others, edge.n) for edge in snapshot.edges or ()]
    return Table(speak.text("tables.edges"), (speak.text("tables.edge"), speak.text("tables.people")),
                 tuple(Record(name, "", False, (Entry(str(n)),)) for name, n in named))


def _directions(snapshot: Snapshot, speak: Language) -> Table:
    ways = ("up", "same", "down")
    columns = (speak.text("tables.direction"), *(speak.text(f"picture.{way}") for way in ways))
    sides = {"D": speak.text("common.pole.DL.name"), "I": speak.text("common.pole.IL.name")}
    return Table(speak.text("picture.directions"), columns, tuple(
        Record(sides.get(axis, axis), "", False,
               tuple(Entry(str(people.get(way, ""))) for way in ways) if people
               else (Entry(speak.text("common.hidden"), len(ways), True),))
        for axis, people in (snapshot.directions or {}).items()))


def numbers(summary: Summary) -> tuple[Table, ...]:
    """Means, alpha and, where people spoke of the team, agreement: of the latest round that carries them."""
    known = next((one.statistics for one in reversed(summary.rounds) if one.statistics), None)
    if known is None:
        return ()
    speak = language(summary.language)
    made = (_means(known.get("poles") or {}, speak), _agreement(known.get("agreement") or {}, summary, speak))
    return tuple(table for table in made if table.records)


def _means(poles: Mapping[str, Any], speak: Language) -> Table:
    columns = tuple(speak.text(key) for key in ("tables.side", "numbers.mean", "numbers.alpha", "numbers.interval"))
    return Table(speak.text("numbers.title"), columns, tuple(
        Record(speak.text(f"common.pole.{pole}.name"), "", False, tuple(_figures(poles[pole], speak)))
        for pole in POLES if pole in poles))


def _figures(figures: Mapping[str, Any], speak: Language) -> Iterator[Entry]:
    for name in ("mean", "alpha"):
        yield Entry("" if figures.get(name) is None else speak.number(figures[name], ".2f"))
    interval = figures.get("interval")
    yield _between(interval[0], interval[1], speak, ".2f") if interval else Entry("")


def _agreement(known: Mapping[str, Any], summary: Summary, speak: Language) -> Table:
    items, poles = known.get("items") or {}, known.get("poles") or {}
    asked = summary.questionnaire
    sides = [Record(speak.text(f"common.pole.{pole}.name"), speak.text("numbers.agreement_r"), False,
                    (Entry(speak.number(poles[pole], ".2f")),)) for pole in POLES if pole in poles]
    told = [Record(asked.facets[item.facet].name, item.text, item.keyed == -1,
                   (Entry(speak.number(items[item.id], ".2f")),)) for item in asked.items if item.id in items]
    return Table(speak.text("numbers.agreement"), (speak.text("tables.statement"), speak.text("sheet.value")),
                 (*sides, *told))
