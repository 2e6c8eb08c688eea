"""My page on the phone: computed there, in words, hidden in one tap, and the same as the server would compute."""

import random
import re

import pytest
from hosting import STANDARD
from playwright.sync_api import expect
from thumbs import answer_at_once, begin, join, kept, send, tap, view

from workshop import scoring
from workshop.inventory import load_library

INVENTORY = load_library().inventories["balance"]
PROFILE = """([answers]) => answers.map(one => {
  const own = profile(page.items, one, page.anchors.length, page.form);
  return {D: own.D, I: own.I, facets: own.facets.map(facet => [facet.id, facet.p]), edges: own.edges, next: own.next,
          region: own.region, near: own.near};
})"""


ITEMS = INVENTORY.questionnaire("standard", "team", True, "en").ids
LIGHT = [facet for facet in INVENTORY.questionnaire("standard", "team", True, "en").asked if facet.pole in ("DL", "IL")]
MIXED = {id: (1, 3, 4, 5)[n % 4] for n, id in enumerate(ITEMS)}


@pytest.fixture
def sent(host, visit):
    """A phone whose answers are with the room: all statements of the standard form, low and high."""
    page = visit(host.create(**STANDARD).act("open_lobby"))
    join(page)
    host.join(9).act("open_round")
    answer_at_once(page, MIXED)
    send(page)
    return host, page


@pytest.fixture
def own_page(sent):
    """My page after the round is closed."""
    host, page = sent
    host.answer().act("close_round")
    view(page, "counted")
    tap(page, "My page")
    view(page, "mine")
    return host, page


def close(one, other):
    return one is other is None or (None not in (one, other) and abs(one - other) < 1e-9)


@pytest.mark.sample(2)
@pytest.mark.parametrize(("form", "dark"), [(form, dark) for form in INVENTORY.forms for dark in (True, False)])
def test_the_phone_computes_what_the_server_would(host, visit, form, dark):
    page = visit(host.create(form=form, dark=dark).act("open_lobby"))
    with page.expect_response("**/assets/phone/mine*"):
        page.evaluate("prefetch()")
    page.evaluate("new Promise(done => setTimeout(function look() { texts ? done() : setTimeout(look, 10); }))")
    one = INVENTORY.questionnaire(form, "team", dark, "en")
    dice = random.Random(form + str(dark))
    points = [(None, 1, 2, 3, 4, 5), (4, 5), (None, None, None, 3), (3, 4), (2, 3, 4, 4)]
    many = [{id: dice.choice(points[n % 5]) for id in one.ids} for n in range(300)]
    for answers, own in zip(many, page.evaluate(PROFILE, [many]), strict=True):
        server = scoring.profile(one, answers)
        assert close(own["D"], server.poles["DL"])
        assert close(own["I"], server.poles["IL"])
        assert all(close(p, server.facets[id]) for id, p in own["facets"])
        assert own["edges"] == list(server.edges)
        assert own["next"] is server.next_edge
        if dark and form != "short":
            assert own["region"] == server.region
            assert own["near"] == list(server.near)


def test_my_page_is_there_before_the_round_closes_but_sends_no_edge(sent):
    _, page = sent
    tap(page, "My page")
    view(page, "mine")
    expect(page.locator("main.live")).to_contain_text("When the host closes the round you can tap the one")
    expect(page.locator("main.live")).to_contain_text("Where you stand, roughly")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("main.live .gap .box").first.tap()
    page.wait_for_timeout(50)
    assert asked == []


def test_only_the_tapped_edge_is_sent_and_its_practice_shown(own_page):
    host, page = own_page
    box = page.locator("main.live .gap .box").first
    with page.expect_request("**/edge") as request:
        box.tap()
    assert set(request.value.post_data_json) == {"facet"}
    expect(box).to_have_attribute("aria-pressed", "true")
    expect(page.locator("main.live")).to_contain_text("One week, one small step:")
    expect(page.locator("main.live")).to_contain_text("Received: the room counts it")
    with page.expect_request("**/edge"):
        page.locator("main.live .gap .box").nth(1).tap()
    tap(page, "Another one")
    expect(page.locator("main.live .gap .box[aria-pressed]")).to_have_count(len(LIGHT))
    host.act("close_edges")
    expect(page.locator("main.live")).to_contain_text("These may be worth a look. Which one rings true?")


@pytest.mark.long
@pytest.mark.parametrize("answers", [MIXED, dict.fromkeys(ITEMS)])
def test_every_side_can_be_tapped_so_that_a_tap_proves_nothing_of_an_answer(host, visit, answers):
    page = visit(host.create(**STANDARD).act("open_lobby"))
    join(page)
    host.join(9).act("open_round")
    answer_at_once(page, answers)
    send(page)
    host.answer().act("close_round")
    view(page, "counted")
    tap(page, "My page")
    view(page, "mine")
    boxes = page.locator("main.live .gap .box[aria-pressed]")
    if any(answers.values()):
        expect(boxes).to_have_count(3)
        tap(page, "Another one")
    expect(boxes).to_have_count(len(LIGHT))
    assert sorted(boxes.all_inner_texts()) == sorted(facet.name for facet in LIGHT)
    with page.expect_request("**/edge") as request:
        boxes.last.tap()
    assert request.value.post_data_json["facet"] in {facet.id for facet in LIGHT}
    expect(boxes.last).to_have_attribute("aria-pressed", "true")


@pytest.mark.long
def test_an_edge_tapped_without_a_network_goes_out_later(own_page):
    _, page = own_page
    page.route("**/edge", lambda route: route.abort())
    page.locator("main.live .gap .box").first.tap()
    page.wait_for_timeout(300)
    page.unroute("**/edge")
    expect(page.locator("main.live")).to_contain_text("Received: the room counts it", timeout=10_000)


