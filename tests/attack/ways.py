"""In which ways the numbers that were told can have come about."""

from collections.abc import Iterator, Sequence
from itertools import chain, product

from tests.attack.worlds import RoundSeen, keyed
from workshop.release import ScoreTable, pole_limits
from workshop.statistics import alpha_interval
from workshop.statistics.interval import Interval

NO_SCORE = 5


def alike(told: Interval, people: int, k: int) -> tuple[float, float] | None:
    """Between which ends an alpha of so many people rounds, with its interval, to what was told; None: nowhere."""
    free = alpha_interval(0.0, people, k)
    ends = [(1 - (1 - one + 0.005) / scale, 1 - (1 - one - 0.005) / scale) for one, scale in
            ((told.value, 1.0), (told.low, 1 - free.low), (told.high, 1 - free.high))]
    low, high = max(end for end, _ in ends), min(end for _, end in ends)
    return (low - 1e-9, high + 1e-9) if low <= high else None


def whole_now(seen: RoundSeen, columns: Sequence[int]) -> int:
    """How many answered all of these items."""
    return int((keyed(seen, seen.rows, columns) >= 0).all(1).sum())


def places_of(items: int, most: int) -> Iterator[tuple[int, int, int]]:
    """Every number of answers and sum of them with the class it is in."""
    for answered in range(items + 1):
        for total in range(most * answered + 1):
            place = sum(200 * total >= 25 * most * answered * odd for odd in (1, 3, 5, 7))
            yield answered, total, place if answered and 3 * answered >= 2 * items else NO_SCORE


def five_in(table: ScoreTable) -> list[list[int]]:
    """The five classes that are in each of the table's."""
    return [[place for place, edge in enumerate((0, *pole_limits(5))) if low <= edge < high]
            for low, high in table.bins]


def fives(table: ScoreTable) -> Iterator[tuple[int, int, int, int, int]]:
    """All ways in which the table's people can stand in the five classes."""
    parts = [list(_shared(count, len(inside))) for inside, count in zip(five_in(table), table.counts, strict=True)]
    for way in product(*parts):
        a, b, c, d, e = chain.from_iterable(way)
        yield a, b, c, d, e


def _shared(people: int, places: int) -> Iterator[tuple[int, ...]]:
    if places == 1:
        yield (people,)
        return
    for first in range(people + 1):
        yield from ((first, *rest) for rest in _shared(people - first, places - 1))
