"""Tables by group: the same question asked of parts of the room (R9)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from workshop.release.levels import Policy
from workshop.release.scores import FiveClasses, ScoreTable, pole_steps
from workshop.release.showing import PEOPLE_FOR_PERCENT, PEOPLE_FOR_SHAPE
from workshop.release.tables import Bins, Counts, Table, coarser_steps, passes, table_in

FEWEST_IN_GROUP = PEOPLE_FOR_SHAPE
FEWEST_IN_ROOM = PEOPLE_FOR_PERCENT


@dataclass(frozen=True)
class Grouped:
    """An item's table for the whole room and for each group, all in the same classes."""

    whole: Table
    groups: tuple[Table, ...]


@dataclass(frozen=True)
class GroupedScores:
    """A pole's table for the whole room and for each group, all in the same classes."""

    whole: ScoreTable
    groups: tuple[ScoreTable, ...]


def may_group(sizes: Sequence[int], rest: int, *, releases: int = 1) -> bool:
    """Whether there may be tables by group at all; `rest` are the people who gave no group.

    They count as one more group although they are never drawn: whoever subtracts the groups from the whole
    would find them. `releases` that took the room in: 1 in open, where every answer is one and nothing is promised.
    """
    # A group that came mostly in one block leaves a handful for the next one, and the group's table less
    # the block's is theirs alone.
    if releases > 1 or len(sizes) < 2 or sum(sizes) + rest < FEWEST_IN_ROOM:
        return False
    return min(sizes) >= FEWEST_IN_GROUP and (rest == 0 or rest >= FEWEST_IN_GROUP)


def grouped_items(groups: Sequence[Counts], rest: Counts, policy: Policy, fixed: Bins | None = None) -> Grouped | None:
    """One item by group in the finest classes in which the whole, every group and the rest pass, or None.

    `fixed` are the classes of a table that an earlier release has already shown: then those or none.
    """
    whole = tuple(map(sum, zip(*groups, rest, strict=True)))
    steps = (fixed,) if fixed else coarser_steps(whole)
    parts = [*groups, *([rest] if sum(rest) else [])]
    for bins in steps:
        if all(_passes(part, bins, policy) for part in (whole, *parts)):
            return Grouped(table_in(whole, bins), tuple(table_in(part, bins) for part in groups))
    return None


def may_group_pole(shown: Collection[str], grouped: Collection[str]) -> bool:
    """Whether a pole made of the `shown` items may be shown by group where the `grouped` items are.

    As items that are hidden enter no pole, items that are not shown by group enter no pole by group: a group in
    which all said the same of one item could be read off its poles and its other items.
    """
    return set(shown) <= set(grouped)


def grouped_poles(groups: Sequence[FiveClasses], rest: FiveClasses, policy: Policy) -> GroupedScores | None:
    """One pole by group in the finest classes in which the whole, every group and the rest pass, or None.

    Asks again for enough people: some of a group may have no score.
    """
    if not may_group([sum(group) for group in groups], sum(rest)):
        return None
    whole = tuple(map(sum, zip(*groups, rest, strict=True)))
    parts = [*groups, *([rest] if sum(rest) else [])]
    for joined in pole_steps((whole[0], whole[1], whole[2], whole[3], whole[4])):
        tables = [joined(part) for part in (whole, *parts)]
        if all(passes(one.counts, one.counts, _asked(policy), first=True) for one in tables):
            return GroupedScores(tables[0], tuple(tables[1:len(groups) + 1]))
    return None


def _passes(counts: Counts, bins: Bins, policy: Policy) -> bool:
    table = table_in(counts, bins)
    return passes(table.counts, table.counts, _asked(policy), first=True)


def _asked(policy: Policy) -> Policy:
    """Also in open a group is asked for two classes: its rules from twelve people up hold everywhere."""
    return Policy("held", policy.k, policy.m, policy.tau)
