"""Our own surfaces without Streamlit's layers: those would compress, sign and measure what needs none of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from workshop.sessions.act import CODE_LENGTH, CODE_LETTERS

Handler = Callable[[Request, Exception], Response]
OWN = ("/j/", "/stage/", "/api/", "/assets/")
CODED = re.compile(rf"\A(/j/|/stage/|/api/workshops/)((?i:[{CODE_LETTERS}]{{{CODE_LENGTH}}}))(?=/|$)")


class Shortcut:
    """ASGI middleware, the innermost of ours: phone, stage and API are answered here, the rest goes on."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute], handlers: Mapping[Any, Handler]) -> None:
        self.app = app
        self.own = ExceptionMiddleware(Router(routes, redirect_slashes=False, default=app), handlers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(OWN):
            await self.app(scope, receive, send)
            return
        await self.own({**scope, "path": with_code(scope["path"])}, receive, send)


def with_code(path: str) -> str:
    """The path with its code as it is kept, however it was typed: cookies, versions and rooms go by that spelling."""
    return CODED.sub(lambda found: found[1] + found[2].upper(), path, count=1)
