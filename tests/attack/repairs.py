"""Another world in two steps: people change places in one answer; then the tables of scores are made what they were by
exchanges among people of one kind, which no table of an item can tell, and alpha what was told of it."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from tests.attack.suspects import Suspicion, kinds
from tests.attack.worlds import RoundSeen, Rows, alpha_told, keyed, pole_classes
from workshop.statistics import alpha

STEPS, NEARER = 24, 120
NO_SCORE = 5
Trade = tuple[tuple[int, int], ...]  # pairs who change places in one answer


def traded(rows: Rows, trade: Trade, item: int) -> Rows:
    """The world after it."""
    after, (some, others) = rows.copy(), (list(side) for side in zip(*trade, strict=True))
    after[some, item], after[others, item] = rows[others, item], rows[some, item]
    return after


@dataclass
class Repair:
    """Of one suspicion about an item of a score over `columns`. What the tables of scores tell apart: `drawn` classes,
    for each of the five and for no score, beside `marks`, such as the class of the other side. `fits` asks whether a
    world leaves an item's own tables as they are."""

    seen: RoundSeen
    one: Suspicion
    columns: tuple[int, ...]
    drawn: np.ndarray
    marks: np.ndarray
    rng: random.Random
    fits: Callable[[Rows, int], bool]

    def __post_init__(self) -> None:
        self.free = np.flatnonzero(self.one.free(self.seen))
        self.of_kind = {int(place): np.intersect1d(kind, self.free) for kind in kinds(self.seen) for place in kind}
        self.others = [item for item in self.columns if item != self.one.item]
        self.grid = self._grid(self._classes(self.seen.rows))
        self.told, self.true = self._told(self.seen.rows), self._alpha(self.seen.rows)

    def worlds(self, trades: Iterable[Trade]) -> Iterator[Rows]:
        """One for every trade that can be repaired."""
        for trade in trades:
            rows = traded(self.seen.rows, trade, self.one.item)
            if self._scores_again(rows) and self._alpha_again(rows):
                yield rows

    def _scores_again(self, rows: Rows) -> bool:
        """Exchanges by which ever fewer people stand where too many do."""
        for _ in range(STEPS):
            classes = self._classes(rows)
            off = self._grid(classes) - self.grid
            if not off.any():
                return True
            surplus = self.free[off[classes[self.free], self.marks[self.free]] > 0].tolist()
            way = self._best(rows, classes, off, self.rng.choice(surplus)) if surplus and self.others else None
            if way is None:
                return False
            person, other, item = way
            rows[[person, other], item] = rows[[other, person], item]
        return False

    def _best(self, rows: Rows, classes: np.ndarray, off: np.ndarray, person: int) -> tuple[int, int, int] | None:
        """The exchange of one answer of this person that leaves the least wrong; None where each makes it worse."""
        others, ways = self.of_kind[person], []
        for item in self.others:
            mine, theirs = np.repeat(rows[[person]], len(others), axis=0), rows[others]
            mine[:, item], theirs[:, item] = rows[others, item], rows[person, item]
            for other, own, its in zip(others.tolist(), self._classes(mine), self._classes(theirs), strict=True):
                if rows[other, item] != rows[person, item]:
                    moved = ((person, own), (other, its))
                    ways.append((self._wrong(off, classes, moved), self.rng.random(), other, item))
        least = min(ways, default=None)
        return (person, least[2], least[3]) if least and least[0] <= np.abs(off).sum() else None

    def _wrong(self, off: np.ndarray, classes: np.ndarray, moved: tuple[tuple[int, int], ...]) -> int:
        after = off.copy()
        for who, to in moved:
            after[classes[who], self.marks[who]] -= 1
            after[to, self.marks[who]] += 1
        return int(np.abs(after).sum())

    def _alpha_again(self, rows: Rows) -> bool:
        """Exchanges that leave all classes alone, as long as they bring alpha nearer."""
        classes = self._classes(rows)
        for _ in range(NEARER if self.others else 0):
            if self._told(rows) == self.told:
                return True
            person = int(self.rng.choice(self.free))
            other, item = int(self.rng.choice(self.free)), self.rng.choice(self.others)
            after = rows.copy()
            after[[person, other], item] = rows[[other, person], item]
            same = (self._classes(after[[person, other]]) == classes[[person, other]]).all()
            if other not in self.of_kind[person]:
                same = same and self.fits(after, item)
            if same and abs(self._alpha(after) - self.true) <= abs(self._alpha(rows) - self.true):
                rows[:] = after
        return self._told(rows) == self.told

    def _classes(self, rows: Rows) -> np.ndarray:
        classes = pole_classes(self.seen, rows, self.columns)
        return self.drawn[classes]

    def _grid(self, classes: np.ndarray) -> np.ndarray:
        grid = np.zeros((NO_SCORE + 1, int(self.marks.max(initial=0)) + 1), int)
        np.add.at(grid, (classes, self.marks), 1)
        return grid

    def _told(self, rows: Rows) -> object:
        return alpha_told(self.seen, rows, self.columns) if len(rows) >= 30 else None

    def _alpha(self, rows: Rows) -> float:
        values = keyed(self.seen, rows, self.columns)
        full = values[(values >= 0).all(1)]
        n = len(full)
        spread = [n * int((one ** 2).sum()) - int(one.sum()) ** 2 for one in (*full.T, full.sum(1))]
        return float(alpha(spread[:-1], spread[-1])) if n > 1 and spread[-1] and len(self.columns) > 1 else 0.0
