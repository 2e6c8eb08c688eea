"""The life of a workshop in any order: the real verbs over a real database, and the whole application as phones, host
and stage reach it, held against a model of a few lines and against the rules.

`uv run pytest --long tests/test_life.py` looks longer, `LIFE_EXAMPLES=500` before it as long as one likes.
"""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from life_model import DAY, Answers, Model, Person, Sent
from life_routes import COUNTING, Routes
from life_rules import (
    GROUPS,
    Watch,
    counts_are_exact,
    edges_are,
    groups_are_large_and_alike,
    shows_no_more_than_so_many_carry,
)
from rooms import Clock, counted, open_sessions

from workshop.errors import Conflict, Forbidden, Gone, Missing
from workshop.release import directions, edges, finished_shown, policy
from workshop.results import to_json
from workshop.sessions import life
from workshop.sessions.duties import REKEY_AFTER, Duties
from workshop.sessions.scenes import steps_of
from workshop.takehome import exported

EXAMPLES = int(os.environ.get("LIFE_EXAMPLES", "50"))
NAMES = [f"a-phone-of-number-{number:02}" for number in range(34)]
FACETS = ("D2", "D4", "I1", "I2", "I5")
SCENES = ("agreements", "answering", "light", "plane", "dark", "edges", "words", "then_now", "close")
AGENDA = [{"id": scene, "kind": scene, "minutes": 5} for scene in SCENES]
STRANGER = "a-stranger-at-the-door"
LIGHT = ("DL", "IL")
TABLES = ("workshops", "seats", "entries", "rounds", "published", "veiled")
PHASES = {
    "open_lobby": ("draft",), "lock": ("lobby", "review", "answering"), "unlock": ("lobby", "review", "answering"),
    "open_round": ("lobby", "review"), "close_round": ("answering",), "cancel_close": ("answering",),
    "next": ("lobby", "answering", "review"), "blank": ("lobby", "answering", "review"), "seal": ("lobby", "review"),
    "archive": ("sealed",), "hold": ("lobby", "answering", "review"), "extend": ("lobby", "answering", "review"),
    "raise_protection": ("lobby", "review"), "close_edges": ("review",),
    "close_directions": ("review",), "close_words": ("review",), "finish_words": ("review",),
}
NEEDS = {
    "blank": {"on": False}, "hold": {"on": True}, "extend": {"seconds": 60}, "archive": {"on": True},
    "raise_protection": {"level": "held"},
}
LEVELS = st.sampled_from(("held", "blocks", "blocks", "open"))
CONTEXTS = st.sampled_from(("team", "team", "family", "partner", "class"))
places = st.integers(0, 99)


