"""Whether the clock can be trusted with what cannot be taken back: a laptop's may leap by years, and come back."""

import time
from collections.abc import Callable

LEAP = 600.0  # seconds that the time of day may run ahead of, or behind, the time that has passed
SETTLED = 3_600.0


class Steady:
    """Compares the time of day with the time that has passed between two looks.

    After a leap it takes an hour in which both agree: time enough for a clock to be set right. A sleeping laptop looks
    like a leap too, and costs that hour.
    """

    def __init__(self, passed: Callable[[], float] = time.monotonic) -> None:
        self._passed = passed
        self._last: tuple[float, float] | None = None
        self._leapt: float | None = None

    def look(self, now: float) -> bool:
        """Whether the time of day has been steady for long enough, or was never seen to leap."""
        passed = self._passed()
        if self._last is not None and abs((now - self._last[0]) - (passed - self._last[1])) > LEAP:
            self._leapt = passed
        self._last = (now, passed)
        return self._leapt is None or passed - self._leapt >= SETTLED
