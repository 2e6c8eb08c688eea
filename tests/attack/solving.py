"""What answers, tables and sides allow together, as whole numbers under linear conditions, for a solver.

`forced` asks what is published of one side, silences left out: where nobody of the suspects can stand elsewhere even
then, they are resolved. `solved` looks for a world that keeps more than is asked, so that it is one of those that look
alike. Between the two lies what is not decided.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from tests.attack.silence import attempts, group_silences, three_of
from tests.attack.suspects import Suspicion, kinds
from tests.attack.swaps import beside, exchanged, side_of
from tests.attack.worlds import RoundSeen, Rows, Seen, groups_stand, keyed, parts_of, pole_classes
from workshop.inventory import LIGHT_POLES
from workshop.release import Cell, Plane, ScoreTable, classes_of, pole_limits
from workshop.statistics import alpha, alpha_interval

Terms = dict[int, float]
SECONDS = 20.0
MOST_FREE = 24


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
        """"none", "found" with the values, or "time"; without any time nothing is asked."""
        if seconds <= 0:
            return "time", []
        import highspy  # 3 MB that only the long form needs

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
    """The answers of a room to some sides' items as flags: `at[entry, item][point]`, `classes[entry, side]`."""

    program: Program
    seen: RoundSeen
    at: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    classes: dict[tuple[int, str], list[int]] = field(default_factory=dict)

    def of(self, places: np.ndarray, item: int, points: tuple[int, ...]) -> list[int]:
        """The flags that these people gave one of these points."""
        return [self.at[int(place), item][point] for place in places for point in points]

    def world(self, values: list[float]) -> Rows:
        """The truth with the answers that were found laid over it."""
        rows = self.seen.rows.copy()
        for (place, item), flags in self.at.items():
            rows[place, item] = next(point for point, flag in enumerate(flags) if values[flag] > 0.5)
        return rows


def people_of(seen: RoundSeen, free: np.ndarray, sides: dict[str, tuple[int, ...]], *, skips_known: bool) -> People:
    """Everybody's answers, those of whom is not free fixed, with the class of each score."""
    found = People(Program(), seen)
    for place in range(len(seen.entries)):
        for pole, columns in sides.items():
            for item in columns:
                found.at[place, item] = _answer(found, int(seen.rows[place, item]), bool(free[place]), skips_known)
            found.classes[place, pole] = _score(found, place, columns)
    return found


def _answer(people: People, mine: int, free: bool, skips_known: bool) -> list[int]:
    fixed = not free or (skips_known and mine == 0)
    flags = [people.program.flag((point == mine) if fixed else False if skips_known and point == 0 else None)
             for point in range(people.seen.asked.scale.points + 1)]
    people.program.exactly(flags, 1)
    return flags


def _score(people: People, place: int, columns: tuple[int, ...]) -> list[int]:
    """Flags for the five classes of a score and, last, for none: an answer too few, or 8 s against (K - 1) a odd."""
    program, seen = people.program, people.seen
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


def forced(seen: RoundSeen, one: Suspicion, truth: Seen, rng: random.Random, *, both: bool = False, fine: bool = False,
           seconds: float = SECONDS) -> tuple[bool | None, Rows | None]:
    """Whether the tables of one side, or of `both` and the plane, hold all suspects where they are, silences of items
    included; None: not decided in time. If not, a world that comes close; alpha is not asked. `fine` asks for the
    plane's 25 places as they are, which proves nothing, and finds a world where the rectangles alone do not."""
    mine = side_of(seen, one.item, truth) or (one.item,)
    sides = {seen.asked.items[one.item].pole: mine}
    if both:
        sides |= {pole: side for pole in LIGHT_POLES if (side := _side(seen, pole, truth))}
    people = people_of(seen, one.free(seen), sides, skips_known=False)
    for pole, columns in sides.items():
        for item in columns:
            _items_as_shown(people, item, truth)
        _scores_as_shown(people, pole, truth)
    if both and truth.closing.tables.get("plane") is not None:
        _plane_as_shown(people, _fine(seen, sides) if fine else truth.closing.tables["plane"])
    elsewhere = _elsewhere(people, one)
    people.program.limit(dict.fromkeys(elsewhere, 1.0), 1, len(one.others))
    people.program.goal = {flag: rng.random() for flag in elsewhere}
    said, values = people.program.best(seconds)
    return (None if said == "time" else said == "none"), (people.world(values) if values else None)


