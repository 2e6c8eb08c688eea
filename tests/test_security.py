"""What an attacker in the room tries on the server itself: another's session, other files, other hosts, a stopwatch."""

import hmac
import http.client
import re
import socket
import ssl
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from uvicorn.config import SSL_PROTOCOL_VERSION
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from workshop import signin as signing
from workshop import web
from workshop.phone import forms
from workshop.process import limits as limits_of
from workshop.process import promptness, sign_in, streams
from workshop.sessions import seats
from workshop.settings import Settings
from workshop.signin import Signin

OWN_SERVER = True  # signs consoles out and asks too much

SECURITY = Path(__file__).resolve().parent.parent / "docs" / "security.md"
SOURCES = (b"import streamlit", b"[project]", b"facilitator.key", b"root:", b"schema_version")


def asked(server, method: str, path: str, **headers: str) -> tuple[int, str, bytes]:
    """Status, Location and body of a request whose path is sent as it stands."""
    where = urlsplit(server.url)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, answer.getheader("location") or "", answer.read()
    connection.close()
    return found


# another's console


def console(server, cookies: dict[str, str], session: str = ""):
    """A websocket of the console, which may claim to go on with a session."""
    carried = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
    return connect(server.url.replace("http", "ws") + "/_stcore/stream", origin=server.url, proxy=None,
                   additional_headers=carried, subprotocols=["streamlit", "xsrf", *([session] if session else [])])


def session_of(socket) -> str:
    """The id of the session that Streamlit has begun, as it tells its own browser."""
    ask = BackMsg()
    ask.rerun_script.query_string = ""
    socket.send(ask.SerializeToString())
    while True:
        told = ForwardMsg()
        told.ParseFromString(socket.recv(timeout=60))
        if told.WhichOneof("type") == "new_session":
            return told.new_session.initialize.session_id


def test_whoever_knows_the_id_of_a_console_needs_its_right_as_well(start_server):
    server = start_server()
    cookies = server.sign_in()
    with console(server, cookies) as own:
        session = session_of(own)
    assert len(session) > 20
    for stolen in ({}, {"bothand_console": "made-up"}, {"__Host-bothand_console": session}):
        with pytest.raises(InvalidStatus) as refused:
            console(server, stolen, session)
        assert refused.value.response.status_code == 403
    carried = "; ".join(f"{name}={value}" for name, value in cookies.items())
    assert httpx.post(f"{server.url}/sign-out", headers={"Cookie": carried, "Origin": server.url}).status_code == 303
    with pytest.raises(InvalidStatus):
        console(server, cookies, session)


# other files


@pytest.mark.parametrize("path", [
    "/assets/stage/../../app.py", "/assets/stage/..%2f..%2fapp.py", "/assets/phone/..%2f..%2fpyproject.toml",
    "/assets/stage/%2e%2e/%2e%2e/app.py", "/static/../app.py", "/static/..%2f..%2f..%2fapp.py", "/media/../app.py",
    "/_stcore/bidi-components/../../app.py", "/assets//etc/passwd", "/assets/stage//etc/passwd",
    "/assets/stage/..\\..\\app.py", "/assets/phone/a.%2e%2e%2f.team.dark.en.js", "/j/..%2f..%2fapp.py", "/app.py",
    "/api/../app.py", "/api/workshops/..%2f..%2fapp.py/export/csv", "/data/local/bothand.duckdb", "/.git/config",
])
def test_no_address_leads_to_a_file_that_is_not_meant(server, console_cookie, path):
    carried = "; ".join(f"{name}={value}" for name, value in console_cookie.items())
    for headers in ({}, {"Cookie": carried}):
        status, _, body = asked(server, "GET", path, **headers)
        assert status in (200, 303, 307, 400, 401, 404, 405)
        assert not any(source in body for source in SOURCES)
        if status == 200:
            assert b"<!doctype html>" in body.lower(), "the console's own page, whatever the address"


# other hosts


