"""Asking Streamlit itself, in place of a browser, at an address that is shut to all of them."""

import asyncio
from collections.abc import Mapping
from http.cookies import SimpleCookie

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Scope

BEHIND = "bothand.behind"  # in a scope: this is no browser's request, the page for strangers is not for it
SECONDS = 25.0  # for all that Streamlit has to ask the provider


class Answer:
    """Status, address to go on to, and cookies by their names; the body is of no use here."""

    def __init__(self) -> None:
        self.status = 0
        self.headers = Headers()

    async def hear(self, message: Message) -> None:
        """One message of an ASGI application."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], Headers(raw=list(message["headers"]))

    @property
    def location(self) -> str:
        """Where a browser would go on to."""
        return self.headers.get("location", "")

    @property
    def cookies(self) -> Mapping[str, str]:
        """What a browser would keep from here on."""
        set_here = [SimpleCookie(line) for line in self.headers.getlist("set-cookie")]
        return {name: morsel.value for jar in set_here for name, morsel in jar.items()}


async def ask(app: ASGIApp, scope: Scope, address: str, cookie: str = "") -> Answer:
    """What it answers to a GET of this address with this cookie and nothing else that the browser sent."""
    path, _, query = address.partition("?")
    host = [pair for pair in scope["headers"] if pair[0] == b"host"]
    inside = {**scope, "path": path, "raw_path": path.encode(), "query_string": query.encode(), BEHIND: True,
              "headers": [*host, *([(b"cookie", cookie.encode("latin-1"))] if cookie else [])]}
    answer = Answer()
    async with asyncio.timeout(SECONDS):
        await app(inside, _nothing, answer.hear)
    return answer


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
