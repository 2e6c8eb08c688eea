"""Random requests out of the OpenAPI description, from nobody, from a phone and with the key. Every answer has to be a
documented one, in the documented shape, and none a 5xx but the documented 503."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.fuzz.rooms_in_phases import PHASES, Rooms, host_of

Who = Literal["nobody", "phone", "key"]
WHO: tuple[Who, ...] = ("nobody", "phone", "key")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
          response_headers_conformance]
ENDLESS = "/events"  # a stream that does not end is asked by other tests
ITEMS = ("D4A", "I5A", "D2A")
NO_HTTP = b"Invalid HTTP request received."  # said by the server itself: such bytes never reach the product
SLOW = ("/backup", "/export/{format}")  # whole files: a few of them are enough
SETTINGS = settings(deadline=None, database=None, phases=[Phase.generate], derandomize=False,
                    suppress_health_check=list(HealthCheck))


@dataclass
class Asked:
    """How many requests went out, the statuses that came back, what was wrong with any, and the last exchange."""

    requests: int = 0
    statuses: dict[str, set[int]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    last: str = ""


def ask(url: str, key: str, examples: int, number: int = 1) -> Asked:
    """So many requests of each kind to each operation from each sort of asker, give or take."""
    asked = Asked()
    with host_of(url, key) as host:
        rooms = Rooms(host, url)
        for operation in operations(url):
            few = max(1, examples // 5) if operation.path.endswith(SLOW) else examples
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                _ask(operation, mode, rooms, key, asked, settings(SETTINGS, max_examples=few * len(WHO)), number)
    return asked


def operations(url: str) -> Iterator[Any]:
    """Every operation that ends by itself."""
    schema = schemathesis.openapi.from_url(f"{url}/api/openapi.json")
    for found in schema.get_all_operations():
        operation = found.ok()
        if not operation.path.endswith(ENDLESS):
            yield operation


def _ask(operation: Any, mode: GenerationMode, rooms: Rooms, key: str, asked: Asked, how: settings,
         number: int) -> None:
    codes = st.sampled_from((*PHASES, *PHASES, "unknown")) if "{code}" in operation.path else st.just("")

    @seed(number)
    @how
    @given(case=operation.as_strategy(generation_mode=mode), who=st.sampled_from(WHO), phase=codes, sense=st.booleans())
    def one(case: Case, who: Who, phase: str, sense: bool) -> None:
        if sense and mode is GenerationMode.POSITIVE:
            make_sense(case, phase)
        _send(case, who, phase, rooms, key, asked)

    try:
        one()
    except Unsatisfiable:
        return  # nothing in this operation can be wrong
    except (Failure, FailureGroup) as failed:
        found = failed.exceptions if isinstance(failed, FailureGroup) else [failed]
        asked.wrong += [f"{operation.method.upper()} {operation.path}: {one}\n{asked.last}" for one in found]


def make_sense(case: Case, phase: str) -> None:
    """Names that are known in the rooms that are asked, where random ones would always be turned away at the door."""
    case.query = {}
    if "round" in case.path_parameters:
        case.path_parameters["round"] = 2 if phase == "review" else 1
    if not isinstance(case.body, dict):
        return
    known = {"facet": "I5", "scene": "light", "step": 0, "agenda": "60", "inventory": "balance", "language": "en",
             "group": "day", "seats": 3, "seconds": 60, "text": "hope", "grace": 0}
    case.body |= {name: known[name] for name in case.body if name in known}
    if "answers" in case.body:
        case.body["answers"] = dict(zip(ITEMS, (3, None, 5), strict=True))
    for name in ("from", "from_step", "was", "closes_at", "next_meeting", "grouping"):
        case.body.pop(name, None)


def _send(case: Case, who: Who, phase: str, rooms: Rooms, key: str, asked: Asked) -> None:
    headers = {"key": {"Authorization": f"Bearer {key}"}, "phone": {"Origin": rooms.url}, "nobody": {}}[who]
    if phase in PHASES:
        room = rooms.standing(phase)
        case.path_parameters["code"] = room.code
        headers |= {"Cookie": room.cookie} if who == "phone" and room.cookie else {}
    response = case.call(headers=headers, timeout=60)
    asked.requests += 1
    asked.statuses.setdefault(f"{case.method} {case.path}", set()).add(response.status_code)
    given = f"{response.status_code} {response.content[:300]!r}"
    asked.last = f"by {who}: {response.request.url} {case.body!r:.300} -> {given}"
    if response.content == NO_HTTP:
        return
    case.validate_response(response, checks=CHECKS)
