"""The participant's page without JavaScript, over a real server: every view, every form, every refusal."""

import re
import time

import httpx
import pytest
from phones import plain_phone

from workshop.inventory import load_library

ITEMS = load_library().inventories["balance"].questionnaire("standard", "team", True, "en").ids


@pytest.fixture
def create(api):
    def make(**fields):
        answer = api.post("/api/workshops", json={"title": "How we lean <b>", "checklist": True, **fields})
        assert answer.status_code == 201, answer.text
        return answer.json()["code"]
    return make


@pytest.fixture
def act(api):
    def do(code, action, **parameters):
        answer = api.post(f"/api/workshops/{code}/actions", json={"action": action, **parameters})
        assert answer.status_code == 200, answer.text
        return answer.json()
    return do


@pytest.fixture
def lobby(create, act):
    code = create()
    act(code, "open_lobby")
    return code


@pytest.fixture
def phones(server):
    """Makes phones for a room; closed at the end."""
    made = []

    def make(code, people=1, **headers):
        fresh = [plain_phone(server.url, code, **headers).look() for _ in range(people)]
        made.extend(fresh)
        return fresh if people > 1 else fresh[0]
    yield make
    for phone in made:
        phone.client.close()


@pytest.fixture
def open_round(lobby, act, phones):
    """A room of ten phones with its first round open: (code, phones)."""
    everybody = [phone.send("join") for phone in phones(lobby, 10)]
    act(lobby, "open_round")
    return lobby, [phone.look() for phone in everybody]


def answers(point=4, **more):
    return {**{item: str(point) for item in ITEMS}, **more}


def counts(api, code, **expected):
    """Counts are told at most once a second, so an expected one may come a moment later."""
    deadline = time.monotonic() + 3
    while True:
        found = api.get(f"/api/workshops/{code}").json()["counts"]
        if expected.items() <= found.items():
            return True
        assert time.monotonic() < deadline, f"{found} instead of {expected}"
        time.sleep(0.1)


def test_a_phone_walks_through_a_whole_workshop_by_plain_forms(api, create, act, phones):
    code = create()
    phone = phones(code)
    assert phone.heading == "Not open yet"
    act(code, "open_lobby")
    assert phone.look().heading == "How we lean &lt;b&gt;"
    assert "never fewer than 5 people" in phone.page
    assert phone.send("join").heading == "You are in"
    others = [other.send("join") for other in phones(code, 9)]
    act(code, "open_round")
    assert phone.look().page.count("<select ") == len(ITEMS)
    assert phone.send("answers", **answers()).heading == "Received, thank you"
    assert f'<a href="/j/{code}/how">' in phone.page
    assert "never fewer than 5 people" in phone.client.get(f"/j/{code}/how").text
    for other in others:
        other.look().send("answers", **answers(2))
    assert counts(api, code, joined=10, finished=10)
    act(code, "close_round")
    assert phone.look().heading == "Your answers count"
    assert "Your answers are in the room’s pictures" in phone.page
    assert phone.send("edge", facet="I5").status == 200
    act(code, "seal")
    assert phone.look().status == 410
    assert phone.heading == "This workshop is over"
    assert phone.client.get(f"/j/{code}/how").status_code == 410


def test_the_form_starts_with_no_answer_everywhere(open_round):
    _, (phone, *_) = open_round
    field = r'<label for=(\w+)>[^<]+</label><select id=(\w+) name=(\w+)><option value=0>no answer yet<'
    first = re.findall(field, phone.page)
    assert sorted(first) == sorted((item,) * 3 for item in ITEMS)
    assert " selected" not in phone.page.partition('<main class="plain">')[2]


def test_a_form_sent_as_it_came_is_all_skips(api, act, open_round):
    code, everybody = open_round
    for phone in everybody:
        phone.send("answers", **dict.fromkeys(ITEMS, "0"))
    act(code, "close_round")
    assert api.get(f"/api/workshops/{code}/results").json()["n"] == 10


def test_the_new_answers_take_the_place_of_the_old_ones(api, act, open_round):
    code, everybody = open_round
    for n, phone in enumerate(everybody):
        phone.send("answers", **answers(1))
        assert phone.look("?change").page.count("<select ") == len(ITEMS)
        phone.send("answers", **answers(1 if n < 5 else 5))
    act(code, "close_round")
    item = api.get(f"/api/workshops/{code}/results").json()["items"][0]
    assert item["counts"] == [5, 0, 5]


def test_answers_can_be_taken_back(api, open_round):
    code, (phone, *_) = open_round
    phone.send("answers", **answers())
    assert counts(api, code, finished=1)
    assert phone.send("withdraw").page.count("<select ") == len(ITEMS)
    assert counts(api, code, joined=10, finished=0)


def test_forget_me_empties_the_place_and_drops_the_cookie(api, open_round):
    code, (phone, *_) = open_round
    phone.send("answers", **answers())
    before = phone.client.cookies[f"seat_{code}"]
    assert "<select " not in phone.send("forget").page
    assert counts(api, code, joined=9, finished=0)
    assert phone.client.cookies[f"seat_{code}"] != before


