"""Many phones in one room, on the real server: `uv run python -m tests.load.phones --people 500`.

Loopback only. Starts a server of its own in a temporary folder and ends it. Prints a Markdown table.
"""

import argparse
import asyncio
import gzip
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.live import Server, launch
from tests.load.measure import Times, allow_many_files, markdown, usage
from tests.load.projector import Projector, idle, projector
from tests.load.room import Phone, Room, Stage, spread
from workshop.rehearsal.people import Statement, crowd

QUIET = 0.5
PATIENCE = 15.0


@dataclass
class Found:
    """What one run found; `rows` is its table."""

    people: int
    errors: dict[str, int] = field(default_factory=dict)
    told: int = 0
    results: dict[str, Any] = field(default_factory=dict)
    rows: list[tuple[str, str]] = field(default_factory=list)


async def run(server: Server, options: argparse.Namespace) -> Found:
    """Join, open, send, close, look: each measured on its own."""
    room, found = Room(server.url, server.key), Found(options.people)
    await room.make(options.form, options.protection)
    async with AsyncExitStack() as stack:
        screen = await stack.enter_async_context(projector(server, room.code)) if options.browser else None
        await course(room, found, server, screen, options)
    found.errors = dict(room.errors)
    found.rows.append(("errors", ", ".join(f"{n} × {what}" for what, n in room.errors.items()) or "0"))
    return found


async def course(room: Room, found: Found, server: Server, screen: Projector | None,
                 options: argparse.Namespace) -> None:
    """The workshop from the first phone to the last second of quiet."""
    stage = Stage(room)
    stage.start()
    phones = [Phone(room, number) for number in range(options.people)]
    await joining(room, phones, server, options, found)
    await asyncio.sleep(QUIET)
    await opening(room, found)
    await asyncio.sleep(max(QUIET, options.pause))
    await sending(room, phones, server, options, found)
    await asyncio.sleep(QUIET)
    await closing(room, stage, screen, found)
    found.results = await room.host("GET", f"/api/workshops/{room.code}/results")
    if options.idle:
        await idling(room, server, screen, options.idle, found)
    now = usage(server.process.pid)
    found.rows.append(("server memory, now / at most", f"{now.rss:.0f} / {now.peak:.0f} MB"))
    await asyncio.gather(stage.leave(), *(phone.leave() for phone in phones))


async def joining(room: Room, phones: list[Phone], server: Server, options: argparse.Namespace, found: Found) -> None:
    before = usage(server.process.pid)
    await asyncio.gather(*(phone.arrive(after) for phone, after in
                           zip(phones, spread(len(phones), options.join_in), strict=True)))
    used = usage(server.process.pid).cpu - before.cpu
    page = room.first_page
    found.rows += [
        ("page", str(room.page)),
        ("first page on the wire", f"{page.size:,} bytes, {requests_of(page.body)} requests" if page else "none"),
        ("join", str(room.join)),
        ("processor per join (page, seat, stream, state)", f"{1000 * used / len(phones):.1f} ms"),
    ]


def requests_of(body: bytes) -> int:
    """The page itself and whatever it names to be loaded at once."""
    with suppress(OSError):
        body = gzip.decompress(body)
    return 1 + sum(body.count(mark) for mark in (b"<script src", b'rel="stylesheet"', b"<img src"))


async def opening(room: Room, found: Found) -> None:
    room.heard.clear()
    room.state_fetch.seconds.clear()
    before = time.perf_counter()
    await room.act("open_round")
    acknowledged = time.perf_counter()
    await settled(lambda: len(room.state_fetch.seconds) >= found.people)
    times = Times([max(0.0, at - acknowledged) for at in room.heard])
    last = max(room.heard, default=before) - before
    found.told = len(times.seconds)
    found.rows += [
        (f"the round opens → {found.told} of {found.people} phones know, from the host's acknowledgement", str(times)),
        ("… the last one, from the host's request", f"{1000 * last:.0f} ms"),
        ("the new state, fetched by each within a second", str(room.state_fetch)),
    ]


