"""The HTTP contract over a real server: shapes, phases, errors, rights."""

import json
import time

import httpx
import pytest

from workshop.sessions.actions import ACTIONS

STATE = {"code", "title", "phase", "round", "version", "room_name", "context", "language", "locked", "rehearsal",
         "stem", "helpline", "next_meeting", "seals_on", "scene", "now", "closing_at", "closes_at", "open",
         "protection", "grouping", "counts", "inventory", "seat"}
SNAPSHOT = {"code", "round", "level", "n", "released", "final", "held_back", "items", "poles", "plane", "edges",
            "directions", "words", "groups", "then_now", "statistics"}


@pytest.fixture
def create(api):
    """Makes workshops over HTTP; returns the code."""
    def make(**fields):
        answer = api.post("/api/workshops", json={"title": "Over HTTP", **fields})
        assert answer.status_code == 201, answer.text
        return answer.json()["code"]
    return make


@pytest.fixture
def act(api):
    def do(code, action, status=200, **parameters):
        answer = api.post(f"/api/workshops/{code}/actions", json={"action": action, **parameters})
        assert answer.status_code == status, answer.text
        return answer.json()
    return do


class Phone:
    """A phone without a browser: it keeps its cookie and sends our Origin."""

    def __init__(self, server):
        self.client = httpx.Client(base_url=server.url, headers={"Origin": server.url}, timeout=10)

    def join(self, code, status=201):
        answer = self.client.post(f"/api/workshops/{code}/seats")
        assert answer.status_code == status, answer.text
        return answer

    def answer(self, code, answers, round=1):
        return self.client.put(f"/api/workshops/{code}/rounds/{round}/answers", json={"answers": answers})

    def state(self, code, **params):
        return self.client.get(f"/api/workshops/{code}", params=params).json()


@pytest.fixture
def new_phone(server):
    phones = []

    def make():
        phones.append(Phone(server))
        return phones[-1]
    yield make
    for phone in phones:
        phone.client.close()


def plain_error(answer, status, code=None):
    assert answer.status_code == status, answer.text
    error = answer.json()["error"]
    assert set(error) == {"code", "message"}
    assert error["message"].endswith((".", ")"))
    assert code is None or error["code"] == code
    return error


def test_a_whole_workshop_over_http(server, api, create, act, new_phone):
    code = create()
    assert act(code, "open_lobby")["phase"] == "lobby"
    phones = [new_phone() for _ in range(12)]
    for phone in phones:
        phone.join(code)
    state = act(code, "open_round")
    assert set(state) >= STATE
    assert (state["phase"], state["round"], state["open"], state["counts"]) == (
        "answering", 1, ["answers"], {"joined": 12, "finished": 0})
    items = [item["id"] for item in state["inventory"]["items"]]
    assert len(items) == 24
    for place, phone in enumerate(phones):
        answer = phone.answer(code, dict.fromkeys(items, 2 if place < 5 else 4))
        assert (answer.status_code, answer.json()) == (200, {"saved": True})
    assert phones[0].state(code)["seat"] == {"joined": True, "sent": True, "frozen": False}
    plain_error(api.get(f"/api/workshops/{code}/export/csv"), 409, "wrong_phase")
    before = api.get(f"/api/workshops/{code}/results").json()
    assert (set(before) >= SNAPSHOT, before["released"], before["n"], before["items"]) == (True, False, 0, [])
    state = act(code, "close_round")
    assert (state["phase"], state["open"]) == ("review", ["edges"])
    assert phones[0].state(code)["seat"] == {"joined": True, "sent": True, "frozen": True}
    results = api.get(f"/api/workshops/{code}/results", params={"round": 1}).json()
    assert (results["n"], results["released"], results["final"]) == (12, True, True)
    assert {item["pole"] for item in results["items"]} == {"DL", "IL"}
    assert results["items"][0] == {"id": "D1A", "facet": "D1", "pole": "DL", "n": 12, "classes": 3,
                                   "bins": [[1, 2], [3, 0], [4, 5]],
                                   "labels": ["seldom", "sometimes or skipped", "often"], "counts": [5, 0, 7],
                                   "shape": "two_camps"}
    for format in ("csv", "json", "parquet", "xlsx", "html", "pdf", "zip"):
        file = api.get(f"/api/workshops/{code}/export/{format}")
        assert (file.status_code, file.headers["content-disposition"].startswith("attachment")) == (200, True)
    plain_error(api.get(f"/api/workshops/{code}/export/docx"), 404)
    act(code, "seal")
    plain_error(phones[0].client.get(f"/api/workshops/{code}"), 410, "sealed")
    plain_error(api.get(f"/api/workshops/{code}/stage"), 410, "sealed")
    plain_error(api.get(f"/api/workshops/{code}/events"), 410, "sealed")
    assert api.get(f"/api/workshops/{code}").json()["phase"] == "sealed"
    assert api.get(f"/api/workshops/{code}/results").json()["n"] == 12
    act(code, "archive", on=True)
    assert api.delete(f"/api/workshops/{code}").json() == {"forgotten": True}
    plain_error(api.get(f"/api/workshops/{code}/results"), 404, "unknown_code")


