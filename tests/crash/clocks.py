"""A laptop whose clock jumps, with a restart after each jump: nothing that was received may go, nothing may open."""

import random
import tempfile
from pathlib import Path

from tests.crash.script import PEOPLE, TOKENS, Stand, answers_of
from tests.crash.standing import keys_are_right, standing
from tests.crash.steps import in_memory
from tests.rooms import Clock, open_sessions
from workshop.room import Phase
from workshop.sessions.duties import Duties

HOUR = 3_600.0
LITTLE = (-48 * HOUR, -2 * HOUR, -30.0, 0.5, 31.0, HOUR, 5 * HOUR)
DAY_AND_MORE = 25 * HOUR


def through_clock_jumps(jumps: int, seed: int) -> list[str]:
    """An open round, so many jumps that end before a day is over, then one past its end; what went wrong."""
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder:
        return _through(Path(folder), jumps, random.Random(seed))


def _through(folder: Path, jumps: int, rng: random.Random) -> list[str]:
    clock = Clock()
    began, stand = clock.now, _answered(folder, clock)
    before, wrong = _entries(stand), []
    for number in range(jumps):
        clock.now = min(clock.now + rng.choice(LITTLE), began + 20 * HOUR)
        stand = _restarted(folder, stand, clock)
        if _entries(stand) != before or not keys_are_right(stand):
            wrong.append(f"jump {number}: not as it was, with the clock {clock.now - began:+.0f} s")
    clock.now = began + DAY_AND_MORE
    stand = _restarted(folder, stand, clock)
    workshop = stand.sessions.workshop(stand.code)
    n = stand.sessions.snapshot(stand.code, 1).n
    if workshop.phase != Phase.REVIEW or n != PEOPLE:
        wrong.append(f"a day later the round is {workshop.phase} with {n} of {PEOPLE}")
    stand.sessions.store.close()
    return wrong


def _answered(folder: Path, clock: Clock) -> Stand:
    stand = Stand(open_sessions(folder, clock), clock)
    stand.code = stand.sessions.create({"title": "A room", "checklist": True, "form": "short"}).result(20).code
    stand.act("open_lobby")
    for token in TOKENS[:PEOPLE]:
        stand.sessions.join(stand.code, token).result(20)
    stand.act("open_round")
    for one in range(PEOPLE):
        stand.sessions.answer(stand.code, 1, TOKENS[one], answers_of(stand.items, one, 1)).result(20)
    return stand


def _restarted(folder: Path, stand: Stand, clock: Clock) -> Stand:
    stand.sessions.store.close()
    again = Stand(open_sessions(folder, clock), clock, stand.code)
    Duties(again.sessions).settle()
    return again


def _entries(stand: Stand) -> object:
    (workshop,) = standing(stand)["workshops"]
    return workshop["phase"], workshop["entries"]["answers"]
