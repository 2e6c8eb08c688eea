"""From nothing to the stage: one browser test that does what a room does, and counts along."""

import random
import re
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import zxingcpp
from playwright.sync_api import expect
from thumbs import ready

PIXELS = {"width": 1920, "height": 1080}
SIMULATED = 9
TITLE = "How we lean, how we stand"
WORDS = ("Almost never", "Seldom", "Sometimes", "Often", "Almost always")


@pytest.fixture(scope="module")
def server(start_server):
    """Phones would come in by a name of their own; the test goes through the loopback interface instead."""
    return start_server(BOTHAND_PUBLIC_URL="http://workshop.example:8501")


@pytest.fixture
def facilitator(chromium, server):
    """A signed-in console in a browser of its own."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(server.url + urlsplit(server.sign_in_link).path)
    yield page
    context.close()


@pytest.fixture
def projector(chromium):
    context = chromium.new_context(viewport=PIXELS)
    yield context.new_page()
    context.close()


def read_qr(page, tmp_path):
    """The address in the QR code as a camera in the room would see it."""
    from PIL import Image

    path = tmp_path / "stage.png"
    page.screenshot(path=path)
    with Image.open(path) as picture:
        found = {code.text for code in zxingcpp.read_barcodes(picture.convert("L"))}
    assert len(found) == 1, f"one code should be readable, found {found}"
    return found.pop()


def through_loopback(address, server):
    """The same page over the loopback interface: a test talks to no other address."""
    parts = urlsplit(address)
    assert parts.hostname not in ("127.0.0.1", "localhost", "::1"), "a QR code never shows a loopback address"
    return server.url + parts.path


def answer_on_cards(phones, texts, rng):
    """The phones answer side by side, card by card, as people in a room do; what each of them sent."""
    for phone in phones:
        phone.get_by_role("button", name="Begin").tap()
    sent = [{} for _ in phones]
    for n in range(1, len(texts) + 1):
        for phone, own in zip(phones, sent, strict=True):
            expect(phone.get_by_role("progressbar")).to_have_attribute("aria-valuenow", str(n))
            item, point = texts[phone.locator("#q").inner_text()], rng.choice((None, 1, 2, 3, 4, 5))
            ready(phone)
            phone.get_by_role("button", name=WORDS[point - 1] if point else "Skip", exact=True).tap()
            own[item] = point
    for phone in phones:
        expect(phone.get_by_role("button", name="Send", exact=True)).to_be_visible()
        ready(phone)
        phone.get_by_role("button", name="Send", exact=True).tap()
        expect(phone.get_by_role("heading", name="Received, thank you")).to_be_visible()
    return sent


def answer_on_the_form(phone, texts, rng):
    """Answers the one plain form of a phone without JavaScript."""
    sent = {}
    for item in texts.values():
        point = rng.choice((None, 1, 2, 3, 4, 5))
        if point:
            phone.locator(f"[name='{item}']").select_option(str(point))
        sent[item] = point
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.locator("body")).to_contain_text("Received, thank you")
    return sent


def simulated(server, code, items, rng):
    """A person without a browser, over the same HTTP: joins now, and sends when called."""
    client = httpx.Client(base_url=server.url, headers={"Origin": server.url})
    assert client.post(f"/api/workshops/{code}/seats").status_code == 201
    answers = {item: rng.choice((None, 1, 2, 3, 4, 5)) for item in items}

    def send():
        answer = client.put(f"/api/workshops/{code}/rounds/1/answers", json={"answers": answers})
        client.close()
        assert answer.status_code == 200, answer.text
        return answers
    return send


def create_in_console(console):
    """Fills in the form as a facilitator would; the code of the new workshop, from the address of its page."""
    console.get_by_role("button", name="New workshop").first.click()
    console.get_by_label("Title").fill(TITLE)
    console.get_by_role("textbox", name="Local helpline").fill("Crisis line 0800 111 0 111, day and night")
    for line in console.locator("label").filter(has=console.locator("input[type=checkbox]")).all():
        line.click()
    console.get_by_role("button", name="Create workshop").click()
    console.wait_for_url("**code=*")
    return parse_qs(urlsplit(console.url).query)["code"][0]


def go_to(console, scene):
    """One scene of the run-sheet."""
    console.get_by_role("button", name=re.compile(rf"^{scene} \d+$")).click()


def three(points):
    """People who said seldom, sometimes or skipped, often."""
    counts = Counter("low" if point in (1, 2) else "high" if point in (4, 5) else "mid" for point in points)
    return [counts["low"], counts["mid"], counts["high"]]


def shown_counts(projector, texts):
    """What the stage shows of each item, read from its table for people who cannot see the picture."""
    rows = projector.locator("table tr").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('td')].map(cell => cell.innerText))")
    return {texts[text]: [int(cell) for cell in cells if cell.isdigit()]
            for _, statement, *cells in filter(None, rows)
            for text in texts if statement.startswith(text)}


def merged(mine, bins):
    """The counts of low, middle and high in the classes that were published."""
    parts = {frozenset({1, 2}): mine[0], frozenset({0, 3}): mine[1], frozenset({4, 5}): mine[2]}
    return [sum(n for points, n in parts.items() if points <= set(published)) for published in bins]


@pytest.mark.timeout(240)
def test_a_room_joins_by_the_code_on_the_stage_and_sees_what_it_answered(
        server, api, facilitator, projector, phone_context, tmp_path):
    rng = random.Random(11)
    code = create_in_console(facilitator)
    facilitator.get_by_role("button", name="Open the room").click()
    go_to(facilitator, "Join")
    projector.goto(f"{server.url}/stage/{code}")
    expect(projector.locator("h1")).to_contain_text("Welcome")
    address = read_qr(projector, tmp_path)
    assert address.endswith(f"/j/{code}")
    page = through_loopback(address, server)

    phones = [phone_context().new_page() for _ in range(3)]
    plain = phone_context(java_script_enabled=False).new_page()
    for phone in (*phones, plain):
        phone.goto(page)
        expect(phone.locator("body")).to_contain_text("never fewer than 5 people")
        phone.get_by_role("button", name="Join", exact=True).click()
    state = api.get(f"/api/workshops/{code}").json()
    items = [item["id"] for item in state["inventory"]["items"]]
    texts = {item["text"]: item["id"] for item in state["inventory"]["items"]}
    others = [simulated(server, code, items, rng) for _ in range(SIMULATED)]
    expect(projector.locator("body")).to_contain_text(f"{SIMULATED + 4} phones are here")

    go_to(facilitator, "Answering")
    facilitator.locator(".st-key-open_round button").click()  # that of this scene: others have a quieter one
    expect(facilitator.get_by_role("button", name="Close the round")).to_be_visible()
    sent = answer_on_cards(phones, texts, rng)
    plain.reload()
    sent.append(answer_on_the_form(plain, texts, rng))
    sent += [send() for send in others]
    expect(projector.locator("body")).to_contain_text(f"{SIMULATED + 4}")

    facilitator.get_by_role("button", name="Close the round").click()
    expect(facilitator.get_by_role("button", name="Call it off")).to_be_visible()
    expect(phones[0].locator("body")).to_contain_text("Received")
    facilitator.get_by_role("button", name="Close now").click()
    expect(facilitator.get_by_text("Round 1 is closed")).to_be_visible()
    go_to(facilitator, "Light sides")
    expect(projector.locator("h1")).to_contain_text("How do we lean")
    results = {item["id"]: item for item in api.get(f"/api/workshops/{code}/results").json()["items"]}
    expect(projector.locator("table tr")).to_have_count(17)
    seen = shown_counts(projector, texts)
    assert set(seen) == {item for item in items if item[:2] not in ("DD", "ID", "RD", "RI")}
    for item, counts in seen.items():
        mine = three(answers[item] for answers in sent)
        if counts:
            assert counts == merged(mine, results[item]["bins"]), item
        else:
            filled = [n for n in merged(mine, [[1, 2, 3, 0], [4, 5]]) if n]
            assert len(filled) < 2 or min(filled) < 2, item
    assert sum(map(bool, seen.values())) >= 8
    for phone in phones:
        expect(phone.locator("body")).to_contain_text("Your answers are in the room’s pictures")
