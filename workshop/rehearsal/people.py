"""Simulated people: plausible answers, drawn from a seed so that a test can know them beforehand."""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Answers = Mapping[str, int | None]

CAMP = 1.15
SKIPS = 0.02
STOPS_EARLY = 0.04
TAPS_AN_EDGE = 0.85
PRACTISED = 0.15  # how much more often the light sides are answered when the room meets again
MOVED = 0.25  # points of the scale from which on a person says that something has changed
LIGHT = ("DL", "IL")
WORDS = ("lighter", "asking", "honest", "room", "slower", "together", "curious", "warm", "thoughtful", "ready")


class Chance(random.Random):
    """Repeatable by its seed, and no secret."""


class Statement(NamedTuple):
    """What a phone knows of an item."""

    id: str
    facet: str
    pole: str
    keyed: int


class Leaning(NamedTuple):
    """How a pole is answered on a scale of 1 to 5: its mean, its spread, and what its items share."""

    mean: float
    spread: float
    shared: float


# Light sides near 66 of 100 with r about .25 between items, dark ones lower with r about .30.
LEANINGS: Mapping[str, Leaning] = {
    "DL": Leaning(3.66, 0.86, 0.55), "IL": Leaning(3.66, 0.86, 0.55),
    "DD": Leaning(2.35, 0.85, 0.58), "ID": Leaning(2.45, 0.85, 0.58),
    "RD": Leaning(3.35, 0.95, 0.50), "RI": Leaning(3.35, 0.95, 0.50),
}


@dataclass(frozen=True)
class Room:
    """What the people of one room have in common: easy and hard facets, and two they are of two minds about."""

    seed: int

    def ease(self, facet: str) -> float:
        """How much higher or lower the room answers a facet."""
        return Chance(f"{self.seed}-facet-{facet}").gauss(0, 0.32)

    def splits(self, statements: Sequence[Statement]) -> frozenset[str]:
        """One facet of each light side on which the room has two camps."""
        sides = [sorted({one.facet for one in statements if one.pole == pole}) for pole in LIGHT]
        return frozenset(Chance(f"{self.seed}-camps").choice(side) for side in sides if side)


@dataclass(frozen=True)
class Person:
    """One simulated participant; `number` counts from 0."""

    room: Room
    number: int

    def when(self, what: Literal["join", "send", "edge", "word"]) -> float:
        """When in its time window, 0 to 1: many early for joining, in the middle for the rest."""
        shape = {"join": (1.4, 2.2), "send": (2.5, 2.0), "edge": (1.5, 2.0), "word": (1.5, 2.0)}[what]
        return self._chance(what).betavariate(*shape)

    def answers(self, statements: Sequence[Statement], points: int, round: int = 1) -> Answers:
        """A raw point from 1 to `points` for every statement, or None where it is skipped.

        From round 2 on the same person answers anew, with the light sides a little more often.
        """
        chance = self._chance("answers" if round == 1 else f"answers in round {round}")
        lift = PRACTISED if round > 1 else 0.0
        shared, splits = self._shared(), self.room.splits(statements)
        camp = CAMP if chance.random() < 0.5 else -CAMP
        stops = len(statements) if chance.random() > STOPS_EARLY else chance.randrange(len(statements))
        drawn = {one.id: self._point(one, shared[one.pole],
                                     (camp if one.facet in splits else 0.0) + (lift if one.pole in LIGHT else 0.0),
                                     points, chance)
                 for one in statements}
        skipped = {one.id for place, one in enumerate(statements) if place >= stops or chance.random() < SKIPS}
        return {id: None if id in skipped else point for id, point in drawn.items()}

    def edge(self, statements: Sequence[Statement], answers: Answers) -> str | None:
        """The light facet that rings true: one of the three answered lowest; None for who taps none."""
        chance = self._chance("which edge")
        low = sorted((one.keyed * point, one.facet) for one in statements
                     if one.pole in LIGHT and (point := answers[one.id]) is not None)
        facets = list(dict.fromkeys(facet for _, facet in low))[:3]
        return chance.choice(facets) if facets and chance.random() < TAPS_AN_EDGE else None

    def word(self) -> str:
        """One word for the wall."""
        return self._chance("word").choice(WORDS)

    def _shared(self) -> Mapping[str, float]:
        """The factor of each pole: one positivity lifts both light sides and lowers the dark ones a little."""
        chance = self._chance("factors")
        positivity = chance.gauss(0, 1)
        weights = {"DL": 0.6, "IL": 0.6, "DD": -0.3, "ID": -0.3, "RD": 0.5, "RI": 0.5}
        return {pole: weight * positivity + math.sqrt(1 - weight**2) * chance.gauss(0, 1)
                for pole, weight in weights.items()}

    def _point(self, one: Statement, shared: float, more: float, points: int, chance: Chance) -> int:
        leaning = LEANINGS[one.pole]
        own = math.sqrt(1 - leaning.shared**2) * chance.gauss(0, 1)
        level = leaning.mean + self.room.ease(one.facet) + more + leaning.spread * (leaning.shared * shared + own)
        point = round(1 + (level - 1) * (points - 1) / 4)
        kept = min(max(point, 1), points)
        return kept if one.keyed == 1 else points + 1 - kept

    def _chance(self, what: str) -> Chance:
        return Chance(f"{self.room.seed}-{self.number}-{what}")


def crowd(people: int, seed: int) -> tuple[Person, ...]:
    """So many people of one room."""
    return tuple(Person(Room(seed), number) for number in range(people))


def directions(statements: Sequence[Statement], before: Answers, now: Answers) -> Mapping[str, str]:
    """The way one person has gone on each light side, as their own phone would work it out: up, same or down."""
    ways = {}
    for axis, pole in zip("DI", LIGHT, strict=True):
        steps = [one.keyed * (later - earlier) for one in statements if one.pole == pole
                 and (earlier := before.get(one.id)) is not None and (later := now.get(one.id)) is not None]
        mean = sum(steps) / len(steps) if steps else 0.0
        ways[axis] = "up" if mean >= MOVED else "down" if mean <= -MOVED else "same"
    return ways