@pytest.mark.parametrize("path", [
    "//evil.example", "/%2f%2fevil.example", "/\\evil.example", "/j/?code=//evil.example", "/j/%0d%0aLocation:evil",
    "/j/?code=https://evil.example", "/sign-in/x?next=https://evil.example", "/sign-out?next=//evil.example", "/222222",
    "/j/222222/join", "/j/%2f%2fevil.example/join", "//evil.example/..", "/live/?redirect=//evil.example",
])
def test_nobody_is_sent_to_another_host(server, path):
    _, location, _ = asked(server, "GET", path)
    assert not location or re.match(r"/(?![/\\])", location)
    assert "evil" not in location.lower() or location.startswith("/j/")


@pytest.mark.parametrize("path", ["/", "/j/222222", "/stage/222222", "/api/health", "/sign-in/x", "/j/?code=222222"])
def test_a_made_up_host_gets_into_no_answer(server, path):
    for forged in ({"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example"}):
        _, location, body = asked(server, "GET", path, **forged)
        assert "evil" not in location
        assert b"evil" not in body


def test_links_that_go_out_are_made_of_our_own_address(server):
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {server.key}"}) as api:
        made = api.post("/api/workshops", json={"title": "A room"}, headers={"Host": "evil.example"}).json()
        assert "evil" not in str(made)


def test_trace_and_connect_are_not_answered(server):
    for method in ("TRACE", "TRACK"):
        status, _, body = asked(server, method, "/j/222222", **{"X-Secret": "telltale"})
        assert status in (400, 403, 404, 405, 501)
        assert b"telltale" not in body


# other messages than they seem


def spoken(server, sent: bytes, source: str = "127.0.0.1") -> bytes:
    """Everything that comes back on one connection until it is closed, or nothing more comes."""
    where = urlsplit(server.url)
    with socket.create_connection((where.hostname, where.port), timeout=10, source_address=(source, 0)) as one:
        one.sendall(sent)
        one.settimeout(1)
        heard = b""
        with suppress(TimeoutError):
            while more := one.recv(65_536):
                heard += more
        return heard


@pytest.mark.parametrize("boundary", [
    b"Content-Length: 6\r\nTransfer-Encoding: chunked", b"Transfer-Encoding: xchunked",
    b"Transfer-Encoding: chunked, identity", b"Transfer-Encoding : chunked", b"Transfer-Encoding:\r\n chunked",
    b"Content-Length: 0\r\nContent-Length: 40", b"Content-Length: 0, 40", b"Content-Length: +5", b"X: a\rY: b",
    b"X: a\nContent-Length: 40",
])
def test_a_message_with_two_ends_is_refused_and_its_connection_closed(server, boundary):
    inner = b"GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n"
    heard = spoken(server, b"POST /j/222222/join HTTP/1.1\r\nHost: x\r\n" + boundary + b"\r\n\r\n0\r\n\r\n" + inner)
    assert re.findall(rb"HTTP/1.1 (\d+)", heard) == [b"400"]
    assert b"ok" not in heard.partition(b"\r\n\r\n")[2]


@pytest.mark.skipif(sys.platform != "linux", reason="only there every 127.x.y.z is this machine")
def test_only_a_proxy_on_this_machine_says_for_whom_it_asks(server):
    def guessed(source: str) -> set[bytes]:
        lines = [f"GET /api/workshops/2222{tens}{ones} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.{tens}{ones}\r\n"
                 for tens in range(2, 6) for ones in range(2, 10)]
        last = lines.pop()
        sent = "\r\n".join([*lines, f"{last}Connection: close\r\n\r\n"])
        return set(re.findall(rb"HTTP/1.1 (\d+)", spoken(server, sent.encode(), source)))

    assert guessed("127.0.0.1") == {b"404"}, "each another one's"
    assert guessed("127.0.0.99") == {b"404", b"429"}, "all from the one that asked"


# what TLS is spoken


