"""Chosen edges joined with answers: if phones offered only what follows from their answers, each tap would say
something of an answer, and a room would look the same only if its people could have tapped as was published.

`suggested` is what My page puts first. The attacker who takes it for all that a phone offers is the sharpest there
can be; against what phones truly offer (`anything`) edges tell him nothing of answers.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain, islice
from typing import Literal

import numpy as np

from tests.attack.reading import as_told
from tests.attack.silence import attempts
from tests.attack.suspects import Suspicion
from tests.attack.swaps import exchanged, moves_of
from tests.attack.worlds import RoundSeen, Rows, Seen, groups_stand, published
from workshop.inventory import LIGHT_POLES, Questionnaire
from workshop.scoring import MOST_EDGES, profile
from workshop.sessions import gathering

Offer = Callable[[Questionnaire, tuple[int, ...]], frozenset[str]]
Joined = Literal["silent", "moves", "crowded", "undecided"]
MOST_MOVES, MOST_DRAWS = 200, 60
MOST_BEFORE = MOST_EDGES - 1


@lru_cache(maxsize=200_000)
def _edges(asked: Questionnaire, light: tuple[int, ...]) -> frozenset[str]:
    answers = zip(_light_ids(asked), light, strict=True)
    return frozenset(profile(asked, {id: point or None for id, point in answers}).edges)


@cache
def _light_ids(asked: Questionnaire) -> tuple[str, ...]:
    return tuple(asked.ids[place] for place in _light(asked))


@cache
def _light(asked: Questionnaire) -> tuple[int, ...]:
    return tuple(place for place, item in enumerate(asked.items) if item.pole in LIGHT_POLES)


def suggested(asked: Questionnaire, row: tuple[int, ...]) -> frozenset[str]:
    """The lowest sides of somebody who answered so."""
    return _edges(asked, tuple(row[place] for place in _light(asked)))


def anything(asked: Questionnaire, row: tuple[int, ...]) -> frozenset[str]:
    """Every light side, whatever was answered."""
    return frozenset(asked.items[place].facet for place in _light(asked))


@dataclass(frozen=True)
class Board:
    """The released edges of a round, with what the attacker knows: his own tap, and how many tapped who are in no
    release (`strangers`). Who else tapped is on nobody's screen."""

    seen: RoundSeen
    taps: Mapping[int, str]  # by person
    offer: Offer = suggested

    @cached_property
    def facets(self) -> list[str]:
        """The light sides in inventory order."""
        return list(dict.fromkeys(item.facet for item in self.seen.asked.items if item.pole in LIGHT_POLES))

    @cached_property
    def bars(self) -> tuple[tuple[str, int], ...]:
        """What was published; nothing where it was held back."""
        return self._drawn(Counter(self.taps.values()))

    @cached_property
    def strangers(self) -> int:
        """Taps of people none of whose answers were used."""
        return len(set(self.taps) - {entry.owner for entry in self.seen.entries})

    def fits(self, rows: Rows, owner: int) -> bool:
        """Whether these people could have tapped what was published, `owner` what he did tap."""
        if not self.bars:
            return True  # how many tapped is not known then either
        offers: dict[int, frozenset[str]] = {}
        for entry, row in zip(self.seen.entries, rows.tolist(), strict=True):
            if entry.owner != owner:
                offers[entry.owner] = offers.get(entry.owner, frozenset()) | self.offer(self.seen.asked, tuple(row))
        people = [*offers.values(), *[frozenset(self.facets)] * self.strangers]
        return any(_served(people, must, may, more) for must, may, more in self._ways(self.taps.get(owner)))

    def _drawn(self, taps: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
        return gathering.edges({facet: taps.get(facet, 0) for facet in self.facets}, self.seen.policy) or ()

    def _ways(self, own: str | None) -> Iterator[tuple[list[str], list[str], int]]:
        """How the others can have tapped: what they must have, and how many of what may stand in "others"."""
        shown = {facet: people for facet, people in self.bars if facet in self.facets}
        apart = dict(self.bars).get("others", 0)
        least = max(2, self.seen.policy.tau)
        hidden = [facet for facet in self.facets if facet not in shown]
        takes_in = [("", 0), *((facet, people) for facet in hidden for people in range(least, apart))]
        for facet, people in takes_in:
            small = [one for one in hidden if one != facet for _ in range(least - 1)]
            must = Counter({**shown, **({facet: people} if facet else {})})
            if self._drawn(must + Counter(small[:apart - people])) != self.bars:
                continue
            more = apart - people
            if own in must:
                must[own] -= 1
            elif own in small and more:
                small.remove(own)
                more -= 1
            elif own:
                continue
            yield list(must.elements()), small, more


def _served(people: Sequence[frozenset[str]], must: Sequence[str], may: Sequence[str], more: int) -> bool:
    """Whether each of these facets, and so many of those that may be, can be somebody's: a matching."""
    whose: dict[int, str] = {}

    def found(facet: str, met: set[int]) -> bool:
        for person, offers in enumerate(people):
            if facet in offers and person not in met:
                met.add(person)
                if person not in whose or found(whose[person], met):
                    whose[person] = facet
                    return True
        return False

    return all(found(facet, set()) for facet in must) and len(list(islice((1 for one in may if found(one, set())),
                                                                          more))) == more


# another room in which the taps fit as well


def joined(board: Board, one: Suspicion, truth: Seen, rng: random.Random) -> tuple[Joined, Rows | None]:
    """What comes of a suspicion that everything else leaves open, once edges are joined with answers."""
    if not board.bars:
        return "silent", None
    seen, owner = board.seen, board.seen.entries[one.known[0]].owner
    told = as_told(seen, truth)
    moves = chain(_alone(seen, one, rng), islice(moves_of(seen, one, truth, rng), MOST_MOVES))
    for rows in moves:
        if board.fits(rows, owner) and as_told(seen, published(seen, rows)) == told:
            return "moves", rows
    return ("crowded" if is_crowded(board, one) else "undecided"), None


def _alone(seen: RoundSeen, one: Suspicion, rng: random.Random) -> Iterator[Rows]:
    """One of them elsewhere, all of them, some; or with all answers of somebody who stands elsewhere."""
    points = [point for point in range(seen.asked.scale.points + 1) if seen.thirds[point] != one.third]
    for people in [[rng.choice(one.others)], list(one.others), *_draws(one.others, rng)]:
        for point in points:
            rows = seen.rows.copy()
            rows[people, one.item] = point
            yield rows
    elsewhere = np.flatnonzero(one.free(seen) & (seen.thirds[seen.rows[:, one.item]] != one.third)).tolist()
    everything = tuple(range(len(seen.asked.items)))
    for _ in range(MOST_DRAWS if elsewhere else 0):
        p, q = rng.choice(one.others), rng.choice(elsewhere)
        yield exchanged(seen.rows, p, q, everything if rng.random() < 0.5 else (one.item,))


def _draws(others: Sequence[int], rng: random.Random) -> Iterator[list[int]]:
    for _ in range(MOST_DRAWS):
        yield rng.sample(others, rng.randint(1, len(others)))


# the proof that there is none


def is_crowded(board: Board, one: Suspicion) -> bool:
    """Whether the people who tapped a facet can only have tapped it from the class they stand in.

    From the middle somebody is offered it only with at most two lower sides, from above only with none; so many low
    answers as the tables count cannot all be others' then. Exact counts of one statement a facet, in one release.
    """
    seen, item = board.seen, board.seen.asked.items[one.item]
    light = [place for place, other in enumerate(seen.asked.items) if other.pole in LIGHT_POLES]
    foot = 0 if item.keyed == 1 else 2
    facets = [seen.asked.items[place].facet for place in light]
    apart = seen.last > 1 or groups_stand(seen) or len(one.others) + len(one.known) < len(seen.entries)
    if apart or item.facet not in facets or len(set(facets)) < len(facets) or one.third != foot:
        return False
    tapped = dict(board.bars).get(item.facet, 0) - (board.taps.get(seen.entries[one.known[0]].owner) == item.facet)
    lows = sum(_fewest_low(seen, place, one) for place in light if place != one.item)
    others = len(one.others)
    most = [max(0, tapped - board.strangers - low) for low in _can_be_low(seen, one, foot)]
    return all(lows > MOST_BEFORE * up + (len(light) - 1) * (others - up) or up > others for up in most)


def _can_be_low(seen: RoundSeen, one: Suspicion, foot: int) -> set[int]:
    """How many of the others can be at the foot of the suspicious statement and not all."""
    own = int((seen.thirds[seen.rows[list(one.known), one.item]] == foot).sum())
    ways = [way for attempt in attempts(seen, one.item) for way in attempt.ways]
    every = {way[foot] - own for way in ways} if ways else set(range(len(one.others)))
    return {low for low in every if 0 <= low < len(one.others)}


def _fewest_low(seen: RoundSeen, place: int, one: Suspicion) -> int:
    """How many of the others at least are at the foot of a statement, by its table."""
    foot = 0 if seen.asked.items[place].keyed == 1 else 2
    own = int((seen.thirds[seen.rows[list(one.known), place]] == foot).sum())
    ways = [way for attempt in attempts(seen, place) for way in attempt.ways]
    return max(0, min((way[foot] for way in ways), default=0) - own)
