"""What happens in a simulated workshop: who comes, answers, changes, withdraws, leaves and comes again, in which order.

A plan is drawn from a seed and holds everything but the room's code, so that it can be played twice: once with the
answers that were given, and once with others that the attacker cannot tell from them.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.rooms import LIBRARY
from workshop.inventory import Questionnaire
from workshop.scoring import profile

SIZES = (5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 28, 30, 32, 36, 45, 60, 90, 150, 300)
WEIGHTS = (4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 6, 6, 6, 6, 6, 5, 4, 3, 3, 1, 1, 1)
CAMPS = "early", "late"
PICTURES = ("light", "plane", "dark", "edges", "then_now")
Row = tuple[int, ...]


@dataclass(frozen=True)
class Event:
    """One thing that happens; `row` are answers in inventory order (0 = skipped), `value` whatever else it needs."""

    verb: str
    person: int = -1
    row: Row = ()
    value: Any = None


@dataclass(frozen=True)
class Plan:
    """Person 0 is the attacker of the plan: he tries doors, sends often, withdraws, and comes again."""

    name: str
    fields: Mapping[str, Any]
    people: int
    events: tuple[Event, ...]
    groups: tuple[str | None, ...] = ()


@dataclass
class Minds:
    """How a room answers: every item has its own most likely points; agreeing rooms stray little from them."""

    rng: random.Random
    questionnaire: Questionnaire
    stray: float
    skips: float
    ends_only: bool
    centres: list[int] = field(default_factory=list)

    def row(self, camp: int) -> Row:
        """One person's answers; camps answer some items the other way round."""
        return tuple(self._point(place, camp) for place in range(len(self.questionnaire.items)))

    def _point(self, place: int, camp: int) -> int:
        rng, points = self.rng, self.questionnaire.scale.points
        if rng.random() < self.skips:
            return 0
        centre = self.centres[place]
        if camp and place % 3 == 0:
            centre = points + 1 - centre
        point = centre if rng.random() >= self.stray else rng.randint(1, points)
        if self.ends_only:
            return 1 if point <= points // 2 else points
        return min(points, max(1, point + rng.choice((-1, 0, 0, 1)))) if rng.random() < 0.5 else point


def plans(level: str, count: int, seed: int, sizes: tuple[int, ...] = SIZES) -> Iterator[Plan]:
    """So many workshops of one level."""
    return (plan_number(level, number, seed, sizes) for number in range(count))


def plan_number(level: str, number: int, seed: int, sizes: tuple[int, ...] = SIZES) -> Plan:
    """One of them."""
    rng = random.Random(f"{seed}/{level}/{number}")
    weights = WEIGHTS if sizes == SIZES else [1] * len(sizes)
    size = rng.choices(sizes, weights)[0]
    if level == "blocks" and sizes == SIZES and size < 19 and rng.random() < 0.7:
        size += 19
    return plan_of(rng, f"{level} {number}", level, size)


def plan_of(rng: random.Random, name: str, level: str, people: int) -> Plan:
    """One workshop of a level and size."""
    partner = people >= 8 and rng.random() < 0.15
    context = "partner" if partner else "team"
    form = rng.choice(("short", "short", "standard", "standard", "deep" if people <= 60 else "standard"))
    inventory = "team_climate" if context == "team" and form != "deep" and rng.random() < 0.3 else "balance"
    dark = form != "deep" and rng.random() < 0.6
    grouped = people >= 24 and rng.random() < 0.45
    rounds = rng.choice((1, 1, 1, 2, 2, 3)) if people <= 60 else 1
    fields = {"title": "A room", "checklist": True, "protection": level, "context": context, "form": form,
              "inventory": inventory, "dark": dark, "words": rng.random() < 0.2,
              "agenda": "then_now" if rounds > 1 else "60",
              **({"grouping": {"question": "Shift?", "options": list(CAMPS)}} if grouped else {})}
    asked = LIBRARY.inventories[inventory].questionnaire(form, context, dark, "en")
    groups = _groups(rng, people) if grouped else (None,) * people
    minds = _minds(rng, asked)
    happen = [Event("act", value=("open_lobby", {})), *(Event("join", one) for one in range(people))]
    for number in range(1, rounds + 1):
        happen += _round(rng, number, people, level, minds, groups, asked, words=fields["words"])
    return Plan(name, fields, people, tuple(happen), groups)