def test_tls_is_of_today_with_keys_of_each_connection_alone():
    spoken_here = ssl.SSLContext(SSL_PROTOCOL_VERSION)  # as uvicorn makes it where no setting says otherwise
    assert spoken_here.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert spoken_here.get_ciphers()[0]["protocol"] == "TLSv1.3"
    names = [cipher["name"] for cipher in spoken_here.get_ciphers()]
    assert all(name.startswith(("TLS_", "ECDHE-", "DHE-")) for name in names)
    assert not [name for name in names if re.search("RC4|3DES|DES-CBC|NULL|MD5|EXPORT|anon", name)]


# a stopwatch


@pytest.fixture
def compared(monkeypatch) -> list[tuple[bytes, bytes]]:
    """What was compared in constant time."""
    pairs: list[tuple[bytes, bytes]] = []
    compare = hmac.compare_digest
    monkeypatch.setattr(hmac, "compare_digest", lambda one, other: pairs.append((one, other)) or compare(one, other))
    return pairs


def test_secrets_are_compared_in_constant_time(compared, lobby, tmp_path):
    doors = Signin(Settings(database=tmp_path / "b.duckdb", keys=tmp_path / "keys", facilitator_key="k" * 20))
    assert not doors.key_fits("ä" * 20)
    assert doors.key_fits("k" * 20)
    token = lobby.tokens[0]
    form = lobby.sessions.form_token(lobby.code, token)
    assert forms.require_own_form(lobby.sessions, lobby.code, token, {"token": form}) == token
    assert len(compared) == 3


def test_sessions_and_links_are_looked_up_by_their_hash_so_that_time_tells_nothing(tmp_path):
    doors = Signin(Settings(database=tmp_path / "b.duckdb", keys=tmp_path / "keys", facilitator_key="k" * 20))
    once = doors.one_time().rpartition("/")[2]
    session = doors.redeem(once)
    kept = (tmp_path / "keys" / signing.LIST_FILE).read_text()
    assert session not in kept
    assert once not in kept
    assert re.search(r"[0-9a-f]{64}", kept)


# the table


def test_the_limits_that_the_page_states_are_those_of_the_code():
    limits = SECURITY.read_text("utf-8").partition("## Limits")[2].partition("\n## ")[0]
    for what, number in {
        "wrong codes": web.MISSES_A_MINUTE, "seats of a room": seats.MOST_SEATS, "open event streams": streams.IN_ALL,
        "streams from one": streams.FROM_ONE_ADDRESS, "connections": promptness.FROM_ONE_ADDRESS,
        "a participant's body": limits_of.PARTICIPANT // 1024, "an import": limits_of.IMPORT // limits_of.SIGNED_IN,
        "a header, in KiB": promptness.HEADER_BYTES // 1024, "a header, in seconds": int(promptness.HEADER_SECONDS),
        "a body, in seconds": int(limits_of.SECONDS),
    }.items():
        assert f"{number:,}" in limits, what
    assert sign_in.WRONG_A_MINUTE == 10
    assert "ten a minute" in limits


def test_every_test_that_the_security_page_names_is_there():
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", SECURITY.read_text("utf-8"))
    assert len(named) > 80
    root = SECURITY.parent.parent
    missing = [f"{file}::{name}" for file, name in named
               if not re.search(rf"^def {name}\(", (root / file).read_text("utf-8"), re.MULTILINE)]
    assert missing == []


def test_the_security_page_has_a_line_for_each_requirement_and_counts_them_right():
    text = SECURITY.read_text("utf-8")
    rows = re.findall(r"^\| (V\d+\.\d+\.\d+) \| (\d) \| (tested|stated|does not apply|not met) \|", text, re.MULTILINE)
    assert len({id for id, _, _ in rows}) == len(rows) == 253
    assert [sum(level == wanted for _, level, _ in rows) for wanted in "12"] == [70, 183]
    for kind in ("tested", "stated", "does not apply", "not met"):
        assert re.search(rf"^\| {kind} \| {sum(found == kind for _, _, found in rows)} \|", text, re.MULTILINE), kind
