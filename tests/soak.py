"""A long time with many rooms: phones come and go, consoles look on, and the process has to stay as it was.

    python -m tests.soak --minutes 60 --phones 200

Rooms are made, live through a round, are sealed and forgotten, one after the other, several at once. Every few seconds
the server's memory, threads, open files and the size of its folder are read; at the end the last third of the time is
set against the first third after the start. Exit status 1 where something has grown.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import httpx
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.live import Server, launch

ROOMS = 4  # at once
CONSOLES = 3
LOOK_EVERY = 2.0
PACE = 8.0  # seconds in which a room's phones join, and then send
KEPT = httpx.Limits(keepalive_expiry=2)  # shorter than the server keeps a connection, or both let go at once


# Connections come and go with the rooms: what is open at the quietest moment tells whether some are never let go.
PART = {"memory": median, "threads": min, "files": min, "folder": median}


@dataclass(frozen=True)
class Look:
    """The process at one moment: seconds since the start, MB, and counts."""

    at: float
    memory: float
    threads: int
    files: int
    folder: float


@dataclass
class Soak:
    """What a run has done, what went wrong, and how the process looked meanwhile."""

    rooms: int = 0
    joined: int = 0
    sent: int = 0
    pages: int = 0
    troubles: list[str] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)

    def thirds(self) -> tuple[list[Look], list[Look]]:
        """The first third after a warm-up of a fifth of the time, and the last."""
        last = self.looks[-1].at
        warm = [look for look in self.looks if look.at >= last / 5]
        third = max(1, len(warm) // 3)
        return warm[:third], warm[-third:]

    def grown(self) -> list[str]:
        """What is not flat: more than a tenth and some slack above what it was."""
        before, after = self.thirds()
        slack = {"memory": 24.0, "threads": 4, "files": 24, "folder": 20.0}
        found = []
        for name, more in slack.items():
            first, last = (PART[name](getattr(look, name) for look in looks) for looks in (before, after))
            if last > first * 1.1 + more:
                found.append(f"{name}: {first:g} -> {last:g}")
        return found

    def line(self) -> str:
        """Everything in one line for the record."""
        before, after = self.thirds()
        parts = ((name, *(part(getattr(one, name) for one in looks) for looks in (before, after)))
                 for name, part in PART.items())
        numbers = "; ".join(f"{name} {first:.4g} -> {last:.4g}" for name, first, last in parts)
        return (f"{self.looks[-1].at:.0f} s, {self.rooms} rooms, {self.joined} joined, {self.sent} sent, "
                f"{self.pages} console pages, {len(self.troubles)} troubles; {numbers}")


def look(server: Server, started: float) -> Look:
    """How the process is now."""
    process = Path(f"/proc/{server.process.pid}")
    status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
    size = sum(path.stat().st_size for path in server.database.parent.rglob("*") if path.is_file())
    return Look(time.monotonic() - started, int(status["VmRSS"].split()[0]) / 1024, int(status["Threads"]),
                len(list((process / "fd").iterdir())), size / 1e6)


async def phone(server: Server, code: str, items: list[str], opened: asyncio.Event, soak: Soak, pace: float) -> None:
    """Joins, follows the room, answers once the round is open; every fourth goes, and some of those come again."""
    dice = random.Random()
    own = {"Origin": server.url}
    async with httpx.AsyncClient(base_url=server.url, headers=own, timeout=60, limits=KEPT) as client:
        room = f"/api/workshops/{code}"
        await asyncio.sleep(dice.random() * pace)
        (await client.post(f"{room}/seats")).raise_for_status()
        soak.joined += 1
        async with client.stream("GET", f"{room}/events?for=phone") as stream:
            await anext(stream.aiter_lines())
            await opened.wait()
            await asyncio.sleep(dice.random() * pace)
            answers = {id: dice.choice((None, 1, 2, 3, 4, 5)) for id in items}
            (await client.put(f"{room}/rounds/1/answers", json={"answers": answers})).raise_for_status()
            soak.sent += 1
        if dice.random() < 0.25:
            (await client.delete(f"{room}/seats")).raise_for_status()


async def room(server: Server, phones: int, soak: Soak, pace: float) -> None:
    """One workshop from its making to its forgetting."""
    key = {"Authorization": f"Bearer {server.key}"}
    async with httpx.AsyncClient(base_url=server.url, headers=key, timeout=60, limits=KEPT) as host:
        made = await host.post("/api/workshops", json={"title": "Soak", "form": "short", "dark": False})
        code = made.raise_for_status().json()["code"]

        async def act(action: str, **more: object) -> dict:
            answer = await host.post(f"/api/workshops/{code}/actions", json={"action": action, **more})
            return answer.raise_for_status().json()

        state, opened = await act("open_lobby"), asyncio.Event()
        items = [item["id"] for item in state["inventory"]["items"]]
        async with asyncio.TaskGroup() as people:
            for _ in range(phones):
                people.create_task(phone(server, code, items, opened, soak, pace))
            await asyncio.sleep(pace + 0.5)
            await act("open_round")
            opened.set()
        await act("close_round")
        await act("goto", scene="light")
        (await host.get(f"/api/workshops/{code}/stage")).raise_for_status()
        await act("seal")
        (await host.get(f"/api/workshops/{code}/export/csv")).raise_for_status()
        (await host.delete(f"/api/workshops/{code}")).raise_for_status()
        soak.rooms += 1


def told(error: BaseException) -> str:
    """What went wrong, and with which request."""
    if isinstance(error, BaseExceptionGroup):
        return ", ".join(told(one) for one in error.exceptions)
    request = error.request if isinstance(error, httpx.HTTPError) and error._request else None
    return f"{error!r}{f' at {request.method} {request.url.path}' if request else ''}"


async def rooms(server: Server, phones: int, until: float, soak: Soak, pace: float) -> None:
    """One room after the other."""
    while time.monotonic() < until:
        try:
            await room(server, phones, soak, pace)
        except* (httpx.HTTPError, OSError) as errors:
            soak.troubles += [told(error) for error in errors.exceptions]
            await asyncio.sleep(1)


async def console(server: Server, cookie: str, until: float, soak: Soak) -> None:
    """A host's page that is opened, looked at and closed, again and again."""
    ask = BackMsg()
    ask.rerun_script.query_string = ""
    address = server.url.replace("http", "ws") + "/_stcore/stream"
    while time.monotonic() < until:
        try:
            async with websockets.connect(address, origin=server.url, additional_headers={"Cookie": cookie},
                                          subprotocols=["streamlit"], proxy=None, max_size=None) as socket:
                reading = asyncio.create_task(read_all(socket))  # as a browser does, or the page could never be closed
                for _ in range(3):
                    await socket.send(ask.SerializeToString())
                    await asyncio.sleep(1)
            await reading
            soak.pages += 1
        except (websockets.WebSocketException, OSError) as error:
            soak.troubles.append(f"a console: {error!r}")
            await asyncio.sleep(1)


