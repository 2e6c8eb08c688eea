"""What would have been published of a round if people had answered otherwise: the rules are known to everybody.

A world is a matrix of answers, a row an entry and a column an item. The rules themselves are asked of the product, so
that an attacker under changed rules knows the changed ones; only the counting is done here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

import workshop.release as rules
from tests.attack.playing import Entry
from workshop.inventory import LIGHT_POLES, Questionnaire
from workshop.release import Counts, Policy, Table
from workshop.statistics import alpha, alpha_interval

Rows = np.ndarray  # people by items, 0 = skipped
SCORED = ("DL", "IL", "DD", "ID")
THIRD = {5: np.array([1, 0, 0, 1, 2, 2]), 7: np.array([1, 0, 0, 1, 1, 1, 2, 2])}


@dataclass(frozen=True)
class RoundSeen:
    """Everything of a round that is known to the attacker but for what others answered."""

    number: int
    policy: Policy
    asked: Questionnaire
    entries: tuple[Entry, ...]
    before_close: int
    options: tuple[str, ...]
    revealed: bool

    @property
    def rows(self) -> Rows:
        """The true world."""
        return np.array([entry.row for entry in self.entries], np.int64)

    @cached_property
    def releases(self) -> np.ndarray:
        """Of each entry, the release that took it in."""
        return np.array([entry.release for entry in self.entries])

    @cached_property
    def last(self) -> int:
        """The number of releases."""
        return int(self.releases.max(initial=0))

    @cached_property
    def groups(self) -> np.ndarray:
        """Of each entry, the place of its group from 1, 0 = none."""
        return np.array([self.options.index(entry.group) + 1 if entry.group in self.options else 0
                         for entry in self.entries])

    @cached_property
    def thirds(self) -> np.ndarray:
        """The class of each point: 0 low, 1 middle or skipped, 2 high."""
        return THIRD[self.asked.scale.points]

    @cached_property
    def visible(self) -> tuple[int, ...]:
        """Items that anything was ever told of: dark ones only once revealed."""
        return tuple(place for place, item in enumerate(self.asked.items)
                     if self.revealed or item.pole in LIGHT_POLES)

    def by_point(self, answers: np.ndarray) -> Counts:
        """People by raw point."""
        return tuple(int(one) for one in np.bincount(answers, minlength=self.asked.scale.points + 1))

    def single_at(self, release: int) -> bool:
        """Whether a release was the round's only one, at the close."""
        return self.last == 1 and self.before_close == 0 and release == 1


def item_history(seen: RoundSeen, item: int, blocks: Sequence[Counts]) -> tuple[Table | None, ...]:
    """One item's table after each release, of people by point in each block."""
    dark = seen.asked.items[item].pole not in LIGHT_POLES
    wall: list[Table | None] = []
    table, since = None, []
    for number, block in enumerate(blocks, 1):
        since.append(block)
        update = rules.next_item_table(table, since, seen.policy, single=seen.single_at(number), dark=dark)
        since = since if update is table else []
        table = update
        wall.append(table)
    return tuple(wall)


def blocks_of(seen: RoundSeen, answers: np.ndarray) -> list[Counts]:
    """People by point in each release."""
    return [seen.by_point(answers[seen.releases == number]) for number in range(1, seen.last + 1)]


@dataclass(frozen=True)
class Closing:
    """What stands beside the items' tables at the close: everything that joins several answers of one person."""

    tables: Mapping[str, Any]
    grouped: Mapping[int, Any]
    scored: tuple[str, ...]
    items: tuple[int, ...]