def _groups(rng: random.Random, people: int) -> tuple[str | None, ...]:
    """Mostly two shifts that came one after the other; some give no group."""
    cut, none = rng.randint(people // 3, 2 * people // 3), rng.choice((0, 0, 0, 2, 12))
    mixed = rng.random() < 0.5
    found = [CAMPS[rng.randrange(2)] if mixed else CAMPS[one > cut] for one in range(people)]
    for one in rng.sample(range(people), min(none, people)):
        found[one] = None
    return tuple(found)


def _minds(rng: random.Random, asked: Questionnaire) -> Minds:
    minds = Minds(rng, asked, rng.choice((0.08, 0.2, 0.2, 0.4, 0.8)), rng.choice((0.0, 0.02, 0.1)),
                  rng.random() < 0.2)
    minds.centres = [rng.choice((1, 2, 3, 4, 4, 5, 5)) for _ in asked.items]
    return minds


def _round(rng: random.Random, number: int, people: int, level: str, minds: Minds,
           groups: tuple[str | None, ...], asked: Questionnaire, *, words: bool) -> Iterator[Event]:
    camp_of = [int(groups[one] == CAMPS[1]) if any(groups) else rng.randrange(2) if rng.random() < 0.3 else 0
               for one in range(people)]
    rows = {one: minds.row(camp_of[one]) for one in range(people)}
    here = [one for one in range(people) if rng.random() < (0.97 if number == 1 else 0.9)]
    if rng.random() < 0.6:
        rng.shuffle(here)  # else in the order they came, which is that of the groups
    yield Event("act", value=("open_round", {}))
    yield Event("goto", value="light")
    for place, one in enumerate(here):
        yield from _answering(rng, one, rows[one], minds, camp_of[one])
        if level == "open" or rng.random() < 0.5 or place + 1 == len(here):
            yield Event("tick")
    yield Event("doors", value=number)
    yield Event("act", value=("close_round", {}))
    yield from _after(rng, number, here, rows, asked, words=words)


def _answering(rng: random.Random, one: int, row: Row, minds: Minds, camp: int) -> Iterator[Event]:
    luck = rng.random()
    if one == 0 or luck < 0.05:
        for _ in range(4 if one == 0 else 1):
            yield Event("answer", one, minds.row(camp))
    if luck < 0.03:
        yield Event("withdraw", one)
    if luck < 0.02 or (one == 0 and luck < 0.5):
        yield Event("leave", one)
        yield Event("join", one)
    if not 0.05 <= luck < 0.08:
        yield Event("answer", one, row)
    if luck > 0.98:
        yield Event("withdraw", one)
    elif luck > 0.97:
        yield Event("leave", one)


def _after(rng: random.Random, number: int, here: list[int], rows: Mapping[int, Row], asked: Questionnaire,
           *, words: bool) -> Iterator[Event]:
    tapping = [one for one in here if rng.random() < 0.8] if rng.random() < 0.85 else here[:3]
    for one in tapping:
        offered = profile(asked, {id: point or None for id, point in zip(asked.ids, rows[one], strict=True)}).edges
        if offered:
            yield Event("edge", one, value=(number, rng.choice(offered)))
    if number > 1:
        for one in tapping:
            yield Event("direction", one, value=(number, {axis: rng.choices(("up", "same", "down"), (2, 5, 1))[0]
                                                          for axis in "DI"}))
    yield Event("doors", value=number)
    yield Event("act", value=("close_edges", {}))
    if number > 1:
        yield Event("act", value=("close_directions", {}))
    if rng.random() < 0.5:
        yield Event("act", value=("reveal_dark", {}))
    for scene in PICTURES:
        yield Event("goto", value=scene)
    if words and number == 1:
        yield from _words(rng, here)
    yield Event("exports")


def _words(rng: random.Random, here: list[int]) -> Iterator[Event]:
    yield Event("goto", value="words")
    for one in here:
        yield Event("word", one, value=(1, rng.choice(("calm", "open", "curious", "tired"))))
    yield Event("act", value=("close_words", {}))
    yield Event("act", value=("finish_words", {}))