def _fine(seen: RoundSeen, sides: dict[str, tuple[int, ...]]) -> Plane:
    """Where everybody truly is."""
    x, y = (pole_classes(seen, seen.rows, sides[pole]) for pole in LIGHT_POLES)
    cells = Counter((int(a), int(b)) for a, b in zip(x, y, strict=True) if a >= 0 and b >= 0)
    return Plane(5, tuple(Cell(a, b, 1, 1, people) for (a, b), people in cells.items()))


def _side(seen: RoundSeen, pole: str, truth: Seen) -> tuple[int, ...]:
    return tuple(place for place in truth.closing.items if seen.asked.items[place].pole == pole)


def _plane_as_shown(people: People, plane: Plane) -> None:
    """As many people as drawn in each rectangle, and nobody with two scores outside of them."""
    program = people.program
    places = range(len(people.seen.entries))
    flags = {(place, number): program.flag() for place in places for number in range(len(plane.cells))}
    for place in places:
        across, along = people.classes[place, "DL"], people.classes[place, "IL"]
        for number, cell in enumerate(plane.cells):
            flag = flags[place, number]
            for side, (start, size) in ((across, (cell.x, cell.w)), (along, (cell.y, cell.h))):
                program.limit({flag: 1.0, **{side[one]: -1.0 for one in _five(plane.bins, start, size)}}, -1, 0)
        inside = {flags[place, number]: 1.0 for number in range(len(plane.cells))}
        program.limit({**inside, across[5]: 1.0, along[5]: 1.0}, 1, 2)
    for number, cell in enumerate(plane.cells):
        program.exactly([flags[place, number] for place in places], cell.n)


def _five(bins: int, start: int, size: int) -> tuple[int, ...]:
    """The classes of five that so many bins of a plane's side stand for."""
    thirds = {3: ((0, 1), (2,), (3, 4)), 5: ((0,), (1,), (2,), (3,), (4,))}[bins]
    return tuple(place for third in thirds[start:start + size] for place in third)


def _items_as_shown(people: People, item: int, truth: Seen) -> None:
    seen, grouped = people.seen, truth.closing.grouped.get(item)
    if grouped is not None:
        groups, _ = parts_of(seen)
        everybody = np.ones(len(seen.entries), bool)
        for who, table in ((everybody, grouped.whole), *zip(groups, grouped.groups, strict=True)):
            _counted(people, np.flatnonzero(who), item, table.bins, table.counts)
        if seen.last == 1:
            return  # what the whole would have been without groups was never told
    _points_kept(people, item, truth)
    for one in attempts(seen, item):
        who = np.flatnonzero((seen.releases >= one.first) & (seen.releases <= one.last))
        ways = [people.program.flag() for _ in one.ways]
        people.program.exactly(ways, 1)
        for third in range(3):
            points = tuple(point for point, of in enumerate(seen.thirds) if of == third)
            picked = {flag: -float(way[third]) for flag, way in zip(ways, one.ways, strict=True) if way[third]}
            people.program.limit({**dict.fromkeys(people.of(who, item, points), 1.0), **picked}, 0, 0)


def _counted(people: People, who: np.ndarray, item: int, bins: tuple, counts: tuple[int, ...]) -> None:
    for points, count in zip(bins, counts, strict=True):
        people.program.exactly(people.of(who, item, points), count)


def _scores_as_shown(people: People, pole: str, truth: Seen) -> None:
    table, grouped = truth.closing.tables.get(f"pole {pole}"), truth.closing.tables.get(f"groups {pole}")
    everybody = np.ones(len(people.seen.entries), bool)
    if grouped is not None:
        groups, _ = parts_of(people.seen)
        for who, part in ((everybody, grouped.whole), *zip(groups, grouped.groups, strict=True)):
            _classed(people, pole, np.flatnonzero(who), part)
    elif table is not None:
        _classed(people, pole, np.flatnonzero(everybody), table)


def _classed(people: People, pole: str, who: np.ndarray, table: ScoreTable) -> None:
    edges = (Fraction(0), *pole_limits(5))
    for (low, high), count in zip(table.bins, table.counts, strict=True):
        places = [place for place, edge in enumerate(edges) if low <= edge < high]
        people.program.exactly([people.classes[int(one), pole][place] for one in who for place in places], count)


