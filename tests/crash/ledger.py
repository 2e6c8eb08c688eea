"""What the phones of a room were told: the only witness to what must not be lost."""

import random
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.live import KEY, Server
from tests.load.wire import Reply, Wire

Answers = dict[str, int | None]
NOTHING: Answers = {}


@dataclass
class Room:
    """One workshop over real HTTP; `seen` are the numbers of people that its present round has shown."""

    level: str
    code: str = ""
    url: str = ""
    phase: str = "lobby"
    round: int = 0
    items: tuple[str, ...] = ()
    phones: list["Phone"] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)
    unsure: bool = False

    @classmethod
    async def made(cls, server: Server, rng: random.Random, level: str, people: int) -> "Room":
        """A lobby with so many phones in it."""
        room = cls(level)
        room.reach(server)
        made = await room.host("POST", "/api/workshops", {"title": "A room", "protection": level, "form": "short"})
        room.code = made.json["code"]
        await room.act("open_lobby")
        room.phones = [Phone(rng.getrandbits(32)) for _ in range(people)]
        for phone in room.phones:
            await phone.join(room)
        await room.act("goto", scene="light")
        await room.look()
        return room

    def reach(self, server: Server) -> None:
        """Phones find the server again, on another port."""
        self.url = server.url

    def wire(self) -> Wire:
        """A connection of its own."""
        parts = urlsplit(self.url)
        return Wire(str(parts.hostname), int(parts.port or 80))

    async def host(self, method: str, path: str, body: Any = None) -> Reply:
        """A request with the facilitator's key."""
        wire = self.wire()
        try:
            return await wire.request(method, path, {"Authorization": f"Bearer {KEY}"}, body)
        finally:
            wire.close()

    async def act(self, action: str, **parameters: Any) -> Reply:
        """One action; its reply, whatever it is."""
        return await self.host("POST", f"/api/workshops/{self.code}/actions", {"action": action, **parameters})

    async def look(self) -> None:
        """Phase, round and what is shown so far."""
        state = (await self.host("GET", f"/api/workshops/{self.code}")).json
        self.phase, self.round, self.open = state["phase"], state["round"], state["open"]
        self.items = tuple(item["id"] for item in state["inventory"]["items"])
        if self.phase == "answering":
            n = (await self.results())["n"]
            self.seen += [n] if n and (not self.seen or n != self.seen[-1]) else []

    async def results(self) -> Any:
        """The snapshot of the present round."""
        return (await self.host("GET", f"/api/workshops/{self.code}/results?round={max(1, self.round)}")).json

    async def open_round(self) -> None:
        """Everybody starts with nothing."""
        for phone in self.phones:
            phone.start_round(self.round + 1)
        self.seen = []
        await self.act("open_round")
        await self.look()


@dataclass
class Phone:
    """`sure` is what was acknowledged last for `round` (None: nothing), `maybe` what nobody answered to."""

    seed: int
    cookie: str = ""
    round: int = 0
    sure: Answers | None = None
    maybe: tuple[Answers | None, ...] = ()

    def start_round(self, round: int) -> None:
        """Nothing is sent in it yet."""
        if round != self.round:
            self.round, self.sure, self.maybe = round, None, ()

    async def ask(self, room: Room, method: str, path: str, body: Any = None) -> Reply:
        """One request of this phone."""
        wire = room.wire()
        headers = {"Origin": room.url, **({"Cookie": self.cookie} if self.cookie else {})}
        try:
            return await wire.request(method, f"/api/workshops/{room.code}{path}", headers, body)
        finally:
            wire.close()

    async def join(self, room: Room) -> None:
        """A seat of its own."""
        reply = await self.ask(room, "POST", "/seats")
        assert reply.status in (200, 201), reply
        self.cookie = reply.headers["set-cookie"].partition(";")[0]

    async def seat(self, room: Room) -> Any:
        """What the room says of this phone."""
        return (await self.ask(room, "GET", "")).json["seat"]

    async def does_something(self, room: Room, rng: random.Random) -> int:
        """Sends, changes or takes back; how many answers were acknowledged."""
        if room.phase != "answering" or self.round != room.round:
            return 0
        if self.sure is not None and rng.random() < 0.8:
            return 0  # most people send once
        if self.sure is not None and room.level == "held" and rng.random() < 0.3:
            return await self._write(room, None)
        return await self._write(room, {item: rng.choice((None, 1, 2, 3, 4, 5)) for item in room.items})

    async def send_again(self, room: Room) -> None:
        """What had no answer when the server died."""
        if self.maybe:
            await self._write(room, self.maybe[-1])

    async def _write(self, room: Room, answers: Answers | None) -> int:
        self.maybe = (*self.maybe, answers)
        path = f"/rounds/{self.round}/answers"
        reply = await (self.ask(room, "DELETE", path) if answers is None
                       else self.ask(room, "PUT", path, {"answers": answers}))
        if reply.status == 200:
            self.sure, self.maybe = answers, ()
        elif reply.status == 409:
            self.maybe = self.maybe[:-1]  # refused: nothing was changed
            if reply.json["error"]["code"] == "already_counted" and self.maybe and self.sure is None:
                self.sure, self.maybe = self.maybe[-1], ()  # the one before it had come through
        else:
            raise ValueError(f"a phone was answered {reply.status}")
        return int(reply.status == 200 and answers is not None)
