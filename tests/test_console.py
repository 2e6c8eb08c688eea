"""The facilitator's console, page by page, without a browser: the gate, the form, the remote, the results."""

import re
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import zxingcpp
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages import (
    bringing,
    desk,
    differences,
    gate,
    own_inventories,
    rehearsing,
    room_check,
    take_home,
    tongue,
    wifi,
    words,
)
from pages.comparable import beside
from pages.days import day_of
from pages.pace import clock, pace
from pages.shapes import names_by_shape
from workshop import house as houses
from workshop import takehome
from workshop.errors import SignInNeeded
from workshop.export import Choice
from workshop.figures import Subject
from workshop.house import House
from workshop.inventory import load_library
from workshop.results import ItemTable
from workshop.room import Workshop
from workshop.sessions import Sessions
from workshop.sessions.example import lay_out
from workshop.settings import Organisation
from workshop.stage import payload
from workshop.takehome import exported

NAVIGATION = str(Path(__file__).resolve().parent.parent / "pages" / "navigation.py")
HOSTILE = "**Bold** <script>alert(1)</script> ![x](http://elsewhere.example/x.png) [a](b) `c` $x$ :red[d] # e"
TEAM = load_library().inventories["balance"].questionnaire("standard", "team", True, "en")


@pytest.fixture
def house(tmp_path, monkeypatch) -> Iterator[House]:
    """A house of this test's own, where the pages look for theirs."""
    for name in ("BOTHAND_KEYS", "BOTHAND_PUBLIC_URL", "BOTHAND_FACILITATOR_KEY", "BOTHAND_PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BOTHAND_DATABASE", str(tmp_path / "bothand.duckdb"))
    houses.house.cache_clear()
    yield houses.house()
    houses.house().close()
    houses.house.cache_clear()


@pytest.fixture(autouse=True)
def cookie(house, monkeypatch) -> dict[str, str]:
    """What the browser's cookie holds: an AppTest has no cookies of its own."""
    kept: dict[str, str] = {}
    monkeypatch.setattr(gate, "session", lambda: kept.get("session"))
    return kept


@pytest.fixture(autouse=True)
def no_foreign_components(monkeypatch) -> None:
    """Spares each run of a page to read the metadata of every installed package, of which none brings components."""
    monkeypatch.setattr("streamlit.components.v2.manifest_scanner.scan_component_manifests", list)


@pytest.fixture
def signed_in(house, cookie, monkeypatch) -> House:
    """This console is on the server's list; the room is told its counts without waiting for a second."""
    monkeypatch.setattr("workshop.sessions.telling.COUNTS_EVERY", 0.0)
    cookie["session"] = house.signin.redeem(house.signin.one_time().rpartition("/")[2])
    return house


@pytest.fixture
def ready(signed_in) -> Workshop:
    """A workshop with a ticked checklist, not open yet."""
    return signed_in.sessions.create({"title": "How we lean", "checklist": True}).result()


@pytest.fixture
def opened(signed_in, ready) -> Workshop:
    """The same with its lobby open."""
    return signed_in.sessions.act(ready.code, "open_lobby").result()


def console(page: str = "", **query: str) -> AppTest:
    """A console on one of its pages."""
    at = AppTest.from_file(NAVIGATION, default_timeout=20)
    if page:
        at.switch_page(f"{page}.py")
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def live(workshop: Workshop) -> AppTest:
    return console("live", code=workshop.code)


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


def texts(at: AppTest) -> list[str]:
    return [element.value for element in at.text]


def said(at: AppTest) -> str:
    """Everything that stands on the page as words."""
    parts = (*at.text, *at.markdown, *at.caption, *at.title, *at.header)
    return "\n".join([*(part.value for part in parts), *(button.label for button in at.button)])


def joined(house: House, code: str, people: int) -> list[str]:
    return [house.sessions.join(code, None).result().token for _ in range(people)]


def answered(house: House, code: str, people: int = 14) -> None:
    """A closed round in which every statement has different enough answers."""
    tokens = joined(house, code, people)
    house.sessions.act(code, "open_round").result()
    items = house.sessions.questionnaire(house.sessions.workshop(code)).ids
    for place, token in enumerate(tokens):
        answers = {id: 1 + (place + number) % 5 for number, id in enumerate(items)}
        house.sessions.answer(code, 1, token, answers).result()
    house.sessions.act(code, "close_round").result()


# the gate


@pytest.mark.parametrize("page", ["", "create", "live", "results", "inventories", "check", "series",
                                  "installation", "sheet"])
def test_a_browser_that_is_not_on_the_list_sees_the_notice_at_every_address(house, page):
    workshop = house.sessions.create({"title": "Nobody else's business"}).result()
    at = AppTest.from_file(NAVIGATION, default_timeout=20)
    at._page_hash = calc_hash(page)  # a notice is a function, which switch_page does not find
    at.query_params["code"] = workshop.code
    at.run()
    assert [title.value for title in at.title] == [words.say("gate.title")]
    assert "Nobody else" not in said(at)
    assert not at.button


def test_a_browser_whose_time_is_over_is_shown_the_way_to_its_organisation(house, monkeypatch):
    asked = Organisation("https://login.example.org", "bothand", frozenset({"ada@example.org"}))
    monkeypatch.setattr(gate, "house", lambda: replace(house, settings=replace(house.settings, organisation=asked)))
    (link,) = AppTest.from_file(NAVIGATION, default_timeout=20).run().get("link_button")
    assert (link.proto.url, link.proto.label) == ("/sign-in/organisation", words.say("organisation.go"))


def test_a_browser_signed_out_meanwhile_can_press_a_button_and_nothing_happens(signed_in, opened, cookie):
    at = live(opened)
    signed_in.signin.sign_out(cookie["session"])
    press(at, "next")
    assert signed_in.sessions.workshop(opened.code).scene == opened.scene
    assert [title.value for title in at.title] == [words.say("gate.title")]


def test_a_browser_signed_out_meanwhile_creates_nothing(signed_in, cookie):
    at = filled(console("create"))
    signed_in.signin.sign_out(cookie["session"])
    press(at, "create")
    assert signed_in.sessions.workshops() == ()


# home


def test_home_begins_with_the_two_ways_to_begin(signed_in):
    at = console()
    assert {"rehearse", "new"} <= {button.key for button in at.button}
    assert words.say("tour.rehearse") in said(at)


