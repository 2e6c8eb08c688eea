"""A small OpenID provider on loopback, which tells the truth, or whatever a test wants it to tell."""

import hmac
import json
import secrets
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "bothand", "a-secret-of-the-client"
KEYS = tuple(RSAKey.generate_key(2048, {"kid": name, "use": "sig"}) for name in ("its own", "another's"))


class Provider(ThreadingHTTPServer):
    """Everybody who comes is signed in at once, as whoever `claims` says.

    `claims` are laid over those of an honest token, None takes one out; `header` is its header; `key` signs, bytes as
    a shared secret does, and none of them not at all.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.forget()

    def forget(self) -> None:
        """Honest again, and nobody there."""
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {"alg": "RS256", "kid": "its own"}
        self.key: RSAKey | bytes = KEYS[0]
        self.metadata: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.sent: list[dict[str, str]] = []
        self.broken = False
        self.moved = False

    def description(self) -> dict[str, Any]:
        """The discovery document."""
        return {"issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys",
                "response_types_supported": ["code"], "code_challenge_methods_supported": ["S256"],
                "id_token_signing_alg_values_supported": ["RS256"], **self.metadata}

    def id_token(self, nonce: str) -> str:
        """Who came, said by this provider."""
        now = int(time.time())
        honest = {"iss": self.url, "aud": CLIENT, "sub": "one", "iat": now, "exp": now + 300, "nonce": nonce,
                  "email": "ada@example.org", "email_verified": True}
        claims = {name: value for name, value in {**honest, **self.claims}.items() if value is not None}
        if isinstance(self.key, bytes):
            said = f"{_part(self.header)}.{_part(claims)}"
            return f"{said}.{_text(hmac.digest(self.key, said.encode(), 'sha256')) if self.key else ''}"
        return jwt.encode(self.header, claims, self.key)

    def redeemed(self, form: dict[str, str], credentials: str) -> dict[str, Any] | None:
        """The tokens for a code, once, for the client that was given it and shows the other half of its challenge."""
        asked = self.codes.pop(form.get("code", ""), None)
        shown = _text(sha256(form.get("code_verifier", "").encode()).digest())
        if asked is None or credentials != f"{CLIENT}:{SECRET}" or form.get("redirect_uri") != asked["redirect_uri"] \
                or shown != asked.get("code_challenge"):
            return None
        return {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "expires_in": 300,
                "id_token": self.id_token(asked["nonce"])}


class Desk(BaseHTTPRequestHandler):
    """Answers for the provider."""

    server: Provider

    def do_GET(self) -> None:
        path, told = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
        self.server.asked.append(path)
        if self.server.broken:
            self._say(503, {})
        elif self.server.moved and path != "/elsewhere":
            self._say(302, {}, f"{self.server.url}/elsewhere")
        elif path in ("/.well-known/openid-configuration", "/elsewhere"):
            self._say(200, self.server.description())
        elif path == "/keys":
            self._say(200, {"keys": [KEYS[0].as_dict(private=False)]})
        elif path == "/authorize":
            self.server.sent.append(told)
            code = secrets.token_urlsafe()
            self.server.codes[code] = told
            self._say(302, {}, f"{told['redirect_uri']}?{urlencode({'code': code, 'state': told['state']})}")
        else:
            self._say(404, {})

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        form = dict(parse_qsl(self.rfile.read(int(self.headers["content-length"])).decode()))
        credentials = unquote(b64decode(self.headers.get("authorization", "").partition(" ")[2]).decode())
        tokens = self.server.redeemed(form, credentials)
        self._say(*((200, tokens) if tokens else (400, {"error": "invalid_grant"})))

    def _say(self, status: int, body: dict[str, Any], location: str = "") -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        if location:
            self.send_header("location", location)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that answers meanwhile."""
    with Provider() as desk:
        thread = threading.Thread(target=desk.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield desk
        desk.shutdown()
        thread.join()


def _part(value: dict[str, Any]) -> str:
    return _text(json.dumps(value).encode())


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
