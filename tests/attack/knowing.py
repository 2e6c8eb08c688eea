"""People who pool what they know, the attacker among them: reported, never promised against."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tests.attack.silence import another_room
from tests.attack.suspects import Suspicion, kinds
from tests.attack.worlds import RoundSeen

SIZES = (2, 3, 4, 5)


@dataclass(frozen=True)
class Pooled:
    """Of one round and so many who pool: whether somebody else is resolved, for people drawn by lot and for the worst.

    From the items' own tables and silences alone, so that it can only be too low.
    """

    size: int
    by_lot: bool
    worst: bool


def pooled_knowledge(seen: RoundSeen, seed: str) -> Iterator[Pooled]:
    """Rounds with tables of items only."""
    if len(seen.entries) < 8:
        return
    rng = random.Random(seed)
    for size in SIZES:
        lot = tuple(rng.sample(range(len(seen.entries)), size))
        yield Pooled(size, any(_resolved(seen, one) for one in _left(seen, lot)),
                     any(_resolved(seen, one) for one in _worst(seen, size)))


def _left(seen: RoundSeen, known: tuple[int, ...]) -> Iterator[Suspicion]:
    for kind in kinds(seen):
        others = np.setdiff1d(kind, known)
        for item in seen.visible:
            thirds = set(seen.thirds[seen.rows[others, item]].tolist())
            if len(thirds) == 1:
                yield Suspicion(item, tuple(others.tolist()), known, thirds.pop())


def _worst(seen: RoundSeen, size: int) -> Iterator[Suspicion]:
    """Of every kind and item, those who know are the few who stand elsewhere, and more of the many."""
    for kind in kinds(seen):
        for item in seen.visible:
            classes = seen.thirds[seen.rows[kind, item]]
            most = int(np.bincount(classes, minlength=3).argmax())
            few, many = kind[classes != most], kind[classes == most]
            left = size - len(few)
            if 0 <= left < len(many):
                known = (*few.tolist(), *many[:left].tolist())
                yield Suspicion(item, tuple(many[left:].tolist()), known, most)


def _resolved(seen: RoundSeen, one: Suspicion) -> bool:
    return another_room(seen, one) is False
