"""What the process lets in, what it keeps shut, and what it says when something breaks."""

import asyncio
import logging
from contextlib import suppress
from ipaddress import ip_address

import httpx
import pytest
from live import Server
from starlette.requests import ClientDisconnect
from starlette.websockets import WebSocketDisconnected
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import connect

from workshop.addresses import Adapter, addresses, bracketed, in_order
from workshop.errors import Conflict
from workshop.process import files
from workshop.process.journal import Seldom, discreet_record
from workshop.process.limits import PARTICIPANT, SIGNED_IN, BodyLimit
from workshop.process.refusals import PlainErrors
from workshop.process.start import greeting

OWN_SERVER = True  # reads all that the process says

PAGE_LIMIT = 14_000


def answered(app, method="GET", path="/", content=None) -> httpx.Response:
    """One request to an ASGI application, without a server."""
    async def ask():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            return await client.request(method, path, content=content)

    return asyncio.run(ask())


def error_of(response: httpx.Response) -> str:
    """The code of the contract's error shape; any other shape fails."""
    assert set(response.json()) == {"error"}
    assert set(response.json()["error"]) == {"code", "message"}
    return response.json()["error"]["code"]


@pytest.fixture(scope="module")
def stranger(server: Server):
    """Somebody in the room who is not signed in."""
    with httpx.Client(base_url=server.url, timeout=10) as client:
        yield client


@pytest.fixture(scope="module")
def console(server: Server, console_cookie: dict[str, str]):
    """A signed-in browser's requests."""
    with httpx.Client(base_url=server.url, cookies=console_cookie, timeout=10) as client:
        yield client


# what Streamlit would open


@pytest.mark.parametrize("path", [
    "/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/openapi.json", "/_stcore/agent/interact",
    "/_stcore/agent/mcp", "/live/_stcore/agent/mcp", "/_stcore/anything", "/component/any/index.html", "/auth/login",
    "/auth/logout", "/oauth2callback", "/app/static/x.png", "/live%0a/_stcore/agent/mcp",
])
def test_what_the_console_does_not_need_is_not_there(stranger, console, path):
    for somebody in (stranger, console):
        for method in ("GET", "POST"):
            response = somebody.request(method, path, headers={"Origin": str(somebody.base_url)})
            assert response.status_code == 404
            assert error_of(response) == "not_found"


@pytest.mark.parametrize("path", ["/media/0123456789abcdef.png", "/_stcore/bidi-components/x/y.js"])
def test_files_of_a_console_are_for_consoles(stranger, console, path):
    assert stranger.get(path).status_code == 401
    assert console.get(path).status_code == 404


def test_nobody_but_a_console_uploads(stranger, console):
    own = {"Origin": str(stranger.base_url)}
    assert stranger.put("/_stcore/upload_file/session/file", files={"f": b"x"}, headers=own).status_code == 401
    assert console.put("/_stcore/upload_file/session/file", files={"f": b"x"}, headers=own).status_code == 403


def stream_status(server: Server, origin: str | None, cookies: dict[str, str]) -> int:
    """How the console's websocket answers; 101 where it opens."""
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
    address = server.url.replace("http", "ws") + "/_stcore/stream"
    try:
        with connect(address, origin=origin, additional_headers=headers, subprotocols=["streamlit"], proxy=None):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def test_the_console_opens_for_a_signed_in_browser_on_our_own_page_only(server, console_cookie):
    assert stream_status(server, server.url, console_cookie) == 101
    assert stream_status(server, server.url, {}) == 403
    assert stream_status(server, "http://elsewhere.example", console_cookie) == 403
    assert stream_status(server, "null", console_cookie) == 403
    assert stream_status(server, None, console_cookie) == 403


def test_signing_out_ends_the_consoles_that_this_browser_has_open(start_server):
    server = start_server()
    cookies = server.sign_in()
    carried = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    with connect(server.url.replace("http", "ws") + "/_stcore/stream", origin=server.url, additional_headers=carried,
                 subprotocols=["streamlit"], proxy=None) as console:
        httpx.post(f"{server.url}/sign-out", headers={**carried, "Origin": server.url})
        with pytest.raises(ConnectionClosedError, match="signed_out"):
            list(console)
    assert stream_status(server, server.url, cookies) == 403


# who is not signed in


@pytest.mark.parametrize("path", ["/", "/live", "/results?code=222222", "/index.html", "/favicon.png"])
def test_whoever_is_not_signed_in_is_asked_for_the_code_of_a_room(stranger, path):
    response = stranger.get(path)
    assert "Code on the screen" in response.text
    assert "streamlit" not in response.text.lower()
    assert len(response.content) < PAGE_LIMIT


