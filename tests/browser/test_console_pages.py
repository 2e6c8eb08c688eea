"""The console in a real browser: its main path, its strict policy, its keys, and what it does to the eye."""

from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

OWN_SERVER = True  # looks at a house of its own

SIZE = {"width": 1440, "height": 900}
TITLE = "How we lean **today** ![x](http://elsewhere.example/x.png)"
# The one element that Streamlit never lights again is its empty style sheet; what has no size cannot be seen to fade.
FADING = """() => {
    window.faintest = 1;
    const look = () => {
        for (const one of document.querySelectorAll('[data-stale=true]'))
            if (one.getBoundingClientRect().width)
                window.faintest = Math.min(window.faintest, +getComputedStyle(one).opacity);
        requestAnimationFrame(look);
    };
    look();
}"""


@pytest.fixture(scope="module")
def console(chromium: Browser, server) -> Page:
    """A signed-in console; what the policy refused or a script threw is kept on it."""
    context = chromium.new_context(viewport=SIZE)
    page = context.new_page()
    page.refused = []
    page.on("console", lambda told: page.refused.append(told.text) if "Content Security" in told.text else None)
    page.on("pageerror", lambda error: page.refused.append(str(error)))
    page.on("request", lambda asked: page.refused.append(asked.url) if "elsewhere" in asked.url else None)
    page.goto(server.url + urlsplit(server.sign_in_link).path)
    expect(page.get_by_role("heading", name="Workshops")).to_be_visible()
    yield page
    context.close()


@pytest.fixture
def phones(server) -> Iterator[list[httpx.Client]]:
    """People without a browser."""
    origin = {"Origin": server.url}
    with ExitStack() as stack:
        yield [stack.enter_context(httpx.Client(base_url=server.url, headers=origin)) for _ in range(14)]


def join(phones: list[httpx.Client], code: str) -> None:
    """Everybody joins."""
    for phone in phones:
        assert phone.post(f"/api/workshops/{code}/seats").status_code == 201


def answer(phones: list[httpx.Client], code: str) -> None:
    """Everybody sends answers that differ enough."""
    for place, phone in enumerate(phones):
        items = phone.get(f"/api/workshops/{code}").json()["inventory"]["items"]
        answers = {item["id"]: 1 + (place + number) % 5 for number, item in enumerate(items)}
        assert phone.put(f"/api/workshops/{code}/rounds/1/answers", json={"answers": answers}).status_code == 200


def stage(page: Page):
    """The room's picture inside the console."""
    return page.frame_locator(".st-key-stage iframe")


def lit(page: Page):
    """The lit line of the run-sheet."""
    return page.locator(".st-key-run button:has(strong)")


def settled(page: Page) -> None:
    """The script has run, and nothing on the page is still on its way."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)
    page.wait_for_timeout(400)


def create(page: Page) -> str:
    """The form, filled in with the mouse; the code of the new workshop."""
    page.get_by_role("button", name="New workshop").click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_role("radio", name="A family").click()
    for line in page.locator(".st-key-section_checklist label").all():
        line.click()
    page.get_by_role("button", name="Create workshop").click()
    page.wait_for_url("**/live?code=*")
    return parse_qs(urlsplit(page.url).query)["code"][0]


@pytest.mark.timeout(240)
def test_a_host_leads_a_round_from_the_form_to_the_pictures(console, phones):
    code = create(console)
    expect(console.locator(".st-key-top_title")).to_contain_text(TITLE)
    console.get_by_role("button", name="Open the room").click()
    console.get_by_role("button", name="Join 3").click()
    expect(stage(console).locator("h1")).to_contain_text("Welcome")

    join(phones, code)
    expect(console.locator(".st-key-figure_joined")).to_contain_text("14", timeout=8_000)
    console.get_by_role("button", name="Answering 5").click()
    console.locator(".st-key-open_round button").click()  # that of this scene: others have a quieter one
    expect(console.get_by_role("button", name="Close the round")).to_be_visible()
    answer(phones, code)
    expect(console.locator(".st-key-figure_finished")).to_contain_text("14", timeout=8_000)

    console.get_by_role("button", name="Close the round").click()
    expect(console.get_by_role("button", name="Call it off")).to_be_visible()
    expect(console.get_by_text("Phones say “closing”")).to_be_visible()
    console.get_by_role("button", name="Close now").click()
    expect(console.get_by_text("Round 1 is closed")).to_be_visible(timeout=8_000)
    console.get_by_role("button", name="Light sides 8").click()
    expect(stage(console).locator("h1")).to_contain_text("How do we lean")
    expect(console.get_by_text("The picture in words")).to_be_visible()

    console.get_by_role("link", name="Results").click()
    expect(console.get_by_role("heading", name="How do we lean, and how do we stand?")).to_be_visible()
    expect(console.locator(".js-plotly-plot").first).to_be_visible(timeout=15_000)
    with console.expect_download() as taken:
        console.get_by_role("button", name="A workbook (Excel)").click()
    assert code in taken.value.suggested_filename
    assert taken.value.suggested_filename.endswith(".xlsx")
    assert console.refused == []


def test_the_keys_of_a_presenter_move_the_room_unless_somebody_types(console):
    console.get_by_role("button", name="Back to the room").click()
    expect(console.get_by_role("button", name="Next")).to_be_visible()
    expect(lit(console)).to_contain_text("Light sides")
    console.keyboard.press("ArrowRight")
    expect(lit(console)).to_contain_text("Pairs prompt")
    console.keyboard.press("PageUp")
    expect(lit(console)).to_contain_text("Light sides")
    console.get_by_role("textbox", name="Private note").click()
    console.keyboard.type("b")
    console.keyboard.press("ArrowRight")
    console.wait_for_timeout(1_000)
    expect(lit(console)).to_contain_text("Light sides")
    expect(console.get_by_role("button", name="Blank")).to_be_visible()
    console.reload()
    expect(lit(console)).to_contain_text("Light sides")


def test_a_backup_comes_with_the_right_of_the_console(console, server):
    taken = console.request.get(f"{server.url}/api/backup")
    assert taken.ok
    assert "bothand-backup-" in taken.headers["content-disposition"]


@pytest.mark.long
def test_moving_on_neither_fades_nor_replaces_the_stage(console):
    console.evaluate(FADING)
    console.evaluate("window.frame = document.querySelector('.st-key-stage iframe')")
    for name in ("The plane 6", "Light sides 8"):
        console.get_by_role("button", name=name).click()
        expect(lit(console)).to_contain_text(name.rpartition(" ")[0])
    console.wait_for_timeout(2_500)
    assert console.evaluate("window.frame === document.querySelector('.st-key-stage iframe')")
    assert console.evaluate("window.faintest") > 0.9


@pytest.mark.sample(3)
@pytest.mark.parametrize("path", ["/", "/create", "/live", "/results", "/inventories", "/check",
                                  "/installation", "/sheet"])
def test_every_page_can_be_used_by_everybody(console, server, path):
    code = parse_qs(urlsplit(console.url).query).get("code", [""])[0] or console.code
    console.code = code
    console.goto(f"{server.url}{path}?code={code}" if path in ("/live", "/results", "/sheet") else server.url + path)
    expect(console.locator(".st-key-top")).to_be_visible()
    settled(console)
    broken = [violation["id"] for violation in Axe().run(console).response["violations"]]
    assert broken == (["presentation-role-conflict"] if path == "/inventories" else [])  # Streamlit's own drop zone
    assert console.refused == []