def test_the_tour_is_dismissed_for_good_with_one_press(signed_in, opened):
    tips = words.locale().lines("console.tour.tips")
    at = press(live(opened), "next_tip")
    assert tips[1] in said(at)
    assert tips[0] not in said(at)
    assert words.say("tour.welcome") in said(console())
    press(console(), "quiet_dismiss_tour")
    assert words.say("tour.welcome") not in said(console())
    assert tips[0] not in said(live(opened))


def test_the_example_is_marked_as_one_and_hides_no_invitation(signed_in):
    lay_out(signed_in.sessions)
    at = console()
    assert words.say("home.kind_example") in said(at)
    assert at.button(key="rehearse").proto.type == "primary"
    press(at, "quiet_dismiss_tour")
    assert words.say("home.empty") in said(at)


def test_home_lists_what_is_running_what_is_prepared_and_what_is_over(signed_in, opened):
    draft = signed_in.sessions.create({"title": "For Thursday"}).result()
    over = signed_in.sessions.create({"title": "In spring", "checklist": True}).result()
    signed_in.sessions.act(over.code, "open_lobby").result()
    signed_in.sessions.act(over.code, "seal").result()
    at = console()
    assert [heading.value for heading in at.header] == [words.say("home.prepared"), words.say("home.earlier")]
    assert at.button(key=f"open_{opened.code}").label == words.say("home.resume")
    assert at.button(key=f"quiet_open_{draft.code}").label == f"{words.say('home.open')} *For Thursday*"
    press(at, f"quiet_archive_{over.code}")
    assert signed_in.sessions.workshop(over.code).archived


def test_forgetting_asks_once_and_says_what_will_be_gone(signed_in, ready):
    at = press(console(), f"quiet_forget_{ready.code}")
    assert words.say("forget_draft.ask") in said(at)
    press(at, f"quiet_no_forget_{ready.code}")
    assert words.say("forget_draft.ask") not in said(at)
    press(press(at, f"quiet_forget_{ready.code}"), f"yes_forget_{ready.code}")
    assert signed_in.sessions.workshops() == ()


def test_the_console_of_a_colleague_is_let_in_by_a_link_that_works_once(signed_in):
    at = press(console(), "quiet_console")
    link = at.code[0].value
    once = link.rpartition("/")[2]
    assert signed_in.signin.redeem(once)
    assert signed_in.signin.redeem(once) is None


def test_whatever_a_title_contains_is_shown_as_it_was_typed(signed_in):
    workshop = signed_in.sessions.create({"title": HOSTILE, "checklist": True}).result()
    home, room = console(), live(workshop)
    assert HOSTILE in texts(home)
    assert any(HOSTILE in text for text in texts(room))
    for at in (home, room):
        assert not any("elsewhere.example" in part.value for part in (*at.markdown, *at.caption))


def test_typed_text_in_a_label_has_nothing_left_that_markdown_reads():
    assert re.sub(r"\\(.)", r"\1", words.plain(HOSTILE)).replace("\u2060", "") == HOSTILE
    assert not re.search(r"(?<!\\)[*_`<>\[\]!#$:~|]", words.plain(HOSTILE))


# the room check


def test_the_room_check_advises_every_system_and_reminds_of_the_helpline(signed_in, ready):
    at = console("check")
    assert [tab.label for tab in at.tabs] == ["Windows", "macOS", "Linux", "Android", "iPhone", "A router"]
    assert words.say("room.no_helpline", title="How we lean") in said(at)
    assert "ufw allow 8501" in said(at)


def test_a_network_becomes_a_code_that_phones_read_and_nothing_keeps(signed_in):
    name, password = 'Room; "2"', "a:b\\c,d"
    at = console("check")
    before = len(at.get("image"))
    at.text_input(key="wifi_name").input(name).run()
    at.text_input(key="wifi_password").input(password).run()
    assert len(at.get("image")) == before + 1
    (read,) = zxingcpp.read_barcodes(room_check.qr(wifi.joining(name, password)).convert("RGB"))
    assert read.text == 'WIFI:T:WPA;S:Room\\; \\"2\\";P:a\\:b\\\\c\\,d;;'
    assert wifi.joining("Open", "") == "WIFI:T:nopass;S:Open;P:;;"
    kept = b"".join(path.read_bytes() for path in signed_in.settings.database.parent.rglob("*") if path.is_file())
    assert b"Room; " not in kept


# the installation


def test_the_installation_says_how_it_was_set_and_shows_no_key(signed_in):
    at = console("installation")
    assert {str(signed_in.settings.database), "8501", "BOTHAND_PORT"} <= set(texts(at))
    assert {"24 months after sealing", "BOTHAND_ARCHIVE_MONTHS"} <= set(texts(at))
    assert "They are deleted 24 months after sealing." in said(console())
    assert signed_in.signin.key not in said(at)
    assert "/api/backup" in leads_to(at)


def leads_to(at: AppTest) -> list[str]:
    """Where the page's links go that leave the console."""
    return [link.proto.url for link in at.get("link_button")]


def test_every_page_has_a_way_to_sign_out(signed_in, opened):
    for page in ("live", "installation", ""):  # the three kinds of bars
        assert "/sign-out" in leads_to(console(page, code=opened.code)), page


def test_whoever_is_signed_in_is_listed_and_can_be_ended_alone(signed_in, cookie):
    other, third = (signed_in.signin.redeem(signed_in.signin.one_time().rpartition("/")[2]) for _ in "12")
    _, second, _ = signed_in.signin.consoles(cookie["session"])
    at = console("installation")
    assert [line.partition(",")[0] for line in texts(at)].count("Another") == 2
    press(press(at, f"quiet_end_{second.id[:16]}"), f"yes_{second.id}")
    left = [signed_in.signin.valid(session) for session in (cookie["session"], other, third)]
    assert left[0]
    assert sorted(left[1:]) == [False, True]
    assert not any(session in str(at) for session in (cookie["session"], other, third))


def test_the_tour_can_be_had_once_more(signed_in):
    press(console(), "quiet_dismiss_tour")
    press(console("installation"), "tour_again")
    assert words.say("tour.welcome") in said(console())


