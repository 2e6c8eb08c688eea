"""The course of a rehearsal: phones join, answer and tap an edge while the host's remote moves the run-sheet."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from workshop.errors import Conflict, Forbidden, Missing, WorkshopError
from workshop.inventory import Agenda
from workshop.rehearsal.connection import Connection
from workshop.rehearsal.pace import PACES, Pace
from workshop.rehearsal.people import Answers, Person, Statement, directions

MINUTES_OF_AN_UNKNOWN_SCENE = 3
MOST_PICTURES = 200
SLACK = 120.0
# A host who drives along, or a closing time, may be quicker than the phones: that is no failure.
TURNED_AWAY = frozenset({"round_closed", "locked", "room_full", "wrong_phase", "already_counted"})


@dataclass(frozen=True)
class Report:
    """What a rehearsal did: `answers` and `edges` by the number of the person who sent them, as acknowledged;
    `turned_away` counts phones that came when the door, the round or the collection was closed."""

    code: str
    stage_url: str
    join_url: str
    round: int
    seed: int
    people: int
    answers: Mapping[int, Answers]
    edges: Mapping[int, str]
    turned_away: int
    seconds: float


class Picture(NamedTuple):
    """What is on the stage: a scene, and which of its pictures."""

    id: str
    kind: str
    step: int
    steps: int


@dataclass
class Phone:
    """One person's phone: its cookie once it has joined, what it has sent, and what it sent in the round before."""

    person: Person
    cookie: str = ""
    answers: Answers | None = None
    earlier: Answers | None = None
    edge: str | None = None


