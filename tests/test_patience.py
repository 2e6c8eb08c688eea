"""Who holds a place without saying what is wanted is let go, and a whole room behind one address is not."""

import asyncio
import socket
import threading
import time
from contextlib import suppress
from http.client import HTTPConnection

import httpx
import pytest
import uvicorn

from workshop.process import files, promptness
from workshop.process.limits import BodyLimit
from workshop.process.promptness import HEADER_BYTES, HEADER_SECONDS, KEEP_SECONDS, Places, attend, places_in
from workshop.process.streams import FROM_ONE_ADDRESS, IN_ALL, StreamLimit
from workshop.sessions.seats import MOST_SEATS

EVENTS = "/api/workshops/222222/events"
SHORT = 0.3
MOST = 8  # connections at once


async def hello(_scope, receive, send):
    """An application that answers every request."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"hi"})


@pytest.fixture(scope="module")
def port():
    """A server whose patience is short."""
    server = uvicorn.Server(uvicorn.Config(hello, port=0, log_config=None, lifespan="off", http="httptools"))
    server.config.load()
    for _ in ("SIGINT", "SIGTERM"):  # as the process does, whose two signals lead to one server
        attend(server, SHORT, Places(in_all=MOST))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(10)


@pytest.mark.parametrize("beginning", [b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a_request_that_is_never_whole_holds_no_place(port, beginning):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as one:
        one.sendall(beginning)
        started = time.monotonic()
        assert one.recv(100) == b""
        assert time.monotonic() - started >= SHORT / 2


def test_a_header_without_end_is_cut_off_and_a_long_body_is_not(port):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as one:
        one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: ")
        with suppress(ConnectionError):
            for _ in range(40):
                one.sendall(b"x" * 4096)
            assert one.recv(100) == b""
    body = HTTPConnection("127.0.0.1", port, timeout=10)
    body.request("POST", "/", b"x" * 4 * HEADER_BYTES)
    assert body.getresponse().status == 200
    body.close()


def test_a_connection_that_asks_in_time_is_kept_for_the_next_request(port):
    one = HTTPConnection("127.0.0.1", port, timeout=10)
    kept = []
    for _ in range(2):
        one.request("GET", "/")
        assert one.getresponse().read() == b"hi"
        kept.append(one.sock)
        time.sleep(1.5 * SHORT)
    one.close()
    assert kept[0] is kept[1]


def test_connections_without_end_leave_files_for_the_store(port):
    held = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(MOST)]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as one_too_many, suppress(ConnectionError):
        assert one_too_many.recv(1) == b""
    for one in held:
        one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert one.recv(15) == b"HTTP/1.1 200 OK"
        one.close()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as next_one:
        next_one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert next_one.recv(15) == b"HTTP/1.1 200 OK"


def test_one_address_takes_no_place_of_others_and_a_proxy_takes_all():
    places = Places(in_all=6, from_one=2)
    assert [places.take("192.0.2.1") for _ in range(3)] == [True, True, False]
    assert [places.take("127.0.0.1") for _ in range(4)] == [True] * 4
    assert not places.take("192.0.2.2")
    places.give_back("192.0.2.1")
    assert places.take("192.0.2.2")
    for address in ("192.0.2.1", "192.0.2.2", *["127.0.0.1"] * 4):
        places.give_back(address)
    assert (places.open, dict(places.taken)) == (0, {})


@pytest.mark.parametrize("limit", [600, 1024, files.ENOUGH, files.WANTED, None])
def test_the_phones_that_were_promised_fit_and_so_do_the_files_of_the_store(limit):
    in_all = places_in(limit).in_all
    assert in_all >= (limit or files.WANTED) // 2, "as the sentence about a low limit says"
    # What is accepted in the moments before the first can be let go, and a hundred files.
    assert in_all + 4 * ((limit or files.WANTED) // 16) + 50 <= (limit or files.WANTED)
    assert promptness.FROM_ONE_ADDRESS >= 2 * MOST_SEATS


def test_a_phone_on_bad_wifi_has_time():
    assert HEADER_SECONDS >= 20
    assert KEEP_SECONDS >= 20


def answered(app, path: str, messages, client=("192.0.2.1", 1)) -> list[dict]:
    """What an application sends whose request arrives as these messages, and then no more."""
    sent: list[dict] = []

    async def run() -> None:
        arriving = iter(messages)

        async def receive():
            return next(arriving, None) or await asyncio.sleep(60)

        async def send(message):
            sent.append(message)

        await app({"type": "http", "method": "POST", "path": path, "headers": [], "client": client}, receive, send)

    asyncio.run(run())
    return sent


def test_a_body_that_does_not_come_is_given_up_with_a_sentence():
    async def reads(_scope, receive, send):
        while (await receive()).get("more_body"):
            pass
        await hello(_scope, receive, send)

    app = BodyLimit(reads, signed_in=lambda _scope: False, seconds=0.05)
    first, second = answered(app, "/j/222222/answers", [{"type": "http.request", "body": b"a", "more_body": True}])
    assert first["status"] == 400
    assert b"too_slow" in second["body"]
    whole = answered(app, "/j/222222/answers", [{"type": "http.request", "body": b"a", "more_body": False}])
    assert whole[0]["status"] == 200


async def asked(app, address: str, path: str = EVENTS) -> int:
    """The status of one more stream; it stays open when it was let in."""
    transport = httpx.ASGITransport(app, client=(address, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        return (await client.get(path)).status_code


def test_streams_are_counted_by_address_and_in_all_while_they_are_open():
    async def run() -> None:
        over = asyncio.Event()

        async def stream(scope, receive, send):
            await over.wait()
            await hello(scope, receive, send)

        app = StreamLimit(stream, in_all=3, from_one=2)
        held = [asyncio.ensure_future(asked(app, address)) for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2")]
        await asyncio.sleep(0.05)
        assert await asked(app, "192.0.2.1") == await asked(app, "192.0.2.3") == 503
        over.set()
        assert await asyncio.gather(*held) == [200, 200, 200]
        assert not app.open
        assert await asked(app, "192.0.2.1") == 200

    asyncio.run(run())


def test_a_full_room_behind_one_address_fits():
    assert FROM_ONE_ADDRESS > MOST_SEATS + 300
    assert IN_ALL > FROM_ONE_ADDRESS
