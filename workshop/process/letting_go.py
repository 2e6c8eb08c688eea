"""What a phone keeps of its seat ends with the room: every 410 takes the cookie along."""

import re

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workshop.errors import Gone
from workshop.sessions.act import CODE_LENGTH, CODE_LETTERS
from workshop.settings import Settings
from workshop.web import drop_seat_cookie

_ROOM = re.compile(rf"/(?:j|api/workshops)/([{CODE_LETTERS}]{{{CODE_LENGTH}}})(?:/|$)")


class LettingGo:
    """ASGI middleware: an answer that a room is over drops the asking phone's cookie for it."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        room = _ROOM.match(scope.get("path", ""))
        if scope["type"] != "http" or room is None:
            await self.app(scope, receive, send)
            return

        async def send_and_drop(message: Message) -> None:
            if message.get("status") == Gone.status:
                response = Response()
                drop_seat_cookie(response, HTTPConnection(scope), self.settings, room[1])
                MutableHeaders(scope=message).append("set-cookie", response.headers["set-cookie"])
            await send(message)

        await self.app(scope, receive, send_and_drop)
