"""What every HTTP surface does alike: seats by cookie, the facilitator's right, Origin, errors, misses, streams."""

import asyncio
import secrets
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from workshop.errors import Forbidden, SignInNeeded, TooMany, WorkshopError
from workshop.events import Hub, Topic
from workshop.inventory import Locale
from workshop.inventory.library import ORIGINAL
from workshop.sessions.seats import TOKEN
from workshop.settings import Settings
from workshop.signin import HOST_ONLY, Signin, session_of

SEAT_SECONDS = 12 * 7 * 86_400
PING_SECONDS = 15.0
MISSES_A_MINUTE = 30
NO_STORE = {"cache-control": "no-store"}


# seats


def seat_cookie(request: HTTPConnection, settings: Settings, code: str) -> str:
    """The name of the cookie that holds a phone's token for one workshop: over TLS one that only this host can set."""
    return f"{HOST_ONLY if over_tls(request, settings) else ''}seat_{code}"


def seat_token(request: HTTPConnection, settings: Settings, code: str) -> str | None:
    """The token this phone brings, if it looks like one that was made here."""
    token = request.cookies.get(seat_cookie(request, settings, code))
    return token if token and TOKEN.fullmatch(token) else None


def set_seat_cookie(response: Response, request: HTTPConnection, settings: Settings, code: str, token: str) -> None:
    """HttpOnly, for this site alone; Secure where the browser came over TLS."""
    response.set_cookie(seat_cookie(request, settings, code), token, max_age=SEAT_SECONDS, path="/", httponly=True,
                        samesite="lax", secure=over_tls(request, settings))


def drop_seat_cookie(response: Response, request: HTTPConnection, settings: Settings, code: str) -> None:
    """The phone has no seat any more."""
    response.delete_cookie(seat_cookie(request, settings, code), path="/", httponly=True, samesite="lax",
                           secure=over_tls(request, settings))


# rights


def over_tls(request: HTTPConnection, settings: Settings) -> bool:
    """Whether the browser came over TLS: to us, or to a proxy that holds the certificate of our public address."""
    if request.scope.get("scheme") in ("https", "wss"):
        return True
    return f"https://{request.headers.get('host', '').lower()}" == (settings.public_url or "").lower()


def origin_of(request: HTTPConnection) -> str | None:
    """The Origin header; `null` counts as missing."""
    origin = request.headers.get("origin")
    return None if origin in (None, "", "null") else origin


def own_origin(request: HTTPConnection, settings: Settings) -> bool:
    """Whether the Origin, if any, is this site: the host that was asked, or the configured public one, and over TLS
    a page that came over TLS too: any other may have been changed on its way."""
    origin = origin_of(request)
    if origin is None:
        return True
    if urlsplit(origin).scheme not in (("https",) if over_tls(request, settings) else ("http", "https")):
        return False
    hosts = {request.headers.get("host", "").lower()}
    if settings.public_url:
        hosts.add(urlsplit(settings.public_url).netloc.lower())
    return urlsplit(origin).netloc.lower() in hosts


def require_origin(request: HTTPConnection, settings: Settings, *, may_be_missing: bool = False) -> None:
    """Raises Forbidden for a foreign Origin, and for none at all unless that may be."""
    if not own_origin(request, settings) or (origin_of(request) is None and not may_be_missing):
        raise Forbidden("foreign_origin", "This was sent from another page, so it was refused. "
                                          "Open the workshop's own page and try again.")


def bearer(request: HTTPConnection) -> str | None:
    """The key of an Authorization header."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" and key.strip() else None


def has_key(request: HTTPConnection, signin: Signin) -> bool:
    """Whether the request carries the facilitator's key."""
    key = bearer(request)
    return key is not None and signin.key_fits(key)


def is_facilitator(request: HTTPConnection, signin: Signin) -> bool:
    """Whether the request carries the key or a signed-in browser's cookie."""
    return has_key(request, signin) or signin.valid(session_of(request.cookies))


