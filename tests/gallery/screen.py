"""The stage's own page in a real browser, fed with sheets instead of a room."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests import chromium_here
from tests.gallery.sheets import Sheet
from workshop.inventory import load_library
from workshop.stage import STAGE_POLICY
from workshop.stage.files import files
from workshop.stage.routes import TEMPLATES

PLACE = "http://gallery.invalid"
READY = "document.querySelector('#headline').textContent !== '' && document.fonts.status === 'loaded'"
PATIENCE = 200  # looks, 10 ms apart: Playwright's own waiting needs eval, which the page's policy forbids


class Screen:
    """One window of one theme; what the page complains of is kept."""

    def __init__(self, browser: Browser, theme: str, size: tuple[int, int]) -> None:
        self.complaints: list[str] = []
        self.theme, self._body = theme, "{}"
        self._page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        self._page.on("console", lambda told: self.complaints.append(told.text))
        self._page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self._page.route("**/*", self._answer)

    def show(self, sheet: Sheet) -> Page:
        """The page once it has drawn this sheet."""
        self._body = json.dumps(sheet.body)
        self._page.goto(f"{PLACE}/stage/G7M4QX")
        for _ in range(PATIENCE):
            if self._page.evaluate(READY):
                break
            self._page.wait_for_timeout(10)
        self._page.wait_for_timeout(40)
        return self._page

    def picture(self, sheet: Sheet) -> Image.Image:
        """A photograph of it."""
        return Image.open(io.BytesIO(self.show(sheet).screenshot(animations="disabled"))).convert("RGB")

    def close(self) -> None:
        """The window."""
        self._page.close()

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/assets/stage/"):
            file = files()[path.rpartition("/")[2]]
            route.fulfill(body=file.body, content_type=file.type)
        elif path.endswith("/stage"):
            route.fulfill(body=self._body, content_type="application/json")
        elif path.endswith("/events"):
            route.fulfill(body="retry: 3600000\n\n", content_type="text/event-stream")
        else:
            route.fulfill(body=page(self.theme), content_type="text/html",
                          headers={"Content-Security-Policy": STAGE_POLICY})


def page(theme: str) -> str:
    """The product's page."""
    locale = load_library().locales["en"]
    return TEMPLATES.get_template("page.html").render(
        files=files(), language="en", direction="ltr", theme=theme, code="G7M4QX",
        gone=locale.text("stage.gone.headline"), qr=locale.text("stage.join_here"))


@contextmanager
def screens(size: tuple[int, int] = (1920, 1080)) -> Iterator[dict[str, Screen]]:
    """A window for each theme."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_here.installed(), args=chromium_here.ARGUMENTS)
        open_ones = {theme: Screen(browser, theme, size) for theme in ("bright", "dark")}
        yield open_ones
        browser.close()
