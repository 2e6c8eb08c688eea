"""A real server under load that is killed at random moments, and what the next one has kept.

Two rooms go through one round after another. Every phone remembers what was acknowledged. Whoever had no answer when
the server died sends again, as the page on the phone does.
"""

import asyncio
import random
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.crash.ledger import Phone, Room
from tests.crash.reckoning import check_keys, check_room, settle_round
from tests.live import Server, launch
from tests.load.measure import usage

FAILURES = (OSError, EOFError, TimeoutError, ValueError)
BACK_WITHIN = 5.0


@dataclass
class Storm:
    """What the kills have led to so far."""

    folder: Path
    rng: random.Random
    rooms: list[Room] = field(default_factory=list)
    ready: list[float] = field(default_factory=list)
    used: list[float] = field(default_factory=list)
    acknowledged: int = 0
    kills: int = 0
    rounds: int = 0
    quiet: bool = False
    wrong: list[str] = field(default_factory=list)

    async def run(self, times: int, minutes: float) -> None:
        """So many kills, or as many as fit into these minutes, and one quiet start at the end."""
        until = time.monotonic() + 60 * minutes
        while not self.quiet:
            self.quiet = self.kills >= times or time.monotonic() > until
            server = await asyncio.to_thread(lambda: launch(self.folder).wait_until_healthy(120))
            self.ready.append(server.ready_after)
            self.used.append(usage(server.process.pid).cpu)
            try:
                await self._one_life(server, die=not self.quiet)
            finally:
                await asyncio.to_thread(server.stop, signal.SIGKILL)

    async def _one_life(self, server: Server, *, die: bool) -> None:
        if not self.rooms:
            self.rooms = [await Room.made(server, self.rng, level, 24) for level in ("held", "blocks")]
        for room in self.rooms:
            room.reach(server)
            self.wrong += [f"kill {self.kills}: {one}" for one in await check_room(room)]
        self.wrong += [f"kill {self.kills}: {one}" for one in check_keys(self.folder, self.rooms)]
        if die:
            await self._die_under_load(server)
        else:
            self.wrong += [complaint for room in self.rooms for complaint in await settle_round(room)]

    async def _die_under_load(self, server: Server) -> None:
        tasks = [asyncio.create_task(_ends_with_the_server(act)) for room in self.rooms
                 for act in (*(self._uses(room, phone) for phone in room.phones), self._hosts(room))]
        if self.kills % 3 == 0:
            await self._until_somebody_is_acknowledged()
        await asyncio.sleep(self.rng.uniform(0.1, 1.6))
        server.process.send_signal(signal.SIGKILL)
        self.kills += 1
        await asyncio.wait(tasks, timeout=0.3)
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        self.wrong += [repr(end) for end in ends if isinstance(end, Exception)]

    async def _until_somebody_is_acknowledged(self) -> None:
        """On a busy machine the first moments pass without anything that could be lost."""
        before, until = self.acknowledged, time.monotonic() + 20
        while self.acknowledged == before and time.monotonic() < until:
            await asyncio.sleep(0.02)

    def _uses(self, room: Room, phone: Phone) -> Callable[[], Awaitable[None]]:
        async def use() -> None:
            while True:
                await asyncio.sleep(self.rng.uniform(0, 0.8))
                self.acknowledged += await phone.does_something(room, self.rng)
        return use

    def _hosts(self, room: Room) -> Callable[[], Awaitable[None]]:
        async def host() -> None:
            while True:
                await asyncio.sleep(self.rng.uniform(0.05, 0.4))
                await room.look()
                if room.phase == "answering" and self.rng.random() < 0.12:
                    self.wrong += await settle_round(room)
                    self.rounds += 1
                elif room.phase in ("lobby", "review"):
                    await room.open_round()
        return host


async def _ends_with_the_server(act: Callable[[], Awaitable[None]]) -> None:
    try:
        await act()
    except FAILURES:
        return


def summary(storm: Storm) -> list[tuple[str, Any]]:
    """Rows for a table."""
    slow, used = max(storm.ready[1:], default=0.0), max(storm.used[1:], default=0.0)
    return [
        ("killed at random moments under load", storm.kills), ("answers acknowledged", storm.acknowledged),
        ("rounds closed meanwhile", storm.rounds),
        ("lost, doubled or wrong", len(storm.wrong)),
        ("slowest start after a kill, the processor time of the dearest", f"{slow:.1f} s, {used:.1f} s"),
        ("starts over 5 s", sum(one > BACK_WITHIN for one in storm.ready[1:])),
    ]
