"""The projector in a real browser: never a flicker, never an error, the same picture at any size."""

import io
import signal
import time
from urllib.parse import urlsplit

import httpx
import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from live import Server
from PIL import Image

from workshop.figures.letters import width

ROOM = {"width": 1920, "height": 1080}
SCENES = ("agreements", "join", "idea", "answering", "reflection", "predict", "light", "prompt", "plane", "dark",
          "edges", "words", "close")

# Watches every frame: whether the one plot is there, seen, and holds its bars.
WATCH = """() => {
  window.lacking = 0; window.frames = 0; window.plot = document.querySelector("#plot");
  window.sheet = document.querySelector("#plot .main-svg"); window.removed = 0;
  new MutationObserver(changes => changes.forEach(change => change.removedNodes.forEach(node => {
    if (node === window.plot || node.contains?.(window.sheet)) window.removed += 1;
  }))).observe(document.documentElement, {childList: true, subtree: true});
  const look = () => {
    window.frames += 1;
    const seen = plot.checkVisibility() && plot.querySelectorAll(".bars path").length >= 6;
    if (!seen) window.lacking += 1;
    requestAnimationFrame(look);
  };
  look();
}"""

# Every text that can be seen, with its size on the screen in px.
SIZES = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, place = node.parentElement;
    if (!node.textContent.trim() || !place.checkVisibility()) continue;
    if (place.closest(".apart, template, #js-plotly-tester")) continue;
    const sheet = place.closest(".main-svg");
    const scale = sheet ? sheet.getBoundingClientRect().width / 1728 : 1;
    found.push([node.textContent, scale * parseFloat(getComputedStyle(place).fontSize)]);
  }
  return found;
}"""

# What stands outside of its place: below the line of source, beside the sheet, or over its neighbour's column.
OUTSIDE = """() => [...document.querySelectorAll("#scene > div, #scene > div > *, h1")].filter(node => {
  const box = node.getBoundingClientRect();
  return box.bottom > document.querySelector(".foot").getBoundingClientRect().top || box.right > innerWidth * 0.951
    || node.scrollWidth > node.clientWidth + 1;
}).map(node => node.textContent)"""

BOXES = """() => [...document.querySelectorAll("h1, #source, #plot .bars path, #plot .textpoint text")].map(node => {
  const box = node.getBoundingClientRect();
  return [box.x, box.y, box.width, box.height].map(px => px / innerWidth);
})"""


class Room:
    """A workshop over HTTP, with its phones."""

    def __init__(self, server: Server, **fields):
        self.server = server
        self.host = httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {server.key}"}, timeout=10)
        made = self.host.post("/api/workshops", json={"title": "On the stage", **fields})
        self.code = made.json()["code"]
        self.phones: list[httpx.Client] = []
        self.act("open_lobby")

    def act(self, action, **parameters):
        answer = self.host.post(f"/api/workshops/{self.code}/actions", json={"action": action, **parameters})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def join(self, people):
        for _ in range(people):
            phone = httpx.Client(base_url=self.server.url, headers={"Origin": self.server.url}, timeout=10)
            phone.post(f"/api/workshops/{self.code}/seats")
            self.phones.append(phone)

    def answer(self, phone, shift=0):
        items = self.host.get(f"/api/workshops/{self.code}").json()["inventory"]["items"]
        answers = {item["id"]: 1 + (at * 7 + shift * shift + shift) % 5 for at, item in enumerate(items)}
        sent = self.phones[phone].put(f"/api/workshops/{self.code}/rounds/1/answers", json={"answers": answers})
        assert sent.status_code == 200, sent.text

    def stage(self, theme="bright"):
        return f"{self.server.url}/stage/{self.code}?theme={theme}"

    def close(self):
        for client in (self.host, *self.phones):
            client.close()


@pytest.fixture(scope="module")
def server(start_server):
    """Phones would come in by a name of their own: an address of this machine alone is never shown as a code."""
    return start_server(BOTHAND_PUBLIC_URL="http://workshop.example:8501")


@pytest.fixture
def room(server):
    """Twelve phones in a round where every answer shows at once."""
    room = Room(server, protection="open", helpline="Helpline 0800 111 0 111, day and night")
    room.join(12)
    yield room
    room.close()


@pytest.fixture(scope="module")
def closed_room(server):
    """Another such room after everybody answered and the host revealed everything; for tests that only walk it."""
    room = Room(server, protection="open", helpline="Helpline 0800 111 0 111, day and night")
    room.join(12)
    room.act("open_round")
    for phone in range(12):
        room.answer(phone, phone)
    room.act("close_round")
    room.act("reveal_dark")
    yield room
    room.close()


@pytest.fixture
def projector(chromium):
    """A full-size screen that writes down what its console says."""
    page = chromium.new_page(viewport=ROOM)
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    page.close()


def until(page, expression, arg=None, seconds=15.0):
    """Waits for the page; Playwright's own waiting would need eval, which the page's policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(20)


