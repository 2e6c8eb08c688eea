"""A real browser with the stage, and the facilitator's console beside it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import BrowserContext, Error, Page, async_playwright

from tests import chromium_here
from tests.live import Server
from tests.load.measure import Usage, usage

DRAWN = "document.querySelectorAll('.js-plotly-plot .bars path, .js-plotly-plot .shapelayer path').length > 4"


@dataclass
class Projector:
    """The stage's page in Chromium; the console once it is opened."""

    context: BrowserContext
    stage: Page

    async def drawn(self, since: float, patience: float = 10) -> float | None:
        """Seconds from `since` until a picture stands on the stage, or None."""
        try:
            await self.stage.wait_for_function(DRAWN, polling="raf", timeout=1000 * patience)
        except Error:
            return None
        return time.perf_counter() - since

    async def open_console(self, server: Server, code: str) -> None:
        """Signs in with the link that the server printed, and looks at the room."""
        page = await self.context.new_page()
        await page.goto(server.sign_in_link)
        await page.wait_for_selector("[data-testid=stApp]")
        await page.goto(f"{server.url}/?code={code}")
        await page.wait_for_selector("[data-testid=stApp]")
        await asyncio.sleep(5)


@asynccontextmanager
async def projector(server: Server, code: str) -> AsyncIterator[Projector]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_here.installed(),
                                                   args=chromium_here.ARGUMENTS)
        context = await browser.new_context(viewport={"width": 1920, "height": 1080})
        stage = await context.new_page()
        await stage.goto(f"{server.url}/stage/{code}?theme=dark")
        yield Projector(context, stage)
        await browser.close()


async def idle(server: Server, seconds: float) -> float:
    """Share of one core that the server uses while nothing happens, in percent."""
    before: Usage = usage(server.process.pid)
    await asyncio.sleep(seconds)
    return 100 * (usage(server.process.pid).cpu - before.cpu) / seconds
