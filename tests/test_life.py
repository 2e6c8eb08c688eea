"""The life of a workshop in any order: the real verbs over a real database, held against a model of a few lines.

`LIFE_EXAMPLES=500 uv run pytest tests/test_life.py` looks longer.
"""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from life_model import DAY, Answers, Model
from rooms import Clock, counted, open_sessions

from workshop.errors import Conflict, Forbidden, Gone, WorkshopError
from workshop.release import edges, finished_shown, policy
from workshop.results import to_json
from workshop.sessions import life
from workshop.sessions.duties import Duties
from workshop.takehome import exported

EXAMPLES = int(os.environ.get("LIFE_EXAMPLES", "6"))
NAMES = [f"a-phone-of-number-{number:02}" for number in range(34)]
FACETS = ("D2", "D4", "I1", "I2", "I5")
SCENES = ("agreements", "answering", "light", "plane", "dark", "edges", "words", "close")
LIGHT = ("DL", "IL")
TABLES = ("workshops", "seats", "entries", "rounds", "published", "veiled")
PHASES = {
    "open_lobby": ("draft",), "lock": ("lobby", "review", "answering"), "unlock": ("lobby", "review", "answering"),
    "open_round": ("lobby", "review"), "close_round": ("answering",), "cancel_close": ("answering",),
    "next": ("lobby", "answering", "review"), "blank": ("lobby", "answering", "review"), "seal": ("lobby", "review"),
    "archive": ("sealed",), "raise_protection": ("lobby", "review"), "close_edges": ("review",),
    "close_directions": ("review",), "close_words": ("review",), "finish_words": ("review",),
}
NEEDS = {"blank": {"on": False}, "archive": {"on": True}, "raise_protection": {"level": "held"}}
LEVELS = st.sampled_from(("held", "blocks", "blocks", "open"))
places = st.integers(0, 99)