def test_the_console_speaks_the_language_of_the_browser_or_of_the_installation(signed_in, monkeypatch):
    english = signed_in.library.locales["en"]
    console = english.tables["console"]
    french = replace(english, language="fr", tables={**english.tables, "console": {
        **console, "home": {**console["home"], "title": "Ateliers"}}})
    library = replace(signed_in.library, locales={**signed_in.library.locales, "en": english, "fr": french})
    monkeypatch.setattr(tongue, "house", lambda: replace(signed_in, library=library))
    monkeypatch.setattr(words, "house", lambda: replace(signed_in, library=library))
    monkeypatch.setattr(tongue.st, "context", SimpleNamespace(locale="fr-CA"))
    assert words.say("home.title") == "Ateliers"
    tongue.choose("en")
    assert words.say("home.title") == "Workshops"
    tongue.choose("")
    monkeypatch.setattr(tongue.st, "context", SimpleNamespace(locale="xx"))
    assert words.say("home.title") == "Workshops"


def test_a_console_in_german_begins_a_workshop_in_german_and_names_inventories_so(signed_in):
    tongue.choose("de")
    try:
        at = console("create")
        assert at.selectbox(key="draft_language").value == "de"
        assert "Absprachen" in said(at)
        assert at.selectbox(key="draft_inventory").options[0] == "Beide Seiten"
        assert at.session_state["draft_language"] == "de"
        assert "I feel" not in said(console("inventories"))
    finally:
        tongue.choose("")


@pytest.mark.sample(1)
@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_the_pages_of_a_room_are_drawn_in_every_language(signed_in, ready, language):
    signed_in.sessions.edit(ready.code, {"language": language}).result()
    signed_in.sessions.act(ready.code, "open_lobby").result()
    answered(signed_in, ready.code, 31)
    tongue.choose(language)
    try:
        for page in ("live", "results"):
            told = said(console(page, code=ready.code))
            assert words.say("top.open") in told
            assert signed_in.library.locales[language].text("door.broken") not in told
            assert signed_in.library.locales["en"].text("door.broken") not in told
    finally:
        tongue.choose("")


# the form


def filled(at: AppTest) -> AppTest:
    """The form as somebody in no hurry fills it in."""
    at.text_input(key="draft_title").input("How we lean").run()
    for place in range(7):
        at.checkbox(key=f"draft_tick_{place}").check()
    return at.run()


def test_a_form_without_a_title_says_so_beside_the_title_and_loses_nothing(signed_in):
    at = console("create")
    at.text_area(key="draft_helpline").input("Line 116 123").run()
    press(at, "create")
    assert words.say("create.title_needed") in texts(at)
    assert at.text_area(key="draft_helpline").value == "Line 116 123"
    assert signed_in.sessions.workshops() == ()
    at.text_input(key="draft_title").input("How we lean").run()
    assert texts(at).count(words.say("create.title_needed")) <= 1  # gone from beside the field


def test_every_line_of_the_checklist_has_to_be_ticked(signed_in):
    at = filled(console("create"))
    at.checkbox(key="draft_tick_6").uncheck().run()
    press(at, "create")
    assert words.say("create.checklist_needed") in texts(at)
    assert signed_in.sessions.workshops() == ()


def test_a_filled_form_makes_the_workshop_it_describes(signed_in):
    meeting = date.today() + timedelta(days=14)
    at = filled(console("create"))
    at.button_group(key="draft_context").set_value("partner").run()
    at.button_group(key="draft_form").set_value("deep").run()
    at.button_group(key="draft_agenda").set_value("90").run()
    at.date_input(key="draft_next_meeting").set_value(meeting).run()
    at.radio(key="draft_protection").set_value("blocks").run()
    at.text_area(key="draft_helpline").input("Line 116 123").run()
    press(at, "create")
    (made,) = signed_in.sessions.workshops()
    assert (made.title, made.context, made.form, made.agenda_id) == ("How we lean", "partner", "deep", "90")
    assert (made.next_meeting, made.level, made.k, made.helpline) == (meeting.isoformat(), "blocks", 8, "Line 116 123")
    assert made.checklist
    assert at.button(key="open_lobby").label == words.say("draft.open")


def test_a_class_has_to_say_whether_everybody_is_sixteen(signed_in):
    at = filled(console("create"))
    at.button_group(key="draft_context").set_value("class").run()
    press(at, "create")
    assert words.say("create.all_16_needed") in texts(at)
    at.button_group(key="draft_all_16").set_value(False).run()
    press(at, "create")
    (made,) = signed_in.sessions.workshops()
    assert (made.form, made.dark, made.all_16) == ("short", False, False)


def test_a_length_chosen_before_the_class_question_comes_back_with_it(signed_in):
    at = console("create")
    at.button_group(key="draft_form").set_value("deep").run()
    at.button_group(key="draft_context").set_value("class").run()
    at.button_group(key="draft_context").set_value("team").run()
    assert at.button_group(key="draft_form").value == "deep"


def test_what_phones_will_say_follows_the_protection(signed_in):
    at = console("create")
    assert "never fewer than 5 people" in said(at)
    at.radio(key="draft_protection").set_value("open").run()
    assert "may work out yours" in said(at)


def test_an_own_agenda_is_made_of_the_scenes_that_were_chosen(signed_in):
    at = filled(console("create"))
    at.button_group(key="draft_agenda").set_value("own").run()
    press(at, "quiet_own_remove_0")  # no agreements
    press(at, "quiet_own_down_1")  # idea before join
    at.number_input(key="own_minutes_3").set_value(12).run()
    press(at, "quiet_own_add")
    press(at, "create")
    (made,) = signed_in.sessions.workshops()
    usual = load_library().agendas["60"].scenes
    assert [scene.kind for scene in made.agenda[:3]] == ["idea", "join", "answering"]
    assert made.agenda[2].minutes == 12
    assert made.agenda[2].say == usual[3].say
    assert [scene.id for scene in made.agenda if scene.kind == "prompt"] == ["prompt", "prompt2"]


def test_every_button_of_a_run_sheet_says_to_a_screen_reader_which_scene_it_moves(signed_in):
    at = console("create")
    at.button_group(key="draft_agenda").set_value("own").run()
    labels = [button.label for button in at.button if button.key.startswith("quiet_own_") and "add" not in button.key]
    minutes = [field.label for field in at.number_input]
    assert len(labels) == len(set(labels)) == 3 * len(load_library().agendas["60"].scenes)
    assert len(minutes) == len(set(minutes))
    assert {r"Up *2\, Join*", r"Down *1\, Agreements*", r"Remove *13\, Close*"} <= set(labels)


