"""A long time with many rooms: phones come and go, consoles look on, and the process has to stay as it was.

    python -m tests.soak --minutes 60 --phones 200

Rooms are made, live through two rounds, are sealed and forgotten, one after the other, several at once: phones join,
follow, answer, take back, tap an edge, forget themselves and come again; stages listen, hosts look at every page and
save summaries. Every few seconds the server's memory, threads, sockets, other open files and the size of its folder
are read; at the end the last third of the time is set against the first third after the start. Exit status 1 where
something has grown.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
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
PART = {"memory": median, "threads": min, "sockets": min, "files": min, "folder": median}
SLACK = {"memory": 24.0, "threads": 4, "sockets": 24, "files": 12, "folder": 20.0}
PAGES = ("", "live", "results", "remote", "sheet", "create")
LEVELS = ("held", "blocks", "open")
SAVED = ("csv", "html", "xlsx", "json", "pdf", "zip")


@dataclass(frozen=True)
class Look:
    """The process at one moment: seconds since the start, MB, and counts."""

    at: float
    memory: float
    threads: int
    sockets: int
    files: int
    folder: float


@dataclass
class Soak:
    """What a run has done, what went wrong, and how the process looked meanwhile."""

    rooms: int = 0
    joined: int = 0
    sent: int = 0
    pages: int = 0
    codes: list[str] = field(default_factory=list)  # of the rooms that live just now
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
        found = []
        for name, more in SLACK.items():
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
    size = sum(size_of(path) for path in server.database.parent.rglob("*"))
    held = [link_of(path) for path in (process / "fd").iterdir()]
    sockets = sum(link.startswith("socket:") for link in held)
    return Look(time.monotonic() - started, int(status["VmRSS"].split()[0]) / 1024, int(status["Threads"]),
                sockets, len(held) - sockets, size / 1e6)


def size_of(path: Path) -> int:
    """Bytes of a file; 0 of one that is gone already."""
    with suppress(FileNotFoundError):
        return path.stat().st_size if path.is_file() else 0
    return 0


def link_of(path: Path) -> str:
    """What an open file is; empty where it was closed meanwhile."""
    with suppress(FileNotFoundError):
        return str(path.readlink())
    return ""


@dataclass
class Gathering:
    """A room in its life: what its phones need to know, and the moments that they wait for."""

    server: Server
    code: str
    items: list[str]
    facets: list[str]
    soak: Soak
    pace: float
    round: int = 1
    phones: int = 0
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    closed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.joined = asyncio.Barrier(self.phones + 1)  # every phone, and the host who opens then
        self.answered = asyncio.Barrier(self.phones + 1)

    @property
    def path(self) -> str:
        return f"/api/workshops/{self.code}"


async def phone(here: Gathering) -> None:
    """Joins, follows the room, answers once the round is open, taps an edge; some take back, some go and come again."""
    dice, own = random.Random(), {"Origin": here.server.url}
    async with httpx.AsyncClient(base_url=here.server.url, headers=own, timeout=60, limits=KEPT) as client:
        await asyncio.sleep(dice.random() * here.pace)
        (await client.get(f"/j/{here.code}")).raise_for_status()
        (await client.post(f"{here.path}/seats")).raise_for_status()
        here.soak.joined += 1
        await here.joined.wait()
        async with client.stream("GET", f"{here.path}/events?for=phone") as stream:
            await anext(stream.aiter_lines())
            await here.opened.wait()
            await asyncio.sleep(dice.random() * here.pace)
            await answer(here, client, dice)
            await here.answered.wait()
        await here.closed.wait()
        edge = await client.put(f"{here.path}/rounds/{here.round}/edge", json={"facet": dice.choice(here.facets)})
        assert edge.is_success or edge.json()["error"]["code"] == "no_seat", edge.text  # counted, and then went
        if dice.random() < 0.25:
            (await client.delete(f"{here.path}/seats")).raise_for_status()


async def answer(here: Gathering, client: httpx.AsyncClient, dice: random.Random) -> None:
    """Sends; every fifth takes its answers back and sends others, every tenth forgets itself instead."""
    answers = f"{here.path}/rounds/{here.round}/answers"

    async def send() -> None:
        drawn = {id: dice.choice((None, 1, 2, 3, 4, 5)) for id in here.items}
        (await client.put(answers, json={"answers": drawn})).raise_for_status()
        here.soak.sent += 1

    await send()
    if (lot := dice.random()) < 0.2:
        back = await client.delete(answers)
        if back.is_success:  # where the answers are mixed in already they stay
            await send()
    elif lot < 0.3:
        (await client.delete(f"{here.path}/seats")).raise_for_status()
        again = await client.post(f"{here.path}/seats")
        assert again.status_code in {201, 409}, again.text  # 409 where it has been counted


async def room(server: Server, phones: int, soak: Soak, pace: float) -> None:
    """One workshop from its making to its forgetting."""
    key = {"Authorization": f"Bearer {server.key}"}
    async with httpx.AsyncClient(base_url=server.url, headers=key, timeout=60, limits=KEPT) as host:
        fields = {"title": "Soak", "form": "short", "dark": False, "protection": LEVELS[soak.rooms % len(LEVELS)]}
        code = (await host.post("/api/workshops", json=fields)).raise_for_status().json()["code"]
        soak.codes.append(code)

        async def act(action: str, **more: object) -> dict:
            answer = await host.post(f"/api/workshops/{code}/actions", json={"action": action, **more})
            return answer.raise_for_status().json()

        items = (await act("open_lobby"))["inventory"]["items"]
        light = [item["facet"] for item in items if item["pole"] in {"DL", "IL"}]
        async with host.stream("GET", f"/api/workshops/{code}/events"):
            for number in (1, 2):
                here = Gathering(server, code, [item["id"] for item in items], light, soak, pace, number, phones)
                await one_round(here, act)
                (await host.get(f"/api/workshops/{code}/stage")).raise_for_status()
        await act("seal")
        (await host.get(f"/api/workshops/{code}/export/{SAVED[soak.rooms % len(SAVED)]}")).raise_for_status()
        soak.codes.remove(code)
        (await host.delete(f"/api/workshops/{code}")).raise_for_status()
        soak.rooms += 1


async def one_round(here: Gathering, act: Callable[..., Awaitable[dict]]) -> None:
    """Opened once the phones are there, closed once they have answered, with the picture and the edges afterwards."""
    async with asyncio.TaskGroup() as people:
        for _ in range(here.phones):
            people.create_task(phone(here))
        await here.joined.wait()
        await act("open_round")
        here.opened.set()
        await act("goto", scene="light")
        await here.answered.wait()
        await act("close_round")
        here.closed.set()
    await act("close_edges")
    await act("goto", scene="edges")


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
        except* (httpx.HTTPError, OSError, AssertionError) as errors:
            soak.troubles += [told(error) for error in errors.exceptions]
            await asyncio.sleep(1)


async def console(server: Server, cookie: str, until: float, soak: Soak) -> None:
    """A host's pages that are opened, looked at and closed, again and again."""
    address = server.url.replace("http", "ws") + "/_stcore/stream"
    while time.monotonic() < until:
        try:
            async with websockets.connect(address, origin=server.url, additional_headers={"Cookie": cookie},
                                          subprotocols=["streamlit"], proxy=None, max_size=None) as socket:
                reading = asyncio.create_task(read_all(socket))  # as a browser does, or the page could never be closed
                for _ in range(3):
                    await socket.send(wish(random.choice(PAGES), random.choice(soak.codes or [""])))
                    await asyncio.sleep(1)
            await reading
            soak.pages += 1
        except (websockets.WebSocketException, OSError) as error:
            soak.troubles.append(f"a console: {error!r}")
            await asyncio.sleep(1)


def wish(page: str, code: str) -> bytes:
    """What a browser sends for a page of a room."""
    ask = BackMsg()
    ask.rerun_script.query_string = f"code={code}" if page and code else ""
    ask.rerun_script.page_name = page
    return ask.SerializeToString()


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
