"""The one picture of a very small room: the answers to one light pole, pooled over its items (R5, k to 7)."""

from dataclasses import dataclass

from workshop.release.levels import Policy
from workshop.release.showing import shows
from workshop.release.tables import Table, joined, thirds_of


@dataclass(frozen=True)
class PooledTally:
    """The keyed answers of the `people` who answered every item of one pole, in low, middle, high.

    `answers` per class, `holders` = people with at least one answer there; `holders_low_mid` and
    `holders_mid_high` = people with at least one answer in either of the two.
    """

    people: int
    answers: tuple[int, int, int]
    holders: tuple[int, int, int]
    holders_low_mid: int
    holders_mid_high: int


def pooled_table(tally: PooledTally, items: int, points: int, policy: Policy, *, n: int) -> Table | None:
    """The pooled table of a pole of `items` items in a round of n people, or None = held back.

    Bins are keyed raw points, counts are answers, `n` of the table the people behind them.
    """
    # The round's n decides as well as the people who answered everything: a pooled table beside the
    # tables of single items would let one be subtracted from the other.
    if items < 2 or not shows(n, policy).pooled or not policy.k <= tally.people <= n:
        return None
    steps = (((0,), (1,), (2,)), joined(tally.answers[0], tally.answers[2]))
    fit = next((step for step in steps if _passes(tally, step, policy)), None)
    return fit and _table(tally, fit, points)


Step = tuple[tuple[int, ...], ...]


def _passes(tally: PooledTally, step: Step, policy: Policy) -> bool:
    filled = [_holders(tally, part) for part in step if _answers(tally, part)]
    return len(filled) >= 2 and min(filled) >= max(2, policy.tau)


def _table(tally: PooledTally, step: Step, points: int) -> Table:
    thirds = thirds_of(points)
    bins = tuple(tuple(point for third in part for point in thirds[third]) for part in step)
    return Table(tally.people, bins, tuple(_answers(tally, part) for part in step))


def _answers(tally: PooledTally, part: tuple[int, ...]) -> int:
    return sum(tally.answers[third] for third in part)


def _holders(tally: PooledTally, part: tuple[int, ...]) -> int:
    together = {(0, 1): tally.holders_low_mid, (1, 2): tally.holders_mid_high}
    return together[part] if part in together else tally.holders[part[0]]
