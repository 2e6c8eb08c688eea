"""Bars set around "sometimes": half of it to either side of one line, as Robbins and Heiberger (2011) set them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workshop.figures.canvas import GAP, Mark, Path
from workshop.figures.rows import HIGH, LOW, MIDDLE, Column, Row
from workshop.figures.segments import leasts, widths

LINE, OVER = 3, 10


@dataclass(frozen=True)
class Middle:
    """Where the line stands, px from the left end of the bars, and how many px a person takes."""

    line: float
    person: float

    def bar(self, row: Row, size: int) -> tuple[float, float]:
        """Left end and width of a row's bar, px from where bars begin."""
        left, _ = arms(row, self.person, size)
        return self.line - left, self.person * people(row)


def middle_of(columns: Sequence[Column], room: float, size: int) -> Middle:
    """One scale for all rows of a page, as large as the longest arms leave room for."""
    rows = [row for column in columns for row in column.rows if row.segments]
    person = room / max((people(row) for row in rows), default=1)
    while True:
        sides = [arms(row, person, size) for row in rows]
        left, right = (max((side[at] for side in sides), default=room / 2) for at in (0, 1))
        if left + right <= room + 0.5:
            return Middle(left, person)
        person *= min(0.995, room / (left + right))


def people(row: Row) -> int:
    """How many a row holds."""
    return sum(part.n for part in row.segments or ())


def arms(row: Row, person: float, size: int) -> tuple[float, float]:
    """How far a bar reaches to either side. A row in two classes has no "sometimes" of its own: it meets the line
    where its classes part."""
    parts = row.segments or ()
    wide = widths([part.n for part in parts], person * people(row), leasts(parts, size))
    by_tone = {part.tone: width for part, width in zip(parts, wide, strict=True)}
    low, middle, high = (by_tone.get(tone, 0.0) for tone in (LOW, MIDDLE, HIGH))
    if row.merged:
        return (middle + GAP / 2, high + GAP / 2) if row.merged == "less" else (low + GAP / 2, middle + GAP / 2)
    if not middle:
        return low + GAP / 2, high + GAP / 2
    return (low + GAP if low else 0.0) + middle / 2, middle / 2 + (GAP + high if high else 0.0)


def tick(x: float, top: float, bottom: float, id: str) -> Iterator[Mark]:
    """The line where it passes a bar: seen over it, and behind it where the bar has a gap. It crosses no words."""
    yield Path(f"M{x:.2f},{top - OVER:.2f}L{x:.2f},{bottom:.2f}", stroke="ink_soft", width=LINE, name=f"middle {id}")