def require_facilitator(request: Request, signin: Signin, settings: Settings) -> None:
    """Raises SignInNeeded without the right; a write by cookie needs our own Origin too."""
    if has_key(request, signin):
        require_origin(request, settings, may_be_missing=True)
        return
    if not signin.valid(session_of(request.cookies)):
        raise SignInNeeded("sign_in", "This is for the facilitator. Send the key as “Authorization: Bearer …”, "
                                      "or sign in with the link that the program printed at its start.")
    require_origin(request, settings, may_be_missing=request.method in ("GET", "HEAD"))


# errors


def error_response(error: WorkshopError, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The contract's error shape."""
    return JSONResponse({"error": {"code": error.code, "message": error.message}}, error.status,
                        {**NO_STORE, **(headers or {})})


def in_words(error: WorkshopError, locale: Locale) -> WorkshopError:
    """The error as a room says it that speaks another language than errors, which are written in English."""
    said = locale.texts.get(f"phone.refused.{error.code}" if error.status < 500 else "phone.refused.not_saved")
    return error if said is None or locale.language == ORIGINAL else type(error)(error.code, said)


class Misses:
    """Counts guesses at codes by address, in memory, for a minute; nothing of it is written anywhere."""

    def __init__(self) -> None:
        self._since = 0.0
        self._counts: dict[str, int] = {}

    def count(self, request: HTTPConnection) -> None:
        """One more guess that hit nothing; raises TooMany where this address has guessed too often.

        A code that exists is always answered: one guesser must not lock out the room behind the same address.
        """
        if time.monotonic() - self._since > 60:
            self._since, self._counts = time.monotonic(), {}
        self._counts[_who(request)] = self._counts.get(_who(request), 0) + 1
        if self._counts[_who(request)] > MISSES_A_MINUTE:
            raise TooMany("too_many", "Too many wrong codes from here. Wait a minute, then type the six characters "
                                      "from the screen.")


def _who(request: HTTPConnection) -> str:
    return request.client.host if request.client else ""


# streams


END = {"type": "http.response.body", "body": b"", "more_body": False}


class EventStream(Response):
    """Server-sent events `state` and `stage` of one room: the versions now, then whenever one moved.

    Writes to the connection itself, since hundreds of these are open at once.
    """

    def __init__(self, hub: Hub, code: str, *, for_phone: bool) -> None:
        super().__init__()
        self._hub = hub
        self._code = code
        topics: tuple[Topic, ...] = ("phone",) if for_phone else ("state", "stage")
        self._topics = topics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [
            (b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store"),
            (b"x-accel-buffering", b"no")]})
        if scope["method"] == "HEAD":
            await send(END)
            return
        stream = asyncio.ensure_future(self._stream(send))
        gone = asyncio.ensure_future(_until_gone(receive))
        await asyncio.wait((stream, gone), return_when=asyncio.FIRST_COMPLETED)
        for task in (stream, gone):
            task.cancel()
        await asyncio.gather(stream, gone, return_exceptions=True)

    async def _stream(self, send: Send) -> None:
        listener = self._hub.listen(self._code, self._topics)
        try:
            # Spread out, so that a thousand phones do not come back in the same second after a cut.
            await _write(send, f"retry: {1000 + secrets.randbelow(2000)}\n\n")
            told: dict[Topic, str] = {}
            while not (self._hub.closed or listener.over):
                await self._tell(send, told)
                if not await listener.wait(PING_SECONDS):
                    await _write(send, ": here\n\n")
        finally:
            self._hub.leave(self._code, listener)
        await send(END)

    async def _tell(self, send: Send, told: dict[Topic, str]) -> None:
        lines = []
        for topic in self._topics:
            version = self._hub.version(self._code, topic)
            if told.get(topic) != version:
                told[topic] = version
                name = "state" if topic == "phone" else topic
                lines.append(f'event: {name}\ndata: {{"version": "{version}"}}\n\n')
        if lines:
            await _write(send, "".join(lines))


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
