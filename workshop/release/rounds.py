"""When a release may come, and what of a round may be told while it runs (R3, R8, R12)."""

from workshop.release.levels import Level, Policy

BLOCKS_FROM = 19
FLOOR = 5


def grows(level: Level, seats_at_open: int) -> bool:
    """Whether pictures of the round grow while people answer."""
    return level == "open" or (level == "blocks" and seats_at_open >= BLOCKS_FROM)


def may_release(fresh: int, *, first: bool, seats: int, finished: int, policy: Policy) -> bool:
    """Whether the `fresh` finished seats that no release took in yet may be released in mid-round.

    Ask inside the transaction that takes them in; whether the round grows at all is `grows`.
    """
    if policy.level == "held" or not may_close(fresh, first=first, policy=policy):
        return False
    to_come = seats - finished
    return policy.level == "open" or to_come == 0 or to_come >= policy.m + max(2, -(-seats // 8))


def may_close(fresh: int, *, first: bool, policy: Policy) -> bool:
    """Whether the `fresh` seats left at close are taken in; if not, they are destroyed unused."""
    # held has one release: whatever asks for a second one there is mistaken.
    if policy.level == "held" and not first:
        return False
    return fresh >= (policy.k if first else policy.m)


def finished_shown(finished: int, policy: Policy, *, is_open: bool) -> int:
    """The finished count that may be told; `is_open`: the round has not been closed."""
    return finished // FLOOR * FLOOR if policy.level == "blocks" and is_open else finished


def then_now(leavers: int, newcomers: int, policy: Policy) -> bool:
    """Whether two consecutive rounds may stand side by side; decided once, at close."""
    least = max(policy.m, policy.k)
    return all(moved == 0 or moved >= least for moved in (leavers, newcomers))
