"""What a round has published, as the rows the store keeps: everything a snapshot is made of."""

from dataclasses import dataclass
from typing import Literal

TableKind = Literal["item", "pole", "pooled", "alpha", "plane", "edge", "direction", "word", "group"]


@dataclass(frozen=True)
class PublishedTable:
    """One table of one round, or the fact that it is held back (`bins` and `counts` None).

    `release` is the release that last changed it, 0 while nothing was ever shown. Items: `bins` raw points,
    0 = skipped. Poles: `bins` class limits. Alpha: `bins` is ((alpha, low, high),) of a pole in two decimals, `n` that
    of the pole's table, `counts` empty. Plane: `bins` is ((side,), (x, y, w, h), ...), `counts` the people
    in each rectangle. Edges: `id` the facet or "others".
    """

    kind: TableKind
    id: str
    n: int
    bins: tuple[tuple[float, ...], ...] | None = None
    counts: tuple[int, ...] | None = None
    release: int = 0


@dataclass(frozen=True)
class PublishedRound:
    """One round that was opened: the numbers it ran under and what has been published of it.

    `n` people were taken in by `releases` releases, of `seats` in the room at the last of them; `day` ISO.
    """

    round: int
    level: str
    k: int
    day: str
    n: int = 0
    seats: int = 0
    releases: int = 0
    final: bool = False
    then_now: bool = False
    tables: tuple[PublishedTable, ...] = ()
