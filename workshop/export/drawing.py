"""Rows and planes as plain numbers that a template can draw: bars in percent of their width, the plane in pixels."""

from collections.abc import Iterator
from dataclasses import dataclass

from workshop.export.counted import LIMITS
from workshop.export.rows import Part, Tone
from workshop.release import Cell, Plane

SIDE = 224.0
TREADS = (12.5, 37.5, 62.5, 87.5)
_ROOM_FOR_DIGITS = (0.0, 6.0, 11.0, 16.0, 21.0)


@dataclass(frozen=True)
class Segment:
    """One tone of a bar, `start` and `width` in percent; `printed` when its count fits inside."""

    tone: Tone
    n: int
    start: float
    width: float
    printed: bool

    @property
    def middle(self) -> float:
        """Where its count is centred."""
        return round(self.start + self.width / 2, 3)


def segments(parts: tuple[Part, ...]) -> tuple[Segment, ...]:
    """The non-empty parts of a bar from left to right, filling it."""
    return tuple(_segments(tuple((part.tone, part.n) for part in parts if part.n)))


def _segments(counts: tuple[tuple[Tone, int], ...]) -> Iterator[Segment]:
    total, before = sum(n for _, n in counts), 0
    for tone, n in counts:
        width = 100 * n / total
        room = _ROOM_FOR_DIGITS[min(len(str(n)), len(_ROOM_FOR_DIGITS) - 1)]
        yield Segment(tone, n, round(100 * before / total, 3), round(width, 3), width >= room)
        before += n


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels with the people in it."""

    x: float
    y: float
    width: float
    height: float
    n: int = 0


def boxes(plane: Plane) -> tuple[Box, ...]:
    """The rectangles of people, dependence to the right, independence upwards, a little apart from each other."""
    return tuple(_box(cell, LIMITS[plane.bins]) for cell in plane.cells)


def _box(cell: Cell, limits: tuple[float, ...]) -> Box:
    left, right = _pixels(limits[cell.x]), _pixels(limits[cell.x + cell.w])
    bottom, top = _pixels(limits[cell.y]), _pixels(limits[cell.y + cell.h])
    gap = 3.6
    return Box(round(left + gap, 2), round(SIDE - top + gap, 2),
               round(right - left - 2 * gap, 2), round(top - bottom - 2 * gap, 2), cell.n)


def treads() -> tuple[Box, ...]:
    """The four upper steps of min(DL, IL): each a square in the upper right corner."""
    return tuple(Box(_pixels(low), 0.0, SIDE - _pixels(low), SIDE - _pixels(low)) for low in TREADS)


def _pixels(score: float) -> float:
    return SIDE * score / 100