# a world that keeps more than is asked


def solved(seen: RoundSeen, one: Suspicion, truth: Seen, pair: tuple[int, int] | None, rng: random.Random, *,
           seconds: float = SECONDS) -> tuple[str, Rows | None]:
    """A world in which one of the others stands elsewhere, the other side's answers as they are.

    With a pair, people of its two kinds trade places on the item, every block of every item and both sides together
    keep as many people in each class. Else only what was drawn is kept, and what it was silent about.
    """
    columns = side_of(seen, one.item, truth) or (one.item,)
    pole, free = seen.asked.items[one.item].pole, _some(seen, one, pair, rng) if pair else one.free(seen)
    people = people_of(seen, free, {pole: columns}, skips_known=True)
    for item in columns:
        if pair:
            _blocks_kept(people, item, exchanged(seen.rows, *pair, (one.item,))[:, item])
            _points_kept(people, item, truth)
        else:
            _items_as_shown(people, item, truth)
            _groups_silent(people, one, item, truth)
    (_scores_kept if pair else _scores_drawn)(people, one, truth)
    if truth.closing.tables.get(f"alpha {pole}") is not None:
        _alpha_kept(people, columns, np.flatnonzero((keyed(seen, seen.rows, columns) >= 0).all(1)))
    elsewhere = _elsewhere(people, one)
    people.program.limit(dict.fromkeys(elsewhere, 1.0), 1, len(one.others))
    people.program.goal = {flag: rng.random() for flag in elsewhere}
    said, values = people.program.best(seconds)
    return said, people.world(values) if said == "found" else None


def _groups_silent(people: People, one: Suspicion, item: int, truth: Seen) -> None:
    """An item that is told of all and of no group: the one in question in every way that comes to that, any other with
    each group as it is."""
    seen, table = people.seen, truth.items[people.seen.visible.index(item)][-1]
    if not groups_stand(seen) or item in truth.closing.grouped or table is None or table.n < len(seen.entries):
        return
    groups, _ = parts_of(seen)
    true = tuple(three_of(seen, seen.rows[who, item]) for who in groups)
    ways = group_silences(seen, item, table) if item == one.item and seen.last == 1 else [true]
    flags = [people.program.flag() for _ in ways]
    people.program.exactly(flags, 1)
    for number, who in enumerate(groups):
        for third in range(3):
            points = tuple(point for point, of in enumerate(seen.thirds) if of == third)
            picked = {flag: -float(way[number][third]) for flag, way in zip(flags, ways, strict=True)}
            there = dict.fromkeys(people.of(np.flatnonzero(who), item, points), 1.0)
            people.program.limit({**there, **picked}, 0, 0)


def _elsewhere(people: People, one: Suspicion) -> list[int]:
    other = tuple(point for point, third in enumerate(people.seen.thirds) if third != one.third)
    return people.of(np.array(one.others), one.item, other)


def _blocks_kept(people: People, item: int, answers: np.ndarray) -> None:
    """As many people of every kind in each class."""
    thirds = tuple(tuple(point for point, of in enumerate(people.seen.thirds) if of == third) for third in range(3))
    for kind in kinds(people.seen):
        _counted(people, kind, item, thirds, tuple(int(np.isin(answers[kind], part).sum()) for part in thirds))


def _scores_drawn(people: People, one: Suspicion, truth: Seen) -> None:
    """The side's own table, and the plane's rectangles with everybody's other side as it is."""
    seen, pole = people.seen, people.seen.asked.items[one.item].pole
    _scores_as_shown(people, pole, truth)
    plane = truth.closing.tables.get("plane")
    if plane is None or pole not in LIGHT_POLES:
        return
    other = beside(seen, one.item, truth)
    for cell in plane.cells:
        spans = {"DL": (cell.x, cell.w), "IL": (cell.y, cell.h)}
        mine, theirs = (_five(plane.bins, *spans[side]) for side in (pole, "IL" if pole == "DL" else "DL"))
        who = np.flatnonzero(np.isin(other, theirs))
        people.program.exactly([people.classes[int(place), pole][part] for place in who for part in mine], cell.n)


def _some(seen: RoundSeen, one: Suspicion, pair: tuple[int, int], rng: random.Random) -> np.ndarray:
    free, places = np.zeros(len(seen.entries), bool), np.flatnonzero(one.free(seen)).tolist()
    chosen = {*pair, *rng.sample(one.others, min(8, len(one.others))), *rng.sample(places, min(MOST_FREE, len(places)))}
    free[list(chosen)] = True
    return free


