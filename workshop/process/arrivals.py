"""Who has gone to an organisation's sign-in and is not back yet: in memory, each good once, for some minutes."""

import time
from collections.abc import Callable
from hashlib import sha256

SECONDS = 600
MOST = 5_000


class Arrivals:
    """What is kept here for a browser while it is away, by its own token and the state that it has to bring back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = MOST) -> None:
        self._clock = clock
        self._most = most
        self._away: dict[str, tuple[float, str]] = {}  # oldest first

    def sent(self, token: str, state: str, kept: str) -> None:
        """This browser leaves with this state; whoever left longest ago is forgotten where too many are away."""
        while len(self._away) >= self._most:
            del self._away[next(iter(self._away))]
        self._away[_name(token, state)] = (self._clock() + SECONDS, kept)

    def back(self, token: str, state: str) -> str | None:
        """What was kept, once; None for another browser, another state, a second time, or too late."""
        until, kept = self._away.pop(_name(token, state), (0.0, ""))
        return kept if kept and self._clock() <= until else None


def _name(token: str, state: str) -> str:
    return sha256(f"{token} {state}".encode()).hexdigest()
