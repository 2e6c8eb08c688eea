"""What gets in the way: the dark statements, hatched, each with what helps beside it; then making peace."""

from collections.abc import Iterator

from workshop.figures.canvas import WIDTH, Block, Label, Mark
from workshop.figures.letters import fit, width, wrap
from workshop.figures.outlines import arrow, badge
from workshop.figures.rows import HUES, Column, Row, Sign, Subject, dark_pages, page, signs
from workshop.figures.segments import bar, baseline, joined_sign, joined_width
from workshop.figures.sides import BADGE, Rhythm, heading

NAMES, WIDEST, HELPS, BREATH = 268, 420, 1180, 36
TEXT = HELPS + 56
TOP, HEAD, SECTION = 30, 110, 420
FULL = Rhythm(94, 50, 32, 32, 24, 30, 1, 0)
DENSE = Rhythm(94, 38, 30, 28, 24, 27, 2, 0)
ROOMY, LOOSE = Rhythm(150, 76, 36, 44, 28, 36, 2, 0), 2
GRAND = Rhythm(300, 136, 36, 72, 36, 48, 2, 14)
PEACE = ("RD", "RI")


def gets_in_the_way(subject: Subject) -> Iterator[Mark]:
    """The dark statements of one step, one side under the other."""
    y, columns = TOP, page(dark_pages(subject), subject.step)
    rhythm = _rhythm(columns, subject)
    left = _left(columns, rhythm)
    for column in columns:
        yield from _section(column, subject, y, rhythm, left)
        yield from _classes(column, subject, y + HEAD, rhythm)
        y += max(SECTION, HEAD + len(column.rows) * rhythm.pitch + 24)


def _rhythm(columns: tuple[Column, ...], subject: Subject) -> Rhythm:
    if all(len(column.rows) <= LOOSE for column in columns):
        return GRAND if all(len(column.rows) == 1 for column in columns) else ROOMY
    rows = tuple(row for column in columns for row in column.rows)
    long = any(width(row.item.text, FULL.wording) > _room(row) for row in rows)
    help_ = any(width(subject.questionnaire.facets[row.item.facet].practice, 24) > WIDTH - TEXT for row in rows)
    return DENSE if long or help_ else FULL


def _joined(row: Row, subject: Subject, size: int) -> str:
    """The words of two tones in one, where they have room beside the wording; else only the foot explains the sign."""
    words = subject.joined(row.merged)
    return words if width(row.item.text, size) <= _room(row, words, size) else ""


def signs_of(subject: Subject) -> tuple[Sign, ...]:
    """What the foot has to explain of one step."""
    columns = page(dark_pages(subject), subject.step)
    rows, size = (row for column in columns for row in column.rows if row.merged), _rhythm(columns, subject).wording
    return signs(columns, told=all(_joined(row, subject, size) for row in rows))


def _room(row: Row, words: str = "", size: int = FULL.wording) -> float:
    """What the wording has of its line, beside the words of two tones in one and after a badge."""
    beside = joined_width(words, size) + 20 if words else 0
    return HELPS - BREATH - beside - _indent(row)


def _indent(row: Row) -> int:
    """Making peace has no name for the badge to stand beside, so it stands before the wording."""
    return BADGE - 4 if row.item.pole in PEACE and row.item.keyed == -1 else 0


def _left(columns: tuple[Column, ...], rhythm: Rhythm) -> float:
    """Where the bars of a page begin: behind its longest name, at the left edge where there are none."""
    named = [row for column in columns for row in column.rows if row.item.pole not in PEACE]
    ends = (width(row.name, rhythm.name, bold=True) + 20 + _badge(row) for row in named)
    return min(WIDEST, max((NAMES, *ends))) if named else 0


def _badge(row: Row) -> int:
    return BADGE if row.item.keyed == -1 else 0


