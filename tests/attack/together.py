"""Sides of few items: how many people of each kind gave which answers together.

People of a kind may change places, so that a room of any size is a few hundred whole numbers, and alpha can be asked as
it is told. This finds worlds that the search person by person does not come to in its time.
"""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import product

import numpy as np

from tests.attack.silence import Three, attempts, group_silences
from tests.attack.solving import Program, Terms
from tests.attack.suspects import Suspicion
from tests.attack.swaps import marks, side_of
from tests.attack.worlds import RoundSeen, Rows, Seen, groups_stand, keyed, pole_classes
from workshop.release import classes_of, pole_limits
from workshop.statistics import alpha_interval

MOST_PATTERNS = 520
FEWER_WHOLE = (0, 1, -1, 2, -2)
Pattern = tuple[int, ...]
Kind = tuple[int, int]  # the group, and what tables tell apart beside this side


class Together:
    """The numbers of one side of a round of a single release, for so many people who answered all of it."""

    def __init__(self, seen: RoundSeen, one: Suspicion, truth: Seen, *, tight: bool) -> None:
        self.seen, self.one, self.truth = seen, one, truth
        self.columns = side_of(seen, one.item, truth)
        self.program = Program()
        told = marks(seen, one.item, truth) if tight else np.zeros(len(seen.entries), int)
        self.kinds: list[Kind] = list(zip(seen.groups.tolist(), told.tolist(), strict=True))
        self.true: list[Pattern] = [tuple(row) for row in seen.rows[:, list(self.columns)].tolist()]
        self.patterns = list(product(*(self._points(item) for item in self.columns)))
        self.values = keyed(seen, self._as_rows(), self.columns)
        self.classes = pole_classes(seen, self._as_rows(), self.columns)
        self.number = {(kind, place): self._people(kind, place)
                       for kind in sorted(set(self.kinds)) for place in range(len(self.patterns))}

    def _points(self, item: int) -> list[int]:
        """What anybody can have answered: where every point was told, those that somebody did."""
        table = self._table(item)
        told = table if table is not None and classes_of(table) > 3 else None
        every = range(self.seen.asked.scale.points + 1)
        return [point for point in every if told is None or (self.seen.rows[:, item] == point).any()]

    def _table(self, item: int):
        return self.truth.items[self.seen.visible.index(item)][-1]

    def _as_rows(self) -> Rows:
        rows = np.zeros((len(self.patterns), len(self.seen.asked.items)), np.int64)
        rows[:, list(self.columns)] = self.patterns
        return rows

    def _people(self, kind: Kind, place: int) -> int:
        known = sum(self.kinds[one] == kind and self.true[one] == self.patterns[place] for one in self.one.known)
        self.program.lower.append(float(known))
        self.program.upper.append(float(self.kinds.count(kind)))
        return len(self.program.lower) - 1

    def _those(self, fits) -> Terms:
        """Everybody of a kind and pattern that fits."""
        return {flag: 1.0 for (kind, place), flag in self.number.items() if fits(kind, place)}

    def _exactly(self, fits, people: int) -> None:
        self.program.limit(self._those(fits), people, people)

    def conditions(self, rng: random.Random, *, tight: bool) -> None:
        """All that was told and all that was kept silent, but for alpha."""
        for kind, people in Counter(self.kinds).items():
            self._exactly(lambda of, _, kind=kind: of == kind, people)
        for at, item in enumerate(self.columns):
            self._item(at, item)
        (self._scores_kept if tight else self._scores_told)()
        at, suspects = self.columns.index(self.one.item), {self.seen.groups[other] for other in self.one.others}
        moved = self._those(lambda kind, place: kind[0] in suspects
                            and self.seen.thirds[self.patterns[place][at]] != self.one.third)
        known = sum(self.seen.groups[one] in suspects and self.seen.thirds[self.true[one][at]] != self.one.third
                    for one in self.one.known)
        self.program.limit(moved, known + 1, len(self.kinds))
        # Near the truth, where what was kept silent mostly stays so.
        there = set(zip(self.kinds, self.true, strict=True))
        self.program.goal = {flag: rng.random() if (kind, self.patterns[place]) in there else -rng.random()
                             for (kind, place), flag in self.number.items()}

    def _item(self, at: int, item: int) -> None:
        table, grouped = self._table(item), self.truth.closing.grouped.get(item)
        for points, count in zip(table.bins, table.counts, strict=True):
            self._exactly(lambda _, place, points=points: self.patterns[place][at] in points, count)
        for attempt in attempts(self.seen, item):
            self._in_one_of(at, [(way,) for way in attempt.ways], by_group=False)
        if grouped is not None:
            for number, part in enumerate(grouped.groups, 1):
                for points, count in zip(part.bins, part.counts, strict=True):
                    self._exactly(lambda kind, place, number=number, points=points:
                                  kind[0] == number and self.patterns[place][at] in points, count)
        elif groups_stand(self.seen):
            self._in_one_of(at, group_silences(self.seen, item, table), by_group=True)

    def _in_one_of(self, at: int, ways: list[tuple[Three, ...]], *, by_group: bool) -> None:
        """As many people low, middle and high, in each group or in all, as in one of these ways."""
        flags = [self.program.flag() for _ in ways]
        self.program.exactly(flags, 1)
        for number in range(len(ways[0])):
            for third in range(3):
                group = number + 1 if by_group else None
                there = self._those(lambda kind, place, group=group, third=third: group in (None, kind[0])
                                    and self.seen.thirds[self.patterns[place][at]] == third)
                picked = {flag: -float(way[number][third]) for flag, way in zip(flags, ways, strict=True)}
                self.program.limit({**there, **picked}, 0, 0)

    def _scores_told(self) -> None:
        table = self.truth.closing.tables.get(f"pole {self.seen.asked.items[self.one.item].pole}")
        for (low, high), count in zip(table.bins, table.counts, strict=True) if table else ():
            inside = [place for place, edge in enumerate((0, *pole_limits(5))) if low <= edge < high]
            self._exactly(lambda _, place, inside=inside: self.classes[place] in inside, count)

    def _scores_kept(self) -> None:
        """In each kind as many people in each class as there are."""
        mine = pole_classes(self.seen, self.seen.rows, self.columns).tolist()
        for kind, score in product(set(self.kinds), range(5)):
            self._exactly(lambda of, place, kind=kind, score=score: of == kind and self.classes[place] == score,
                          sum(one == (kind, score) for one in zip(self.kinds, mine, strict=True)))

    def alpha(self, whole: int, low: float, high: float) -> None:
        """Between these, over so many people who left nothing out: a condition on squares, of sums as well."""
        full = {key: flag for key, flag in self.number.items() if (self.values[key[1]] >= 0).all()}
        self.program.limit(dict.fromkeys(full.values(), 1.0), whole, whole)
        k, most = len(self.columns), whole * (self.seen.asked.scale.points - 1)
        apart: Terms = {flag: float(whole * (self.values[place] ** 2).sum()) for (_, place), flag in full.items()}
        both: Terms = {flag: float(whole * self.values[place].sum() ** 2) for (_, place), flag in full.items()}
        for at in range(k):
            apart |= self._square({flag: float(self.values[place][at]) for (_, place), flag in full.items()}, most)
        both |= self._square({flag: float(self.values[place].sum()) for (_, place), flag in full.items()}, k * most)
        for end, least in ((high, True), (low, False)):
            share = 1 - end * (k - 1) / k
            terms = Counter(apart)
            terms.update({flag: -share * weight for flag, weight in both.items()})
            self.program.limit(dict(terms), *((0.0, float("inf")) if least else (float("-inf"), 0.0)))

    def _square(self, terms: Terms, most: int) -> Terms:
        """Less the square of a sum, by a flag for each value that it can have."""
        flags = [self.program.flag() for _ in range(most + 1)]
        self.program.exactly(flags, 1)
        self.program.limit({**terms, **{flag: -float(total) for total, flag in enumerate(flags)}}, 0, 0)
        return {flag: -float(total * total) for total, flag in enumerate(flags)}

    def world(self, values: list[float]) -> Rows:
        """The truth with the answers laid over it; the attacker's own stay."""
        rows, left = self.seen.rows.copy(), {}
        for (kind, place), flag in self.number.items():
            left.setdefault(kind, []).extend([self.patterns[place]] * round(values[flag]))
        moved = []
        for place in (*self.one.known, *np.flatnonzero(self.one.free(self.seen)).tolist()):
            kind, mine = self.kinds[place], self.true[place]
            if mine in left[kind]:
                left[kind].remove(mine)  # whoever can stays, the attacker before all
            else:
                moved.append(place)
        for place in moved:
            rows[place, list(self.columns)] = left[self.kinds[place]].pop()
        return rows


def together(seen: RoundSeen, one: Suspicion, truth: Seen, rng: random.Random, seconds: float) -> Iterator[Rows]:
    """Worlds to be looked at; none where a side is too long, or there was more than one release."""
    columns = side_of(seen, one.item, truth)
    if seen.last != 1 or not columns or (seen.asked.scale.points + 1) ** len(columns) > MOST_PATTERNS:
        return
    told = truth.closing.tables.get(f"alpha {seen.asked.items[one.item].pole}")
    now = int((keyed(seen, seen.rows, columns) >= 0).all(1).sum())
    for fewer, tight in product(FEWER_WHOLE if told else (0,), (True, False, False, False)):
        numbers = Together(seen, one, truth, tight=tight)
        numbers.conditions(rng, tight=tight)
        if told:
            alike = [step for step in np.arange(told.value - 0.011, told.value + 0.011, 0.0002)
                     if now + fewer <= len(seen.entries)
                     and alpha_interval(step, now + fewer, len(columns)).rounded(2) == told]
            if not alike:
                continue
            numbers.alpha(now + fewer, min(alike), max(alike))
        said, values = numbers.program.best(seconds)
        if said == "found":
            yield numbers.world(values)
