"""Another world from small moves: two people change places in one answer, and in others that keep their scores."""

import random
from collections.abc import Iterator
from itertools import chain, combinations

import numpy as np

from tests.attack.repairs import Repair, Trade, traded
from tests.attack.suspects import Suspicion
from tests.attack.worlds import (
    SCORED,
    RoundSeen,
    Rows,
    Seen,
    alpha_told,
    blocks_of,
    grouped_items,
    item_history,
    keyed,
    pole_classes,
    published,
)
from workshop.inventory import LIGHT_POLES
from workshop.release import pole_limits, pole_shown, shows

MOST_PAIRS, MOST_REPAIRS = 400, 24


def another_world(seen: RoundSeen, one: Suspicion, truth: Seen, rng: random.Random) -> Rows | None:
    """A world in which one of the others stands elsewhere and everything published is the same, if moves find one."""
    return next((rows for rows in moves_of(seen, one, truth, rng) if published(seen, rows) == truth), None)


def moves_of(seen: RoundSeen, one: Suspicion, truth: Seen, rng: random.Random) -> Iterator[Rows]:
    """Worlds in which one of the others stands elsewhere; what they would have published is still to be asked."""
    small = not truth.closing.items and truth.closing.scored
    moves = [_pooled_moves(seen, one)] if small else [_pairs(seen, one, truth, rng), _repaired(seen, one, truth, rng)]
    return chain(*moves)


def _pairs(seen: RoundSeen, one: Suspicion, truth: Seen, rng: random.Random) -> Iterator[Rows]:
    columns = side_of(seen, one.item, truth)
    for pairs in trades(seen, one, truth):
        for p, q in rng.sample(pairs, min(len(pairs), MOST_PAIRS)):
            yield from _balanced(seen, seen.rows, one.item, p, q, columns)


def _repaired(seen: RoundSeen, one: Suspicion, truth: Seen, rng: random.Random) -> Iterator[Rows]:
    """Trades of one pair or several, the scores put right again."""
    if one.item not in truth.closing.items:
        yield from (traded(seen.rows, trade, one.item) for trade in _many(seen, one, truth, rng))
        return
    drawn, told = drawn_classes(seen, one.item, truth), marks(seen, one.item, truth)
    repair = Repair(seen, one, side_of(seen, one.item, truth), drawn, told, rng,
                    lambda rows, item: _same_item(seen, item, rows, truth))
    for pairs in trades(seen, one, truth):
        yield from repair.worlds((pair,) for pair in rng.sample(pairs, min(len(pairs), MOST_REPAIRS)))
    yield from repair.worlds(_many(seen, one, truth, rng))


def _many(seen: RoundSeen, one: Suspicion, truth: Seen, rng: random.Random) -> Iterator[Trade]:
    """Several people of the kind with as many who stand elsewhere, where the item's own tables stay as they are."""
    elsewhere = np.flatnonzero(one.free(seen) & (seen.thirds[seen.rows[:, one.item]] != one.third)).tolist()
    for size in range(2, min(len(elsewhere), len(one.others)) + 1):
        fits = 0
        for number in range(MOST_REPAIRS):
            if number > 2 and not fits:
                break
            trade = tuple(zip(rng.sample(one.others, size), rng.sample(elsewhere, size), strict=True))
            if _same_item(seen, one.item, traded(seen.rows, trade, one.item), truth):
                fits += 1
                yield trade


def trades(seen: RoundSeen, one: Suspicion, truth: Seen) -> Iterator[list[tuple[int, int]]]:
    """Pairs who can have changed places as far as the item's own tables tell, a list for each kind and point."""
    rows = seen.rows
    elsewhere = np.flatnonzero(one.free(seen) & (seen.thirds[rows[:, one.item]] != one.third))
    alike: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    for p in one.others:
        for q in elsewhere.tolist():
            mark = (int(seen.releases[q]), int(seen.groups[q]), int(rows[q, one.item]), int(rows[p, one.item]))
            alike.setdefault(mark, []).append((p, q))
    for pairs in alike.values():
        if _same_item(seen, one.item, exchanged(rows, *pairs[0], (one.item,)), truth):
            yield pairs


def side_of(seen: RoundSeen, item: int, truth: Seen) -> tuple[int, ...]:
    """The items that are scored together with this one."""
    pole = seen.asked.items[item].pole
    return tuple(place for place in truth.closing.items if seen.asked.items[place].pole == pole)


def shown_side(seen: RoundSeen, item: int, truth: Seen) -> tuple[int, ...]:
    """The items that are scored together with this one if their side is not held back, none if it is not scored."""
    pole, people = seen.asked.items[item].pole, len(seen.entries)
    side = [place for place in range(len(seen.asked.items)) if seen.asked.items[place].pole == pole]
    shown = tuple(place for place, wall in zip(seen.visible, truth.items, strict=True)
                  if place in side and wall[-1] is not None and wall[-1].n == people)
    scored = pole in SCORED and shows(people, seen.policy).poles and pole_shown(len(shown), len(side))
    return shown if scored and item in shown else ()


