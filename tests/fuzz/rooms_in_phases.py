"""A workshop in every phase behind a running server, each with a phone in it; made anew when a request has moved it."""

from dataclasses import dataclass, field

import httpx

PHASES = ("draft", "lobby", "answering", "review", "sealed")
PEOPLE = 3  # enough for a picture in open
FIELDS = {"title": "A room", "form": "short", "dark": True, "words": True, "protection": "open",
          "grouping": {"question": "Shift?", "options": ["day", "night"]}}


def host_of(url: str, key: str) -> httpx.Client:
    """The host's own client. It keeps no connection: one that is idle may be closed by the server as it is used."""
    return httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=60,
                        limits=httpx.Limits(max_keepalive_connections=0))


@dataclass
class Standing:
    """A workshop where it was left, and the cookie of a phone that has a seat in it."""

    code: str
    cookie: str = ""


@dataclass
class Rooms:
    """Workshops by phase; `host` carries the facilitator's key."""

    host: httpx.Client
    url: str
    known: dict[str, Standing] = field(default_factory=dict)

    def standing(self, phase: str) -> Standing:
        """A workshop that is in this phase at this moment."""
        known = self.known.get(phase)
        if known is None or self._phase(known.code) != phase:
            known = self.known[phase] = self._made(phase)
        return known

    def _phase(self, code: str) -> str:
        answer = self.host.get(f"/api/workshops/{code}")
        return str(answer.json().get("phase")) if answer.status_code == 200 else "gone"

    def _made(self, phase: str) -> Standing:
        made = self.host.post("/api/workshops", json=FIELDS)
        room, steps = Standing(str(made.json()["code"])), PHASES.index(phase)
        if steps > 0:
            self._act(room.code, "open_lobby")
            phones = [self._join(room.code) for _ in range(PEOPLE)]
            room.cookie = phones[0]
        if steps > 1:
            self._act(room.code, "open_round")
        if steps > 2:
            self._close(room.code, phones)
            self._act(room.code, "open_round")
            self._close(room.code, phones)
            self._act(room.code, "reveal_dark")
            self._act(room.code, "goto", scene="words")
        if steps > 3:
            self._act(room.code, "seal")
        return room

    def _close(self, code: str, phones: list[str]) -> None:
        for phone in phones:
            self._answer(code, phone)
        self._act(code, "close_round")

    def _act(self, code: str, action: str, **parameters: object) -> None:
        answer = self.host.post(f"/api/workshops/{code}/actions", json={"action": action, **parameters})
        assert answer.status_code == 200, answer.text

    def _join(self, code: str) -> str:
        answer = httpx.post(f"{self.url}/api/workshops/{code}/seats", headers={"Origin": self.url})
        assert answer.status_code == 201, answer.text
        return answer.headers["set-cookie"].partition(";")[0]

    def _answer(self, code: str, cookie: str) -> None:
        round = self.host.get(f"/api/workshops/{code}").json()["round"]
        answer = httpx.put(f"{self.url}/api/workshops/{code}/rounds/{round}/answers", json={"answers": {"D4A": 3}},
                           headers={"Origin": self.url, "Cookie": cookie})
        assert answer.status_code == 200, answer.text
