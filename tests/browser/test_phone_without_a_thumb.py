"""The phone by keyboard alone, by accessible names alone, in forced colours, and mirrored."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.thumbs import answer, begin, join, tap, view

KEYS_AT_MOST = 15


def press(page: Page, name: str) -> None:
    """Walks to a button with the tab key, and presses it with Enter."""
    wanted = page.get_by_role("button", name=name, exact=True)
    expect(wanted).to_be_visible()
    for _ in range(KEYS_AT_MOST):
        if wanted.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()
    page.keyboard.press("Enter")


def test_a_phone_needs_no_thumb_and_no_sight(phone_lobby, visit):
    """Every step by the tab key, Enter and numbers, found by role and name alone; each view begins at its heading."""
    page = visit(phone_lobby)
    press(page, "Join")
    expect(page.get_by_role("heading", name="You are in")).to_be_focused()
    phone_lobby.join(9).act("open_round")
    expect(page.get_by_role("heading", name="The round is open")).to_be_visible()
    press(page, "Begin")
    for n in range(1, 6):
        expect(page.get_by_role("progressbar", name=f"Statement {n} of 6")).to_be_attached()
        statement = page.get_by_role("heading", level=1)
        expect(statement).to_be_focused()
        expect(page.get_by_role("group", name=statement.inner_text()).get_by_role("button")).to_have_count(5)
        page.wait_for_timeout(160)
        page.keyboard.press(str(n))
    expect(page.get_by_role("progressbar", name="Statement 6 of 6")).to_be_attached()
    page.wait_for_timeout(160)
    press(page, "Skip")
    expect(page.get_by_role("heading", name="Ready to send")).to_be_focused()
    expect(page.get_by_role("listitem")).to_have_count(6)
    page.wait_for_timeout(160)
    press(page, "Send")
    expect(page.get_by_role("heading", name="Received, thank you")).to_be_focused()
    phone_lobby.answer().act("close_round")
    expect(page.get_by_role("heading", name="Your answers count")).to_be_visible()
    press(page, "My page")
    expect(page.get_by_role("heading", name="Your page")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="One moment")).to_be_focused()


@pytest.mark.long
def test_the_focus_is_seen_and_nothing_traps_it(answering):
    _, page = answering
    seen = []
    for _ in range(9):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent + getComputedStyle(document.activeElement)"
                                  ".outlineStyle"))
    assert [text for text in seen[:8] if not text.endswith("solid")] == []
    assert len(set(seen[:8])) == 8


def test_in_forced_colours_the_chosen_answer_and_the_line_still_stand_out(phone_lobby, visit):
    page = visit(phone_lobby, forced_colors="active")
    join(page)
    phone_lobby.join(9).act("open_round")
    begin(page)
    answer(page, "Often")
    tap(page, "Back")
    chosen, other = (page.get_by_role("button", name=name, exact=True) for name in ("Often", "Seldom"))
    expect(chosen).to_have_attribute("aria-pressed", "true")
    colour = "one => getComputedStyle(one).backgroundColor"
    assert chosen.evaluate(colour) != other.evaluate(colour)
    assert chosen.evaluate("one => getComputedStyle(one, '::after').content").startswith('"✓"')
    assert page.locator(".thin i").evaluate(colour) != page.locator(".thin").evaluate(colour)


@pytest.fixture
def mirrored(answering):
    """A language that nobody speaks, from right to left: longer words than any, in accents and brackets."""
    host, page = answering
    page.evaluate("""() => {
      document.documentElement.dir = 'rtl';
      for (const key in words) words[key] = '\\u202e' + words[key].replace(/[aeiou]/g, '$&\\u0301$&') + '\\u202c';
      drawn = '';
      draw();
    }""")
    return host, page


@pytest.mark.long
def test_a_language_from_right_to_left_is_mirrored_and_fits(mirrored):
    _, page = mirrored
    buttons = page.locator("main.live .links .link")
    places = [buttons.nth(n).bounding_box()["x"] for n in range(3)]
    assert places == sorted(places, reverse=True)
    line, bar = (page.locator(kind).bounding_box() for kind in (".thin i", ".thin"))
    assert abs(line["x"] + line["width"] - bar["x"] - bar["width"]) < 1
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("turn({rev: 1, stop: 1})")
    view(page, "review")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.long
def test_what_is_told_in_passing_is_told_once(answering):
    """Live regions speak when their text changes, so a text that stays is not written again."""
    host, page = answering
    page.evaluate("""() => {
      window.uttered = [];
      new MutationObserver(all => uttered.push(...all.map(one => one.target.textContent)))
        .observe(document.getElementById('soon'), {childList: true, characterData: true, subtree: true});
    }""")
    host.act("close_round", grace=60)
    expect(page.locator("#left")).to_have_text(re.compile(r"5[678] s"))
    assert page.evaluate("uttered.filter(text => text).length") == 1
