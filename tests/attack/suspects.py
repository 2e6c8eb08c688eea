"""Whom the attacker might have found: people of one kind who, but for himself, all stand in one class of an item.

Everybody of one kind (the same release, the same group) is alike to him, so that a class can be forced on one of them
only where it is forced on all, and where it is forced it is true. So only these have to be looked at; every other
person is cleared by the room as it is, with two of a kind who differ changing places.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tests.attack.worlds import RoundSeen, groups_stand


@dataclass(frozen=True)
class Suspicion:
    """`others` are the places of the entries that would be resolved, `known` those the attacker knows."""

    item: int
    others: tuple[int, ...]
    known: tuple[int, ...]
    third: int

    def free(self, seen: RoundSeen) -> np.ndarray:
        """The entries that may differ from the truth."""
        free = np.ones(len(seen.entries), bool)
        free[list(self.known)] = False
        return free


def kinds(seen: RoundSeen) -> list[np.ndarray]:
    """The places of the entries of each kind. Who gave which group is known in the room, where groups are shown."""
    groups = seen.groups if groups_stand(seen) else np.zeros(len(seen.entries), int)
    marks = list(zip(seen.releases.tolist(), groups.tolist(), strict=True))
    return [np.array([place for place, mark in enumerate(marks) if mark == one]) for one in sorted(set(marks))]


def owned(seen: RoundSeen) -> dict[int, tuple[int, ...]]:
    """The entries of each person."""
    found: dict[int, tuple[int, ...]] = {}
    for place, entry in enumerate(seen.entries):
        found[entry.owner] = (*found.get(entry.owner, ()), place)
    return found


def suspicions(seen: RoundSeen, *, everybody: bool = True) -> Iterator[Suspicion]:
    """Each kind and item with each attacker who matters: one of the kind who may differ from it, and one who stands
    for all others of his kind and class. `everybody` off: person 0 alone."""
    attackers = owned(seen)
    if not everybody:
        attackers = {owner: places for owner, places in attackers.items() if owner == 0}
    for kind in kinds(seen):
        for item in seen.visible:
            yield from _of(seen, kind, item, attackers)


def _of(seen: RoundSeen, kind: np.ndarray, item: int, attackers: dict[int, tuple[int, ...]]) -> Iterator[Suspicion]:
    classes = seen.thirds[seen.rows[:, item]]
    counts = np.bincount(classes[kind], minlength=3)
    if not kind.size or counts.max() + max(map(len, attackers.values()), default=0) < kind.size:
        return
    met = set()
    for places in attackers.values():
        others = np.setdiff1d(kind, places)
        thirds = set(classes[others].tolist())
        if len(thirds) != 1:
            continue
        mark = tuple(sorted((int(seen.releases[one]), int(seen.groups[one]), int(classes[one])) for one in places))
        if mark not in met:
            met.add(mark)
            yield Suspicion(item, tuple(others.tolist()), places, thirds.pop())
