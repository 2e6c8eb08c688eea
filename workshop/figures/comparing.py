"""Then and now: two rounds beside each other, in the coarser classes that both have."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workshop.figures.canvas import Label, Mark
from workshop.figures.letters import fit, width
from workshop.figures.outlines import badge
from workshop.figures.rows import (
    ENDS,
    HUES,
    MIDDLE,
    TONES,
    Column,
    Merged,
    Row,
    Segment,
    Sign,
    Subject,
    light_pages,
    page,
    row_of,
    signs,
)
from workshop.figures.segments import bar, baseline, held_back, joined_sign, joined_width
from workshop.figures.sides import BADGE, COLUMN, GUTTER, HEAD, NAMES, TOP, heading
from workshop.figures.telling import spoken_end

PITCH, BAR, STEP, LABELS, COUNT = 91, 33, 37, 72, 26
Segments = tuple[Segment, ...]


@dataclass(frozen=True)
class Pair:
    """One statement in two rounds, in the same classes; None where either is held back or they share no classes."""

    row: Row
    both: tuple[tuple[Segment, ...], tuple[Segment, ...]] | None
    merged: Merged = ""


def then_now(subject: Subject) -> Iterator[Mark]:
    """Two bars a statement, in the order of the later round."""
    for place, column in enumerate(page(light_pages(subject), subject.step)):
        x = place * (COLUMN + GUTTER)
        if column.first:
            yield from heading(column, subject, x, HEAD)
        for index, pair in enumerate(pairs(column, subject)):
            yield from _pair(pair, subject, x, TOP + index * PITCH)


def pairs(column: Column, subject: Subject) -> Iterator[Pair]:
    """The statements of a column with what the round before said."""
    before = replace(subject, snapshot=subject.before)
    return (pair_of(row_of(row.item, before), row) for row in column.rows)


def pair_of(then: Row, now: Row) -> Pair:
    """Both rounds in the classes that both have."""
    both, merged = in_common((then, now))
    return Pair(now, (both[0], both[1]) if both else None, merged)


def in_common(rows: Sequence[Row]) -> tuple[tuple[Segments, ...] | None, Merged]:
    """Rows of one statement folded into the classes that all of them have: an end joined in one is joined in all.
    None where any is held back, or they share no classes."""
    joined = {ENDS[row.merged] for row in rows if row.merged}
    shown = [row.segments for row in rows if row.segments is not None]
    if len(shown) < len(rows) or len(joined) > 1:
        return None, ""
    merged: Merged = next((row.merged for row in rows if row.merged), "")
    return tuple(_folded(segments, joined) for segments in shown), merged


def _folded(parts: Iterable[Segment], joined: set[int]) -> tuple[Segment, ...]:
    sums = dict.fromkeys(TONES, 0)
    for part in parts:
        sums[MIDDLE if part.tone in joined else part.tone] += part.n
    return tuple(Segment(tone, n) for tone, n in sums.items() if n)


def _pair(pair: Pair, subject: Subject, x: float, y: float) -> Iterator[Mark]:
    less = pair.row.item.keyed == -1
    name, size = fit(pair.row.name, NAMES - 12 - (BADGE if less else 0), tuple(range(32, 23, -1)), bold=True)
    yield Label(x, baseline(y, BAR, size), name, size, bold=True)
    if less:
        yield from badge(x + width(name, size, bold=True) + 28, y + BAR / 2, pair.row.item.id)
    if pair.both is None:
        yield from held_back(subject.hidden, x + NAMES, y, COLUMN - NAMES, BAR if one_line(subject) else 2 * STEP)
        return
    if pair.merged and joined_width(subject.joined(pair.merged), 24) <= NAMES - 90:
        words = subject.joined(pair.merged)
        yield from joined_sign(HUES[pair.row.item.pole], pair.merged, words, x + joined_width(words, 24),
                               baseline(y + STEP, BAR, 24), 24, pair.row.item.id)
    left = x + NAMES + LABELS
    for index, (when, parts) in enumerate(zip(("then", "now"), pair.both, strict=True)):
        top = y + index * STEP
        word = subject.say(f"then_now.{when}")
        yield Label(left - 14, baseline(top, BAR, 24), word, 24, ink="ink_soft", anchor="right")
        yield from bar(parts, HUES[pair.row.item.pole], left, top, COLUMN - NAMES - LABELS, BAR, COUNT,
                       f"{when} {pair.row.item.id}", pair.merged)


def one_line(subject: Subject) -> bool:
    """Whether the sentence for what is held back needs no more than the place of one bar."""
    return width(subject.hidden, 24) <= COLUMN - NAMES


def signs_of(subject: Subject) -> tuple[Sign, ...]:
    """What the foot has to explain of one step; an end counts as joined where either round has joined it."""
    columns = tuple(replace(column, rows=tuple(replace(pair.row, merged=pair.merged)
                                               for pair in pairs(column, subject)))
                    for column in page(light_pages(subject), subject.step))
    words: tuple[Merged, ...] = ("less", "more")
    return signs(columns, told=all(joined_width(subject.joined(end), 24) <= NAMES - 90 for end in words))


def alt(subject: Subject) -> str:
    """A sentence a statement with what its strong end was and is."""
    found = (pair for column in page(light_pages(subject), subject.step) for pair in pairs(column, subject))
    return " ".join(_spoken(pair, subject) for pair in found)


def _spoken(pair: Pair, subject: Subject) -> str:
    if pair.both is None:
        return f"{pair.row.name}: {subject.hidden}."
    end = spoken_end(pair.row.item.keyed, pair.merged)
    (then, of_then), (now, of_now) = ((sum(part.n for part in parts if part.tone == end), sum(part.n for part in parts))
                                      for parts in pair.both)
    return subject.say("alt.pair", name=pair.row.name, tone=subject.tone(end), then=then, of_then=of_then, now=now,
                       of_now=of_now)


def table(subject: Subject) -> Mapping[str, Any]:
    """Two rows a statement, then and now, with its people by tone."""
    columns = [subject.say("table.facet"), subject.say("table.round"), *(subject.tone(tone) for tone in TONES)]
    return {"columns": columns, "rows": [row for column in page(light_pages(subject), subject.step)
                                         for pair in pairs(column, subject) for row in _rows(pair, subject)]}


def _rows(pair: Pair, subject: Subject) -> Iterator[list[str | int]]:
    if pair.both is None:
        yield [pair.row.name, "", subject.hidden, "", ""]
        return
    for when, parts in zip(("then", "now"), pair.both, strict=True):
        by_tone = {part.tone: part.n for part in parts}
        yield [pair.row.name, subject.say(f"then_now.{when}"), *(by_tone.get(tone, "") for tone in TONES)]
