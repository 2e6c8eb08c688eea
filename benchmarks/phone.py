"""What a phone downloads, how soon it can be used, and what it does while nobody touches it.

    uv run python benchmarks/phone.py [weight] [speed] [quiet] [--loads 20] [--seconds 30]

A real server and, for the last two, a real browser of 360 x 640 pixels, touched by its own script. Prints Markdown
tables; bytes are what comes through the socket, head and body. Wanted: one request of 14,336 bytes, My page's words in
8,192, usable after 800 ms, and no timer, request or message while the page is hidden.
"""

import argparse
import json
import re
import socket
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

import chromium_here  # noqa: E402
import httpx  # noqa: E402
from hosting import Host  # noqa: E402
from live import launch  # noqa: E402
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright  # noqa: E402

from workshop.inventory import load_library  # noqa: E402

BALANCE = load_library().inventories["balance"]
USABLE = 800
LIMITS = {"at the door": 14_336, "answering": 14_336, "My page's words": 8_192}
TITLE = "How we lean on each other and how we stand on our own: a day for the whole team in the old mill by the river"
GROUPING = {"question": "How long have you been working here?",
            "options": ["Less than a year", "One to five years", "Longer"]}
SCREEN: dict[str, Any] = {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 2, "is_mobile": True,
                          "has_touch": True}
SLOW_CPU = 4
# Lighthouse's slow 4G as the network has it, and as its DevTools mode sets it: there a request waits for all its
# round trips, a connection's included.
NETWORKS = {
    "150 ms, 1.6 Mbit/s": {"latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8},
    "562.5 ms a request, 1.5 Mbit/s": {"latency": 562.5, "downloadThroughput": 1.6 * 1024 * 1024 / 8 * 0.9,
                                       "uploadThroughput": 675 * 1024 / 8},
}
# Presses what `target` finds as soon as it is drawn; the clock stops at the first frame after `reacted` has become so.
PRESS = """() => {
  const done = () => requestAnimationFrame(() => setTimeout(() => { window.usable = performance.now(); }));
  let pressed = false;
  const look = () => {
    const target = document.querySelector('%(target)s');
    if (!pressed && target && target.getBoundingClientRect().height) {
      pressed = true;
      target.click();
    }
    if (pressed && document.querySelector('%(reacted)s')) done();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
USED = """new Promise(done => (function look() {
  window.usable ? done(usable) : setTimeout(look, 50);
})())"""
# Counts what a page's timers do, and lets the benchmark hide it: no browser without a window hides a page by itself.
COUNTING = """(() => {
  window.fired = 0;
  window.away = false;
  for (const kind of ['setTimeout', 'setInterval', 'requestAnimationFrame']) {
    const own = window[kind];
    window[kind] = (act, ...more) => own.call(window, (...given) => { window.fired++; return act(...given); }, ...more);
  }
  Object.defineProperty(document, 'hidden', {get: () => window.away});
  Object.defineProperty(document, 'visibilityState', {get: () => window.away ? 'hidden' : 'visible'});
})()"""
HIDE = "() => { window.away = true; document.dispatchEvent(new Event('visibilitychange')); }"


@contextmanager
def serving() -> Iterator[Callable[[], Host]]:
    """A server, and hosts with its key."""
    with tempfile.TemporaryDirectory() as folder:
        server = launch(Path(folder)).wait_until_healthy()
        key = {"Authorization": f"Bearer {server.key}"}
        try:
            with httpx.Client(base_url=server.url, headers=key, timeout=60) as api:
                yield lambda: Host(api, server.url)
        finally:
            server.stop()


# ---- weight


def on_the_wire(url: str, path: str, cookie: str = "", form: dict[str, str] | None = None) -> bytes:
    """Every byte of a reply as a browser's request gets it."""
    place, body = urlsplit(url), urlencode(form or {}).encode()
    lines = [f"{'POST' if form else 'GET'} {path} HTTP/1.1", f"Host: {place.netloc}", "Accept-Encoding: gzip, deflate",
             "Connection: close", f"Origin: {url}", *([f"Cookie: {cookie}"] if cookie else [])]
    if form:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    with socket.create_connection((place.hostname or "", place.port or 80), timeout=60) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        received = b""
        while piece := line.recv(65_536):
            received += piece
    return received


def seated(host: Host, form: str, context: str, language: str) -> tuple[Host, str]:
    """A room with an open round and nothing left out, and the cookie of a phone in it."""
    host.create(title=TITLE, form=form, context=context, language=language, dark=True, all_16=True,
                protection="blocks", grouping=GROUPING).act("open_lobby").join(8)
    code, cookies = host.code, host.people[0].cookies
    return host.act("open_round"), f"seat_{code}={cookies[f'seat_{code}']}"


def weighed(host: Host, cookie: str) -> dict[str, int]:
    """What one phone gets, in bytes; the page of an open round is also the form without JavaScript."""
    url, path = host.url, f"/j/{host.code}"
    page = httpx.get(url + path, headers={"Cookie": cookie}).text
    fields = dict(re.findall(r'<input type="hidden" name="(token|round)" value="([^"]*)">', page))
    answers = {item: "3" for item in re.findall(r"<select id=(\w+)", page) if item != "group"}
    asset = re.search(r'"mine":"([^"]+)"', page)
    assert asset
    return {
        "at the door": len(on_the_wire(url, path)),
        "answering": len(on_the_wire(url, path, cookie)),
        "My page's words": len(on_the_wire(url, asset[1])),
        "My page without JavaScript": len(on_the_wire(url, f"{path}/answers", cookie,
                                                      {**fields, **answers, "page": "mine"})),
    }


def weight(host: Callable[[], Host], _: argparse.Namespace) -> int:
    """A row for each language and form, each the heaviest of all kinds of room; how many are too heavy."""
    rows, over = [], 0
    for language in BALANCE.languages:
        for form in BALANCE.forms:
            found = [weighed(*seated(host(), form, context, language)) for context in BALANCE.contexts]
            most = {name: max(one[name] for one in found) for name in found[0]}
            over += sum(most[name] > limit for name, limit in LIMITS.items())
            count = len(BALANCE.questionnaire(form, BALANCE.contexts[0], True, language).items)
            rows.append([language, form, count, *(f"{size:,}" for size in most.values())])
    print(table(["language", "form", "statements", *most], rows))
    return over


# ---- speed


def slowed(page: Page, network: dict[str, float]) -> CDPSession:
    """The same page on a slow network and a slow processor."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", {"offline": False, **network})
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
    return line


def load(browser: Browser, url: str, cookie: str, network: dict[str, float], press: dict[str, str]) -> float:
    """One visit of a phone that has never been there: when the first tap had its effect, in milliseconds."""
    context = browser.new_context(**SCREEN)
    try:
        if cookie:
            name, value = cookie.split("=", 1)
            context.add_cookies([{"name": name, "value": value, "url": url}])
        page = context.new_page()
        slowed(page, network)
        page.add_init_script(f"({PRESS % press})()")
        page.goto(url, wait_until="commit")
        return float(page.evaluate(USED))
    finally:
        context.close()


def speed(host: Callable[[], Host], options: argparse.Namespace) -> int:
    """A row for each network and each first tap; how many are too slow."""
    lobby = host().create(title=TITLE, form="deep", dark=True, language="fr").act("open_lobby")
    inside, seat = seated(host(), "deep", "team", "fr")
    taps = {
        "Join": (lobby, "", {"target": "main.live .go", "reacted": "[data-view=joining],[data-view=waiting]"}),
        "first card": (inside, seat, {"target": "[data-view=begin] main.live .go",
                                                "reacted": "[data-view=card] main.live .box"}),
    }
    rows, late = [], 0
    with chromium() as browser:
        for network, values in NETWORKS.items():
            for name, (room, cookie, press) in taps.items():
                found = [load(browser, f"{room.url}/j/{room.code}", cookie, values, press)
                         for _ in range(options.loads)]
                rows.append([network, name, *spread(found)])
                late += statistics.median(found) > USABLE
    print(table(["network, processor 4 times slower", "tap", "usable, median", "95 %"], rows))
    return late


def spread(times: list[float]) -> tuple[str, str]:
    """Median and 95th percentile."""
    return f"{statistics.median(times):.0f} ms", f"{statistics.quantiles(times, n=20, method='inclusive')[18]:.0f} ms"


# ---- quiet


def ear(line: CDPSession) -> Counter[str]:
    """Counts what passes between a page and its server."""
    heard: Counter[str] = Counter()
    line.on("Network.requestWillBeSent", lambda _: heard.update(requests=1))
    line.on("Network.eventSourceMessageReceived", lambda _: heard.update(messages=1))
    return heard


def watched(page: Page, line: CDPSession, heard: Counter[str], seconds: int) -> list[str]:
    """Timers, requests, messages and the page's share of the processor in so many seconds."""
    def used() -> float:
        metrics = line.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))
    page.wait_for_timeout(2_000)
    fired, before, began = page.evaluate("fired"), used(), time.monotonic()
    heard.clear()
    page.wait_for_timeout(seconds * 1_000)
    share = (used() - before) / (time.monotonic() - began)
    return [str(page.evaluate("fired") - fired), str(heard["requests"]), str(heard["messages"]), f"{share:.2%}"]


