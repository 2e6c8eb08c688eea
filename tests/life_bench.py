"""Where a workshop's life is lived: the real verbs over a real database, what everybody gets of it, and the model."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import currently_in_test_context, event
from hypothesis.stateful import RuleBasedStateMachine
from life_model import Model
from life_records import numbers
from life_routes import COUNTING
from life_rules import GROUPS, Watch
from rooms import Clock, open_sessions

from workshop.errors import Conflict, Forbidden, Gone
from workshop.sessions.scenes import steps_of
from workshop.takehome import summary_of

NAMES = [f"a-phone-of-number-{number:02}" for number in range(34)]
SCENES = ("agreements", "answering", "light", "plane", "dark", "edges", "words", "then_now", "close")
AGENDA = [{"id": scene, "kind": scene, "minutes": 5} for scene in SCENES]
STRANGER = "a-stranger-at-the-door"
TABLES = ("workshops", "seats", "entries", "rounds", "published", "veiled")
PHASES = {
    "open_lobby": ("draft",), "lock": ("lobby", "review", "answering"), "unlock": ("lobby", "review", "answering"),
    "let_in": ("lobby", "review", "answering"), "open_round": ("lobby", "review"), "close_round": ("answering",),
    "cancel_close": ("answering",), "next": ("lobby", "answering", "review"), "back": ("lobby", "answering", "review"),
    "goto": ("lobby", "answering", "review"), "blank": ("lobby", "answering", "review"), "seal": ("lobby", "review"),
    "archive": ("sealed",), "hold": ("lobby", "answering", "review"), "extend": ("lobby", "answering", "review"),
    "raise_protection": ("lobby", "review"), "reveal_dark": ("lobby", "answering", "review"),
    "close_edges": ("review",), "close_directions": ("review",), "close_words": ("review",),
    "finish_words": ("review",),
}
NEEDS = {
    "let_in": {"seats": 1}, "close_round": {"grace": 20}, "goto": {"scene": "close"}, "blank": {"on": True},
    "hold": {"on": True}, "extend": {"seconds": 60}, "archive": {"on": True}, "raise_protection": {"level": "held"},
}


class Bench(RuleBasedStateMachine):
    """One workshop after another in one database; `way` has the verbs, `SEEN` counts what happened, for each class."""

    SEEN: Counter[str]

    def __init_subclass__(cls) -> None:
        cls.SEEN = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
        self.clock = Clock()
        self.sessions = open_sessions(self.folder, self.clock)
        self.way: Any = self.sessions
        self.sights: Counter[str] = Counter()
        self.code, self.model, self.in_a_crowd = "", Model(numbers("held", "team"), 0.0), False
        self.watch, self.seen, self.kept, self.asked = Watch(), "", "", []
        self.stale: dict[str, float] = {}
        self.compared: dict[int, object] = {}

    def teardown(self) -> None:
        self.sessions.store.close()
        shutil.rmtree(self.folder)
        self.SEEN.update(self.sights)
        if currently_in_test_context():
            for what in sorted(self.sights):
                event(what)

    def made(self, level: str, context: str, dark: bool, grouped: bool) -> None:
        """A room that is open for phones."""
        self.drafted(level, context, dark, grouped)
        self.opened()

    def drafted(self, level: str, context: str, dark: bool, grouped: bool) -> None:
        """A draft, changed once more before the lobby opens, in which nobody can join."""
        dark = dark and context != "class"
        grouping = {"question": "Where do you work?", "options": list(GROUPS)} if grouped else None
        fields = {"title": "A draft", "form": "short", "protection": level, "dark": dark, "words": True,
                  "context": context, "checklist": True, "agenda": AGENDA}
        self.code = self.way.create(fields).result(10).code
        self.way.edit(self.code, {"title": "A room", "grouping": grouping}).result(10)
        self.model = Model(numbers(level, context), self.clock.now, context, grouped=grouped, dark=dark, phase="draft",
                           sights=self.sights)
        self.refused("join", lambda: self.way.join(self.code, NAMES[0]))

    def opened(self) -> None:
        self.act("open_lobby")
        workshop = self.sessions.workshop(self.code)
        steps = [steps_of(scene, self.sessions.questionnaire(workshop)) for scene in workshop.agenda]
        self.model.agenda = tuple(zip(SCENES, steps, strict=True))
        self.model.phase, self.model.lobby_at = "lobby", self.clock.now
        self.watch, self.seen, self.asked, self.stale, self.compared = Watch(), "", [], {}, {}

    # asking

    @property
    def phase(self) -> str:
        return self.model.phase

    def saw(self, what: str) -> None:
        self.sights[what] += 1

    def act(self, action: str, **parameters: Any) -> None:
        self.seen = ""
        self.way.act(self.code, action, parameters).result(10)
        self.saw(f"host: {action}")

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
        self.saw(f"refused: {what}")

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

    def snapshot(self) -> Any:
        return self.sessions.snapshot(self.code, self.model.round)

    def settled(self) -> None:
        """Whatever was begun without waiting for it is done."""
        self.sessions.store.transact(lambda tx: None).result(10)

    def reopen(self) -> None:
        self.way = self.sessions = open_sessions(self.folder, self.clock)

    # what everybody gets

    def outside(self) -> str:
        """Everything that stage, phones, scripts and files get, counts aside."""
        sessions, code = self.sessions, self.code
        facts = sessions.facts(code)
        if facts.scene.kind in COUNTING and not facts.hold:
            facts = replace(facts, joined=0, finished=0)
        told = [sessions.state(code, for_phone=whose) for whose in (True, False)]
        for state in told:
            for name in ("now", "counts", "version", "seat"):
                state.pop(name)
        rounds = range(1, self.model.round + 1)
        found = [sessions.snapshot(code, number) for number in rounds]
        shown = [sessions.shown(code, number) for number in rounds] if self.phase != "sealed" else []
        return repr((facts, told, found, shown, self.file()))

    def file(self) -> object:
        """What every file is made of, and of nothing else; the bytes themselves are looked at over HTTP."""
        closed = any(one.final for one in self.model.rounds.values())
        return summary_of(self.sessions, self.code) if closed else None

    def secrets(self) -> Sequence[str]:
        """What nobody but one phone may know."""
        return NAMES

    def on_stage(self) -> str:
        return repr(replace(self.sessions.facts(self.code), hold=True))