class Life(RuleBasedStateMachine):
    """One workshop after another in one database."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
        self.clock = Clock()
        self.sessions = open_sessions(self.folder, self.clock)
        self.way: Any = self.sessions
        self.code, self.model, self.in_a_crowd = "", Model(policy("held", "team"), 0.0), False
        self.watch, self.seen, self.kept, self.asked = Watch(), "", "", []
        self.stale: dict[str, float] = {}

    def teardown(self) -> None:
        self.sessions.store.close()
        shutil.rmtree(self.folder)

    @initialize(level=LEVELS, context=CONTEXTS, dark=st.booleans(), grouped=st.booleans(),
                people=st.sampled_from((0, 6, 12, 24)))
    def begun(self, level: str, context: str, dark: bool, grouped: bool, people: int) -> None:
        self.made(level, context, dark, grouped)
        self.crowd(people)

    def made(self, level: str, context: str, dark: bool, grouped: bool) -> None:
        """A draft, changed once more before the lobby opens, in which nobody can join."""
        dark = dark and context != "class"
        grouping = {"question": "Where do you work?", "options": list(GROUPS)} if grouped else None
        fields = {"title": "A draft", "form": "short", "protection": level, "dark": dark, "words": True,
                  "context": context, "checklist": True, "agenda": AGENDA}
        self.code = self.way.create(fields).result(10).code
        self.way.edit(self.code, {"title": "A room", "grouping": grouping}).result(10)
        self.refused("join", lambda: self.way.join(self.code, NAMES[0]))
        self.way.act(self.code, "open_lobby").result(10)
        workshop = self.sessions.workshop(self.code)
        steps = [steps_of(scene, self.sessions.questionnaire(workshop)) for scene in workshop.agenda]
        self.model = Model(policy(level, context), self.clock.now, context, tuple(zip(SCENES, steps, strict=True)),
                           grouped, dark=dark, lobby_at=self.clock.now)
        self.watch, self.seen, self.asked, self.stale = Watch(), "", [], {}

    # asking

    @property
    def phase(self) -> str:
        return self.model.phase

    def act(self, action: str, **parameters: Any) -> None:
        self.seen = ""
        self.way.act(self.code, action, parameters).result(10)

    def acted(self) -> None:
        """What every action of the host brings with it."""
        self.model._stir()
        self.model.open_words()
        self.model.see()

    def refused(self, what: str, ask: Callable[[], Any]) -> None:
        """It has to be refused, and nothing may have changed."""
        self.wait()
        before = self.everything()
        error = ask().exception(10)
        assert isinstance(error, Conflict | Forbidden | Gone), f"{what} in {self.phase}: {error!r}"
        after = self.everything()
        assert {name: (rows, after[name]) for name, rows in before.items() if rows != after[name]} == {}

    def unseen(self, verb: Callable[[], Any]) -> None:
        """What a phone does shows nowhere but in the counts, until a release."""
        with self.showing_nothing():
            self.asked.append(verb())

    def taken_out(self, kind: str) -> None:
        """The key that could still open what a phone has taken back, or changed, has to go within a minute."""
        collection = next(one for one in self.sessions.workshop(self.code).collections if one.kind == kind)
        self.stale.setdefault(collection.key, self.clock.now)

    def wait(self) -> None:
        """For whatever was asked at once."""
        asked, self.asked = self.asked, []
        for one in asked:
            one.result(10)

    @contextmanager
    def showing_nothing(self) -> Iterator[None]:
        """The same for a whole crowd that asks at once, looked at once."""
        if self.in_a_crowd:
            yield
            return
        before, self.in_a_crowd = self.seen or self.outside(), True
        try:
            yield
        finally:
            self.in_a_crowd = False
        self.wait()
        self.seen = self.outside()
        assert self.seen == before

    def everything(self) -> Any:
        rows = {table: self.rows(f"select * from {table} order by all") for table in TABLES}
        return {**rows, "keys": self.sessions.vault.names()}

    def rows(self, query: str) -> Any:
        return self.sessions.store._read(lambda cursor: cursor.execute(query).fetchall())

    def outside(self) -> str:
        """Everything that stage, phones, scripts and files get, counts aside."""
        sessions, code = self.sessions, self.code
        facts = asdict(sessions.facts(code))
        if facts["scene"]["kind"] in COUNTING and not facts["hold"]:
            facts |= {"joined": 0, "finished": 0}
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
        return [*here[:4], *here[-4:], STRANGER][place % (len(here[:4]) + len(here[-4:]) + 1)]

    @rule(place=places)
    def join(self, place: int) -> None:
        name = self.somebody(place)
        self.joins(name)

    @rule(count=st.integers(3, 34))
    def crowd(self, count: int) -> None:
        with self.showing_nothing():
            for name in NAMES[:count]:
                self.joins(name)

    def joins(self, name: str) -> None:
        if self.phase != "sealed" and self.model.may_join(name):
            self.unseen(lambda: self.way.join(self.code, name))
            self.model.join(name)
        else:
            self.refused("join", lambda: self.way.join(self.code, name))

    @rule(place=places)
    def leave(self, place: int) -> None:
        name = self.somebody(place)
        if self.phase == "sealed":
            self.refused("leave", lambda: self.way.leave(self.code, name))
        else:
            person = self.model.people.get(name)
            for kind, entered in self.model.collections.items():
                if name in entered and not (kind == "words" and self.model.waiting):
                    self.taken_out(kind)
            if self.phase == "answering" and person is not None and person.finished and person.release is None:
                self.taken_out("answers")
            self.unseen(lambda: self.way.leave(self.code, name))
            self.model.leave(name)

    @rule(place=places, seed=st.integers(0, 9))
    def answer(self, place: int, seed: int) -> None:
        self.answers(self.somebody(place), seed)

    @rule(share=st.integers(1, 4), seed=st.integers(0, 9), late=st.sampled_from((0, 4, 9)))
    def crowd_answers(self, share: int, seed: int, late: int) -> None:
        """One in so many, and of those not the last ones."""
        with self.showing_nothing():
            here = sorted(self.model.people)
            for place, name in enumerate(here[:max(0, len(here) - late)]):
                if place % share == 0 and self.model.may_answer(name):
                    self.answers(name, seed + place, GROUPS[place % (2 + seed % 3 * 3) == 0])

    @precondition(lambda self: self.phase == "answering")
    @rule(count=st.integers(1, 9), seed=st.integers(0, 9))
    def a_few_answer(self, count: int, seed: int) -> None:
        waiting = [name for name in sorted(self.model.people) if not self.model.people[name].finished]
        with self.showing_nothing():
            for name in waiting[:count]:
                self.answers(name, seed)
        self.tick()

    def answers(self, name: str, seed: int, group: str | None = None) -> None:
        items = self.sessions.questionnaire(self.sessions.workshop(self.code)).ids
        answers: Answers = {item: (None, 1, 2, 3, 4, 5)[(seed * 7 + place * (1 + seed % 3)) % 6]
                            for place, item in enumerate(items)}
        sent = Sent(answers, group if self.model.grouped else None)
        def ask() -> Any:
            return self.way.answer(self.code, max(1, self.model.round), name, answers, sent.group)
        if self.phase == "answering" and self.model.may_answer(name):
            if self.model.people[name].finished:
                self.taken_out("answers")
            self.unseen(ask)
            self.model.answer(name, sent)
        elif self.model.round or self.phase != "lobby":
            self.refused("answer", ask)

    @rule(place=places)
    def withdraw(self, place: int) -> None:
        name = self.somebody(place)
        def ask() -> Any:
            return self.way.withdraw(self.code, self.model.round, name)
        if self.phase == "answering" and self.model.may_answer(name):
            if self.model.people[name].finished:
                self.taken_out("answers")
            self.unseen(ask)
            self.model.answer(name, None)
            if place % 2:
                self.time_goes_by(31)
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
        way, code, round = self.way, self.code, max(1, self.model.round)
        value = {"edges": FACETS[choice], "directions": ("up", "same", "down")[choice % 3],
                 "words": f"planted-word-{round}-{choice}"}[kind]
        ask = {"edges": lambda: way.choose_edge(code, round, name, value),
               "directions": lambda: way.tell_direction(code, round, name, {"D": value, "I": "up"}),
               "words": lambda: way.say_word(code, round, name, value)}[kind]
        may = name in self.model.people and not self.model.people[name].gone
        if may and kind in self.model.collections and not (kind == "words" and self.model.waiting):
            if name in self.model.collections[kind]:
                self.taken_out(kind)
            self.unseen(ask)
            self.model.collections[kind][name] = value
            self.model._stir()
        elif self.model.round:
            self.refused(kind, ask)

    # the host

    @rule(action=st.sampled_from(sorted(PHASES)))
    def out_of_phase(self, action: str) -> None:
        if self.phase not in PHASES[action]:
            self.refused(action, lambda: self.way.act(self.code, action, NEEDS.get(action, {})))

    @precondition(lambda self: self.phase in ("lobby", "review"))
    @rule(action=st.sampled_from(("lock", "unlock", "let_in")), seats=st.integers(1, 3))
    def door(self, action: str, seats: int) -> None:
        model = self.model
        if action == "let_in" and not model.locked:
            self.refused("let_in", lambda: self.way.act(self.code, "let_in", {"seats": seats}))
            self.act("lock")
        self.act(action, **({"seats": seats} if action == "let_in" else {}))
        model.locked, model.let_in = action != "unlock", seats if action == "let_in" else 0
        self.acted()
        newcomers = [name for name in NAMES if name not in model.people]
        for name in newcomers[:model.let_in + model.locked]:
            self.joins(name)

    @rule(scene=st.sampled_from(SCENES))
    def goto(self, scene: str) -> None:
        if self.phase != "sealed":
            self.act("goto", scene=scene)
            self.model.scene, self.model.step = scene, self.model.step if scene == self.model.scene else 0
            self.acted()

    @precondition(lambda self: self.phase != "sealed")
    @rule(steps=st.sampled_from((-1, 1, 1, 1)), meant=st.sampled_from(("here", "here", "elsewhere", "")))
    def walk(self, steps: int, meant: str) -> None:
        """Of two consoles that press at once, the second one moves nothing."""
        model, action = self.model, "next" if steps > 0 else "back"
        if meant == "elsewhere":
            other = next(scene for scene in SCENES if scene != model.scene)
            return self.refused("moved on", lambda: self.way.act(self.code, action, {"from": other}))
        here = {"from": model.scene, "from_step": model.step} if meant else {}
        self.act(action, **here)
        model.walk(steps)
        return self.acted()

    @precondition(lambda self: self.phase != "sealed")
    @rule(what=st.sampled_from(("blank", "hold")))
    def cover(self, what: str) -> None:
        """On where it is off, off where it is on."""
        on = not (self.model.blank if what == "blank" else self.model.held)
        self.act(what, on=on)
        if what == "blank":
            self.model.blank = on
        else:
            self.model.held = on
            self.kept = self.on_stage() if on and not self.model.blank else ""
        self.acted()

    @precondition(lambda self: self.phase != "sealed")
    @rule(seconds=st.sampled_from((60, -30)))
    def extend(self, seconds: int) -> None:
        self.act("extend", seconds=seconds)
        self.acted()

    @rule(scene=st.sampled_from(SCENES))
    def note(self, scene: str) -> None:
        """A host's own words go into files only if the host wants it."""
        self.seen = ""
        self.sessions.note(self.code, scene, "planted-note").result(10)
        assert "planted-note" not in self.outside()

    @precondition(lambda self: self.phase == "sealed")
    @rule(on=st.booleans())
    def archive(self, on: bool) -> None:
        self.act("archive", on=on)

    @precondition(lambda self: self.phase in ("lobby", "review"))
    @rule(hours=st.sampled_from((0, 0, 1, 72)))
    def open_round(self, hours: int) -> None:
        closes = {"closes_at": self.clock.now + hours * 3_600} if hours else {}
        if not self.model.may_open():
            return self.refused("too few", lambda: self.way.act(self.code, "open_round", closes))
        self.act("open_round", **closes)
        self.model.open_round(closes.get("closes_at"))
        return self.acted()

    @precondition(lambda self: self.phase in ("lobby", "review"))
    @rule(scene=st.sampled_from(("answering", "light", "plane")), share=st.integers(1, 3), seed=st.integers(0, 9),
          late=st.sampled_from((0, 4, 9)))
    def begin_a_round(self, scene: str, share: int, seed: int, late: int) -> None:
        self.open_round(0)
        self.goto(scene)
        self.crowd_answers(share, seed, late)
        self.tick()

    @precondition(lambda self: self.phase == "answering")
    @rule(share=st.integers(1, 2), seed=st.integers(0, 9))
    def end_a_round(self, share: int, seed: int) -> None:
        self.crowd_answers(share, seed, 0)
        self.close_round(0)

    @precondition(lambda self: self.phase in ("lobby", "review"))
    @rule(seed=st.integers(0, 9))
    def hold_a_round_of_everybody(self, seed: int) -> None:
        self.crowd(34)
        self.open_round(0)
        self.end_a_round(1, seed)

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
            self.refused("raise", lambda: self.way.act(self.code, "raise_protection", {"level": level}))

    @rule()
    def reveal_dark(self) -> None:
        may = self.model.dark and any(one.taken for one in self.model.rounds.values()) and self.phase != "sealed"
        if not may:
            self.refused("reveal", lambda: self.way.act(self.code, "reveal_dark"))
        else:
            self.act("reveal_dark")
            self.model.revealed = True
            self.acted()

    @rule(kind=st.sampled_from(("edges", "directions")))
    def close_collection(self, kind: str) -> None:
        if kind not in self.model.collections:
            return self.refused(f"close_{kind}", lambda: self.way.act(self.code, f"close_{kind}"))
        level = self.model.level
        self.act(f"close_{kind}")
        entered = self.model.end(kind)
        if kind == "edges":
            taps = {**dict.fromkeys(FACETS, 0), **Counter(entered.values())}
            in_order = {facet: taps[facet] for facet in ("D2", "D4", "D7", "I1", "I2", "I5") if facet in taps}
            shown = tuple((one.facet, one.n) for one in self.snapshot().edges)
            assert shown == (edges(in_order, level) or ())
            edges_are(taps, shown, level)
        else:
            own = Counter(entered.values())
            up, same, down = own["up"], own["same"], own["down"]
            wanted = {"D": directions(up, same, down, level), "I": directions(len(entered), 0, 0, level)}
            told = self.snapshot().directions or {}
            assert {axis: one and tuple(one.values()) for axis, one in told.items()} == wanted
        return self.acted()

    def snapshot(self) -> Any:
        return self.sessions.snapshot(self.code, self.model.round)

    @precondition(lambda self: "words" in self.model.collections and not self.model.waiting)
    @rule()
    def close_words(self) -> None:
        self.act("close_words")
        self.model.close_words()
        if self.model.waiting:
            assert sorted(word.text for word in self.way.pending_words(self.code)) == self.model.pending
        self.acted()

    @precondition(lambda self: self.model.waiting)
    @rule(place=st.integers(0, 4), approved=st.booleans())
    def approve_word(self, place: int, approved: bool) -> None:
        word = self.way.pending_words(self.code)[place % len(self.model.pending)]
        self.unseen(lambda: self.way.act(self.code, "approve_word", {"id": word.id, "approved": approved}))
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

    @rule(sure=st.integers(0, 3), level=LEVELS, context=CONTEXTS, dark=st.booleans(), grouped=st.booleans())
    def forget_workshop(self, sure: int, level: str, context: str, dark: bool, grouped: bool) -> None:
        if sure and self.phase != "sealed":
            return
        self.way.forget_workshop(self.code).result(10)
        for table in TABLES:
            assert self.rows(f"select count(*) from {table}") == [(0,)]
        assert self.sessions.vault.names() == ()
        assert isinstance(self.way.join(self.code, NAMES[0]).exception(10), Missing)
        self.made(level, context, dark, grouped)

    # time and trouble

    @rule()
    def tick(self) -> None:
        duties = Duties(self.sessions)
        duties._looked = self.clock.now
        duties.tick()
        self.settled()
        self.seen = ""
        self.model.tick()
        self.counted_ones_can_change_nothing()

    def counted_ones_can_change_nothing(self) -> None:
        counted_in = [name for name, person in self.model.people.items() if person.release is not None]
        if self.phase == "answering" and counted_in:
            name = sorted(counted_in)[0]
            self.answers(name, 3)
            self.refused("withdraw", lambda: self.way.withdraw(self.code, self.model.round, name))

    @rule(seconds=st.sampled_from((1, 31, 3_600, DAY + 1, 8 * DAY, -7_200, -2 * DAY)))
    def time_goes_by(self, seconds: float) -> None:
        self.clock.move(seconds)
        self.model.now = now = self.clock.now
        Duties(self.sessions).look()
        self.settled()
        self.seen = ""
        self.model.look()
        self.none_of_these_opens([key for key, since in self.stale.items() if not 0 <= now - since < REKEY_AFTER])

    @rule()
    def restart(self) -> None:
        before = self.outside()
        self.sessions.store.close()
        self.reopen()
        assert self.outside() == before
        Duties(self.sessions).settle()
        self.settled()
        self.seen = ""
        self.none_of_these_opens(list(self.stale))
        self.model.look()
        self.model.stirred = False
        self.model._stir()

    def none_of_these_opens(self, stale: Sequence[str]) -> None:
        assert not set(stale) & set(self.sessions.vault.names())
        for key in stale:
            del self.stale[key]

    def reopen(self) -> None:
        self.way = self.sessions = open_sessions(self.folder, self.clock)

    def settled(self) -> None:
        """Whatever was begun without waiting for it is done."""
        self.sessions.store.transact(lambda tx: None).result(10)

    # what is always so

    @invariant()
    def it_stands_as_it_should(self) -> None:
        workshop, model = self.sessions.workshop(self.code), self.model
        assert (workshop.phase, workshop.round, workshop.locked) == (model.phase, model.round, model.locked)
        assert {one.kind for one in workshop.collections} - {"answers"} == set(model.collections)
        assert (workshop.scene, workshop.step, workshop.blank, workshop.held is not None) == (
            model.scene, model.step, model.blank, model.held)
        assert workshop.notice in ("", f"raised:{workshop.level}")
        assert (workshop.collection("answers") is not None) == (model.phase == "answering")

    @invariant()
    def people_are_counted_exactly(self) -> None:
        model, counts = self.model, counted(self.sessions, self.code)
        shown = finished_shown(model.finished, model.level, is_open=model.phase == "answering")
        assert (counts.joined, counts.finished) == (model.joined, shown)
        for name in (*NAMES[:6], STRANGER):
            self.seat_is_right(name, model.people.get(name))

    def seat_is_right(self, name: str, person: Person | None) -> None:
        seat = self.sessions.seat(self.code, name)
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
                    counts_are_exact(table, here)
            groups_are_large_and_alike(round, here)
            self.watch.look(round, here, self.model.level)

    @invariant()
    def nothing_that_is_not_released_is_outside(self) -> None:
        self.seen = said = self.seen or self.outside()
        assert not [word for word in self.model.collections.get("words", {}).values() if word in said]
        assert not [phone for phone in self.secrets() if phone in said]
        for number in self.model.rounds:
            snapshot = self.sessions.snapshot(self.code, number)
            shows_no_more_than_so_many_carry(snapshot)
            poles = {one.pole for one in snapshot.items} | {pole.id for pole in snapshot.poles}
            assert self.model.revealed or poles <= set(LIGHT)
            if self.phase != "sealed":
                self.phones_see_what_the_stage_saw(number)

    def secrets(self) -> list[str]:
        """What nobody but one phone may know."""
        return NAMES

    @invariant()
    def what_is_held_stays_on_the_stage(self) -> None:
        if self.kept and self.model.held and not self.model.blank:
            assert self.on_stage() == self.kept

    def on_stage(self) -> str:
        return repr(replace(self.sessions.facts(self.code), hold=True))

    @invariant()
    def after_the_seal_no_key_and_no_dark_table_is_left(self) -> None:
        if self.phase == "sealed":
            assert self.sessions.vault.names() == ()
            assert self.rows("select (select count(*) from veiled) + (select count(*) from entries)") == [(0,)]

    def phones_see_what_the_stage_saw(self, number: int) -> None:
        seen, shown = self.model.shown.get(number, set()), self.sessions.shown(self.code, number)
        assert not shown["items"] or seen & {"light", "dark"}
        assert shown["plane"] is None or "plane" in seen
        assert shown["edges"] is None or "edges" in seen
        assert shown["words"] is None or "words" in seen


