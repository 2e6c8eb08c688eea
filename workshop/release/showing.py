"""What a table of n people may carry (R5, R14)."""

from dataclasses import dataclass

from workshop.release.levels import Policy

ITEMS_FROM = 8
PEOPLE_FOR_SHAPE = 12
PEOPLE_FOR_POINTS = 16
PEOPLE_FOR_PERCENT = 30


@dataclass(frozen=True)
class Showing:
    """One row of the table "what n may carry".

    `item_classes` is the most classes an item's table may have, None = every point; `poles` classes of a
    pole's table and `plane` bins a side, 0 = none.
    """

    pooled: bool = False
    items: bool = False
    item_classes: int | None = 0
    shape: bool = False
    poles: int = 0
    plane: int = 0
    median: bool = False
    percent: bool = False


def shows(n: int, policy: Policy) -> Showing:
    """What a table of n people, skips included, may carry under this policy."""
    is_open = policy.level == "open"
    items_from = policy.k if is_open else max(policy.k, ITEMS_FROM)
    if n < items_from:
        # In open the items themselves start at k, so nothing is ever pooled there.
        return Showing(pooled=policy.k <= n)
    fine = n >= PEOPLE_FOR_POINTS
    classes = _classes(n)
    return Showing(
        items=True, item_classes=None if is_open or fine else 3, shape=n >= PEOPLE_FOR_SHAPE,
        poles=classes, plane=classes, median=fine, percent=n >= PEOPLE_FOR_PERCENT,
    )


def dark_allowed(n: int, policy: Policy) -> bool:
    """Whether tables of dark items may be made of n people; they still wait for their reveal."""
    return policy.level == "open" or n >= PEOPLE_FOR_SHAPE


def _classes(n: int) -> int:
    if n < PEOPLE_FOR_SHAPE:
        return 0
    return 3 if n < PEOPLE_FOR_POINTS else 5