def _points_kept(people: People, item: int, truth: Seen) -> None:
    """Where every point was told, as many people on each as before."""
    seen, table = people.seen, truth.items[people.seen.visible.index(item)][-1]
    if table is None or classes_of(table) <= 3:
        return
    for point in range(seen.asked.scale.points + 1):
        everybody = people.of(np.arange(len(seen.entries)), item, (point,))
        people.program.exactly(everybody, int((seen.rows[:, item] == point).sum()))


def _scores_kept(people: People, one: Suspicion, truth: Seen) -> None:
    """In every group, and beside every class of the other side, as many people in each class as before."""
    seen = people.seen
    pole = seen.asked.items[one.item].pole
    mine = pole_classes(seen, seen.rows, side_of(seen, one.item, truth) or (one.item,))
    other = beside(seen, one.item, truth)
    parts = seen.groups if groups_stand(seen) else np.zeros(len(mine), int)
    marks = np.array([f"{part} {cell}" for part, cell in zip(parts, other, strict=True)])
    for mark in set(marks.tolist()):
        who = np.flatnonzero(marks == mark)
        for place in range(5):
            flags = [people.classes[int(one), pole][place] for one in who]
            people.program.exactly(flags, int((mine[who] == place).sum()))


def _alpha_kept(people: People, columns: tuple[int, ...], full: np.ndarray) -> None:
    """Alpha and its interval in two decimals: with the sums of every item as they were, a condition on squares.

    alpha = k / (k - 1) (1 - sum V_i / V_T) with V = n sum x^2 - (sum x)^2 lies between the ends that round alike.
    """
    values, k, n = keyed(people.seen, people.seen.rows, columns)[full], len(columns), len(full)
    sums = values.sum(0)
    for item, total in zip(columns, sums, strict=True):
        people.program.limit(_weighed(people, full, item, 1), int(total), int(total))
    apart: Terms = {}
    for item in columns:
        apart |= {flag: n * weight for flag, weight in _weighed(people, full, item, 2).items()}
    whole = {flag: n * weight for flag, weight in _sums(people, columns, full).items()}
    low, high = _ends(values)
    shifts = float((sums ** 2).sum()), float(sums.sum() ** 2)
    for end, least in ((high, True), (low, False)):
        share = 1 - end * (k - 1) / k
        edge = shifts[0] - share * shifts[1]
        terms = {**apart, **{flag: -share * weight for flag, weight in whole.items()}}
        people.program.limit(terms, *((edge, float("inf")) if least else (float("-inf"), edge)))


def _weighed(people: People, full: np.ndarray, item: int, power: int) -> Terms:
    return {people.at[int(place), item][point]: float(_value(people.seen, item, point) ** power)
            for place in full for point in range(1, people.seen.asked.scale.points + 1)}


def _sums(people: People, columns: tuple[int, ...], full: np.ndarray) -> Terms:
    """The squares of everybody's sum, by a flag for each sum there can be."""
    seen, program, squares = people.seen, people.program, {}
    for place in full:
        flags = [program.flag() for _ in range((seen.asked.scale.points - 1) * len(columns) + 1)]
        program.exactly(flags, 1)
        values = {people.at[int(place), item][point]: -float(_value(seen, item, point))
                  for item in columns for point in range(1, seen.asked.scale.points + 1)}
        program.limit({**values, **{flag: float(total) for total, flag in enumerate(flags)}}, 0, 0)
        squares |= {flag: float(total * total) for total, flag in enumerate(flags)}
    return squares


def _ends(values: np.ndarray) -> tuple[float, float]:
    """How far alpha can move and still be told in the same two decimals."""
    n, k = values.shape
    spread = [n * int((one ** 2).sum()) - int(one.sum()) ** 2 for one in (*values.T, values.sum(1))]
    true = alpha(spread[:-1], spread[-1])
    told = alpha_interval(true, n, k).rounded(2)
    steps = np.arange(-0.01, 0.01, 0.0002)
    alike = [true + step for step in steps if alpha_interval(true + step, n, k).rounded(2) == told]
    return min(alike, default=true) - 1e-9, max(alike, default=true) + 1e-9
