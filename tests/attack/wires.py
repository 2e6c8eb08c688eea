"""Simulated workshops on real servers: every raw byte of phone, stage, API, streams, exports and console.

`uv run python -m tests.attack.wires --rooms 12 --seed 7`. Each room is played twice, on two servers whose clocks stand
still alike: once with its answers, once with others of which the same is published. Everything that the two send has
to be the same, headers and frames included; and nothing may hold what was never released.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.attack.files import faults
from tests.attack.judging import Verdict
from tests.attack.listening import Wire, wires
from tests.attack.plans import Event, Plan, plan_number
from tests.attack.playing import Played, Player
from tests.attack.reading import foretold, told
from tests.attack.trial import rounds_of
from tests.attack.twins import Twin, twin_of
from tests.attack.visiting import Visit
from tests.attack.worlds import RoundSeen, published
from tests.rooms import Clock, sessions_in
from workshop.export import ALL_FORMATS
from workshop.inventory import Questionnaire

SIZES = (5, 7, 8, 11, 12, 15, 16, 20, 24, 28, 30, 36)
PENDING = ("results", "console", "close_words", "finish_words")


@dataclass(frozen=True)
class Known:
    """A room as it was played in the attacker's own house: what was published of it, and a twin."""

    plan: Plan
    asked: Questionnaire
    scenes: dict[str, str]
    rounds: list[RoundSeen]
    twin: Twin


@dataclass
class Heard:
    """Of one room: how much was sent, and what was wrong with it."""

    name: str
    people: int
    other_answers: int
    messages: Counter[str] = field(default_factory=Counter)
    bytes: Counter[str] = field(default_factory=Counter)
    told_apart: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        return [f"{self.name}: {what}" for what in (*self.told_apart[:5], *self.leaked[:5], *self.misread)]


def known(level: str, number: int, seed: int, sizes: tuple[int, ...] = SIZES) -> Known:
    """Played without a server first, with words that can be told apart."""
    drawn = plan_number(level, number, seed, sizes)
    plan, clock = replace(drawn, events=tuple(map(_planted, drawn.events))), Clock()
    with tempfile.TemporaryDirectory() as folder, sessions_in(Path(folder), clock) as sessions:
        played = Player(sessions, clock, plan, everything=False).play()
        workshop = sessions.workshop(played.recorder.code)
        rounds = list(rounds_of(sessions, played))
        scenes: dict[str, str] = {}
        for scene in workshop.agenda:
            scenes.setdefault(scene.kind, scene.id)
        return Known(plan, sessions.questionnaire(workshop), scenes, rounds, _twin(rounds, played))


def _planted(event: Event) -> Event:
    if event.verb != "word":
        return event
    return replace(event, value=(event.value[0], f"zebra{event.person}"))


def _twin(rounds: Sequence[RoundSeen], played: Played) -> Twin:
    return twin_of(rounds, [Verdict() for _ in rounds], played, played.plan.name)


def heard(room: Known, pair: Sequence[Wire], formats: tuple[str, ...] = ALL_FORMATS) -> Heard:
    """The room on one server, its twin on the other, both at once."""
    for wire in pair:
        wire.said.clear()
        wire.read.clear()
    visits = [Visit(pair[0], room.plan, room.asked, room.scenes, formats=formats),
              Visit(pair[1], room.plan, room.asked, room.scenes, room.twin.instead, room.twin.taps, formats=formats)]
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(Visit.play, visits)
    found = Heard(room.plan.name, room.plan.people, room.twin.answers)
    for surface, raw in pair[0].said:
        found.messages[kind_of(surface)] += 1
        found.bytes[kind_of(surface)] += len(raw)
    found.told_apart = list(differences(*pair))
    found.leaked = [leak for visit in (one, other) for leak in leaks(visit)]
    found.misread = [f"round {seen.number}" for seen in room.rounds
                     if told(one.results[seen.number]) != foretold(seen, published(seen, seen.rows))]
    found.misread += faults(one.files, one.results) if "json" in one.files else []
    return found


def differences(one: Wire, other: Wire) -> Iterator[str]:
    """Where the two did not send the same, or not in the same order."""
    if [surface for surface, _ in one.said] != [surface for surface, _ in other.said]:
        yield f"{len(one.said)} and {len(other.said)} messages, or another order"
    here, there = _by_surface(one), _by_surface(other)
    yield from (surface for surface in {**here, **there} if here.get(surface) != there.get(surface))


def _by_surface(wire: Wire) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for surface, raw in wire.said:
        found.setdefault(surface, []).append(raw)
    return found


def leaks(visit: Visit) -> Iterator[str]:
    """A seat's token anywhere but where it was given, and a word anywhere but where the host reads it first."""
    words = [str(event.value[1]).encode() for event in visit.plan.events if event.verb == "word"]
    given = {token.encode(): surface for token, surface in visit.tokens.items()}
    for surface, text in visit.wire.read:
        yield from (f"a token in {surface}" for token, where in given.items() if token in text and where != surface)
        if not any(part in surface for part in PENDING):
            yield from (f"{word.decode()} in {surface}" for word in words if word in text)


def kind_of(surface: str) -> str:
    """Who is served by it."""
    kinds = {"export": "exports", "console": "console", "events": "streams", "stage": "stage", "projector": "stage",
             "bright": "stage", "phone": "phone", "seat": "phone", "join": "phone"}
    return next((kind for part, kind in kinds.items() if part in surface.split()[-4:] or surface.startswith(part)),
                "API")


@contextmanager
def pair_of_servers() -> Iterator[list[Wire]]:
    """Two that stand still alike."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other, \
            wires(Path(one), Path(other)) as pair:
        yield pair


def main() -> int:
    """A line for every room; 1 where a byte says more than it should."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack.wires", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rooms", type=int, default=12, help="of held and blocks together")
    parser.add_argument("--seed", type=int, default=7)
    options, wrong = parser.parse_args(), []
    messages: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    with pair_of_servers() as pair:
        for number in range(options.rooms):
            found = heard(known(("held", "blocks")[number % 2], number // 2, options.seed), pair)
            messages, sizes, wrong = messages + found.messages, sizes + found.bytes, wrong + found.wrong
            line = (f"{found.name}: {found.people} people, {found.other_answers} other answers, "
                    f"{found.messages.total()} messages, {found.bytes.total() / 1e6:.1f} MB, {len(found.wrong)} wrong")
            print("\n".join([line, *found.wrong]), flush=True)
    print("\n".join(["| to | messages | MB |", "|---|---|---|",
                     *(f"| {kind} | {count} | {sizes[kind] / 1e6:.1f} |" for kind, count in messages.most_common())]))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
