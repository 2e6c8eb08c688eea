"""What a participant does on the phone, and what the phone keeps."""

import json
import re

from playwright.sync_api import Page, expect


def view(page: Page, name: str) -> None:
    expect(page.locator("html")).to_have_attribute("data-view", name, timeout=10_000)


def tap(page: Page, name: str) -> None:
    page.locator("main.live").get_by_role("button", name=name, exact=True).tap()


def join(page: Page) -> None:
    tap(page, "Join")
    view(page, "waiting")


def begin(page: Page) -> None:
    view(page, "begin")
    tap(page, "Begin")
    view(page, "card")


def answer(page: Page, word: str, times: int = 1) -> None:
    """Taps the same word on so many cards."""
    for _ in range(times):
        statement = page.locator("#q").inner_text()
        tap(page, word)
        expect(page.locator("#q").filter(has_text=re.compile(f"^{re.escape(statement)}$"))).to_have_count(0)


def send(page: Page) -> None:
    tap(page, "Send")
    view(page, "received")


def kept(page: Page) -> dict:
    """What the phone keeps for this site, by kind of storage."""
    return {kind: json.loads(page.evaluate(f"JSON.stringify({kind}Storage)")) for kind in ("local", "session")}


def drafts(page: Page) -> list[str]:
    return [name for name in kept(page)["local"] if re.search(r"\.\d+$", name)]
