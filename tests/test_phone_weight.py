"""The phone's page fits the first flight of packets, whatever it asks; the page costs next to no computing."""

import gzip
import re
import socket
from urllib.parse import urlsplit

import httpx
import pytest

from workshop.inventory import load_library
from workshop.phone.page import Pages, Visit
from workshop.phone.views import view_of

FIRST_WINDOW = 14_336
MINE = 8_192
BALANCE = load_library().inventories["balance"]
TITLE = "How we lean on each other and how we stand on our own: a day for the whole team in the old mill by the river"
GROUPING = {"question": "How long have you been working here?",
            "options": ["Less than a year", "One to five years", "Longer"]}


@pytest.fixture(scope="module")
def room(server, api):
    """Makes a room with an open round and one joined phone: its code, the phone's cookie, and two pages on the wire as
    they were in the lobby, outside and inside."""
    def make(form, context, language):
        fields = {"title": TITLE, "form": form, "context": context, "language": language, "all_16": True,
                  "protection": "blocks", "checklist": True, "grouping": GROUPING}
        code = api.post("/api/workshops", json=fields).json()["code"]
        api.post(f"/api/workshops/{code}/actions", json={"action": "open_lobby"})
        cookies = [join(server, code) for _ in range(8)]
        lobby = [on_the_wire(server, f"/j/{code}", cookie) for cookie in ("", cookies[0])]
        answer = api.post(f"/api/workshops/{code}/actions", json={"action": "open_round"})
        assert answer.json()["phase"] == "answering"
        return code, cookies[0], lobby
    return make


def join(server, code):
    with httpx.Client(base_url=server.url, headers={"Origin": server.url}) as phone:
        assert phone.post(f"/api/workshops/{code}/seats").status_code == 201
        return f"seat_{code}={phone.cookies[f'seat_{code}']}"


def on_the_wire(server, path, cookie=""):
    """Every byte of the reply, head and body, as a browser's request gets it."""
    place = urlsplit(server.url)
    with socket.create_connection((place.hostname, place.port), timeout=10) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {place.netloc}\r\nAccept-Encoding: gzip, deflate\r\n"
                     f"{f'Cookie: {cookie}' + chr(13) + chr(10) if cookie else ''}Connection: close\r\n\r\n".encode())
        received = b""
        while piece := line.recv(65_536):
            received += piece
    return received


@pytest.mark.sample(5)
@pytest.mark.parametrize("language", BALANCE.languages)
@pytest.mark.parametrize("context", BALANCE.contexts)
def test_the_page_is_one_request_that_fits_the_first_flight(server, room, context, language):
    code, cookie, (welcome, waiting) = room("deep", context, language)
    pages = {"welcome": welcome, "waiting": waiting, "at a locked door": on_the_wire(server, f"/j/{code}"),
             "answering": on_the_wire(server, f"/j/{code}", cookie)}
    for where, reply in pages.items():
        head, _, body = reply.partition(b"\r\n\r\n")
        page = gzip.decompress(body).decode()
        assert head.startswith(b"HTTP/1.1 200")
        assert len(reply) <= FIRST_WINDOW, f"{where}: {len(reply)} bytes"
        assert not re.search(r'(?<!\.)\bsrc="|<link (?!rel="icon" href="data:,")|@import|url\(', page)
    assert page.count("<select ") == len(BALANCE.questionnaire("deep", context, True, language).items) + 1
    asset = re.search(r'"mine":"([^"]+)"', page)[1]
    assert len(on_the_wire(server, asset)) <= MINE


def test_packed_and_plain_are_the_same_page(server, room):
    code, cookie, _ = room("deep", "family", "de")
    def body(encoding):
        answer = httpx.get(f"{server.url}/j/{code}", headers={"accept-encoding": encoding, "cookie": cookie})
        return re.sub(r'"(now|version)":[^,]+,', "", answer.text)
    assert body("gzip") == body("identity")


def test_every_statement_is_on_the_packed_page(open_round):
    sessions, code, token = open_round.sessions, open_round.code, open_round.tokens[0]
    workshop, state = open_round.workshop, sessions.state(code, token, for_phone=True)
    visit = Visit(workshop, sessions.questionnaire(workshop), sessions.locale(workshop), state,
                  sessions.form_token(code, token), view_of(state))
    assert gzip.decompress(Pages().render(visit, packed=True)).count(b"<select ") == len(open_round.items)
