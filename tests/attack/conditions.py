"""A whole room as conditions for a solver: which answers may move, and what has to stay as it is.

Whatever was published of a moved answer is among them, and of what was kept silent as much as numbers can say: how a
statement's updates failed, and that it was told of no group. The rest is asked of the rules once a room is found.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from math import ceil, floor
from typing import Any, Literal

import numpy as np

import workshop.release as rules
from tests.attack.silence import Three, attempts, group_silences
from tests.attack.suspects import Suspicion
from tests.attack.ways import NO_SCORE, alike, five_in, fives, places_of
from tests.attack.worlds import RoundSeen, Rows, Seen, groups_stand, parts_of, pole_classes
from workshop.inventory import LIGHT_POLES
from workshop.release import Plane, ScoreTable, classes_of
from workshop.statistics.interval import Interval

FINE = 10**6
Kept = Literal["everyone", "places", "told"]
Pairs = Mapping[tuple[int, int], Any]  # of a person, a flag for each two classes


@dataclass(frozen=True)
class Frame:
    """The sides whose answers may move, by pole; where an alpha is told, how many answered all of the side.

    `kept`: everyone stays in the class of their score, or each place of the plane keeps as many people, or only what
    was told is kept. A room there is none of under the last is none at all.
    """

    sides: Mapping[str, tuple[int, ...]]
    kept: Kept
    whole: tuple[tuple[str, int], ...] = ()


class Conditions:
    """The model of one suspicion in one frame: `at[person, item]` are flags by point."""

    def __init__(self, seen: RoundSeen, one: Suspicion, truth: Seen, frame: Frame) -> None:
        from ortools.sat.python import cp_model  # 30 MB that only the long form needs

        self.seen, self.one, self.truth, self.frame = seen, one, truth, frame
        self.model = cp_model.CpModel()
        self.everybody = range(len(seen.entries))
        self.at: dict[tuple[int, int], dict[int, Any]] = {}
        for item in sorted({one.item, *chain.from_iterable(frame.sides.values())}):
            self._answers(item)
            self._item(item)
        self.classes = {pole: [self._score(person, pole) for person in self.everybody] for pole in frame.sides}
        for pole in frame.sides:
            self._side(pole)
        if frame.kept != "everyone" and one.item in chain.from_iterable(frame.sides.values()):
            self._plane()
        self.model.add_bool_or([flag for person in one.others for point, flag in self.at[person, one.item].items()
                                if seen.thirds[point] != one.third])

    def world(self, value: Any) -> Rows:
        """The truth with the answers that were found laid over it."""
        rows = self.seen.rows.copy()
        for (person, item), flags in self.at.items():
            rows[person, item] = next(point for point, flag in flags.items() if value(flag))
        return rows

    def stay_near(self, weights: Iterator[int]) -> None:
        """Of all rooms one with many answers as they are, those that weigh most before others."""
        self.model.maximize(sum(next(weights) * flag for (person, item), flags in self.at.items()
                                for point, flag in flags.items() if point == self.seen.rows[person, item]))

    # statements

    def _answers(self, item: int) -> None:
        true, may = self.seen.rows[:, item].tolist(), range(self.seen.asked.scale.points + 1)
        if self._by_point(item):
            may = sorted(set(true))
        for person, free in enumerate(self.one.free(self.seen).tolist()):
            flags = {point: self.model.new_bool_var("") for point in (may if free else [true[person]])}
            self.model.add_exactly_one(flags.values())
            for point, flag in flags.items():
                self.model.add_hint(flag, point == true[person])
            self.at[person, item] = flags

    def _by_point(self, item: int) -> bool:
        table = self._table(item)
        return table is not None and classes_of(table) > 3 and item not in self.truth.closing.grouped

    def _table(self, item: int) -> Any:
        return self.truth.items[self.seen.visible.index(item)][-1]

    def _count(self, people: Collection[int], item: int, points: Collection[int]) -> Any:
        return sum(flag for person in people for point, flag in self.at[int(person), item].items() if point in points)

    def _item(self, item: int) -> None:
        grouped, (groups, _) = self.truth.closing.grouped.get(item), parts_of(self.seen)
        if grouped is not None:
            whole = np.ones(len(self.everybody), bool)
            for who, table in zip((whole, *groups), (grouped.whole, *grouped.groups), strict=True):
                for points, people in zip(table.bins, table.counts, strict=True):
                    self.model.add(self._count(np.flatnonzero(who), item, points) == people)
            return  # what the whole would have been without groups was never told
        if self._by_point(item):
            for point, people in enumerate(self.seen.by_point(self.seen.rows[:, item])):
                self.model.add(self._count(self.everybody, item, (point,)) == people)
        for attempt in attempts(self.seen, item):
            inside = (self.seen.releases >= attempt.first) & (self.seen.releases <= attempt.last)
            self._in_one_of(item, [np.flatnonzero(inside)], [(way,) for way in attempt.ways])
        self._unsaid_by_group(item)

    def _unsaid_by_group(self, item: int) -> None:
        """A statement that is told of everybody and of no group says something by that."""
        table, (groups, rest) = self._table(item), parts_of(self.seen)
        if not groups_stand(self.seen) or table is None or table.n < len(self.everybody):
            return
        if rest.any():
            if self.frame.kept == "told":
                return  # the ways that are counted leave those who gave no group as they are
            for point, people in enumerate(self.seen.by_point(self.seen.rows[rest, item])):
                self.model.add(self._count(np.flatnonzero(rest), item, (point,)) == people)
        self._in_one_of(item, [np.flatnonzero(who) for who in groups], group_silences(self.seen, item, table))

    def _in_one_of(self, item: int, parts: Sequence[np.ndarray], ways: Sequence[tuple[Three, ...]]) -> None:
        """As many people low and middle in each part as in one of these ways."""
        counts = []
        for people, third in product(parts, (0, 1)):
            counts.append(self.model.new_int_var(0, len(people), ""))
            points = np.flatnonzero(self.seen.thirds == third).tolist()
            self.model.add(counts[-1] == self._count(people, item, points))
        self.model.add_allowed_assignments(counts, [tuple(people for three in way for people in three[:2])
                                                    for way in ways])

    # scores

    def _value(self, item: int, point: int) -> int:
        return point - 1 if self.seen.asked.items[item].keyed == 1 else self.seen.asked.scale.points - point

    def _score(self, person: int, pole: str) -> list[Any]:
        """Flags for the five classes of a score and, last, for none."""
        columns, model, most = self.frame.sides[pole], self.model, self.seen.asked.scale.points - 1
        answered, total = model.new_int_var(0, len(columns), ""), model.new_int_var(0, len(columns) * most, "")
        given = [(item, point, flag) for item in columns for point, flag in self.at[person, item].items() if point]
        model.add(answered == sum(flag for _, _, flag in given))
        model.add(total == sum(self._value(item, point) * flag for item, point, flag in given))
        place, flags = model.new_int_var(0, NO_SCORE, ""), [model.new_bool_var("") for _ in range(NO_SCORE + 1)]
        model.add_allowed_assignments([answered, total, place], list(places_of(len(columns), most)))
        model.add_exactly_one(flags)
        model.add(place == sum(one * flag for one, flag in enumerate(flags)))
        if self.frame.kept == "everyone":
            model.add(place == int(self._true_places(pole)[person]))
        return flags

    def _true_places(self, pole: str) -> np.ndarray:
        classes = pole_classes(self.seen, self.seen.rows, self.frame.sides[pole])
        return np.where(classes < 0, NO_SCORE, classes)

    def _side(self, pole: str) -> None:
        tables, true = self.truth.closing.tables, self._true_places(pole)
        table, grouped = tables.get(f"pole {pole}"), tables.get(f"groups {pole}")
        if grouped is not None:
            whole, (groups, _) = np.ones(len(self.everybody), bool), parts_of(self.seen)
            for who, part in zip((whole, *groups), (grouped.whole, *grouped.groups), strict=True):
                self._classed(pole, np.flatnonzero(who).tolist(), part)
        elif table is not None:
            self._drawn(pole, table)
        if self.frame.kept == "places":
            for place in range(NO_SCORE + 1):
                people = int((true == place).sum())
                self.model.add(sum(flags[place] for flags in self.classes[pole]) == people)
        if f"alpha {pole}" in tables and (tables[f"alpha {pole}"] is not None or self.frame.kept != "told"):
            self._alpha(pole, tables[f"alpha {pole}"])

    def _classed(self, pole: str, people: Sequence[int], table: ScoreTable) -> None:
        for inside, count in zip(five_in(table), table.counts, strict=True):
            self.model.add(sum(self.classes[pole][person][place] for person in people for place in inside) == count)

    def _drawn(self, pole: str, table: ScoreTable) -> None:
        """So many in each of the five classes that the table would have been this one."""
        counts = []
        for place in range(NO_SCORE):
            counts.append(self.model.new_int_var(0, len(self.everybody), ""))
            self.model.add(counts[-1] == sum(flags[place] for flags in self.classes[pole]))
        self.model.add_allowed_assignments(counts, [five for five in fives(table)
                                                    if rules.pole_table(five, self.seen.policy) == table])

    # alpha

    def _alpha(self, pole: str, told: Interval | None) -> None:
        """Alpha and its interval round as they were told: a condition on squares, of sums as well."""
        columns, most, model = self.frame.sides[pole], self.seen.asked.scale.points - 1, self.model
        k, people = len(columns), dict(self.frame.whole)[pole]
        whole = [self._answered_all(person, columns) for person in self.everybody]
        model.add(sum(whole) == people)
        ends = told and alike(told, people, k)
        if ends is None:
            return
        values = [[self._counted(person, (item,), most, full) for person, full in enumerate(whole)] for item in columns]
        sums = [self._counted(person, columns, k * most, full) for person, full in enumerate(whole)]
        apart = sum(self._spread(one, most, people) for one in values)
        both = self._spread(sums, k * most, people)
        model.add(FINE * apart <= ceil(FINE * (1 - ends[0] * (k - 1) / k)) * both)
        model.add(FINE * apart >= floor(FINE * (1 - ends[1] * (k - 1) / k)) * both)

    def _answered_all(self, person: int, columns: Sequence[int]) -> Any:
        full = self.model.new_bool_var("")
        skipped = [self.at[person, item][0] for item in columns if 0 in self.at[person, item]]
        for flag in skipped:
            self.model.add_implication(full, ~flag)
        self.model.add_bool_or([full, *skipped])
        return full

    def _counted(self, person: int, columns: Sequence[int], most: int, full: Any) -> Any:
        """Somebody's sum over these items, 0 if they left out anything of the side."""
        found = self.model.new_int_var(0, most, "")
        total = sum(self._value(item, point) * flag for item in columns
                    for point, flag in self.at[person, item].items() if point)
        self.model.add(found == total).only_enforce_if(full)
        self.model.add(found == 0).only_enforce_if(~full)
        return found

    def _spread(self, values: Sequence[Any], most: int, people: int) -> Any:
        """people * sum of squares - square of the sum."""
        squares = []
        for value in values:
            squares.append(self.model.new_int_var(0, most * most, ""))
            self.model.add_allowed_assignments([value, squares[-1]], [(one, one * one) for one in range(most + 1)])
        total = self.model.new_int_var(0, most * people, "")
        square = self.model.new_int_var(0, (most * people) ** 2, "")
        self.model.add(total == sum(values))
        self.model.add_multiplication_equality(square, [total, total])
        return people * sum(squares) - square

    # the plane

    def _plane(self) -> None:
        """Everybody's place is their class of one side beside that of the other, which may be one that stays."""
        plane = self.truth.closing.tables.get("plane")
        if "plane" not in self.truth.closing.tables or self.seen.asked.items[self.one.item].pole not in LIGHT_POLES:
            return
        stay = {pole: pole_classes(self.seen, self.seen.rows, columns) for pole, columns in self._others().items()}
        pairs = [self._pairs(person, stay) for person in self.everybody]
        if self.frame.kept == "places":
            self._as_many_in_each(pairs)
        elif plane is not None:
            self._rectangles(pairs, plane)

    def _others(self) -> Mapping[str, tuple[int, ...]]:
        """The light sides that do not move."""
        return {pole: tuple(item for item in self.truth.closing.items if self.seen.asked.items[item].pole == pole)
                for pole in LIGHT_POLES if pole not in self.frame.sides}

    def _pairs(self, person: int, stay: Mapping[str, np.ndarray]) -> Pairs:
        across, along = ([int(stay[pole][person] % (NO_SCORE + 1) == place) for place in range(NO_SCORE + 1)]
                         if pole in stay else self.classes[pole][person] for pole in LIGHT_POLES)
        return {(x, y): self._both(across[x], along[y]) for x, y in product(range(NO_SCORE + 1), repeat=2)}

    def _both(self, one: Any, other: Any) -> Any:
        if isinstance(one, int) or isinstance(other, int):
            return one * other
        flag = self.model.new_bool_var("")
        self.model.add_bool_and([one, other]).only_enforce_if(flag)
        self.model.add_bool_or([~one, ~other, flag])
        return flag

    def _as_many_in_each(self, pairs: Sequence[Pairs]) -> None:
        sides = {pole: tuple(item for item in self.truth.closing.items if self.seen.asked.items[item].pole == pole)
                 for pole in LIGHT_POLES}
        x, y = (pole_classes(self.seen, self.seen.rows, sides[pole]) % (NO_SCORE + 1) for pole in LIGHT_POLES)
        for a, b in product(range(NO_SCORE + 1), repeat=2):
            self.model.add(sum(one[a, b] for one in pairs) == int(((x == a) & (y == b)).sum()))

    def _rectangles(self, pairs: Sequence[Pairs], plane: Plane) -> None:
        thirds = {3: ((0, 1), (2,), (3, 4)), 5: ((0,), (1,), (2,), (3,), (4,))}[plane.bins]
        for cell in plane.cells:
            inside = [(x, y) for across in thirds[cell.x:cell.x + cell.w] for along in thirds[cell.y:cell.y + cell.h]
                      for x in across for y in along]
            self.model.add(sum(one[place] for one in pairs for place in inside) == cell.n)
