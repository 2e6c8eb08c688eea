"""What is left after the worst: `uv run python -m tests.crash --kills 200 --seed 7`. Loopback only, folders of its own.

`--parts storm,steps,…` runs some of it; `--small` is the short form of the default test run.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash import damage, power, steps
from tests.crash.clocks import through_clock_jumps
from tests.crash.disks import may_mount, small_disk
from tests.crash.full import through_a_full_disk, through_short_files
from tests.crash.storm import Storm, summary
from tests.crash.weather import Weather, weathered
from tests.load.measure import markdown


@dataclass(frozen=True)
class Scale:
    """How much of each part: kills under load, one of so many moments, of so many power cuts, so many disks of chance
    for each, damages of each kind, jumps, the weather."""

    kills: int
    every: int
    cuts: int
    chances: int
    damages: int
    jumps: int
    weather: Weather
    seed: int
    minutes: float


@dataclass
class Part:
    """Rows for the table, and what went wrong."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def storm(scale: Scale, folder: Path) -> Part:
    """kill -9 under load."""
    one = Storm(folder, random.Random(scale.seed))
    asyncio.run(one.run(scale.kills, scale.minutes))
    return Part([(what, str(found)) for what, found in summary(one)], one.wrong)


def between_steps(scale: Scale, folder: Path) -> Part:
    """kill -9 between each pair of steps of open, close, re-key and all else that touches a key or an entry."""
    died, wrong = steps.run(scale.every)
    return Part([(f"killed at “{name}”", f"{times} times") for name, times in sorted(died.items())], wrong)


def power_cuts(scale: Scale, folder: Path) -> Part:
    """The power goes, and with it what was not synced."""
    part = Part()
    for name, cuts in power.summary(list(power.LIVES), scale.cuts, scale.chances, scale.seed):
        tried = f"{cuts.moments} moments, {cuts.disks} disks" if name else "not tried"
        part.rows.append((f"power cut in the life of {name}", tried))
        part.wrong += cuts.wrong
    return part


def harmed(scale: Scale, folder: Path) -> Part:
    """Torn and changed bytes."""
    counted = damage.run(scale.damages, scale.seed)
    rows: dict[tuple[str, str], Counter[str]] = {}
    for (file, what, outcome), times in counted.items():
        rows.setdefault((file, what), Counter())[outcome] += times
    told = [(f"{file}, {what}", ", ".join(f"{times} × {end}" for end, times in sorted(ends.items())))
            for (file, what), ends in rows.items()]
    return Part(told, [f"{row}" for row in counted if row[2].startswith("wrong")])


def full_disk(scale: Scale, folder: Path) -> Part:
    """A disk without room during opening, sending, closing and export; else files that may not grow."""
    if may_mount(folder / "may"):
        with small_disk(folder / "small") as disk:
            wrong = through_a_full_disk(disk)
        return Part([("a disk of 24 MB full during open, send, close and export", "refused in a sentence, nothing lost"
                      if not wrong else "see below")], wrong)
    wrong = through_short_files(folder)
    return Part([("files that may not grow (no small disk can be mounted here), during send and close",
                  "refused in a sentence, nothing lost" if not wrong else "see below")], wrong)


def clocks(scale: Scale, folder: Path) -> Part:
    """Jumps of the clock with a restart after each."""
    wrong = through_clock_jumps(scale.jumps, scale.seed)
    return Part([("jumps of the clock, two days back to five hours on, a restart after each", str(scale.jumps))], wrong)


def weather(scale: Scale, folder: Path) -> Part:
    """SIGSTOP, everybody back at once, a reader who does not read."""
    told = weathered(folder, scale.weather)
    return Part(told.rows, told.wrong)


PARTS: dict[str, Callable[[Scale, Path], Part]] = {
    "storm": storm, "steps": between_steps, "power": power_cuts, "damage": harmed, "full": full_disk, "clocks": clocks,
    "weather": weather,
}


def main() -> int:
    """Prints a table, then every complaint; 1 where there is one."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=200, help="under load")
    options.add_argument("--seed", type=int, default=7, help="of the moments and of what is sent")
    options.add_argument("--minutes", type=float, default=600, help="after which no further kill under load comes")
    options.add_argument("--every", type=int, default=1, help="kill at each so-manieth moment between two steps")
    options.add_argument("--parts", default=",".join(PARTS), help="some of them, with commas between")
    options.add_argument("--small", action="store_true", help="the short form")
    options.add_argument("--json", action="store_true", help="complaints by part as JSON instead of a table")
    chosen = options.parse_args()
    scale = (Scale(1, 120, 60, 1, 1, 4, Weather(1, 50, 20), chosen.seed, 1) if chosen.small
             else Scale(chosen.kills, chosen.every, chosen.every, 3, 40, 60, Weather(), chosen.seed, chosen.minutes))
    found = {}
    for name in chosen.parts.split(","):
        with tempfile.TemporaryDirectory(prefix="bothand-crash-") as folder:
            found[name] = PARTS[name](scale, Path(folder))
        print(f"{name}: {len(found[name].wrong)} wrong", file=sys.stderr, flush=True)
    print(json.dumps({name: part.wrong for name, part in found.items()}) if chosen.json else
          markdown([row for part in found.values() for row in part.rows]))
    print("\n".join(one for part in found.values() for one in part.wrong), file=sys.stderr)
    return int(any(part.wrong for part in found.values()))


if __name__ == "__main__":
    sys.exit(main())
