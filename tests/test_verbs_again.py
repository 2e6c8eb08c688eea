"""Verbs that have to run again since their commit failed: nothing of the first time is left, inside or outside."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any

import duckdb
import pytest
from rooms import new_room

from workshop.errors import Unavailable
from workshop.sessions import Sessions, life
from workshop.sessions.act import Act
from workshop.sessions.collections import rekey
from workshop.sessions.duties import Duties


@dataclass
class FullDisk:
    """A connection whose second commit fails; all else is the real one's."""

    real: duckdb.DuckDBPyConnection
    commits: int = 0

    def commit(self) -> None:
        self.commits += 1
        if self.commits == 2:
            raise duckdb.IOException("No space left on device")
        self.real.commit()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def in_one_batch(sessions: Sessions, verbs: list[Callable[[], Future[Any]]]) -> list[Any]:
    """What these verbs give when they meet in one batch whose first commit fails."""
    entered, gate, store = threading.Event(), threading.Event(), sessions.store
    store.transact(lambda tx: (entered.set(), gate.wait(5)))
    assert entered.wait(5)
    futures = [verb() for verb in verbs]
    real = store._connection
    disk = store._connection = FullDisk(real)
    gate.set()
    given = [future.result(10) for future in futures]
    store.transact(lambda tx: None).result(5)
    assert disk.commits == 2 + len(verbs) + 1, "the gate, the batch that failed, its halves, and a last one"
    store._connection = real
    return given


@pytest.fixture
def rooms(sessions, clock):
    """Two rooms of eight whose people have answered, and whose first round is open."""
    made = [new_room(sessions, clock, 8, form="short", words=True) for _ in range(2)]
    for room in made:
        room.act("open_round")
        room.answer_each()
    return made


def test_whatever_runs_again_keeps_no_key_of_the_first_time(sessions, rooms):
    steps: list[tuple[str, dict[str, Any]]] = [
        ("close_round", {}), ("reveal_dark", {}), ("goto", {"scene": "words"}), ("hold", {"on": True}),
        ("hold", {"on": False}), ("close_edges", {}), ("open_round", {}), ("close_round", {}), ("seal", {}),
    ]
    for action, parameters in steps:
        in_one_batch(sessions, [partial(sessions.act, room.code, action, parameters) for room in rooms])
        assert set(sessions.vault.names()) == life.keys_of_all(sessions.store.live()), action
    assert [(room.workshop.phase, room.workshop.round, room.snapshot.n) for room in rooms] == [("sealed", 2, 8)] * 2


def test_seats_lobbies_and_fresh_keys_are_there_once(sessions, clock, rooms):
    drafts = [sessions.create({"title": "A room", "checklist": True}).result(5) for _ in range(2)]
    in_one_batch(sessions, [partial(sessions.act, one.code, "open_lobby") for one in drafts])
    joined = in_one_batch(sessions, [partial(sessions.join, one.code, None) for one in drafts])
    assert all(sessions.seat(one.code, seat.token) for one, seat in zip(drafts, joined, strict=True))
    assert [sessions.store.counts(one).joined for one in drafts] == [1, 1]
    for room in rooms:
        room.answer(room.tokens[0], 5)
    clock.move(60)
    in_one_batch(sessions, [partial(sessions.do, room.code, rekeyed) for room in rooms])
    assert set(sessions.vault.names()) == life.keys_of_all(sessions.store.live())
    for room in rooms:
        room.act("close_round")
        assert room.snapshot.n == 8


def rekeyed(act: Act) -> None:
    """A fresh key for the answers, as the duties give one after a change."""
    rekey(act, act.collection("answers"))


@dataclass
class BrokenCommit:
    """A connection whose next commit breaks, with what was to be committed on the disk or not."""

    real: duckdb.DuckDBPyConnection
    held: bool

    def commit(self) -> None:
        (self.real.commit if self.held else self.real.rollback)()
        raise duckdb.IOException("Input/output error")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


@pytest.mark.parametrize("held", [True, False])
def test_where_a_commit_broke_everything_happens_once_or_is_refused(sessions, rooms, held):
    room = rooms[0]
    before = len(sessions.workshops()), sessions.store.counts(room.workshop).joined, room.workshop.scene
    made = broken(sessions, held, lambda: sessions.create({"title": "A room"}))
    seat = broken(sessions, held, lambda: sessions.join(room.code, None))
    broken(sessions, held, lambda: sessions.act(room.code, "next"))
    after = len(sessions.workshops()), sessions.store.counts(room.workshop).joined, room.workshop.scene
    assert after == (before[0] + 1, before[1] + 1, room.workshop.agenda[1].id)
    assert before[2] == room.workshop.agenda[0].id
    assert sessions.workshop(made.code).title == "A room"
    assert sessions.seat(room.code, seat.token) is not None


@pytest.mark.parametrize("held", [True, False])
def test_where_the_commit_of_a_close_broke_no_key_is_lost_or_left(sessions, rooms, held):
    for room in rooms:
        broken(sessions, held, partial(sessions.act, room.code, "close_round"))
        assert (room.workshop.phase, room.snapshot.n) == ("review", 8)
        sessions.store.transact(Duties(sessions)._sweeping).result(5)
        assert set(sessions.vault.names()) == life.keys_of_all(sessions.store.live())


def broken(sessions: Sessions, held: bool, verb: Callable[[], Future[Any]]) -> Any:
    """What a verb gives whose commit breaks: itself where it holds, else a refusal, and then it is asked once more."""
    sessions.store.transact(lambda tx: None).result(5)
    real = sessions.store._connection
    sessions.store._connection = BrokenCommit(real, held)
    asked = verb()
    error = asked.exception(10)
    assert sessions.store._connection is not real, "opened again"
    assert isinstance(error, Unavailable) is not held
    return asked.result() if held else verb().result(10)
