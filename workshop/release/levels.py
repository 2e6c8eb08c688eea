"""The protection levels: their numbers, their order, and how many seats a room must have."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["open", "blocks", "held"]

# From the least protected to the most: a level may be raised along this line, never lowered.
ORDER: tuple[Level, ...] = ("open", "blocks", "held")

COUPLES_SEATS = 8


@dataclass(frozen=True)
class Policy:
    """The numbers of a protection level as fixed for one workshop: k people before anything is shown,
    m before anything changes, tau people in every class that is drawn."""

    level: Level
    k: int
    m: int
    tau: int


# held has a single release, so its m is never asked of an increment; 1 stands for the rule's dash.
LEVELS = {
    "open": Policy("open", k=3, m=1, tau=1),
    "blocks": Policy("blocks", k=8, m=8, tau=3),
    "held": Policy("held", k=5, m=1, tau=2),
}


def policy(level: Level, context: str) -> Policy:
    """The numbers a fresh workshop of this level and context gets.

    Two people who pool what they know are the rule among partners, so outside open these rooms get
    k of at least 8 and tau of at least 3.
    """
    plain = LEVELS[level]
    if context != "partner" or level == "open":
        return plain
    return Policy(level, max(plain.k, 8), plain.m, max(plain.tau, 3))


def raised(now: Policy, level: Level, context: str) -> Policy:
    """A higher level with the larger k, m and tau of both; ValueError for the same level or a lower one."""
    if ORDER.index(level) <= ORDER.index(now.level):
        raise ValueError(f"protection can be raised from {now.level}, not changed to {level}")
    higher = policy(level, context)
    return Policy(level, max(now.k, higher.k), max(now.m, higher.m), max(now.tau, higher.tau))


def enough_seats(context: str, seats: int) -> bool:
    """Whether a round may open: partners need four couples, everybody else needs nothing."""
    return context != "partner" or seats >= COUPLES_SEATS
