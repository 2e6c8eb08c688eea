"""Edges and directions: one entry a seat, one table. Resolved is whoever can only have entered one thing."""

from collections import Counter
from collections.abc import Mapping, Sequence

from tests.attack.worlds import RoundSeen
from workshop.sessions import gathering


def edges_resolved(seen: RoundSeen, taps: Mapping[int, str], owner: int) -> set[int]:
    """Whose chosen edge is known to an attacker who knows his own and who chose one."""
    facets = list(dict.fromkeys(item.facet for item in seen.asked.items if item.pole in ("DL", "IL")))
    others = {person: facet for person, facet in taps.items() if person != owner}
    if len(set(others.values())) != 1:
        return set()  # two who differ can have changed places

    def told(chosen: Sequence[str]) -> object:
        counts = Counter([*chosen, *([taps[owner]] if owner in taps else [])])
        return gathering.edges({facet: counts[facet] for facet in facets}, seen.policy)

    truth = told(list(others.values()))
    true, n = next(iter(others.values())), len(others)
    alike = any(told([other] * moved + [true] * (n - moved)) == truth
                for other in facets if other != true for moved in range(1, n + 1))
    return set() if alike else set(others)


def directions_resolved(seen: RoundSeen, ways: Mapping[int, tuple[str, str]], owner: int) -> set[int]:
    """Whose told direction is known, on either axis."""
    found: set[int] = set()
    for axis in range(2):
        others = {person: way[axis] for person, way in ways.items() if person != owner}
        if len(set(others.values())) == 1 and not _turned(seen, list(others.values()),
                                                          [ways[owner][axis]] if owner in ways else []):
            found |= set(others)
    return found


def _turned(seen: RoundSeen, others: list[str], own: list[str]) -> bool:
    """Whether the same would have been told had the others gone another way."""
    def told(ways: list[str]) -> object:
        counts = Counter([*ways, *own])
        return gathering.directions(counts["up"], counts["same"], counts["down"], seen.policy)

    n, true = len(others), others[0]
    return any(told([other] * moved + [true] * (n - moved)) == told(others)
               for other in ("up", "same", "down") if other != true for moved in range(1, n + 1))
