"""What answers, tables and sides allow together, as whole numbers under linear conditions, for a solver.

`forced` asks what is published of one side, silences left out: where nobody of the suspects can stand elsewhere even
then, they are resolved. `solved` looks for a world that keeps more than is asked, so that it is one of those that look
alike. Between the two lies what is not decided.
"""

import random
from dataclasses import dataclass, field
from fractions import Fraction

import highspy
import numpy as np

from attack.silence import stretches
from attack.suspects import Suspicion, kinds
from attack.swaps import exchanged, side_of
from attack.worlds import RoundSeen, Rows, Seen, groups_stand, keyed, parts_of, pole_classes
from workshop.release import ScoreTable, pole_limits

Terms = dict[int, float]
SECONDS = 20.0


@dataclass
class Program:
    """Whole-number variables with bounds, and rows of terms between limits."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[tuple[float, float, Terms]] = field(default_factory=list)
    goal: Terms = field(default_factory=dict)

    def flag(self, known: bool | None = None) -> int:
        """A yes or no, perhaps a known one."""
        self.lower.append(float(known or 0))
        self.upper.append(1.0 if known is None else float(known))
        return len(self.lower) - 1

    def limit(self, terms: Terms, low: float, high: float) -> None:
        """low <= terms <= high."""
        self.rows.append((low, high, terms))

    def exactly(self, flags: list[int], people: int) -> None:
        """So many of these."""
        self.limit(dict.fromkeys(flags, 1.0), people, people)

    def best(self, seconds: float) -> tuple[str, list[float]]:
        """"none", "found" with the values, or "time"."""
        highs = highspy.Highs()
        for option, value in (("output_flag", False), ("time_limit", seconds), ("threads", 1), ("random_seed", 1)):
            highs.setOptionValue(option, value)
        count = len(self.lower)
        highs.addVars(count, np.array(self.lower), np.array(self.upper))
        highs.changeColsIntegrality(count, np.arange(count, dtype=np.int32),
                                    np.array([highspy.HighsVarType.kInteger] * count))
        for column, cost in self.goal.items():
            highs.changeColCost(column, -cost)
        for low, high, terms in self.rows:
            highs.addRow(low, high, len(terms), np.array(list(terms), dtype=np.int32), np.array(list(terms.values())))
        highs.run()
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return "none", []
        if status != highspy.HighsModelStatus.kOptimal:
            return "time", []
        return "found", [float(round(value)) for value in highs.getSolution().col_value]


@dataclass
class People:
    """The answers of a room to one side's items as flags: `at[entry, item][point]`."""

    program: Program
    seen: RoundSeen
    columns: tuple[int, ...]
    at: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    classes: dict[int, list[int]] = field(default_factory=dict)

    def of(self, places: np.ndarray, item: int, points: tuple[int, ...]) -> list[int]:
        """The flags that these people gave one of these points."""
        return [self.at[int(place), item][point] for place in places for point in points]

    def world(self, values: list[float]) -> Rows:
        """The truth with the answers that were found laid over it."""
        rows = self.seen.rows.copy()
        for (place, item), flags in self.at.items():
            rows[place, item] = next(point for point, flag in enumerate(flags) if values[flag] > 0.5)
        return rows


def people_of(seen: RoundSeen, free: np.ndarray, columns: tuple[int, ...], *, skips_known: bool) -> People:
    """Everybody's answers, those of whom is not free fixed, with the class of each score."""
    found = People(Program(), seen, columns)
    for place in range(len(seen.entries)):
        for item in columns:
            mine = int(seen.rows[place, item])
            fixed = not free[place] or (skips_known and mine == 0)
            flags = [found.program.flag((point == mine) if fixed else False if skips_known and point == 0 else None)
                     for point in range(seen.asked.scale.points + 1)]
            found.program.exactly(flags, 1)
            found.at[place, item] = flags
        found.classes[place] = _score(found, place)
    return found


