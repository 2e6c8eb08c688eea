"""Which table of an item may be published, and in which classes (R1, R2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from workshop.release.levels import Policy
from workshop.release.showing import dark_allowed, shows

# People by raw point: index 0 = skipped, then 1..K.
Counts = tuple[int, ...]
Bins = tuple[tuple[int, ...], ...]

THIRDS: dict[int, Bins] = {5: ((1, 2), (3,), (4, 5)), 7: ((1, 2), (3, 4, 5), (6, 7))}


@dataclass(frozen=True)
class Table:
    """A published table: n people, skips included; the raw points behind each count, 0 = skipped.

    In a pooled table the counts are answers and do not add up to n.
    """

    n: int
    bins: Bins
    counts: tuple[int, ...]


def passes(total: tuple[int, ...], increment: tuple[int, ...], policy: Policy, *, first: bool) -> bool:
    """R1: both have two classes with people and tau people in each of those, and the increment holds enough.

    In open only k people in all are asked for.
    """
    if policy.level == "open":
        return sum(total) >= policy.k
    enough = sum(increment) >= (policy.k if first else policy.m)
    return enough and _differs(total, policy.tau) and _differs(increment, policy.tau)


def item_table(counts: Counts, policy: Policy, *, single: bool) -> Table | None:
    """The first table of one item in the finest classes that pass, or None = held back.

    `single`: the round has this one release only, as far as its rules can tell.
    """
    may = shows(sum(counts), policy)
    if not may.items:
        return None
    every_point = _table(counts, _points_apart(counts))
    if policy.level == "open":
        return every_point
    three = _table(counts, _thirds(counts))
    steps = [three, _table(counts, _halves(three))]
    # Everybody on 4 and 5 differs in points and not in low, middle, high: such a table tells the class
    # of every person, so points stand apart only where the three classes pass as well.
    if single and may.item_classes is None and _first_passes(three, policy):
        steps.insert(0, every_point)
    return next((step for step in steps if _first_passes(step, policy)), None)


def grown_item_table(table: Table, increment: Counts, policy: Policy) -> Table:
    """The published table plus an increment in the same classes, or the same object where that may not be.

    ValueError when the increment is of another number of points.
    """
    if sorted(point for points in table.bins for point in points) != list(range(len(increment))):
        raise ValueError("the increment has other points than the table")
    gain = _table(increment, table.bins)
    total = tuple(before + more for before, more in zip(table.counts, gain.counts, strict=True))
    if not gain.n or not passes(total, gain.counts, policy, first=False):
        return table
    # Points stand apart only where a round had a single release, so outside open that table is final.
    if policy.level != "open" and classes_of(table) > 3:
        return table
    return Table(table.n + gain.n, table.bins, total)


def may_retry(gained: int, failed: int) -> bool:
    """Whether a table whose last update failed with `failed` people in it may try again with `gained`.

    `gained` counts everybody since the table's own last release, those `failed` (0 = none) among them.
    """
    # A failed update says that nearly all of its people stand in one class. Fewer newcomers than those
    # could then be read off the union: 16 silent and a table of 10 and 14 after 8 more puts all 8 in one
    # class. With as many newcomers as failed, every small room was searched and nobody was found.
    return gained >= 2 * failed


def next_item_table(table: Table | None, blocks: Sequence[Counts], policy: Policy, *,
                    single: bool, dark: bool = False) -> Table | None:
    """An item's table after a release: the same object (or None) where nothing may be added.

    `blocks`: what each release since the table's own last one took in, this release's last; what failed
    on the way is found by going through them again, so nothing about it has to be kept.
    """
    failed, people = 0, 0
    for block in blocks[:-1]:
        people += sum(block)
        failed = people if _tries(table, people, failed, policy, dark) else failed
    gained = tuple(map(sum, zip(*blocks, strict=True)))
    if not gained or not _tries(table, sum(gained), failed, policy, dark):
        return table
    return grown_item_table(table, gained, policy) if table else item_table(gained, policy, single=single)


def _tries(table: Table | None, people: int, failed: int, policy: Policy, dark: bool) -> bool:
    first_may = shows(people, policy).items and (not dark or dark_allowed(people, policy))
    return may_retry(people, failed) and (table is not None or first_may)


def classes_of(table: Table) -> int:
    """The bins that hold points: 5, 7, 3 or 2; the skipped standing apart are no class."""
    return sum(points != (0,) for points in table.bins)


def low_middle_high(table: Table) -> tuple[int, int, int] | None:
    """People in low, middle or skipped, and high as far as the published table tells: None for two classes."""
    classes = classes_of(table)
    if classes == 2:
        return None
    *points, skipped = table.counts
    three = table if classes == 3 else _table((skipped, *points), _thirds(table.counts))
    low, middle, high = three.counts
    return low, middle, high


def joined(low: int, high: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Which of the three classes 0, 1, 2 make two: the smaller end joins the middle, in a tie the low one."""
    return ((0, 1), (2,)) if low <= high else ((0,), (1, 2))


def table_in(counts: Counts, bins: Bins) -> Table:
    """People by class in the given classes of raw points."""
    return _table(counts, bins)


def coarser_steps(counts: Counts) -> tuple[Bins, Bins]:
    """Three classes, then two: the steps that several tables can share; the halves are those of these counts."""
    thirds = _thirds(counts)
    return thirds, _halves(_table(counts, thirds))


def thirds_of(points: int) -> Bins:
    """The points of low, middle and high; ValueError for a scale that is not of 5 or 7 points."""
    if points not in THIRDS:
        raise ValueError(f"a scale has 5 or 7 points, not {points}")
    return THIRDS[points]


def _differs(counts: tuple[int, ...], tau: int) -> bool:
    filled = [count for count in counts if count]
    return len(filled) >= 2 and min(filled) >= tau


def _first_passes(table: Table, policy: Policy) -> bool:
    return passes(table.counts, table.counts, policy, first=True)


def _table(counts: Counts, bins: Bins) -> Table:
    return Table(sum(counts), bins, tuple(sum(counts[point] for point in points) for points in bins))


def _points_apart(counts: Counts) -> Bins:
    return (*((point,) for point in range(1, len(counts))), (0,))


def _thirds(counts: Counts) -> Bins:
    low, middle, high = thirds_of(len(counts) - 1)
    return low, (*middle, 0), high


def _halves(three: Table) -> Bins:
    parts = joined(three.counts[0], three.counts[2])
    return tuple(tuple(point for part in group for point in three.bins[part]) for group in parts)