def test_a_grouping_question_has_its_answers_one_a_line(signed_in):
    at = filled(console("create"))
    at.text_input(key="draft_group_question").input("How long here?").run()
    at.text_area(key="draft_group_options").input("under a year").run()
    press(at, "create")
    assert any("2 to 6 different options" in text for text in texts(at))
    assert signed_in.sessions.workshops() == ()
    at.text_area(key="draft_group_options").input("under a year\n\n more ").run()
    press(at, "create")
    (made,) = signed_in.sessions.workshops()
    assert made.grouping == {"question": "How long here?", "options": ["under a year", "more"]}
    again = console("create", code=made.code)
    assert again.text_area(key="draft_group_options").value == "under a year\nmore"


def test_a_draft_can_be_changed_until_its_room_opens(signed_in, ready):
    at = console("create", code=ready.code)
    assert at.text_input(key="draft_title").value == "How we lean"
    at.text_input(key="draft_title").input("How we stand").run()
    press(at, "create")
    assert signed_in.sessions.workshop(ready.code).title == "How we stand"
    signed_in.sessions.act(ready.code, "open_lobby").result()
    assert words.say("missing.title") in said(console("create", code=ready.code))


def test_a_duplicate_starts_from_the_other_and_asks_for_the_checklist_again(signed_in, ready):
    at = console("create", like=ready.code)
    assert at.text_input(key="draft_title").value == "How we lean"
    assert not at.checkbox(key="draft_tick_0").value


def test_an_inventory_that_lacks_what_was_chosen_takes_what_it_has(signed_in):
    at = filled(console("create"))
    at.button_group(key="draft_form").set_value("deep").run()
    at.button_group(key="draft_context").set_value("family").run()
    at.selectbox(key="draft_inventory").set_value("team_climate").run()
    assert not at.exception
    press(at, "create")
    (made,) = signed_in.sessions.workshops()
    assert (made.inventory, made.context, made.form) == ("team_climate", "team", "standard")


# inventories


def given(name: str, text: str):
    """A file as the browser hands it over."""
    return SimpleNamespace(name=name, getvalue=text.encode)


def test_an_inventory_is_shown_as_a_phone_asks_it(signed_in):
    at = console("inventories")
    first = at.text[1].value
    assert first in {item.text for item in load_library().inventories["balance"].questionnaire(
        "standard", "partner", True, "en").items}
    assert [at.button(key=f"answer_{point}").label for point in range(1, 6)] == [
        "Almost never", "Seldom", "Sometimes", "Often", "Almost always"]
    assert press(at, "answer_2").text[1].value != first
    assert press(at, "quiet_card_back").text[1].value == first
    at.button_group(key="inventory_language_balance").set_value("de").run()
    assert at.button(key="answer_3").label == "Manchmal"


def test_an_own_inventory_is_refused_by_its_lines_or_taken_in_and_chosen(signed_in, monkeypatch):
    text = load_library().inventories["balance"].source.replace('id = "balance"', 'id = "our-team"', 1)
    wrong = given("mine.toml", text.replace("\nkeyed = 1", "\nkeyed = 3", 1))
    for file, told in ((wrong, "mine.toml, line"), (given("mine.toml", text), "")):
        monkeypatch.setattr(own_inventories.st, "session_state", {})
        own_inventories.take_in(file)
        assert told in own_inventories.st.session_state.get(own_inventories.REFUSED, "")
    monkeypatch.undo()
    assert "our-team" in signed_in.library.inventories


def test_an_own_inventory_that_a_workshop_asks_cannot_be_deleted(signed_in):
    text = load_library().inventories["balance"].source.replace('id = "balance"', 'id = "our-team"', 1)
    signed_in.library.inventories.take_in("mine.toml", text.encode())
    workshop = signed_in.sessions.create({"title": "Ours", "inventory": "our-team"}).result()
    for gone in (False, True):
        at = console("inventories", id="our-team")
        press(press(at, "quiet_delete_inventory"), "yes_delete_inventory_our-team")
        assert ("our-team" not in signed_in.library.inventories) is gone
        signed_in.sessions.forget_workshop(workshop.code)


# live


def test_an_unknown_workshop_is_said_to_be_missing(signed_in):
    assert words.say("missing.title") in said(console("live", code="CCCCCC"))


def test_a_workshop_that_is_forgotten_while_its_summary_is_offered_is_said_to_be_missing(signed_in, opened,
                                                                                         monkeypatch):
    answered(signed_in, opened.code)
    made = takehome._whole

    def forgotten(sessions, code):
        if forgotten.asked == 2:
            sessions.forget_workshop(code).result(5)
        forgotten.asked += 1
        return made(sessions, code)

    forgotten.asked = 0
    monkeypatch.setattr(takehome, "_whole", forgotten)
    assert words.say("missing.title") in said(console("results", code=opened.code))
    assert forgotten.asked > 2


@pytest.mark.parametrize("page", ["live", "results"])
def test_a_workshop_that_is_forgotten_while_its_page_is_drawn_is_said_to_be_missing(signed_in, opened, monkeypatch,
                                                                                   page):
    def forgotten(self, code: str) -> None:
        if code == opened.code and self.store.workshop(code) is not None:
            self.forget_workshop(code).result(5)
        self.workshop(code)

    monkeypatch.setattr(Sessions, "snapshots", forgotten)
    monkeypatch.setattr(Sessions, "facts", forgotten)
    assert words.say("missing.title") in said(console(page, code=opened.code))


def test_a_room_does_not_open_before_its_checklist_is_ticked(signed_in):
    workshop = signed_in.sessions.create({"title": "How we lean"}).result()
    at = press(live(workshop), "open_lobby")
    assert signed_in.sessions.workshop(workshop.code).phase == "draft"
    assert any("checklist" in text for text in texts(at))
    for place in range(7):
        at.checkbox(key=f"open_{workshop.code}_tick_{place}").check()
    press(at.run(), "open_lobby")
    assert signed_in.sessions.workshop(workshop.code).phase == "lobby"


def test_next_and_back_walk_the_run_sheet(signed_in, opened):
    at = press(live(opened), "next")
    assert signed_in.sessions.workshop(opened.code).scene == opened.agenda[1].id
    press(at, "back")
    assert signed_in.sessions.workshop(opened.code).scene == opened.agenda[0].id
    press(at, "run_5")
    assert signed_in.sessions.workshop(opened.code).scene == opened.agenda[5].id


