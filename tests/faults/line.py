"""A line between phone and server that breaks: a TCP proxy on the loopback interface, in a thread of its own."""

import asyncio
import random
import re
import socket
import struct
import threading
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal, get_args

Point = Literal["before the request", "amid the request", "before the reply", "amid the reply"]
POINTS: tuple[Point, ...] = get_args(Point)
REQUEST = re.compile(rb"(GET|POST|PUT|DELETE) (\S+) HTTP")


@dataclass
class Line:
    """Cuts the next request whose first line matches `target` at `point`, and any request with the chance `loss`."""

    upstream: int
    dice: random.Random = field(default_factory=lambda: random.Random(1))
    target: str = ""
    point: Point | None = None
    loss: float = 0.0
    slowest: float = 0.0
    down: bool = False
    for_good: bool = False
    cuts: int = 0
    port: int = 0

    def __post_init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.tasks: set[asyncio.Task[None]] = set()
        ready = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self.thread.start()
        ready.wait(5)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self, target: str, point: Point, *, for_good: bool = False) -> None:
        """The next such request; `for_good`: nothing after it goes through either."""
        self.target, self.point, self.for_good = target, point, for_good

    def fail(self) -> None:
        """Nothing goes through any more, and whatever is open breaks."""
        self.down = True
        self._call(self._break_all())

    def heal(self) -> None:
        self.down, self.loss, self.slowest = False, 0.0, 0.0

    def close(self) -> None:
        self.down = True
        self._call(self._break_all())
        self._call(self._end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
        self.loop.close()

    # in the thread

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self.loop)

        async def start() -> None:
            self.server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
            self.port = self.server.sockets[0].getsockname()[1]
            ready.set()
        self.loop.run_until_complete(start())
        self.loop.run_forever()

    def _call(self, what: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(what, self.loop).result(5)

    async def _break_all(self) -> None:
        if self.down and not self.loop.is_closed():
            for task in list(self.tasks):
                task.cancel()
            await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _end(self) -> None:
        self.server.close()
        await self.server.wait_closed()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self.tasks.add(task)
        try:
            await self._carry(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self.tasks.discard(task)
            reset(writer)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.down:
            return
        above, out = await asyncio.open_connection("127.0.0.1", self.upstream)
        passage = Passage(self)
        both = [asyncio.create_task(passage.up(reader, out)), asyncio.create_task(passage.back(above, writer))]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)
            reset(out)

    def broken(self, data: bytes) -> Point | None:
        """Where this request breaks, if it does; events go through, since they carry nothing of anybody's."""
        found = REQUEST.match(data)
        if not found or b"/events" in found[2]:
            return None
        if self.point and re.search(self.target, f"{found[1].decode()} {found[2].decode()}"):
            self.cuts, point, self.point, self.down = self.cuts + 1, self.point, None, self.for_good
            return point
        if self.dice.random() >= self.loss:
            return None
        self.cuts += 1
        return self.dice.choice(POINTS)


@dataclass
class Passage:
    """One connection; ends where it is cut."""

    line: Line
    point: Point | None = None

    async def up(self, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        # A request may come in several pieces; where it will break is known from the first.
        while (data := await reader.read(65_536)) and (self.point or not self.line.down):
            self.point = self.point or self.line.broken(data)
            if self.line.slowest:
                await asyncio.sleep(self.line.dice.uniform(0, self.line.slowest))
            if self.point == "before the request":
                return
            half = self.point == "amid the request"
            out.write(data[:len(data) // 2] if half else data)
            await out.drain()
            if half:
                return

    async def back(self, above: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await above.read(65_536):
            if self.point == "before the reply":
                return
            writer.write(data[:len(data) // 2] if self.point else data)
            await writer.drain()
            if self.point:
                return


def reset(writer: asyncio.StreamWriter) -> None:
    """Breaks a connection off, as a lost network does; nothing of it is left."""
    with suppress(OSError, AttributeError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
