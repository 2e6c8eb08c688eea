"""Nothing about a person in any request but the one parcel of answers, the edge tapped and the direction told.

Two people who answer as differently as can be go the same way through a room. A recorder between phone and server
writes down every byte that leaves either phone, and both must have said the same, in as many bytes.
"""

import pytest
from hosting import SHORT, STANDARD
from playwright.sync_api import Page, expect
from recorder import Recorder, told
from thumbs import begin, join, ready, send, tap, view

# Presses on every card the point that `points` names for its place, as soon as the card takes a tap; 0 skips.
ANSWERING = """points => new Promise(done => {
  let n = 0;
  const act = () => {
    const boxes = document.querySelectorAll('main.live [role=group] .box');
    if (!boxes.length) return done();
    if (lit) return setTimeout(act, 10);
    const point = points[n++ % points.length];
    (boxes[point - 1] || document.querySelector('main.live .links button:last-child')).click();
    setTimeout(act, 20);
  };
  act();
})"""
LOW, HIGH = (0, *(1, 2) * 12), (5, 4)  # low, and one statement left out
LEAKS = {
    "a length": "String.prototype.padEnd = function() { return String(this); };",
    "a beacon": "setInterval(() => navigator.sendBeacon('/b', Object.values(draft.a)[0] || ''), 300);",
    "a cookie": "setInterval(() => { if (draft && draft.a) document.cookie = 'x=' + Object.values(draft.a)[0]; }, 50);",
    "an address": "let x = ''; setInterval(() => { x = x || Object.values(draft.a)[0] || ''; }, 20); const was = fetch;"
                  "window.fetch = (url, how) => was(url + (/phone$/.test(url) ? '&x=' + x : ''), how);",
    "a head": "const was = fetch; window.fetch = (url, how) => was(url, {...how, headers: {...how.headers,"
              " 'X-A': String(draft && Object.values(draft.a)[0])}});",
    "one more request": "const then = setInterval(() => { if (draft && Object.values(draft.a)[0] > 3) {"
                        " clearInterval(then); fetch('/api/health'); } }, 50);",
}


@pytest.fixture
def recorder(phone_server):
    lines: list[Recorder] = []

    def record() -> Recorder:
        lines.append(Recorder(int(phone_server.url.rpartition(":")[2])))
        return lines[-1]
    yield record
    for line in lines:
        line.close()


@pytest.fixture
def journey(host, phone_context, recorder):
    """Walks a phone through a room on a recorded line; returns what it told."""
    def walk(way, points, planted="", **fields):
        line, context, elsewhere = recorder(), phone_context(reduced_motion="reduce"), []
        if planted:
            context.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ {planted} }});")
        context.on("request", lambda request: elsewhere.append(request.url)
                   if not request.url.startswith(("data:", line.url)) else None)
        host.close()
        host.people.clear()
        host.create(**fields).act("open_lobby").join(17)
        page = context.new_page()
        page.goto(f"{line.url}/j/{host.code}")
        way(host, page, points)
        context.close()
        assert elsewhere == []
        return told(line, host.code)
    return walk


def in_two_camps(host) -> None:
    """Everybody around the phone answers, half of them low and half of them high: enough for a middle half."""
    everybody = host.people
    for point, some in ((2, everybody[::2]), (4, everybody[1::2])):
        host.people = some
        host.answer(point)
    host.people = everybody


def one_round(host, page: Page, points) -> None:
    """From the door to My page: joins, answers with a reload in the midst, sends, taps an edge, hides."""
    join(page)
    in_two_camps(host.act("open_round"))
    begin(page)
    page.evaluate(ANSWERING, points)
    view(page, "review")
    page.reload()
    view(page, "review")
    send(page)
    host.act("close_round")
    view(page, "counted")
    tap(page, "My page")
    view(page, "mine")
    page.locator("main.live .gap .box").first.tap()
    expect(page.locator("main.live")).to_contain_text("Received: the room counts it")
    tap(page, "Hide")
    view(page, "hidden")


def two_rounds(host, page: Page, points) -> None:
    """All that a phone can do: beside the room, kept for the next round, printed, the change told, forgotten."""
    one_round(host, page, points)
    tap(page, "Show again")
    view(page, "mine")
    host.act("close_edges").act("goto", scene="light")
    expect(page.locator("main.live")).to_contain_text("The dashed box is the room’s middle half.")
    page.emulate_media(media="print")
    page.pdf()
    page.emulate_media(media="screen")
    tap(page, "Save or print")
    tap(page, "Keep on this phone for the next round")
    in_two_camps(host.act("open_round"))
    begin(page)
    page.evaluate(ANSWERING, points[::-1])
    view(page, "review")
    send(page)
    tap(page, "change an answer")
    view(page, "review")
    page.locator("main.live li").first.locator("button").tap()
    ready(page)
    tap(page, "Skip")
    view(page, "review")
    send(page)
    host.act("close_round")
    view(page, "counted")
    tap(page, "My page")
    expect(page.locator("main.live")).to_contain_text("Since the round before")
    tap(page, "Tell the room the direction")
    expect(page.locator("main.live")).to_contain_text("Received: the room counts the direction")
    page.keyboard.press("Escape")
    view(page, "hidden")
    tap(page, "Show again")
    tap(page, "Forget me")
    tap(page, "Forget me")
    view(page, "forgotten")


def test_two_people_who_answer_differently_ask_for_the_same(journey):
    low, high = (journey(one_round, points, **SHORT) for points in (LOW, HIGH))
    assert low == high
    assert [one.partition(b" HTTP")[0] for one in low.once] == [
        b"GET /j/CODE", b"POST /api/workshops/CODE/seats", low.once[2].partition(b" HTTP")[0], b"GET /j/CODE",
        b"PUT /api/workshops/CODE/rounds/1/answers", b"GET /api/workshops/CODE/rounds/1/shown",
        b"PUT /api/workshops/CODE/rounds/1/edge"]


@pytest.mark.long
def test_through_two_rounds_and_all_that_a_phone_can_do_nothing_else_is_told(journey):
    low, high = (journey(two_rounds, points, **STANDARD) for points in (LOW, HIGH))
    assert low == high
    sent = [one.partition(b" HTTP")[0].decode() for one in low.once if not one.startswith(b"GET")]
    assert sent == ["POST /api/workshops/CODE/seats", *(f"PUT /api/workshops/CODE/rounds/{what}" for what in (
        "1/answers", "1/edge", "2/answers", "2/answers", "2/direction")), "DELETE /api/workshops/CODE/seats"]


@pytest.mark.long
@pytest.mark.parametrize("leak", LEAKS)
def test_the_recorder_hears_a_planted_leak(journey, leak):
    low, high = (journey(one_round, points, LEAKS[leak], **SHORT) for points in (LOW, HIGH))
    assert low != high
