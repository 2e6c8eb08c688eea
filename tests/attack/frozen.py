"""The product's own process with a clock that moves only when it is told to, and with dice that always fall alike: two
of them that are asked the same have to answer the same, byte for byte.

    python tests/attack/frozen.py SOCKET app.py

Over the socket comes a number of seconds, or "tick" for what happens by itself; back comes "done".
"""

import base64
import random
import runpy
import sys
import threading
import time
import uuid
from importlib import import_module
from multiprocessing.connection import Listener
from pathlib import Path
from types import SimpleNamespace
from typing import Any

MONDAY = 1_790_000_000.0
TIMED = ("workshop.sessions.telling", "workshop.sessions.moved")
THROWN = ("workshop.events", "workshop.vault", "workshop.web", "workshop.sessions.creation",
          "workshop.sessions.gathering", "workshop.sessions.seats")


class Clock:
    """Stands in for the module `time` as well: `monotonic` counts the same seconds."""

    def __init__(self) -> None:
        self.now = MONDAY

    def time(self) -> float:
        return self.now

    monotonic = time


class Dice:
    """Stands in for the module `secrets` where what it throws is told to anybody."""

    def __init__(self, seed: str) -> None:
        self._rng = random.Random(seed)
        self.choice, self.randbelow = self._rng.choice, self._rng.randrange

    def token_bytes(self, size: int) -> bytes:
        return self._rng.randbytes(size)

    def token_hex(self, size: int) -> str:
        return self._rng.randbytes(size).hex()

    def token_urlsafe(self, size: int) -> str:
        return base64.urlsafe_b64encode(self._rng.randbytes(size)).rstrip(b"=").decode()

    def SystemRandom(self) -> random.Random:
        return self._rng


def freeze(clock: Clock) -> None:
    """Time and dice of everything that tells something; nothing of the product may have been loaded before."""
    time.time = clock.time
    for name in TIMED:
        import_module(name).time = clock
    for name in THROWN:
        import_module(name).secrets = Dice(name)
    names = random.Random("files")
    files: Any = import_module("streamlit.runtime.media_file_manager")
    files.uuid = SimpleNamespace(uuid4=lambda: uuid.UUID(bytes=names.randbytes(16), version=4))
    import_module("workshop.sessions.duties").Duties._run = lambda self: None


def obey(listener: Listener, clock: Clock) -> None:
    """Does what is said, one thing after the other."""
    with listener.accept() as line:
        while True:
            try:
                said: Any = line.recv()
            except EOFError:
                return
            if said == "tick":
                tick(import_module("workshop.house").house())
            else:
                clock.now += said
            line.send("done")


def tick(here: Any) -> None:
    """What the duties do by themselves once a second, all of it."""
    here.sessions.moved.look()
    here.sessions.store.transact(lambda tx: None).result(20)  # told before anything else is
    here.duties.look()
    here.duties.tick()


if __name__ == "__main__":
    path, *sys.argv = sys.argv[1:]
    sys.path.insert(0, str(Path(sys.argv[0]).parent))
    at = Clock()
    freeze(at)
    threading.Thread(target=obey, args=(Listener(path), at), daemon=True).start()
    runpy.run_path(sys.argv[0], run_name="__main__")
