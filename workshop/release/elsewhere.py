"""Whether people could have answered otherwise where a side sums up more than its statements' own tables tell (R3, R9).

A release, or a group, of which nearly all said the same of a statement shows no table of that statement by itself. But
the statement is in the table of its side, together with others that are told of that release or group alone, and sums
can be so extreme that only one room fits. So a side is shown only where another room is found that looks the same.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import Protocol

from workshop.release.grouping import grouped_items
from workshop.release.levels import Policy
from workshop.release.tables import Counts, Table, next_item_table, thirds_of
from workshop.release.trades import Mixture, Trade, mixtures

# With two people outside the class of the many, whoever is one of them still does not know where the other stands; and
# with three nobody who is alone there learns it from the side being hidden, for with two it would be hidden as well.
FEWEST_OUTSIDE = 3
PATIENCE = 400_000  # tables; about a second


@dataclass(frozen=True)
class Exchange:
    """People of the part `one` and as many of `other` trade what they answered: the points `given` for `taken`."""

    one: int
    given: tuple[int, ...]
    other: int
    taken: tuple[int, ...]


class Told(Protocol):
    """What is told of one statement by parts of the room, releases or groups."""

    @property
    def apart(self) -> bool:
        """Whether every point stands apart in everybody's table."""

    def beside(self, part: int) -> Collection[int]:
        """The other parts, from which tables of this statement do not tell this one; none where it stands alone."""

    def alike(self, exchange: Exchange) -> bool:
        """Whether after it the same would have been told, and of the same nothing."""

    def effort(self, part: int) -> int:
        """How many tables have to be made to say so."""


@dataclass(frozen=True)
class Grown:
    """A statement in a round of several releases: people by point in each of them, from release 1."""

    blocks: tuple[Counts, ...]
    policy: Policy
    dark: bool = False
    apart: bool = False

    @cached_property
    def wall(self) -> tuple[Table | None, ...]:
        """The table after each release."""
        return tuple(_wall(None, self.blocks, self.policy, self.dark))

    @cached_property
    def updates(self) -> tuple[int, ...]:
        """The releases that changed the table."""
        return tuple(number for number, (before, after) in enumerate(pairwise((None, *self.wall)), 1)
                     if after is not before)

    def beside(self, part: int) -> Collection[int]:
        """The other releases that came into the table in the same update."""
        return {*self._update(part)} - {part}

    def _update(self, part: int) -> range:
        first = max((number + 1 for number in self.updates if number < part), default=1)
        return range(first, min((number for number in self.updates if number >= part), default=len(self.wall)) + 1)

    def effort(self, part: int) -> int:
        """At each release every number of latest ones may be tried together."""
        return len(self._update(part)) ** 2

    def alike(self, exchange: Exchange) -> bool:
        """The update is the same, and those that failed on the way to it fail."""
        span = self._update(exchange.one)
        moved = _exchanged({number: self.blocks[number - 1] for number in span}, exchange)
        before = self.wall[span[0] - 2] if span[0] > 1 else None
        again = _wall(before, [moved[number] for number in span], self.policy, self.dark)
        return tuple(again) == self.wall[span[0] - 1:span[-1]]


@dataclass(frozen=True)
class Parted:
    """A statement in a room whose tables stand by group: people by point in each group, 0 = whoever gave none."""

    groups: Mapping[int, Counts]
    policy: Policy
    apart: bool

    @cached_property
    def shown(self) -> bool:
        """Whether it has a table for each group."""
        return self._shown(self.groups)

    def beside(self, part: int) -> Collection[int]:
        """Everybody else: what is shown of no group is shown of the whole alone."""
        return () if self.shown else self.groups.keys() - {part}

    def effort(self, part: int) -> int:
        """One for each group."""
        return 1 + len(self.beside(part))

    def alike(self, exchange: Exchange) -> bool:
        """No table by group, as before."""
        return not self._shown(_exchanged(self.groups, exchange))

    def _shown(self, groups: Mapping[int, Counts]) -> bool:
        parts = [counts for group, counts in sorted(groups.items()) if group]
        nobody = tuple(0 for _ in parts[0])
        return grouped_items(parts, groups.get(0, nobody), self.policy) is not None


