"""The summary to look at: one frozen value with everything its templates draw, pictures before tables."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workshop.export.about import meta, title
from workshop.export.comparing import Comparison, comparison
from workshop.export.drawing import Box, boxes, treads
from workshop.export.language import Language, language
from workshop.export.lead import lead
from workshop.export.lines import HUES, Side, pooled_side, side
from workshop.export.prompts import Prompts, prompts
from workshop.export.rows import Row, most_often_first, rows, strongest_first
from workshop.export.shapes import Shape, shapes
from workshop.export.summary import Summary, plane_hidden
from workshop.inventory import LIGHT_POLES, Pole, Questionnaire
from workshop.results import Snapshot

EDGES_WITH_PRACTICE = 5


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
class Sheet:
    """Everything the page shows; parts that the room has not seen, or the host left out, are empty."""

    heading: str
    meta: tuple[str, ...]
    wordings: bool
    lead: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    dark: tuple[Side, ...] = ()
    map: Map | None = None
    map_hidden: bool = False
    edges: tuple[Edge, ...] = ()
    more_edges: tuple[Edge, ...] = ()
    chose: str = ""
    words: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()
    then_now: Comparison | None = None
    prompts: tuple[Prompts, ...] = ()
    number_notes: tuple[str, ...] = ()


def sheet(summary: Summary) -> Sheet:
    """The latest round in pictures and words."""
    asked = summary.questionnaire
    bare = Sheet(title(summary), meta(summary), len(asked.items) > len({item.facet for item in asked.items}))
    if not summary.rounds:
        return bare
    latest = summary.rounds[-1]
    speak = language(summary.language)
    return replace(
        _drawn(bare, latest, summary, speak),
        lead=lead(rows(latest.items, asked), speak), words=latest.words or (), prompts=prompts(summary),
        number_notes=tuple(_number_notes(latest, speak)),
    )


def _drawn(bare: Sheet, latest: Snapshot, summary: Summary, speak: Language) -> Sheet:
    """With the pictures that were chosen."""
    asked, draws = summary.questionnaire, summary.draws
    edges = tuple(_edge(facet, n, asked, speak) for facet, n in _ordered_edges(latest, asked) if draws("edges"))
    return replace(
        bare,
        sides=_sides(latest, asked, speak) if draws("sides") else (),
        dark=_dark(latest, asked, speak) if draws("gets_in_the_way") else (),
        map=_map(latest, speak) if draws("plane") else None,
        map_hidden=plane_hidden(latest) and draws("plane"),
        edges=edges[:EDGES_WITH_PRACTICE], more_edges=edges[EDGES_WITH_PRACTICE:],
        chose=_chose(edges, latest, speak), shapes=shapes(summary), then_now=comparison(summary),
    )


def _sides(snapshot: Snapshot, asked: Questionnaire, speak: Language) -> tuple[Side, ...]:
    pooled = tuple(pooled_side(pole, asked, speak) for pole in snapshot.poles if pole.pooled)
    return pooled or tuple(side(pole, strongest_first(rows), speak) for pole in LIGHT_POLES
                           if (rows := _of(snapshot, pole, asked)))


def _dark(snapshot: Snapshot, asked: Questionnaire, speak: Language) -> tuple[Side, ...]:
    sides = [_dark_side(pole, most_often_first(_of(snapshot, pole, asked)), asked, speak) for pole in ("DD", "ID")]
    peace = [side(pole, _of(snapshot, pole, asked), speak) for pole in ("RD", "RI")]
    return tuple(side for side in (*sides, *peace) if side.lines)


def _dark_side(pole: Pole, rows: tuple[Row, ...], asked: Questionnaire, speak: Language) -> Side:
    plain = side(pole, rows, speak)
    lines = tuple(replace(line, helps=_helps(row, asked, speak)) for line, row in zip(plain.lines, rows, strict=True))
    return replace(plain, hatched=True, lines=lines)


def _helps(row: Row, asked: Questionnaire, speak: Language) -> str:
    antidote = asked.facets.get(row.facet.antidote or "")
    return speak.text("picture.helps", facet=antidote.name, practice=row.facet.practice) if antidote else ""


def _of(snapshot: Snapshot, pole: Pole, asked: Questionnaire) -> tuple[Row, ...]:
    return rows((table for table in snapshot.items if table.pole == pole), asked)


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


def _number_notes(latest: Snapshot, speak: Language) -> Iterator[str]:
    known = latest.statistics or {}
    yield speak.text("numbers.note")
    if known.get("agreement"):
        yield speak.text("numbers.agreement_a")
    if known.get("response_style"):
        yield speak.text("numbers.response_style")
