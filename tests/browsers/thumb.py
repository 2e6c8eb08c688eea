"""What a participant does in any of these browsers, and what it takes of a browser to be one of them."""

import time
from typing import Any, Protocol

PATIENCE = 30.0
# The middle of a button that reads so, brought into sight once a tap is no more taken for the one before.
MIDDLE = """new Promise((done, fail) => {
  const until = Date.now() + 25000;
  (function look() {
    const all = [...document.querySelectorAll('main.live button')], one = all.find(one => one.textContent === %r);
    if (Date.now() > until) return fail(Error(all.map(one => one.textContent).join(' | ')));
    if (!one || lit) return setTimeout(look, 20);
    one.scrollIntoView({block: 'center', behavior: 'instant'});
    const box = one.getBoundingClientRect();
    done([box.x + box.width / 2, box.y + box.height / 2]);
  })();
})"""


class Page(Protocol):
    """One tab with a page of ours."""

    def open(self, url: str) -> None: ...
    def reload(self) -> None: ...
    def value(self, expression: str) -> Any: ...
    def touch(self, x: float, y: float) -> None: ...
    def text(self, selector: str) -> str: ...
    def click(self, selector: str) -> None: ...
    def pick(self, name: str, point: int) -> None: ...
    def screenshot(self) -> str: ...


def tap(page: Page, name: str) -> None:
    """A finger on the button of this name."""
    page.touch(*page.value(MIDDLE % name))


def becomes(page: Page, expression: str, wanted: Any) -> float:
    """Waits until an expression is so; how many seconds that took."""
    begun = time.monotonic()
    while (found := page.value(expression)) != wanted:
        assert time.monotonic() - begun < PATIENCE, f"{expression} is {found!r}, not {wanted!r}"
        time.sleep(0.05)
    return time.monotonic() - begun


def view(page: Page, name: str) -> float:
    """Waits until the phone shows this; how many seconds that took."""
    return becomes(page, "document.documentElement.dataset.view", name)


def reads(page: Page, words: str, selector: str = "main.plain") -> None:
    """Waits for words on a page without scripts."""
    until = time.monotonic() + PATIENCE
    while words not in (found := page.text(selector)):
        assert time.monotonic() < until, f"{words!r} is not in {found!r}"
        time.sleep(0.1)