@dataclass(frozen=True)
class Statement:
    """One statement of a side: everybody's raw point, 0 = skipped, in one order for all statements of the side."""

    points: Sequence[int]
    straight: bool
    told: Told


def could_be_elsewhere(side: Sequence[Statement], parts: Sequence[int], scale: int,
                       patience: int = PATIENCE) -> bool:
    """Whether, whoever looks, the table of a side leaves open where the people of every part of the room stand.

    `parts` is everybody's release or group, `patience` how many tables may be made to find out: where more would be
    needed (hundreds of people of one mind in dozens of releases) nothing is found, and the side is not shown.

    For each statement, and each part that is not told of by itself and of which fewer than three stand outside the
    class of the many, an exchange of answers is looked for after which every table would be the same.
    """
    room, members = _Room(tuple(side), tuple(parts), scale, _Patience(patience)), _members(parts)
    return all(room.free(statement, part, members) for statement in side for part in members)


Span = tuple[int, int, int, int]


@dataclass
class _Patience:
    left: int

    def lasts(self, effort: int) -> bool:
        """Whether so much more can be done, which is then spent."""
        self.left -= effort
        return self.left >= 0


@dataclass(frozen=True)
class _Room:
    side: tuple[Statement, ...]
    parts: tuple[int, ...]
    scale: int
    patience: _Patience

    @cached_property
    def thirds(self) -> tuple[int, ...]:
        """Low, middle or high of each point, the skipped in the middle."""
        low, _, high = thirds_of(self.scale)
        return tuple(0 if point in low else 2 if point in high else 1 for point in range(self.scale + 1))

    @cached_property
    def spans(self) -> list[Span]:
        """Of everybody: the lowest and the highest sum that nobody could tell from theirs, how many answers there
        are in it, and the class of it."""
        return [self._span(person) for person in range(len(self.parts))]

    def _span(self, person: int) -> Span:
        reach = [self._reach(one, one.points[person]) for one in self.side]
        low, high, answered = (sum(part) for part in zip(*reach, strict=True))
        total = sum(_keyed(one, one.points[person], self.scale) for one in self.side if one.points[person])
        return low, high, answered, self._class(total, answered)

    def free(self, statement: Statement, part: int, members: Mapping[int, Sequence[int]]) -> bool:
        """Whether somebody of this part could stand elsewhere, in the eyes of each one who looks."""
        beside = statement.told.beside(part)
        [(many, most)] = Counter(self.thirds[statement.points[one]] for one in members[part]).most_common(1)
        if not beside or len(members[part]) - most >= FEWEST_OUTSIDE:
            return True
        around = [one for other in sorted(beside) for one in members.get(other, ())]
        few = len(members[part]) - most
        moves = self._moves(statement, *self._sides(statement, members[part], around, many))
        # Where somebody stands outside, only he could take all the others for one; and he is in no exchange.
        if few < 2:
            return next(moves, None) is not None if few else _nobody_in_all(moves)
        back = self._moves(statement, *reversed(self._sides(statement, around, members[part], many)))
        return next(chain(moves, back), None) is not None

    def _sides(self, statement: Statement, inside: Sequence[int], outside: Sequence[int],
               many: int) -> tuple[list[int], list[int]]:
        """Who of the ones is with the many, and who of the others is not."""
        with_them = {one for one in (*inside, *outside) if self.thirds[statement.points[one]] == many}
        return [one for one in inside if one in with_them], [one for one in outside if one not in with_them]

    def _moves(self, statement: Statement, inside: Sequence[int], others: Sequence[int]) -> Iterator[set[int]]:
        """Exchanges after which all is told as it is: of each the people without whom there would be none."""
        theirs = self._kinds(statement, others)
        for (part, _), some in self._kinds(statement, inside).items():
            for other in sorted({other for other, _ in theirs}):
                trade = self._trade(statement, some, {taken: many for (at, taken), many in theirs.items()
                                                      if at == other})
                for mixture in mixtures(trade, mixed=not statement.told.apart):
                    if not self.patience.lasts(statement.told.effort(part)):
                        return
                    if statement.told.alike(self._exchange(statement, part, some, other, mixture, trade)):
                        yield trade.needed(mixture)

    def _trade(self, statement: Statement, some: Sequence[int], theirs: Mapping[int, Sequence[int]]) -> Trade:
        point = statement.points[some[0]]
        return Trade(
            {kind: {one for one in some if self._fits(statement, one, statement.points[many[0]])}
             for kind, many in theirs.items()},
            {kind: {one for one in many if self._fits(statement, one, point)} for kind, many in theirs.items()})

    def _exchange(self, statement: Statement, part: int, some: Sequence[int], other: int, mixture: Mixture,
                  trade: Trade) -> Exchange:
        taken = [one for kind, people in mixture.items() for one in sorted(trade.theirs[kind])[:people]]
        return Exchange(part, tuple(statement.points[one] for one in some[:len(taken)]), other,
                        tuple(statement.points[one] for one in taken))

    def _kinds(self, statement: Statement, people: Sequence[int]) -> Mapping[tuple[int, int], Sequence[int]]:
        """By part, and by what the tables tell apart: points or thirds."""
        kinds: dict[tuple[int, int], list[int]] = {}
        for person in people:
            point = statement.points[person]
            kind = point if statement.told.apart else self.thirds[point]
            kinds.setdefault((self.parts[person], kind), []).append(person)
        return kinds

    def _fits(self, statement: Statement, person: int, point: int) -> bool:
        """Whether with this point a sum can stand where it stands."""
        *known, place = self.spans[person]
        was, now = self._reach(statement, statement.points[person]), self._reach(statement, point)
        low, high, answered = (one - two + three for one, two, three in zip(known, was, now, strict=True))
        return any(self._class(total, answered) == place for total in range(low, high + 1))

    def _reach(self, statement: Statement, point: int) -> tuple[int, int, int]:
        """The lowest and the highest keyed value, from 0, that nobody could tell from this point; and one answer."""
        if not point:
            return 0, 0, 0
        third = next(third for third in thirds_of(self.scale) if point in third)
        values = [_keyed(statement, one, self.scale) for one in ((point,) if statement.told.apart else third)]
        return min(values), max(values), 1

    def _class(self, total: int, answered: int) -> int:
        """0 to 4, or -1 where too few were answered."""
        if not answered or 3 * answered < 2 * len(self.side):
            return -1
        return sum(200 * total >= 25 * odd * (self.scale - 1) * answered for odd in (1, 3, 5, 7))


