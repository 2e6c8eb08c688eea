"""The way of a participant in browsers other than Chromium, each over plain http against the real server.

All of it is for the long run; a browser that is not installed is skipped. `tests/browsers` says how they come.
"""

from contextlib import ExitStack

import pytest

from tests.browsers import firefox, text, webkit
from tests.browsers.thumb import becomes, reads, tap, view

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]
CARDS = 6
BROWSERS = {"firefox": (firefox.installed, firefox.firefox), "webkit": (webkit.installed, webkit.webkit)}
TALL = 2400  # neither brings a field into sight by itself where scripts are off
PLAIN = {"firefox": {"height": TALL, "preferences": firefox.NO_SCRIPT},
         "webkit": {"height": TALL, "options": webkit.NO_SCRIPT}}
DARK = {"firefox": {"preferences": firefox.DARK}, "webkit": {"options": webkit.DARK}}
SHOWN = "document.documentElement.dataset.view"
TOO_WIDE = "document.documentElement.scrollWidth - 360"
BRIGHTNESS = """Math.max(...getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).slice(0, 3))"""
TARGETS = """Math.min(...[...document.querySelectorAll('main.live button')]
  .map(one => one.getBoundingClientRect().height))"""


@pytest.fixture(scope="module")
def opened():
    """Opens a browser by name, once with each kind of options."""
    with ExitStack() as stack:
        known = {}

        def open_browser(name, **options):
            installed, browser = BROWSERS[name]
            if not installed():
                pytest.skip(f"{name} is not installed; tests/browsers says how it comes")
            key = name, str(options)
            if key not in known:
                known[key] = stack.enter_context(browser(**options))
            return known[key]
        yield open_browser


@pytest.fixture(params=BROWSERS)
def page(request, opened):
    """One tab of each browser, 360 pixels wide."""
    return opened(request.param)


@pytest.fixture(params=BROWSERS)
def plain_page(request, opened):
    """The same with scripts off."""
    return opened(request.param, **PLAIN[request.param])


def come_in(host, page):
    """A phone on its first card, nine people around it."""
    page.open(f"{host.url}/j/{host.code}")
    tap(page, "Join")
    view(page, "waiting")
    host.join(9).act("open_round")
    view(page, "begin")
    tap(page, "Begin")
    view(page, "card")


def answer(page, word, cards):
    for _ in range(cards):
        seen = page.value("document.getElementById('q').textContent")
        tap(page, word)
        becomes(page, f"(document.getElementById('q') || {{}}).textContent === {seen!r}", wanted=False)


def answers_found(host):
    """How many answers each statement got: one that was left must not have become "almost never"."""
    return sorted(sum(row["counts"][:-1]) for row in host.results()["items"])