def test_two_consoles_that_press_next_move_one_scene_and_one_is_told(signed_in, opened):
    mine, theirs = live(opened), live(opened)
    press(theirs, "next")
    press(mine, "next")
    assert signed_in.sessions.workshop(opened.code).scene == opened.agenda[1].id
    assert any("already moved on" in text for text in texts(mine))
    assert not any("already moved on" in text for text in texts(theirs))


def test_two_consoles_that_press_next_walk_one_step_of_a_picture_in_two(signed_in):
    sessions = signed_in.sessions
    code = sessions.create({"title": "How we lean", "form": "deep", "checklist": True}).result().code
    sessions.act(code, "open_lobby").result()
    room = sessions.act(code, "goto", {"scene": "light"}).result()
    mine, theirs = live(room), live(room)
    press(theirs, "next")
    press(mine, "next")
    assert (sessions.workshop(code).scene, sessions.workshop(code).step) == ("light", 1)
    assert any("already moved on" in text for text in texts(mine))


def test_the_keys_of_a_presenter_do_what_the_buttons_do(signed_in, opened):
    at = live(opened)
    shortcuts = {button.key: button.proto.shortcut for button in at.button if button.proto.shortcut}
    assert shortcuts == {"next": "right", "back": "left", "quiet_blank": "b", "clicker_next": "pagedown",
                         "clicker_back": "pageup"}
    press(at, "clicker_next")
    assert signed_in.sessions.workshop(opened.code).scene == opened.agenda[1].id


def on_answering(at: AppTest, workshop: Workshop) -> AppTest:
    place = next(place for place, scene in enumerate(workshop.agenda) if scene.kind == "answering")
    return press(at, f"run_{place}")


def primary(at: AppTest) -> list[str]:
    return [button.key for button in at.button if button.proto.type == "primary"]


def test_there_is_one_primary_button_and_on_the_answering_scene_it_is_the_round(signed_in, opened):
    at = live(opened)
    assert primary(at) == ["next"]
    on_answering(at, opened)
    assert primary(at) == ["open_round"]
    press(at, "open_round")
    assert signed_in.sessions.workshop(opened.code).phase == "answering"
    assert primary(at) == ["close_round"]


def test_closing_has_a_grace_and_can_be_called_off(signed_in, opened):
    at = press(on_answering(live(opened), opened), "open_round")
    press(at, "close_round")
    now = signed_in.sessions.workshop(opened.code)
    assert 15 < now.closing_at - signed_in.sessions.clock() <= 20
    press(at, "call_off")
    assert signed_in.sessions.workshop(opened.code).closing_at is None


def test_a_grace_can_be_cut_short(signed_in, opened):
    at = press(on_answering(live(opened), opened), "open_round")
    press(press(at, "close_round"), "close_now")
    assert signed_in.sessions.workshop(opened.code).phase == "review"


def test_the_last_scene_leads_to_the_results_and_no_remote_control_does(signed_in, opened):
    last = opened.agenda[-1].id
    room = signed_in.sessions.act(opened.code, "goto", {"scene": last}).result()
    assert primary(live(room)) == ["next"]
    answered(signed_in, opened.code)
    at = live(room)
    assert primary(at) == ["to_results"]
    assert "right" not in {button.proto.shortcut for button in at.button}
    press(at, "clicker_next")
    assert signed_in.sessions.workshop(opened.code).scene == last
    assert "In words and numbers" in "".join(one.label for one in press(at, "to_results").expander)


def test_the_stage_has_an_address_for_another_computer(signed_in, opened):
    base = signed_in.sessions.addressing.base
    assert [code.value for code in live(opened).code] == [f"{base}/stage/{opened.code}?theme=bright"]


def test_leaving_an_open_round_asks_once(signed_in, opened):
    at = press(on_answering(live(opened), opened), "open_round")
    scene = signed_in.sessions.workshop(opened.code).scene
    press(at, "next")
    assert signed_in.sessions.workshop(opened.code).scene == scene
    assert words.say("leave_open.ask") in said(at)
    press(at, "yes_leave_open")
    assert signed_in.sessions.workshop(opened.code).scene == "reflection"
    assert signed_in.sessions.workshop(opened.code).phase == "answering"


def test_what_gets_in_the_way_is_shown_only_after_the_sentence_to_say_first(signed_in, opened):
    answered(signed_in, opened.code)
    signed_in.sessions.act(opened.code, "goto", {"scene": "dark"}).result()
    at = press(live(opened), "reveal_dark")
    assert words.say("reveal.ask") in said(at)
    assert not signed_in.sessions.workshop(opened.code).revealed
    press(at, f"yes_reveal_dark_{opened.code}")
    assert signed_in.sessions.workshop(opened.code).revealed


def test_blank_hold_and_more_time_belong_to_the_picture(signed_in, opened):
    at = press(press(press(live(opened), "quiet_blank"), "quiet_hold"), "quiet_more")
    now = signed_in.sessions.workshop(opened.code)
    assert (now.blank, now.held is not None, now.extended) == (True, True, 120)
    assert words.say("warning.blank") in said(at)
    press(press(at, "quiet_blank"), "quiet_hold")
    now = signed_in.sessions.workshop(opened.code)
    assert (now.blank, now.held) == (False, None)


def test_a_private_note_belongs_to_its_scene(signed_in, opened):
    at = live(opened)
    at.text_area[0].input("Quiet here.").run()
    assert signed_in.sessions.workshop(opened.code).notes == {opened.scene: "Quiet here."}
    assert not press(at, "next").text_area[0].value
    assert press(at, "back").text_area[0].value == "Quiet here."


def test_the_door_can_be_locked_and_let_a_few_in(signed_in, opened):
    at = press(live(opened), "quiet_lock")
    at.number_input(key="let_in_seats").set_value(3).run()
    press(at, "let_in")
    now = signed_in.sessions.workshop(opened.code)
    assert (now.locked, now.let_in) == (True, 3)
    press(at, "quiet_unlock")
    assert not signed_in.sessions.workshop(opened.code).locked


