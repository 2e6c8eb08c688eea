"""A short round of random requests and of bytes that are none; the long one is `uv run python -m tests.fuzz`."""

import httpx
import pytest

from tests.fuzz.contract import ask
from tests.fuzz.rooms_in_phases import Rooms
from tests.fuzz.wire import bombard, target_in

OWN_SERVER = True  # asks too much of it


@pytest.fixture
def well(server):
    """The server answers at once afterwards, and has logged nothing that broke."""
    yield
    assert httpx.get(f"{server.url}/api/health", timeout=2).json() == {"status": "ok"}
    assert "A request broke" not in server.errors


def test_every_answer_is_one_that_the_description_names_and_in_its_shape(server, well):
    asked = ask(server.url, server.key, examples=1)
    assert asked.wrong == []
    assert len(asked.statuses) == 21


def test_bytes_that_are_no_request_break_nothing_and_are_answered(server, api, well):
    hits = bombard(target_in(Rooms(api, server.url)), times=1)
    assert hits.wrong == []
    assert {200, 303, 400, 404, 405, 413, 415, 422} <= set(hits.statuses)


def test_an_address_with_the_end_of_a_line_in_it_is_answered_like_any_other(api):
    for path in ("/api/workshops/a%0A/actions", "/api/%0A", "/api/workshops/GGGGGG%0A"):
        answer = api.post(path, json={"action": "next"})
        assert answer.status_code in (404, 405), path
        assert set(answer.json()["error"]) == {"code", "message"}