NEEDS = {"goto": {"scene": "light"}, "blank": {"on": True}, "hold": {"on": True}, "around": {"on": True},
         "extend": {"seconds": 60}, "let_in": {"seats": 1}, "raise_protection": {"level": "held"},
         "archive": {"on": True}, "approve_word": {"id": "1", "approved": True}, "change_agenda": {"agenda": []}}


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_every_action_is_refused_in_a_draft_but_opening_the_room(create, act, action):
    code = create()
    answer = act(code, action, status=200 if action == "open_lobby" else 409, **NEEDS.get(action, {}))
    if action != "open_lobby":
        assert answer["error"]["code"] == "wrong_phase"


def test_a_sealed_workshop_takes_no_action_but_being_put_away(create, act, api):
    code = create()
    act(code, "open_lobby")
    act(code, "seal")
    for action in sorted(ACTIONS):
        answer = act(code, action, status=200 if action == "archive" else 409, **NEEDS.get(action, {}))
        assert action == "archive" or answer["error"]["code"] == "wrong_phase"
    plain_error(api.patch(f"/api/workshops/{code}", json={"title": "Late"}), 409, "wrong_phase")


def test_words_over_http_wait_for_the_host_and_then_stand_in_the_results(api, create, act, new_phone):
    code = create(words=True)
    act(code, "open_lobby")
    phones = [new_phone() for _ in range(10)]
    for phone in phones:
        phone.join(code)
    act(code, "open_round")
    plain_error(phones[0].client.put(f"/api/workshops/{code}/rounds/1/word", json={"text": "hope"}), 409)
    act(code, "close_round")
    assert act(code, "goto", scene="words")["open"] == ["edges", "words"]
    for phone in phones:
        saved = phone.client.put(f"/api/workshops/{code}/rounds/1/word", json={"text": "hope"})
        assert (saved.status_code, saved.json()) == (200, {"saved": True})
    assert act(code, "close_words")["open"] == ["edges"]
    (word,) = api.get(f"/api/workshops/{code}/results", params={"round": 1}).json()["pending_words"]
    act(code, "approve_word", status=404, id="nothing", approved=True)
    act(code, "approve_word", id=word["id"], approved=True)
    act(code, "finish_words")
    results = api.get(f"/api/workshops/{code}/results", params={"round": 1}).json()
    assert (results["words"], "pending_words" in results) == (["hope"], False)
    plain_error(phones[0].client.put(f"/api/workshops/{code}/rounds/1/direction", json={"D": "up", "I": "up"}), 409)
    plain_error(phones[0].client.put(f"/api/workshops/{code}/rounds/1/direction", json={"X": "up"}), 422)


@pytest.fixture
def open_room(create, act, new_phone):
    code = create()
    act(code, "open_lobby")
    phone = new_phone()
    phone.join(code)
    act(code, "open_round")
    return code, phone


