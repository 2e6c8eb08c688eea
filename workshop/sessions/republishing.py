"""A snapshot back into the rows that a round publishes, where they could have been published like that.

The inverse of workshop/results.py, with the rules that every published table keeps. It notices what cannot be true;
numbers that somebody made up and that keep the rules it cannot tell from real ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from workshop.inventory import LIGHT_POLES, Questionnaire
from workshop.published import PublishedRound, PublishedTable
from workshop.release import Policy, passes, pole_limits
from workshop.results import ItemTable, Plane, PoleTable, Snapshot, group_id
from workshop.sessions.ballots import MOST_WORD
from workshop.sessions.seats import MOST_SEATS

OTHERS, FEWEST_BARS, FEWEST_TAPS = "others", 2, 2
MOST_ROUNDS = 99
WAYS = ("up", "same", "down")
Bins = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Room:
    """What a snapshot is held against; `options` are the answers to the grouping question."""

    asked: Questionnaire
    policy: Policy
    options: tuple[str, ...] = ()


def published_again(snapshot: Snapshot, day: str, room: Room) -> PublishedRound:
    """Raises ValueError or TypeError where the snapshot contradicts itself or the rules of its level."""
    _people(snapshot.round, snapshot.k, snapshot.n, snapshot.seats)
    _need(1 <= snapshot.round <= MOST_ROUNDS and snapshot.released is True and snapshot.final is True)
    _need(snapshot.n >= snapshot.k and _complete([item.id for item in snapshot.items], room.asked))
    return PublishedRound(snapshot.round, snapshot.level, snapshot.k, day, snapshot.n, snapshot.seats, 1, True,
                          snapshot.then_now is True, tuple(_tables(snapshot, room)))


def _complete(ids: list[str], asked: Questionnaire) -> bool:
    """A table that is held back stands there all the same: only the dark side may be left out, as a whole."""
    return ids in ([], [item.id for item in asked.items if item.pole in LIGHT_POLES], list(asked.ids))


def _tables(snapshot: Snapshot, room: Room) -> Iterator[PublishedTable]:
    n = snapshot.n
    for item in snapshot.items:
        bins, counts = _item(item, n, room)
        yield PublishedTable("item", item.id, item.n, bins, counts, int(counts is not None))
    for pole in snapshot.poles:
        bins, counts = _pooled(pole, n, room) if pole.pooled else _pole(pole, n, room)
        yield PublishedTable("pooled" if pole.pooled else "pole", pole.id, pole.n, bins, counts,
                             int(counts is not None))
    yield from _alphas(snapshot)
    if snapshot.plane is not None:
        yield _plane(snapshot.plane, n, room.policy)
    yield from _chosen(snapshot, room)
    yield from _groups(snapshot, room)


# ---- tables of counts


def _item(table: ItemTable, n: int, room: Room) -> tuple[Bins | None, tuple[int, ...] | None]:
    _people(table.n)
    _need(table.n <= n)
    if table.bins is None or table.counts is None:
        _need(table == ItemTable(table.id, table.facet, table.pole, table.n))
        return None, None
    _need(table.bins in _item_classes(room.asked.scale.points))
    _counted(table.counts, len(table.bins), table.n, room.policy)
    return table.bins, table.counts


def _item_classes(points: int) -> tuple[Bins, ...]:
    """Every way in which an item's points may be put together."""
    low, high, middle = (1, 2), (points - 1, points), (*range(3, points - 1), 0)
    apart = (*((point,) for point in range(1, points + 1)), (0,))
    return apart, (low, middle, high), ((*low, *middle), high), (low, (*middle, *high))


def _pole(table: PoleTable, n: int, room: Room) -> tuple[Bins | None, tuple[int, ...] | None]:
    _people(table.n)
    _need(table.n <= n)
    if table.bins is None or table.counts is None:
        _need(table == PoleTable(table.id, table.n, pooled=table.pooled, items=table.items, of=table.of))
        return None, None
    _need(table.bins in _pole_classes())
    _counted(table.counts, len(table.bins), table.n, room.policy)
    return table.bins, table.counts


def _pole_classes() -> tuple[Bins, ...]:
    """Every way in which the classes of a side may be put together."""
    five, three = (tuple(pairwise((0.0, *map(float, pole_limits(classes)), 100.0))) for classes in (5, 3))
    low, middle, high = three
    return five, three, ((low[0], middle[1]), high), (low, (middle[0], high[1]))


def _pooled(table: PoleTable, n: int, room: Room) -> tuple[Bins | None, tuple[int, ...] | None]:
    """Answers, not people: each gave one to every statement of the side."""
    if table.bins is None or table.counts is None:
        return _pole(table, n, room)
    _people(table.n, *table.counts)
    _need(room.policy.k <= table.n <= n and sum(table.counts) == table.n * len(table.items))
    _need([point for bin in table.bins for point in bin] == list(range(1, room.asked.scale.points + 1)))
    _need(2 <= len(table.bins) == len(table.counts) <= 3)
    return table.bins, table.counts


