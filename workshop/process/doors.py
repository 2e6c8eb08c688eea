"""What Streamlit would open to everybody in the room, and who may come in from another web page."""

import re
from collections.abc import Callable

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from workshop.errors import Missing, SignInNeeded
from workshop.process.refusals import refuse
from workshop.settings import Settings
from workshop.web import require_origin

READS = ("GET", "HEAD", "OPTIONS")

# Of Streamlit's own addresses the console's page needs these; what is not named here is not there.
_NEEDED = re.compile(r"/_stcore/(health|host-config|stream|upload_file/.+|bidi-components/.+)$|/(media|static)/.+")
_STREAMLITS = re.compile(r"/(_stcore|media|component|static|app/static|auth|oauth2callback)(/|$)|.*/_stcore/agent(/|$)")
_FACILITATORS = ("/media/", "/_stcore/stream", "/_stcore/upload_file/", "/_stcore/bidi-components/")

NOT_HERE = Missing("not_found", "There is nothing at this address.")
SIGN_IN = SignInNeeded("sign_in", "Sign in with the link that was printed when Bothand was started.")


class ConsoleDoors:
    """ASGI middleware: Streamlit's own addresses are there only as far as the console needs them.

    `signed_in` tells of a scope whether it carries a facilitator's right.
    """

    def __init__(self, app: ASGIApp, signed_in: Callable[[Scope], bool]) -> None:
        self.app = app
        self.signed_in = signed_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if _STREAMLITS.match(path) and not _NEEDED.fullmatch(path):
            await refuse(NOT_HERE, scope, receive, send)
        elif path.startswith(_FACILITATORS) and not self.signed_in(scope):
            await refuse(SIGN_IN, scope, receive, send)
        else:
            await self.app(scope, receive, send)


class OwnOrigin:
    """ASGI middleware: another web page can neither write here nor open a websocket.

    What may be written without any Origin is for each route to say; a websocket always needs ours.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" or (scope["type"] == "http" and scope["method"] not in READS):
            require_origin(HTTPConnection(scope), self.settings, may_be_missing=scope["type"] == "http")
        await self.app(scope, receive, send)