def test_a_signed_in_browser_gets_the_console(console):
    assert "Code on the screen" not in console.get("/").text
    assert console.get("/live").status_code == 200


def test_a_code_typed_behind_the_address_leads_to_its_room(stranger):
    assert stranger.get("/ghj234").headers["location"] == "/j/GHJ234"
    assert stranger.get("/create").status_code == 404


# methods that an address does not take


@pytest.mark.parametrize(("method", "path"), [
    ("PUT", "/j/222222"), ("DELETE", "/j/222222/join"), ("POST", "/stage/222222"), ("POST", "/assets/stage/stage.js"),
    ("POST", "/"), ("PUT", "/live"), ("PATCH", "/sign-out"), ("DELETE", "/sign-in/once"), ("POST", "/reach"),
])
def test_an_address_that_does_not_take_a_method_says_so_on_a_calm_page(stranger, method, path):
    response = stranger.request(method, path, headers={"Origin": str(stranger.base_url)})
    assert response.status_code == 405
    assert "<h1>" in response.text
    assert "Code on the screen" in response.text
    assert "GET" in response.headers["allow"] or path == "/j/222222/join"


@pytest.mark.parametrize("act", ["join", "answers", "withdraw", "edge", "direction", "word", "forget"])
def test_the_address_of_a_form_leads_back_to_the_phones_page(stranger, act):
    for method in ("GET", "HEAD"):
        response = stranger.request(method, f"/j/222222/{act}")
        assert (response.status_code, response.headers["location"]) == (303, "/j/222222")


# other web pages


@pytest.mark.parametrize(("method", "path"), [
    ("POST", "/j/222222/join"), ("POST", "/api/workshops"), ("POST", "/api/workshops/222222/seats"),
    ("PUT", "/api/workshops/222222/rounds/1/answers"), ("DELETE", "/api/workshops/222222/seats"),
    ("PATCH", "/api/workshops/222222"), ("POST", "/nothing"), ("PUT", "/_stcore/upload_file/a/b"),
])
def test_another_web_page_cannot_write_here(server, api, method, path):
    for origin in ("http://elsewhere.example", f"{server.url}.elsewhere.example", "https://127.0.0.1:1"):
        response = api.request(method, path, headers={"Origin": origin})
        assert response.status_code == 403
        assert error_of(response) == "foreign_origin"


def test_an_own_public_address_is_not_foreign(start_server):
    server = start_server(BOTHAND_PUBLIC_URL="https://workshop.example.org")
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {server.key}"}) as api:
        written = api.post("/api/workshops", json={"title": "Ours"}, headers={"Origin": "https://workshop.example.org"})
        assert written.status_code == 201
        assert written.json()["join_url"].startswith("https://workshop.example.org/j/")


# how much a request may carry


def echo(path: str, body, *, signed_in: bool = False) -> httpx.Response:
    """The answer to a POST of an application that reads the whole body, behind the limits."""
    async def read(_scope, receive, send):
        length = 0
        while True:
            message = await receive()
            length += len(message.get("body", b""))
            if not message.get("more_body"):
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": str(length).encode()})

    return answered(BodyLimit(read, signed_in=lambda _scope: signed_in), "POST", path, body)


async def pieces(total: int, size: int = 1000):
    """A body without an announced length."""
    for start in range(0, total, size):
        yield b"x" * min(size, total - start)


@pytest.mark.parametrize("path", [
    "/j/222222/answers", "/api/workshops/222222/seats", "/api/workshops/222222/rounds/1/word",
])
@pytest.mark.parametrize("signed_in", [False, True])
def test_a_participant_sends_16_kib_at_most(path, signed_in):
    assert echo(path, b"x" * PARTICIPANT, signed_in=signed_in).text == str(PARTICIPANT)
    assert echo(path, pieces(PARTICIPANT), signed_in=signed_in).text == str(PARTICIPANT)
    for body in (b"x" * (PARTICIPANT + 1), pieces(PARTICIPANT + 1)):
        refused = echo(path, body, signed_in=signed_in)
        assert refused.status_code == 413
        assert error_of(refused) == "too_large"
        assert "16 KiB" in refused.json()["error"]["message"]


def test_only_somebody_signed_in_sends_up_to_a_mebibyte():
    assert echo("/api/workshops", pieces(SIGNED_IN, 65536), signed_in=True).text == str(SIGNED_IN)
    assert echo("/api/workshops", pieces(SIGNED_IN + 1, 65536), signed_in=True).status_code == 413
    assert echo("/api/workshops", pieces(PARTICIPANT + 1)).status_code == 413


