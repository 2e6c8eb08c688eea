"""The participant's page in a real browser: what a thumb does, what a bad network does, what a reload does."""

import json
import re

import pytest
from playwright.sync_api import expect
from thumbs import answer, answer_by_thumb, begin, drafts, join, kept, ready, send, tap, view

from workshop.phone.shortened import SHORT

CARD = 6


# ---- answering


def test_a_phone_joins_answers_and_sends_with_its_thumb_alone(answering):
    host, page = answering
    expect(page.get_by_role("progressbar", name="Statement 1 of 6")).to_be_attached()
    answer_by_thumb(page, "Often", CARD)
    view(page, "review")
    assert page.locator("main.live li").count() == CARD
    send(page)
    host.until_finished(1)


@pytest.mark.sample(1)
@pytest.mark.parametrize("name", ["Often", "Skip"])
@pytest.mark.parametrize("pause", [0, 120, 330])
def test_a_double_tap_moves_by_one_statement(answering, name, pause):
    """Also where the second tap comes when the next card already stands there."""
    _, page = answering
    page.evaluate("""([name, pause]) => {
      const buttons = () => [...document.querySelectorAll('main.live button')];
      const tap = () => buttons().find(one => one.textContent === name).click();
      tap();
      setTimeout(tap, pause);
    }""", [name, pause])
    expect(page.get_by_role("progressbar", name="Statement 2 of 6")).to_be_attached()
    page.wait_for_timeout(700 - pause)
    expect(page.get_by_role("progressbar", name="Statement 2 of 6")).to_be_attached()
    assert page.evaluate("Object.keys(draft.a).length") == 1


@pytest.mark.long
def test_a_double_tap_on_the_last_statement_does_not_send(answering):
    _, page = answering
    answer(page, "Often", CARD - 1)
    page.evaluate("document.querySelector('main.live .box').click();"
                  "setTimeout(() => document.querySelector('main.live .go').click(), 330)")
    view(page, "review")
    page.wait_for_timeout(300)
    view(page, "review")


@pytest.mark.long
def test_a_statement_costs_a_practised_hand_no_more_than_two_fifths_of_a_second_beside_reading(phone_lobby, visit):
    """Of the four seconds that a statement may take: by the page's own clock, which the test moves."""
    page = visit(phone_lobby, clock=True)
    join(page)
    phone_lobby.join(9).act("open_round")
    begin(page)
    for n in range(2, CARD + 1):
        page.locator("main.live .box").nth(n % 5).tap()
        page.clock.run_for(400)
        expect(page.get_by_role("progressbar", name=f"Statement {n} of 6")).to_be_attached()
        assert page.evaluate("lit") is False


def test_a_tap_is_lit_before_the_next_card_comes(answering):
    _, page = answering
    tap(page, "Seldom")
    expect(page.locator("main.live .box[aria-pressed=true]")).to_have_text("Seldom", timeout=240)


@pytest.mark.long
def test_back_shows_the_answer_lit_and_skip_takes_it_away(answering):
    _, page = answering
    answer(page, "Often")
    tap(page, "Back")
    expect(page.get_by_role("button", name="Often")).to_have_attribute("aria-pressed", "true")
    ready(page)
    tap(page, "Skip")
    expect(page.get_by_role("progressbar", name="Statement 2 of 6")).to_be_attached()
    assert page.evaluate("Object.values(draft.a)") == [None]


@pytest.mark.long
def test_number_keys_answer_and_the_statement_has_the_focus(answering):
    _, page = answering
    first = page.locator("#q").inner_text()
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("4")
    expect(page.locator("#q")).not_to_have_text(first)
    expect(page.locator("#q")).to_be_focused()
    assert page.evaluate("Object.values(draft.a)") == [4]


@pytest.mark.long
def test_stopping_here_sends_the_rest_as_skipped(answering):
    _, page = answering
    answer(page, "Sometimes", 3)
    tap(page, "Stop here")
    view(page, "review")
    expect(page.locator("main.live")).to_contain_text("no one sees that you stopped")
    with page.expect_request("**/answers") as request:
        send(page)
    sent = request.value.post_data_json["answers"]
    assert len(sent) == CARD
    assert sorted(sent.values(), key=str) == [3, 3, 3] + [None] * (CARD - 3)


@pytest.mark.long
def test_a_line_of_the_review_can_be_changed(answering):
    _, page = answering
    answer(page, "Seldom", CARD)
    page.locator("main.live .row").nth(5).tap()
    view(page, "card")
    tap(page, "Almost always")
    view(page, "review")
    assert page.locator("main.live .row b").all_inner_texts().count("Almost always") == 1