@pytest.mark.parametrize(("send", "status", "word"), [
    ({"json": {"answers": {"ZZ": 1}}}, 422, "unknown_item"),
    ({"json": {"answers": {"D1A": 6}}}, 422, "out_of_scale"),
    ({"json": {"answers": {"D1A": "4"}}}, 422, "out_of_scale"),
    ({"json": {"answers": []}}, 422, "answers"),
    ({"json": []}, 422, None),
    ({"json": {}}, 422, "answers"),
    ({"json": {"answers": {}, "more": 1}}, 422, "unknown_field"),
    ({"json": {"answers": {}, "group": "a"}}, 422, "group"),
    ({"content": b"{\"answers\": {", "headers": {"content-type": "application/json"}}, 400, "broken_json"),
    ({"content": b"\xff\xfe", "headers": {"content-type": "application/json"}}, 400, "broken_json"),
    ({"content": b"{\"answers\": {\"D1A\": NaN}}", "headers": {"content-type": "application/json"}}, 400, None),
    ({"content": b"[" * 12000, "headers": {"content-type": "application/json"}}, 400, None),
    ({"content": b"answers=1", "headers": {"content-type": "text/plain"}}, 415, "not_json"),
    ({"json": {"answers": {"D1A": 1}, "pad": "x" * 17000}}, 413, "too_large"),
])
def test_bad_answers_get_the_error_shape_and_change_nothing(open_room, api, send, status, word):
    code, phone = open_room
    plain_error(phone.client.put(f"/api/workshops/{code}/rounds/1/answers", **send), status, word)
    assert api.get(f"/api/workshops/{code}").json()["counts"]["finished"] == 0
    assert phone.state(code)["seat"]["sent"] is False


def test_wrong_room_wrong_round_no_seat_and_no_key_are_said_plainly(open_room, server, api, new_phone):
    code, phone = open_room
    plain_error(phone.answer("GGGGGG", {}), 404, "unknown_code")
    plain_error(phone.answer("../etc", {}), 404)
    plain_error(phone.answer(code, {}, round=2), 404, "unknown_round")
    plain_error(phone.answer(code, {}, round="x"), 422)
    plain_error(new_phone().answer(code, {}), 403, "no_seat")
    stranger = httpx.Client(base_url=server.url)
    plain_error(stranger.post("/api/workshops", json={"title": "x"}), 401, "sign_in")
    plain_error(stranger.get(f"/api/workshops/{code}/results"), 401)
    plain_error(stranger.get("/api/workshops", headers={"Authorization": "Bearer wrong-key-wrong-key"}), 401)
    plain_error(api.post(f"/api/workshops/{code}/actions", json={"action": "dance"}), 422, "unknown_action")
    plain_error(api.get("/api/nothing"), 404)
    plain_error(api.put("/api/health"), 405)
    stranger.close()


@pytest.mark.parametrize("origin", ["http://evil.example", "https://127.0.0.1:1", None, "null"])
def test_a_seat_writes_only_from_our_own_pages(open_room, origin):
    code, phone = open_room
    headers = {} if origin is None else {"Origin": origin}
    phone.client.headers.pop("origin")
    for method, path in (("PUT", f"/api/workshops/{code}/rounds/1/answers"), ("POST", f"/api/workshops/{code}/seats"),
                         ("DELETE", f"/api/workshops/{code}/seats")):
        plain_error(phone.client.request(method, path, json={"answers": {}}, headers=headers), 403, "foreign_origin")
    assert phone.state(code)["seat"] == {"joined": True, "sent": False, "frozen": False}


def test_a_key_needs_no_origin_and_refuses_a_foreign_one(api):
    plain_error(api.post("/api/workshops", json={"title": "x"}, headers={"Origin": "http://evil.example"}), 403)
    assert api.post("/api/workshops", json={"title": "x"}).status_code == 201


def test_joining_again_is_the_same_seat_and_leaving_is_always_fine(open_room, api):
    code, phone = open_room
    phone.join(code, status=200)
    assert api.get(f"/api/workshops/{code}").json()["counts"]["joined"] == 1
    for _ in range(2):
        answer = phone.client.delete(f"/api/workshops/{code}/seats")
        assert (answer.status_code, answer.json()) == (200, {"forgotten": True})