def test_an_application_that_swallows_the_interruption_still_answers_413():
    async def stubborn(_scope, receive, send):
        with suppress(Exception):
            while (await receive()).get("more_body"):
                pass
        await send({"type": "http.response.start", "status": 400, "headers": []})
        await send({"type": "http.response.body", "body": b"cannot read this"})

    app = BodyLimit(stubborn, signed_in=lambda _scope: False)
    assert answered(app, "POST", "/j/222222/answers", pieces(PARTICIPANT + 1)).status_code == 413


def test_the_limit_stands_in_front_of_every_route(server, api):
    own = {"Origin": server.url, "Content-Type": "application/json"}
    for path in ("/api/workshops/222222/seats", "/j/222222/join", "/nothing"):
        assert api.post(path, content=b"x" * (SIGNED_IN + 1), headers=own).status_code == 413
    endless = (b"x" * 65536 for _ in range(1000))
    assert api.post("/api/workshops", content=endless, headers=own).status_code == 413


# what breaks


def broken(error: Exception):
    """An application that raises before it began to answer."""
    async def app(_scope, _receive, _send):
        raise error

    return PlainErrors(app)


def test_what_nobody_foresaw_is_a_sentence_without_details():
    response = answered(broken(ValueError("D1A: 4, from somebody")))
    assert response.status_code == 500
    assert error_of(response) == "broken"
    assert "D1A" not in response.text


def test_what_nobody_foresaw_is_told_to_the_log(caplog):
    answered(broken(ValueError("D1A: 4, from somebody")))
    (told,) = caplog.records
    assert (told.levelname, told.msg) == ("ERROR", "A request broke")


def test_a_sentence_of_the_surfaces_own_is_left_as_it_is():
    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 500, "headers": []})
        await send({"type": "http.response.body", "body": b"My own words."})

    assert answered(PlainErrors(app)).text == "My own words."


@pytest.mark.parametrize("gone", [ClientDisconnect(), WebSocketDisconnected("closed already")])
def test_whoever_has_gone_meanwhile_is_no_news(gone, caplog):
    async def ask() -> list[dict]:
        sent: list[dict] = []

        async def send(message):
            sent.append(message)

        await broken(gone)({"type": "websocket", "path": "/", "headers": []}, None, send)
        return sent

    assert asyncio.run(ask()) == []
    assert caplog.records == []


def test_a_refusal_that_reaches_the_edge_keeps_its_status():
    response = answered(broken(Conflict("locked", "The room is locked.")))
    assert response.status_code == 409
    assert response.json() == {"error": {"code": "locked", "message": "The room is locked."}}


def test_the_log_tells_the_place_and_not_the_words():
    try:
        raise ValueError("D1A: 4, from somebody")
    except ValueError as error:
        record = discreet_record("bothand", logging.ERROR, "x.py", 1, "A request broke", (),
                                 (type(error), error, error.__traceback__))
    line = logging.Formatter().format(record)
    assert line.startswith("A request broke | ValueError at test_process.py:")
    assert "D1A" not in line


def test_one_event_is_one_line_of_the_log():
    record = discreet_record("x", logging.ERROR, "x.py", 1, "%s was sent", ("a\r\nA request broke\u2028| KeyError",))
    assert logging.Formatter().format(record) == "a | A request broke | | KeyError was sent"


def test_nobody_fills_the_log_by_what_he_sends():
    quiet = Seldom()

    def told(message: str, broken: str | None = None) -> bool:
        record = discreet_record("uvicorn.error", logging.WARNING, "x.py", 1, message)
        record.broke = broken or ""
        return quiet.filter(record)

    assert not told("Invalid HTTP request received.")
    assert [told("socket.accept() out of system resource\nsocket: 5") for _ in range(3)] == [True, False, False]
    assert told("Exception in ASGI application", "ValueError at a.py:1")
    assert told("Exception in ASGI application", "KeyError at b.py:2")


MARKS = {"agent": "Telltale-Phone/7", "referer": "telltale-page", "query": "telltale-query", "answer": "telltale-word"}


