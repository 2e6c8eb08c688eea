"""Published tables -> the snapshot that everything draws and exports from."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from workshop.release import Cell, Plane

__all__ = ["Cell", "EdgeCount", "ItemTable", "Plane", "PoleTable", "Snapshot", "from_json", "to_json"]


@dataclass(frozen=True)
class ItemTable:
    """People by class of one item, in the item's own wording.

    `bins` are the raw points behind each count (0 = skipped); `counts`, `bins`, `labels` and `classes` are
    None together where the table is held back; `classes` counts the bins without the skipped.
    """

    id: str
    facet: str
    pole: str
    n: int
    classes: int | None = None
    bins: tuple[tuple[int, ...], ...] | None = None
    labels: tuple[str, ...] | None = None
    counts: tuple[int, ...] | None = None
    shape: str | None = None


@dataclass(frozen=True)
class PoleTable:
    """People by class of one pole's 0-100 score; answers by class where `pooled` (bins are then keyed points).

    `bins` are [from, to) except the last, which is closed; `items` are the items in the score, of `of` in all.
    """

    id: str
    n: int
    classes: int | None = None
    bins: tuple[tuple[float, ...], ...] | None = None
    counts: tuple[int, ...] | None = None
    pooled: bool = False
    median: float | None = None
    middle: tuple[float, float] | None = None
    items: tuple[str, ...] = ()
    of: int = 0


@dataclass(frozen=True)
class EdgeCount:
    """People who chose one light facet, or the "others" together."""

    facet: str
    n: int


@dataclass(frozen=True)
class Snapshot:
    """Everything the room may see of one round, and nothing else.

    `n` people were released, of `seats` in the room at that moment; `final` once the round is closed;
    `held_back` when any light item's table is hidden; dark items and poles are absent until revealed.
    """

    code: str
    round: int
    level: str
    k: int
    n: int = 0
    seats: int = 0
    released: bool = False
    final: bool = False
    held_back: bool = False
    items: tuple[ItemTable, ...] = ()
    poles: tuple[PoleTable, ...] = ()
    plane: Plane | None = None
    edges: tuple[EdgeCount, ...] | None = None
    directions: Mapping[str, Mapping[str, int] | None] | None = None
    words: tuple[str, ...] | None = None
    groups: tuple[Mapping[str, Any], ...] | None = None
    then_now: bool = False
    statistics: Mapping[str, Any] | None = None

    def item(self, id: str) -> ItemTable | None:
        """The table of one item, or None where this snapshot has none."""
        return next((table for table in self.items if table.id == id), None)

    def pole(self, id: str) -> PoleTable | None:
        """The table of one pole, or None where this snapshot has none."""
        return next((table for table in self.poles if table.id == id), None)


def to_json(snapshot: Snapshot) -> dict[str, Any]:
    """The snapshot in the shape of the HTTP contract, ready for json.dumps."""
    return asdict(snapshot)


def from_json(body: Mapping[str, Any]) -> Snapshot:
    """The inverse of to_json. Raises KeyError or TypeError on a foreign shape."""
    return Snapshot(**{
        **body,
        "items": tuple(ItemTable(**_frozen(item)) for item in body["items"]),
        "poles": tuple(PoleTable(**_frozen(pole)) for pole in body["poles"]),
        "plane": _plane(body["plane"]),
        "edges": _edges(body["edges"]),
        "words": _tuple(body["words"]),
        "groups": _tuple(body["groups"]),
    })


def _plane(body: Mapping[str, Any] | None) -> Plane | None:
    return body and Plane(body["bins"], tuple(Cell(**cell) for cell in body["cells"])) or None


def _edges(body: list[Mapping[str, Any]] | None) -> tuple[EdgeCount, ...] | None:
    return None if body is None else tuple(EdgeCount(**edge) for edge in body)


def _tuple(body: Any) -> Any:
    return tuple(_tuple(part) for part in body) if isinstance(body, list | tuple) else body


def _frozen(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _tuple(value) for name, value in body.items()}