def test_few_phones_and_silent_places_are_told_and_the_silent_ones_can_be_dropped(signed_in, opened, monkeypatch):
    joined(signed_in, opened.code, 3)
    assert words.say("warning.few", k=5, n=3) not in said(live(opened))  # people are still coming in
    signed_in.sessions.act(opened.code, "goto", {"scene": "idea"}).result()
    assert words.say("warning.few", k=5, n=3) in said(live(opened))
    tags = signed_in.sessions.store.transact(lambda tx: [seat.tag for seat in tx.seats(opened)]).result()
    signed_in.sessions.moved._silent[opened.code] = frozenset(tags[:2])
    at = live(opened)
    assert words.say("warning.moved", n=2) in said(at)
    press(press(at, "quiet_drop"), f"yes_drop_{opened.code}")
    assert signed_in.sessions.counts(opened.code).joined == 1


def test_protection_goes_up_and_is_never_offered_down(signed_in):
    workshop = signed_in.sessions.create({"title": "A demo", "checklist": True, "protection": "blocks"}).result()
    signed_in.sessions.act(workshop.code, "open_lobby").result()
    at = live(workshop)
    assert not [button for button in at.button if button.key == "quiet_raise_open"]
    press(press(at, "quiet_raise_held"), "yes_raise_held")
    assert signed_in.sessions.workshop(workshop.code).level == "held"


def test_sealing_says_what_will_be_gone_and_leads_to_the_results(signed_in, opened):
    at = press(live(opened), "quiet_seal")
    assert "destroyed" in said(at)
    press(at, "yes_seal")
    assert signed_in.sessions.workshop(opened.code).phase == "sealed"
    assert words.say("results.nothing") in said(at)


def test_words_reach_the_stage_only_where_the_host_ticked_them(signed_in):
    workshop = signed_in.sessions.create({"title": "How we lean", "checklist": True, "words": True}).result()
    code = workshop.code
    signed_in.sessions.act(code, "open_lobby").result()
    answered(signed_in, code)
    signed_in.sessions.act(code, "goto", {"scene": "words"}).result()
    for place, token in enumerate(joined(signed_in, code, 12)):
        signed_in.sessions.say_word(code, 1, token, f"word {place}").result()
    at = press(press(live(workshop), "close_words"), f"yes_close_words_{code}")
    waiting = signed_in.sessions.pending_words(code)
    at.checkbox(key=f"word_{waiting[4].id}").check().run()
    press(at, "finish_words")
    assert signed_in.sessions.snapshot(code).words == (waiting[4].text,)


def test_directions_are_told_after_the_second_round_closed_by_the_host_and_stand_in_the_results(signed_in, opened):
    code = opened.code
    answered(signed_in, code)
    tokens = joined(signed_in, code, 12)
    signed_in.sessions.act(code, "open_round").result()
    items = signed_in.sessions.questionnaire(opened).ids
    for place, token in enumerate(tokens):
        answers = {id: 1 + (place + number) % 5 for number, id in enumerate(items)}
        signed_in.sessions.answer(code, 2, token, answers).result()
    signed_in.sessions.act(code, "close_round").result()
    for place, token in enumerate(tokens):
        ways = {"D": ("up", "same", "down")[place % 3], "I": "up"}
        signed_in.sessions.tell_direction(code, 2, token, ways).result()
    at = live(opened)  # this run-sheet has no scene for then and now, so the offer stands in the host's column
    press(press(at, "close_directions"), f"yes_close_directions_{code}")
    assert signed_in.sessions.snapshot(code).directions == {"D": {"up": 4, "same": 4, "down": 4}, "I": None}
    at = console("results", code=code)
    assert words.say("facets.directions") in [heading.value for heading in at.header]
    told_up = next(table.value for table in at.table if list(table.value.columns) == ["up", "same", "down"])
    assert told_up.iloc[0].tolist() == ["4", "4", "4"]


def test_a_rehearsal_is_marked_on_every_page(signed_in):
    workshop = signed_in.sessions.create({"title": "Rehearsal", "rehearsal": True}).result()
    for page in ("live", "results"):
        assert words.say("top.rehearsal") in texts(console(page, code=workshop.code))
    assert words.say("home.simulated") in said(console())


def test_one_click_starts_a_rehearsal_and_lands_in_its_room(signed_in, monkeypatch):
    started = []
    monkeypatch.setattr(rehearsing.subprocess, "Popen", lambda command, **options: started.append((command, options)))
    at = press(console(), "rehearse")
    (made,) = signed_in.sessions.workshops()
    command, options = started[0]
    assert (made.rehearsal, made.phase, made.language) == (True, "lobby", "en")
    assert made.code in command
    assert signed_in.signin.key not in " ".join(command)
    assert options["env"]["BOTHAND_FACILITATOR_KEY"] == signed_in.signin.key
    assert words.say("top.rehearsal") in texts(at)


def test_a_german_console_rehearses_in_german_and_a_day_with_a_dot_stays_a_day(signed_in, monkeypatch):
    monkeypatch.setattr(rehearsing.subprocess, "Popen", lambda command, **options: None)
    tongue.choose("de")
    press(console(), "rehearse")
    (made,) = signed_in.sessions.workshops()
    assert made.language == "de"
    assert made.here.title == "Mitmachen"
    signed_in.sessions.act(made.code, "seal").result()
    assert any(words.plain(day_of(made.created)) in text.value for text in console().markdown)


def test_the_run_sheet_can_be_changed_while_the_room_is_open(signed_in, opened):
    at = press(live(opened), "quiet_change_agenda")
    name = f"live_{opened.code}"
    assert not [button for button in at.button if button.key == f"quiet_{name}_remove_0"]  # the scene that is on
    press(press(at, f"quiet_{name}_remove_2"), f"quiet_{name}_add")
    at.number_input(key=f"{name}_minutes_1").set_value(9).run()
    at.selectbox(key=f"{name}_facet_13").set_value("D7").run()
    press(at, "take_agenda")
    now = signed_in.sessions.workshop(opened.code)
    assert [scene.id for scene in now.agenda[:3]] == ["agreements", "join", "answering"]
    assert (now.agenda[1].minutes, now.agenda[-1].kind, now.agenda[-1].facet) == (9, "prompt", "D7")
    assert not [button for button in at.button if button.key == "take_agenda"]


