"""What every response tells the browser about itself, and the console's content policy."""

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workshop.settings import Settings
from workshop.web import over_tls

Header = tuple[bytes, bytes]

ALWAYS: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    (b"cache-control", b"no-store"),  # where a response does not say itself how long it may be kept
)
ONE_YEAR: Header = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")

# For answers that are no page of ours to draw; pages of phone and stage bring their own policy.
NOTHING = b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
OWN_SURFACES = ("/j/", "/stage/", "/api/", "/assets/")

_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
_HOST = re.compile(rb"[A-Za-z0-9.\-:\[\]]+")


class SecurityHeaders:
    """ASGI middleware: the headers that are the same everywhere, and a policy where a response brings none.

    `scripts` are the source expressions of the console's inline scripts. Whoever came over TLS is told to come back
    over TLS only.
    """

    def __init__(self, app: ASGIApp, scripts: tuple[str, ...], settings: Settings) -> None:
        self.app = app
        self.scripts = " ".join(scripts)
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": self._completed(scope, message.get("headers", ()))}
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _completed(self, scope: Scope, headers: Iterable[Header]) -> list[Header]:
        present = list(headers)
        names = {name.lower() for name, _ in present}
        always = ALWAYS
        if over_tls(HTTPConnection(scope), self.settings):
            always, present = (*ALWAYS, ONE_YEAR), [secured(header) for header in present]
        added = [header for header in always if header[0] not in names]
        if b"content-security-policy" not in names:
            added.append((b"content-security-policy", self._policy(scope)))
        return present + added

    def _policy(self, scope: Scope) -> bytes:
        if scope["path"].startswith(OWN_SURFACES):
            return NOTHING
        host = next((value for name, value in scope["headers"] if name == b"host"), b"")
        sockets = f"ws://{host.decode()} wss://{host.decode()}" if _HOST.fullmatch(host) else ""
        return console_policy(self.scripts, sockets).encode()


def secured(header: Header) -> Header:
    """A cookie for TLS only; Streamlit, which knows of no proxy, makes one that is not."""
    name, value = header
    plain = name.lower() == b"set-cookie" and b"; secure" not in value.lower()
    return (name, value + b"; Secure") if plain else header


def console_policy(scripts: str, sockets: str) -> str:
    """What a Streamlit page may load: everything from here, one inline script, styles made on the fly."""
    return (
        f"default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' {sockets}; "
        "worker-src 'self' blob:; frame-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def inline_scripts(page: Path) -> tuple[str, ...]:
    """A source expression for each inline script of a page, as the policy names them."""
    return tuple(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE_SCRIPT.findall(page.read_text(encoding="utf-8"))
    )
