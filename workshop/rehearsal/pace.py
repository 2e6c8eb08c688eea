"""How fast a rehearsal goes."""

import math
import re
from dataclasses import dataclass, replace

from workshop.errors import Invalid


@dataclass(frozen=True)
class Pace:
    """Windows in seconds: `joining` from the start, `answering` from the opening, `choosing` from the close;
    run-sheet minutes are divided by `divisor`."""

    joining: float
    answering: float
    choosing: float
    divisor: float

    def seconds(self, minutes: float) -> float:
        """How long a scene of so many minutes stays."""
        return 60 * minutes / self.divisor


HUMAN = Pace(joining=60, answering=170, choosing=30, divisor=1)
PACES = {
    # All joined in 10 s, all sent by 25 s.
    "demo": Pace(joining=9, answering=13, choosing=6, divisor=10),
    "human": HUMAN,
    "fast": Pace(joining=0, answering=0, choosing=0, divisor=math.inf),
}


def pace_named(name: str) -> Pace:
    """demo, human, fast, or xN for human divided by N; raises Invalid."""
    times = re.fullmatch(r"x(\d{1,4}(?:\.\d{1,3})?)", name)
    if times and (by := float(times[1])) >= 1:
        return replace(HUMAN, joining=HUMAN.joining / by, answering=HUMAN.answering / by,
                       choosing=HUMAN.choosing / by, divisor=by)
    if name not in PACES:
        raise Invalid("pace", f"There is no pace {name!r}. Choose demo, human, fast, or x2, x10 … "
                              "for human so many times as fast.")
    return PACES[name]
