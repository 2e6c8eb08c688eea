"""What a participant does on the phone, and what the phone keeps."""

import json
import re

from playwright.sync_api import Page, expect


def view(page: Page, name: str) -> None:
    expect(page.locator("html")).to_have_attribute("data-view", name, timeout=10_000)


def tap(page: Page, name: str) -> None:
    ready(page)
    page.locator("main.live").get_by_role("button", name=name, exact=True).tap()


def join(page: Page) -> None:
    tap(page, "Join")
    view(page, "waiting")


def begin(page: Page) -> None:
    view(page, "begin")
    tap(page, "Begin")
    view(page, "card")


# Presses the same word on so many cards, each as soon as the one before has gone: no wait longer than the page's own.
PRESSING = """([word, times]) => new Promise(done => {
  const question = () => document.getElementById('q'), ready = act => lit ? setTimeout(ready, 10, act) : act();
  const press = () => {
    const was = question(), boxes = [...document.querySelectorAll('main.live .box')];
    const seen = new MutationObserver(() => {
      if (question() === was) return;
      seen.disconnect();
      --times && question() ? ready(press) : ready(done);
    });
    seen.observe(document.querySelector('main.live'), {childList: true});
    boxes.find(one => one.textContent === word).click();
  };
  press();
})"""


def ready(page: Page) -> None:
    """Waits until a tap is no more taken for the one before."""
    page.evaluate("new Promise(done => (function look() {"
                  " typeof lit !== 'undefined' && lit ? setTimeout(look, 10) : done(); })())")


def answer(page: Page, word: str, times: int = 1) -> None:
    """Presses the same word on so many cards."""
    page.evaluate(PRESSING, [word, times])


def answer_by_thumb(page: Page, word: str, times: int = 1) -> None:
    """The same with a finger on the glass."""
    for _ in range(times):
        was = page.locator("#q").element_handle()
        tap(page, word)
        was.wait_for_element_state("hidden")
        ready(page)


def answer_at_once(page: Page, answers: dict[str, int | None]) -> None:
    """As if these had been tapped and the page loaded again; leaves the phone at its review."""
    view(page, "begin")
    page.evaluate("answers => { draft = {a: answers, i: 0, began: 1, rev: 1}; save(); }", answers)
    page.reload()
    view(page, "review")


def send(page: Page) -> None:
    tap(page, "Send")
    view(page, "received")


def kept(page: Page) -> dict:
    """What the phone keeps for this site, by kind of storage."""
    return {kind: json.loads(page.evaluate(f"JSON.stringify({kind}Storage)")) for kind in ("local", "session")}


def drafts(page: Page) -> list[str]:
    return [name for name in kept(page)["local"] if re.search(r"\.\d+$", name)]
