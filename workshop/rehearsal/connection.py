"""The two ends of the HTTP contract that a rehearsal speaks: a host with the key, and phones with a cookie each."""

import asyncio
import re
from collections.abc import Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Any, Self

import httpx

from workshop.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    Missing,
    NotBuilt,
    SignInNeeded,
    TooMany,
    Unavailable,
    WorkshopError,
)

_ERRORS: Mapping[int, type[WorkshopError]] = {
    kind.status: kind for kind in (BadRequest, SignInNeeded, Forbidden, Missing, Conflict, Gone, Invalid, TooMany,
                                   NotBuilt, Unavailable)}
_TRIES = 4
_FIRST_PAUSE = 0.25


class Connection:
    """A server by its address; `certificate` is trusted in place of the public ones, False checks none."""

    def __init__(self, url: str, key: str, certificate: Any = True) -> None:
        self.url = url.rstrip("/")
        self._key = key
        # Every phone brings its own cookie, so the client itself must keep none.
        nothing = CookieJar(policy=DefaultCookiePolicy(allowed_domains=()))
        limits = httpx.Limits(max_connections=64, max_keepalive_connections=16, keepalive_expiry=2)
        self._client = httpx.AsyncClient(base_url=self.url, verify=certificate, cookies=nothing, limits=limits,
                                         timeout=30, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None,
                        trace: TracebackType | None) -> None:
        await self._client.aclose()

    async def host(self, method: str, path: str, body: Any = None) -> Any:
        """A request with the facilitator's key; raises a WorkshopError in the server's own words."""
        response = await self._send(method, path, body, {"Authorization": f"Bearer {self._key}"})
        return response.json()

    async def file(self, path: str) -> tuple[str, bytes]:
        """A file that the host may download: its name and its bytes."""
        response = await self._send("GET", path, None, {"Authorization": f"Bearer {self._key}"})
        named = re.search(r'filename="([\w.-]+)"', response.headers.get("content-disposition", ""))
        return named[1] if named else "export", response.content

    async def phone(self, method: str, path: str, body: Any = None, cookie: str = "") -> tuple[Any, str]:
        """A request by a phone: what came back, and the cookie that the phone has now."""
        own = {"Origin": self.url, **({"Cookie": cookie} if cookie else {})}
        response = await self._send(method, path, body, own)
        return response.json(), response.headers.get("set-cookie", "").partition(";")[0] or cookie

    async def _send(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> httpx.Response:
        for attempt in range(1, _TRIES + 1):
            response = await self._once(method, path, body, headers)
            if response.status_code != Unavailable.status or attempt == _TRIES:
                break
            await asyncio.sleep(_FIRST_PAUSE * 2**attempt)
        if response.is_success:
            return response
        raise error_of(response)

    async def _once(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> httpx.Response:
        try:
            return await self._client.request(method, path, json=body, headers=dict(headers))
        except httpx.ConnectError as error:
            raise Unavailable("no_server", f"No Bothand is running at {self.url}. Start it with “uv run app.py”, "
                                           "wait for its address, and try again.") from error
        except httpx.HTTPError as error:
            raise Unavailable("no_answer", f"Bothand at {self.url} did not answer in time. "
                                           "Nothing is known to be lost; try again.") from error


def error_of(response: httpx.Response) -> WorkshopError:
    """The server's refusal as one of our errors."""
    kind = _ERRORS.get(response.status_code, WorkshopError)
    try:
        told = response.json()["error"]
        return kind(str(told["code"]), str(told["message"]))
    except (ValueError, KeyError, TypeError):
        return kind("unexpected", f"The server answered {response.status_code} and gave no reason. "
                                  "Look at the window it was started from.")
