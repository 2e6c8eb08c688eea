"""Whoever looks on at an encrypted line sees lengths: what a phone sends, and My page without a script, are as long as
any other, whatever was answered, left out, chosen or said."""

import gzip
import json
import random
import re
from html.parser import HTMLParser
from urllib.parse import quote_plus

import httpx
import pytest
from phones import plain_phone
from rooms import LIBRARY, new_room

from workshop.inventory.proof import FORMS
from workshop.phone import assets, mine
from workshop.phone.forms import answers_of, chosen, evened
from workshop.phone.packed import STEP, levelled
from workshop.phone.page import Visit, written_ending, written_opening
from workshop.phone.views import view_of
from workshop.room import Workshop
from workshop.sessions.ballots import MOST_WORD
from workshop.sessions.creation import MOST_OPTION

BALANCE = LIBRARY.inventories["balance"]
GROUPING = {"question": "Seit wann?", "options": ["Seit kurzem", "Für länger als ein Jahr", "~*-", "日本"]}
HEADERS = 1_024  # of a reply, at most


class Fields(HTMLParser):
    """What each field of a page's forms may send: the values of a select's options, or of buttons of one name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        self._select = has["name"] if tag == "select" else self._select
        name = self._select if tag == "option" else has.get("name") if tag == "button" else None
        if name and name != "page":
            self.values.setdefault(name, []).append(has["value"])


def sent_bytes(text):
    """As a browser writes it into a form's body; Python differs from it in two signs."""
    return len(quote_plus(text).replace("%2A", "*").replace("~", "%7E"))


def page_of(room):
    """The page of the room's first phone without a script."""
    workshop, token = room.workshop, room.tokens[0]
    state = room.sessions.state(room.code, token, for_phone=True)
    visit = Visit(workshop, room.sessions.questionnaire(workshop), room.sessions.locale(workshop), state,
                  room.sessions.form_token(room.code, token), view_of(state))
    return written_opening(visit) + written_ending(visit)


def test_a_form_without_a_script_is_as_long_whatever_is_chosen_in_it(sessions, clock):
    room = new_room(sessions, clock, 8, is_open=True, form="short", grouping=GROUPING)
    questions = Fields(page_of(room)).values
    room.act("close_round")
    edges = Fields(page_of(room)).values
    room.act("open_round")
    room.act("close_round")
    changed = Fields(page_of(room)).values
    assert set(questions) == {*room.items, "group"}
    assert set(edges) == {"facet"}
    assert set(changed) == {"facet", "D", "I"}
    for name, values in {**questions, **edges, **changed}.items():
        assert len({sent_bytes(value) for value in values}) == 1, name
        assert len(values) > 2
    assert [chosen({"group": value}, "group") for value in questions["group"]] == ["", *GROUPING["options"]]
    assert answers_of({"D2A": "0", "D4A": "5", "I2A": ""}) == {"D2A": None, "D4A": 5, "I2A": None}


def test_texts_of_any_kind_are_made_as_long_as_the_longest():
    every = evened(["", "a", "a b", "é", "日本", "~", "*", "a-b_c.d", "&=%+"])
    assert len({sent_bytes(value) for value in every.values()}) == 1
    assert all(value.rstrip(" ") == text for text, value in every.items())


def test_the_largest_parcel_of_any_room_is_no_longer_than_what_every_parcel_is_filled_up_to():
    length = int(re.search(r"padEnd\((\d+) - path\.length", assets.read("room.js"))[1])
    answers = {f"ABCDEFG{n:02}"[-9:]: None for n in range(sum(FORMS["deep"].values()))}
    largest = {"answers": answers, "group": '"' * MOST_OPTION}
    farthest = {"answers": answers, "group": "\U0001f9e1" * MOST_OPTION}
    for body in (largest, farthest, {"text": "語" * MOST_WORD}):
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        assert len(text.encode()) + len("/rounds/9999/direction") <= length
    assert length - len("/rounds/9999/direction") >= 1_000, "and the header that names the length has four digits"


def own_pages(language, form, dark):
    """My page of many people who could not differ more."""
    one, dice = BALANCE.questionnaire(form, "partner", dark, language), random.Random(5)
    room = Workshop(1, "K7QF2M", "A room", "cedar lantern", "2026-01-01", form=form, context="partner", dark=dark,
                    language=language, helpline="030 1234567 " * 50)
    for points in ((None,), (1,), (3,), (5,), (1, 5), (None, 3), (2, 3, 4), (1, 2, 3, 4, 5, None)):
        answers = {item.id: dice.choice(points) for item in one.items}
        yield mine.mine_page(room, one, LIBRARY.locales[language], answers)


@pytest.mark.parametrize("language", BALANCE.languages)
def test_my_page_without_a_script_is_as_long_for_everybody_and_small(language):
    for form, dark in (("short", False), ("deep", True)):
        pages = list(own_pages(language, form, dark))
        packed = [levelled(page, packed=True) for page in pages]
        assert {len(page) for page in packed} == {STEP}
        assert [gzip.decompress(page).decode().rstrip(" ") for page in packed] == [page.rstrip(" ") for page in pages]
        assert len({len(page.encode()) for page in pages}) > 4, "they differ, before"
        assert len({len(levelled(page, packed=False)) for page in pages}) == 1


def test_a_page_longer_than_one_step_takes_another_whole_one():
    noise = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=30_000))
    assert len(levelled(noise, packed=True)) % STEP == 0
    assert gzip.decompress(levelled(noise, packed=True)).decode().rstrip(" ") == noise


@pytest.fixture
def two_phones(server, api):
    """Two phones with a form each, in an open round."""
    code = api.post("/api/workshops", json={"title": "A room", "form": "short", "dark": False}).json()["code"]
    api.post(f"/api/workshops/{code}/actions", json={"action": "open_lobby"})
    phones = [plain_phone(server.url, code).look().send("join") for _ in range(6)]
    api.post(f"/api/workshops/{code}/actions", json={"action": "open_round"})
    yield [phone.look() for phone in phones[:2]]
    for phone in phones:
        phone.client.close()


def test_two_phones_that_answer_differently_get_replies_of_one_length_and_my_page_compressed(two_phones):
    items = BALANCE.questionnaire("short", "team", False, "en").ids
    sent, got = [], []
    for phone, point in zip(two_phones, ("0", "5"), strict=True):
        answer = phone.client.post(f"/j/{phone.code}/answers",
                                   data={**phone.fields, **dict.fromkeys(items, point), "page": "mine"})
        assert answer.status_code == 200
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["vary"] == "accept-encoding"
        assert "Your page" in answer.text
        sent.append(len(answer.request.content))
        got.append(on_the_wire(answer))
        given = phone.client.put(f"/api/workshops/{phone.code}/rounds/1/answers", headers={"Origin": base(phone)},
                                 json={"answers": dict.fromkeys(items, int(point) or None)})
        assert given.status_code == 200
        got.append(on_the_wire(given))
    assert sent[0] == sent[1]
    assert got[:2] == got[2:]
    assert STEP < got[0] <= STEP + HEADERS


def base(phone):
    """Where a phone is at home."""
    return str(phone.client.base_url).rstrip("/")


def on_the_wire(answer: httpx.Response) -> int:
    """Bytes of a reply, its head included."""
    head = sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
    return head + int(answer.headers["content-length"])
