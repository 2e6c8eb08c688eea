"""How long the stage lags behind the room: from the request that changes something to the frame that shows it.

    uv run python benchmarks/stage.py [times]

A real server, a real browser at 1920 x 1080, 30 phones. Prints a row for each kind of change: median, 95th
percentile and worst, in milliseconds. Wanted: 500 at the 95th percentile.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import chromium_here  # noqa: E402
import httpx  # noqa: E402
from live import Server, launch  # noqa: E402
from playwright.async_api import Page, async_playwright  # noqa: E402

PEOPLE, WANTED = 30, 500
# Resolves in the first frame in which the given text can be read and the given number of bars stands.
SHOWN = """([text, bars]) => new Promise(done => {
  const look = () => {
    const plot = document.querySelector("#plot");
    const drawn = plot.checkVisibility() ? plot.querySelectorAll(".bars path").length : 0;
    const read = document.body.innerText.includes(text);
    if (read && drawn >= bars) requestAnimationFrame(() => done(true)); else requestAnimationFrame(look);
  };
  look();
})"""
PICTURE = "How do we lean"


class Room:
    """One workshop in which every answer shows at once, and its phones."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.host = httpx.AsyncClient(base_url=server.url, timeout=30,
                                      headers={"Authorization": f"Bearer {server.key}"})
        self.phones = [httpx.AsyncClient(base_url=server.url, headers={"Origin": server.url}, timeout=30)
                       for _ in range(PEOPLE)]
        self.code, self.items = "", []

    async def begin(self) -> None:
        """Everybody is in and the round is open."""
        made = await self.host.post("/api/workshops", json={"title": "Stage", "protection": "open", "checklist": True})
        self.code = made.json()["code"]
        await self.act("open_lobby")
        for phone in self.phones:
            (await phone.post(f"/api/workshops/{self.code}/seats")).raise_for_status()
        await self.act("open_round")
        state = (await self.host.get(f"/api/workshops/{self.code}")).json()
        self.items = [item["id"] for item in state["inventory"]["items"]]

    async def act(self, action: str, **parameters: object) -> None:
        """One action of the host."""
        sent = await self.host.post(f"/api/workshops/{self.code}/actions", json={"action": action, **parameters})
        sent.raise_for_status()

    async def answer(self, number: int, round: int = 1) -> None:
        """One phone sends; another number sends other points."""
        answers = {id: 1 + (number * (place + 1) + number // 5) % 5 for place, id in enumerate(self.items)}
        sent = await self.phones[number % PEOPLE].put(f"/api/workshops/{self.code}/rounds/{round}/answers",
                                                      json={"answers": answers})
        sent.raise_for_status()

    async def close(self) -> None:
        """Everybody leaves."""
        await asyncio.gather(self.host.aclose(), *(phone.aclose() for phone in self.phones))


async def lag(page: Page, text: str, bars: int, change: Callable[[], Awaitable[None]]) -> float:
    """Milliseconds from the request to the frame."""
    seen = asyncio.create_task(page.evaluate(SHOWN, [text, bars]))
    await asyncio.sleep(0.05)
    began = time.perf_counter()
    await asyncio.gather(change(), seen)
    return 1000 * (time.perf_counter() - began)


async def measured(page: Page, room: Room, times: int) -> dict[str, list[float]]:
    """Each kind of change so many times."""
    rows: dict[str, list[float]] = {"scene moved": [], "an answer shown": [], "blank lifted": [], "round closed": []}
    await room.act("goto", scene="light")
    for number in range(PEOPLE):
        if number < 3:
            await room.answer(number)
        else:
            rows["an answer shown"].append(await lag(page, f"{number + 1} included", 6, partial(room.answer, number)))
        await asyncio.sleep(0.3)  # at most four updates a second are shown
    for _ in range(times):
        await room.act("goto", scene="reflection")
        await asyncio.sleep(0.2)
        rows["scene moved"].append(await lag(page, PICTURE, 6, partial(room.act, "goto", scene="light")))
        await room.act("blank", on=True)
        await asyncio.sleep(0.2)
        rows["blank lifted"].append(await lag(page, PICTURE, 6, partial(room.act, "blank", on=False)))
    rows["round closed"] = [await closing(page, room, round) for round in range(1, 1 + times // 2)]
    return rows


async def closing(page: Page, room: Room, round: int) -> float:
    """From the host's press to the whole picture; then the next round is opened and answered."""
    took = await lag(page, f"{PEOPLE} of {PEOPLE} answered", 6, partial(room.act, "close_round"))
    await room.act("open_round")
    for number in range(PEOPLE):
        await room.answer(number + 7 * round, round + 1)
    await asyncio.sleep(0.6)
    return took


async def main(times: int) -> None:
    """The table."""
    with tempfile.TemporaryDirectory() as folder:
        server = launch(Path(folder), BOTHAND_PUBLIC_URL="http://workshop.example:8501").wait_until_healthy(120)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium_here.installed(),
                                                       args=chromium_here.ARGUMENTS)
            page = await browser.new_page(viewport={"width": 1920, "height": 1080})
            room = Room(server)
            await room.begin()
            await page.goto(f"{server.url}/stage/{room.code}?theme=bright")
            await asyncio.sleep(2)
            rows = await measured(page, room, times)
            await room.close()
            await browser.close()
        server.stop()
    print(f"{'change':<18}{'times':>6}{'median':>9}{'p95':>9}{'worst':>9}   ms, wanted {WANTED} at p95")
    for name, found in rows.items():
        p95 = statistics.quantiles(found, n=20, method="inclusive")[-1]
        print(f"{name:<18}{len(found):>6}{statistics.median(found):>9.0f}{p95:>9.0f}{max(found):>9.0f}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