def _score(people: People, place: int) -> list[int]:
    """Flags for the five classes of a score and, last, for none: an answer too few, or 8 s against (K - 1) a odd."""
    program, seen, columns = people.program, people.seen, people.columns
    points, m = seen.asked.scale.points, len(columns)
    *classes, none = flags = [program.flag() for _ in range(6)]
    program.exactly(flags, 1)
    answered = [flag for item in columns for flag in people.at[place, item][1:]]
    program.limit({**dict.fromkeys(answered, 3.0), none: 2.0 * m}, 2 * m, 5 * m)
    program.limit({**dict.fromkeys(answered, 3.0), none: m + 1.0}, 0, 3 * m)
    most = 8.0 * (points - 1) * m
    for step, odd in enumerate((1, 3, 5, 7)):
        over = {people.at[place, item][point]: 8.0 * _value(seen, item, point) - (points - 1) * odd
                for item in columns for point in range(1, points + 1)}
        above = dict.fromkeys(classes[step + 1:], -most)
        program.limit({**over, **above}, -most, 2 * most)
        program.limit({**over, **above, none: -most}, -3 * most, -1)
    return flags


def _value(seen: RoundSeen, item: int, point: int) -> int:
    return point - 1 if seen.asked.items[item].keyed == 1 else seen.asked.scale.points - point


def forced(seen: RoundSeen, one: Suspicion, truth: Seen, seconds: float = SECONDS) -> tuple[bool | None, Rows | None]:
    """Whether one side's tables alone hold all suspects where they are; else a world that comes close."""
    columns = side_of(seen, one.item, truth) or (one.item,)
    people = people_of(seen, one.free(seen), columns, skips_known=False)
    for item in columns:
        _items_as_shown(people, item, truth)
    _scores_as_shown(people, seen.asked.items[one.item].pole, truth)
    other = tuple(point for point, third in enumerate(seen.thirds) if third != one.third)
    people.program.goal = dict.fromkeys(people.of(np.array(one.others), one.item, other), 1.0)
    people.program.limit(people.program.goal, 1, len(one.others))
    said, values = people.program.best(seconds)
    return (None if said == "time" else said == "none"), (people.world(values) if values else None)


def _items_as_shown(people: People, item: int, truth: Seen) -> None:
    seen, grouped = people.seen, truth.closing.grouped.get(item)
    if grouped is not None:
        groups, _ = parts_of(seen)
        everybody = np.ones(len(seen.entries), bool)
        for who, table in ((everybody, grouped.whole), *zip(groups, grouped.groups, strict=True)):
            _counted(people, np.flatnonzero(who), item, table.bins, table.counts)
        if seen.last == 1:
            return  # what the whole would have been without groups was never told
    for part in stretches(truth.items[seen.visible.index(item)]):
        if part.updated and part.after is not None:
            who = (seen.releases >= part.first) & (seen.releases <= part.last)
            before = part.before.counts if part.before else (0,) * len(part.after.counts)
            gained = tuple(after - one for after, one in zip(part.after.counts, before, strict=True))
            _counted(people, np.flatnonzero(who), item, part.after.bins, gained)


def _counted(people: People, who: np.ndarray, item: int, bins: tuple, counts: tuple[int, ...]) -> None:
    for points, count in zip(bins, counts, strict=True):
        people.program.exactly(people.of(who, item, points), count)


def _scores_as_shown(people: People, pole: str, truth: Seen) -> None:
    table, grouped = truth.closing.tables.get(f"pole {pole}"), truth.closing.tables.get(f"groups {pole}")
    everybody = np.ones(len(people.seen.entries), bool)
    if grouped is not None:
        groups, _ = parts_of(people.seen)
        for who, part in ((everybody, grouped.whole), *zip(groups, grouped.groups, strict=True)):
            _classed(people, np.flatnonzero(who), part)
    elif table is not None:
        _classed(people, np.flatnonzero(everybody), table)


def _classed(people: People, who: np.ndarray, table: ScoreTable) -> None:
    edges = (Fraction(0), *pole_limits(5))
    for (low, high), count in zip(table.bins, table.counts, strict=True):
        places = [place for place, edge in enumerate(edges) if low <= edge < high]
        people.program.exactly([people.classes[int(one)][place] for one in who for place in places], count)


