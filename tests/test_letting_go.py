"""A process that runs for months: of a workshop that is forgotten nothing stays in its memory, of a sealed one only
what the store holds."""

import gc
import types
from collections.abc import Iterator

import pytest
from rooms import new_room

from workshop import stage
from workshop.takehome import exported

TITLE, WORD = "Heron at the weir", "kingfisher"
BEYOND = (types.ModuleType, type, types.FrameType, types.CodeType)


def reached(root: object) -> Iterator[object]:
    """Everything that the root holds on to, short of modules, classes and what functions see of them."""
    seen, wait = {id(root)}, [root]
    while wait:
        held = wait.pop()
        yield held
        inside = [held.__closure__, held.__defaults__] if isinstance(held, types.FunctionType) else \
            gc.get_referents(held)
        for one in inside:
            if one is not None and id(one) not in seen and not isinstance(one, BEYOND):
                seen.add(id(one))
                wait.append(one)


def traces(sessions, *marks: str) -> list[str]:
    """What is kept of a room: its code, its title, a word of it, in any text."""
    texts = (held.decode("utf-8", "replace") if isinstance(held, bytes) else held
             for held in reached(sessions) if isinstance(held, str | bytes))
    return [text[:80] for text in texts if any(mark in text for mark in marks)]


@pytest.fixture
def used_room(sessions, clock):
    """A room that everybody has looked at: phones, the stage, a results page, a file."""
    stage.follow(sessions)
    room = new_room(sessions, clock, 12, is_open=True, form="short", words=True, title=TITLE)
    room.answer_each()
    room.act("close_round")
    room.act("goto", scene="words")
    for token in room.tokens:
        sessions.say_word(room.code, 1, token, WORD).result(5)
    look_at(room)
    return room


def look_at(room) -> None:
    sessions = room.sessions
    assert sessions.state(room.code, room.tokens[0])["title"] == TITLE
    assert sessions.shown(room.code, 1) is not None
    assert stage.payload(sessions, room.code)["scene"]
    assert exported(sessions, room.code, "json")


def test_of_a_forgotten_workshop_nothing_stays_in_memory(used_room):
    sessions, code = used_room.sessions, used_room.code
    assert traces(sessions, code)
    assert traces(sessions, TITLE)
    sessions.forget_workshop(code).result(5)
    sessions.telling.tell_waiting()
    assert traces(sessions, code, TITLE, WORD) == []


def test_of_a_sealed_workshop_only_the_store_keeps_anything(used_room):
    sessions, code = used_room.sessions, used_room.code
    used_room.act("seal")
    assert exported(sessions, code, "json")
    sessions.snapshot(code)
    kept = vars(sessions.prepared)
    assert [name for name in ("_fixed", "_snapshots") if kept[name]] == []
    telling = vars(sessions.telling)
    assert [name for name, value in telling.items() if isinstance(value, dict | set) and value] == []


def test_whoever_still_reads_while_a_workshop_is_forgotten_leaves_nothing_behind(used_room):
    sessions, workshop = used_room.sessions, used_room.workshop
    sessions.forget_workshop(workshop.code).result(5)
    sessions.fixed_key(workshop)
    sessions.telling._tell(workshop)
    assert traces(sessions, workshop.code, TITLE, WORD) == []
