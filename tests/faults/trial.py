"""One phone on a bad line, three people on a good one, and the reckoning when the round is closed."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.browser.hosting import Host
from tests.faults.line import Line

OTHERS = 3  # in the level "open" a picture needs three
POINTS = (None, 1, 2, 3, 4, 5)
LONG = 90_000


@dataclass
class Trial:
    """What the phone was made to send, what it said was received, and what the room found."""

    host: Host
    line: Line
    make: Callable[..., BrowserContext]
    dice: random.Random
    restart: Callable[[], None]
    page: Page = field(init=False)
    sent: int = 0
    acknowledged: int = 0
    found: int = 0
    wrong: list[str] = field(default_factory=list)

    def room(self) -> "Trial":
        self.host.create(protection="open").act("open_lobby").join(OTHERS)
        return self

    def visit(self, script: str = "", *, clock: bool = False) -> "Trial":
        context = self.make()
        if script:
            context.add_init_script(script)
        self.page = context.new_page()
        if clock:
            self.page.clock.install()
        return self.load()

    def load(self) -> "Trial":
        """Loads the page as a person does who sees that it did not come."""
        for _ in range(30):
            try:
                self.page.goto(f"{self.line.url}/j/{self.host.code}", wait_until="domcontentloaded", timeout=15_000)
                if self.page.evaluate("document.readyState != 'loading' && !!document.documentElement.dataset.view"):
                    return self
            except Error:
                self.page.wait_for_timeout(200)
        raise AssertionError("the page never came")

    def view(self, *names: str) -> str:
        locator = self.page.locator("html[data-view=" + "], html[data-view=".join(names) + "]")
        was = self.page.locator("html").get_attribute("data-view")
        expect(locator, f"{was} becomes {' or '.join(names)}").to_be_attached(timeout=LONG)
        return self.page.locator("html").get_attribute("data-view") or ""

    def press(self, name: str) -> "Trial":
        self.page.locator("main.live").get_by_role("button", name=name, exact=True).tap()
        return self

    def join(self) -> "Trial":
        self.press("Join").view("waiting")
        return self

    def open_round(self) -> "Trial":
        self.host.act("open_round").answer()
        self.view("begin")
        return self

    def answer(self) -> "Trial":
        """Every statement, as if tapped; leaves the phone at its review."""
        items = [item["id"] for item in self.host.state()["inventory"]["items"]]
        self.own = {id: self.dice.choice(POINTS) for id in items}
        self.page.evaluate("answers => turn({a: answers, began: 1, rev: 1})", self.own)
        self.view("review")
        return self

    def send(self) -> "Trial":
        self.sent += 1
        return self.press("Send")

    def received(self) -> "Trial":
        """What the phone says once the room has it; "mixed" where a picture took it in before the phone looked."""
        self.view("received", "mixed")
        self.acknowledged += 1
        return self

    def whole(self) -> "Trial":
        """Everything up to Send, on whatever line there is."""
        return self.room().visit().join().open_round().answer()

    def reckon(self) -> "Trial":
        """Closes the round on the good line and counts: people, and every answer of every statement."""
        said = {item: [self.own[item]] * (self.acknowledged > 0) for item in self.own}
        self.host.act("close_round")
        results = self.host.results()
        self.found = self.found + results["n"] - OTHERS
        known = random.Random(3)
        for _ in range(OTHERS):
            for item in self.host.state()["inventory"]["items"]:
                said[item["id"]].append(known.randint(1, 5))
        for table in results["items"]:
            points = Counter(point or 0 for point in said[table["id"]])
            if table["counts"] != [sum(points[point] for point in bin) for bin in table["bins"] or ()]:
                self.wrong.append(f"{table['id']}: {table['counts']} and not {sorted(points.items())}")
        return self
