"""The small pages at the console's doors: one-time links, signing out, and the proof that phones can come in."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from starlette.applications import Starlette

from workshop import reach, signin
from workshop.process import sign_in
from workshop.settings import Settings
from workshop.signin import Signin

HOME = "http://127.0.0.1"
HOSTED = "https://workshop.example"


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


def asked(doors: Signin, method: str, path: str, cookie: str = "", base: str = HOME, public: str | None = None,
          **headers: str) -> httpx.Response:
    """One request to the small pages at the console's doors, from their own page unless another Origin is named."""
    house = SimpleNamespace(signin=doors, settings=Settings(public_url=public))
    app = Starlette(routes=[*sign_in.routes(house), *reach.routes()])
    sent = {"origin": base, **({"cookie": f"{signin.COOKIE}={cookie}"} if cookie else {}), **headers}

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, client=("192.0.2.77", 5000))
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            return await client.request(method, path, headers={name: value for name, value in sent.items() if value})
    return asyncio.run(ask())


def signed_in(doors: Signin) -> str:
    """The session of one more browser."""
    return doors.redeem(doors.one_time().rpartition("/")[2])


def test_a_link_signs_one_browser_in_once(doors):
    path = doors.one_time()
    first, second = asked(doors, "POST", path), asked(doors, "POST", path)
    assert (first.status_code, first.headers["location"]) == (303, "/")
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    session = first.cookies[signin.COOKIE]
    assert doors.valid(session)
    assert second.status_code == 403
    assert "used" in second.text
    assert asked(doors, "POST", path, session).status_code == 303


def test_a_link_is_128_random_bits_of_the_system_and_a_session_256(doors, monkeypatch):
    asked_for = []
    monkeypatch.setattr(signin.secrets, "token_urlsafe", lambda bytes: asked_for.append(bytes) or "x" * bytes)
    doors.redeem(doors.one_time().rpartition("/")[2])
    assert [8 * bytes for bytes in asked_for] == [128, 256]


def test_a_link_dies_of_old_age(tmp_path, clock):
    doors = Signin(Settings(database=tmp_path / "bothand.duckdb", keys=tmp_path / "keys"), clock)
    path, for_ever = doors.one_time(), doors.one_time(None)
    clock.move(signin.LINK_SECONDS + 1)
    assert asked(doors, "GET", path).status_code == asked(doors, "POST", path).status_code == 403
    assert asked(doors, "POST", for_ever).status_code == 303


def test_looking_ahead_at_a_link_does_not_use_it_up(doors):
    path = doors.one_time()
    assert asked(doors, "HEAD", path).status_code == 200
    for headers in ({"sec-purpose": "prefetch"}, {"purpose": "prefetch"}, {}):
        assert asked(doors, "GET", path, **headers).status_code == 200
    assert asked(doors, "POST", path).status_code == 303


def test_the_page_of_a_link_presses_its_own_button_and_runs_no_other_script(doors):
    page = asked(doors, "GET", doors.one_time())
    (script,) = re.findall(r"<script>(.*?)</script>", page.text)
    assert script == sign_in.PRESS
    assert "document.prerendering" in script
    policy = page.headers["content-security-policy"]
    assert re.search(r"script-src 'sha256-[A-Za-z0-9+/]{43}='; ", policy)
    assert page.headers["referrer-policy"] == "same-origin", "else its form would bring no Origin"


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "", "https://127.0.0.1.elsewhere.example"])
def test_no_other_page_signs_anybody_in_or_out(doors, origin):
    path, session = doors.one_time(), signed_in(doors)
    for write in (path, "/sign-out", "/sign-out?everywhere"):
        refused = asked(doors, "POST", write, session, origin=origin)
        assert refused.status_code == 403
        assert "set-cookie" not in refused.headers
    assert doors.valid(session)
    assert doors.good(path.rpartition("/")[2])


@pytest.mark.parametrize(("base", "public"), [(HOSTED, None), ("http://workshop.example", HOSTED)])
def test_over_tls_the_cookie_is_for_tls_and_this_host_only(doors, base, public):
    answer = asked(doors, "POST", doors.one_time(), base=base, public=public, origin=HOSTED)
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("__host-bothand_console=")
    assert "; secure" in cookie
    assert "; path=/" in cookie
    assert "domain" not in cookie


