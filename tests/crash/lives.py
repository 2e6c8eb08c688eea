"""Lives that are traced for the power cuts, each a list of verbs, and how the disk has to stand after each of them.

`python -m tests.crash.lives NAME FOLDER SAID` lives one of them and writes to SAID what it tells somebody.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.crash.script import Stand, Step, answers, does, joins, whole_life
from tests.crash.standing import increments, keys_are_right, standing
from tests.crash.steps import FEWEST, opened
from tests.rooms import MONDAY, Clock, open_sessions
from workshop import signin
from workshop.errors import WorkshopError
from workshop.sessions.duties import Duties
from workshop.settings import Settings
from workshop.signin import Signin
from workshop.store.backup import back_up_live
from workshop.store.keeping import restore_from
from workshop.store.restoring import read_backup

PEOPLE = 8
SESSIONS = tuple(f"session-{number}" for number in range(4))


@dataclass(frozen=True)
class Life:
    """`start` opens the folder; each verb takes what that returned; `state` says how things stand and `sound`
    whether nothing is there that must not be."""

    start: Callable[[Path], Any]
    verbs: list[tuple[str, Callable[[Any], object]]]
    state: Callable[[Any], Any]
    sound: Callable[[Any], bool]
    end: Callable[[Any], None]


# ---- a workshop from its first start to its end, with the log folded into the file and a restart in between


def _workshop() -> Life:
    verbs = whole_life()
    names = [name for name, _ in verbs]
    for before, name, verb in (("answer 8", "fold", _fold), ("close_round", "restart", _restart),
                               ("close_words", "fold", _fold), ("seal", "restart", _restart)):
        verbs.insert(names.index(before), (name, verb))
        names = [name for name, _ in verbs]
    return Life(opened, [*verbs, ("after", _create), ("restart", _restart)], standing, _sound, _closed)


def _sound(stand: Stand) -> bool:
    taken = increments(json.loads(json.dumps(standing(stand))))
    return keys_are_right(stand) and all(people >= FEWEST for people in taken)


def _fold(stand: Stand) -> None:
    """As the store does where the log has grown long."""
    stand.sessions.store._checkpoint()


def _restart(stand: Stand) -> None:
    stand.sessions.store.close()
    stand.sessions = open_sessions(stand.sessions.settings.database.parent, stand.clock)
    Duties(stand.sessions).settle()


def _create(stand: Stand) -> None:
    stand.code = stand.sessions.create({"title": "Another room", "checklist": True, "form": "short"}).result(20).code


def _closed(stand: Stand) -> None:
    stand.sessions.store.close()


# ---- backup and restore


def _keeping() -> Life:
    return Life(opened, [
        ("create", _create), *_round_of(PEOPLE), does("close_round"), _backs_up("first"), ("more", _create),
        _backs_up("second"), ("more", _create), *_round_of(2), ("forget", _forget), ("more", _create),
        *_round_of(PEOPLE), ("restore", _restore), ("more", _create),
    ], _kept, keys_are_right, _closed)


def _round_of(people: int) -> list[Step]:
    return [does("open_lobby"), *[joins(one) for one in range(people)], does("open_round"),
            *[answers(one, 1) for one in range(people)]]


def _backs_up(name: str) -> Step:
    return "backup", lambda stand: back_up_live(
        stand.sessions.store, stand.sessions.settings.database.parent / f"{name}.backup", MONDAY)


def _forget(stand: Stand) -> None:
    stand.sessions.forget_workshop(stand.code).result(20)


def _restore(stand: Stand) -> None:
    stand.sessions.store.close()
    settings = stand.sessions.settings
    restore_from(settings, settings.database.parent / "second.backup", over=True)
    stand.sessions = open_sessions(settings.database.parent, stand.clock)
    Duties(stand.sessions).settle()


def _kept(stand: Stand) -> Any:
    folder = stand.sessions.settings.database.parent
    return {**standing(stand), "backups": [_holds(folder / f"{name}.backup") for name in ("first", "second")]}


def _holds(backup: Path) -> int | None:
    try:
        return len(read_backup(backup)["workshops"])
    except WorkshopError:
        return None


# ---- who is signed in, and the key for scripts


@dataclass
class Door:
    """The sign-in of one installation, with sessions that are the same in every run."""

    signin: Signin
    handed: list[str] = field(default_factory=list)


def _doors() -> Life:
    return Life(_at_the_door, [
        ("admit", _admits), ("admit", _admits), ("sign out", lambda door: door.signin.sign_out(SESSIONS[0])),
        ("admit", _admits), ("everywhere", lambda door: door.signin.sign_out_everywhere()), ("admit", _admits),
    ], _signed_in, lambda door: len(door.signin.key) >= 16, lambda door: None)


def _at_the_door(folder: Path) -> Door:
    settings = Settings(database=folder / "bothand.duckdb", keys=folder / "keys")
    with _handing_out("the-key-of-this-house"):
        return Door(Signin(settings, Clock()))


def _admits(door: Door) -> None:
    number = len(door.handed)
    with _handing_out(SESSIONS[number]):
        door.handed.append(door.signin.admit(3_600))


@contextmanager
def _handing_out(token: str) -> Iterator[None]:
    real = signin.secrets.token_urlsafe
    signin.secrets.token_urlsafe = lambda size=0: token
    try:
        yield
    finally:
        signin.secrets.token_urlsafe = real


def _signed_in(door: Door) -> Any:
    return [session for session in SESSIONS if door.signin.valid(session)]


LIVES: dict[str, Callable[[], Life]] = {"a workshop": _workshop, "backup and restore": _keeping, "sign-in": _doors}


def live(name: str, folder: Path, tell: Callable[[str], None]) -> list[Any]:
    """Lives it whole; how things stood after the first start and after each verb."""
    life = LIVES[name]()
    one = life.start(folder)
    tell("first start")
    found = [life.state(one)]
    for what, verb in life.verbs:
        verb(one)
        tell(what)
        found.append(life.state(one))
    life.end(one)
    return found


def _traced(name: str, folder: Path, said: Path) -> None:
    """The same without a look at how things stand: looking writes nothing, but it costs the trace its clarity."""
    life, said_to = LIVES[name](), os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    one = life.start(folder)
    os.write(said_to, b"first start")
    for what, verb in life.verbs:
        verb(one)
        os.write(said_to, what.encode())
    life.end(one)


if __name__ == "__main__":
    _traced(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
