"""Proof that phones can reach this machine: another device opens one small page, and the console counts it."""

import ipaddress
from functools import cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from workshop.addresses import addresses
from workshop.calm import calm, words

PATH = "/reach"
MOST = 500


class Reach:
    """Which other devices have opened the page since the last check; in memory only, and never shown."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    @property
    def others(self) -> int:
        """How many."""
        return len(self._seen)

    def note(self, host: str) -> None:
        """A device was here. This machine itself proves nothing."""
        if len(self._seen) < MOST and not _own(host):
            self._seen.add(host)

    def forget(self) -> None:
        """Begins the check again."""
        self._seen.clear()


@cache
def reach() -> Reach:
    """The one of this process."""
    return Reach()


def routes() -> list[BaseRoute]:
    """`/reach`."""

    async def reached(request: Request) -> Response:
        if request.client is not None:
            reach().note(request.client.host)
        locale = words(request)
        return calm(locale, locale.text("console.reach.title"), (locale.text("console.reach.text"),))

    return [Route(PATH, reached)]


def _own(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return True
    mapped = getattr(address, "ipv4_mapped", None) or address
    return mapped.is_loopback or str(mapped) in addresses()