def test_states_are_cached_by_version_without_a_seat_and_never_with_one(open_room, server):
    code, phone = open_room
    with httpx.Client(base_url=server.url) as stranger:
        first = stranger.get(f"/api/workshops/{code}")
        again = stranger.get(f"/api/workshops/{code}", headers={"If-None-Match": first.headers["etag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        assert phone.client.get(f"/api/workshops/{code}").headers["cache-control"] == "no-store"
        stage = stranger.get(f"/api/workshops/{code}/stage")
        again = stranger.get(f"/api/workshops/{code}/stage", headers={"If-None-Match": stage.headers["etag"]})
        assert (stage.status_code, again.status_code) == (200, 304)
        plain_error(stranger.get(f"/api/workshops/{code}/stage", params={"theme": "pink"}), 422)


def test_phones_are_told_no_counts_but_how_many_were_here_at_the_start(open_room):
    code, phone = open_room
    assert phone.state(code)["counts"] == {"joined": 1, "finished": 0}
    assert phone.state(code, **{"for": "phone"})["counts"] == {"joined": 1}


def read_events(stream, wanted, seconds=10):
    """(event, version) pairs until `wanted` came."""
    found, name, ends = [], "", time.monotonic() + seconds
    for line in stream.iter_lines():
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            found.append((name, json.loads(line[6:])["version"]))
        if len(found) >= wanted or time.monotonic() > ends:
            return found
    return found


def test_streams_tell_versions_at_once_and_when_something_moves(open_room, api, act, server):
    code, _ = open_room
    with httpx.Client(base_url=server.url, timeout=10) as client, \
            client.stream("GET", f"/api/workshops/{code}/events") as stream:
        lines = stream.iter_lines()
        stream.iter_lines = lambda: lines
        first = dict(read_events(stream, 2))
        assert set(first) == {"state", "stage"}
        assert first["state"] == api.get(f"/api/workshops/{code}").json()["version"]
        assert first["stage"] == api.get(f"/api/workshops/{code}/stage").json()["version"]
        act(code, "goto", scene="light")
        moved = dict(read_events(stream, 2))
        assert moved["stage"] != first["stage"]
        assert moved["stage"] == api.get(f"/api/workshops/{code}/stage").json()["version"]


def test_a_phone_is_not_woken_by_counts(open_room, api, act, server, new_phone):
    code, _ = open_room
    with httpx.Client(base_url=server.url, timeout=10) as client, \
            client.stream("GET", f"/api/workshops/{code}/events", params={"for": "phone"}) as stream:
        lines = stream.iter_lines()
        stream.iter_lines = lambda: lines
        (first,) = read_events(stream, 1)
        assert first[0] == "state"
        new_phone().join(code)
        time.sleep(1.6)
        assert api.get(f"/api/workshops/{code}").json()["counts"]["joined"] == 2
        act(code, "lock")
        (second,) = read_events(stream, 1)
        state = api.get(f"/api/workshops/{code}", params={"for": "phone"}).json()
        assert (second[1], state["locked"]) == (state["version"], True)


def test_guessing_codes_is_slowed_down(start_server):
    server = start_server()
    with httpx.Client(base_url=server.url) as guesser:
        answers = [guesser.get(f"/api/workshops/{'23456789CF'[n % 10] * 6}").status_code for n in range(40)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_the_page_of_the_interface_needs_nothing_from_elsewhere(api):
    page = api.get("/api/docs")
    assert page.status_code == 200
    assert "/api/workshops/{code}/seats" in page.text
    assert "http://" not in page.text.replace("http://127.0.0.1", "")
    assert "https://" not in page.text
    description = api.get("/api/openapi.json").json()
    assert "/workshops/{code}/rounds/{round}/answers" in description["paths"]


def test_a_code_may_be_typed_in_any_case(open_room, server, api, act, new_phone):
    code, phone = open_room
    small, mixed = code.lower(), code[:3] + code[3:].lower()
    for spelled in (small, mixed):
        assert phone.state(spelled)["code"] == code
        assert phone.state(spelled)["seat"]["joined"] is True
        assert phone.client.get(f"/api/workshops/{spelled}/stage").status_code == 200
        assert phone.client.get(f"/stage/{spelled}").status_code == 200
    assert phone.answer(small, {"D1A": 3}).json() == {"saved": True}
    assert act(small, "lock")["locked"] is True
    act(mixed, "unlock")
    assert api.get(f"/api/workshops/{small}/results").json()["code"] == code
    assert list(new_phone().join(small).cookies) == [f"seat_{code}"]
    with httpx.Client(base_url=server.url, follow_redirects=True) as stranger:
        for address in (f"/{small}", f"/j/{small}", f"/j/{mixed}"):
            page = stranger.get(address)
            assert (page.status_code, code in page.text) == (200, True), address
