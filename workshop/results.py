"""Published tables -> the snapshot that everything draws and exports from."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from workshop.inventory import LIGHT_POLES, Item, Locale, Questionnaire
from workshop.numbers import numbers
from workshop.published import PublishedRound, PublishedTable
from workshop.release import (
    Cell,
    Plane,
    Policy,
    ScoreTable,
    Table,
    classes_of,
    low_middle_high,
    median_and_middle,
    shows,
)
from workshop.statistics import shape

__all__ = ["Cell", "EdgeCount", "GroupTables", "ItemTable", "Plane", "PoleTable", "Snapshot", "from_json",
           "snapshot", "to_json"]


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
class GroupTables:
    """What one answer to the grouping question may show: the tables that every group shows alike."""

    option: str
    n: int
    items: tuple[ItemTable, ...]
    poles: tuple[PoleTable, ...]


@dataclass(frozen=True)
class Snapshot:
    """Everything the room may see of one round, and nothing else.

    `n` people were released, of `seats` in the room at that moment; `final` once the round is closed;
    `held_back` when any light item's table is hidden; dark items and poles are absent until revealed;
    `statistics` of a closed round of 30 people or more, see workshop/numbers.py.
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
    groups: tuple[GroupTables, ...] | None = None
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
        "groups": body["groups"] and tuple(_group(group) for group in body["groups"]),
    })


def _group(body: Mapping[str, Any]) -> GroupTables:
    return GroupTables(body["option"], body["n"], tuple(ItemTable(**_frozen(item)) for item in body["items"]),
                       tuple(PoleTable(**_frozen(pole)) for pole in body["poles"]))


def _plane(body: Mapping[str, Any] | None) -> Plane | None:
    return body and Plane(body["bins"], tuple(Cell(**cell) for cell in body["cells"])) or None


def _edges(body: list[Mapping[str, Any]] | None) -> tuple[EdgeCount, ...] | None:
    return None if body is None else tuple(EdgeCount(**edge) for edge in body)


def _tuple(body: Any) -> Any:
    return tuple(_tuple(part) for part in body) if isinstance(body, list | tuple) else body


def _frozen(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _tuple(value) for name, value in body.items()}


def snapshot(code: str, round: PublishedRound, policy: Policy, questionnaire: Questionnaire, locale: Locale,
             *, revealed: bool) -> Snapshot:
    """A round's published tables as the snapshot; dark ones only once revealed."""
    tables = {(table.kind, table.id): table for table in round.tables}
    items = tuple(_item(item, tables["item", item.id], policy, questionnaire, locale)
                  for item in questionnaire.items
                  if ("item", item.id) in tables and (revealed or item.pole in LIGHT_POLES))
    return Snapshot(
        code=code, round=round.round, level=round.level, k=round.k, n=round.n, seats=round.seats,
        released=round.releases > 0, final=round.final, held_back=_held_back(items, round, policy),
        items=items, poles=_poles(round, policy, questionnaire), plane=_drawn_plane(tables.get(("plane", ""))),
        edges=_chosen(round), directions=_directions(round), words=_words(round),
        groups=_groups(round, policy, questionnaire, locale, revealed=revealed), then_now=round.then_now,
        statistics=numbers(round, policy, questionnaire, revealed=revealed),
    )


def _item(item: Item, table: PublishedTable, policy: Policy, questionnaire: Questionnaire,
          locale: Locale) -> ItemTable:
    if table.bins is None or table.counts is None:
        return ItemTable(item.id, item.facet, item.pole, table.n)
    bins = tuple(tuple(int(point) for point in points) for points in table.bins)
    drawn = Table(table.n, bins, table.counts)
    return ItemTable(item.id, item.facet, item.pole, table.n, classes_of(drawn), bins,
                     labels_of(bins, questionnaire, locale), table.counts, _shape(drawn, policy))


def _shape(table: Table, policy: Policy) -> str | None:
    three = low_middle_high(table)
    return shape(*three) if three and shows(table.n, policy).shape else None


def labels_of(bins: tuple[tuple[int, ...], ...], questionnaire: Questionnaire, locale: Locale) -> tuple[str, ...]:
    """A word for each class of points: the anchors where all points stand apart, else the tones of the stage."""
    if len(bins) > 3:
        return tuple(locale.text("common.tone.skipped") if points == (0,)
                     else questionnaire.scale.anchors[points[0] - 1] for points in bins)
    if len(bins) == 3:
        return tuple(locale.text(f"common.tone.{word}") for word in ("low", "middle_or_skipped", "high"))
    low_joined = 1 in bins[0] and 0 in bins[0]
    words = ("low_or_middle", "high") if low_joined else ("low", "middle_or_high")
    return tuple(locale.text(f"common.tone.{word}") for word in words)