@pytest.mark.long
def test_the_safety_note_and_the_helpline_are_shown_whatever_was_answered(own_page):
    _, page = own_page
    note = page.locator("main.live .note")
    expect(note).to_contain_text("the issue is safety, not skills")
    expect(note).to_contain_text("030 1234567")


def test_one_tap_hides_and_the_second_at_the_same_place_erases(own_page):
    _, page = own_page
    hide = page.get_by_role("button", name="Hide")
    where = hide.bounding_box()
    hide.tap()
    view(page, "hidden")
    assert not re.search("light|edge|page|lean", page.locator("main.live").inner_text(), re.IGNORECASE)
    erase = page.get_by_role("button", name="Erase").bounding_box()
    assert abs(erase["x"] + erase["width"] - where["x"] - where["width"]) < 1
    assert abs(erase["y"] - where["y"]) < 1
    tap(page, "Show again")
    view(page, "mine")
    page.keyboard.press("Escape")
    view(page, "hidden")
    page.keyboard.press("Escape")
    view(page, "counted")
    assert kept(page)["session"] == {}
    assert page.get_by_role("button", name="My page").count() == 0


@pytest.mark.long
def test_hide_never_scrolls_away(own_page):
    _, page = own_page
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(page.get_by_role("button", name="Hide")).to_be_in_viewport()


@pytest.mark.long
def test_my_page_survives_a_reload_in_this_tab_and_no_longer(own_page):
    _, page = own_page
    page.reload()
    tap(page, "My page")
    view(page, "mine")
    other = page.context.new_page()
    other.goto(page.url)
    view(other, "counted")
    assert other.get_by_role("button", name="My page").count() == 0


@pytest.mark.long
def test_a_page_kept_on_purpose_tells_the_change_and_only_its_direction_is_sent(own_page):
    host, page = own_page
    assert not [name for name in kept(page)["local"] if name.endswith("kept")]
    tap(page, "Keep on this phone for the next round")
    assert [name for name in kept(page)["local"] if name.endswith("kept")]
    host.act("open_round")
    answer_at_once(page, dict.fromkeys(ITEMS, 5))
    send(page)
    host.answer().act("close_round")
    tap(page, "My page")
    expect(page.locator("main.live")).to_contain_text("Since the round before")
    choices = page.locator("main.live select")
    expect(choices).to_have_count(2)
    own = [choice.input_value() for choice in choices.all()]
    with page.expect_request("**/direction") as request:
        tap(page, "Tell the room the direction")
    assert list(request.value.post_data_json.values()) == own
    assert set(own) <= {"up", "same", "down"}
    expect(page.locator("main.live")).to_contain_text("Received: the room counts the direction")
    other = "down" if own[0] != "down" else "up"
    choices.first.select_option(other)
    with page.expect_request("**/direction") as request:
        tap(page, "Tell the room the direction")
    assert request.value.post_data_json == {"D": other, "I": own[1]}


@pytest.mark.long
def test_the_rooms_middle_half_appears_once_the_room_has_seen_it(own_page):
    host, page = own_page
    poles = [{"id": "DL", "middle": [40, 60]}, {"id": "IL", "middle": [50, 75]}]
    page.route("**/shown", lambda route: route.fulfill(json={"poles": poles}))
    host.act("next")
    expect(page.locator("main.live")).to_contain_text("The dashed box is the room’s middle half.")
    assert page.locator("main.live svg rect").get_attribute("x") == "120"


@pytest.mark.long
def test_a_word_for_the_wall_can_be_sent_and_replaced(host, visit):
    host.create(words=True, agenda=[{"id": "wall", "kind": "words", "minutes": 5}]).act("open_lobby")
    page = visit(host)
    join(page)
    host.join(9).act("open_round").answer()
    begin(page)
    tap(page, "Stop here")
    send(page)
    host.act("close_round")
    field = page.get_by_label("Your word")
    for word in ("hope", "trust"):
        field.fill(word)
        with page.expect_request("**/word") as request:
            tap(page, "Send the word")
        assert request.value.post_data_json == {"text": word}
        expect(page.locator("main.live")).to_contain_text("another word takes its place")


@pytest.mark.long
def test_where_my_pages_words_cannot_be_had_sending_still_works(phone_lobby, visit):
    page = visit(phone_lobby, clock=True)
    page.route("**/assets/phone/**", lambda route: route.abort())
    join(page)
    phone_lobby.join(9).act("open_round")
    begin(page)
    tap(page, "Stop here")
    page.clock.run_for(300)
    send(page)
    tap(page, "My page")
    view(page, "wait")
    page.unroute("**/assets/phone/**")
    page.clock.run_for(6000)
    view(page, "mine")


@pytest.mark.long
def test_what_the_room_takes_home_is_there_once_it_was_shown_and_prints(own_page, tmp_path):
    host, page = own_page
    edges = [{"facet": "others", "n": 3}, {"facet": "D4", "n": 2}, {"facet": "I5", "n": 5}]
    page.route("**/shown", lambda route: route.fulfill(json={"poles": [], "edges": edges}))
    live = page.locator("main.live")
    expect(live).not_to_contain_text("What we take home")
    host.act("next")
    expect(live).to_contain_text("What we take home")
    told = live.inner_text().partition("What we take home")[2]
    places = [told.index(words) for words in ("5 · Boundaries.", "3 · Others.", "2 · Asking for help.")]
    assert places == sorted(places)
    page.emulate_media(media="print")
    assert live.get_by_text("5 · Boundaries.").is_visible()
    assert not live.get_by_role("button", name="Print").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.pdf().startswith(b"%PDF")