class Life(RuleBasedStateMachine):
    """One workshop after another in one database."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
        self.clock = Clock()
        self.sessions = open_sessions(self.folder, self.clock)
        self.code, self.model, self.in_a_crowd = "", Model(policy("held", "team"), 0.0), False

    def teardown(self) -> None:
        self.sessions.store.close()
        shutil.rmtree(self.folder)

    @initialize(level=LEVELS, dark=st.booleans(),
                people=st.sampled_from((0, 6, 12, 24)))
    def begun(self, level: str, dark: bool, people: int) -> None:
        self.made(level, dark)
        self.crowd(people)

    def made(self, level: str, dark: bool) -> None:
        fields = {"title": "A room", "form": "short", "protection": level, "dark": dark, "words": True}
        self.code = self.sessions.create({**fields, "checklist": True}).result(10).code
        self.refused("join", lambda: self.sessions.join(self.code, NAMES[0]))
        self.sessions.act(self.code, "open_lobby").result(10)
        self.model = Model(policy(level, "team"), self.clock.now, dark=dark, lobby_at=self.clock.now)

    # asking

    @property
    def phase(self) -> str:
        return self.model.phase

    def act(self, action: str, **parameters: Any) -> None:
        self.sessions.act(self.code, action, parameters).result(10)

    def acted(self) -> None:
        """What every action of the host brings with it."""
        self.model._stir()
        self.model.open_words()
        self.model.see()

    def refused(self, what: str, ask: Callable[[], Any]) -> None:
        """It has to be refused, and nothing may have changed."""
        before = self.everything()
        error = ask().exception(10)
        assert isinstance(error, Conflict | Forbidden | Gone), f"{what} in {self.phase}: {error!r}"
        after = self.everything()
        assert {name: (rows, after[name]) for name, rows in before.items() if rows != after[name]} == {}

    def unseen(self, verb: Callable[[], Any]) -> None:
        """What a phone does shows nowhere but in the counts, until a release."""
        with self.showing_nothing():
            verb().result(10)

    @contextmanager
    def showing_nothing(self) -> Iterator[None]:
        """The same for a whole crowd, looked at once."""
        if self.in_a_crowd:
            yield
            return
        before, self.in_a_crowd = self.outside(), True
        try:
            yield
        finally:
            self.in_a_crowd = False
        assert self.outside() == before

    def everything(self) -> Any:
        rows = {table: self.rows(f"select * from {table} order by all") for table in TABLES}
        return {**rows, "keys": self.sessions.vault.names()}

    def rows(self, query: str) -> Any:
        return self.sessions.store._read(lambda cursor: cursor.execute(query).fetchall())

    def outside(self) -> str:
        """Everything that stage, phones, scripts and files get, counts aside."""
        sessions, code = self.sessions, self.code
        facts = {**asdict(sessions.facts(code)), "joined": 0, "finished": 0}
        told = [sessions.state(code, for_phone=whose) for whose in (True, False)]
        for state in told:
            for name in ("now", "counts", "version", "seat"):
                state.pop(name)
        rounds = range(1, self.model.round + 1)
        found = [to_json(sessions.snapshot(code, number)) for number in rounds]
        shown = [sessions.shown(code, number) for number in rounds] if self.phase != "sealed" else []
        file = exported(sessions, code, "json").body if any(one.final for one in self.model.rounds.values()) else b""
        return repr((facts, told, found, shown, file))

    # phones

    def somebody(self, place: int) -> str:
        """Mostly somebody who is here, and of those first who has sent; now and then a stranger."""
        here = sorted(self.model.people, key=lambda name: (not self.model.people[name].finished, name))
        return [*here[:4], *here[-4:], "a-stranger-at-the-door"][place % (len(here[:4]) + len(here[-4:]) + 1)]

    @rule(place=places)
    def join(self, place: int) -> None:
        name = self.somebody(place)
        self.joins(name)

    @rule(count=st.integers(3, 30))
    def crowd(self, count: int) -> None:
        with self.showing_nothing():
            for name in NAMES[:count]:
                self.joins(name)

    def joins(self, name: str) -> None:
        if self.phase != "sealed" and self.model.may_join(name):
            self.unseen(lambda: self.sessions.join(self.code, name))
            self.model.join(name)
        else:
            self.refused("join", lambda: self.sessions.join(self.code, name))

    @rule(place=places)
    def leave(self, place: int) -> None:
        name = self.somebody(place)
        if self.phase == "sealed":
            self.refused("leave", lambda: self.sessions.leave(self.code, name))
        else:
            self.unseen(lambda: self.sessions.leave(self.code, name))
            self.model.leave(name)

    @rule(place=places, seed=st.integers(0, 9))
    def answer(self, place: int, seed: int) -> None:
        self.answers(self.somebody(place), seed)

    @rule(share=st.integers(1, 4), seed=st.integers(0, 9))
    def crowd_answers(self, share: int, seed: int) -> None:
        with self.showing_nothing():
            for place, name in enumerate(sorted(self.model.people)):
                if place % share == 0 and self.model.may_answer(name):
                    self.answers(name, seed + place)

    @precondition(lambda self: self.phase == "answering")
    @rule(count=st.integers(1, 9), seed=st.integers(0, 9))
    def a_few_answer(self, count: int, seed: int) -> None:
        waiting = [name for name in sorted(self.model.people) if not self.model.people[name].finished]
        with self.showing_nothing():
            for name in waiting[:count]:
                self.answers(name, seed)
        self.tick()

    def answers(self, name: str, seed: int) -> None:
        items = self.sessions.questionnaire(self.sessions.workshop(self.code)).ids
        sent: Answers = {item: (None, 1, 2, 3, 4, 5)[(seed * 7 + place * (1 + seed % 3)) % 6]
                         for place, item in enumerate(items)}
        def ask() -> Any:
            return self.sessions.answer(self.code, max(1, self.model.round), name, sent)
        if self.phase == "answering" and self.model.may_answer(name):
            self.unseen(ask)
            self.model.answer(name, sent)
        elif self.model.round or self.phase != "lobby":
            self.refused("answer", ask)

    @rule(place=places)
    def withdraw(self, place: int) -> None:
        name = self.somebody(place)
        def ask() -> Any:
            return self.sessions.withdraw(self.code, self.model.round, name)
        if self.phase == "answering" and self.model.may_answer(name):
            self.unseen(ask)
            self.model.answer(name, None)
        elif self.model.round:
            self.refused("withdraw", ask)

    @rule(place=places, kind=st.sampled_from(("edges", "directions", "words")), choice=st.integers(0, 4))
    def enter(self, place: int, kind: str, choice: int) -> None:
        self.enters(self.somebody(place), kind, choice)

    @rule(kind=st.sampled_from(("edges", "directions", "words")), count=st.integers(8, 30))
    def crowd_enters(self, kind: str, count: int) -> None:
        if kind in self.model.collections:
            with self.showing_nothing():
                for place, name in enumerate(sorted(self.model.people)[:count]):
                    self.enters(name, kind, place % 5)

    def enters(self, name: str, kind: str, choice: int) -> None:
        sessions, code, round = self.sessions, self.code, max(1, self.model.round)
        value = {"edges": FACETS[choice], "directions": ("up", "same", "down")[choice % 3],
                 "words": f"planted-word-{choice}"}[kind]
        ask = {"edges": lambda: sessions.choose_edge(code, round, name, value),
               "directions": lambda: sessions.tell_direction(code, round, name, {"D": value, "I": "up"}),
               "words": lambda: sessions.say_word(code, round, name, value)}[kind]
        may = name in self.model.people and not self.model.people[name].gone
        if may and kind in self.model.collections and not (kind == "words" and self.model.waiting):
            self.unseen(ask)
            self.model.collections[kind][name] = value
            self.model._stir()
        elif self.model.round:
            self.refused(kind, ask)

    # the host

    @rule(action=st.sampled_from(sorted(PHASES)))
    def out_of_phase(self, action: str) -> None:
        if self.phase not in PHASES[action]:
            self.refused(action, lambda: self.sessions.act(self.code, action, NEEDS.get(action, {})))

    @precondition(lambda self: self.phase in ("lobby", "review"))
    @rule(action=st.sampled_from(("lock", "unlock", "let_in")), seats=st.integers(1, 3))
    def door(self, action: str, seats: int) -> None:
        model = self.model
        if action == "let_in" and not model.locked:
            return self.refused("let_in", lambda: self.sessions.act(self.code, "let_in", {"seats": seats}))
        self.act(action, **({"seats": seats} if action == "let_in" else {}))
        model.locked, model.let_in = action != "unlock", seats if action == "let_in" else 0
        return self.acted()

    @rule(scene=st.sampled_from(SCENES))
    def goto(self, scene: str) -> None:
        if self.phase != "sealed":
            self.act("goto", scene=scene)
            self.model.scene = scene
            self.acted()

    @precondition(lambda self: self.phase in ("lobby", "review"))
    @rule()
    def open_round(self) -> None:
        self.act("open_round")
        self.model.open_round()
        self.acted()

    @precondition(lambda self: self.phase in ("lobby", "review"))
    @rule(scene=st.sampled_from(("answering", "light", "plane")), share=st.integers(1, 3), seed=st.integers(0, 9))
    def begin_a_round(self, scene: str, share: int, seed: int) -> None:
        self.open_round()
        self.goto(scene)
        self.crowd_answers(share, seed)
        self.tick()

    @precondition(lambda self: self.phase == "answering")
    @rule(share=st.integers(1, 2), seed=st.integers(0, 9))
    def end_a_round(self, share: int, seed: int) -> None:
        self.crowd_answers(share, seed)
        self.close_round(0)

    @precondition(lambda self: "edges" in self.model.collections)
    @rule(count=st.sampled_from((6, 24)))
    def choose_edges(self, count: int) -> None:
        self.crowd_enters("edges", count)
        self.close_collection("edges")

    @precondition(lambda self: self.phase == "review" and not self.model.waiting)
    @rule(count=st.sampled_from((8, 24)))
    def hold_a_word_wall(self, count: int) -> None:
        self.goto("words")
        self.crowd_enters("words", count)
        if "words" in self.model.collections:
            self.close_words()

    @precondition(lambda self: self.phase == "answering")
    @rule(grace=st.sampled_from((0, 0, 20)))
    def close_round(self, grace: int) -> None:
        self.act("close_round", grace=grace)
        if grace:
            self.model.closing = self.clock.now + grace
        else:
            self.model.finish_round()
        self.acted()

    @precondition(lambda self: self.phase == "answering" and self.model.closing)
    @rule()
    def cancel_close(self) -> None:
        self.act("cancel_close")
        self.model.closing = None
        self.acted()

    @rule(level=st.sampled_from(("open", "blocks", "held")))
    def raise_protection(self, level: str) -> None:
        if self.phase in ("lobby", "review") and self.model.raise_to(level):
            self.act("raise_protection", level=level)
            self.acted()
        else:
            self.refused("raise", lambda: self.sessions.act(self.code, "raise_protection", {"level": level}))

    @rule()
    def reveal_dark(self) -> None:
        may = self.model.dark and any(one.taken for one in self.model.rounds.values()) and self.phase != "sealed"
        if not may:
            self.refused("reveal", lambda: self.sessions.act(self.code, "reveal_dark"))
        else:
            self.act("reveal_dark")
            self.model.revealed = True
            self.acted()

    @rule(kind=st.sampled_from(("edges", "directions")))
    def close_collection(self, kind: str) -> None:
        if kind not in self.model.collections:
            return self.refused(f"close_{kind}", lambda: self.sessions.act(self.code, f"close_{kind}"))
        level = self.model.level
        self.act(f"close_{kind}")
        entered = self.model.end(kind)
        if kind == "edges":
            taps = {**dict.fromkeys(FACETS, 0), **Counter(entered.values())}
            in_order = {facet: taps[facet] for facet in ("D2", "D4", "D7", "I1", "I2", "I5") if facet in taps}
            wanted = edges(in_order, level)
            assert tuple((one.facet, one.n) for one in self.snapshot().edges) == (wanted or ())
        return self.acted()

    def snapshot(self) -> Any:
        return self.sessions.snapshot(self.code, self.model.round)

    @precondition(lambda self: "words" in self.model.collections and not self.model.waiting)
    @rule()
    def close_words(self) -> None:
        self.act("close_words")
        self.model.close_words()
        if self.model.waiting:
            assert sorted(word.text for word in self.sessions.pending_words(self.code)) == self.model.pending
        self.acted()

    @precondition(lambda self: self.model.waiting)
    @rule(place=st.integers(0, 4), approved=st.booleans())
    def approve_word(self, place: int, approved: bool) -> None:
        word = self.sessions.pending_words(self.code)[place % len(self.model.pending)]
        self.unseen(lambda: self.sessions.act(self.code, "approve_word", {"id": word.id, "approved": approved}))
        (self.model.approved.add if approved else self.model.approved.discard)(word.text)
        self.acted()

    @precondition(lambda self: self.model.waiting)
    @rule()
    def finish_words(self) -> None:
        self.act("finish_words")
        self.model.waiting = False
        self.model.end("words")
        assert sorted(self.snapshot().words or ()) == sorted(self.model.approved)
        self.acted()

    @precondition(lambda self: self.phase in ("lobby", "review"))
    @rule(sure=st.integers(0, 3))
    def seal(self, sure: int) -> None:
        if sure == 0:
            self.act("seal")
            self.model.seal()

    @rule(sure=st.integers(0, 3), level=LEVELS, dark=st.booleans())
    def forget_workshop(self, sure: int, level: str, dark: bool) -> None:
        if sure and self.phase != "sealed":
            return
        self.sessions.forget_workshop(self.code).result(10)
        for table in TABLES:
            assert self.rows(f"select count(*) from {table}") == [(0,)]
        assert self.sessions.vault.names() == ()
        with pytest.raises(WorkshopError, match="no workshop"):
            self.sessions.join(self.code, None).result(10)
        self.made(level, dark)

    # time and trouble

    @rule()
    def tick(self) -> None:
        duties = Duties(self.sessions)
        duties._looked = self.clock.now
        duties.tick()
        self.settled()
        self.model.tick()

    @rule(seconds=st.sampled_from((1, 31, 3_600, DAY + 1, 8 * DAY, -7_200, -2 * DAY)))
    def time_goes_by(self, seconds: float) -> None:
        self.clock.move(seconds)
        self.model.now = self.clock.now
        Duties(self.sessions).look()
        self.settled()
        self.model.look()

    @rule()
    def restart(self) -> None:
        before = self.outside()
        self.sessions.store.close()
        self.sessions = open_sessions(self.folder, self.clock)
        assert self.outside() == before
        Duties(self.sessions).settle()
        self.settled()
        self.model.look()
        self.model.stirred = False
        self.model._stir()

    def settled(self) -> None:
        """Whatever was begun without waiting for it is done."""
        self.sessions.store.transact(lambda tx: None).result(10)

    # what is always so

    @invariant()
    def it_stands_as_it_should(self) -> None:
        workshop, model = self.sessions.workshop(self.code), self.model
        assert (workshop.phase, workshop.round, workshop.locked) == (model.phase, model.round, model.locked)
        assert {one.kind for one in workshop.collections} - {"answers"} == set(model.collections)
        assert workshop.notice in ("", f"raised:{workshop.level}")
        assert (workshop.collection("answers") is not None) == (model.phase == "answering")

    @invariant()
    def people_are_counted_exactly(self) -> None:
        model, counts = self.model, counted(self.sessions, self.code)
        shown = finished_shown(model.finished, model.level, is_open=model.phase == "answering")
        assert (counts.joined, counts.finished) == (model.joined, shown)
        for name in (*NAMES[:6], "a-stranger-at-the-door"):
            seat, person = self.sessions.seat(self.code, name), model.people.get(name)
            assert (seat is None) == (person is None)
            if seat and person:
                assert (seat.finished, seat.used, seat.forgotten) == (
                    person.finished, person.release is not None, person.gone)

    @invariant()
    def keys_and_rows_are_those_that_are_needed(self) -> None:
        assert set(self.sessions.vault.names()) == life.keys_of_all(self.sessions.store.live())
        assert self.rows("select count(*) from seats") == [(self.model.joined,)]
        wanted = {one.id: len(self.model.collections.get(one.kind, ()))
                  for one in self.sessions.workshop(self.code).collections}
        for id in wanted:
            if id.endswith("answers"):
                wanted[id] = self.model.finished
            if id.endswith("words") and self.model.waiting:
                wanted[id] = 1
        assert dict(self.rows("select collection, count(*) from entries group by collection")) == {
            id: count for id, count in wanted.items() if count}

    @invariant()
    def only_what_was_released_is_published_and_all_of_it(self) -> None:
        for number, here in self.model.rounds.items():
            round = self.sessions.store.round(self.sessions.workshop(self.code), number)
            assert (round.n, round.releases, round.final) == (here.n, len(here.taken), here.final)
            assert round.then_now == here.then_now
            for table in round.tables:
                if table.kind == "item" and table.counts is not None:
                    self.counts_are_exact(table, here)

    def counts_are_exact(self, table: Any, here: Any) -> None:
        people = [answers for number, taken in here.taken.items() if number <= table.release for answers in taken]
        assert table.n == len(people) >= (here.level.k if here.level.level == "open" else max(8, here.level.k))
        for points, count in zip(table.bins, table.counts, strict=True):
            assert count == sum((answers[table.id] or 0) in points for answers in people)
            assert count == 0 or count >= here.level.tau
        assert len(people) >= 16 or here.level.level == "open" or len(table.bins) <= 3

    @invariant()
    def nothing_that_is_not_released_is_outside(self) -> None:
        said = self.outside()
        for word in self.model.pending:
            assert not self.model.waiting or word not in said
        for number in self.model.rounds:
            snapshot = self.sessions.snapshot(self.code, number)
            poles = {one.pole for one in snapshot.items} | {pole.id for pole in snapshot.poles}
            assert self.model.revealed or poles <= set(LIGHT)
            assert "planted" not in repr(snapshot.words) or snapshot.words
            if self.phase != "sealed":
                self.phones_see_what_the_stage_saw(number)

    def phones_see_what_the_stage_saw(self, number: int) -> None:
        seen, shown = self.model.shown.get(number, set()), self.sessions.shown(self.code, number)
        assert not shown["items"] or seen & {"light", "dark"}
        assert shown["plane"] is None or "plane" in seen
        assert shown["edges"] is None or "edges" in seen
        assert shown["words"] is None or "words" in seen


class LifeInBlocks(Life):
    """The same where pictures grow while people answer."""

    @initialize(dark=st.booleans(), people=st.integers(19, 30))
    def begun(self, dark: bool, people: int) -> None:
        self.made("blocks", dark)
        self.crowd(people)


SETTINGS = settings(max_examples=EXAMPLES, stateful_step_count=30, deadline=None, derandomize=EXAMPLES < 50,
                    database=None, suppress_health_check=list(HealthCheck))
TestLife, TestLifeInBlocks = Life.TestCase, LifeInBlocks.TestCase
TestLife.settings = TestLifeInBlocks.settings = SETTINGS