def test_nothing_about_a_person_is_written_anywhere(start_server):
    server = start_server()
    with httpx.Client(base_url=server.url, timeout=10, headers={
            "User-Agent": MARKS["agent"], "Referer": MARKS["referer"], "Origin": server.url}) as phone:
        made = phone.post("/api/workshops", json={"title": "A room", "helpline": "none", "checklist": True},
                          headers={"Authorization": f"Bearer {server.key}"})
        code = made.json()["code"]
        phone.post(f"/api/workshops/{code}/actions", json={"action": "open_lobby"},
                   headers={"Authorization": f"Bearer {server.key}"})
        phone.post(f"/api/workshops/{code}/seats")
        token = next(value for name, value in phone.cookies.items() if name.startswith("seat"))
        for path in (f"/j/{code}?{MARKS['query']}", "/nothing", "/_stcore/metrics", f"/api/workshops/{code}/events2"):
            phone.get(path)
        phone.put(f"/api/workshops/{code}/rounds/1/answers", content=MARKS["answer"] * 2000)
        phone.put(f"/api/workshops/{code}/rounds/1/word", json={"text": MARKS["answer"]})
        phone.post(f"/j/{code}/join", content=f"token={MARKS['answer']}")
    stream_status(server, "http://elsewhere.example", {})
    server.stop()
    written = server.output + server.errors
    files = b"".join(path.read_bytes() for path in server.database.parent.rglob("*") if path.is_file())
    for mark in (*MARKS.values(), token, "elsewhere.example"):
        assert mark not in written
        assert mark.encode() not in files
    assert "127.0.0.1" not in server.errors
    assert b"127.0.0.1" not in files


# addresses


def adapter(name: str, address: str, *, routed: bool = False) -> Adapter:
    return Adapter(name, ip_address(address), routed)


def test_the_address_of_the_room_comes_before_all_others():
    found = (adapter("lo", "127.0.0.1"), adapter("eth0", "203.0.113.5"), adapter("wlan0", "192.168.1.23"),
             adapter("eth1", "10.0.0.7"), adapter("wlan0", "2001:db8::5"), adapter("eth0", "169.254.3.3"))
    assert in_order(found) == ("10.0.0.7", "192.168.1.23", "203.0.113.5", "169.254.3.3", "2001:db8::5")


def test_the_way_out_decides_between_two_rooms():
    assert in_order((adapter("a", "192.168.1.2"), adapter("b", "192.168.2.2", routed=True)))[0] == "192.168.2.2"


def test_the_order_does_not_depend_on_how_adapters_are_listed():
    found = [adapter("b", "10.0.0.2"), adapter("a", "10.0.0.3"), adapter("c", "192.168.0.9", routed=True)]
    assert in_order(found) == in_order(found[::-1]) == ("192.168.0.9", "10.0.0.3", "10.0.0.2")


def test_a_bridge_to_containers_counts_only_where_nothing_else_is():
    assert in_order((adapter("docker0", "172.17.0.1"), adapter("eth0", "203.0.113.5"))) == ("203.0.113.5",)
    assert in_order((adapter("docker0", "172.17.0.1"), adapter("lo", "127.0.0.1"))) == ("172.17.0.1",)


def test_where_there_is_only_a_loopback_there_is_no_address():
    assert in_order((adapter("lo", "127.0.0.1"), adapter("lo", "::1"))) == ()
    assert addresses("127.0.0.1") == addresses("localhost") == addresses("::1") == ()


def test_a_server_that_listens_on_one_address_is_reached_there():
    assert addresses("192.168.7.7") == ("192.168.7.7",)
    assert addresses("workshop.example.org") == ("workshop.example.org",)
    assert addresses("") == addresses("0.0.0.0") == addresses("::")


def test_no_address_of_this_machine_is_a_loopback_one():
    assert not [found for found in addresses() if ip_address(found).is_loopback]


def test_an_address_stands_in_a_link_as_links_want_it():
    assert bracketed("2001:db8::5") == "[2001:db8::5]"
    assert bracketed("192.168.1.23") == "192.168.1.23"


# the system


def test_the_limit_of_open_connections_is_raised_and_a_low_one_is_said():
    assert files.raise_limit() is None or files.raise_limit() >= 256
    assert files.shortage(files.ENOUGH) is None
    assert files.shortage(None) is None
    assert "about 512 phones" in files.shortage(1024)


def test_a_machine_that_nobody_can_reach_is_said_to_be_alone():
    alone, _, _ = greeting("http://127.0.0.1:8501", True, "http://localhost:8501/sign-in/x")
    assert "none can come in yet" in alone
    reachable, link, stop = greeting("http://192.168.1.23:8501", False, "http://localhost:8501/sign-in/x")
    assert reachable == "Phones:  http://192.168.1.23:8501"
    assert "http://localhost:8501/sign-in/x" in link
    assert "Ctrl+C" in stop