def closing(seen: RoundSeen, rows: Rows, finals: Sequence[Table | None]) -> Closing:
    """Sides, plane, alpha and groups of a world whose last item tables are `finals`."""
    n, may = len(rows), rules.shows(len(rows), seen.policy)
    if may.pooled:
        return Closing({f"pooled {pole}": pooled(seen, rows, pole) for pole in LIGHT_POLES}, {}, LIGHT_POLES, ())
    grouped = grouped_items(seen, rows, finals)
    if not may.poles:
        return Closing({}, grouped, (), ())
    shown = [place for place, table in enumerate(finals) if table is not None and table.n == n]
    poles = {pole: _columns(seen, pole, shown) for pole in SCORED}
    poles = {pole: columns for pole, columns in poles.items()
             if rules.pole_shown(len(columns), len(_columns(seen, pole))) and _left_open(seen, rows, columns, finals)}
    classes = {pole: pole_classes(seen, rows, columns) for pole, columns in poles.items()}
    tables: dict[str, Any] = {}
    for pole, columns in poles.items():
        tables |= _pole(seen, rows, pole, columns, classes[pole], percent=may.percent, whole=set(grouped))
    if set(LIGHT_POLES) <= set(poles):
        tables["plane"] = rules.plane(_grid(classes["DL"], classes["IL"]), seen.policy)
    used = tuple(sorted(column for columns in poles.values() for column in columns))
    hidden = () if seen.revealed else ("DD", "ID")
    return Closing({name: table for name, table in tables.items() if name.split()[-1] not in hidden}, grouped,
                   tuple(poles), used)


def _left_open(seen: RoundSeen, rows: Rows, columns: Sequence[int], finals: Sequence[Table | None]) -> bool:
    """Whether the rules leave open where people of a release or a group stand that is told of only with others."""
    by_group = seen.last == 1 and groups_stand(seen)
    if seen.policy.level == "open" or not (by_group or seen.last > 1):
        return True
    side = []
    for column in columns:
        answers, item, table = rows[:, column], seen.asked.items[column], finals[column]
        told: Any = rules.Parted({number: seen.by_point(answers[seen.groups == number])
                                  for number in range(len(seen.options) + 1)}, seen.policy,
                                 table is not None and len(table.bins) > 3) if by_group \
            else rules.Grown(tuple(blocks_of(seen, answers)), seen.policy, dark=item.pole not in LIGHT_POLES)
        side.append(rules.Statement(answers.tolist(), item.keyed == 1, told))
    parts = (seen.groups if by_group else seen.releases).tolist()
    return rules.could_be_elsewhere(side, parts, seen.asked.scale.points)


def _columns(seen: RoundSeen, pole: str, among: Sequence[int] | None = None) -> tuple[int, ...]:
    places = range(len(seen.asked.items)) if among is None else among
    return tuple(place for place in places if seen.asked.items[place].pole == pole)


def keyed(seen: RoundSeen, rows: Rows, columns: Sequence[int]) -> np.ndarray:
    """Answers turned so that more is more, from 0; -1 where skipped."""
    points = seen.asked.scale.points
    answers = rows[:, list(columns)]
    turn = np.array([seen.asked.items[column].keyed == 1 for column in columns])
    return np.where(answers == 0, -1, np.where(turn, answers - 1, points - answers))


def pole_classes(seen: RoundSeen, rows: Rows, columns: Sequence[int]) -> np.ndarray:
    """The class 0 to 4 of each entry's score over these items, -1 where too few were answered."""
    values, points = keyed(seen, rows, columns), seen.asked.scale.points
    a, s = (values >= 0).sum(1), np.where(values >= 0, values, 0).sum(1)
    places = sum((200 * s >= 25 * (points - 1) * a * odd).astype(np.int64) for odd in (1, 3, 5, 7))
    return np.where((a > 0) & (3 * a >= 2 * len(columns)), places, -1)


def five(classes: np.ndarray) -> tuple[int, int, int, int, int]:
    """People in each class."""
    a, b, c, d, e = (int(one) for one in np.bincount(classes[classes >= 0], minlength=5))
    return a, b, c, d, e


def _pole(seen: RoundSeen, rows: Rows, pole: str, columns: Sequence[int], classes: np.ndarray, *,
          percent: bool, whole: set[int]) -> dict[str, Any]:
    table = rules.pole_table(five(classes), seen.policy)
    found: dict[str, Any] = {f"pole {pole}": table}
    alone = seen.last == 1 and (not groups_stand(seen) or set(columns) <= whole)
    if percent and table is not None and (alone or seen.policy.level == "open"):
        found[f"alpha {pole}"] = alpha_told(seen, rows, columns)
    if seen.options and table is not None and groups_stand(seen):
        by_group = rules.may_group_pole([str(one) for one in columns], [str(one) for one in whole])
        found[f"groups {pole}"] = pole_by_group(seen, classes) if by_group else None
    return found


