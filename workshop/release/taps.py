"""What seats enter once a round is closed: edges, directions, words (R13)."""

from collections.abc import Mapping

from workshop.release.levels import Policy
from workshop.release.tables import passes

OTHERS = "others"
FEWEST_BARS = 2
WORDS_FROM = 10


def edges(taps: Mapping[str, int], policy: Policy) -> tuple[tuple[str, int], ...] | None:
    """People by chosen light facet, most first, ties in the mapping's order, "others" last; None = held back.

    `taps` are the light facets in inventory order. In open nothing is promised of answers, yet a single tap is no
    bar there either: the rule for edges names no exception.
    """
    if sum(taps.values()) < policy.k:
        return None
    # R1 holds for edges too, so where it asks for three people in a class, a bar needs three.
    least = max(2, policy.tau)
    bars = sorted(((facet, people) for facet, people in taps.items() if people >= least), key=_most_first)
    others = sum(people for people in taps.values() if people < least)
    if bars and 0 < others < least:
        # The last bar goes: among equals the last one in the inventory. So what is drawn is always the
        # head of the full ranking, and which of the equals was taken in tells nothing more.
        others += bars.pop()[1]
    drawn = (*bars, (OTHERS, others)) if others else tuple(bars)
    return drawn if len(drawn) >= FEWEST_BARS else None


def directions(up: int, same: int, down: int, policy: Policy) -> tuple[int, int, int] | None:
    """People by direction of their own change in one axis, or None = held back."""
    counts = up, same, down
    return counts if passes(counts, counts, policy, first=True) else None


def enough_words(entries: int, policy: Policy) -> bool:
    """Whether the host may see the words at all."""
    return entries >= max(policy.k, WORDS_FROM)


def _most_first(bar: tuple[str, int]) -> int:
    return -bar[1]
