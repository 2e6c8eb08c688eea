"""Bytes that no browser would send, at the phone's routes over a bare socket: never a 5xx, never a hang."""

import random
import re
import socket
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from tests.fuzz.rooms_in_phases import Rooms
from tests.fuzz.shots import KINDS, Shot, Target

PATIENCE = 5.0  # seconds in which an answer, or the end of the connection, has to come
SLOW = 0.3  # seconds after which the sender of half a request gives up


@dataclass
class Hits:
    """What came back."""

    statuses: dict[int, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def target_in(rooms: Rooms) -> Target:
    """A phone in a room that is answering, with the token of its forms."""
    room = rooms.standing("answering")
    page = httpx.get(f"{rooms.url}/j/{room.code}", headers={"Cookie": room.cookie})
    found = re.search(r'name="token" value="([^"]+)"', page.text)
    return Target(rooms.url, room.code, room.cookie, found[1] if found else "")


def bombard(target: Target, times: int, number: int = 1) -> Hits:
    """Every kind of shot so many times, each a little different."""
    rng, hits = random.Random(number), Hits()
    for _ in range(times):
        for make in KINDS:
            for shot in make(target, rng):
                _fire(target, shot, hits)
    return hits


def _fire(target: Target, shot: Shot, hits: Hits) -> None:
    began = time.monotonic()
    answer, ended = exchange(target.url, shot)
    status = status_of(answer)
    hits.statuses[status] = hits.statuses.get(status, 0) + 1
    if status >= 500:
        hits.wrong.append(f"{shot.name}: {answer[:200]!r}")
    if shot.whole and not ended and not answer:
        hits.wrong.append(f"{shot.name}: nothing came back in {time.monotonic() - began:.1f} s")
    if b"Traceback" in answer:
        hits.wrong.append(f"{shot.name}: a traceback came back")


def exchange(url: str, shot: Shot) -> tuple[bytes, bool]:
    """What came back to a connection that sends this and waits, and whether the server ended it."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), PATIENCE) as connection:
        connection.settimeout(PATIENCE if shot.whole else SLOW)
        try:
            connection.sendall(shot.sent)
            received = b""
            while b"\r\n\r\n" not in received:
                more = connection.recv(65_536)
                if not more:
                    return received, True
                received += more
            return received, False
        except TimeoutError:
            return b"", False
        except OSError:  # cut while we were still sending: an answer too
            return b"", True


def status_of(answer: bytes) -> int:
    """0 where there was none."""
    line = answer.partition(b"\r\n")[0].split(b" ")
    return int(line[1]) if len(line) > 1 and line[1].isdigit() else 0