def _held_back(items: tuple[ItemTable, ...], round: PublishedRound, policy: Policy) -> bool:
    if not round.releases:
        return False
    if shows(round.n, policy).pooled:
        pooled = {table.id for table in round.tables if table.kind == "pooled" and table.counts is not None}
        return len(pooled) < len({item.pole for item in items if item.pole in LIGHT_POLES})
    return any(item.counts is None for item in items if item.pole in LIGHT_POLES)


def _poles(round: PublishedRound, policy: Policy, questionnaire: Questionnaire) -> tuple[PoleTable, ...]:
    return tuple(_pole(table, round, policy, questionnaire)
                 for table in round.tables if table.kind in ("pole", "pooled"))


def _pole(table: PublishedTable, round: PublishedRound, policy: Policy, questionnaire: Questionnaire) -> PoleTable:
    of = [item for item in questionnaire.items if item.pole == table.id]
    pooled = table.kind == "pooled"
    items = tuple(item.id for item in of) if pooled else shown_items(round, table.id, questionnaire)
    if table.bins is None or table.counts is None:
        return PoleTable(table.id, table.n, pooled=pooled, items=items, of=len(of))
    median, middle = None, None
    if not pooled and shows(table.n, policy).median:
        bins = tuple((Fraction(low), Fraction(high)) for low, high in table.bins)
        median, low, high = (_tenth(value) for value in
                             median_and_middle(ScoreTable(table.n, bins, table.counts)))
        middle = (low, high)
    return PoleTable(table.id, table.n, len(table.bins), table.bins, table.counts, pooled, median, middle,
                     items, len(of))


def _tenth(value: Fraction) -> float:
    return float(round(value * 10)) / 10


def shown_items(round: PublishedRound, pole: str, questionnaire: Questionnaire) -> tuple[str, ...]:
    """The items of a pole whose tables hold everyone released: a pole is made of these alone."""
    whole = {table.id for table in round.tables
             if table.kind == "item" and table.counts is not None and table.n == round.n}
    return tuple(item.id for item in questionnaire.items if item.pole == pole and item.id in whole)


def _drawn_plane(table: PublishedTable | None) -> Plane | None:
    if table is None or table.bins is None or table.counts is None:
        return None
    (side,), *cells = table.bins
    return Plane(int(side), tuple(Cell(int(x), int(y), int(w), int(h), n)
                                  for (x, y, w, h), n in zip(cells, table.counts, strict=True)))


def _chosen(round: PublishedRound) -> tuple[EdgeCount, ...] | None:
    edges = [table for table in round.tables if table.kind == "edge" and table.counts is not None]
    closed = any(table.kind == "edge" for table in round.tables)
    return tuple(EdgeCount(table.id, table.n) for table in edges) if closed else None


def _directions(round: PublishedRound) -> Mapping[str, Mapping[str, int] | None] | None:
    tables = [table for table in round.tables if table.kind == "direction"]
    return {table.id: None if table.counts is None else dict(zip(("up", "same", "down"), table.counts, strict=True))
            for table in tables if table.id} or None


def _words(round: PublishedRound) -> tuple[str, ...] | None:
    return tuple(table.id for table in round.tables if table.kind == "word" and table.id) or None


def group_id(option: str, of: str) -> str:
    """How the row of a group's table is called; `of` is an item or a pole, or nothing for the group's size."""
    return f"{option}/{of}"


def group_of(table: PublishedTable) -> tuple[str, str]:
    """The inverse of group_id."""
    option, _, of = table.id.rpartition("/")
    return option, of


def _groups(round: PublishedRound, policy: Policy, questionnaire: Questionnaire, locale: Locale,
            *, revealed: bool) -> tuple[GroupTables, ...] | None:
    rows = {group_of(table): table for table in round.tables if table.kind == "group"}
    options = [option for option, of in rows if not of]
    poles = [pole for pole in ("DL", "IL", "DD", "ID") if revealed or pole in LIGHT_POLES]
    items = [item for item in questionnaire.items if revealed or item.pole in LIGHT_POLES]
    return tuple(GroupTables(
        option, rows[option, ""].n,
        tuple(_item(item, rows[option, item.id], policy, questionnaire, locale)
              for item in items if (option, item.id) in rows),
        tuple(_group_pole(pole, rows[option, pole], questionnaire) for pole in poles if (option, pole) in rows),
    ) for option in options) or None


def _group_pole(pole: str, table: PublishedTable, questionnaire: Questionnaire) -> PoleTable:
    of = [item.id for item in questionnaire.items if item.pole == pole]
    return PoleTable(pole, table.n, len(table.bins or ()), table.bins, table.counts, of=len(of))
