"""The way into a workshop that everybody else has: the whole application, asked over HTTP without a socket.

Has the verbs of `Sessions`, so that a machine can go either way. Of the phones every other one has no script and sends
the plain forms of its page.
"""

import asyncio
import json
import re
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
from rooms import LIBRARY
from starlette.applications import Starlette

from workshop.errors import WorkshopError
from workshop.house import House
from workshop.process import layers
from workshop.sessions import Sessions
from workshop.sessions.duties import Duties
from workshop.sessions.gathering import Word
from workshop.signin import Signin

URL = "http://127.0.0.1:8501"
FORM_TOKEN = re.compile(r'"token":"([0-9a-f]{32})"')
CLOCKS = re.compile(r'"(now|version)":("[^"]*"|[0-9.]+)')
COUNTING = ("agreements", "join", "idea", "answering")  # scenes that say how many are here; no other may
ERRORS = {kind.status: kind for kind in WorkshopError.__subclasses__()}


@dataclass(frozen=True)
class Made:
    """A workshop that was made."""

    code: str


@dataclass(frozen=True)
class Asked:
    """What was asked and may not be answered yet."""

    loop: asyncio.AbstractEventLoop
    task: "asyncio.Task[Any]"

    def exception(self, seconds: float) -> BaseException | None:
        """None where it was done."""
        self.loop.run_until_complete(asyncio.wait([self.task], timeout=seconds))
        return self.task.exception()

    def result(self, seconds: float) -> Any:
        """Raises what was refused."""
        error = self.exception(seconds)
        if error is not None:
            raise error
        return self.task.result()