async def read_all(socket: websockets.ClientConnection) -> None:
    """Everything that comes, until the end."""
    with suppress(websockets.ConnectionClosed):
        async for _ in socket:
            pass


async def watch(server: Server, started: float, until: float, soak: Soak, tell: bool) -> None:
    """Looks now and then."""
    while time.monotonic() < until:
        soak.looks.append(look(server, started))
        if tell and len(soak.looks) % 30 == 0:
            print(soak.looks[-1], flush=True)
        await asyncio.sleep(LOOK_EVERY)


async def live(server: Server, seconds: float, phones: int, pace: float, tell: bool) -> Soak:
    """Everything at once, for so long."""
    soak, started = Soak(), time.monotonic()
    until = started + seconds
    cookie = "; ".join(f"{name}={value}" for name, value in server.sign_in().items())
    each = max(1, phones // ROOMS)
    await asyncio.gather(watch(server, started, until, soak, tell),
                         *(rooms(server, each, until, soak, pace) for _ in range(ROOMS)),
                         *(console(server, cookie, until, soak) for _ in range(CONSOLES)))
    soak.looks.append(look(server, started))
    return soak


def soaked(server: Server, seconds: float, phones: int, *, pace: float = PACE, tell: bool = False) -> Soak:
    """A run against a server that is up."""
    return asyncio.run(live(server, seconds, phones, pace, tell))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--phones", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = launch(Path(folder)).wait_until_healthy()
        try:
            soak = soaked(server, options.minutes * 60, options.phones, tell=True)
        finally:
            server.stop()
        said = server.errors
    print(soak.line())
    for trouble in (*soak.grown(), *soak.troubles[:10], *said.splitlines()[:10]):
        print(trouble)
    return 1 if soak.grown() or soak.troubles or said else 0


if __name__ == "__main__":
    sys.exit(main())