@pytest.mark.long
def test_the_grouping_question_comes_last_and_may_be_left(host, visit):
    host.create(grouping={"question": "Where do you work?", "options": ["Here", "At home"]}).act("open_lobby")
    page = visit(host)
    join(page)
    host.join(9).act("open_round")
    begin(page)
    answer(page, "Often", CARD)
    expect(page.locator("#q")).to_have_text("Where do you work?")
    tap(page, "Rather not say")
    view(page, "review")
    ready(page)
    page.locator("main.live .row").last.tap()
    tap(page, "At home")
    view(page, "review")
    with page.expect_request("**/answers") as request:
        send(page)
    assert request.value.post_data_json["group"] == "At home"
    assert len(request.value.post_data_json["answers"]) == CARD


@pytest.mark.sample(2)
@pytest.mark.parametrize(("form", "dark"), [("short", True), ("standard", True), ("deep", True), ("deep", False)])
def test_the_order_starts_and_ends_light_and_differs_from_phone_to_phone(host, visit, form, dark):
    page = visit(host.create(form=form, dark=dark).act("open_lobby"))
    orders = page.evaluate("[...Array(40).keys()].map(n => shuffled(page.items, n).map(item => [item.id, item.pole]))")
    for order in orders:
        poles = [pole for _, pole in order]
        assert sorted(id for id, _ in order) == sorted(page.evaluate("page.items.map(item => item.id)"))
        assert {poles[0], poles[1], poles[-1]} <= {"DL", "IL"}
        if dark:
            peace = sum(pole[0] == "R" for pole in poles)
            assert {pole[0] for pole in poles[-1 - peace:-1]} == {"R"}
    assert len({json.dumps(order) for order in orders}) > 35


# ---- nothing is lost, nothing stays


@pytest.mark.long
def test_answers_and_their_order_survive_a_reload(answering):
    _, page = answering
    answer(page, "Often", 4)
    fifth = page.locator("#q").inner_text()
    page.reload()
    view(page, "card")
    expect(page.locator("#q")).to_have_text(fifth)
    assert page.evaluate("Object.values(draft.a)") == [4] * 4


@pytest.mark.long
def test_answers_wait_on_the_phone_and_go_out_when_the_network_is_back(answering):
    host, page = answering
    answer(page, "Often", CARD)
    page.context.set_offline(True)
    tap(page, "Send")
    expect(page.get_by_role("heading", name="Saved on this phone")).to_be_visible()
    assert drafts(page)
    page.context.set_offline(False)
    view(page, "received")
    host.until_finished(1)


@pytest.mark.long
def test_an_unsent_parcel_goes_out_after_a_reload(answering):
    host, page = answering
    answer(page, "Often", CARD)
    page.route("**/rounds/*/answers", lambda route: route.abort())
    tap(page, "Send")
    expect(page.get_by_role("heading", name="Saved on this phone")).to_be_visible()
    page.unroute("**/rounds/*/answers")
    page.reload()
    view(page, "received")
    host.until_finished(1)


@pytest.mark.long
def test_a_lost_reply_is_asked_for_again_and_counts_once(answering):
    host, page = answering
    answer(page, "Often", CARD)
    lost = []

    def lose(route):
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()
    page.route("**/rounds/*/answers", lose)
    send(page)
    assert lost == [200]
    host.until_finished(1)


@pytest.mark.long
def test_the_draft_is_erased_once_the_room_has_it(answering):
    _, page = answering
    answer(page, "Often", 2)
    assert drafts(page)
    tap(page, "Stop here")
    send(page)
    assert drafts(page) == []
    assert list(kept(page)["session"]) == [f"bothand.{page.url[-6:]}.mine"]


@pytest.mark.long
def test_what_lay_two_hours_is_erased_at_the_next_visit(answering):
    _, page = answering
    answer(page, "Often", 2)
    page.evaluate("for (const name in {...localStorage}) localStorage[name] ="
                  " localStorage[name].replace(/\"t\":\\d+/, '\"t\":' + (Date.now() - 7300000))")
    page.reload()
    view(page, "begin")
    assert drafts(page) == []


@pytest.mark.long
def test_where_storage_is_refused_everything_stays_in_memory_and_the_page_says_so(phone_lobby, visit):
    refuse = "for (const kind of ['local', 'session']) Object.defineProperty(window, kind + 'Storage'," \
             " {get() { throw new Error('refused'); }});"
    page = visit(phone_lobby, refuse)
    join(page)
    phone_lobby.join(9).act("open_round")
    begin(page)
    answer(page, "Often", 2)
    expect(page.locator("#live")).to_contain_text("This browser keeps nothing")
    tap(page, "Stop here")
    send(page)
    phone_lobby.until_finished(1)
    tap(page, "My page")
    view(page, "mine")


