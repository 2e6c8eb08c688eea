"""Takes a picture of every state of the phone: `python -m tests.phone_states --out DIR`.

A real server, every language, three widths, light and dark. Whatever is wider than its screen, lacks its sentence or
its way on is told at the end, and the command fails then. Beside the pictures stands one sheet a language.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Error, sync_playwright

from tests import chromium_here
from tests.live import Server, launch
from tests.phone_states.looking import faults, pictures, sheet
from tests.phone_states.phone import Phone
from tests.phone_states.states import STATES, State
from workshop.inventory import Locale, load_library

SCREEN = {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}


def main() -> int:
    options = parser().parse_args()
    locales = load_library().locales
    chosen = [one for name, one in STATES.items() if options.only in name]
    wrong = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = launch(Path(folder)).wait_until_healthy()
        browser = playwright.chromium.launch(executable_path=chromium_here.installed(), args=chromium_here.ARGUMENTS)
        try:
            for language in options.language or sorted(locales):
                wrong += looked_at(server, browser, locales[language], chosen, options.out / language)
        finally:
            browser.close()
            server.stop()
    print(f"{len(chosen)} states, {len(wrong)} complaints", *wrong, sep="\n")
    return 1 if wrong else 0


def looked_at(server: Server, browser: Browser, locale: Locale, chosen: list[State], out: Path) -> list[str]:
    """Pictures of the states in one language; what is wrong with them."""
    wrong = []
    key = {"Authorization": f"Bearer {server.key}"}
    with httpx.Client(base_url=server.url, headers=key, timeout=30) as api:
        for one in chosen:
            found = in_state(server, api, browser, locale, one, out)
            wrong += [f"{locale.language} {one.name}: {text}" for text in found]
            print(f"{locale.language} {one.name}", *found, sep=" - ", flush=True)
    sheet(out)
    return wrong


def in_state(server: Server, api: httpx.Client, browser: Browser, locale: Locale, one: State, out: Path) -> list[str]:
    from tests.browser.hosting import Host

    context, host = [], Host(api, server.url)

    def make(**options):
        context.append(browser.new_context(**{**SCREEN, **options}))
        return context[-1]
    phone = Phone(host, locale, make)
    try:
        one.reach(phone)
        return faults(phone, one) + pictures(phone, one, out)
    except (AssertionError, Error) as error:
        return [f"not reached: {str(error).splitlines()[0]}"]
    finally:
        for each in context:
            each.close()
        host.close()


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m tests.phone_states", description=__doc__)
    top.add_argument("--out", type=Path, default=Path("data/local/phone"))
    top.add_argument("--only", default="", metavar="PART", help="part of the names of the states")
    top.add_argument("--language", action="append", help="one language instead of all; may be given again")
    return top


if __name__ == "__main__":
    sys.exit(main())
