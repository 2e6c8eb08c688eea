"""A phone without a browser: plain forms over real HTTP, as lynx would send them."""

import re
from dataclasses import dataclass, field

import httpx


@dataclass
class PlainPhone:
    """Keeps its cookie, reads the hidden token from the page it was served, follows the way back."""

    client: httpx.Client
    code: str
    page: str = ""
    status: int = 0
    fields: dict[str, str] = field(default_factory=dict)

    def look(self, query: str = "") -> "PlainPhone":
        """Loads the page."""
        return self._read(self.client.get(f"/j/{self.code}{query}"))

    def send(self, act: str, **more: str) -> "PlainPhone":
        """Sends one of the page's forms."""
        return self._read(self.client.post(f"/j/{self.code}/{act}", data={**self.fields, **more}))

    @property
    def heading(self) -> str:
        """What the page says first, without JavaScript."""
        plain = self.page.partition('<main class="plain">')[2] or self.page
        return re.search(r"<h1>(.*?)</h1>", plain)[1]

    def _read(self, answer: httpx.Response) -> "PlainPhone":
        self.page, self.status = answer.text, answer.status_code
        found = dict(re.findall(r'<input type="hidden" name="(token|round)" value="([^"]*)">', self.page))
        self.fields = found or self.fields
        return self


def plain_phone(url: str, code: str, **headers: str) -> PlainPhone:
    """A phone at the door."""
    return PlainPhone(httpx.Client(base_url=url, follow_redirects=True, timeout=10, headers=headers), code)
