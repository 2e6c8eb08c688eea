"""A plan played on the real sessions, over the real store; what is kept of it is what a person in the room saw."""

import random
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from unittest.mock import patch

from tests.attack.plans import Event, Plan, Row
from tests.attack.recorder import Recorder
from tests.rooms import Clock
from workshop.errors import WorkshopError
from workshop.sessions import Sessions, creation, moved, telling
from workshop.sessions.act import CODE_LENGTH, CODE_LETTERS
from workshop.sessions.duties import Duties

BEAT = 0.3
Swapped = Mapping[tuple[int, str], Row]  # by round and owner's entry: what was answered instead


@dataclass(frozen=True)
class Beats:
    """Seconds that go by with the events, in both plays alike."""

    clock: Clock

    def monotonic(self) -> float:
        return self.clock()


@dataclass(frozen=True)
class Entry:
    """Answers that a release took in: whose they are is known to all, what they say to nobody else."""

    owner: int
    name: str
    release: int
    group: str | None
    row: Row


@dataclass
class Played:
    """A workshop that has been, per round: entries taken in, how many releases came before the close, and taps."""

    plan: Plan
    recorder: Recorder
    entries: dict[int, list[Entry]] = field(default_factory=dict)
    before_close: dict[int, int] = field(default_factory=dict)
    taps: dict[int, dict[int, str]] = field(default_factory=dict)
    told: dict[int, dict[int, tuple[str, str]]] = field(default_factory=dict)


