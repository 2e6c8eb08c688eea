"""A room without a server: the real sessions over a real database, a real vault and a clock of the test's own."""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from workshop.events import Hub
from workshop.inventory import Library, load_library
from workshop.results import Snapshot
from workshop.room import Counts, Workshop
from workshop.sessions import Sessions
from workshop.sessions.duties import Duties
from workshop.sessions.state import public_counts
from workshop.settings import Settings
from workshop.store.duckdb import DuckDBStore
from workshop.vault import Vault

Answers = dict[str, int | None]
LIBRARY: Library = load_library()
MONDAY = 1_790_000_000.0


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: float = MONDAY

    def __call__(self) -> float:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Room:
    """One workshop and its people; `act` and the others wait until the verb is durable."""

    sessions: Sessions
    clock: Clock
    code: str
    tokens: list[str] = field(default_factory=list)

    @property
    def workshop(self) -> Workshop:
        return self.sessions.workshop(self.code)

    @property
    def snapshot(self) -> Snapshot:
        return self.sessions.snapshot(self.code)

    @property
    def counts(self) -> Counts:
        """At this moment, as they may be told; the room is told at most once a second."""
        return counted(self.sessions, self.code)

    @property
    def items(self) -> tuple[str, ...]:
        return self.sessions.questionnaire(self.workshop).ids

    def act(self, action: str, **parameters) -> Workshop:
        return self.sessions.act(self.code, action, parameters).result(10)

    def join(self, people: int = 1) -> list[str]:
        fresh = [self.sessions.join(self.code, None).result(10).token for _ in range(people)]
        self.tokens += fresh
        return fresh

    def answer(self, token: str, answers: Mapping[str, int | None] | int, round: int | None = None) -> None:
        if isinstance(answers, int):
            answers = dict.fromkeys(self.items, answers)
        self.sessions.answer(self.code, round or self.workshop.round, token, answers).result(10)

    def answer_each(self, seed: int = 1) -> dict[str, Answers]:
        """Everybody answers at random, with a few skips; returns what was sent."""
        rng = random.Random(seed)
        sent = {token: {item: rng.choice((None, 1, 2, 3, 4, 5)) for item in self.items} for token in self.tokens}
        for token, answers in sent.items():
            self.answer(token, answers)
        return sent

    def tick(self) -> None:
        """The duties' once-a-second look, now."""
        duties = Duties(self.sessions)
        duties.look()
        duties.tick()


def open_sessions(folder: Path, clock: Clock) -> Sessions:
    """Sessions on the database in this folder."""
    settings = Settings(database=folder / "bothand.duckdb", keys=folder / "keys", port=8501)
    store = DuckDBStore(settings.database)
    return Sessions(settings, LIBRARY, store, Vault(settings.keys), Hub(), clock)


@contextmanager
def sessions_in(folder: Path, clock: Clock | None = None) -> Iterator[Sessions]:
    """Sessions that are closed at the end, as by a clean stop."""
    sessions = open_sessions(folder, clock or Clock())
    try:
        yield sessions
    finally:
        sessions.store.close()


def counted(sessions: Sessions, code: str) -> Counts:
    """The public counts of a workshop at this moment."""
    workshop = sessions.workshop(code)
    return public_counts(workshop, sessions.store.counts(workshop))


def new_room(sessions: Sessions, clock: Clock, people: int = 0, *, is_open: bool = False, **fields) -> Room:
    """A lobby with so many phones in it, or an open round."""
    workshop = sessions.create({"title": "A room", "checklist": True, **fields}).result(10)
    room = Room(sessions, clock, workshop.code)
    room.act("open_lobby")
    room.join(people)
    if is_open:
        room.act("open_round")
    return room


def bytes_on_disk(folder: Path) -> bytes:
    """Every byte of every file below a folder."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