def quiet(host: Callable[[], Host], options: argparse.Namespace) -> int:
    """A row for each view, in sight and hidden; how often a hidden page did anything."""
    rows, busy = [], 0
    with chromium() as browser:
        for name in ("waiting", "card"):
            room = host().create().act("open_lobby")
            context = browser.new_context(**SCREEN)
            context.add_init_script(COUNTING)
            page = context.new_page()
            line = context.new_cdp_session(page)
            for domain in ("Network", "Performance"):
                line.send(f"{domain}.enable")
            heard = ear(line)
            page.goto(f"{room.url}/j/{room.code}")
            brought_to(page, room, name)
            rows.append([name, "in sight", *watched(page, line, heard, options.seconds)])
            page.evaluate(HIDE)
            rows.append([name, "hidden", *watched(page, line, heard, options.seconds)])
            busy += sum(map(int, rows[-1][2:4]))
            context.close()
    print(table(["view", f"in {options.seconds} s", "timers", "requests", "messages", "of one core"], rows))
    return busy


def brought_to(page: Page, room: Host, name: str) -> None:
    """Joined, and on the first statement where that is asked for."""
    page.locator("main.live .go").tap()
    page.wait_for_selector("[data-view=waiting]")
    if name == "card":
        room.join(9).act("open_round")
        page.locator("[data-view=begin] main.live .go").tap()
        page.wait_for_selector("[data-view=card]")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that is installed here."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_here.installed(), args=chromium_here.ARGUMENTS)
        print(f"\nChromium {browser.version}\n")
        yield browser
        browser.close()


def table(head: list[str], rows: list[list[Any]]) -> str:
    """Markdown."""
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), *rows))


PARTS = {"weight": weight, "speed": speed, "quiet": quiet}


def main() -> int:
    """1 where something is heavier, slower or busier than wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all of them where none is named")
    parser.add_argument("--loads", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=30)
    options = parser.parse_args()
    over = {}
    with serving() as host:
        for name in options.parts or PARTS:
            over[name] = PARTS[name](host, options)
    print("\nover what is wanted:", json.dumps(over))
    return 1 if any(over.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
