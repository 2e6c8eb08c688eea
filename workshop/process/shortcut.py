"""Our own surfaces without Streamlit's layers: those would compress, sign and measure what needs none of it."""

from collections.abc import Sequence

from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import BaseRoute, Router
from starlette.types import ASGIApp, Receive, Scope, Send

OWN = ("/j/", "/stage/", "/api/", "/assets/")


class Shortcut:
    """ASGI middleware, the innermost of ours: phone, stage and API are answered here, the rest goes on."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self.app = app
        self.own = ExceptionMiddleware(Router(routes, redirect_slashes=False, default=app))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        own = scope["type"] == "http" and scope["path"].startswith(OWN)
        await (self.own if own else self.app)(scope, receive, send)