@pytest.mark.long
def test_answers_can_be_changed_and_taken_back(answering):
    host, page = answering
    answer(page, "Often", CARD)
    send(page)
    tap(page, "change an answer")
    page.locator("main.live .row").first.tap()
    tap(page, "Almost never")
    view(page, "review")
    with page.expect_request("**/answers") as request:
        send(page)
    assert sorted(request.value.post_data_json["answers"].values()) == [1] + [4] * (CARD - 1)
    host.until_finished(1)
    tap(page, "take it all back")
    view(page, "sure")
    tap(page, "take it all back")
    view(page, "taken")
    host.until_finished(0)
    assert kept(page)["session"] == {}
    tap(page, "Answer again")
    view(page, "card")


# ---- the room


@pytest.mark.long
def test_the_phone_follows_the_room_without_being_touched(host, visit):
    host.create()
    page = visit(host)
    view(page, "early")
    host.act("open_lobby")
    view(page, "welcome")
    host.act("lock")
    view(page, "locked")
    host.act("unlock")
    view(page, "welcome")
    join(page)
    host.join(9).act("open_round")
    view(page, "begin")
    expect(page.locator("main.live")).to_contain_text("10 phones are here: count heads.")
    host.answer().act("close_round")
    view(page, "missed")
    expect(page.locator("main.live")).to_contain_text("Nothing left this phone in this round")
    host.act("seal")
    view(page, "sealed")


