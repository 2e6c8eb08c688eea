"""A real server of the product: one process, one loopback port, one folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
KEY = "a-key-for-tests-only"


@dataclass
class Server:
    """A running process; `ready_after` is how many seconds it took to answer."""

    url: str
    key: str
    database: Path
    process: subprocess.Popen[str]
    started: float = field(default_factory=time.monotonic)
    ready_after: float = 0.0
    lines: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    readers: list[threading.Thread] = field(default_factory=list)

    @property
    def output(self) -> str:
        """What it has printed on standard output so far."""
        return "".join(self.lines)

    @property
    def errors(self) -> str:
        """What it has written to standard error so far."""
        return "".join(self.complaints)

    @property
    def sign_in_link(self) -> str:
        """The one-time link of the facilitator's console as it was printed."""
        until = time.monotonic() + 10
        while "/sign" not in self.output and time.monotonic() < until:
            time.sleep(0.02)
        return next(word for word in self.output.split() if "/sign" in word)

    @cached_property
    def console(self) -> dict[str, str]:
        """The cookie of one signed-in console, the same at each asking."""
        return self.sign_in()

    def sign_in(self) -> dict[str, str]:
        """The cookie of a browser that has opened the printed link and pressed its button; this uses the link up."""
        link = self.sign_in_link
        answer = httpx.post(link, headers={"Origin": link.partition("/sign-in")[0]}, verify=False, timeout=10)
        return dict(answer.cookies)

    def wait_until_healthy(self, seconds: float = 90) -> "Server":
        """Raises AssertionError with what the process said when it ends or stays silent."""
        while time.monotonic() - self.started < seconds and self.process.poll() is None:
            if answers(f"{self.url}/api/health"):
                self.ready_after = time.monotonic() - self.started
                return self
            time.sleep(0.02)
        raise AssertionError(f"the server did not come up:\n{self.output}{self.errors}")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Its exit status; also after it has ended by itself."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(20)
        finally:
            self.process.kill()
            self.process.wait()
            for reader in self.readers:
                reader.join(5)


def launch(folder: Path, *arguments: str, **environ: str) -> Server:
    """A process of app.py in a folder of its own; it may still be starting."""
    own = {
        "BOTHAND_DATABASE": str(folder / "bothand.duckdb"),
        "BOTHAND_HOST": "127.0.0.1",
        "BOTHAND_PORT": str(free_port()),
        "BOTHAND_FACILITATOR_KEY": KEY,
        "BOTHAND_OPEN_BROWSER": "0",
        **environ,
    }
    process = subprocess.Popen(
        [sys.executable, *arguments, str(ROOT / "app.py")], cwd=folder, env=clean_environ() | own, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    scheme = "https" if "BOTHAND_TLS_CERT" in environ else "http"
    url = f"{scheme}://127.0.0.1:{own['BOTHAND_PORT']}"
    server = Server(url, own["BOTHAND_FACILITATOR_KEY"], Path(own["BOTHAND_DATABASE"]), process)
    for stream, lines in ((process.stdout, server.lines), (process.stderr, server.complaints)):
        server.readers.append(threading.Thread(target=_read, args=(stream, lines), daemon=True))
        server.readers[-1].start()
    return server


def clean_environ() -> dict[str, str]:
    """This process's environment without settings of the product or of Streamlit."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("BOTHAND_", "STREAMLIT_"))}


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def answers(url: str) -> bool:
    """Whether somebody answers 200 there."""
    try:
        return httpx.get(url, timeout=2, verify=False).status_code == 200
    except httpx.HTTPError:
        return False


def _read(stream, lines):
    with stream:
        lines.extend(stream)
