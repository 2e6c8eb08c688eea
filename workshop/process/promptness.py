"""Connections: small answers leave at once, whoever does not say in time what is wanted is let go, and no crowd of
them takes the files that the store needs."""

import asyncio
import socket
from collections import Counter
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

import uvicorn

from workshop.process.files import WANTED, raise_limit

HEADER_BYTES = 64 * 1024
KEEP_SECONDS = 20  # a process that was held up must not take a question that waits for none
HEADER_SECONDS = 20.0  # for a phone on bad Wi-Fi; what never ends must not hold a place for ever
FROM_ONE_ADDRESS = 5_000  # a full room of 2,000 phones behind one address, each with a stream and a question


@dataclass
class Places:
    """How many connections may be open at once, in all and from one address; addresses are kept while they are."""

    in_all: int
    from_one: int = FROM_ONE_ADDRESS
    open: int = 0
    taken: Counter[str] = field(default_factory=Counter)

    def take(self, address: str) -> bool:
        """Whether there was a place. Behind this machine's own address may stand a proxy with everybody's phones."""
        if self.open >= self.in_all or (self.taken[address] >= self.from_one and not _own(address)):
            return False
        self.open += 1
        self.taken[address] += 1
        return True

    def give_back(self, address: str) -> None:
        """The connection is closed."""
        self.open -= 1
        self.taken[address] -= 1
        if self.taken[address] < 1:
            del self.taken[address]


def places_in(files: int | None) -> Places:
    """Of so many files, five in eight: the others are for the store, its keys, and what is accepted meanwhile."""
    return Places((files or WANTED) * 5 // 8)


def _own(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return True  # no address at all: another part of this machine


def attend(server: uvicorn.Server, header_seconds: float = HEADER_SECONDS, places: Places | None = None) -> None:
    """How this server treats every connection that it will accept.

    Without gathering small packets: else every second request on a kept connection waits for 40 ms. asyncio sees to
    that by itself, but only on sockets that were made with their protocol named, and ours is not. And a request's
    header has to be whole in time, from the opening of the connection or from its first byte, and before it is long.
    Whoever comes when all places are taken is let go at once.
    """
    made: Any = server.config.http_protocol_class
    if not getattr(made, "attended", False):  # once: of two layers of deadlines only one would be called off
        files = raise_limit()
        server.config.http_protocol_class = _placed(_prompt(made, header_seconds), places or places_in(files))
        # That many are accepted before the first of them can be let go.
        server.config.backlog = min(server.config.backlog, (files or WANTED) // 16)
    server.config.timeout_keep_alive = KEEP_SECONDS


def _prompt(made: Any, header_seconds: float) -> Any:
    """uvicorn's protocol, which is chosen when it is configured, with our care for sockets and headers."""

    class Prompt(made):  # type: ignore[misc]
        attended = True

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            accepted = transport.get_extra_info("socket")
            if accepted is not None and accepted.family in (socket.AF_INET, socket.AF_INET6):
                accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._patience = self.loop.call_later(header_seconds, transport.close)
            self._unfinished: int | None = 0
            super().connection_made(transport)

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self._unfinished is not None:
                self._unfinished += len(data)
                if self._unfinished > HEADER_BYTES:
                    self.transport.close()

        def on_message_begin(self) -> None:
            self._patience.cancel()
            self._unfinished = 0
            self._patience = self.loop.call_later(header_seconds, self.transport.close)
            super().on_message_begin()

        def on_headers_complete(self) -> None:
            self._patience.cancel()
            self._unfinished = None
            super().on_headers_complete()

        def connection_lost(self, exc: Exception | None) -> None:
            self._patience.cancel()
            super().connection_lost(exc)

    return Prompt


def _placed(made: Any, places: Places) -> type[asyncio.Protocol]:
    """The same, counted among the connections that may be open."""

    class Placed(made):  # type: ignore[misc]
        _place: str | None = None

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            super().connection_made(transport)
            address = str((self.client or ("",))[0])
            if places.take(address):
                self._place = address
            else:
                self.transport.abort()

        def connection_lost(self, exc: Exception | None) -> None:
            self._leave()
            super().connection_lost(exc)

        def handle_websocket_upgrade(self) -> None:
            self._leave()  # another protocol goes on with it: of a signed-in console
            super().handle_websocket_upgrade()

        def _leave(self) -> None:
            if self._place is not None:
                places.give_back(self._place)
                self._place = None

    return Placed
