"""How much a request may carry, measured while it arrives."""

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workshop.errors import BadRequest, TooLarge
from workshop.process.refusals import refuse

KIB = 1024
PARTICIPANT = 16 * KIB
SIGNED_IN = 1024 * KIB
IMPORT = 8 * SIGNED_IN

SECONDS = 30.0  # for a participant's body to arrive whole; whoever is signed in has four times as long
TOO_SLOW = BadRequest("too_slow", "The rest of this request did not arrive in time, so nothing was saved. "
                                  "Please send it once more.")

_PARTICIPANTS = re.compile(r"/j/|/api/workshops/[^/]+/(seats|rounds)(/|$)")


class _Overflow(Exception):
    """Ends the reading of a body that is over its limit, or does not come."""


class BodyLimit:
    """ASGI middleware: 413 as soon as a body is over its limit, whatever its Content-Length says; 400 where it
    does not come.

    `signed_in` tells of a scope whether it carries a facilitator's right.
    """

    def __init__(self, app: ASGIApp, signed_in: Callable[[Scope], bool], seconds: float = SECONDS) -> None:
        self.app = app
        self.signed_in = signed_in
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        limit = self._limit(scope)
        if announced(scope) > limit:
            await refuse(too_large(limit), scope, receive, send)
            return
        body = _Body(limit, self.seconds * (1 if limit == PARTICIPANT else 4), receive, send)
        with suppress(_Overflow):
            await self.app(scope, body.receive, body.send)
        if body.over:
            await refuse(TOO_SLOW if body.late else too_large(limit), scope, receive, send)

    def _limit(self, scope: Scope) -> int:
        if _PARTICIPANTS.match(scope["path"]) or not self.signed_in(scope):
            return PARTICIPANT
        return IMPORT if scope["path"] == "/api/import" else SIGNED_IN


class _Body:
    """Counts what arrives, and for how long; once it is over, nothing of what the app answers goes out."""

    def __init__(self, limit: int, seconds: float, receive: Receive, send: Send) -> None:
        self.left = limit
        self.late = False
        self.started = False
        self._until: float | None = asyncio.get_running_loop().time() + seconds
        self._receive = receive
        self._send = send

    @property
    def over(self) -> bool:
        return (self.late or self.left < 0) and not self.started

    async def receive(self) -> Message:
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            self.late = True
            raise _Overflow from None
        if not message.get("more_body"):
            self._until = None  # whatever is waited for now is not the body
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
