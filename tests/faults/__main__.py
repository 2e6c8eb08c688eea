"""The whole fault matrix on a real server: `python -m tests.faults [--only PART] [--times N]`. Loopback only.

Prints a Markdown table: how often the phone sent, how often it said "received", how many the room found.
"""

import argparse
import random
import signal
import sys
import tempfile
import zlib
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Error, sync_playwright

from tests import chromium_here
from tests.browser.hosting import Host
from tests.faults.cases import CASES, Case
from tests.faults.line import Line
from tests.faults.trial import Trial
from tests.live import Server, free_port, launch

SCREEN = {"viewport": {"width": 360, "height": 640}, "is_mobile": True, "has_touch": True}


class House:
    """A server that can be killed, and started again at the same port over the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.server: Server = self.start()

    def start(self) -> Server:
        return launch(self.folder, BOTHAND_PORT=str(self.port)).wait_until_healthy(90)

    def restart(self) -> None:
        self.server.stop(signal.SIGKILL)
        self.server = self.start()


def main() -> int:
    options = parser().parse_args()
    chosen = {name: case for name, case in CASES.items() if options.only in name}
    failed = 0
    print("| what goes wrong | sent | acknowledged | found | |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        house = House(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium_here.installed(), args=chromium_here.ARGUMENTS)
        try:
            for name, case in chosen.items():
                for n in range(options.times):
                    failed += not reckoned(house, browser, name, case, n)
        finally:
            browser.close()
            house.server.stop()
    return 1 if failed else 0


def reckoned(house: House, browser: Browser, name: str, case: Case, n: int) -> bool:
    """Tries a case; prints its row; whether all is well."""
    contexts, line = [], Line(house.port, random.Random(zlib.crc32(name.encode()) + n))

    def make():
        contexts.append(browser.new_context(**SCREEN))
        return contexts[-1]
    key = {"Authorization": f"Bearer {house.server.key}"}
    with httpx.Client(base_url=house.server.url, headers=key, timeout=30) as api:
        trial = Trial(Host(api, house.server.url), line, make, random.Random(n), house.restart)
        try:
            case(trial)
        except (AssertionError, Error, httpx.HTTPError) as error:
            trial.wrong.append(str(error).splitlines()[0])
        finally:
            for context in contexts:
                context.close()
            line.close()
            trial.host.close()
    well = not trial.wrong and trial.found == trial.acknowledged
    print(f"| {name} | {trial.sent} | {trial.acknowledged} | {trial.found} | {'; '.join(trial.wrong) or 'as said'} |",
          flush=True)
    return well


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    top.add_argument("--only", default="", metavar="PART", help="part of the names of the cases")
    top.add_argument("--times", type=int, default=1, help="each, with other dice")
    return top


if __name__ == "__main__":
    sys.exit(main())