@dataclass
class Player:
    """Plays one plan; `stuffed`: every sending counts anew, as without R7; `everything` is recorded, or results."""

    sessions: Sessions
    clock: Clock
    plan: Plan
    instead: Swapped = field(default_factory=dict)
    taps: Mapping[tuple[int, int], object] = field(default_factory=dict)
    stuffed: bool = False
    everything: bool = True

    def __post_init__(self) -> None:
        # The same code in both plays: a QR picture is made of it.
        letters = "".join(random.Random(self.plan.name).choices(CODE_LETTERS, k=CODE_LENGTH))
        with patch.object(creation, "_free_code", lambda tx: letters):
            code = self.sessions.create(self.plan.fields).result(20).code
        workshop = self.sessions.workshop(code)
        nonce = self.sessions.hub.version(code, "state").split(".")[0]
        spaced = f"{code[:3]} {code[3:]}"
        names = (code, spaced, code.lower(), workshop.room_name, nonce)
        self.code = code
        self.seats: dict[int, str] = {}
        self.sent: dict[str, Entry] = {}
        self.drafts: dict[str, int] = {}
        self.played = Played(self.plan, Recorder(self.sessions, code, names, self.everything))
        self.duties = Duties(self.sessions)

    def play(self) -> Played:
        """The whole plan, an event every few tenths of a second, by which counts wait to be told as well."""
        beats = Beats(self.clock)
        with patch.object(telling, "time", beats), patch.object(moved, "time", beats):
            self._happen()
        return self.played

    def _happen(self) -> None:
        for event in self.plan.events:
            self.clock.move(BEAT)
            try:
                getattr(self, f"_{event.verb}")(event)
            except WorkshopError as error:
                self.played.recorder.refused(f"{event.verb} {event.person}", error)
            if event.verb not in ("exports", "doors"):
                finished = frozenset(self.sent) | {entry.name for entry in self.played.entries.get(self.round, ())}
                self.played.recorder.moment(f"{event.verb} {event.person}", self.seats.get(0), finished)

    @property
    def round(self) -> int:
        return self.sessions.workshop(self.code).round

    def _act(self, event: Event) -> None:
        action, parameters = event.value
        closing = action == "close_round" and self.sessions.workshop(self.code).phase == "answering"
        if closing:
            self.played.before_close[self.round] = self._releases()
        self.sessions.act(self.code, action, parameters).result(30)
        if action == "open_round":
            self.sent.clear()
            self.played.entries[self.round] = []
        elif closing:
            self._took_in()

    def _goto(self, event: Event) -> None:
        scene = next((one.id for one in self.sessions.workshop(self.code).agenda if one.kind == event.value), None)
        if scene:
            self.sessions.act(self.code, "goto", {"scene": scene}).result(20)

    def _join(self, event: Event) -> None:
        joined = self.sessions.join(self.code, self.seats.get(event.person) or secrets.token_urlsafe(16)).result(20)
        self.seats[event.person] = joined.token

    def _leave(self, event: Event) -> None:
        token = self.seats.get(event.person)
        self.sessions.leave(self.code, token).result(20)
        if self.sessions.seat(self.code, token) is None:
            self.seats.pop(event.person, None)
            self._drop(event.person)

    def _drop(self, person: int) -> None:
        for name in [name for name, entry in self.sent.items() if entry.owner == person]:
            self.sent.pop(name)

    def _answer(self, event: Event) -> None:
        person, asked = event.person, self.sessions.questionnaire(self.sessions.workshop(self.code))
        draft = self.drafts[f"{self.round}"] = self.drafts.get(f"{self.round}", 0) + 1
        row = self.instead.get((self.round, f"{person}.{draft}"), event.row)
        answers = {id: point or None for id, point in zip(asked.ids, row, strict=True)}
        group = self.plan.groups[person] if self.plan.groups else None
        self.sessions.answer(self.code, self.round, self.seats.get(person), answers, group).result(20)
        if not self.stuffed:
            self._drop(person)
        self.sent[f"{person}.{draft}"] = Entry(person, f"{person}.{draft}", 0, group, row)

    def _withdraw(self, event: Event) -> None:
        self.sessions.withdraw(self.code, self.round, self.seats.get(event.person)).result(20)
        self._drop(event.person)

    def _tick(self, event: Event) -> None:
        self.sessions.moved.look()
        self.sessions.store.transact(lambda tx: None).result(20)  # told before anything else is
        self.duties.look()
        self.duties.tick()
        self._took_in()

    def _edge(self, event: Event) -> None:
        number, facet = event.value
        facet = self.taps.get((number, event.person), facet)
        self.sessions.choose_edge(self.code, number, self.seats.get(event.person), str(facet)).result(20)
        self.played.taps.setdefault(number, {})[event.person] = str(facet)

    def _direction(self, event: Event) -> None:
        number, way = event.value
        self.sessions.tell_direction(self.code, number, self.seats.get(event.person), way).result(20)
        self.played.told.setdefault(number, {})[event.person] = (way["D"], way["I"])

    def _word(self, event: Event) -> None:
        self.sessions.say_word(self.code, event.value[0], self.seats.get(event.person), event.value[1]).result(20)

    def _doors(self, event: Event) -> None:
        """What the attacker tries beside the stage: every refusal is a sentence that might say something."""
        sessions, recorder, token = self.sessions, self.played.recorder, self.seats.get(0)
        tries = {
            "future": lambda: sessions.answer(self.code, self.round + 1, token, {}).result(20),
            "scale": lambda: sessions.answer(self.code, self.round, token, {"D2A": 99}).result(20),
            "again": lambda: sessions.withdraw(self.code, max(self.round - 1, 0), token).result(20),
            "results": lambda: sessions.snapshot(self.code, self.round + 1),
            "edge": lambda: sessions.choose_edge(self.code, self.round, token, "DD1").result(20),
        }
        for what, door in tries.items():
            try:
                door()
            except WorkshopError as error:
                recorder.refused(what, error)

    def _exports(self, event: Event) -> None:
        self.played.recorder.exports()

    def _releases(self) -> int:
        round = self.sessions.store.round(self.sessions.workshop(self.code), self.round)
        return round.releases if round else 0

    def _took_in(self) -> None:
        """Whoever had finished when a release came is in it: that is seen in the room."""
        known = self.played.entries.get(self.round)
        if known is None or self._releases() <= max((entry.release for entry in known), default=0):
            return
        known += [replace(entry, release=self._releases()) for entry in self.sent.values()]
        self.sent.clear()
