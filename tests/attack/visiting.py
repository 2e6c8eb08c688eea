"""A plan played over the wire of a real server; whatever comes back is kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.attack.listening import Stream, Wire
from tests.attack.plans import Event, Plan
from tests.attack.playing import BEAT, Swapped
from workshop.export import ALL_FORMATS, FORMATS, PICTURES
from workshop.inventory import Questionnaire

ALWAYS, AT_THE_END = ("live", "results"), ("home", "sheet", "series")
VARIANTS = {"csv": ("long", "wide"), "svg": PICTURES, "png": PICTURES}
BUTTONS = {"csv": "csv?variant=long", "csv_wide": "csv?variant=wide", "json": "json", "parquet": "parquet",
           "xlsx": "xlsx", "html": "html"}  # those that take little time; the others are made by the same call
SEAT = re.compile(r"seat_\w+=([^;]*)")
ALONE = ("exports", "doors")
ANSWERING = ("join", "answer", "withdraw", "leave", "edge", "direction", "word")


@dataclass
class Visit:
    """Everybody's requests in the plan's order, and after each of them a look at everything that may have moved."""

    wire: Wire
    plan: Plan
    asked: Questionnaire
    scenes: Mapping[str, str]
    instead: Swapped = field(default_factory=dict)
    taps: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formats: tuple[str, ...] = FORMATS
    round: int = 0
    seats: dict[int, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)  # by the surface that gave it
    drafts: dict[int, int] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    results: dict[int, Any] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        made = self.wire.ask("create", "POST", "/api/workshops", host=True, body=dict(self.plan.fields))
        self.code = made.json()["code"]
        self.room = f"/api/workshops/{self.code}"
        self.streams = [Stream(self.wire.server, f"{self.room}/events{query}") for query in ("", "?for=phone")]

    def play(self) -> "Visit":
        """The whole plan, then the room is forgotten, so that the next one finds the server as this one did."""
        for number, event in enumerate(self.plan.events):
            self.wire.beat(BEAT)
            getattr(self, f"_{event.verb}")(event)
            if event.verb not in ALONE:
                self._look(f"{number} {event.verb} {event.person}", moved=event.verb not in ANSWERING)
        self.wire.ask("forget", "DELETE", self.room, host=True)
        return self

    # verbs

    def _ask(self, event: Event, method: str, path: str, **more: Any) -> Any:
        return self.wire.ask(f"{event.verb} {event.person}", method, f"{self.room}/{path}",
                             self._cookie(event.person), **more)

    def _cookie(self, person: int) -> str | None:
        return f"seat_{self.code}={self.seats[person]}" if person in self.seats else None

    def _act(self, event: Event) -> None:
        action, parameters = event.value
        answer = self._ask(event, "POST", "actions", host=True, body={"action": action, **parameters})
        self.round = answer.json().get("round", self.round)

    def _goto(self, event: Event) -> None:
        if event.value in self.scenes:
            self._ask(event, "POST", "actions", host=True, body={"action": "goto", "scene": self.scenes[event.value]})

    def _join(self, event: Event) -> None:
        self._seated(event, self._ask(event, "POST", "seats"))

    def _leave(self, event: Event) -> None:
        self._seated(event, self._ask(event, "DELETE", "seats"))

    def _seated(self, event: Event, answer: Any) -> None:
        given = SEAT.match(answer.headers.get("set-cookie", ""))
        if given and given[1].strip('"'):
            self.seats[event.person] = given[1]
            self.tokens.setdefault(given[1], self.wire.said[-1][0])
        elif given:
            self.seats.pop(event.person, None)

    def _answer(self, event: Event) -> None:
        draft = self.drafts[self.round] = self.drafts.get(self.round, 0) + 1
        row = self.instead.get((self.round, f"{event.person}.{draft}"), event.row)
        group = {"group": self.plan.groups[event.person]} if self.plan.groups else {}
        answers = {id: point or None for id, point in zip(self.asked.ids, row, strict=True)}
        self._ask(event, "PUT", f"rounds/{self.round}/answers", body={"answers": answers, **group})

    def _withdraw(self, event: Event) -> None:
        self._ask(event, "DELETE", f"rounds/{self.round}/answers")

    def _tick(self, event: Event) -> None:
        self.wire.beat("tick")

    def _edge(self, event: Event) -> None:
        number, facet = event.value
        facet = self.taps.get((number, event.person), facet)
        self._ask(event, "PUT", f"rounds/{number}/edge", body={"facet": facet})

    def _direction(self, event: Event) -> None:
        self._ask(event, "PUT", f"rounds/{event.value[0]}/direction", body=event.value[1])

    def _word(self, event: Event) -> None:
        self._ask(event, "PUT", f"rounds/{event.value[0]}/word", body={"text": event.value[1]})

    def _doors(self, event: Event) -> None:
        """What the attacker tries beside the stage: every refusal is a sentence that might say something."""
        for method, path, body in (("PUT", f"rounds/{self.round + 1}/answers", {"answers": {}}),
                                   ("PUT", f"rounds/{self.round}/answers", {"answers": {"D2A": 99}}),
                                   ("DELETE", f"rounds/{max(self.round - 1, 0)}/answers", None),
                                   ("GET", f"results?round={self.round + 1}", None),
                                   ("GET", "export/csv", None), ("PUT", f"rounds/{self.round}/edge", {"facet": "DD1"})):
            self.wire.ask("doors", method, f"{self.room}/{path}", self._cookie(0), body=body)
        self.wire.ask("doors", "GET", f"{self.room}/export/csv", host=True)

    def _exports(self, event: Event) -> None:
        """The list of what there is, and every file in every shape."""
        for format in ALL_FORMATS:
            for variant in VARIANTS.get(format, ("",)) if format in self.formats else ():
                name = f"{format}{f'?variant={variant}' if variant else ''}"
                answer = self.wire.ask(f"export {name}", "GET", f"{self.room}/export/{name}", host=True)
                if answer.status_code == 200:
                    self.files[name] = answer.content
        self._console("after exports", AT_THE_END)
        for frame in self.wire.look("after exports console results", "results", f"code={self.code}"):
            button = frame.delta.new_element.download_button
            name = BUTTONS.get(button.id.rpartition("take_")[2], "")
            if name in self.files:
                self.files[f"console {name}"] = self.wire.take(f"console export {name}", button.deferred_file_id)

    # looks

    def _look(self, why: str, *, moved: bool) -> None:
        versions = [self._tagged(f"{why} {name}", f"{self.room}{query}")
                    for name, query in (("state", ""), ("for phone", "?for=phone"))]
        self._get(f"{why} seat", f"{self.room}?for=phone", self._cookie(0))
        self._tagged(f"{why} stage", f"{self.room}/stage?theme=dark")
        for stream, version in zip(self.streams, versions, strict=True):
            self.wire.keep(f"{why} {stream.path.rpartition('/')[2]}", stream.since(version))
        if moved:
            self._everything(why)

    def _everything(self, why: str) -> None:
        self._get(f"{why} phone", f"/j/{self.code}", self._cookie(0))
        self._get(f"{why} join", f"/j/{self.code}")
        self._get(f"{why} projector", f"/stage/{self.code}")
        self._tagged(f"{why} bright", f"{self.room}/stage?theme=bright")
        self.wire.ask(f"{why} list", "GET", "/api/workshops", host=True)
        for number in range(1, self.round + 1):
            told = self.wire.ask(f"{why} results", "GET", f"{self.room}/results?round={number}", host=True)
            self.results[number] = told.json()
            self._get(f"{why} shown", f"{self.room}/rounds/{number}/shown", self._cookie(0))
        if "tick" not in why:
            self._console(why, ALWAYS)

    def _console(self, why: str, pages: tuple[str, ...]) -> None:
        for page in pages:
            self.wire.look(f"{why} console {page}", page, f"code={self.code}")

    def _get(self, surface: str, path: str, cookie: str | None = None) -> None:
        self.wire.ask(surface, "GET", path, cookie)

    def _tagged(self, surface: str, path: str) -> str:
        """With the last known ETag, as a browser asks; returns the version."""
        known = {"If-None-Match": self.tags[path]} if path in self.tags else {}
        answer = self.wire.ask(surface, "GET", path, headers=known)
        self.tags[path] = answer.headers.get("etag", "")
        return self.tags[path].partition('"')[2].rstrip('"')