def until_in_time(page, expression, seconds=30.0):
    """The same in a page whose clock was taken over: its seconds go by while it waits."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.clock.run_for(1_000)
        page.wait_for_timeout(50)


def opened(page, room, theme="bright"):
    page.goto(room.stage(theme))
    until(page, "document.querySelector('#headline').textContent !== ''")
    until(page, "document.fonts.status === 'loaded'")
    return page


def moved_to(page, room, scene, step=0):
    room.act("goto", scene=scene, step=step)
    wanted = room.host.get(f"/api/workshops/{room.code}/stage").json()
    until(page, "text => document.querySelector('#headline').textContent === text", arg=wanted["headline"])
    until(page, "drawn => document.querySelector('#plot').checkVisibility() === drawn",
                           arg=wanted["figure"] is not None)
    page.wait_for_timeout(80)
    return wanted


@pytest.mark.long
@pytest.mark.parametrize("theme", ["bright", "dark"])
def test_every_scene_is_drawn_without_a_word_on_the_console(projector, closed_room, theme):
    opened(projector, closed_room, theme)
    for scene in SCENES:
        moved_to(projector, closed_room, scene)
        small = [(text, size) for text, size in projector.evaluate(SIZES) if size < 23.9]
        assert not small, scene
        assert projector.evaluate("document.documentElement.scrollHeight <= innerHeight")
        wide = "[...document.querySelectorAll('h1, .foot > span')].every(node => node.scrollWidth <= 1730)"
        assert projector.evaluate(wide)
    assert projector.said == []


@pytest.mark.sample(1)
@pytest.mark.parametrize("language", ["de", "en", "es", "fr"])
def test_words_keep_their_place_in_every_language(projector, server, language):
    room = Room(server, language=language, helpline="Telefonseelsorge 0800 111 0 111 und 0800 111 0 222, Tag und Nacht")
    try:
        opened(projector, room)
        for scene in ("agreements", "join", "reflection", "prompt", "words", "close"):
            moved_to(projector, room, scene)
            assert projector.evaluate(OUTSIDE) == [], scene
    finally:
        room.close()


@pytest.mark.long
def test_ten_changes_leave_the_one_plot_in_place_and_no_frame_without_it(projector, room):
    room.act("open_round")
    for phone in range(3):
        room.answer(phone, phone)
    room.act("goto", scene="light")
    opened(projector, room)
    projector.wait_for_selector("#plot .bars path")
    projector.evaluate(WATCH)
    seen = {projector.locator("#source").text_content()}
    for change in range(9):
        room.answer(3 + change, change)
        included = f"{4 + change} included"
        until(projector, "text => document.querySelector('#source').textContent.includes(text)", included)
        seen.add(projector.locator("#source").text_content())
    room.act("close_round")
    until(projector, "document.querySelector('#source').textContent.startsWith('12 of 12')")
    assert len(seen) == 10
    assert projector.evaluate("[lacking, removed, document.querySelectorAll('.js-plotly-plot').length]") == [0, 0, 1]
    assert projector.evaluate("frames") > 20
    assert projector.evaluate("sheet === document.querySelector('#plot .main-svg') && plot.isConnected")
    assert projector.said == []


def test_the_counts_on_the_screen_are_the_snapshots(projector, closed_room):
    opened(projector, closed_room)
    moved_to(projector, closed_room, "light")
    drawn = projector.evaluate("""() => document.querySelector("#plot").data.filter(trace => trace.type === "bar")
        .flatMap(trace => trace.customdata).filter(([, n]) => n).reduce((sum, [, n]) => sum + n, 0)""")
    assert drawn == 16 * 12
    digits = projector.locator("#plot .textpoint text").all_text_contents()
    assert sum(int(text) for text in digits if text.isdigit()) == 16 * 12


def test_phones_can_read_the_square_large_and_small(projector, room):
    opened(projector, room)
    for scene in ("join", "agreements"):
        moved_to(projector, room, scene)
        picture = Image.open(io.BytesIO(projector.locator("svg.qr").screenshot()))
        read = zxingcpp.read_barcodes(picture.resize((picture.width * 2, picture.height * 2)))
        assert [one.text.endswith(f"/j/{room.code}") for one in read] == [True], scene
    assert projector.locator("svg.qr").bounding_box()["width"] == pytest.approx(104, abs=1)
    moved_to(projector, room, "join")
    assert projector.locator("svg.qr").bounding_box()["width"] == pytest.approx(720, abs=1)


@pytest.mark.long
@pytest.mark.sample(1)
@pytest.mark.parametrize("size", [(480, 270), (1024, 768), (1920, 1200), (3840, 2160)])
def test_a_thumbnail_and_a_projector_show_the_same_picture(chromium, projector, closed_room, size):
    closed_room.act("goto", scene="light")
    other = chromium.new_page(viewport={"width": size[0], "height": size[1]})
    try:
        large, small = (opened(page, closed_room) for page in (projector, other))
        for page in (large, small):
            page.wait_for_selector("#plot .bars path")
        boxes = [page.evaluate(BOXES) for page in (large, small)]
        top = (size[1] - size[0] * 1080 / 1920) / 2 / size[0]
        assert len(boxes[0]) == len(boxes[1])
        for one, two in zip(*boxes, strict=True):
            assert [two[0], two[1] - top, *two[2:]] == pytest.approx(one, abs=0.0025)
    finally:
        other.close()


def test_blank_shows_nothing_and_comes_back(projector, closed_room):
    opened(projector, closed_room)
    moved_to(projector, closed_room, "light")
    closed_room.act("blank", on=True)
    until(projector, "!document.querySelector('#headline').checkVisibility({visibilityProperty: true})")
    black = Image.open(io.BytesIO(projector.screenshot())).convert("RGB").getcolors()
    assert black == [(1920 * 1080, (0, 0, 0))]
    closed_room.act("blank", on=False)
    until(projector, "document.querySelector('#plot').checkVisibility({visibilityProperty: true})")


def seconds_on(page):
    """What the clock on the stage says."""
    minutes, seconds = page.locator(".clock").text_content().split(":")
    return 60 * int(minutes) + int(seconds)


def test_the_clock_runs_by_the_servers_time(chromium, room):
    page = chromium.new_page(viewport=ROOM)
    try:
        page.clock.install(time="2031-01-01T00:00:00")
        room.act("open_round")
        room.act("goto", scene="answering")
        room.act("extend", seconds=30)
        opened(page, room)
        before = seconds_on(page)
        assert 30 < before <= 20 * 60
        page.clock.run_for(3_000)
        assert before - seconds_on(page) in (2, 3, 4)
    finally:
        page.close()


@pytest.mark.sample(1)
@pytest.mark.parametrize(("motion", "glides"), [("no-preference", True), ("reduce", False)])
def test_changes_ease_and_stand_still_for_those_who_want_calm(chromium, room, motion, glides):
    room.act("open_round")
    for phone in range(6):
        room.answer(phone, phone)
    room.act("goto", scene="light")
    context = chromium.new_context(viewport=ROOM, reduced_motion=motion)
    page = opened(context.new_page(), room)
    page.wait_for_selector("#plot .bars path")
    page.evaluate("""() => { window.glided = 0; const look = () => {
        window.glided += document.querySelectorAll("#plot text[transform]").length; requestAnimationFrame(look); };
        look(); }""")
    room.answer(6, 9)
    until(page, "document.querySelector('#source').textContent.includes('7 included')")
    page.wait_for_timeout(600)
    assert (page.evaluate("glided") > 0) is glides
    assert page.evaluate("document.querySelectorAll('#plot text[transform]').length") == 0
    context.close()


def test_a_sealed_room_says_goodbye(projector, room):
    opened(projector, room)
    room.act("seal")
    until(projector, "document.querySelector('#headline').textContent === 'This room is closed. Thank you.'")
    assert projector.locator(".mark").count() == 2


def test_there_is_nothing_to_press_and_nothing_for_axe_to_find(projector, closed_room):
    opened(projector, closed_room)
    for scene in ("join", "light", "plane", "close"):
        moved_to(projector, closed_room, scene)
        assert projector.locator("button, a, input, select, textarea, [tabindex], .modebar-btn").count() == 0
        found = Axe().run(projector)
        assert found.violations_count == 0, (scene, found.generate_report())


def test_the_picture_has_a_sentence_and_a_table_for_those_who_do_not_see_it(projector, closed_room):
    opened(projector, closed_room)
    moved_to(projector, closed_room, "light")
    assert projector.locator("#plot").get_attribute("role") == "img"
    assert "Leaning on others." in projector.locator("#plot").get_attribute("aria-label")
    assert projector.locator("#table tr").count() == 17


def test_texts_are_as_wide_as_the_layout_thinks(projector, closed_room):
    opened(projector, closed_room)
    for text in ("Emotional differentiation", "When a teammate is in a bad mood, I keep my own.", "192 · “Größe”"):
        for bold in (False, True):
            measured = projector.evaluate("""([text, weight]) => {
                const node = document.createElement("span");
                Object.assign(node.style, {fontSize: "40px", fontWeight: weight, position: "absolute"});
                document.body.append(Object.assign(node, {textContent: text}));
                return node.getBoundingClientRect().width;
            }""", [text, 600 if bold else 400])
            assert width(text, 40, bold=bold) == pytest.approx(measured, rel=0.03)


def test_a_projector_that_slept_wakes_to_the_present_scene(chromium, room):
    page = chromium.new_page(viewport=ROOM)
    try:
        page.clock.install()
        opened(page, room)
        moved_to(page, room, "reflection")
        page.context.set_offline(True)
        room.act("goto", scene="close")
        page.clock.fast_forward(2 * 60 * 60 * 1_000)
        assert page.locator("#headline").text_content() == "Look at your own page. It is yours alone."
        page.context.set_offline(False)
        until_in_time(page, "document.querySelector('#headline').textContent.startsWith('Thank you')", seconds=10)
        assert not page.evaluate("document.querySelector('#away').checkVisibility()")
    finally:
        page.close()


@pytest.mark.long
def test_the_last_picture_stays_while_the_server_is_away_and_follows_again_by_itself(chromium, start_server, server,
                                                                                      room):
    """The last one of this module, for it ends the server."""
    page = chromium.new_page(viewport=ROOM)
    try:
        page.clock.install()
        opened(page, room)
        moved_to(page, room, "reflection")
        shown = page.locator("body").inner_text()
        server.stop(signal.SIGKILL)
        until_in_time(page, "document.querySelector('#away').checkVisibility()")
        assert page.locator("body").inner_text() == shown
        start_server(server.database.parent, BOTHAND_PORT=str(urlsplit(server.url).port))
        room.act("goto", scene="close")
        until_in_time(page, "document.querySelector('#headline').textContent.startsWith('Thank you')")
        until_in_time(page, "!document.querySelector('#away').checkVisibility()")
    finally:
        page.close()
