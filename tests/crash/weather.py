"""A server that is stopped for a while, a room that comes back all at once, and a reader who does not read."""

import asyncio
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.crash.full import TOLD_WITHIN, Host
from tests.live import KEY, Server, free_port, launch
from tests.load.measure import allow_many_files, usage
from tests.load.wire import Wire


@dataclass(frozen=True)
class Weather:
    """How rough: seconds of standstill, clients that come back, changes that the slow reader does not read."""

    standstill: float = 60.0
    clients: int = 1_000
    changes: int = 400


@dataclass
class Told:
    """What was measured, and what went wrong."""

    rows: list[tuple[str, str]]
    wrong: list[str]


def weathered(folder: Path, rough: Weather) -> Told:
    """All three on one server."""
    told, port = Told([], []), str(free_port())
    allow_many_files()
    server = launch(folder, BOTHAND_PORT=port).wait_until_healthy(180)
    try:
        one = Host(server)
        one.ok("open_round")
        told.wrong += _stopped(one, rough.standstill, told)
        asyncio.run(_unread(one, rough.changes, told))
        one.close()
        server = asyncio.run(_back_at_once(folder, port, server, one.code, rough.clients, told))
    finally:
        server.stop(signal.SIGKILL)
    return told


def _stopped(one: Host, seconds: float, told: Told) -> Iterator[str]:
    """SIGSTOP as by a closed lid: what is sent meanwhile is answered afterwards, and nothing is lost."""
    acknowledged = [one.send(number).status_code for number in range(6)]
    one.server.process.send_signal(signal.SIGSTOP)
    waiting = [asyncio.to_thread(_sent, one, number) for number in range(6, 12)]

    async def meanwhile() -> list[int]:
        asked = asyncio.gather(*waiting)
        await asyncio.sleep(seconds)
        one.server.process.send_signal(signal.SIGCONT)
        return list(await asked)

    for phone in one.phones:
        phone.timeout = seconds + 30
    began = time.monotonic()
    acknowledged += asyncio.run(meanwhile())
    took = time.monotonic() - began - seconds
    told.rows.append((f"stopped for {seconds:.0f} s, then six waiting phones are answered in", f"{took:.1f} s"))
    time.sleep(TOLD_WITHIN)
    finished = one.api.get(f"/api/workshops/{one.code}").json()["counts"]["finished"]
    if acknowledged != [200] * 12 or finished != 12:
        yield f"after a standstill {finished} have finished, the phones were told {acknowledged}"


def _sent(one: Host, number: int) -> int:
    """As a phone does: again, where the connection was given up meanwhile."""
    for _ in range(3):
        with suppress(httpx.TransportError):
            return one.send(number).status_code
    return 0


async def _unread(one: Host, changes: int, told: Told) -> None:
    """A stream that nobody reads holds up neither the room nor the memory."""
    wire = Wire("127.0.0.1", int(one.server.url.rpartition(":")[2]))
    _, writer = await asyncio.open_connection(wire.host, wire.port, limit=64)
    writer.write(wire._head("GET", f"/api/workshops/{one.code}/events", {"Accept": "text/event-stream"}, None))
    before, slowest = usage(one.server.process.pid).rss, 0.0
    for number in range(changes):
        began = time.monotonic()
        await asyncio.to_thread(one.ok, "blank", on=number % 2 == 0)
        slowest = max(slowest, time.monotonic() - began)
    grown = usage(one.server.process.pid).rss - before
    writer.transport.abort()
    told.rows.append((f"{changes} changes beside a reader who does not read: the slowest, memory gained",
                      f"{1000 * slowest:.0f} ms, {grown:.0f} MB"))
    if grown > 30:
        told.wrong.append(f"a slow reader cost {grown:.0f} MB")


async def _back_at_once(folder: Path, port: str, server: Server, code: str, clients: int, told: Told) -> Server:
    """Streams that all lose their server and all knock as soon as it is back."""
    wires = [Wire("127.0.0.1", int(port)) for _ in range(clients)]
    await asyncio.gather(*(_hears(wire, code, 60) for wire in wires))
    await asyncio.to_thread(server.stop, signal.SIGKILL)
    again = await asyncio.to_thread(lambda: launch(folder, BOTHAND_PORT=port).wait_until_healthy(180))
    began = time.monotonic()
    knocking = [asyncio.create_task(_hears(wire, code, 60)) for wire in wires]
    other = Wire("127.0.0.1", int(port))
    state = await other.request("GET", f"/api/workshops/{code}", {"Authorization": f"Bearer {KEY}"})
    served = time.monotonic() - began
    heard = await asyncio.gather(*knocking)
    took = time.monotonic() - began
    told.rows += [("start after the kill", f"{again.ready_after:.1f} s"),
                  (f"{clients} clients come back at once: all hear the room again after", f"{took:.1f} s"),
                  ("… and somebody who asks for the state among them is answered after", f"{served:.1f} s")]
    if not all(heard) or state.status != 200 or state.json["counts"]["finished"] != 12:
        told.wrong.append(f"{heard.count(False)} of {clients} clients did not come back; the state: {state.status}")
    for wire in (*wires, other):
        wire.close()
    return again


async def _hears(wire: Wire, code: str, patience: float) -> bool:
    """Whether the first event comes."""
    with suppress(OSError, EOFError, TimeoutError):
        async with asyncio.timeout(patience):
            async for _ in wire.events(f"/api/workshops/{code}/events", {}):
                return True
    return False