def alpha_told(seen: RoundSeen, rows: Rows, columns: Sequence[int]) -> Any:
    """Alpha and its interval in two decimals, as they are published."""
    values = keyed(seen, rows, columns)
    full = values[(values >= 0).all(1)]
    n = len(full)
    if not rules.shows(n, seen.policy).percent or len(columns) < 2:
        return None
    spread = [n * int((one ** 2).sum()) - int(one.sum()) ** 2 for one in (*full.T, full.sum(1))]
    return alpha_interval(alpha(spread[:-1], spread[-1]), n, len(columns)).rounded(2) if spread[-1] else None


def _grid(x: np.ndarray, y: np.ndarray) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(((x == column) & (y == row)).sum()) for column in range(5)) for row in range(5))


# groups


def parts_of(seen: RoundSeen) -> tuple[list[np.ndarray], np.ndarray]:
    """Who is in each group, and who gave none."""
    return [seen.groups == number for number in range(1, len(seen.options) + 1)], seen.groups == 0


def groups_stand(seen: RoundSeen) -> bool:
    """Whether there are tables by group."""
    groups, rest = parts_of(seen)
    releases = 1 if seen.policy.level == "open" else seen.last
    sizes = [int(one.sum()) for one in groups]
    return bool(seen.options) and rules.may_group(sizes, int(rest.sum()), releases=releases)


def grouped_items(seen: RoundSeen, rows: Rows, finals: Sequence[Table | None]) -> dict[int, Any]:
    """The items that are shown by group, each with its whole and its groups."""
    if not groups_stand(seen):
        return {}
    groups, rest = parts_of(seen)
    found = {}
    for place, table in enumerate(finals):
        if table is None or table.n != len(rows):
            continue
        fixed = table.bins if not seen.single_at(seen.last) and not _fresh(seen, rows, place, table) else None
        answers = rows[:, place]
        one = rules.grouped_items([seen.by_point(answers[who]) for who in groups], seen.by_point(answers[rest]),
                                  seen.policy, fixed)
        if one is not None:
            found[place] = one
    return found


def _fresh(seen: RoundSeen, rows: Rows, place: int, table: Table) -> bool:
    """Whether the last release changed the table: only then its classes may still be chosen."""
    wall = item_history(seen, place, blocks_of(seen, rows[:, place]))
    return len(wall) < 2 or wall[-2] is not table


def pole_by_group(seen: RoundSeen, classes: np.ndarray) -> Any:
    """A side by group."""
    groups, rest = parts_of(seen)
    return rules.grouped_poles([five(classes[who]) for who in groups], five(classes[rest]), seen.policy)


# very small rooms


def pooled(seen: RoundSeen, rows: Rows, pole: str) -> Any:
    """All answers to a side together."""
    columns, points = _columns(seen, pole), seen.asked.scale.points
    values = keyed(seen, rows, columns)
    full = values[(values >= 0).all(1)] + 1
    low, high = full <= 2, full > points - 2
    middle = ~low & ~high
    holders = tuple(int(one.any(1).sum()) for one in (low, middle, high))
    tally = rules.PooledTally(len(full), tuple(int(one.sum()) for one in (low, middle, high)), holders,
                              int((low | middle).any(1).sum()), int((middle | high).any(1).sum()))
    return rules.pooled_table(tally, len(columns), points, seen.policy, n=len(rows))


@dataclass(frozen=True)
class Seen:
    """Everything that was published of a round of answers, silences included."""

    items: tuple[tuple[Table | None, ...], ...]
    closing: Closing


def published(seen: RoundSeen, rows: Rows) -> Seen:
    """All of it, of a world."""
    walls = [item_history(seen, place, blocks_of(seen, rows[:, place])) for place in range(len(seen.asked.items))]
    return Seen(tuple(walls[place] for place in seen.visible), closing(seen, rows, [wall[-1] for wall in walls]))