def test_the_next_person_gets_a_fresh_place_and_sees_the_promise_first(api, open_round):
    code, (phone, *_) = open_round
    phone.send("answers", **answers())
    assert "never fewer than 5 people" in phone.send("join", fresh="1").page
    assert counts(api, code, joined=10, finished=1)
    phone.send("join")
    assert counts(api, code, joined=11, finished=1)


def test_my_page_is_made_from_one_submission_and_kept_nowhere(open_round):
    code, (phone, *_) = open_round
    page = phone.client.post(f"/j/{code}/answers", data={**phone.fields, **answers(2, D4A="1"), "page": "mine"})
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert "script-src" not in page.headers["content-security-policy"]
    for words in ("Your page", "Asking for help", "Your growing edge", "If you feel unsafe", "Only on this phone"):
        assert words in page.text
    assert phone.look().heading == "Received, thank you"
    assert "Your growing edge" not in phone.page


def test_a_rehearsal_says_so_and_sends_random_answers(api, create, act, phones):
    code = create(rehearsal=True)
    act(code, "open_lobby")
    everybody = [phone.send("join") for phone in phones(code, 16)]
    assert "Rehearsal: this phone sends random answers." in everybody[0].page
    act(code, "open_round")
    for phone in everybody:
        phone.look().send("answers", **answers(3))
    act(code, "close_round")
    shown = [item["counts"] for item in api.get(f"/api/workshops/{code}/results").json()["items"] if item["counts"]]
    assert any(len([n for n in counts if n]) > 1 for counts in shown)


def test_a_locked_room_says_how_to_get_in(act, lobby, phones):
    act(lobby, "lock")
    phone = phones(lobby)
    assert phone.heading == "The room is closed for now"
    assert phone.send("join").status == 409
    assert "Ask the host to let you in" in phone.page
    act(lobby, "let_in", seats=1)
    assert phone.look().send("join").heading == "You are in"


def test_the_grouping_question_is_one_more_and_may_be_left(api, create, act, phones):
    code = create(grouping={"question": "Where do you work?", "options": ["Here", "At home & away"]})
    act(code, "open_lobby")
    everybody = [phone.send("join") for phone in phones(code, 6)]
    act(code, "open_round")
    for phone, group in zip(everybody, ("Here", "At home & away", "", "Here", "", "Here"), strict=True):
        assert phone.look().page.count("<select ") == len(ITEMS) + 1
        assert phone.send("answers", **answers(group=group)).heading == "Received, thank you"
    assert everybody[0].look("?change").send("answers", **answers(group="Elsewhere")).status == 422
    assert counts(api, code, finished=6)


def test_a_word_for_the_wall_goes_by_a_plain_form(api, create, act, phones):
    code = create(words=True, agenda=[{"id": "wall", "kind": "words", "minutes": 5}])
    act(code, "open_lobby")
    everybody = [phone.send("join") for phone in phones(code, 10)]
    act(code, "open_round")
    assert everybody[0].look().send("word", text="hope").status == 409
    act(code, "close_round")
    for phone in everybody:
        assert "One word" in phone.look().page
        assert phone.send("word", text="hope").status == 200
    assert everybody[0].send("word", text=" ").status == 422
    act(code, "close_words")
    assert [word["text"] for word in api.get(f"/api/workshops/{code}/results").json()["pending_words"]] == ["hope"]


def test_the_direction_of_change_goes_by_a_plain_form(api, act, open_round):
    code, everybody = open_round
    for _ in range(2):
        for phone in everybody:
            phone.look().send("answers", **answers())
        act(code, "close_round")
        act(code, "open_round") if api.get(f"/api/workshops/{code}").json()["round"] == 1 else None
    assert everybody[0].look().page.count("<select ") == 2
    assert everybody[0].send("direction", D="", I="up").status == 422
    for n, phone in enumerate(everybody):
        assert phone.look().send("direction", D="up" if n < 5 else "same", I="same" if n < 5 else "down").status == 200
    act(code, "close_directions")
    assert api.get(f"/api/workshops/{code}/results").json()["directions"]["D"] == {"up": 5, "same": 5, "down": 0}


def test_an_unknown_code_gets_a_page_that_helps(server):
    answer = httpx.get(f"{server.url}/j/222222")
    assert answer.status_code == 404
    assert "Check the code on the screen" in answer.text
    assert 'name="code"' in answer.text


def test_a_typed_code_finds_its_room_however_it_was_typed(server, lobby):
    answer = httpx.get(f"{server.url}/j/", params={"code": f" {lobby[:3].lower()}-{lobby[3:].lower()} "})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/j/{lobby}"
    assert httpx.get(f"{server.url}/j/").status_code == 404


