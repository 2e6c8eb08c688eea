"""The phone for everybody: no accessibility violation in any view, large text, small screens, no JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from thumbs import answer, begin, join, send, tap, view

from workshop.inventory import load_library

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ITEMS = load_library().inventories["balance"].questionnaire("short", "team", False, "en").ids


def inspected(page: Page) -> None:
    """No violation of the usual rules, nothing wider than the screen, every button high enough for a thumb."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = page.evaluate("[...document.querySelectorAll('button,summary,label:has(input),a')]"
                            ".filter(one => one.offsetHeight && one.tagName != 'A').map(one => one.offsetHeight)")
    assert min(heights, default=44) >= 44
    assert page.title() == "Bothand"


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_can_be_read_by_everybody(host, visit, scheme):
    host.create()
    page = visit(host, color_scheme=scheme)

    def seen(name):
        view(page, name)
        inspected(page)
    seen("early")
    host.act("open_lobby")
    seen("welcome")
    page.locator("main.live summary").tap()
    inspected(page)
    host.act("lock")
    seen("locked")
    host.act("unlock")
    view(page, "welcome")
    join(page)
    inspected(page)
    host.join(9).act("open_round")
    seen("begin")
    begin(page)
    inspected(page)
    answer(page, "Often", 3)
    tap(page, "Stop here")
    seen("review")
    host.act("close_round", grace=60)
    expect(page.locator("#close")).to_be_visible()
    inspected(page)
    host.act("cancel_close")
    expect(page.locator("#close")).to_be_hidden()
    send(page)
    inspected(page)
    host.answer().act("close_round")
    seen("counted")
    tap(page, "My page")
    seen("mine")
    tap(page, "Hide")
    seen("hidden")
    tap(page, "Show again")
    tap(page, "Forget me")
    seen("sure")
    host.act("seal")


@pytest.mark.sample(1)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_plain_page_can_be_read_by_everybody(host, visit, scheme):
    """With the script stopped at the door: axe itself needs one, so the page's own is refused instead."""
    host.create().act("open_lobby").join(9)
    page = visit(host, color_scheme=scheme)
    page.route(f"**/j/{host.code}**", plain)
    for phase in ("lobby", "answering", "review"):
        page.goto(f"{host.url}/j/{host.code}")
        expect(page.locator("main.plain")).to_be_visible()
        inspected(page)
        if phase == "lobby":
            with page.expect_navigation():
                page.locator("main.plain").get_by_role("button", name="Join").tap()
            host.act("open_round")
        elif phase == "answering":
            page.get_by_role("button", name="Send and show my page").tap()
            expect(page.get_by_role("heading", name="Your page")).to_be_visible()
            inspected(page)
            host.answer().act("close_round")


def plain(route) -> None:
    """The page as a browser without JavaScript reads it."""
    if route.request.method != "GET":
        route.continue_()
        return
    reply = route.fetch()
    route.fulfill(response=reply, body=reply.text().replace("<script>", '<script type="text/plain">'))


def test_without_javascript_a_phone_can_do_it_all(phone_lobby, phone_context):
    host = phone_lobby
    page = phone_context(java_script_enabled=False).new_page()
    page.goto(f"{host.url}/j/{host.code}")
    page.get_by_role("button", name="Join").tap()
    expect(page.get_by_text("Look again")).to_be_visible()
    host.join(9).act("open_round")
    page.get_by_text("Look again").tap()
    for item in ITEMS[:-1]:
        page.locator(f"select[name={item}]").select_option("4")
    page.get_by_role("button", name="Send and show my page").tap()
    expect(page.locator("h1")).to_have_text("Your page")
    page.get_by_text("To the workshop’s page").tap()
    expect(page.locator("main.plain h1")).to_have_text("Received, thank you")
    host.answer().act("close_round")
    page.get_by_text("Look again").tap()
    page.get_by_role("button", name="Boundaries").tap()
    expect(page.locator("main.plain h1")).to_have_text("Your answers count")
    assert host.results()["n"] == 10


@pytest.mark.long
@pytest.mark.parametrize(("width", "zoom"), [(360, "200%"), (320, "100%"), (320, "150%")])
def test_large_text_and_narrow_screens_lose_nothing(phone_lobby, visit, width, zoom):
    page = visit(phone_lobby, viewport={"width": width, "height": 640})

    def fits():
        page.evaluate(f"document.documentElement.style.fontSize = '{zoom}'")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    fits()
    join(page)
    fits()
    phone_lobby.join(9).act("open_round").answer()
    begin(page)
    fits()
    answer(page, "Often", 6)
    fits()
    send(page)
    fits()
    phone_lobby.act("close_round")
    tap(page, "My page")
    view(page, "mine")
    fits()


@pytest.mark.long
def test_the_card_fits_a_small_phone_without_scrolling(answering):
    _, page = answering
    for _ in range(6):
        assert page.evaluate("document.documentElement.scrollHeight") <= 640
        answer(page, "Often")


@pytest.mark.long
def test_every_view_takes_the_focus_to_its_heading_and_status_is_polite(answering):
    _, page = answering
    answer(page, "Often")
    tap(page, "Stop here")
    expect(page.get_by_role("heading", name="Ready to send")).to_be_focused()
    send(page)
    expect(page.get_by_role("heading", name="Received, thank you")).to_be_focused()
    assert page.locator("[role=status]").count() >= 2


def test_nothing_moves_where_motion_is_not_wanted(phone_lobby, visit):
    page = visit(phone_lobby, reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.querySelector('main.live .go')).transitionDuration") == "0s"


@pytest.mark.long
def test_the_page_reads_from_right_to_left_too(answering):
    _, page = answering
    page.evaluate("document.documentElement.dir = 'rtl'")
    inspected(page)
    box = page.locator("main.live .box").first
    assert box.evaluate("one => getComputedStyle(one).textAlign") == "start"


def test_nothing_asks_for_anything_elsewhere_and_the_console_stays_quiet(phone_lobby, phone_context):
    page = phone_context().new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{phone_lobby.url}/j/{phone_lobby.code}")
    view(page, "welcome")
    page.wait_for_timeout(300)
    assert said == []
    assert [url for url in asked if not url.startswith(phone_lobby.url)] == []
    first = f"{phone_lobby.url}/j/{phone_lobby.code}"
    assert [url for url in asked if "/events" not in url] == [first]
