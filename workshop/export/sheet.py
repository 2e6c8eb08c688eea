"""The first page: one frozen value with everything its template draws, pictures before tables."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from workshop.export.drawing import Box, Segment, boxes, segments, treads
from workshop.export.language import Language, language
from workshop.export.lead import lead
from workshop.export.rows import (
    Part,
    Row,
    common_bins,
    most_often_first,
    pooled,
    pooled_parts,
    row,
    rows,
    strongest_first,
)
from workshop.export.summary import Summary, plane_hidden
from workshop.export.tables import Table, numbers, tables
from workshop.inventory import LIGHT_POLES, Pole, Questionnaire
from workshop.results import PoleTable, Snapshot

Hue = Literal["warm", "cool"]
HUES: dict[str, Hue] = {"DL": "warm", "IL": "cool", "DD": "warm", "ID": "cool", "RD": "warm", "RI": "cool"}
EDGES_WITH_PRACTICE = 5


@dataclass(frozen=True)
class Line:
    """One bar with its name; `segments` empty where held back, `classes` names the two classes of a bar that has
    no more, `helps` what softens a dark facet."""

    name: str
    wording: str
    less: bool
    segments: tuple[Segment, ...]
    label: str
    classes: str = ""
    helps: str = ""


@dataclass(frozen=True)
class Side:
    """One block of bars in one hue."""

    title: str
    hue: Hue
    hatched: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Edge:
    """People who chose one facet; `hue` empty for the others together."""

    name: str
    n: int
    hue: str
    practice: str


@dataclass(frozen=True)
class Map:
    """The plane as drawn."""

    boxes: tuple[Box, ...]
    treads: tuple[Box, ...]
    alt: str


@dataclass(frozen=True)
class Pair:
    """One statement in two rounds."""

    before: Line
    now: Line
    hue: Hue
    hatched: bool


@dataclass(frozen=True)
class Sheet:
    """Everything the page shows; parts that the room has not seen are empty."""

    heading: str
    meta: tuple[str, ...]
    wordings: bool
    lead: str = ""
    sides: tuple[Side, ...] = ()
    dark: tuple[Side, ...] = ()
    map: Map | None = None
    map_hidden: bool = False
    edges: tuple[Edge, ...] = ()
    more_edges: tuple[Edge, ...] = ()
    chose: str = ""
    words: tuple[str, ...] = ()
    then_now: tuple[Pair, ...] = ()
    then_now_note: str = ""
    tables: tuple[Table, ...] = ()
    numbers: Table | None = None
    response_style: bool = False


def sheet(summary: Summary) -> Sheet:
    """The latest round in pictures, every round in tables."""
    speak, asked = language(summary.language), summary.questionnaire
    bare = Sheet(summary.title.strip() or speak.text("page.untitled"), _meta(summary, speak),
                 len(asked.items) > len({item.facet for item in asked.items}))
    if not summary.rounds:
        return bare
    latest = summary.rounds[-1]
    edges = tuple(_edge(facet, n, asked, speak) for facet, n in _ordered_edges(latest, asked))
    return replace(
        bare,
        lead=lead(rows(latest.items, asked), speak),
        sides=_sides(latest, asked, speak), dark=_dark(latest, asked, speak), map=_map(latest, speak),
        map_hidden=plane_hidden(latest),
        edges=edges[:EDGES_WITH_PRACTICE], more_edges=edges[EDGES_WITH_PRACTICE:],
        chose=_chose(edges, latest, speak), words=latest.words or (),
        then_now=_then_now(summary, speak), then_now_note=_then_now_note(summary, speak),
        tables=tables(summary), numbers=numbers(summary),
        response_style=bool((latest.statistics or {}).get("response_style")),
    )


def _meta(summary: Summary, speak: Language) -> tuple[str, ...]:
    known = (speak.day(summary.day), speak.text(f"context.{summary.context}"))
    if not summary.rounds:
        return known
    latest = summary.rounds[-1]
    return (*known, speak.text("page.answered", n=latest.n, seats=max(latest.n, latest.seats)))


def _sides(snapshot: Snapshot, asked: Questionnaire, speak: Language) -> tuple[Side, ...]:
    pooled = tuple(_pooled_side(pole, asked, speak) for pole in snapshot.poles if pole.pooled)
    return pooled or tuple(_side(pole, strongest_first(rows), speak) for pole in LIGHT_POLES
                           if (rows := _of(snapshot, pole, asked)))


def _dark(snapshot: Snapshot, asked: Questionnaire, speak: Language) -> tuple[Side, ...]:
    sides = [_dark_side(pole, most_often_first(_of(snapshot, pole, asked)), asked, speak) for pole in ("DD", "ID")]
    peace = [_side(pole, _of(snapshot, pole, asked), speak) for pole in ("RD", "RI")]
    return tuple(side for side in (*sides, *peace) if side.lines)


def _dark_side(pole: Pole, rows: tuple[Row, ...], asked: Questionnaire, speak: Language) -> Side:
    side = _side(pole, rows, speak)
    lines = tuple(replace(line, helps=_helps(row, asked, speak)) for line, row in zip(side.lines, rows, strict=True))
    return replace(side, hatched=True, lines=lines)


def _helps(row: Row, asked: Questionnaire, speak: Language) -> str:
    antidote = asked.facets.get(row.facet.antidote or "")
    return speak.text("picture.helps", facet=antidote.name, practice=row.facet.practice) if antidote else ""


def _of(snapshot: Snapshot, pole: Pole, asked: Questionnaire) -> tuple[Row, ...]:
    return rows((table for table in snapshot.items if table.pole == pole), asked)


def _side(pole: Pole, rows: Iterable[Row], speak: Language) -> Side:
    return Side(speak.text(f"common.pole.{pole}.name"), HUES[pole], False, tuple(_line(row, speak) for row in rows))


def _line(row: Row, speak: Language) -> Line:
    return Line(row.facet.name, row.item.text, row.item.keyed == -1, segments(row.parts),
                _label(row.facet.name, row.parts, speak), _classes(row.parts, speak))


def _label(name: str, parts: tuple[Part, ...], speak: Language) -> str:
    counts = ", ".join(speak.text("picture.count", n=part.n, tone=tone_name(part, parts, speak)) for part in parts)
    return speak.text("picture.bar", label=name, counts=counts or speak.text("common.hidden"))


def tone_name(part: Part, parts: tuple[Part, ...], speak: Language) -> str:
    """What a part of a bar stands for, in words."""
    if part.tone == "middle" and not part.whole:
        return speak.text("common.tone.low_or_middle" if parts[-1].tone == "high" else "common.tone.middle_or_high")
    return speak.text("common.tone.middle_or_skipped" if part.tone == "middle" else f"common.tone.{part.tone}")


def _classes(parts: tuple[Part, ...], speak: Language) -> str:
    return " · ".join(tone_name(part, parts, speak) for part in parts) if len(parts) == 2 else ""


def _pooled_side(table: PoleTable, asked: Questionnaire, speak: Language) -> Side:
    counts = pooled_parts(table, asked.scale.points)
    name = speak.text("page.pooled", answers=sum(part.n for part in counts), people=table.n) if counts else ""
    line = Line(name, "", False, segments(counts), _label(name, counts, speak), _classes(counts, speak))
    return Side(speak.text(f"common.pole.{table.id}.name"), HUES[table.id], False, (line,))


def _map(snapshot: Snapshot, speak: Language) -> Map | None:
    if not snapshot.plane:
        return None
    people = sum(cell.n for cell in snapshot.plane.cells)
    return Map(boxes(snapshot.plane), treads(), speak.text("picture.plane_alt", people=people))


def _ordered_edges(snapshot: Snapshot, asked: Questionnaire) -> list[tuple[str, int]]:
    place = {facet: at for at, facet in enumerate(asked.facets)}
    edges = [(edge.facet, edge.n) for edge in snapshot.edges or ()]
    return sorted(edges, key=lambda edge: (edge[0] not in place, -edge[1], place.get(edge[0], 0)))


def _edge(id: str, n: int, asked: Questionnaire, speak: Language) -> Edge:
    facet = asked.facets.get(id)
    if facet is None:
        return Edge(speak.text("picture.edge_others"), n, "", "")
    return Edge(facet.name, n, HUES[facet.pole], facet.practice)


def _chose(edges: tuple[Edge, ...], snapshot: Snapshot, speak: Language) -> str:
    n = sum(edge.n for edge in edges)
    return speak.text("picture.edges_chose", n=n, seats=max(n, snapshot.seats)) if edges else ""


def _then_now(summary: Summary, speak: Language) -> tuple[Pair, ...]:
    if len(summary.rounds) < 2 or not summary.rounds[-1].then_now:
        return ()
    before, now = summary.rounds[-2:]
    return tuple(pair for table in now.items if (pair := _pair(table.id, before, now, summary, speak)))


def _pair(id: str, before: Snapshot, now: Snapshot, summary: Summary, speak: Language) -> Pair | None:
    one, other = before.item(id), now.item(id)
    if one is None or other is None or not one.bins or not other.bins:
        return None
    bins = common_bins(one.bins, other.bins)
    if len(bins) < 2:
        return None
    lines = [_line(row(pooled(table, bins), summary.questionnaire), speak) for table in (one, other)]
    return Pair(lines[0], lines[1], HUES[other.pole], other.pole in ("DD", "ID"))


def _then_now_note(summary: Summary, speak: Language) -> str:
    if len(summary.rounds) < 2:
        return ""
    before, now = summary.rounds[-2:]
    return speak.text("picture.then_now_note", before=before.round, now=now.round)
