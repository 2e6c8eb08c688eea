"""The small pages at the console's doors: one-time links, signing out, and the proof that phones can come in."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from workshop import reach, signin
from workshop.settings import Settings
from workshop.signin import Signin


@pytest.fixture
def doors(tmp_path: Path) -> Signin:
    """The list of signed-in browsers, with nobody on it."""
    return Signin(Settings(database=tmp_path / "bothand.duckdb", keys=tmp_path / "keys"))


@pytest.fixture
def check() -> Iterator[reach.Reach]:
    """The room check of this process, begun again."""
    reach.reach().forget()
    yield reach.reach()
    reach.reach().forget()


def asked(doors: Signin, method: str, path: str, cookie: str = "", base: str = "http://127.0.0.1", **headers: str):
    """One request to the small pages at the console's doors."""
    app = Starlette(routes=[*signin.routes(doors), *reach.routes()])

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, client=("192.0.2.77", 5000))
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            cookies = {"cookie": f"{signin.COOKIE}={cookie}"} if cookie else {}
            return await client.request(method, path, headers={**cookies, **headers})
    return asyncio.run(ask())


def test_a_link_signs_one_browser_in_once(doors):
    path = doors.one_time()
    first, second = asked(doors, "GET", path), asked(doors, "GET", path)
    assert (first.status_code, first.headers["location"]) == (303, "/")
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    session = first.cookies[signin.COOKIE]
    assert doors.valid(session)
    assert second.status_code == 403
    assert "used" in second.text
    assert asked(doors, "GET", path, session).status_code == 303


def test_over_tls_the_cookie_is_for_tls_only(doors):
    answer = asked(doors, "GET", doors.one_time(), base="https://workshop.example")
    assert "secure" in answer.headers["set-cookie"].lower()


def test_a_look_ahead_does_not_use_a_link_up(doors):
    path = doors.one_time()
    assert asked(doors, "HEAD", path).status_code == 204
    assert asked(doors, "GET", path, **{"sec-purpose": "prefetch"}).status_code == 204
    assert asked(doors, "GET", path).status_code == 303


def test_signing_out_takes_the_browser_off_the_list(doors):
    session = asked(doors, "GET", doors.one_time()).cookies[signin.COOKIE]
    assert "Sign out" in asked(doors, "GET", "/sign-out", session).text
    assert doors.valid(session)
    answer = asked(doors, "POST", "/sign-out", session)
    assert (answer.status_code, doors.valid(session)) == (303, False)


def test_another_device_proves_that_phones_can_come_in_and_this_machine_does_not(doors, check):
    check.note("127.0.0.1")
    assert check.others == 0
    assert "reaches" in asked(doors, "GET", reach.PATH).text
    assert asked(doors, "GET", reach.PATH).status_code == 200
    assert check.others == 1
