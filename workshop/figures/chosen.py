"""Growing edges: how many people chose which, each with its small practice."""

from collections.abc import Iterator, Mapping
from typing import Any

from workshop.figures.canvas import WIDTH, Block, Label, Mark, Path
from workshop.figures.letters import fit, wrap
from workshop.figures.rows import HUES, Subject
from workshop.figures.segments import baseline
from workshop.results import EdgeCount

NAMES, COUNTS = 424, 147
# With many edges the bars give way to the practices, which may not be cut short.
LONGEST, SHORTER, FEW = 517, 270, 9
TOP, BOTTOM, PITCH, BAR = 16, 850, 108, 46
OTHERS = "others"


def edges(subject: Subject) -> Iterator[Mark]:
    """One bar an edge, most chosen first; ties in inventory order, all others last."""
    counts = ordered(subject)
    pitch = min(PITCH, (BOTTOM - TOP) // max(1, len(counts)))
    top = TOP + (BOTTOM - TOP - pitch * len(counts)) / 2
    most = max((edge.n for edge in counts), default=1)
    longest = LONGEST if len(counts) <= FEW else SHORTER
    for index, edge in enumerate(counts):
        y = top + index * pitch
        if index:
            yield Path(f"M0 {y}H{WIDTH}", None, "rule", 2, name="hairline")
        yield from _row(edge, edge.n / most, subject, y, pitch, longest)


def ordered(subject: Subject) -> tuple[EdgeCount, ...]:
    """The chosen edges in the order drawn."""
    chosen = subject.snapshot.edges if subject.snapshot else None
    places = list(subject.questionnaire.facets)
    return tuple(sorted(chosen or (), key=lambda edge: (edge.facet == OTHERS, -edge.n, places.index(edge.facet)
                                                        if edge.facet in places else len(places))))


def _row(edge: EdgeCount, share: float, subject: Subject, y: float, pitch: int,
         longest: float) -> Iterator[Mark]:
    bar, long = min(BAR, pitch - 16), share * longest
    middle = y + pitch / 2
    name, size = fit(name_of(edge, subject), NAMES - 20, tuple(range(34, 23, -1)), bold=True)
    yield Label(0, baseline(y, pitch, size), name, size, bold=True, id=f"name {edge.facet}")
    yield from _bar(edge, subject, long, middle, bar)
    count = min(40, pitch - 8)
    yield Label(NAMES + long + 18, baseline(y, pitch, count), str(edge.n), count, bold=True, id=f"n {edge.facet}")
    yield from _practice(practice_of(edge, subject), NAMES + longest + COUNTS, y, pitch)


def _bar(edge: EdgeCount, subject: Subject, long: float, middle: float, high: float) -> Iterator[Mark]:
    facet = subject.questionnaire.facets.get(edge.facet)
    if facet:
        yield Block(f"{HUES[facet.pole]}.1", NAMES, middle - high / 2, long, high, edge.facet, edge.n)
    else:
        yield Block("empty", NAMES + 1.5, middle - high / 2 + 1.5, long - 3, high - 3, edge.facet, edge.n)


def _practice(text: str, x: float, y: float, pitch: int) -> Iterator[Mark]:
    """In two lines at most, three only where it would otherwise be cut short."""
    room = WIDTH - x
    tried = ((size, wrap(text, size, room, min(2, (pitch - 6) // (size + 6)))) for size in (30, 28, 26, 24)
             if size + 12 <= pitch)
    size, lines = next(((size, lines) for size, lines in tried if not lines[-1].endswith("…")),
                       (24, wrap(text, 24, room, max(1, (pitch - 6) // 30))))
    line = size + 6
    top = y + (pitch - line * len(lines)) / 2
    for index, words in enumerate(lines):
        yield Label(x, baseline(top + index * line, line, size), words, size, ink="ink_soft")


def name_of(edge: EdgeCount, subject: Subject) -> str:
    """The facet's name, or the words for all others."""
    facet = subject.questionnaire.facets.get(edge.facet)
    return facet.name if facet else subject.say("edges.others")


def practice_of(edge: EdgeCount, subject: Subject) -> str:
    """The facet's practice; those joined as others have theirs on their own phones."""
    facet = subject.questionnaire.facets.get(edge.facet)
    if facet is None:
        return subject.say("edges.yours")
    return facet.practice


def alt(subject: Subject) -> str:
    """How many chose, and what."""
    counts = ordered(subject)
    chosen = ", ".join(f"{name_of(edge, subject)} {edge.n}" for edge in counts)
    return subject.say("alt.edges", n=sum(edge.n for edge in counts), edges=chosen)


def table(subject: Subject) -> Mapping[str, Any]:
    """One row an edge."""
    columns = [subject.say("table.edge"), subject.say("table.people"), subject.say("table.practice")]
    return {"columns": columns, "rows": [[name_of(edge, subject), edge.n, practice_of(edge, subject)]
                                         for edge in ordered(subject)]}
