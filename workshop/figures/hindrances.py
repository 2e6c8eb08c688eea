"""What gets in the way: the dark statements, hatched, each with what helps beside it; then making peace."""

from collections.abc import Iterator

from workshop.figures.canvas import WIDTH, Block, Label, Mark
from workshop.figures.letters import fit, width, wrap
from workshop.figures.outlines import arrow, badge
from workshop.figures.rows import HUES, Column, Row, Subject, dark_pages, page
from workshop.figures.segments import bar, baseline
from workshop.figures.sides import BADGE, heading

NAMES, HELPS, BREATH = 268, 1180, 36
TEXT = HELPS + 56
TOP, PITCH, BAR, SECTION, LINE = 33, 94, 50, 420, 30
HEAD = 106
PEACE = ("RD", "RI")


def gets_in_the_way(subject: Subject) -> Iterator[Mark]:
    """The dark statements of one step, one side under the other."""
    y = TOP
    for column in page(dark_pages(subject), subject.step):
        yield from _section(column, subject, y)
        y += max(SECTION, HEAD + len(column.rows) * PITCH + 24)


def _section(column: Column, subject: Subject, y: float) -> Iterator[Mark]:
    yield from heading(column, subject, 0, y, paint=paint_of(column))
    yield Label(TEXT, baseline(y + 52, 32, 26), subject.say("dark.helps"), 26, ink="ink_soft")
    for index, row in enumerate(column.rows):
        yield from _row(row, subject, y + HEAD + index * PITCH, paint_of(column))


def paint_of(column: Column) -> str:
    """Hatched for the dark side; making peace is none, so it is plain."""
    hue = HUES[column.pole]
    return hue if column.pole in PEACE else f"{hue}_shadow"


def _row(row: Row, subject: Subject, y: float, paint: str) -> Iterator[Mark]:
    yield from _name(row, y)
    yield from _wording(row, subject, y + BAR)
    if row.segments is None:
        yield Label(_bar_left(row), baseline(y, BAR, 24), subject.hidden, 24, ink="ink_soft")
    else:
        left = _bar_left(row)
        yield from bar(row.segments, paint, left, y, HELPS - BREATH - left, BAR, 32, row.item.id)
    if row.merged:
        yield Label(HELPS - BREATH, baseline(y + BAR, LINE, 24), subject.classes(row.merged), 24,
                    ink="ink_soft", anchor="right")
    yield from _help(row, subject, y)


def _bar_left(row: Row) -> float:
    """Making peace has its name as the heading, and its bars start at the edge."""
    return 0 if row.item.pole in PEACE else NAMES


def _wording(row: Row, subject: Subject, y: float) -> Iterator[Mark]:
    beside = width(subject.classes(row.merged), 24) + 20 if row.merged else 0
    badged = row.item.pole in PEACE and row.item.keyed == -1
    left = BADGE - 4 if badged else 0
    if badged:
        yield from badge(14, y + LINE / 2, row.item.id)
    line = wrap(row.item.text, 24, HELPS - BREATH - beside - left, 1)[0]
    yield Label(left, baseline(y, LINE, 24), line, 24, ink="ink_soft")


def _name(row: Row, y: float) -> Iterator[Mark]:
    if row.item.pole in PEACE:
        return
    less = row.item.keyed == -1
    name, size = fit(row.name, NAMES - 12 - (BADGE if less else 0), tuple(range(32, 23, -1)), bold=True)
    yield Label(0, baseline(y, BAR, size), name, size, bold=True)
    if less:
        yield from badge(width(name, size, bold=True) + 28, y + BAR / 2, row.item.id)


def _help(row: Row, subject: Subject, y: float) -> Iterator[Mark]:
    """The antidote's name with its side's colour, and the practice under it; making peace has only the practice."""
    yield arrow(HELPS, y + BAR / 2)
    facet = subject.questionnaire.facets[row.item.facet]
    antidote = subject.questionnaire.facets.get(facet.antidote or "")
    lines = wrap(facet.practice, 24, WIDTH - TEXT, 1 if antidote else 2)
    if antidote:
        name, size = fit(antidote.name, WIDTH - TEXT - 34, tuple(range(32, 23, -1)), bold=True)
        yield Block(f"{HUES[antidote.pole]}.1", TEXT, y + 14, 22, 22, f"helps {row.item.id}")
        yield Label(TEXT + 34, baseline(y, BAR, size), name, size, bold=True)
    for index, line in enumerate(lines):
        top = y + BAR + index * LINE if antidote else y + (BAR - LINE) / 2 + index * LINE
        yield Label(TEXT, baseline(top, LINE, 24), line, 24, ink="ink_soft")
