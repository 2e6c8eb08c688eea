"""WebKitGTK by its own driver, which speaks WebDriver over HTTP, on a screen that nobody sees."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.live import free_port

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
DARK = ("--dark-mode",)
NO_SCRIPT = ("--enable-javascript=false",)


def mini_browser() -> str | None:
    """The little browser that comes with the driver."""
    return next((str(path) for path in Path("/usr/lib").glob("**/webkit2gtk-4.*/MiniBrowser")), None)


def installed() -> bool:
    """Whether the driver, its browser and a screen are here."""
    return bool(shutil.which("WebKitWebDriver") and shutil.which("Xvfb") and mini_browser())


@dataclass
class WebKit:
    """One window of a browser of its own."""

    driver: httpx.Client

    def ask(self, method: str, path: str, **body: Any) -> Any:
        """One command, and what it brings."""
        reply = self.driver.request(method, path, json=body if method == "POST" else None).json()["value"]
        if isinstance(reply, dict) and "error" in reply:
            raise RuntimeError(f"{path}: {reply['error']}: {reply['message']}")
        return reply

    def open(self, url: str) -> None:
        """Loads a page."""
        self.ask("POST", "url", url=url)

    def reload(self) -> None:
        """As by the button."""
        self.ask("POST", "refresh")

    def value(self, expression: str) -> Any:
        """What an expression is on the page, a promise waited for."""
        script = (f"const done = arguments[arguments.length - 1]; Promise.resolve({expression})"
                  ".then(value => done([value]), wrong => done(String(wrong)))")
        found = self.ask("POST", "execute/async", script=script, args=[])
        if isinstance(found, str):
            raise RuntimeError(found)
        return found[0]

    def touch(self, x: float, y: float) -> None:
        """The pointer, down and up: this driver knows no finger."""
        self._perform("pointer", [{"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0},
                                  {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}])

    def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        self._perform("key", [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")])

    def _perform(self, kind: str, actions: list[dict[str, Any]]) -> None:
        self.ask("POST", "actions", actions=[{"type": kind, "id": kind, "actions": actions}])

    def text(self, selector: str) -> str:
        """What can be read in the first such element; also where scripts are off."""
        return str(self.ask("GET", f"element/{self._find(selector)}/text"))

    def click(self, selector: str) -> None:
        """As if pressed, wherever it is; what still comes up is waited for."""
        until = time.monotonic() + 20
        while True:
            try:
                self.ask("POST", f"element/{self._find(selector)}/click")
                return
            except RuntimeError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def pick(self, name: str, point: int) -> None:
        """Takes the nth option of a field."""
        self.click(f"select[name={name}] option[value='{point}']")

    def _find(self, selector: str) -> str:
        return str(self.ask("POST", "element", using="css selector", value=selector)[ELEMENT])

    def screenshot(self) -> str:
        """PNG, as base64."""
        return str(self.ask("GET", "screenshot"))


@contextmanager
def screen() -> Iterator[str]:
    """A display without glass."""
    reader, writer = os.pipe()
    process = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x3000x24", "-nolisten", "tcp"],
                               pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as number:
            yield f":{number.readline().strip()}"
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def webkit(width: int = 360, height: int = 640, options: tuple[str, ...] = ()) -> Iterator[WebKit]:
    """A fresh window of this size. Only options that MiniBrowser knows: with any other it never comes up."""
    port = free_port()
    with screen() as display:
        process = subprocess.Popen(["WebKitWebDriver", f"--port={port}"], env={**os.environ, "DISPLAY": display},
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=sys.stderr)
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}/", timeout=180, trust_env=False) as driver:
                browser = _session(driver, options)
                browser.ask("POST", "window/rect", x=0, y=0, width=width, height=height)
                yield browser
                browser.driver.delete("")
        finally:
            process.terminate()
            process.wait(20)


def _session(driver: httpx.Client, options: tuple[str, ...]) -> WebKit:
    wanted = {"binary": mini_browser(), "args": ["--automation", "--full-screen", *options]}
    body = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": wanted}}}
    until = time.monotonic() + 60
    while True:
        try:
            reply = driver.post("session", json=body).json()["value"]
        except httpx.ConnectError:
            assert time.monotonic() < until, "WebKitWebDriver did not come up"
            time.sleep(0.05)
            continue
        assert "sessionId" in reply, reply
        driver.base_url = driver.base_url.join(f"session/{reply['sessionId']}/")
        return WebKit(driver)