def test_a_change_in_the_room_is_asked_for_once_and_not_by_all_phones_in_the_same_moment(phone_lobby, visit):
    page = visit(phone_lobby)
    join(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_response("**for=phone"):
        page.evaluate("Math.random = () => .99; window.since = performance.now(); for (const version of ['x', 'y'])"
                      " stream.dispatchEvent(new MessageEvent('state', {data: JSON.stringify({version})}))")
    assert page.evaluate("performance.now() - since") > 850
    page.wait_for_timeout(100)
    assert len(asked) == 1


def test_the_phone_follows_by_asking_where_events_do_not_come_through(phone_lobby, visit):
    page = visit(phone_lobby, "delete window.EventSource", clock=True)
    join(page)
    phone_lobby.join(9).act("open_round")
    page.clock.run_for(6000)
    view(page, "begin")


def test_a_server_that_is_gone_and_back_is_a_quiet_note(phone_lobby, visit):
    page = visit(phone_lobby, clock=True)
    join(page)
    page.route("**/api/**", lambda route: route.abort())
    page.evaluate("stream.close(); look()")
    page.clock.run_for(6000)
    expect(page.locator("#live")).to_have_text("No connection at the moment. Everything is kept on this phone.")
    page.unroute("**/api/**")
    page.clock.run_for(6000)
    expect(page.locator("#live")).to_have_text("Connected again.")
    view(page, "waiting")


def test_a_state_that_was_lost_is_asked_for_again_while_events_go_on(phone_lobby, visit):
    """Else a phone that misses one reply learns of an open round a minute later."""
    page = visit(phone_lobby, clock=True)
    join(page)
    page.route("**for=phone", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        phone_lobby.join(9).act("open_round")
        page.clock.run_for(1000)
    page.unroute("**for=phone")
    page.clock.run_for(6000)
    view(page, "begin")


# Counts the timers of a page from now on, and lets a test put it away: no browser without a window does by itself.
COUNTING = """() => {
  const own = setTimeout;
  window.fired = 0;
  window.away = false;
  window.setTimeout = (act, ms) => own(() => { fired++; act(); }, ms);
  Object.defineProperty(document, 'hidden', {get: () => away});
}"""
PUT = "away => { window.away = away; document.dispatchEvent(new Event('visibilitychange')); }"
HEARD = "() => { window.heard = new Promise(done => stream.addEventListener('state', () => done(), {once: true})); }"


def test_a_phone_that_is_put_away_has_no_timer_and_asks_nothing(phone_lobby, visit):
    page = visit(phone_lobby, clock=True)
    join(page)
    asked, fired = [], lambda: page.evaluate("fired")
    page.evaluate(COUNTING)
    page.clock.run_for(20_000)
    page.wait_for_function(f"!{SHORT['looking']}", polling=10)
    in_sight = fired()
    assert in_sight > 1, "timers are counted"
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(PUT, True)
    page.evaluate(HEARD)
    phone_lobby.act("lock")
    page.evaluate("heard")
    page.clock.run_for(600_000)
    assert (fired(), asked) == (in_sight, [])
    with page.expect_request("**for=phone"):
        page.evaluate(PUT, False)


@pytest.mark.long
def test_a_round_about_to_close_says_how_long_and_sends_what_is_there(answering):
    host, page = answering
    answer(page, "Often", 2)
    host.act("close_round", grace=60)
    expect(page.locator("#left")).to_have_text(re.compile(r"Closing in \d\d s:"))
    page.get_by_role("button", name="Send now").tap()
    view(page, "received")
    expect(page.locator("#close")).to_be_hidden()
    host.until_finished(1)


@pytest.mark.long
def test_closing_can_be_called_off(answering):
    host, page = answering
    host.act("close_round", grace=60)
    expect(page.locator("#close")).to_be_visible()
    host.act("cancel_close")
    expect(page.locator("#close")).to_be_hidden()


@pytest.mark.long
def test_a_round_closed_over_a_draft_leaves_the_page_but_sends_nothing(answering):
    host, page = answering
    answer(page, "Often", CARD)
    host.answer().act("close_round")
    view(page, "missed")
    assert drafts(page) == []
    assert host.results()["n"] == 9
    tap(page, "My page")
    view(page, "mine")


@pytest.mark.long
def test_the_next_round_starts_without_the_old_draft(answering):
    host, page = answering
    answer(page, "Often", 5)
    host.answer().act("close_round").act("open_round")
    view(page, "begin")
    tap(page, "Begin")
    expect(page.get_by_role("progressbar", name="Statement 1 of 6")).to_be_attached()
    assert page.evaluate("Object.keys(draft.a).length") == 0


@pytest.mark.sample(1)
@pytest.mark.parametrize(("phase", "seat", "shown"), [
    ("answering", {"sent": True, "frozen": True}, "mixed"), ("review", {"sent": True, "frozen": True}, "counted"),
    ("review", {"sent": True, "frozen": False}, "leftover"), ("review", {"sent": False, "frozen": False}, "missed"),
])
def test_the_phone_says_what_became_of_its_answers(answering, phase, seat, shown):
    host, page = answering
    state = {**host.state(), "phase": phase, "seat": {"joined": True, **seat}, "version": "another"}
    page.route("**/api/workshops/*?for=phone", lambda route: route.fulfill(json=state))
    page.evaluate("look()")
    view(page, shown)


def test_a_full_room_says_so(phone_lobby, visit):
    page = visit(phone_lobby)
    error = {"error": {"code": "room_full", "message": "This room is full."}}
    page.route("**/seats", lambda route: route.fulfill(status=409, json=error))
    tap(page, "Join")
    view(page, "full")
    page.unroute("**/seats")
    tap(page, "Try again")
    view(page, "waiting")


@pytest.mark.long
def test_a_rehearsal_phone_says_so_and_sends_random_answers(host, visit):
    page = visit(host.create(rehearsal=True, form="standard").act("open_lobby"))
    expect(page.locator(".band")).to_have_text("Rehearsal: this phone sends random answers.")
    join(page)
    host.join(9).act("open_round")
    begin(page)
    tap(page, "Stop here")
    with page.expect_request("**/answers") as request:
        send(page)
    assert len(set(request.value.post_data_json["answers"].values())) > 1


# ---- leaving


@pytest.mark.long
def test_forget_me_erases_this_phone_and_the_place(answering):
    host, page = answering
    answer(page, "Often", CARD)
    send(page)
    host.until_finished(1)
    tap(page, "Forget me")
    view(page, "sure")
    tap(page, "Forget me")
    view(page, "forgotten")
    assert kept(page) == {"local": {}, "session": {}}
    host.until_finished(0)
    tap(page, "Back to the start")
    view(page, "welcome")


@pytest.mark.long
def test_forget_me_reaches_the_room_even_after_a_reload(answering):
    host, page = answering
    answer(page, "Often", CARD)
    send(page)
    page.route("**/seats", lambda route: route.abort())
    tap(page, "Forget me")
    tap(page, "Forget me")
    view(page, "forgetting")
    page.unroute("**/seats")
    page.reload()
    view(page, "forgotten")
    host.until_finished(0)


@pytest.mark.long
def test_the_next_person_finds_a_clean_phone(answering):
    host, page = answering
    answer(page, "Often", CARD)
    send(page)
    tap(page, "Next person")
    view(page, "sure")
    tap(page, "Next person")
    view(page, "welcome")
    assert kept(page)["session"] == {}
    assert drafts(page) == []
    host.until_finished(1)