def test_the_run_sheet_comes_on_one_sheet_with_times_and_words(signed_in, opened):
    signed_in.sessions.note(opened.code, opened.agenda[1].id, "The door squeaks.").result()
    told = "\n".join(texts(sheet := console("sheet", code=opened.code)))
    assert all(scene.say in told for scene in opened.agenda if scene.kind != "words")
    assert words.say("saying.spoken") in told
    assert "The door squeaks." in told
    assert {":gray[0–5]", ":gray[5–8]", ":gray[58–60]"} <= {text.value for text in sheet.markdown}


def test_a_run_sheet_that_another_console_changed_meanwhile_is_not_overwritten(signed_in, opened):
    mine, theirs = live(opened), live(opened)
    for at, place in ((mine, 2), (theirs, 3)):
        press(press(at, "quiet_change_agenda"), f"quiet_live_{opened.code}_remove_{place}")
    press(theirs, "take_agenda")
    press(mine, "take_agenda")
    now = signed_in.sessions.workshop(opened.code)
    assert [scene.kind for scene in now.agenda[:4]] == ["agreements", "join", "idea", "reflection"]
    assert any("changed meanwhile" in text for text in texts(mine))


def test_a_question_about_any_facet_can_go_on_the_stage(signed_in, opened):
    signed_in.sessions.act(opened.code, "goto", {"scene": "prompt"}).result()
    at = live(opened)
    at.selectbox(key=f"about_{opened.agenda[7].facet}").set_value("I7").run()
    press(at, "quiet_on_stage")
    assert signed_in.sessions.workshop(opened.code).here.facet == "I7"
    asked = signed_in.sessions.questionnaire(opened).facets["I7"].prompts[0]
    assert asked in payload(signed_in.sessions, opened.code)["text"]


# results


def test_results_show_the_big_picture_first_and_every_table_in_words(signed_in, opened):
    answered(signed_in, opened.code)
    at = console("results", code=opened.code)
    assert at.get("plotly_chart")[0].proto.alt.startswith("Leaning on others")
    assert at.header[0].value == "How do we lean, and how do we stand?"
    assert at.table
    assert [button.proto.label for button in at.get("download_button")] == [
        words.say(f"home_take.{kind}") for kind in ("pdf", "html", "xlsx", "zip", "csv", "csv_wide", "parquet", "json",
                                                    "svg", "png")]


