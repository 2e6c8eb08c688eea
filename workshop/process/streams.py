"""How many event streams may be open at once: enough for any room, not for whoever opens them without end."""

import re
from collections import Counter

from starlette.types import ASGIApp, Receive, Scope, Send

from workshop.errors import Unavailable
from workshop.process.refusals import refuse

IN_ALL = 8_000
FROM_ONE_ADDRESS = 2_500  # a full room of 2,000 phones may stand behind one address

_EVENTS = re.compile(r"/api/workshops/[^/]+/events$")
FULL = Unavailable("too_many_streams", "Too many pages follow this room at once. This one asks again by itself.")


class StreamLimit:
    """ASGI middleware: counts open streams, by address while they are open; nothing of it is written anywhere.

    A phone whose stream is refused goes on by asking every few seconds.
    """

    def __init__(self, app: ASGIApp, in_all: int = IN_ALL, from_one: int = FROM_ONE_ADDRESS) -> None:
        self.app = app
        self.in_all = in_all
        self.from_one = from_one
        self.open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _EVENTS.match(scope["path"]):
            await self.app(scope, receive, send)
            return
        address = (scope.get("client") or ("",))[0]
        if self.open.total() >= self.in_all or self.open[address] >= self.from_one:
            await refuse(FULL, scope, receive, send)
            return
        self.open[address] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.open[address] -= 1
            self.open += Counter()  # drops addresses that have none left