def test_guessing_codes_is_slowed_down_but_not_for_phones_that_are_in(start_server, api):
    server = start_server()
    key = {"Authorization": f"Bearer {server.key}"}
    code = httpx.post(f"{server.url}/api/workshops", json={"title": "A room"}, headers=key).json()["code"]
    phone = plain_phone(server.url, code).look()
    statuses = [httpx.get(f"{server.url}/j/22222{n % 8 + 2}").status_code for n in range(40)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    assert phone.look().status == 200
    phone.client.close()


@pytest.mark.parametrize("act_name", ["join", "answers", "withdraw", "edge", "direction", "word", "forget"])
def test_a_form_needs_the_cookie_its_own_token_and_our_origin(server, open_round, act_name):
    code, (phone, other, *_) = open_round
    address, cookie = f"{server.url}/j/{code}/{act_name}", {f"seat_{code}": phone.client.cookies[f"seat_{code}"]}
    refused = [
        httpx.post(address, data=phone.fields),
        httpx.post(address, data={"round": "1"}, cookies=cookie),
        httpx.post(address, data=other.fields, cookies=cookie),
        httpx.post(address, data=phone.fields, cookies=cookie, headers={"Origin": "http://elsewhere.example"}),
    ]
    assert [answer.status_code for answer in refused] == [403] * 4
    assert all("set-cookie" not in answer.headers for answer in refused)


def test_a_join_whose_reply_was_lost_makes_no_second_place(api, lobby, phones):
    phone = phones(lobby)
    phone.send("join")
    phone.send("join")
    assert counts(api, lobby, joined=1)


@pytest.mark.parametrize(("fields", "status"), [
    ({"D1A": "6"}, 422), ({"D1A": "often"}, 422), ({"Z9A": "3"}, 422), ({"round": "2"}, 404), ({"round": "x"}, 422),
])
def test_a_form_that_does_not_fit_is_refused_in_plain_words(open_round, fields, status):
    _, (phone, *_) = open_round
    phone.send("answers", **answers(**fields))
    assert phone.status == status
    assert phone.heading == "That did not work"
    assert "Back to the workshop’s page" in phone.page


def test_other_bodies_than_forms_are_refused(server, open_round):
    code, (phone, *_) = open_round
    address = f"/j/{code}/answers"
    assert phone.client.post(address, json={}).status_code == 415
    assert phone.client.post(address, content=b"\xff=1", headers={"content-type": "application/x-www-form-urlencoded"}
                             ).status_code == 400


def test_an_edge_waits_for_the_close_and_needs_a_choice(act, open_round):
    code, (phone, *_) = open_round
    assert phone.send("edge", facet="I5").status == 409
    assert phone.look().send("edge").status == 422
    act(code, "close_round")
    assert phone.look().page.count('name="facet"') == 16
    assert phone.send("edge", facet="DD1").status == 422


@pytest.mark.parametrize("path", ["/j/{code}", "/j/222222", "/j/"])
def test_no_page_is_kept_or_tells_where_it_was_left(server, lobby, path):
    answer = httpx.get(server.url + path.format(code=lobby))
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "<title>Bothand</title>" in answer.text


def test_the_page_sets_a_cookie_once_that_scripts_cannot_read(server, lobby):
    with httpx.Client(base_url=server.url) as phone:
        cookie = phone.get(f"/j/{lobby}").headers["set-cookie"]
        assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=7257600"} <= set(cookie.split("; "))
        assert "Secure" not in cookie
        assert len(re.match(rf"seat_{lobby}=([^;]+)", cookie)[1]) >= 22
        assert "set-cookie" not in phone.get(f"/j/{lobby}").headers


def test_my_pages_words_may_be_kept_for_ever_under_their_own_name(server, lobby):
    address = re.search(r'"mine":"([^"]+)"', httpx.get(f"{server.url}/j/{lobby}").text)[1]
    answer = httpx.get(server.url + address)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "set-cookie" not in answer.headers
    assert httpx.get(server.url + address.partition("?")[0]).headers["cache-control"] == "no-cache"
    assert httpx.get(f"{server.url}/assets/phone/mine.nothing.deep.team.dark.en.js").status_code == 404
    assert httpx.get(f"{server.url}/assets/phone/mine.balance.deep.team.maybe.xx.js").status_code == 404
    assert httpx.get(f"{server.url}/assets/phone/phone.css").status_code == 404


@pytest.mark.parametrize(("language", "words", "unknown"), [
    ("de", "Diese Runde ist geschlossen", "Es gibt keinen Raum mit diesem Code"),
    ("fr", "Ce tour est fermé", "Il n’y a pas de salle avec ce code"),
    ("es", "Esta ronda está cerrada", "No hay ninguna sala con este código"),
])
def test_a_room_refuses_in_its_own_language_whatever_way_a_phone_asks(create, act, phones, language, words, unknown):
    code = create(language=language, form="short", dark=False)
    act(code, "open_lobby")
    phone, *_ = [one.send("join") for one in phones(code, 6)]
    act(code, "open_round")
    phone.look()
    act(code, "close_round")
    late = phone.send("answers", D2A="4")
    assert late.status == 409
    assert words in late.page
    answer = phone.client.put(f"/api/workshops/{code}/rounds/1/answers", json={"answers": {"D2A": 4}},
                              headers={"Origin": str(phone.client.base_url)})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "round_closed"
    assert words in answer.json()["error"]["message"]
    assert unknown in phone.client.get("/j/AAAAAA", headers={"Accept-Language": f"{language},en;q=0.5"}).text
