"""A disk that fills up in the middle of a workshop, under a real server."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.crash.disks import no_growth, no_room
from tests.live import Server, launch

PEOPLE = 12
TOLD_WITHIN = 1.3  # counts are told once a second
FORMATS = ("csv", "json", "parquet", "xlsx", "html", "pdf", "zip")


class Host:
    """The facilitator and the phones of one room, over HTTP."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.api = httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {server.key}"}, timeout=30)
        self.code = self.api.post("/api/workshops", json={"title": "A room", "form": "short"}).json()["code"]
        self.ok("open_lobby")
        self.phones = [httpx.Client(base_url=server.url, headers={"Origin": server.url}, timeout=30)
                       for _ in range(PEOPLE)]
        for phone in self.phones:
            assert phone.post(f"/api/workshops/{self.code}/seats").status_code == 201
        state = self.api.get(f"/api/workshops/{self.code}").json()
        self.items = [item["id"] for item in state["inventory"]["items"]]

    def act(self, action: str, **parameters: Any) -> httpx.Response:
        return self.api.post(f"/api/workshops/{self.code}/actions", json={"action": action, **parameters})

    def ok(self, action: str, **parameters: Any) -> None:
        assert self.act(action, **parameters).status_code == 200

    def send(self, number: int) -> httpx.Response:
        """Phone of that number sends the same point everywhere."""
        answers = dict.fromkeys(self.items, 1 + number % 5)
        return self.phones[number].put(f"/api/workshops/{self.code}/rounds/1/answers", json={"answers": answers})

    def results(self) -> Any:
        return self.api.get(f"/api/workshops/{self.code}/results").json()

    def export(self, format: str) -> httpx.Response:
        return self.api.get(f"/api/workshops/{self.code}/export/{format}")

    def keys(self) -> list[str]:
        """The kinds of the keys that are there."""
        folder = self.server.database.parent / "keys"
        return sorted(path.name.partition("-")[0] for path in folder.glob("*.key"))

    def close(self) -> None:
        for client in (self.api, *self.phones):
            client.close()


@contextmanager
def host(folder: Path) -> Iterator[Host]:
    """A server in that folder, and a room of twelve in its lobby."""
    server = launch(folder).wait_until_healthy()
    one = Host(server)
    try:
        yield one
    finally:
        one.close()
        server.stop()


def through_a_full_disk(folder: Path) -> list[str]:
    """One round with no room for anything in between; what went wrong."""
    with host(folder) as one:
        wrong = list(_round(one, folder))
        said = one.server.errors
    return wrong + ([f"the log says {said}"] if "Traceback" in said else [])


def _round(one: Host, folder: Path) -> Iterator[str]:
    with no_room(folder):
        yield from _refused("open", one.act("open_round"))
        yield from _same("keys after an opening that failed", one.keys(), ["secret"])
    one.ok("open_round")
    saved = set()
    with no_room(folder):
        for number in range(PEOPLE):
            reply = one.send(number)
            saved |= {number} if reply.status_code == 200 else set()
            yield from _refused("send", reply) if number not in saved else ()
        yield from _same("some sends were refused", len(saved) < PEOPLE, True)
        yield from _same("who reads is served", one.api.get("/api/workshops").status_code, 200)
    time.sleep(TOLD_WITHIN)
    yield from _same("finished", one.api.get(f"/api/workshops/{one.code}").json()["counts"]["finished"], len(saved))
    for number in set(range(PEOPLE)) - saved:
        yield from _same("sent again", one.send(number).status_code, 200)
    with no_room(folder):
        yield from _refused("close", one.act("close_round"))
    one.ok("close_round")
    counted = [sum((1 + number % 5) in points for number in range(PEOPLE)) for points in ((1, 2), (3, 0), (4, 5))]
    yield from _same("the tables", [item["counts"] for item in one.results()["items"]], [counted] * 6)
    yield from _same("keys after the close", one.keys(), ["entries", "secret", "veil"])
    with no_room(folder):
        for format in FORMATS:
            yield from _same(f"export as {format}", one.export(format).status_code, 200)


def through_short_files(folder: Path) -> list[str]:
    """Where no small disk can be had: no file may grow while phones send and the round is closed; what went wrong."""
    with host(folder) as one:
        one.ok("open_round")
        with no_growth(one.server.process.pid, 1):
            wrong = [*_refused("send", one.send(0)), *_refused("close", one.act("close_round"))]
        saved = [one.send(number).status_code for number in range(PEOPLE)]
        one.ok("close_round")
        wrong += [*_same("sent again", saved, [200] * PEOPLE), *_same("n", one.results()["n"], PEOPLE)]
        said = one.server.errors
    return wrong + ([f"the log says {said}"] if "Traceback" in said else [])


def _refused(what: str, reply: httpx.Response) -> Iterator[str]:
    code = reply.json().get("error", {}).get("code")
    yield from _same(f"{what} on a full disk", (reply.status_code, code), (503, "disk_full"))


def _same(what: str, found: Any, wanted: Any) -> Iterator[str]:
    if found != wanted:
        yield f"{what}: {found}, not {wanted}"
