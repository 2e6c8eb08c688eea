"""The table of one pole's scores, 0 to 100, and what may be read off it (R1, R2, R5)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workshop.release.levels import Policy
from workshop.release.showing import shows
from workshop.release.tables import joined, passes

LIMITS = {
    5: (Fraction(25, 2), Fraction(75, 2), Fraction(125, 2), Fraction(175, 2)),
    3: (Fraction(75, 2), Fraction(125, 2)),
}
TOP = Fraction(100)

FiveClasses = tuple[int, int, int, int, int]

# The five classes that make low, middle and high, and no other: their limits are the same.
THREE_OF_FIVE = ((0, 1), (2,), (3, 4))


@dataclass(frozen=True)
class ScoreTable:
    """n people with a score; bins are [from, to), the last one closed."""

    n: int
    bins: tuple[tuple[Fraction, Fraction], ...]
    counts: tuple[int, ...]


def pole_limits(classes: int) -> tuple[Fraction, ...]:
    """The inner limits of 5 or 3 classes; a score on a limit belongs to the class above it."""
    if classes not in LIMITS:
        raise ValueError(f"a pole has 5 or 3 classes, not {classes}")
    return LIMITS[classes]


def pole_shown(shown: int, of: int) -> bool:
    """Whether a pole may be drawn of the `shown` ones of its `of` items."""
    return shown > 0 and 3 * shown >= 2 * of


def pole_table(five: tuple[int, int, int, int, int], policy: Policy) -> ScoreTable | None:
    """People by class in the finest classes that pass, or None = held back.

    `five` are the people with a score in each of the five classes.
    """
    may = shows(sum(five), policy)
    if not may.poles:
        return None
    finest = _score_table(five, tuple((part,) for part in range(5)))
    three = _score_table(five, THREE_OF_FIVE)
    two = _joined(three)
    # As with the points of an item: five classes of which one third holds everybody tell each person's
    # third, so five stand only where three pass as well.
    five_may = may.poles == 5 and _passes(three, policy)
    steps = (finest, three, two) if five_may else (three, two)
    return next((step for step in steps if _passes(step, policy)), None)


def pole_steps(five: FiveClasses) -> tuple[Callable[[Sequence[int]], ScoreTable], ...]:
    """Three classes, then two: the steps that several tables can share; the halves are those of these people."""
    halves = joined(five[0] + five[1], five[3] + five[4])
    parts = tuple(tuple(one for third in group for one in THREE_OF_FIVE[third]) for group in halves)
    return (lambda counts: _score_table(tuple(counts), THREE_OF_FIVE),
            lambda counts: _score_table(tuple(counts), parts))


def median_and_middle(table: ScoreTable) -> tuple[Fraction, Fraction, Fraction]:
    """Median and the two quartiles of the published classes, as if people stood evenly within each.

    Exact, 0 to 100, lower quartile <= median <= upper quartile; a share that falls into a gap of empty
    classes is read in the middle of the gap. ValueError without people.
    """
    if not table.n:
        raise ValueError("no people, no median")
    return _quantile(table, Fraction(1, 2)), _quantile(table, Fraction(1, 4)), _quantile(table, Fraction(3, 4))


def _quantile(table: ScoreTable, share: Fraction) -> Fraction:
    target, below, crossings = share * table.n, 0, []
    for (low, high), count in zip(table.bins, table.counts, strict=True):
        if count and below <= target <= below + count:
            crossings.append(low + (high - low) * (target - below) / count)
        below += count
    return (crossings[0] + crossings[-1]) / 2


def _passes(table: ScoreTable, policy: Policy) -> bool:
    return passes(table.counts, table.counts, policy, first=True)


def _score_table(five: tuple[int, ...], parts: tuple[tuple[int, ...], ...]) -> ScoreTable:
    edges = (Fraction(0), *LIMITS[5], TOP)
    bins = tuple((edges[part[0]], edges[part[-1] + 1]) for part in parts)
    return ScoreTable(sum(five), bins, tuple(sum(five[one] for one in part) for part in parts))


def _joined(three: ScoreTable) -> ScoreTable:
    parts = joined(three.counts[0], three.counts[2])
    bins = tuple((three.bins[part[0]][0], three.bins[part[-1]][1]) for part in parts)
    return ScoreTable(three.n, bins, tuple(sum(three.counts[one] for one in part) for part in parts))