async def settled(done: Callable[[], bool]) -> None:
    """Until the room has come to rest, or long enough to say that it does not."""
    until = time.perf_counter() + PATIENCE
    while not done() and time.perf_counter() < until:
        await asyncio.sleep(0.05)


async def sending(room: Room, phones: list[Phone], server: Server, options: argparse.Namespace, found: Found) -> None:
    inventory = room.state["inventory"]
    statements = tuple(Statement(one["id"], one["facet"], one["pole"], one["keyed"]) for one in inventory["items"])
    # Thought out beforehand, so that the clients are light while the server is measured.
    thought = [person.answers(statements, inventory["scale"]["points"]) for person in crowd(len(phones), 1)]
    before = usage(server.process.pid)
    await asyncio.gather(*(phone.send(after, answers) for phone, after, answers in
                           zip(phones, spread(len(phones), options.send_in), thought, strict=True)))
    used = usage(server.process.pid).cpu - before.cpu
    found.rows += [(f"send, {len(statements)} answers", str(room.send)),
                   ("processor per send", f"{1000 * used / len(phones):.1f} ms")]


async def closing(room: Room, stage: Stage, screen: Projector | None, found: Found) -> None:
    """The release, then the light sides: when the projector has its picture."""
    items = len(room.state["inventory"]["items"])
    took = await room.act("close_round")
    found.rows.append((f"close of the round: snapshot of {found.people} × {items}, answers and key destroyed",
                       f"{1000 * took:.0f} ms until acknowledged"))
    await asyncio.sleep(QUIET)
    before = time.perf_counter()
    await room.act("goto", scene="light")
    seen = await screen.drawn(before) if screen else None
    await settled(lambda: "light" in stage.shown)
    if "light" in stage.shown:
        found.rows.append(("picture asked for → its JSON at the stage",
                           f"{1000 * (stage.shown['light'] - before):.0f} ms"))
    if seen is not None:
        found.rows.append(("picture asked for → drawn in Chromium", f"{1000 * seen:.0f} ms"))


async def idling(room: Room, server: Server, screen: Projector | None, seconds: float, found: Found) -> None:
    what = f"{found.people} phones and a stage"
    if screen:
        await screen.open_console(server, room.code)
        what = f"{found.people} phones, two stages and a console in Chromium"
    found.rows.append((f"idle for {seconds:.0f} s with {what}", f"{await idle(server, seconds):.2f} % of one core"))


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m tests.load.phones", description=__doc__)
    top.add_argument("--people", type=int, default=500)
    top.add_argument("--join-in", type=float, default=10, help="seconds")
    top.add_argument("--send-in", type=float, default=10, help="seconds")
    top.add_argument("--pause", type=float, default=6, help="seconds between opening and sending")
    top.add_argument("--form", choices=("short", "standard", "deep"), default="standard")
    top.add_argument("--protection", choices=("held", "blocks", "open"), default="held")
    top.add_argument("--browser", action="store_true", help="the stage, and for --idle the console, in Chromium too")
    top.add_argument("--idle", type=float, default=0, help="seconds to sit and wait at the end")
    return top


def main() -> int:
    options = parser().parse_args()
    if not 1 <= options.people <= 2_000:
        raise SystemExit("1 to 2000 phones")
    allow_many_files()
    with tempfile.TemporaryDirectory() as folder:
        server = launch(Path(folder)).wait_until_healthy()
        try:
            found = asyncio.run(run(server, options))
        finally:
            server.stop()
    print(f"{options.people} phones, joining in {options.join_in:g} s, sending in {options.send_in:g} s, "
          f"{options.form} form, {options.protection}\n")
    print(markdown(found.rows))
    return 1 if found.errors else 0


if __name__ == "__main__":
    sys.exit(main())