def beside(seen: RoundSeen, item: int, truth: Seen) -> np.ndarray:
    """Everybody's class of the other light side."""
    other = {"DL": "IL", "IL": "DL"}.get(seen.asked.items[item].pole)
    columns = tuple(place for place in truth.closing.items if seen.asked.items[place].pole == other)
    return pole_classes(seen, seen.rows, columns) if columns else np.zeros(len(seen.entries), int)


def drawn_classes(seen: RoundSeen, item: int, truth: Seen) -> np.ndarray:
    """The class that is drawn for each of the five and for no score; where there is a plane all are told apart."""
    pole = seen.asked.items[item].pole
    table = truth.closing.tables.get(f"pole {pole}")
    if pole in LIGHT_POLES and truth.closing.tables.get("plane"):
        return np.arange(6)
    if table is None:
        return np.array([0, 0, 0, 0, 0, 5])
    edges = [0, *pole_limits(5)]
    return np.array([next(place for place, (low, high) in enumerate(table.bins) if low <= edge < high)
                     for edge in edges] + [5])


def marks(seen: RoundSeen, item: int, truth: Seen) -> np.ndarray:
    """A number for every place that tables of this side tell apart: the other side's class, the group if drawn."""
    other = beside(seen, item, truth) + 1 if truth.closing.tables.get("plane") else np.zeros(len(seen.entries), int)
    drawn = truth.closing.tables.get(f"groups {seen.asked.items[item].pole}") is not None
    return other * (len(seen.options) + 1) + (seen.groups if drawn else 0)


def exchanged(rows: Rows, p: int, q: int, items: tuple[int, ...]) -> Rows:
    """The world in which two people have given each other's answers to these items."""
    after = rows.copy()
    after[p, list(items)], after[q, list(items)] = rows[q, list(items)], rows[p, list(items)]
    return after


def _same_item(seen: RoundSeen, item: int, rows: Rows, truth: Seen) -> bool:
    wall = item_history(seen, item, blocks_of(seen, rows[:, item]))
    if wall != truth.items[seen.visible.index(item)]:
        return False
    finals = [wall[-1] if place == item else None for place in range(len(seen.asked.items))]
    return grouped_items(seen, rows, finals).get(item) == truth.closing.grouped.get(item)


def _balanced(seen: RoundSeen, rows: Rows, item: int, p: int, q: int, columns: tuple[int, ...]) -> Iterator[Rows]:
    """With answers of one and the same class exchanged as well, until both sides' classes and alpha are as before."""
    if item not in columns:
        yield exchanged(rows, p, q, (item,))
        return
    alike = [place for place in columns if place != item and rows[p, place] != rows[q, place]
             and seen.thirds[rows[p, place]] == seen.thirds[rows[q, place]]]
    before = np.sort(pole_classes(seen, rows[[p, q]], columns))
    told = _alpha(seen, rows, columns)
    for more in chain.from_iterable(combinations(alike, size) for size in range(min(4, len(alike) + 1))):
        after = exchanged(rows, p, q, (item, *more))
        classes = np.sort(pole_classes(seen, after[[p, q]], columns))
        if (classes == before).all() and _alpha(seen, after, columns) == told:
            yield after


def _alpha(seen: RoundSeen, rows: Rows, columns: tuple[int, ...]) -> object:
    return alpha_told(seen, rows, columns) if len(rows) >= 30 else None


def _pooled_moves(seen: RoundSeen, one: Suspicion) -> Iterator[Rows]:
    """In a very small room one person exchanges two answers of one side; where nothing shows, all stand elsewhere."""
    rows, points, items = seen.rows, seen.asked.scale.points, seen.asked.items
    pole = items[one.item].pole
    side = [place for place, item in enumerate(items) if item.pole == pole]
    for p in one.others:
        values = keyed(seen, rows[[p]], side)[0]
        for place, value in zip(side, values, strict=True):
            mine = values[side.index(one.item)]
            if value >= 0 and mine >= 0:
                yield _set(rows, [p], {one.item: _raw(value, items[one.item].keyed, points),
                                       place: _raw(mine, items[place].keyed, points)})
    others = np.flatnonzero(one.free(seen)).tolist()
    for value in (0, points // 2, points - 1):
        if pole in LIGHT_POLES and seen.thirds[_raw(value, items[one.item].keyed, points)] != one.third:
            yield _set(rows, others, {place: _raw(value, items[place].keyed, points) for place in side})


def _raw(value: int, key: int, points: int) -> int:
    return int(value) + 1 if key == 1 else points - int(value)


def _set(rows: Rows, people: list[int], answers: dict[int, int]) -> Rows:
    after = rows.copy()
    for place, point in answers.items():
        after[people, place] = point
    return after