@pytest.mark.parametrize(("base", "hours"), [
    (HOME, 720), ("http://localhost", 720), ("http://[::1]", 720), ("http://192.168.1.20", 12),
    ("http://localhost.elsewhere.example", 12), (HOSTED, 12),
])
def test_a_browser_stays_signed_in_for_a_month_on_the_laptop_and_for_half_a_day_elsewhere(tmp_path, clock, base, hours):
    doors = Signin(Settings(database=tmp_path / "bothand.duckdb", keys=tmp_path / "keys"), clock)
    answer = asked(doors, "POST", doors.one_time(), base=base)
    assert f"Max-Age={hours * 3600};" in answer.headers["set-cookie"]
    session = signin.session_of(dict(answer.cookies)) or re.search(r"console=([^;]+)", answer.headers["set-cookie"])[1]
    clock.move(hours * 3600 - 1)
    assert doors.valid(session)
    clock.move(2)
    assert not doors.valid(session)


def test_signing_in_once_more_ends_what_this_browser_had_before(doors):
    before, other = signed_in(doors), signed_in(doors)
    answer = asked(doors, "POST", doors.one_time(), before)
    assert doors.valid(answer.cookies[signin.COOKIE])
    assert (doors.valid(before), doors.valid(other)) == (False, True)


def test_consoles_are_told_apart_by_when_they_were_here_and_each_can_be_ended(tmp_path, clock):
    doors = Signin(Settings(database=tmp_path / "bothand.duckdb", keys=tmp_path / "keys"), clock)
    own, other = signed_in(doors), signed_in(doors)
    start = clock()
    assert doors.valid(own)
    assert doors.valid(other)
    clock.move(600)
    assert doors.valid(own)
    first, second = doors.consoles(own)
    assert (first.own, first.first, first.last) == (True, start, start + 600)
    assert (second.own, second.first, second.last) == (False, start, start)
    doors.end(second.id)
    assert (doors.valid(own), doors.valid(other)) == (True, False)
    assert [one.id for one in doors.consoles(own)] == [first.id]


def test_a_browser_that_is_idle_for_as_long_as_was_set_has_to_sign_in_again(tmp_path, clock):
    doors = Signin(Settings(database=tmp_path / "b.duckdb", keys=tmp_path / "keys", idle_minutes=30), clock)
    busy, idle = signed_in(doors), signed_in(doors)
    assert doors.valid(busy)
    assert doors.valid(idle)
    for _ in range(3):
        clock.move(25 * 60)
        assert doors.valid(busy)
    assert not doors.valid(idle)
    assert not doors.valid(idle), "asking does not wake it"


def test_signing_out_takes_the_browser_off_the_list(doors):
    session, other = signed_in(doors), signed_in(doors)
    assert "Sign out" in asked(doors, "GET", "/sign-out", session).text
    assert doors.valid(session)
    answer = asked(doors, "POST", "/sign-out", session)
    assert (answer.status_code, doors.valid(session), doors.valid(other)) == (303, False, True)


def test_signing_out_everywhere_leaves_nobody_on_the_list_and_no_link_that_works(doors):
    session, other, path = signed_in(doors), signed_in(doors), doors.one_time()
    assert "every console" in asked(doors, "GET", "/sign-out", session).text
    assert asked(doors, "POST", "/sign-out?everywhere", session).status_code == 303
    assert not doors.valid(session)
    assert not doors.valid(other)
    assert asked(doors, "POST", path).status_code == 403


def test_a_stranger_signs_nobody_out(doors):
    session = signed_in(doors)
    asked(doors, "POST", "/sign-out?everywhere")
    asked(doors, "POST", "/sign-out?everywhere", "made-up")
    assert doors.valid(session)


def test_another_device_proves_that_phones_can_come_in_and_this_machine_does_not(doors, check):
    check.note("127.0.0.1")
    assert check.others == 0
    assert "reaches" in asked(doors, "GET", reach.PATH).text
    assert asked(doors, "GET", reach.PATH).status_code == 200
    assert check.others == 1
