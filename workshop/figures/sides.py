"""Both sides: the light statements in bars, and the same page still empty, for guessing."""

from collections.abc import Iterator
from dataclasses import dataclass

from workshop.figures.around import Middle, middle_of, tick
from workshop.figures.canvas import Block, Label, Mark
from workshop.figures.letters import fit, width, wrap
from workshop.figures.outlines import badge
from workshop.figures.rows import HUES, MIDDLE, TONES, Column, Row, Sign, Subject, guessing, light_pages, page, signs
from workshop.figures.segments import bar, baseline, held_back, joined_sign, joined_width

COLUMN, GUTTER, NAMES = 828, 72, 388
BARS = COLUMN - NAMES
HEAD, TOP, HIGHER = 22, 126, 12
BADGE, BREATH = 42, 20


@dataclass(frozen=True)
class Rhythm:
    """Heights and sizes of one row, px: pitch, bar, name, count, wording; `lines` of wording `apart` from the bar;
    the page begins so much `higher` than usual."""

    pitch: int
    bar: int
    name: int
    count: int
    wording: int
    line: int
    lines: int
    apart: int = 1
    higher: int = 0


# Loose, middling and full columns; the last where a full column has wordings of two lines.
ROOMY = Rhythm(186, 80, 34, 44, 28, 36, 2)
EASY = Rhythm(122, 50, 33, 34, 26, 32, 2)
FULL = Rhythm(91, 46, 32, 32, 24, 30, 1)
DENSE = Rhythm(94, 40, 30, 30, 24, 25, 2, 0, HIGHER)


def both_sides(subject: Subject) -> Iterator[Mark]:
    """The light statements of one step, sorted."""
    yield from _page(page(light_pages(subject), subject.step), subject)


def empty_bars(subject: Subject) -> Iterator[Mark]:
    """One statement a facet in inventory order, with bars that say nothing yet."""
    yield from _page(guessing(subject), subject, empty=True)


def _page(columns: tuple[Column, ...], subject: Subject, *, empty: bool = False) -> Iterator[Mark]:
    rhythm = rhythm_of(columns)
    middle = middle_of(columns, BARS, rhythm.count) if subject.around and not empty else None
    for place, column in enumerate(columns):
        x = place * (COLUMN + GUTTER)
        if column.first:
            yield from heading(column, subject, x, HEAD - rhythm.higher, key=not empty)
        for index, row in enumerate(column.rows):
            y = TOP - rhythm.higher + index * rhythm.pitch
            yield from _words(row, _joined(row, subject, rhythm), x, y, rhythm)
            yield from _empty(row, x, y, rhythm) if empty else _answers(row, subject, x, y, rhythm, middle)


def rhythm_of(columns: tuple[Column, ...]) -> Rhythm:
    """The roomiest rhythm that the longest column leaves room for."""
    most = max((len(column.rows) for column in columns), default=0)
    if most <= 6:
        return ROOMY if most <= 4 else EASY
    rows = (row for column in columns for row in column.rows)
    return DENSE if any(width(row.item.text, FULL.wording) > COLUMN for row in rows) else FULL


def _joined(row: Row, subject: Subject, rhythm: Rhythm) -> str:
    """The words of two tones in one, where they have room beside the wording; else only the foot explains the sign."""
    words = subject.joined(row.merged)
    lines = rhythm.lines if rhythm.pitch > DENSE.pitch else 1
    return words if len(wrap(row.item.text, rhythm.wording, _room(words, rhythm), 3)) <= lines else ""


def signs_of(subject: Subject) -> tuple[Sign, ...]:
    """What the foot has to explain of one step."""
    columns = page(light_pages(subject), subject.step)
    rows, rhythm = (row for column in columns for row in column.rows if row.merged), rhythm_of(columns)
    return signs(columns, told=all(_joined(row, subject, rhythm) for row in rows), around=subject.around)


def _room(words: str, rhythm: Rhythm) -> float:
    """What the wording has of its line, beside the words of two tones in one."""
    return COLUMN - (joined_width(words, rhythm.wording) + BREATH if words else 0)


def heading(column: Column, subject: Subject, x: float, y: float, *, key: bool = True,
            paint: str = "") -> Iterator[Mark]:
    """The side's name with the three tones under it; `paint` where they are not the plain ones of its hue."""
    yield Label(x, baseline(y, 48, 40), subject.side(column.pole), 40, bold=True)
    if key:
        yield from tone_key(paint or HUES[column.pole], subject, x, y + 52)


def tone_key(paint: str, subject: Subject, x: float, y: float, *, skips: bool = True) -> Iterator[Mark]:
    """Three swatches with their words, on a line of 32 px; `skips` where the middle tone holds them too."""
    for tone in TONES:
        words = subject.tone(tone) if skips or tone != MIDDLE else subject.locale.text("common.tone.middle")
        yield Block(f"{paint}.{tone}", x, y + 4, 24, 24, f"key {paint}")
        yield Label(x + 34, baseline(y, 32, 26), words, 26, ink="ink_soft")
        x += 34 + width(words, 26) + 32


def _words(row: Row, joined: str, x: float, y: float, rhythm: Rhythm) -> Iterator[Mark]:
    less = row.item.keyed == -1
    sizes = tuple(range(rhythm.name, 23, -1))
    name, size = fit(row.name, NAMES - 12 - (BADGE if less else 0), sizes, bold=True)
    yield Label(x, baseline(y, rhythm.bar, size), name, size, bold=True, id=f"name {row.item.id}")
    if less:
        yield from badge(x + width(name, size, bold=True) + 28, y + rhythm.bar / 2, row.item.id)
    first = baseline(y + rhythm.bar + rhythm.apart, rhythm.line, rhythm.wording)
    for index, line in enumerate(wrap(row.item.text, rhythm.wording, _room(joined, rhythm), rhythm.lines)):
        yield Label(x, first + index * rhythm.line, line, rhythm.wording, ink="ink_soft",
                    id=f"wording {row.item.id} {index}")
    if joined:
        yield from joined_sign(HUES[row.item.pole], row.merged, joined, x + COLUMN, first, rhythm.wording, row.item.id)


def _answers(row: Row, subject: Subject, x: float, y: float, rhythm: Rhythm,
             middle: Middle | None = None) -> Iterator[Mark]:
    if row.segments is None:
        yield from held_back(subject.hidden, x + NAMES, y, BARS, rhythm.bar, f"hidden {row.item.id}")
        return
    left, wide = middle.bar(row, rhythm.count) if middle else (0.0, BARS)
    if middle:
        yield from tick(x + NAMES + middle.line, y, y + rhythm.bar, row.item.id)
    yield from bar(row.segments, HUES[row.item.pole], x + NAMES + left, y, wide, rhythm.bar, rhythm.count,
                   row.item.id, row.merged)


def _empty(row: Row, x: float, y: float, rhythm: Rhythm) -> Iterator[Mark]:
    yield Block("empty", x + NAMES + 1.5, y + 1.5, BARS - 3, rhythm.bar - 3, row.item.id)
