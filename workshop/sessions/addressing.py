"""Which address phones are told: never a loopback one while this machine has another."""

import ipaddress
import time
from urllib.parse import urlsplit

from workshop.addresses import addresses, bracketed
from workshop.settings import Settings

LOOK_AGAIN_AFTER = 5.0


class Addressing:
    """The base URL of this installation as other devices reach it; a laptop may change networks meanwhile."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._chosen: str | None = None
        self._found: tuple[str, ...] = ()
        self._looked = float("-inf")

    @property
    def base(self) -> str:
        """Scheme, host and port, without a trailing slash."""
        if self._settings.public_url:
            return self._settings.public_url
        scheme = "https" if self._settings.tls_cert else "http"
        return f"{scheme}://{bracketed(self._host)}:{self._settings.port}"

    @property
    def address(self) -> str:
        """Host and port, for people who type."""
        return urlsplit(self.base).netloc

    @property
    def loopback(self) -> bool:
        """Whether only this machine itself could come in: then no QR code is shown."""
        host = urlsplit(self.base).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost" or host.endswith(".localhost")

    @property
    def choices(self) -> tuple[str, ...]:
        """All addresses other devices could use, likeliest first."""
        if time.monotonic() - self._looked > LOOK_AGAIN_AFTER:
            self._found, self._looked = addresses(self._settings.host), time.monotonic()
        return self._found

    def choose(self, address: str | None) -> None:
        """The host's own choice among the adapters; None goes back to the likeliest."""
        self._chosen = address

    def join_url(self, code: str) -> str:
        """What the QR code says."""
        return f"{self.base}/j/{code}"

    @property
    def _host(self) -> str:
        choices = self.choices
        if self._chosen in choices and self._chosen is not None:
            return self._chosen
        return choices[0] if choices else "127.0.0.1"