def _section(column: Column, subject: Subject, y: float, rhythm: Rhythm, left: float) -> Iterator[Mark]:
    yield from heading(column, subject, 0, y, paint=paint_of(column))
    yield Label(TEXT, baseline(y + 52, 32, 26), subject.say("dark.helps"), 26, ink="ink_soft")
    for index, row in enumerate(column.rows):
        yield from _row(row, subject, y + HEAD + index * rhythm.pitch, paint_of(column), rhythm, left)


def paint_of(column: Column) -> str:
    """Hatched for the dark side; making peace is none, so it is plain."""
    hue = HUES[column.pole]
    return hue if column.pole in PEACE else f"{hue}_shadow"


def _row(row: Row, subject: Subject, y: float, paint: str, rhythm: Rhythm, left: float) -> Iterator[Mark]:
    if left:
        yield from _name(row, y, rhythm, left)
    yield from _wording(row, y + rhythm.bar + rhythm.apart, rhythm)
    if row.segments is None:
        yield Label(left, baseline(y, rhythm.bar, 24), subject.hidden, 24, ink="ink_soft")
    else:
        yield from bar(row.segments, paint, left, y, HELPS - BREATH - left, rhythm.bar, rhythm.count, row.item.id,
                       row.merged)
    yield from _help(row, subject, y, rhythm)


def _name(row: Row, y: float, rhythm: Rhythm, left: float) -> Iterator[Mark]:
    name, size = fit(row.name, left - 12 - _badge(row), tuple(range(rhythm.name, 23, -1)), bold=True)
    yield Label(0, baseline(y, rhythm.bar, size), name, size, bold=True)
    if row.item.keyed == -1:
        yield from badge(width(name, size, bold=True) + 28, y + rhythm.bar / 2, row.item.id)


def _wording(row: Row, y: float, rhythm: Rhythm) -> Iterator[Mark]:
    size, first = rhythm.wording, baseline(y, rhythm.line, rhythm.wording)
    for index, line in enumerate(wrap(row.item.text, size, _room(row), rhythm.lines)):
        yield Label(_indent(row), first + index * rhythm.line, line, size, ink="ink_soft")
    if _indent(row):
        yield from badge(14, y + rhythm.line / 2, row.item.id)


def _classes(column: Column, subject: Subject, y: float, rhythm: Rhythm) -> Iterator[Mark]:
    """The words of two tones in one, at the end of the line of their wording."""
    for index, row in enumerate(column.rows):
        if words := _joined(row, subject, rhythm.wording):
            line = baseline(y + index * rhythm.pitch + rhythm.bar + rhythm.apart, rhythm.line, rhythm.wording)
            yield from joined_sign(paint_of(column), row.merged, words, HELPS - BREATH, line, rhythm.wording,
                                   row.item.id)


def _help(row: Row, subject: Subject, y: float, rhythm: Rhythm) -> Iterator[Mark]:
    """The antidote's name with its side's colour, and the practice under it; making peace has only the practice."""
    yield arrow(HELPS, y + rhythm.bar / 2)
    facet = subject.questionnaire.facets[row.item.facet]
    antidote = subject.questionnaire.facets.get(facet.antidote or "")
    if antidote:
        name, size = fit(antidote.name, WIDTH - TEXT - 34, tuple(range(rhythm.name, 23, -1)), bold=True)
        yield Block(f"{HUES[antidote.pole]}.1", TEXT, y + rhythm.bar / 2 - 11, 22, 22, f"helps {row.item.id}")
        yield Label(TEXT + 34, baseline(y, rhythm.bar, size), name, size, bold=True)
    size, most = rhythm.wording, rhythm.lines if antidote else 3 if rhythm is GRAND else 2
    lines = wrap(facet.practice, size, WIDTH - TEXT, most)
    top = y + (rhythm.bar if antidote else (rhythm.bar - len(lines) * rhythm.line) / 2)
    for index, line in enumerate(lines):
        yield Label(TEXT, baseline(top + index * rhythm.line, rhythm.line, size), line, size, ink="ink_soft")
