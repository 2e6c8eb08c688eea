"""A room under load: phones that do what the real page does, one stage, one host."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.load.measure import Times
from tests.load.wire import Reply, Wire
from workshop.rehearsal.people import Answers

FAILURES = (OSError, EOFError, TimeoutError, ValueError, KeyError)
ASKS_WITHIN = 0.9  # seconds from hearing of a change, as in the page's room.js


@dataclass
class Room:
    """Everything that the clients of one run share."""

    url: str
    key: str
    code: str = ""
    state: dict[str, Any] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    page: Times = field(default_factory=Times)
    join: Times = field(default_factory=Times)
    send: Times = field(default_factory=Times)
    state_fetch: Times = field(default_factory=Times)
    heard: list[float] = field(default_factory=list)
    first_page: Reply | None = None

    @property
    def place(self) -> tuple[str, int]:
        parts = urlsplit(self.url)
        return str(parts.hostname), int(parts.port or 80)

    def wire(self) -> Wire:
        return Wire(*self.place)

    async def host(self, method: str, path: str, body: Any = None) -> Any:
        """One request with the key; anything but 2xx ends the run."""
        wire = self.wire()
        reply = await wire.request(method, path, {"Authorization": f"Bearer {self.key}"}, body)
        wire.close()
        if reply.status // 100 != 2:
            raise SystemExit(f"{method} {path} answered {reply.status}: {reply.body[:300].decode()}")
        return reply.json

    async def act(self, action: str, **parameters: Any) -> float:
        """One action; how long it took."""
        before = time.perf_counter()
        self.state = await self.host("POST", f"/api/workshops/{self.code}/actions", {"action": action, **parameters})
        return time.perf_counter() - before

    async def make(self, form: str, level: str) -> None:
        """A rehearsal workshop with its lobby open."""
        made = await self.host("POST", "/api/workshops", {"title": "Load", "rehearsal": True, "form": form,
                                                          "protection": level})
        self.code = made["code"]
        await self.act("open_lobby")

    def wrong(self, what: str, reply: Reply) -> None:
        self.errors[f"{what} answered {reply.status}"] += 1


@dataclass
class Phone:
    """One phone: its page, its stream, its seat, its answers."""

    room: Room
    number: int
    cookie: str = ""
    version: str = ""
    wire: Wire = field(init=False)
    stream: Wire = field(init=False)
    task: asyncio.Task[None] | None = None
    soon: asyncio.Task[None] | None = None
    told: int = 0

    def __post_init__(self) -> None:
        self.wire, self.stream = self.room.wire(), self.room.wire()

    async def arrive(self, after: float) -> None:
        """Scans, loads the page, follows the room and joins."""
        await asyncio.sleep(after)
        try:
            before = time.perf_counter()
            reply = await self.wire.request("GET", f"/j/{self.room.code}", {"Accept-Encoding": "gzip"})
            self.room.page.add(time.perf_counter() - before)
            self.room.first_page = self.room.first_page or reply
            if reply.status != 200:
                self.room.wrong("page", reply)
            self.cookie = reply.headers.get("set-cookie", "").partition(";")[0]
            self.task = asyncio.create_task(self.follow())
            await self.join()
        except FAILURES as error:
            self.room.errors[f"join: {type(error).__name__}"] += 1

    async def join(self) -> None:
        before = time.perf_counter()
        reply = await self.call("POST", "/seats")
        self.room.join.add(time.perf_counter() - before)
        if reply.status not in (200, 201):
            self.room.wrong("join", reply)
        self.cookie = reply.headers.get("set-cookie", "").partition(";")[0] or self.cookie
        await self.look()

    async def look(self) -> None:
        """Fetches the state, as the page does when its version moved."""
        before = time.perf_counter()
        reply = await self.call("GET", "?for=phone")
        self.room.state_fetch.add(time.perf_counter() - before)
        if reply.status == 200:
            self.version = reply.json["version"]
        else:
            self.room.wrong("state", reply)

    async def follow(self) -> None:
        try:
            path = f"/api/workshops/{self.room.code}/events?for=phone"
            async for _, data in self.stream.events(path, {"Cookie": self.cookie}):
                self.room.heard.append(time.perf_counter())
                if self.cookie and data["version"] != self.version and self.version:
                    self.hear()
        except FAILURES as error:
            self.room.errors[f"stream: {type(error).__name__}"] += 1

    def hear(self) -> None:
        """Asks for what is new at a moment of its own, once for all that is heard until then."""
        self.told += 1
        if self.soon is None or self.soon.done():
            self.soon = asyncio.create_task(self.look_after(ASKS_WITHIN * random.random()))

    async def look_after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        seen = 0
        try:
            while seen != self.told:
                seen = self.told
                await self.look()
        except FAILURES as error:
            self.room.errors[f"state: {type(error).__name__}"] += 1

    async def send(self, after: float, answers: Answers) -> None:
        await asyncio.sleep(after)
        path = f"/api/workshops/{self.room.code}/rounds/{self.room.state['round']}/answers"
        wire = self.room.wire()
        try:
            before = time.perf_counter()
            reply = await wire.request("PUT", path, self.headers, {"answers": answers})
            self.room.send.add(time.perf_counter() - before)
            if reply.status != 200:
                self.room.wrong("send", reply)
        except FAILURES as error:
            self.room.errors[f"send: {type(error).__name__}"] += 1
        finally:
            wire.close()

    @property
    def headers(self) -> dict[str, str]:
        return {"Origin": self.room.url, "Cookie": self.cookie}

    async def call(self, method: str, path: str, body: Any = None) -> Reply:
        return await self.wire.request(method, f"/api/workshops/{self.room.code}{path}", self.headers, body)

    async def leave(self) -> None:
        for task in filter(None, (self.task, self.soon)):
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self.wire.close()
        self.stream.close()


@dataclass
class Stage:
    """The projector's page: hears `stage`, fetches it, and notes when a picture with people came."""

    room: Room
    shown: dict[str, float] = field(default_factory=dict)
    task: asyncio.Task[None] | None = None
    wires: list[Wire] = field(default_factory=list)

    def start(self) -> None:
        self.task = asyncio.create_task(self.follow())

    async def follow(self) -> None:
        stream, wire = self.room.wire(), self.room.wire()
        self.wires = [stream, wire]
        tag = ""
        try:
            async for name, _ in stream.events(f"/api/workshops/{self.room.code}/events", {}):
                if name != "stage":
                    continue
                reply = await wire.request("GET", f"/api/workshops/{self.room.code}/stage?theme=dark",
                                           {"If-None-Match": tag} if tag else {})
                tag = reply.headers.get("etag", "")
                if reply.status == 200 and reply.json.get("figure"):
                    self.shown.setdefault(reply.json["scene"]["kind"], time.perf_counter())
        except FAILURES as error:
            self.room.errors[f"stage: {type(error).__name__}"] += 1

    async def leave(self) -> None:
        if self.task:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)
        for wire in self.wires:
            wire.close()


def spread(count: int, window: float) -> list[float]:
    """Random moments within a window, the same in every run."""
    chance = random.Random(1)
    return [chance.uniform(0, window) for _ in range(count)]
