"""Every suspicion decided, and by what."""

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from tests.attack.reading import as_told
from tests.attack.silence import another_room
from tests.attack.solving import decided
from tests.attack.suspects import Suspicion, suspicions
from tests.attack.swaps import another_world, shown_side
from tests.attack.worlds import RoundSeen, Rows, Seen, groups_stand, published

How = Literal["alone", "moves", "solver", "counted", "forced", "undecided"]


@dataclass
class Verdict:
    """Of one round: how many suspicions were cleared or proved by what, who was resolved, and worlds that look alike.

    Cleared: "alone" (the item's own history leaves another room), "moves", "solver". Proved: "counted" (the history
    leaves none), "forced" (nor does all that was told).
    """

    how: Counter[How] = field(default_factory=Counter)
    resolved: set[tuple[int, int]] = field(default_factory=set)  # person, item
    worlds: list[Rows] = field(default_factory=list)
    undecided: list[Suspicion] = field(default_factory=list)


def judged(seen: RoundSeen, seed: str, seconds: float, *, everybody: bool = True) -> Verdict:
    """All suspicions of a round. `seconds` of the solver; 0: it is not asked, less: nor are moves, so that what joins
    several answers of a person clears nobody."""
    truth, verdict, rng = published(seen, seen.rows), Verdict(), random.Random(seed)
    for one in suspicions(seen, everybody=everybody):
        how, world = _decided(seen, one, truth, rng, seconds)
        verdict.how[how] += 1
        if how in ("counted", "forced"):
            verdict.resolved |= {(seen.entries[place].owner, one.item) for place in one.others}
        elif how == "undecided":
            verdict.undecided.append(one)
        elif world is not None:
            verdict.worlds.append(world)
    return verdict


def _decided(seen: RoundSeen, one: Suspicion, truth: Seen, rng: random.Random,
             seconds: float) -> tuple[How, Rows | None]:
    if is_joined(seen, one, truth) and seconds >= 0:
        world = another_world(seen, one, truth, rng)
        if world is not None:
            return "moves", world
    alone = another_room(seen, one)
    if alone is False:
        return "counted", None
    if alone and not is_joined(seen, one, truth):
        return "alone", None
    if seconds <= 0:
        return "undecided", None
    told = as_told(seen, truth)
    return decided(seen, one, truth, rng, seconds, lambda rows: as_told(seen, published(seen, rows)) == told)


def is_joined(seen: RoundSeen, one: Suspicion, truth: Seen) -> bool:
    """Whether anything beside the item's own tables depends on the answers to it."""
    if not truth.closing.items and truth.closing.scored:
        return True  # all answers of a side together
    table = truth.items[seen.visible.index(one.item)][-1]
    by_group = groups_stand(seen) and table is not None and table.n == len(seen.entries)
    return by_group or bool(shown_side(seen, one.item, truth))

