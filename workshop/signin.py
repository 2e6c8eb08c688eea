"""Who may use the console: a key for scripts, one-time links for people, a list of signed-in browsers."""

import hashlib
import hmac
import json
import os
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from workshop.calm import calm, words
from workshop.settings import Settings

COOKIE = "bothand_console"
KEY_FILE = "facilitator.key"
LIST_FILE = "consoles.json"
KEY_BYTES = 16
LINK_SECONDS = 600
SIGNED_IN_SECONDS = 30 * 86_400


def facilitator_key(settings: Settings) -> str:
    """The key from the settings, or the one kept beside the database, made at the first call; owner only."""
    if settings.facilitator_key:
        return settings.facilitator_key
    path = settings.database.parent / KEY_FILE
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        key = secrets.token_urlsafe(KEY_BYTES)
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_owner_only(path, key + "\n")
        return key


class Signin:
    """One-time links live in memory; the list of signed-in browsers outlives a restart, as hashes, owner only."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._path = settings.keys / LIST_FILE
        self._key = facilitator_key(settings)
        self._once: dict[str, float | None] = {}
        self._lock = threading.Lock()
        self._consoles = self._read()

    @property
    def key(self) -> str:
        """The facilitator's key."""
        return self._key

    def key_fits(self, key: str) -> bool:
        """Compared in constant time."""
        return hmac.compare_digest(key.encode(), self._key.encode())

    def one_time(self, seconds: float | None = LINK_SECONDS) -> str:
        """The path of a link that signs one browser in, once, within so many seconds; None: until it is used."""
        once = secrets.token_urlsafe(KEY_BYTES)
        with self._lock:
            self._once[_hash(once)] = None if seconds is None else self._clock() + seconds
        return f"/sign-in/{once}"

    def redeem(self, once: str) -> str | None:
        """A fresh session for the browser's cookie, or None where the link was used, is too old or unknown."""
        with self._lock:
            if _hash(once) not in self._once:
                return None
            until = self._once.pop(_hash(once))
            if until is not None and self._clock() > until:
                return None
            session = secrets.token_urlsafe(2 * KEY_BYTES)
            self._consoles[_hash(session)] = self._clock() + SIGNED_IN_SECONDS
            self._keep()
        return session

    def valid(self, session: str | None) -> bool:
        """Whether this browser is on the list right now; ask on every run."""
        return bool(session) and self._consoles.get(_hash(session or ""), 0.0) > self._clock()

    def sign_out(self, session: str) -> None:
        """Takes one browser off the list."""
        with self._lock:
            self._consoles.pop(_hash(session), None)
            self._keep()

    def _read(self) -> dict[str, float]:
        try:
            found = json.loads(self._path.read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return {}
        return {str(name): float(until) for name, until in found.items() if float(until) > self._clock()}

    def _keep(self) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self._path.with_suffix(".part-json")
        _write_owner_only(part, json.dumps(self._consoles))
        part.replace(self._path)


def routes(signin: Signin) -> list[BaseRoute]:
    """`/sign-in/{once}` and `/sign-out`."""

    async def enter(request: Request) -> Response:
        if request.method == "HEAD" or "prefetch" in request.headers.get("sec-purpose", ""):
            return Response(status_code=204)  # a look ahead must not use the link up
        session = signin.redeem(request.path_params["once"])
        if session is not None:
            return _to_console(request, session)
        return _to_console(request) if signin.valid(request.cookies.get(COOKIE)) else _used(request)

    async def leave(request: Request) -> Response:
        if request.method != "POST":
            return _sure(request)
        signin.sign_out(request.cookies.get(COOKIE, ""))
        return _to_console(request, "")

    return [Route("/sign-in/{once}", enter), Route("/sign-out", leave, methods=["GET", "POST"])]


def _to_console(request: Request, session: str | None = None) -> Response:
    """Home, with a fresh session in the cookie, or with the cookie gone where it is empty."""
    response = RedirectResponse("/", 303, {"cache-control": "no-store"})
    if session is not None:
        response.set_cookie(COOKIE, session, max_age=SIGNED_IN_SECONDS if session else 0, path="/", httponly=True,
                            samesite="lax", secure=request.url.scheme == "https")
    return response


def _used(request: Request) -> Response:
    locale = words(request)
    say = locale.text
    return calm(locale, say("console.link.title"), (say("console.link.text"), say("console.link.how")), 403)


def _sure(request: Request) -> Response:
    locale = words(request)
    say = locale.text
    return calm(locale, say("console.leave.title"), (say("console.leave.text"),), action="/sign-out",
                button=say("console.leave.yes"), back=say("console.leave.no"))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _write_owner_only(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(text)
