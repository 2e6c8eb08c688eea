"""How much a request may carry, measured while it arrives."""

import re
from collections.abc import Callable
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workshop.errors import TooLarge
from workshop.process.refusals import refuse

KIB = 1024
PARTICIPANT = 16 * KIB
SIGNED_IN = 1024 * KIB
IMPORT = 8 * SIGNED_IN

_PARTICIPANTS = re.compile(r"/j/|/api/workshops/[^/]+/(seats|rounds)(/|$)")


class _Overflow(Exception):
    """Ends the reading of a body that is over its limit."""


class BodyLimit:
    """ASGI middleware: 413 as soon as a body is over its limit, whatever its Content-Length says.

    `signed_in` tells of a scope whether it carries a facilitator's right.
    """

    def __init__(self, app: ASGIApp, signed_in: Callable[[Scope], bool]) -> None:
        self.app = app
        self.signed_in = signed_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        limit = self._limit(scope)
        if announced(scope) > limit:
            await refuse(too_large(limit), scope, receive, send)
            return
        body = _Body(limit, receive, send)
        with suppress(_Overflow):
            await self.app(scope, body.receive, body.send)
        if body.over:
            await refuse(too_large(limit), scope, receive, send)

    def _limit(self, scope: Scope) -> int:
        if _PARTICIPANTS.match(scope["path"]) or not self.signed_in(scope):
            return PARTICIPANT
        return IMPORT if scope["path"] == "/api/import" else SIGNED_IN


class _Body:
    """Counts what arrives; once it is over, nothing of what the app answers goes out."""

    def __init__(self, limit: int, receive: Receive, send: Send) -> None:
        self.left = limit
        self.started = False
        self._receive = receive
        self._send = send

    @property
    def over(self) -> bool:
        return self.left < 0 and not self.started

    async def receive(self) -> Message:
        message = await self._receive()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise _Overflow
        return message

    async def send(self, message: Message) -> None:
        if self.over:
            return
        self.started = True
        await self._send(message)


def announced(scope: Scope) -> int:
    """The Content-Length, 0 where there is none or it is no number."""
    value = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(value) if value.isdigit() and len(value) < 16 else 0


def too_large(limit: int) -> TooLarge:
    """Says the limit in the unit a person reads."""
    size = f"{limit // KIB} KiB" if limit < SIGNED_IN else f"{limit // SIGNED_IN} MiB"
    return TooLarge("too_large", f"That is more than {size}, the most this address takes. Nothing was saved.")