def test_a_phone_goes_the_whole_way(host, page):
    host.create()
    page.open(f"{host.url}/j/{host.code}")
    view(page, "early")
    host.act("open_lobby")
    view(page, "welcome")
    come_in(host, page)
    answer(page, "Often", CARDS)
    view(page, "review")
    tap(page, "Send")
    view(page, "received")
    host.until_finished(1)
    host.answer().act("close_round")
    view(page, "counted")
    tap(page, "My page")
    view(page, "mine")
    assert page.value("document.querySelectorAll('main.live .facet').length") == CARDS
    assert "You can choose one" not in page.text("main.live")
    page.reload()
    view(page, "counted")
    tap(page, "My page")
    view(page, "mine")
    tap(page, "Hide")
    view(page, "hidden")
    tap(page, "Show again")
    view(page, "mine")
    tap(page, "Forget me")
    tap(page, "Forget me")
    view(page, "forgotten")
    assert page.value("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []
    assert host.results()["n"] == 10


def test_answers_can_be_changed_and_taken_back(host, page):
    host.create().act("open_lobby")
    come_in(host, page)
    answer(page, "Often", 2)
    tap(page, "Skip")
    becomes(page, "document.querySelector('[role=progressbar]').getAttribute('aria-label')", "Statement 4 of 6")
    tap(page, "Stop here")
    view(page, "review")
    tap(page, "Send")
    view(page, "received")
    tap(page, "change an answer")
    view(page, "review")
    tap(page, "Send")
    view(page, "received")
    host.until_finished(1)
    tap(page, "take it all back")
    tap(page, "take it all back")
    view(page, "taken")
    host.until_finished(0)


def test_a_reload_keeps_answers_and_their_order(host, page):
    host.create().act("open_lobby")
    come_in(host, page)
    answer(page, "Often", 4)
    before = page.value("[document.getElementById('q').textContent, order.map(one => one.id), draft.a]")
    page.reload()
    view(page, "card")
    assert page.value("[document.getElementById('q').textContent, order.map(one => one.id), draft.a]") == before


def test_the_phone_follows_the_room_by_its_events(host, page):
    host.create().act("open_lobby")
    page.open(f"{host.url}/j/{host.code}")
    becomes(page, "stream && stream.readyState", 1)
    page.value("void (looked = Date.now(), tick = () => {})")
    for action, shown in (("lock", "locked"), ("unlock", "welcome")) * 2:
        host.act(action)
        view(page, shown)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", BROWSERS)
def test_every_view_fits_a_small_phone_in_both_themes(host, opened, name, theme):
    page = opened(name, **DARK[name] if theme == "dark" else {})
    host.create(form="standard", dark=True).act("open_lobby")
    seen = {}

    def look():
        seen[page.value(SHOWN)] = [page.value(TOO_WIDE) <= 0, page.value(BRIGHTNESS) < 128, page.value(TARGETS) >= 43.9]

    page.open(f"{host.url}/j/{host.code}")
    view(page, "welcome")
    look()
    come_in(host, page)
    look()
    answer(page, "Often", 3)
    tap(page, "Stop here")
    view(page, "review")
    look()
    tap(page, "Send")
    view(page, "received")
    look()
    tap(page, "My page")
    view(page, "mine")
    look()
    assert page.value("innerWidth") == 360
    assert seen == {name: [True, theme == "dark", True] for name in ("welcome", "card", "review", "received", "mine")}


def test_cookies_that_are_refused_are_told_of(host, opened):
    page = opened("firefox", preferences=firefox.COOKIES_REFUSED)
    host.create().act("open_lobby")
    page.open(f"{host.url}/j/{host.code}")
    tap(page, "Join")
    becomes(page, "document.getElementById('live').textContent.startsWith('This browser does not keep')", wanted=True)
    view(page, "welcome")


def test_without_scripts_plain_forms_lead_the_whole_way(host, plain_page):
    page = plain_page
    host.create(protection="open").act("open_lobby")
    page.open(f"{host.url}/j/{host.code}")
    page.click("main.plain .go")
    reads(page, "You are in")
    host.join(9).act("open_round")
    page.reload()
    reads(page, "no answer yet")
    for item in host.state()["inventory"]["items"][1:]:
        page.pick(item["id"], 3)
    page.click("main.plain [value=mine]")
    reads(page, "Your growing edge", "main")
    page.open(f"{host.url}/j/{host.code}")
    reads(page, "Received, thank you")
    host.until_finished(1)
    host.answer(3).act("close_round")
    page.reload()
    reads(page, "Your answers are in the room’s pictures")
    assert answers_found(host) == [9] + [10] * (CARDS - 1)
    page.click("main.plain form[action$=edge] button")
    page.open(f"{host.url}/j/{host.code}?seen")  # not before the way back from the form has ended
    reads(page, "Your answers are in the room’s pictures")
    page.click("main.plain details summary")
    page.click("main.plain form[action$=forget] button")
    reads(page, "about 2 minutes")


@pytest.mark.parametrize("kind", [text.LYNX, text.W3M], ids=lambda kind: kind.name)
def test_at_a_terminal_plain_forms_lead_the_whole_way(host, kind, tmp_path):
    if not text.installed(kind):
        pytest.skip(f"{kind.name} is not installed; tests/browsers says how it comes")
    host.create(protection="open").act("open_lobby")
    person, url = text.TextBrowser(kind, tmp_path), f"{host.url}/j/{host.code}"
    assert "Send now" not in person.read(url)
    person.walk(url, *person.stop(1))
    assert "You are in" in person.read(url)
    host.join(9).act("open_round")
    field = (*person.choice(3), kind.next)
    mine = person.walk(url, *kind.first, kind.next, *field * (CARDS - 1), kind.next, kind.enter, keep=True)
    assert "Your growing edge" in mine
    assert mine.count(" sometimes") == CARDS - 1
    assert mine.count(" skipped") == 1
    assert "Received, thank you" in person.read(url)
    host.until_finished(1)
    host.answer(3).act("close_round")
    assert "Your answers are in the room’s pictures" in person.read(url)
    assert answers_found(host) == [9] + [10] * (CARDS - 1)
    person.walk(url, *person.stop(1))
    person.walk(url, *person.stop(CARDS + 2))
    assert "about 2 minutes" in person.read(url)
