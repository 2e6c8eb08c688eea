"""The table of states: what each is called, what it says, how one goes on from it, and how a phone comes there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.phone_states.phone import Phone

Reach = Callable[[Phone], object]
REFUSED = ("for (const kind of ['local', 'session']) Object.defineProperty(window, kind + 'Storage',"
           " {get() { throw new Error('refused'); }});")
THREE_HOURS_AHEAD = "const now = Date.now; Date.now = () => now() + 1.08e7;"


@dataclass(frozen=True)
class State:
    """`says` and `way` are keys of data/locales: a sentence, and a button, link or sentence that leads on."""

    name: str
    says: str
    way: str
    reach: Reach


STATES: dict[str, State] = {}


def state(name: str, says: str, way: str) -> Callable[[Reach], Reach]:
    """Puts a way to reach a state into the table."""
    def keep(reach: Reach) -> Reach:
        STATES[name] = State(name, f"phone.{says}", f"phone.{way}", reach)
        return reach
    return keep


# ---- at the door


@state("arrived too early", "door.early_text", "door.follows")
def early(one: Phone) -> None:
    one.create().visit().view("early")


@state("lobby", "door.join", "door.join")
def lobby(one: Phone) -> None:
    one.lobby().visit().view("welcome")


@state("how is this anonymous", "page.how", "door.join")
def limits(one: Phone) -> None:
    one.lobby().visit().page.locator("main.live summary").tap()


@state("waiting", "door.waiting_text", "page.forget")
def waiting(one: Phone) -> None:
    one.lobby().visit().join()


@state("locked room", "door.locked_text", "page.again")
def locked(one: Phone) -> None:
    one.lobby().host.act("lock")
    one.visit().view("locked")


@state("full room", "door.full_text", "page.again")
def full(one: Phone) -> None:
    """The answer of a room of two thousand stands in for the room."""
    error = {"error": {"code": "room_full", "message": one.locale.texts["phone.door.full_text"]}}
    one.lobby().visit().page.route("**/seats", lambda route: route.fulfill(status=409, json=error))
    one.press("phone.door.join").view("full")


@state("cookies refused", "door.cookies", "door.join")
def cookies_refused(one: Phone) -> None:
    def without(route):
        reply = route.fetch()
        one.page.context.clear_cookies()
        route.fulfill(status=reply.status, body=reply.body())
    one.lobby().visit().page.route("**/seats", without)
    one.press("phone.door.join")
    expect(one.page.locator("#live")).not_to_be_empty()


@state("unknown code", "error.unknown_text", "error.go")
def unknown(one: Phone) -> None:
    one.create().visit(path="/j/222222", locale=one.locale.language)


# ---- answering


@state("count heads", "page.begin_text", "page.begin_button")
def count_heads(one: Phone) -> None:
    one.lobby().visit().join().open_round()


@state("answering", "page.skip", "page.stop")
def answering(one: Phone) -> None:
    one.on_a_card().answer(4).press("phone.page.back")
    expect(one.page.locator("[aria-pressed=true]")).to_have_count(1)


@state("stop here", "page.stopped_text", "page.send")
def stopped(one: Phone) -> None:
    one.at_review()


@state("review", "page.review_text", "page.send")
def review(one: Phone) -> None:
    one.on_a_card().answer(4, 6).view("review")


@state("closing in 20 s", "page.closing", "page.send_now")
def closing(one: Phone) -> None:
    one.on_a_card().host.act("close_round", grace=20)
    expect(one.page.locator("#left")).to_have_text(one.words("phone.page.closing"))


@state("wrong clock", "page.closing", "page.send_now")
def wrong_clock(one: Phone) -> None:
    """A phone three hours ahead counts the same seconds down."""
    one.on_a_card(THREE_HOURS_AHEAD).host.act("close_round", grace=60)
    expect(one.page.locator("#left")).to_have_text(one.words("phone.page.closing"))


@state("storage refused", "page.memory", "page.skip")
def storage_refused(one: Phone) -> None:
    one.on_a_card(REFUSED).answer(4)
    expect(one.page.locator("#live")).to_have_text(one.words("phone.page.memory"))


@state("rehearsal", "page.rehearsal", "page.begin_button")
def rehearsal(one: Phone) -> None:
    one.lobby(rehearsal=True).visit().join().open_round()


# ---- sending


@state("saved on this phone", "page.saved_text", "page.again")
def saved(one: Phone) -> None:
    one.at_review().page.route("**/answers", lambda route: route.abort())
    one.press("phone.page.send")
    expect(one.page.locator("main.live h1")).to_have_text(one.words("phone.page.saved"))


@state("sending", "page.sending", "page.sending_text")
def sending(one: Phone) -> None:
    one.at_review().page.route("**/answers", lambda route: None)
    one.press("phone.page.send").view("sending")


@state("received", "page.received", "page.my_page")
def received(one: Phone) -> None:
    one.sent()


@state("changed mind", "page.change_text", "page.keep")
def changed(one: Phone) -> None:
    one.sent().press("phone.page.change").view("review")


@state("taken back", "page.taken_text", "page.answer_again")
def taken(one: Phone) -> None:
    one.sent().press("phone.page.withdraw").view("sure").press("phone.page.withdraw").view("taken")


@state("mixed in", "page.mixed_text", "page.my_page")
def mixed(one: Phone) -> None:
    one.lobby(protection="blocks").visit().join().open_round(around=23).begin().press("phone.page.stop")
    one.view("review").press("phone.page.send").view("received").host.answer().act("goto", scene="light")
    one.view("mixed")


# ---- after the round


@state("round closed", "page.counted_text", "page.my_page")
def counted(one: Phone) -> None:
    one.sent().host.answer().act("close_round")
    one.view("counted")


@state("closed without me", "page.missed_text", "page.missed_text")
def missed(one: Phone) -> None:
    one.lobby().visit().join().open_round().host.answer().act("close_round")
    one.view("missed")


@state("left over and not used", "page.leftover_text", "page.my_page")
def leftover(one: Phone) -> None:
    one.sent().host.act("close_round")
    one.view("leftover")


@state("My page before the close", "mine.edge_before", "page.hide")
def own_page_early(one: Phone) -> None:
    one.sent(form="standard", dark=True).press("phone.page.my_page").view("mine")


@state("My page", "mine.edge_text", "page.hide")
def own_page(one: Phone) -> None:
    one.own_page()


@state("hidden", "page.hidden_text", "page.show")
def hidden(one: Phone) -> None:
    one.own_page().press("phone.page.hide").view("hidden")


@state("next round", "page.begin_text", "page.begin_button")
def next_round(one: Phone) -> None:
    one.sent().host.answer().act("close_round").act("open_round")
    one.view("begin")


@state("sealed", "page.sealed", "page.sealed_text")
def sealed(one: Phone) -> None:
    one.lobby().visit().join().host.act("seal")
    one.view("sealed")


@state("sealed, visited later", "page.sealed", "page.sealed_text")
def sealed_page(one: Phone) -> None:
    one.lobby().host.act("seal")
    one.visit()


# ---- leaving, and coming back


@state("forget me", "page.forget_text", "page.cancel")
def sure(one: Phone) -> None:
    one.sent().press("phone.page.forget").view("sure")


@state("forgotten", "page.forgotten_text", "page.start_again")
def forgotten(one: Phone) -> None:
    one.lobby().visit().join().press("phone.page.forget").view("sure").press("phone.page.forget").view("forgotten")


@state("shared phone", "page.next_person_text", "page.cancel")
def next_person(one: Phone) -> None:
    one.sent().press("phone.page.next_person").view("sure")


@state("shared phone, the next person", "door.join", "door.join")
def fresh_person(one: Phone) -> None:
    one.lobby().visit().join().press("phone.page.next_person").view("sure").press("phone.page.next_person")
    one.view("welcome")


@state("server gone", "page.offline", "page.skip")
def gone(one: Phone) -> None:
    one.on_a_card(clock=True).page.route("**/api/**", lambda route: route.abort())
    one.page.evaluate("stream.close(); look()")
    one.page.clock.run_for(6000)
    expect(one.page.locator("#live")).to_have_text(one.words("phone.page.offline"))


@state("server back", "page.online", "page.skip")
def back_again(one: Phone) -> None:
    gone(one)
    one.page.unroute("**/api/**")
    one.page.clock.run_for(6000)
    expect(one.page.locator("#live")).to_have_text(one.words("phone.page.online"))


@state("two tabs", "page.received_text", "page.change")
def two_tabs(one: Phone) -> None:
    """The other tab sends; this one, in the midst of answering, says so."""
    one.on_a_card().answer(4, 2)
    first, second = one.page, one.page.context.new_page()
    second.goto(first.url)
    one.page = second
    one.view("card").press("phone.page.stop").view("review").press("phone.page.send").view("received")
    one.page = first
    one.view("received")


@state("back button", "page.skip", "page.stop")
def back_button(one: Phone) -> None:
    """Out to the page before, and in again: on the same card."""
    one.on_a_card().answer(4, 2)
    asked = one.page.locator("#q").inner_text()
    one.page.goto("about:blank")
    one.page.go_back()
    one.view("card")
    expect(one.page.locator("#q")).to_have_text(asked)


@state("restored from the back-forward cache", "page.begin_text", "page.begin_button")
def restored(one: Phone) -> None:
    """The page comes back as it was left, and asks how the room stands now."""
    one.lobby().visit().join().page.evaluate("stream.close(); misses = 0")
    one.host.join(9).act("open_round")
    one.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    one.view("begin")