@dataclass
class Routes:
    """Phones by name, with the cookie that each has kept; `heard` is what was said under each ETag."""

    sessions: Sessions
    phones: dict[str, str] = field(default_factory=dict)
    heard: dict[tuple[str, str], str] = field(default_factory=dict)
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def __post_init__(self) -> None:
        self.open(self.sessions)

    def open(self, sessions: Sessions) -> None:
        """As after a start: the same phones before a fresh application."""
        self.sessions, self.heard = sessions, {}
        signin = Signin(sessions.settings, sessions.clock)
        self.key = {"authorization": f"Bearer {signin.key}"}
        house = House(sessions.settings, LIBRARY, sessions.hub, sessions, signin, Duties(sessions))
        handlers: Any = layers.handlers(house)
        app = Starlette(routes=layers.routes(house), middleware=layers.middleware(house), exception_handlers=handlers)
        self.transport = httpx.ASGITransport(app)

    def close(self) -> None:
        """Nothing of it goes on."""
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()

    # the host

    def create(self, fields: Mapping[str, Any]) -> Asked:
        return self._asked(self._created(fields))

    async def _created(self, fields: Mapping[str, Any]) -> Made:
        return Made((await self._json("POST", "/api/workshops", fields))["code"])

    def edit(self, code: str, fields: Mapping[str, Any]) -> Asked:
        return self._asked(self._json("PATCH", f"/api/workshops/{code}", fields))

    def act(self, code: str, action: str, parameters: Mapping[str, Any] | None = None) -> Asked:
        body = {"action": action, **(parameters or {})}
        return self._asked(self._json("POST", f"/api/workshops/{code}/actions", body))

    def forget_workshop(self, code: str) -> Asked:
        return self._asked(self._json("DELETE", f"/api/workshops/{code}"))

    def pending_words(self, code: str) -> tuple[Word, ...]:
        found = self._asked(self._json("GET", f"/api/workshops/{code}/results")).result(10)
        return tuple(Word(**word) for word in found.get("pending_words", ()))

    # phones

    def join(self, code: str, name: str | None) -> Asked:
        return self._phone(name or "", code, "join", ("POST", "seats", None), {})

    def leave(self, code: str, name: str) -> Asked:
        return self._phone(name, code, "forget", ("DELETE", "seats", None), {})

    def answer(self, code: str, round: int, name: str, answers: Mapping[str, int | None],
               group: str | None = None) -> Asked:
        body = {"answers": answers, **({"group": group} if group else {})}
        plain = {"round": round, **{item: point or "" for item, point in answers.items()}, "group": group or ""}
        return self._phone(name, code, "answers", ("PUT", f"rounds/{round}/answers", body), plain)

    def withdraw(self, code: str, round: int, name: str) -> Asked:
        return self._phone(name, code, "withdraw", ("DELETE", f"rounds/{round}/answers", None), {"round": round})

    def choose_edge(self, code: str, round: int, name: str, facet: str) -> Asked:
        way = ("PUT", f"rounds/{round}/edge", {"facet": facet})
        return self._phone(name, code, "edge", way, {"round": round, "facet": facet})

    def tell_direction(self, code: str, round: int, name: str, directions: Mapping[str, str]) -> Asked:
        way = ("PUT", f"rounds/{round}/direction", directions)
        return self._phone(name, code, "direction", way, {"round": round, **directions})

    def say_word(self, code: str, round: int, name: str, text: str) -> Asked:
        way = ("PUT", f"rounds/{round}/word", {"text": text})
        return self._phone(name, code, "word", way, {"round": round, "text": text})

    def seat_in(self, code: str, name: str) -> dict[str, bool]:
        """What the room tells a phone of its seat."""
        state = json.loads(self.read(f"/api/workshops/{code}", headers=self._cookie(code, name)))
        return dict(state["seat"])

    def _phone(self, name: str, code: str, act: str, way: tuple[str, str, Any], plain: Mapping[str, Any]) -> Asked:
        if name and name[-1] in "13579":
            return self._asked(self._by_form(name, code, act, plain))
        method, path, body = way
        return self._asked(self._by_script(name, method, code, path, body))

    async def _by_script(self, name: str, method: str, code: str, path: str, body: Any) -> None:
        sent = b"" if body is None else json.dumps(body).encode()
        answer = await self._send(method, f"/api/workshops/{code}/{path}", sent, {
            "origin": URL, "content-type": "application/json", **self._cookie(code, name)})
        self._keep_cookie(name, code, answer)
        _raise(answer, json.loads(answer.content).get("error", {}))

    async def _by_form(self, name: str, code: str, act: str, fields: Mapping[str, Any]) -> None:
        page = await self._send("GET", f"/j/{code}", b"", self._cookie(code, name))
        self._keep_cookie(name, code, page)
        found = FORM_TOKEN.search(page.text)
        body = urlencode({**fields, "token": found[1] if found else ""}).encode()
        answer = await self._send("POST", f"/j/{code}/{act}", body, {
            "origin": URL, "content-type": "application/x-www-form-urlencoded", **self._cookie(code, name)})
        self._keep_cookie(name, code, answer)
        _raise(answer, {})

    def _cookie(self, code: str, name: str) -> dict[str, str]:
        token = self.phones.get(f"{code} {name}")
        return {"cookie": f"seat_{code}={token}"} if token else {}

    def _keep_cookie(self, name: str, code: str, answer: httpx.Response) -> None:
        for line in answer.headers.get_list("set-cookie"):
            token = line.partition(";")[0].partition("=")[2].strip('"')
            assert "HttpOnly" in line
            if token:
                self.phones[f"{code} {name}"] = token
            else:
                self.phones.pop(f"{code} {name}", None)

    # what everybody gets

    def outside(self, code: str, rounds: int, *, sealed: bool) -> str:
        """Every byte that stage, phones, scripts and files get, apart from counts, clocks and versions."""
        room = f"/api/workshops/{code}"
        told = [] if sealed else [
            *(self._state(f"{room}{query}") for query in ("", "?for=phone")),
            *(self._stage(f"{room}/stage?theme={theme}") for theme in ("bright", "dark")),
            *(self.read(f"{room}/rounds/{number}/shown") for number in range(1, rounds + 1))]
        nobody = {"cookie": f"seat_{code}=nobody-has-this-tokenA"}
        pages = [self.read(f"/j/{code}", headers=nobody), self.read(f"/stage/{code}")]
        hosts = [self._results(f"{room}/results?round={number}") for number in range(1, rounds + 1)]
        files = [self.read(f"{room}/export/{kind}", headers=self.key) for kind in ("json", "csv")]
        return CLOCKS.sub("", "\n".join((*told, *pages, *hosts, *files)))

    def _results(self, path: str) -> str:
        """What the host alone gets, words that wait for approval aside: nobody else may have those."""
        found = json.loads(self.read(path, headers=self.key))
        return json.dumps({name: part for name, part in found.items() if name != "pending_words"})

    def _state(self, path: str) -> str:
        state = json.loads(self.read(path))
        return json.dumps({name: part for name, part in state.items() if name not in ("now", "version", "counts")})

    def _stage(self, path: str) -> str:
        """Where a scene says how many are here, its numbers are left out."""
        stage = json.loads(self.read(path))
        assert not stage["blank"] or (stage["headline"], stage["figure"], stage["table"]) == ("", None, None)
        text = json.dumps({name: part for name, part in stage.items() if name not in ("now", "version")})
        counts = stage["scene"]["kind"] in COUNTING and not stage["hold"]
        return re.sub(r"\d+", "#", text) if counts else text

    def read(self, path: str, *, headers: Mapping[str, str] | None = None) -> str:
        """A page or a file. What stands under one ETag is one text for ever."""
        answer = self._asked(self._send("GET", path, b"", headers or {})).result(10)
        assert answer.status_code < 500, answer.text
        text = re.sub(r'"now":\s*[0-9.]+', "", answer.text)
        tag = answer.headers.get("etag")
        assert tag is None or self.heard.setdefault((path, tag), text) == text
        return answer.text

    # asking

    def _asked(self, asking: Coroutine[Any, Any, Any]) -> Asked:
        return Asked(self.loop, self.loop.create_task(asking))

    async def _json(self, method: str, path: str, body: Any = None) -> Any:
        sent = b"" if body is None else json.dumps(body).encode()
        answer = await self._send(method, path, sent, {**self.key, "content-type": "application/json"})
        found = json.loads(answer.content)
        _raise(answer, found.get("error", {}))
        return found

    async def _send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        request = httpx.Request(method, f"{URL}{path}", content=body, headers=headers)
        answer = await self.transport.handle_async_request(request)
        await answer.aread()
        assert answer.status_code < 500, f"{method} {path}: {answer.text}"
        return answer


def _raise(answer: httpx.Response, error: Mapping[str, str]) -> None:
    if answer.status_code >= 400:
        raise ERRORS[answer.status_code](error.get("code", ""), error.get("message", answer.text))
