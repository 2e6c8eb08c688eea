"""One item alone: which rooms would have left the same tables and the same silences, updates that failed among them.

Exact. Blocks between two updates of a table are searched by the people in low, middle, high taken in so far, since the
rules ask of a failed update only how many people it held.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

import workshop.release as rules
from tests.attack.suspects import Suspicion
from tests.attack.worlds import RoundSeen, blocks_of, item_history, parts_of
from workshop.inventory import LIGHT_POLES
from workshop.release import Counts, Table
from workshop.release.tables import table_in

Three = tuple[int, int, int]
MOST_STEPS = 400_000


@dataclass(frozen=True)
class Stretch:
    """Releases `first` to `last` between two updates of one item's table; `after` is what stood at the end."""

    first: int
    last: int
    before: Table | None
    after: Table | None

    @property
    def updated(self) -> bool:
        return self.after is not self.before


def stretches(wall: Sequence[Table | None]) -> list[Stretch]:
    """An item's history, cut where its table changed."""
    found, first, before = [], 1, None
    for number, table in enumerate(wall, 1):
        if table is not before:
            found.append(Stretch(first, number, before, table))
            first, before = number + 1, table
    if first <= len(wall):
        found.append(Stretch(first, len(wall), before, before))
    return found


def raw(three: Three, points: int) -> Counts:
    """People in three classes as people by point."""
    counts = [0] * (points + 1)
    counts[1], counts[3], counts[points] = three
    return tuple(counts)


def three_of(seen: RoundSeen, answers: np.ndarray) -> Three:
    """People in low, middle or skipped, high."""
    low, middle, high = (int(one) for one in np.bincount(seen.thirds[answers], minlength=3))
    return low, middle, high


def another_room(seen: RoundSeen, one: Suspicion) -> bool | None:
    """Whether some room with the same history of this item puts one of the others in another class; None: too large.

    Without groups; what joins this item with others is not asked here.
    """
    answers = seen.rows[:, one.item]
    wall = item_history(seen, one.item, blocks_of(seen, answers))
    release = int(seen.releases[one.others[0]])
    stretch = next(part for part in stretches(wall) if part.first <= release <= part.last)
    if not stretch.updated and _all_elsewhere(seen, one, stretch, wall):
        return True
    return _two_changed(seen, one, stretch, wall) or _searched(seen, one, stretch)


def _two_changed(seen: RoundSeen, one: Suspicion, stretch: Stretch, wall: Sequence[Table | None]) -> bool:
    """Whether one of the others and somebody of another block can have changed places: the search's short way."""
    answers, met = seen.rows[:, one.item], set()
    inside = (seen.releases >= stretch.first) & (seen.releases <= stretch.last)
    for q in np.flatnonzero(one.free(seen) & inside & (seen.thirds[answers] != one.third)):
        mark = int(seen.releases[q]), int(seen.thirds[answers[q]])
        if mark in met:
            continue
        met.add(mark)
        after = answers.copy()
        after[[one.others[0], q]] = answers[[q, one.others[0]]]
        if item_history(seen, one.item, blocks_of(seen, after)) == tuple(wall):
            return True
    return False


def _all_elsewhere(seen: RoundSeen, one: Suspicion, stretch: Stretch, wall: Sequence[Table | None]) -> bool:
    """After a last update nothing is known of a stretch but that it failed: so would it, had all stood elsewhere."""
    for point in (1, 3, seen.asked.scale.points):
        answers = seen.rows[:, one.item].copy()
        inside = one.free(seen) & (seen.releases >= stretch.first) & (seen.releases <= stretch.last)
        answers[inside] = point
        if seen.thirds[point] != one.third and item_history(seen, one.item, blocks_of(seen, answers)) == tuple(wall):
            return True
    return False


def _searched(seen: RoundSeen, one: Suspicion, stretch: Stretch) -> bool | None:
    answers, free = seen.rows[:, one.item], one.free(seen)
    sizes: list[int] = []
    reached: set[Three] = {(0, 0, 0)}
    truth: Three = (0, 0, 0)
    for number in range(stretch.first, stretch.last + 1):
        inside = seen.releases == number
        known = three_of(seen, answers[inside & ~free])
        others = int((inside & free).sum())
        ban = one if number == seen.releases[one.others[0]] else None
        steps = list(_ways(seen, known, others, ban))
        if len(steps) * len(reached) > MOST_STEPS:
            return None
        sizes.append(int(inside.sum()))
        truth = _sum(truth, three_of(seen, answers[inside]))
        judge = _outcome(seen, one.item, stretch.before, tuple(sizes), seen.single_at(number))
        exact = stretch.updated and number == stretch.last and rules.classes_of(stretch.after) > 3
        reached = {after for before in reached for step in steps
                   if (after := _sum(before, step)) == truth or (not exact and judge(after) == judge(truth))}
    return bool(reached)