def test_results_set_the_groups_under_the_whole_room(signed_in):
    asked = {"question": "Which **shift**?", "options": ["day", "night"]}
    code = signed_in.sessions.create({"title": "By shift", "checklist": True, "grouping": asked}).result().code
    signed_in.sessions.act(code, "open_lobby").result()
    tokens = joined(signed_in, code, 30)
    signed_in.sessions.act(code, "open_round").result()
    items = signed_in.sessions.questionnaire(signed_in.sessions.workshop(code)).ids
    for place, token in enumerate(tokens):
        answers = {id: 1 + (place // 2 + number) % 5 for number, id in enumerate(items)}
        signed_in.sessions.answer(code, 1, token, answers, asked["options"][place % 2]).result()
    signed_in.sessions.act(code, "close_round").result()
    at = console("results", code=code)
    assert "day: 15 · night: 15" in texts(at)
    first = next(table.value for table in at.table if words.say("facets.group") in table.value.columns)
    assert list(first[words.say("facets.group")]) == [words.say("facets.everybody"), "day", "night"]
    whole, *groups = first.drop(columns=words.say("facets.group")).astype(int).to_numpy().tolist()
    assert [sum(parts) for parts in zip(*groups, strict=True)] == whole


def test_results_say_why_there_are_no_groups(signed_in):
    asked = {"question": "Which shift?", "options": ["day", "night"]}
    code = signed_in.sessions.create({"title": "By shift", "checklist": True, "grouping": asked}).result().code
    signed_in.sessions.act(code, "open_lobby").result()
    answered(signed_in, code)
    assert words.say("facets.no_groups") in texts(console("results", code=code))


def test_results_set_the_bars_around_sometimes_where_that_is_wanted(signed_in, opened):
    answered(signed_in, opened.code)
    at = console("results", code=opened.code)
    assert not any(words.say("results.around_note") in caption.value for caption in at.caption)
    at.toggle(key="around").set_value(True).run()
    assert not at.exception
    assert any(words.say("results.around_note") in caption.value for caption in at.caption)


def test_results_begin_with_a_link_to_each_heading(signed_in, opened):
    answered(signed_in, opened.code)
    at = console("results", code=opened.code)
    (links,) = [text.value for text in at.markdown if words.say("results.contents") in text.value]
    headings = {heading.value: heading.proto.anchor for heading in at.header}
    assert len(headings) > 3
    assert all(f"({'#' + name})" in links for name in headings.values())
    assert len(set(headings.values())) == len(headings)


def test_bars_stand_around_sometimes_on_the_stage_where_the_host_sets_them_so(signed_in, opened):
    answered(signed_in, opened.code)
    at = live(opened)
    assert not [button for button in at.button if button.key == "quiet_around"]
    signed_in.sessions.act(opened.code, "goto", {"scene": "light"}).result()
    at = press(live(opened), "quiet_around")
    assert signed_in.sessions.workshop(opened.code).around
    assert at.button(key="quiet_around").label == words.say("stage.plain")
    assert console("results", code=opened.code).toggle(key="around").value
    press(at, "quiet_around")
    assert not signed_in.sessions.workshop(opened.code).around


def test_results_hold_nothing_before_a_round_is_closed(signed_in, opened):
    at = console("results", code=opened.code)
    assert words.say("results.nothing") in said(at)
    assert words.say("home_take.later") in said(at)
    assert not at.get("download_button")


def held_before(house: House, title: str, people: int = 14, **fields) -> Workshop:
    """A workshop whose round is closed."""
    workshop = house.sessions.create({"title": title, "checklist": True, **fields}).result()
    house.sessions.act(workshop.code, "open_lobby").result()
    answered(house, workshop.code, people)
    return workshop


def test_workshops_of_the_same_kind_stand_side_by_side_and_only_with_twelve_people(signed_in, opened):
    answered(signed_in, opened.code)
    assert words.say("series.none", n=12) in said(console("series", code=opened.code))
    held_before(signed_in, "Too few", 11)
    held_before(signed_in, "Another kind", context="family")
    spring = held_before(signed_in, "In spring", 13)
    at = console("series", code=opened.code)
    assert at.multiselect(key="series").options == [f"{day_of(spring.created)} · In spring"]
    assert words.say("series.note") in said(at)
    assert any("13 people" in text and "14 people" in text for text in texts(at))
    rows = at.table[0].value
    assert set(rows["Round"]) - {""} == {words.plain(f"{day_of(spring.created)} ({n})") for n in (1, 2)}
    assert words.say("series.link") in [link.label for link in console("results", code=opened.code).get("page_link")]


def test_a_rehearsal_is_never_part_of_a_series(signed_in, opened):
    answered(signed_in, opened.code)
    workshop = signed_in.sessions.create({"title": "Rehearsal", "rehearsal": True}).result()
    signed_in.sessions.act(workshop.code, "open_lobby").result()
    answered(signed_in, workshop.code)
    assert beside(opened) == ()


@pytest.mark.parametrize(("people", "told"), [(29, False), (30, True)])
def test_a_difference_is_told_only_where_both_rounds_hold_thirty(signed_in, opened, people, told):
    answered(signed_in, opened.code, people)
    items = signed_in.sessions.questionnaire(opened).ids
    signed_in.sessions.act(opened.code, "open_round").result()
    tokens = joined(signed_in, opened.code, people)
    for place, token in enumerate(tokens):
        answers = {id: 1 + (place // 2 + number) % 5 for number, id in enumerate(items)}
        signed_in.sessions.answer(opened.code, 2, token, answers).result()
    signed_in.sessions.act(opened.code, "close_round").result()
    now, then = (signed_in.sessions.snapshot(opened.code, round) for round in (2, 1))
    subject = Subject(now, TEAM, load_library().locales["en"], before=then)
    found = list(differences.differences(subject))
    assert bool(found) is told
    if told:
        assert found[0][1:3] == ("12 of 30", "12 of 30")
        assert found[0][3] == "+0"


def test_a_summary_of_another_installation_comes_into_the_archive(signed_in, opened):
    answered(signed_in, opened.code)
    body = exported(signed_in.sessions, opened.code, "json").body
    file = SimpleNamespace(name="summary.json", getvalue=lambda: body)
    bringing.take_in(file)
    assert len(signed_in.sessions.workshops()) == 1  # this very workshop is here already
    signed_in.sessions.forget_workshop(opened.code).result()
    bringing.take_in(file)
    (kept,) = signed_in.sessions.workshops()
    assert (kept.title, kept.phase, kept.imported) == ("How we lean", "sealed", True)


def test_a_download_after_signing_out_is_refused(signed_in, opened, cookie):
    answered(signed_in, opened.code)
    make = take_home.making(opened.code, "csv", Choice())
    assert make()
    signed_in.signin.sign_out(cookie["session"])
    with pytest.raises(SignInNeeded):
        make()


def asked_of(monkeypatch, name: str) -> list:
    """What the page asks of the one that makes files."""
    made, asked = getattr(take_home, name), []

    def spy(sessions, code, *given):
        asked.append(given)
        return made(sessions, code, *given)
    monkeypatch.setattr(take_home, name, spy)
    return asked


def test_what_is_ticked_goes_into_preview_and_files_and_nothing_else_is_offered(signed_in, opened, monkeypatch):
    answered(signed_in, opened.code)
    code, scene = opened.code, opened.agenda[2].id
    signed_in.sessions.note(code, scene, "They laughed.").result()
    seen = asked_of(monkeypatch, "previewed")
    at = console("results", code=code)
    assert [box.key for box in at.checkbox if box.key.startswith("with_")] == ["with_prompts", f"with_note_{scene}"]
    assert seen[-1] == (Choice(pictures=frozenset({"sides", "plane", "shapes"})), "a4")
    signed_in.sessions.act(code, "reveal_dark").result()
    at = console("results", code=code)
    assert at.checkbox(key="with_dark").value
    for key in ("with_dark", "with_prompts", f"with_note_{scene}"):
        at.checkbox(key=key).set_value(key != "with_dark").run()
    at.button_group(key="pictures_in").set_value(["plane"]).run()
    at.button_group(key="paper").set_value("letter").run()
    assert not at.exception
    assert seen[-1] == (Choice(pictures=frozenset({"plane"}), notes=frozenset({scene}), prompts=True, dark=False),
                        "letter")


def test_every_download_has_the_name_and_the_bytes_that_the_interface_gives(signed_in, opened):
    answered(signed_in, opened.code)
    at = console("results", code=opened.code)
    names = [button.proto.label for button in at.get("download_button")]
    assert names == [words.say(f"home_take.{one}") for one in (
        "pdf", "html", "xlsx", "zip", "csv", "csv_wide", "parquet", "json", "svg", "png")]
    assert f"bothand-{opened.created}-how-we-lean-{opened.code}.pdf" in said(at)
    make = take_home.making(opened.code, "pdf", Choice(prompts=True), "letter")
    assert make() == exported(signed_in.sessions, opened.code, "pdf", Choice(prompts=True), "letter").body


def item(id: str, shape: str) -> ItemTable:
    return ItemTable(id, TEAM.item(id).facet, TEAM.item(id).pole, 20, shape=shape)


def test_a_facet_is_often_there_when_its_reversed_statement_is_seldom_said():
    # I5A is "I say yes to a teammate when I mean no": reversed, about boundaries
    found = names_by_shape([item("I5A", "shared_low"), item("D1A", "shared_low")], TEAM)
    assert found == {"shared_high": ["Boundaries"], "shared_low": ["Generosity"]}


def test_the_pace_of_a_meeting_is_what_was_planned_so_far_and_what_is_gone_of_this_scene(signed_in, opened):
    moved = signed_in.sessions.act(opened.code, "goto", {"scene": "light"}).result()
    at = pace(moved, moved.scene_started + 190)  # 3:10 into a scene of 8 minutes, 22 minutes planned before it
    assert (at.minutes, at.gone, at.over, at.seconds, at.planned) == (60, 25, 0, 190, 480)
    assert pace(moved, moved.scene_started + 605).over == 2
    assert (clock(190), clock(3790)) == ("3:10", "1:03:10")


def test_a_verb_that_does_not_come_back_is_a_plain_sentence(signed_in, opened, monkeypatch):
    at = live(opened)
    monkeypatch.setattr(desk, "PATIENCE", 0.01)
    monkeypatch.setattr(signed_in.sessions, "act", lambda *_, **__: Future())
    assert words.say("notice.slow") in texts(press(at, "next"))
