"""The page that a group pins on the wall: text stays text, nothing runs, nothing is fetched."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from export_samples import large_room, small_room, summary, two_rounds

from workshop.export import export

HOSTILE = '</title><script>alert(1)</script><img src=x onerror="alert(2)">{{ 7*7 }}\u202e\ud800'


class Reader(HTMLParser):
    """Collects tags, attributes and the visible text."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attributes]

    def handle_data(self, data):
        self.text.append(data)


def read(given):
    reader = Reader()
    reader.feed(export("html", given).body.decode())
    return reader


def page(given):
    return export("html", given).body.decode()


def test_nothing_is_fetched():
    reader = read(large_room())
    assert not {"iframe", "link", "img", "object", "form", "base"} & set(reader.tags)
    assert all(not name.startswith("on") and name != "style" for _, name, _ in reader.attributes)
    assert not [value for _, name, value in reader.attributes if name in ("src", "href", "action")]


def scripts(text):
    """The scripts of a page as a browser would run them; those of another type are data."""
    return re.findall(r"<script>(.*?)</script>", text, re.DOTALL)


def test_the_policy_allows_its_own_style_its_own_scripts_and_nothing_else():
    text = page(summary())
    css = re.search(r"<style>(.*?)</style>", text, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = dict(re.findall(r'http-equiv="(Content-Security-Policy)" content="([^"]*)"', text))
    assert f"style-src &#39;sha256-{digest}&#39;" in policy["Content-Security-Policy"]
    assert "default-src &#39;none&#39;" in policy["Content-Security-Policy"]
    allowed = re.findall(r"sha256-([A-Za-z0-9+/=]+)", policy["Content-Security-Policy"].partition("script-src")[2]
                         .partition(";")[0] + policy["Content-Security-Policy"].partition("script-src")[2])
    for script in scripts(text):
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in allowed
    assert "unsafe" not in policy["Content-Security-Policy"]


def test_hostile_titles_notes_and_words_are_text_everywhere():
    given = large_room(title=HOSTILE, notes={"idea": HOSTILE}, sentence=HOSTILE)
    reader = read(given)
    assert "img" not in reader.tags
    assert not any("alert(1)" in script for script in scripts(page(given)))
    assert "".join(reader.text).count("<script>alert(1)</script>") >= 4
    assert "".join(reader.text).count("{{ 7*7 }}") >= 4


def test_it_tells_its_language_and_direction():
    assert '<html lang="en" dir="ltr"' in page(summary())


def test_headings_never_skip_a_level():
    levels = [int(tag[1]) for tag in read(two_rounds(notes={"idea": "x"})).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_every_picture_a_sentence():
    reader = read(two_rounds())
    assert reader.tags.count("caption") == reader.tags.count("table") > 5
    labels = [value for tag, name, value in reader.attributes if tag == "svg" and name == "aria-label"]
    assert "Trust: 5 seldom, 3 sometimes or skipped, 18 often" in labels
    assert any(label.startswith("26 people on a plane") for label in labels)


@pytest.mark.parametrize("given", [summary, small_room, two_rounds])
def test_there_is_no_percentage(given):
    visible = "".join(read(given()).text)
    visible = visible[visible.index("answered"):visible.index("How to read this")]
    assert "%" not in visible


def test_rows_that_are_held_back_come_last_with_their_sentence():
    names = re.findall(r'<span class="name">([^<]+?)\s*<', page(summary()))
    assert names[:8][-1].strip() == "Support"
    assert "not enough different answers to show" in page(summary())


def test_a_plane_that_is_held_back_says_so():
    given = summary()
    without = replace(given, snapshots=(replace(given.snapshots[0], plane=None, held_back=False),))
    assert '<p class="none">not enough different answers to show</p>\n</section>' in page(without)
    assert "Some tables are not shown" in page(without)


def test_a_small_room_shows_pooled_answers_only():
    text = page(small_room())
    assert text.count("48 answers from 6 people") >= 2
    assert text.count("When a teammate has a hard day") == 1  # named among those that the bar puts together
    assert text.count('<li class="row') == 2


def test_a_comparison_is_drawn_only_where_the_round_allows_it():
    assert "Then and now" in page(two_rounds()).split("This workshop")[0]
    now, before = two_rounds().snapshots
    apart = replace(two_rounds(), snapshots=(replace(now, then_now=False), before))
    assert "Then and now" not in page(apart)


@pytest.mark.long
def test_it_opens_without_a_complaint_and_without_an_accessibility_violation(phone_context, tmp_path):
    file = tmp_path / "page.html"
    file.write_bytes(export("html", two_rounds(rehearsal=True, notes={"idea": HOSTILE})).body)
    for options in ({}, {"viewport": {"width": 1100, "height": 900}, "is_mobile": False}):
        tab = phone_context(bypass_csp=False, **options).new_page()
        said, asked = [], []
        tab.on("console", lambda message, said=said: said.append(message.text))
        tab.on("request", lambda request, asked=asked: asked.append(request.url))
        tab.goto(file.as_uri())
        assert said == []
        assert [url for url in asked if not url.startswith(("data:", "file:"))] == []
        assert tab.evaluate("document.fonts.check('16px \"Atkinson Hyperlegible Next\"')")
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_axe_finds_nothing(phone_context, tmp_path):
    file = tmp_path / "page.html"
    file.write_bytes(export("html", large_room(rehearsal=True, notes={"idea": "Quiet."})).body)
    tab = phone_context(bypass_csp=True).new_page()
    tab.goto(file.as_uri())
    assert Axe().run(tab).response["violations"] == []


def test_a_rehearsal_is_marked_on_every_screen_and_every_sheet(phone_context, tmp_path):
    file = tmp_path / "page.html"
    file.write_bytes(export("html", large_room(rehearsal=True)).body)
    tab = phone_context().new_page()
    tab.goto(file.as_uri())
    tab.evaluate("scrollTo(0, 3000)")
    assert tab.locator(".banner").bounding_box()["y"] == 0
    tab.emulate_media(media="print")
    style = tab.locator(".everypage").evaluate("element => [getComputedStyle(element).position, "
                                               "getComputedStyle(element).display]")
    assert style == ["fixed", "block"]


# ---- looking closer


def opened(phone_context, tmp_path, given, **options):
    """The page from the disk with no network, and what it complained about."""
    file, said = tmp_path / "page.html", []
    file.write_bytes(export("html", given).body)
    tab = phone_context(**{"offline": True, "viewport": {"width": 900, "height": 900}, "is_mobile": False,
                           **options}).new_page()
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(file.as_uri())
    return tab, said


def test_pictures_answer_when_pointed_at_without_a_network(phone_context, tmp_path):
    tab, said = opened(phone_context, tmp_path, large_room(title=HOSTILE))
    tab.locator("#explore .main-svg").first.wait_for()
    assert tab.locator("#explore [data-picture]").count() == 7
    tab.locator("#explore [data-picture]").first.scroll_into_view_if_needed()
    box = tab.locator("#explore [data-picture] .point").first.bounding_box()
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    label = tab.locator(".hoverlayer .hovertext").first
    label.wait_for()
    assert "of 60" in label.text_content()
    for view in ("points", "around", "tones"):
        tab.check(f"input[value={view}]")
    assert tab.locator("[data-title]").count() == 0  # no bar of buttons, so nothing that could send a picture away
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert said == []


def test_without_a_script_everything_is_there_but_the_looking_closer(phone_context, tmp_path):
    tab, _ = opened(phone_context, tmp_path, two_rounds(), java_script_enabled=False)
    assert not tab.locator("#explore").is_visible()
    assert tab.locator(".side .bar").first.is_visible()
    assert tab.locator("table").count() > 10
    assert tab.locator("table").last.is_visible()


def test_paper_has_the_static_pictures_alone(phone_context, tmp_path):
    tab, _ = opened(phone_context, tmp_path, summary())
    tab.locator("#explore .main-svg").first.wait_for()
    tab.emulate_media(media="print")
    assert not tab.locator("#explore").is_visible()
    assert tab.locator(".side .bar").first.is_visible()


def test_the_page_of_the_largest_room_stays_under_two_megabytes():
    assert len(export("html", two_rounds(form="deep", prompts=True)).body) < 2_000_000
    assert "showSendToCloud: false" in page(summary())


def test_a_room_without_tables_of_statements_brings_no_script():
    assert "<script" not in page(small_room())
    assert "script-src" not in page(small_room())


def test_numbers_in_the_closer_pictures_are_those_of_the_tables():
    data = json.loads(re.search(r'<script type="application/json" id="pictures">(.*?)</script>', page(summary()))[1])
    shown = [sum(sum(trace["x"]) for trace in views["tones"]["data"]) for views in data[:2]]
    tables = [sum(sum(table.counts) for table in summary().rounds[0].items if table.pole == pole and table.counts)
              for pole in ("DL", "IL")]
    assert shown == tables
    for views in data[:-1]:
        for view in views.values():
            assert all(trace["hoverinfo"] == "text" for trace in view["data"])
