"""Event streams: they end with their room, and a look at the headers alone ends at once."""

import asyncio

from workshop.events import TOPICS, Hub
from workshop.web import EventStream


class Listening:
    """One open stream of a room, as the server runs it; `pieces` is what it has sent."""

    def __init__(self, hub: Hub, code: str, method: str = "GET") -> None:
        self.pieces: list[dict] = []
        self.gone = asyncio.Event()
        self.stream = EventStream(hub, code, for_phone=False)
        self.scope = {"type": "http", "method": method, "path": "/", "headers": []}

    async def send(self, message: dict) -> None:
        self.pieces.append(message)

    async def receive(self) -> dict:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def run(self, seconds: float = 2) -> None:
        """Raises TimeoutError where the stream does not end by itself."""
        await asyncio.wait_for(self.stream(self.scope, self.receive, self.send), seconds)


def test_the_stream_of_a_forgotten_room_ends_and_the_room_stays_forgotten():
    async def forgetting() -> Listening:
        hub = Hub()
        hub.announce("AAAAAA", dict.fromkeys(TOPICS, 1))
        listening = Listening(hub, "AAAAAA")
        task = asyncio.ensure_future(listening.run())
        while len(listening.pieces) < 3:
            await asyncio.sleep(0)
        hub.forget("AAAAAA")
        await task
        assert hub.rooms() == ()
        return listening

    last = asyncio.run(forgetting()).pieces[-1]
    assert (last["body"], last["more_body"]) == (b"", False)


def test_asking_for_the_version_of_a_room_makes_none():
    hub = Hub()
    assert hub.version("AAAAAA", "state").endswith(".0")
    assert hub.rooms() == ()


def test_a_look_at_the_headers_of_a_stream_ends_at_once():
    async def looking() -> Listening:
        listening = Listening(Hub(), "AAAAAA", "HEAD")
        await listening.run()
        return listening

    first, last = asyncio.run(looking()).pieces
    assert first["status"] == 200
    assert (b"content-type", b"text/event-stream; charset=utf-8") in first["headers"]
    assert (last["body"], last.get("more_body", False)) == (b"", False)
