"""Every byte that anybody would be sent, in the order in which it would come."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from workshop.errors import WorkshopError
from workshop.events import TOPICS
from workshop.results import Snapshot, to_json
from workshop.room import Phase
from workshop.sessions import Sessions
from workshop.stage.payload import payload
from workshop.takehome import exported

FORMATS = ("csv", "json", "html", "xlsx", "parquet")  # the others, in every shape: tests/attack/wires.py
NOW = re.compile(r'"now": ?[0-9.]+')


@dataclass
class Recorder:
    """What the surfaces said, moment by moment, with the room's own code and nonces taken out."""

    sessions: Sessions
    code: str
    names: tuple[str, ...]
    everything: bool = True  # else only the results
    said: list[tuple[str, str]] = field(default_factory=list)
    results: list[tuple[int, frozenset[str], dict[str, Any]]] = field(default_factory=list)
    _facts: object = None
    _results: dict[int, Snapshot] = field(default_factory=dict)

    def moment(self, why: str, token: str | None, finished: frozenset[str] = frozenset()) -> None:
        """After one event: states, versions and the latest results; the rest where what the stage may know has moved.

        `finished` is whose answers were in by then, which is seen in the room.
        """
        if not self.sealed:
            self._latest(why, finished)
        if self.everything:
            self._surfaces(why, token)

    def _surfaces(self, why: str, token: str | None) -> None:
        for surface, text in self._light(token):
            self._keep(f"{why} {surface}", text)
        facts = None if self.sealed else self.sessions.facts(self.code)
        if facts is not None and facts != self._facts:
            self._facts = facts
            for surface, text in self._heavy():
                self._keep(f"{why} {surface}", text)

    def _latest(self, why: str, finished: frozenset[str]) -> None:
        for number in range(1, self.sessions.workshop(self.code).round + 1):
            snapshot = self.sessions.snapshot(self.code, number)
            if self._results.get(number) != snapshot:
                self._results[number] = snapshot
                text = json.dumps(to_json(snapshot))
                self.results.append((number, finished, json.loads(text)))
                self._keep(f"{why} results:{number}", text)

    def exports(self) -> None:
        """Every file that can be taken home, and its size."""
        for format in FORMATS if self.everything else ():
            try:
                body = exported(self.sessions, self.code, format).body
            except WorkshopError as error:
                body = f"{error.code} {error.message}".encode()
            self._keep(f"export {format}", body.decode("latin-1"))

    def refused(self, what: str, error: WorkshopError) -> None:
        """A door that stayed shut, and what was said there."""
        self._keep(f"refused {what}", f"{error.status} {error.code} {error.message}")

    @property
    def sealed(self) -> bool:
        """Whether the workshop is over."""
        return self.sessions.workshop(self.code).phase == Phase.SEALED

    def _light(self, token: str | None) -> Iterator[tuple[str, str]]:
        sessions, code = self.sessions, self.code
        yield "versions", " ".join(sessions.hub.version(code, topic).split(".")[-1] for topic in TOPICS)
        yield "state", sessions.state_json(code)
        yield "phone", sessions.state_json(code, token, for_phone=True)
        yield "counts", str(sessions.counts(code))

    def _heavy(self) -> Iterator[tuple[str, str]]:
        sessions, code = self.sessions, self.code
        yield "facts", json.dumps(asdict(sessions.facts(code)))
        for theme in ("bright", "dark"):
            yield f"stage:{theme}", json.dumps(payload(sessions, code, theme))
        for number in range(1, sessions.workshop(code).round + 1):
            yield f"shown:{number}", json.dumps(sessions.shown(code, number))
        yield "pending", str(sorted(word.text for word in sessions.pending_words(code)))

    def _keep(self, surface: str, text: str) -> None:
        for place, name in enumerate(self.names):
            text = text.replace(name, f"<{place}>")
        self.said.append((surface, NOW.sub('"now":0', text)))
