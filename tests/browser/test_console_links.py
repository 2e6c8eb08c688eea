"""What people typed is never a link in the console, however much it looks like one; nor a picture, nor an icon."""

from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from hosting import Host
from playwright.sync_api import Browser, Page, expect

from workshop.settings import DATA

LURES = ("http://evil.example/x", "www.evil.example", "someone@evil.example", ":material/home: :smile: -> a--b")
WORDS = (*LURES, *(f"www.evil.example/{n}" for n in range(8)))
AGENDA = [{"id": "light", "kind": "light", "minutes": 1, "title": " ".join(LURES[:2])},
          {"id": "words", "kind": "words", "minutes": 1, "title": LURES[1], "say": LURES[0]}]
LINKS = "[...document.querySelectorAll('a[href]')].map(a => a.href).filter(to => !to.startsWith(location.origin))"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of an installation whose own inventory is full of addresses."""
    folder = tmp_path_factory.mktemp("lures")
    (folder / "inventories").mkdir()
    source = (DATA / "inventories" / "balance.toml").read_text("utf-8").replace('id = "balance"', 'id = "lures"', 1)
    for plain, lure in (('"Both sides"', LURES[0]), ('"Almost never"', LURES[1]), ('"Almost always"', LURES[2]),
                        ('"Generosity"', LURES[1])):
        source = source.replace(plain, f'"{lure}"', 1)
    for plain, lure in (("When a teammate is busy", LURES[0]), ("I give freely to a teammate", LURES[1])):
        source = source.replace(plain, f"I see {lure}", 1)
    (folder / "inventories" / "lures.toml").write_text(source, "utf-8")
    return folder


@pytest.fixture(scope="module")
def lured(start_server, folder):
    """A closed round of twelve people, whose words wait for the host."""
    server = start_server(folder=folder)
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {server.key}"}, timeout=10) as api:
        host = Host(api, server.url).create(
            title=" ".join(LURES), inventory="lures", form="short", words=True, helpline=LURES[0], agenda=AGENDA,
            grouping={"question": LURES[0], "options": list(LURES[1:3])})
        host.act("open_lobby").join(12).act("open_round").answer().act("close_round").act("goto", scene="words")
        for person, word in zip(host.people, WORDS, strict=True):
            assert person.put(f"/api/workshops/{host.code}/rounds/1/word", json={"text": word}).status_code == 200
        host.act("close_words")
        yield host, server
        host.close()


@pytest.fixture(scope="module")
def console(chromium: Browser, lured) -> Page:
    """A signed-in console, and what its browser asked of anybody else."""
    server = lured[1]
    page = chromium.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.asked = []
    page.on("request", lambda asked: page.asked.append(asked.url) if "evil" in asked.url else None)
    page.goto(server.url + urlsplit(server.sign_in_link).path)
    expect(page.get_by_role("heading", name="Workshops")).to_be_visible()
    yield page
    page.context.close()


@pytest.mark.long
def test_no_word_of_the_room_is_a_link_for_the_host(console, lured):
    console.goto(f"{lured[1].url}/live?code={lured[0].code}")
    boxes = console.locator(".st-key-pending_words label")
    expect(boxes).to_have_count(len(WORDS))
    shown = {text.replace("\u2060", "").strip() for text in boxes.all_inner_texts()}
    assert shown == set(WORDS)
    assert console.evaluate(LINKS) == []
    assert console.asked == []


@pytest.mark.long
@pytest.mark.parametrize(("page", "until"), [
    ("", "Workshops"), ("results?code={code}", "Facet by facet"), ("inventories?id=lures", "Inventories"),
])
def test_nothing_that_a_host_typed_is_a_link(console, lured, page, until):
    console.goto(f"{lured[1].url}/{page.format(code=lured[0].code)}")
    expect(console.get_by_role("heading", name=until)).to_be_visible(timeout=20_000)
    for folded in console.locator("[data-testid=stExpander] summary").all():
        folded.click()
    expect(console.get_by_text("evil").first).to_be_attached()
    assert console.evaluate(LINKS) == []
    assert console.asked == []