def _ways(seen: RoundSeen, known: Three, others: int, ban: Suspicion | None) -> Iterator[Three]:
    """Every block that the attacker can think of; in the block in question not all the suspects in one class."""
    for low in range(others + 1):
        for middle in range(others + 1 - low):
            way = (low, middle, others - low - middle)
            if ban is None or way[ban.third] < others:
                yield _sum(known, way)


def _sum(one: Three, other: Three) -> Three:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


@dataclass(frozen=True)
class Attempt:
    """A try to update an item's table, and every way in which its people can have stood for it to end as it did."""

    first: int
    last: int
    ways: tuple[Three, ...]


def attempts(seen: RoundSeen, item: int) -> Iterator[Attempt]:
    """Everything that an item's history says of the people it was made of; tries that say nothing are left out."""
    answers = seen.rows[:, item]
    for part in stretches(item_history(seen, item, blocks_of(seen, answers))):
        sizes: list[int] = []
        for number in range(part.first, part.last + 1):
            sizes.append(int((seen.releases == number).sum()))
            inside = (seen.releases >= part.first) & (seen.releases <= number)
            truth = three_of(seen, answers[inside])
            if part.updated and number == part.last and rules.classes_of(part.after) > 3:
                yield Attempt(part.first, number, (truth,))
                continue
            judge = _outcome(seen, item, part.before, tuple(sizes), seen.single_at(number))
            every = [(low, middle, sum(sizes) - low - middle) for low in range(sum(sizes) + 1)
                     for middle in range(sum(sizes) + 1 - low)]
            ways = tuple(way for way in every if judge(way) == judge(truth))
            if len(ways) < len(every):
                yield Attempt(part.first, number, ways)


def group_silences(seen: RoundSeen, item: int, table: Table) -> list[tuple[Three, ...]]:
    """How the groups can have stood for a table of all that was not told by group; whoever gave none as they did.

    Two groups, as large as they are; of a table in two classes or three, or by point.
    """
    (one, other), none = parts_of(seen)
    rest, found = seen.by_point(seen.rows[none, item]), []
    beside = three_of(seen, seen.rows[none, item])
    whole = _drawn(seen, table, three_of(seen, seen.rows[:, item]))
    for first in _every(int(one.sum())):
        for second in _every(int(other.sum())):
            if _drawn(seen, table, _sum(_sum(first, second), beside)) == whole:
                blocks = [raw(part, seen.asked.scale.points) for part in (first, second)]
                if rules.grouped_items(blocks, rest, seen.policy, None) is None:
                    found.append((first, second))
    return found


def _every(people: int) -> list[Three]:
    return [(low, middle, people - low - middle) for low in range(people + 1) for middle in range(people + 1 - low)]


def _drawn(seen: RoundSeen, table: Table, three: Three) -> Counts:
    """What the table would count, as far as low, middle and high tell."""
    people = raw(three, seen.asked.scale.points)
    return three if rules.classes_of(table) > 2 else table_in(people, table.bins).counts


def _outcome(seen: RoundSeen, item: int, before: Table | None, sizes: tuple[int, ...], single: bool):
    dark = seen.asked.items[item].pole not in LIGHT_POLES
    points = seen.asked.scale.points

    @cache
    def judge(three: Three) -> Table | None:
        blocks = [raw(part, points) for part in _spread(three, sizes)]
        after = rules.next_item_table(before, blocks, seen.policy, single=single, dark=dark)
        return None if after is before else after
    return judge


def _spread(three: Three, sizes: Sequence[int]) -> Iterator[Three]:
    """Blocks of these sizes that make up these people; which is in which block makes no difference."""
    left = list(three)
    for size in sizes:
        part = []
        for place, people in enumerate(left):
            taken = min(people, size - sum(part))
            part.append(taken)
            left[place] -= taken
        yield part[0], part[1], part[2]