def _counted(counts: tuple[int, ...], classes: int, n: int, policy: Policy) -> None:
    """Everybody is in one class, and no class holds fewer people than its level asks for."""
    _people(*counts)
    _need(len(counts) == classes and sum(counts) == n and passes(counts, counts, policy, first=True))


def _alphas(snapshot: Snapshot) -> Iterator[PublishedTable]:
    poles = {pole.id: pole for pole in snapshot.poles}
    for id, known in ((snapshot.statistics or {}).get("poles") or {}).items():
        if known["alpha"] is not None:
            low, high = known["interval"]
            _need(-100 <= low <= known["alpha"] <= high <= 1)
            yield PublishedTable("alpha", id, poles[id].n, ((known["alpha"], low, high),), (), 1)


def _plane(plane: Plane, n: int, policy: Policy) -> PublishedTable:
    counts = tuple(cell.n for cell in plane.cells)
    _people(*counts, *(part for cell in plane.cells for part in (cell.x, cell.y, cell.w, cell.h)))
    _need(plane.bins in (3, 5) and all(cell.x + cell.w <= plane.bins and cell.y + cell.h <= plane.bins
                                       for cell in plane.cells))
    covered = [(x, y) for cell in plane.cells for x in range(cell.x, cell.x + cell.w)
               for y in range(cell.y, cell.y + cell.h)]
    _need(len(covered) == len(set(covered)) and all(cell.w and cell.h for cell in plane.cells))
    _need(sum(counts) <= n and (policy.level == "open" or min(counts) >= 3))
    places = tuple((cell.x, cell.y, cell.w, cell.h) for cell in plane.cells)
    return PublishedTable("plane", "", sum(counts), ((plane.bins,), *places), counts, 1)


# ---- what people chose


def _chosen(snapshot: Snapshot, room: Room) -> Iterator[PublishedTable]:
    if snapshot.edges is not None:
        yield from _edges(snapshot, room)
    for axis, people in (snapshot.directions or {}).items():
        _need(axis in ("D", "I"))
        counts = None if people is None else tuple(people[way] for way in WAYS)
        if counts is not None:
            _counted(counts, len(WAYS), sum(counts), room.policy)
        yield PublishedTable("direction", axis, sum(counts or ()), () if counts else None, counts)
    _need(len({word.casefold() for word in snapshot.words or ()}) == len(snapshot.words or ()))
    for word in snapshot.words or ():
        _need(isinstance(word, str) and 0 < len(word) <= MOST_WORD)
        yield PublishedTable("word", word, 0, (), ())


def _edges(snapshot: Snapshot, room: Room) -> Iterator[PublishedTable]:
    edges = snapshot.edges or ()
    names = [edge.facet for edge in edges]
    _people(*(edge.n for edge in edges), sum(edge.n for edge in edges))
    light = {id for id, facet in room.asked.facets.items() if facet.pole in LIGHT_POLES}
    _need(len(names) == len(set(names)) and set(names) <= {*light, OTHERS})
    _need(not edges or (sum(edge.n for edge in edges) >= room.policy.k and len(edges) >= FEWEST_BARS
                        and min(edge.n for edge in edges) >= FEWEST_TAPS))
    for edge in edges:
        yield PublishedTable("edge", edge.facet, edge.n, (), (edge.n,))
    if not edges:
        yield PublishedTable("edge", "", 0)


def _groups(snapshot: Snapshot, room: Room) -> Iterator[PublishedTable]:
    """Asks for two classes also in open, as the rules for groups do."""
    groups = snapshot.groups or ()
    _people(*(group.n for group in groups))
    _need(sum(group.n for group in groups) <= snapshot.n and {group.option for group in groups} <= {*room.options})
    for group in groups:
        yield PublishedTable("group", group_id(group.option, ""), group.n, (), (), 1)
        for item in group.items:
            bins, counts = _item(item, group.n, room)
            yield PublishedTable("group", group_id(group.option, item.id), item.n, bins, counts, 1)
        for pole in group.poles:
            bins, counts = _pole(pole, group.n, room)
            yield PublishedTable("group", group_id(group.option, pole.id), pole.n, bins, counts, 1)


def _people(*numbers: int) -> None:
    """Whole numbers that a room can have; True and 5.0 are none."""
    _need(all(type(number) is int and 0 <= number <= MOST_SEATS for number in numbers))


def _need(holds: bool) -> None:
    if not holds:
        raise ValueError("this cannot have been published")
