"""A phone in a browser that speaks the room's language: what it does to come into a state."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.hosting import Host
from tests.browser.thumbs import ready
from workshop.inventory import Locale

AROUND = 9  # people in the room besides this phone: enough for a picture


@dataclass
class Phone:
    """`make` makes a browser of its own; keys are those of data/locales."""

    host: Host
    locale: Locale
    make: Callable[..., BrowserContext]
    page: Page = field(init=False)

    def words(self, key: str) -> re.Pattern[str]:
        """The text of a key wherever it stands, whatever fills its slots."""
        parts = re.split(r"\{\w+\}", self.locale.texts[key])
        return re.compile(r".+".join(map(re.escape, parts)), re.DOTALL)

    def create(self, **fields: object) -> "Phone":
        self.host.create(language=self.locale.language, **fields)
        return self

    def lobby(self, **fields: object) -> "Phone":
        self.create(**fields).host.act("open_lobby")
        return self

    def visit(self, script: str = "", *, path: str = "", clock: bool = False, **options: object) -> "Phone":
        """Opens the room's page, or `path`, in a fresh browser."""
        context = self.make(**options)
        if script:
            context.add_init_script(script)
        self.page = context.new_page()
        if clock:
            self.page.clock.install()
        self.page.goto(self.host.url + (path or f"/j/{self.host.code}"))
        return self

    def view(self, name: str) -> "Phone":
        expect(self.page.locator("html")).to_have_attribute("data-view", name, timeout=10_000)
        return self

    def press(self, key: str) -> "Phone":
        """One button by its name."""
        ready(self.page)
        self.page.locator("body").get_by_role("button", name=self.locale.texts[key], exact=True).tap()
        return self

    def join(self) -> "Phone":
        return self.press("phone.door.join").view("waiting")

    def open_round(self, around: int = AROUND) -> "Phone":
        self.host.join(around).act("open_round")
        return self.view("begin")

    def begin(self) -> "Phone":
        return self.press("phone.page.begin_button").view("card")

    def on_a_card(self, script: str = "", **options: object) -> "Phone":
        """In a round that is open, on the first statement."""
        return self.lobby().visit(script, **options).join().open_round().begin()

    def answer(self, point: int, times: int = 1) -> "Phone":
        """Presses the key of a point, each time on another card."""
        for _ in range(times):
            was = self.page.locator("#q").element_handle()
            self.page.keyboard.press(str(point))
            was.wait_for_element_state("hidden")
            ready(self.page)
        return self

    def at_review(self) -> "Phone":
        """Some answered, and stopped."""
        return self.on_a_card().answer(4, 2).press("phone.page.stop").view("review")

    def sent(self, **fields: object) -> "Phone":
        """Every statement answered, low and high, and with the room."""
        self.lobby(**fields).visit().join().open_round()
        items = [item["id"] for item in self.host.state()["inventory"]["items"]]
        self.page.evaluate("answers => { draft = {a: answers, i: 0, began: 1, rev: 1}; save(); }",
                           {id: (1, 3, 4, 5, 2)[n % 5] for n, id in enumerate(items)})
        self.page.reload()
        return self.view("review").press("phone.page.send").view("received")

    def own_page(self) -> "Phone":
        """My page of the standard form, after the round is closed."""
        self.sent(form="standard", dark=True).host.answer().act("close_round")
        return self.view("counted").press("phone.page.my_page").view("mine")