# a world that keeps more than is asked


def solved(seen: RoundSeen, one: Suspicion, truth: Seen, pair: tuple[int, int], rng: random.Random,
           seconds: float = SECONDS) -> Rows | None:
    """A world in which people of the two kinds of this pair trade places on the item, everything else balanced."""
    columns = side_of(seen, one.item, truth) or (one.item,)
    free = _some(seen, one, pair, rng)
    people = people_of(seen, free, columns, skips_known=True)
    traded = exchanged(seen.rows, *pair, (one.item,))
    for item in columns:
        for kind in kinds(seen):
            _kept(people, kind, item, traded[:, item])
        everybody = np.arange(len(seen.entries))
        for point in range(seen.asked.scale.points + 1):
            people.program.exactly(people.of(everybody, item, (point,)), int((seen.rows[:, item] == point).sum()))
    _scores_kept(people, one, truth)
    people.program.goal = {flag: rng.random() for flag in people.of(np.flatnonzero(free), one.item, (1, 3, 5))}
    said, values = people.program.best(seconds)
    return people.world(values) if said == "found" else None


def _some(seen: RoundSeen, one: Suspicion, pair: tuple[int, int], rng: random.Random) -> np.ndarray:
    free, places = np.zeros(len(seen.entries), bool), np.flatnonzero(one.free(seen)).tolist()
    chosen = {*pair, *rng.sample(one.others, min(6, len(one.others))), *rng.sample(places, min(16, len(places)))}
    free[list(chosen)] = True
    return free


def _kept(people: People, kind: np.ndarray, item: int, answers: np.ndarray) -> None:
    thirds = people.seen.thirds
    for third in range(3):
        points = tuple(point for point, of in enumerate(thirds) if of == third)
        people.program.exactly(people.of(kind, item, points), int((thirds[answers[kind]] == third).sum()))


def _scores_kept(people: People, one: Suspicion, truth: Seen) -> None:
    """In every group, and beside every class of the other side, as many people in each class as before."""
    seen = people.seen
    mine = pole_classes(seen, seen.rows, people.columns)
    pole = seen.asked.items[one.item].pole
    beside = {"DL": "IL", "IL": "DL"}.get(pole)
    columns = tuple(place for place in truth.closing.items if seen.asked.items[place].pole == beside)
    other = pole_classes(seen, seen.rows, columns) if columns else np.zeros(len(mine), int)
    parts = seen.groups if groups_stand(seen) else np.zeros(len(mine), int)
    marks = np.array([f"{part} {cell}" for part, cell in zip(parts, other, strict=True)])
    for mark in set(marks.tolist()):
        who = np.flatnonzero(marks == mark)
        for place in range(5):
            people.program.exactly([people.classes[int(one)][place] for one in who], int((mine[who] == place).sum()))
    if f"alpha {pole}" in truth.closing.tables:
        _spread_kept(people, np.where((keyed(seen, seen.rows, people.columns) >= 0).all(1))[0])


def _spread_kept(people: People, full: np.ndarray) -> None:
    """The squares of the sums add up as before, which with the items' own counts is all that alpha asks."""
    seen, program = people.seen, people.program
    sums = keyed(seen, seen.rows, people.columns).sum(1)
    most, squares = (seen.asked.scale.points - 1) * len(people.columns), {}
    for place in full:
        flags = [program.flag() for _ in range(most + 1)]
        program.exactly(flags, 1)
        values = {people.at[int(place), item][point]: -float(_value(seen, item, point))
                  for item in people.columns for point in range(1, seen.asked.scale.points + 1)}
        program.limit({**values, **{flag: float(total) for total, flag in enumerate(flags)}}, 0, 0)
        squares |= {flag: float(total * total) for total, flag in enumerate(flags)}
    total = float((sums[full] ** 2).sum())
    program.limit(squares, total, total)
