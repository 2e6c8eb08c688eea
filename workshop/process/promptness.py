"""Connections: small answers leave at once, and whoever does not say in time what is wanted is let go."""

import asyncio
import socket
from typing import Any

import uvicorn

HEADER_BYTES = 64 * 1024
KEEP_SECONDS = 20  # a process that was held up must not take a question that waits for none
HEADER_SECONDS = 20.0  # for a phone on bad Wi-Fi; what never ends must not hold a place for ever


def attend(server: uvicorn.Server, header_seconds: float = HEADER_SECONDS) -> None:
    """How this server treats every connection that it will accept.

    Without gathering small packets: else every second request on a kept connection waits for 40 ms. asyncio sees to
    that by itself, but only on sockets that were made with their protocol named, and ours is not. And a request's
    header has to be whole in time, from the opening of the connection or from its first byte, and before it is long.
    """
    made: Any = server.config.http_protocol_class
    if not getattr(made, "attended", False):  # once: of two layers of deadlines only one would be called off
        server.config.http_protocol_class = _prompt(made, header_seconds)
    server.config.timeout_keep_alive = KEEP_SECONDS


def _prompt(made: Any, header_seconds: float) -> type[asyncio.Protocol]:
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
