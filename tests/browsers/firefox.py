"""Firefox by WebDriver BiDi, which it speaks itself: no driver in between."""

import itertools
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

NAMES = ("firefox-esr", "firefox")
QUIET: Mapping[str, Any] = {
    "app.update.disabledForTesting": True, "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False, "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False, "remote.prefs.recommended": True,
}
DARK = {"layout.css.prefers-color-scheme.content-override": 0}
LIGHT = {"layout.css.prefers-color-scheme.content-override": 1}
COOKIES_REFUSED = {"network.cookie.cookieBehavior": 2}
NO_SCRIPT = {"javascript.enabled": False}

DOWN_AND_UP = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
DOWN, ENTER = "\ue015", "\ue007"
PATIENCE = 180.0


def installed() -> str | None:
    """The program's path."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@dataclass
class Firefox:
    """One tab of a Firefox of its own."""

    line: ClientConnection
    context: str = ""
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command, and its reply."""
        number = next(self.numbers)
        self.line.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (reply := json.loads(self.line.recv(timeout=PATIENCE))).get("id") != number:
            pass
        if reply["type"] == "error":
            raise RuntimeError(f"{method}: {reply['error']}: {reply['message']}")
        return dict(reply["result"])

    def open(self, url: str) -> None:
        """Loads a page."""
        self.ask("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def reload(self) -> None:
        """As by the button."""
        self.ask("browsingContext.reload", context=self.context, wait="complete")

    def value(self, expression: str) -> Any:
        """What an expression is on the page, a promise waited for."""
        whole = f"Promise.resolve({expression}).then(value => JSON.stringify([value]))"
        reply = self.ask("script.evaluate", expression=whole, target={"context": self.context}, awaitPromise=True)
        if reply["type"] == "exception":
            raise RuntimeError(reply["exceptionDetails"]["text"])
        return json.loads(reply["result"]["value"])[0]

    def touch(self, x: float, y: float) -> None:
        """A finger, down and up."""
        self._perform("pointer", [{"type": "pointerMove", "x": round(x), "y": round(y)}, *DOWN_AND_UP],
                      parameters={"pointerType": "touch"})

    def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        self._perform("key", [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")])

    def _perform(self, kind: str, actions: list[dict[str, Any]], **more: Any) -> None:
        self.ask("input.performActions", context=self.context,
                 actions=[{"type": kind, "id": kind, "actions": actions, **more}])

    def click(self, selector: str) -> None:
        """A finger on the middle of the first such element on the screen; also where scripts are off."""
        node = self._find(selector)["nodes"][0]
        there = {"type": "element", "element": {"sharedId": node["sharedId"]}}
        self._perform("pointer", [{"type": "pointerMove", "x": 0, "y": 0, "origin": there}, *DOWN_AND_UP],
                      parameters={"pointerType": "touch"})

    def pick(self, name: str, point: int) -> None:
        """Takes the nth option of a field by its keys."""
        self.click(f"select[name={name}]")
        time.sleep(0.2)
        self.press(*[DOWN] * point, ENTER)

    def text(self, selector: str) -> str:
        """What stands in the first such element; also where scripts are off."""
        return " ".join(" ".join(map(_texts, self._find(selector)["nodes"])).split())

    def _find(self, selector: str) -> dict[str, Any]:
        return self.ask("browsingContext.locateNodes", context=self.context, maxNodeCount=1,
                        locator={"type": "css", "value": selector}, serializationOptions={"maxDomDepth": 20})

    def screenshot(self) -> str:
        """PNG, as base64."""
        return str(self.ask("browsingContext.captureScreenshot", context=self.context)["data"])


def _texts(node: Mapping[str, Any]) -> str:
    value = node.get("value", {})
    return str(value.get("nodeValue") or " ".join(map(_texts, value.get("children", ()))))


@contextmanager
def firefox(width: int = 360, height: int = 640, preferences: Mapping[str, Any] = LIGHT) -> Iterator[Firefox]:
    """A fresh Firefox with a screen of this size."""
    profile = Path(tempfile.mkdtemp(prefix="firefox"))
    settings = {**QUIET, **preferences}
    profile.joinpath("user.js").write_text(
        "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items()))
    command = [installed() or NAMES[0], "--headless", "--no-remote", "--profile", str(profile),
               "--remote-debugging-port", "0"]
    with profile.joinpath("stderr").open("w") as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said)
    try:
        with connect(f"{_address(process, profile / 'stderr')}/session", proxy=None, max_size=None,
                     open_timeout=PATIENCE) as line:
            yield _session(line, width, height)
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(profile, ignore_errors=True)


def _session(line: ClientConnection, width: int, height: int) -> Firefox:
    browser = Firefox(line)
    browser.ask("session.new", capabilities={})
    browser.context = browser.ask("browsingContext.getTree")["contexts"][0]["context"]
    browser.ask("browsingContext.setViewport", context=browser.context, devicePixelRatio=2,
                viewport={"width": width, "height": height})
    return browser


def _address(process: subprocess.Popen[bytes], said: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", said.read_text()):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(f"Firefox did not come up:\n{said.read_text()}")
