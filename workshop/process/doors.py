"""What Streamlit would open to everybody in the room, and who may come in from another web page."""

import asyncio
import re

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workshop.errors import Missing, SignInNeeded
from workshop.process.refusals import refuse
from workshop.settings import Settings
from workshop.signin import Signin, session_of
from workshop.web import is_facilitator, require_origin

READS = ("GET", "HEAD", "OPTIONS")

# Of Streamlit's own addresses the console's page needs these; what is not named here is not there.
_NEEDED = re.compile(r"/_stcore/(health|host-config|stream|upload_file/.+|bidi-components/.+)$|/(media|static)/.+")
_STREAMLITS = re.compile(
    r"/(_stcore|media|component|static|app/static|auth|oauth2callback)(/|$)|.*/_stcore/agent(/|$)", re.DOTALL)
_FACILITATORS = ("/media/", "/_stcore/stream", "/_stcore/upload_file/", "/_stcore/bidi-components/")

NOT_HERE = Missing("not_found", "There is nothing at this address.")
SIGN_IN = SignInNeeded("sign_in", "Sign in with the link that was printed when Bothand was started.")


class ConsoleDoors:
    """ASGI middleware: Streamlit's own addresses are there only as far as the console needs them.

    A console that is open ends when its browser is signed out.
    """

    def __init__(self, app: ASGIApp, signin: Signin) -> None:
        self.app = app
        self.signin = signin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if _STREAMLITS.match(path) and not _NEEDED.fullmatch(path):
            await refuse(NOT_HERE, scope, receive, send)
        elif path.startswith(_FACILITATORS) and not is_facilitator(HTTPConnection(scope), self.signin):
            await refuse(SIGN_IN, scope, receive, send)
        elif scope["type"] == "websocket":
            with self.signin.until_signed_out(session_of(HTTPConnection(scope).cookies)) as over:
                open_one = _Ending(receive, send, over)
                await self.app(scope, open_one.receive, open_one.send)
        else:
            await self.app(scope, receive, send)


class _Ending:
    """A websocket that is closed as soon as `over` is set, whatever its application does."""

    def __init__(self, receive: Receive, send: Send, over: asyncio.Event) -> None:
        self._receive = receive
        self._send = send
        self._over = over

    async def receive(self) -> Message:
        asked, over = asyncio.ensure_future(self._receive()), asyncio.ensure_future(self._over.wait())
        await asyncio.wait((asked, over), return_when=asyncio.FIRST_COMPLETED)
        over.cancel()
        if not self._over.is_set():
            return await asked
        asked.cancel()
        await self._send({"type": "websocket.close", "code": 1008, "reason": "signed_out"})
        return {"type": "websocket.disconnect", "code": 1008}

    async def send(self, message: Message) -> None:
        if not self._over.is_set():
            await self._send(message)


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