@dataclass
class Rehearsal:
    """One rehearsal under way; `agenda` is the run-sheet that is walked."""

    connection: Connection
    people: Sequence[Person]
    pace: Pace
    seed: int
    tell: Callable[[str], None]
    agenda: Agenda
    code: str = ""
    state: dict[str, Any] = field(default_factory=dict)
    phones: list[Phone] = field(default_factory=list)
    turned_away: int = 0
    started: float = field(default_factory=time.monotonic)

    async def enter(self, code: str | None, fields: Mapping[str, Any]) -> None:
        """A new rehearsal workshop, or an existing one by its code, with its lobby open.

        Raises Forbidden for a workshop that is not a rehearsal.
        """
        if code is None:
            code = str((await self.connection.host("POST", "/api/workshops", dict(fields)))["code"])
        self.code = code
        await self._look()
        if not self.state["rehearsal"]:
            raise Forbidden("not_a_rehearsal", "Simulated people join rehearsals only, and this workshop is for real "
                                               "people. Start a rehearsal without a code to get one of its own.")
        if self.state["phase"] == "draft":
            await self._act("open_lobby")
        self.phones = [Phone(person) for person in self.people]
        self.tell(f"Rehearsal {self.code}, stage: {self._stage_url}")

    async def show(self) -> Report:
        """One round: everybody joins, answers and taps an edge; then the light sides are on the stage."""
        await self._goto("join")
        await self._join()
        await self._goto("answering")
        await self._answer()
        await self._goto("light")
        await self._choose()
        return await self._report()

    async def walk(self) -> Report:
        """The whole run-sheet, scene by scene, as a host would walk it."""
        if self._meets_again and not self.state["round"]:
            await self._meet_before()
        joining = asyncio.ensure_future(self._join())
        here = await self._scene()
        for _ in range(MOST_PICTURES):
            self.tell(f"Scene: {here.kind}")
            minutes = self._minutes.get(here.id, MINUTES_OF_AN_UNKNOWN_SCENE)
            until = time.monotonic() + self.pace.seconds(minutes) / here.steps
            await self._enter_scene(here.kind, joining)
            await asyncio.sleep(max(0.0, until - time.monotonic()))
            await self._act("next", **{"from": here.id})
            before, here = here, await self._scene()
            if here == before:
                break
        await joining
        return await self._report()

    def longest(self, whole: bool) -> float:
        """Seconds after which something has gone wrong."""
        windows = self.pace.joining + self.pace.answering + self.pace.choosing
        return SLACK + windows + (self.pace.seconds(sum(self._minutes.values())) if whole else 0)

    async def _meet_before(self) -> None:
        """The earlier meeting that this run-sheet sets beside the present one: played at once, and not walked."""
        pace, self.pace = self.pace, PACES["fast"]
        await self._join()
        await self._answer()
        await self._choose()
        self.pace = pace
        self.tell("That was the earlier meeting. Now the room meets again.")

    async def _enter_scene(self, kind: str, joining: Awaitable[None]) -> None:
        if kind in ("join", "answering"):
            await joining
        if kind == "answering" and self.state["phase"] in ("lobby", "review"):
            await self._answer()
            await self._choose()
        elif kind == "dark" and self.state["phase"] == "review":
            await self._act("reveal_dark")
        elif kind == "edges" and "edges" in self.state["open"]:
            await self._act("close_edges")
        elif kind == "then_now" and "directions" in self.state["open"]:
            await self._act("close_directions")
        elif kind == "words" and "words" in self.state["open"]:
            await self._say_words()

    async def _join(self) -> None:
        async def join(phone: Phone) -> None:
            _, phone.cookie = await self.connection.phone("POST", f"/api/workshops/{self.code}/seats")
        outside = [phone for phone in self.phones if not phone.cookie]
        await self._all(join, outside, "join", self.pace.joining)
        self.tell(f"{len(self._here)} phones have joined.")

    async def _answer(self) -> None:
        await self._look()
        own_round = self.state["phase"] != "answering"
        if own_round:
            await self._act("open_round")
        statements, points = _asked(self.state)
        path = f"/api/workshops/{self.code}/rounds/{self.state['round']}/answers"

        async def send(phone: Phone) -> None:
            answers = phone.person.answers(statements, points, self.state["round"])
            await self.connection.phone("PUT", path, {"answers": answers}, phone.cookie)
            phone.answers = answers

        for phone in self.phones:
            phone.earlier, phone.answers, phone.edge = phone.answers, None, None
        await self._all(send, self._here, "send", self.pace.answering)
        self.tell(f"{sum(phone.answers is not None for phone in self.phones)} phones have sent their answers.")
        if own_round:
            await self._act("close_round")
            self.tell("The round is closed.")

    async def _choose(self) -> None:
        await self._look()
        if "edges" not in self.state["open"]:
            return
        statements, _ = _asked(self.state)
        path = f"/api/workshops/{self.code}/rounds/{self.state['round']}"
        changing = "directions" in self.state["open"]

        async def tap(phone: Phone) -> None:
            facet = phone.person.edge(statements, phone.answers or {})
            if facet:
                await self.connection.phone("PUT", f"{path}/edge", {"facet": facet}, phone.cookie)
                phone.edge = facet
            if changing and phone.earlier and phone.answers:
                ways = directions(statements, phone.earlier, phone.answers)
                await self.connection.phone("PUT", f"{path}/direction", ways, phone.cookie)

        answered = [phone for phone in self._here if phone.answers is not None]
        await self._all(tap, answered, "edge", self.pace.choosing)
        self.tell(f"{sum(phone.edge is not None for phone in self.phones)} people have chosen an edge.")

    async def _say_words(self) -> None:
        """Everybody says a word, the host reads them all and lets each through."""
        path = f"/api/workshops/{self.code}/rounds/{self.state['round']}/word"

        async def say(phone: Phone) -> None:
            await self.connection.phone("PUT", path, {"text": phone.person.word()}, phone.cookie)

        await self._all(say, self._here, "word", self.pace.choosing)
        await self._act("close_words")
        results = await self.connection.host("GET", f"/api/workshops/{self.code}/results")
        for word in results.get("pending_words", ()):
            await self._act("approve_word", id=word["id"], approved=True)
        await self._act("finish_words")
        self.tell("The words are on the wall.")

    async def _all(self, act: Callable[[Phone], Awaitable[None]], phones: Iterable[Phone], what: Any,
                   window: float) -> None:
        """Every phone acts at its own time within a window of seconds."""
        async def in_its_time(phone: Phone) -> None:
            await asyncio.sleep(window * phone.person.when(what))
            try:
                await act(phone)
            except WorkshopError as error:
                if error.code not in TURNED_AWAY:
                    raise
                self.turned_away += 1

        await asyncio.gather(*map(in_its_time, phones))

    @property
    def _minutes(self) -> Mapping[str, int]:
        return {scene.id: scene.minutes for scene in self.agenda.scenes}

    @property
    def _meets_again(self) -> bool:
        return any(scene.kind == "then_now" for scene in self.agenda.scenes)

    @property
    def _here(self) -> list[Phone]:
        return [phone for phone in self.phones if phone.cookie]

    @property
    def _stage_url(self) -> str:
        return f"{self.connection.url}/stage/{self.code}"

    async def _look(self) -> None:
        self.state = await self.connection.host("GET", f"/api/workshops/{self.code}")

    async def _scene(self) -> Picture:
        on_stage = await self.connection.host("GET", f"/api/workshops/{self.code}/stage")
        scene = on_stage["scene"]
        return Picture(scene["id"], scene["kind"], on_stage["step"], max(1, on_stage["steps"]))

    async def _act(self, action: str, **parameters: Any) -> None:
        """One action; a real host who was quicker is followed, not fought."""
        try:
            self.state = await self.connection.host("POST", f"/api/workshops/{self.code}/actions",
                                                    {"action": action, **parameters})
        except Conflict as error:
            await self._look()
            if error.code not in ("wrong_phase", "moved_on"):
                raise

    async def _goto(self, scene: str) -> None:
        try:
            await self._act("goto", scene=scene)
        except Missing:
            self.tell("The run-sheet has no scene of that name; the stage stays where it is.")

    async def _report(self) -> Report:
        await self._look()
        return Report(
            code=self.code, stage_url=self._stage_url, join_url=f"{self.connection.url}/j/{self.code}",
            round=self.state["round"], seed=self.seed, people=len(self.phones),
            answers={one.person.number: one.answers for one in self.phones if one.answers is not None},
            edges={one.person.number: one.edge for one in self.phones if one.edge},
            turned_away=self.turned_away, seconds=round(time.monotonic() - self.started, 1))


def _asked(state: Mapping[str, Any]) -> tuple[tuple[Statement, ...], int]:
    inventory = state["inventory"]
    return (tuple(Statement(item["id"], item["facet"], item["pole"], item["keyed"]) for item in inventory["items"]),
            inventory["scale"]["points"])