def _members(parts: Sequence[int]) -> Mapping[int, Sequence[int]]:
    members: dict[int, list[int]] = {}
    for person, part in enumerate(parts):
        members.setdefault(part, []).append(person)
    return members


def _nobody_in_all(moves: Iterator[set[int]]) -> bool:
    common = next(moves, None)
    return common is not None and (not common or any(not (common := common & needed) for needed in moves))


def _keyed(statement: Statement, point: int, scale: int) -> int:
    return point - 1 if statement.straight else scale - point


def _exchanged(parts: Mapping[int, Counts], exchange: Exchange) -> Mapping[int, Counts]:
    return {**parts, exchange.one: _moved(parts[exchange.one], exchange.given, exchange.taken),
            exchange.other: _moved(parts[exchange.other], exchange.taken, exchange.given)}


def _moved(counts: Counts, given: Sequence[int], taken: Sequence[int]) -> Counts:
    return tuple(people - given.count(point) + taken.count(point) for point, people in enumerate(counts))


def _wall(table: Table | None, blocks: Sequence[Counts], policy: Policy, dark: bool) -> Iterator[Table | None]:
    since: list[Counts] = []
    for block in blocks:
        since.append(block)
        after = next_item_table(table, since, policy, single=False, dark=dark)
        since = since if after is table else []
        table = after
        yield table