class LifeInBlocks(Life):
    """The same where pictures grow while people answer."""

    @initialize(dark=st.booleans(), people=st.integers(19, 30), late=st.sampled_from((4, 9, 11)))
    def begun(self, dark: bool, people: int, late: int) -> None:
        self.made("blocks", "team", dark, grouped=False)
        self.crowd(people)
        self.begin_a_round("light", 1, people, late)


class LifeOverHTTP(Life):
    """The same as everybody else reaches it: phones with a script and without, the host's key, the stage."""

    def __init__(self) -> None:
        super().__init__()
        self.way: Any = Routes(self.sessions)

    def teardown(self) -> None:
        self.way.close()
        super().teardown()

    def reopen(self) -> None:
        self.sessions = open_sessions(self.folder, self.clock)
        self.way.open(self.sessions)

    def outside(self) -> str:
        return self.way.outside(self.code, self.model.round, sealed=self.phase == "sealed")

    def secrets(self) -> list[str]:
        return list(self.way.phones.values())

    def on_stage(self) -> str:
        return self.way._stage(f"/api/workshops/{self.code}/stage?theme=dark").replace('"hold": false', '"hold": true')

    def seat_is_right(self, name: str, person: Person | None) -> None:
        if self.phase != "sealed":
            here = person is not None and not person.gone
            sent = here and person is not None and person.finished
            assert self.way.seat_in(self.code, name) == {
                "joined": here, "sent": sent, "frozen": person is not None and person.release is not None}


def looked_at(machine: type[Life], examples: int) -> type:
    """A test of so many lives; of few always the same ones, so that the default run cannot fail by chance."""
    test = machine.TestCase
    test.settings = settings(max_examples=examples, stateful_step_count=30, deadline=None, derandomize=examples < 50,
                             database=None, suppress_health_check=list(HealthCheck))
    return test


class LongLife(Life):
    """As many as one likes."""


class LongLifeInBlocks(LifeInBlocks):
    """As many as one likes."""


class LongLifeOverHTTP(LifeOverHTTP):
    """As many as one likes."""


TestLife, TestLifeInBlocks = looked_at(Life, 5), looked_at(LifeInBlocks, 4)
TestLifeOverHTTP = looked_at(LifeOverHTTP, 3)
TestLongLife, TestLongLifeInBlocks, TestLongLifeOverHTTP = (
    pytest.mark.long(pytest.mark.timeout(7_200)(looked_at(machine, EXAMPLES)))
    for machine in (LongLife, LongLifeInBlocks, LongLifeOverHTTP))
