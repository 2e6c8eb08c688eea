"""The power is cut at one step after another of a whole life, and what the next start finds.

A killed process leaves to the disk all that it wrote; a power cut only what was synced. So a real process is traced
with every byte that it writes, and for each step disks are made up on which any part of what was not yet synced is
missing. On each the product starts: it has to stand as before or after the verb under way, with every verb that
somebody was told of, and without the keys that were destroyed by then.

`uv run python -m tests.crash.power [--every 1] [--chances 3] [--life "sign-in"]`
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.crash.cuts import Disk, Image, images
from tests.crash.lives import LIVES, live
from tests.crash.steps import in_a_process, in_memory
from tests.crash.traced import Step, has_strace, trace
from tests.live import ROOT, clean_environ
from workshop.errors import WorkshopError
from workshop.vault import KEY_BYTES

DATABASE, NOTE = "home/bothand.duckdb", "home/bothand.duckdb.log-note"
KEYS = "home/keys/"


@dataclass
class Cuts:
    """What one life came to."""

    moments: int = 0
    disks: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def run(name: str, every: int, chances: int, seed: int) -> Cuts:
    """Cuts the power at each so-manieth step of that life."""
    folder = Path(tempfile.mkdtemp(prefix="bothand-power-", dir=in_memory()))
    try:
        states = in_a_process(lambda: live(name, folder / "plain", lambda what: None))
        steps = _traced(name, folder)
        return _cut_everywhere(name, steps, states, folder / "cut", _Choice(every, chances, random.Random(seed)))
    finally:
        shutil.rmtree(folder)


def _traced(name: str, folder: Path) -> list[Step]:
    base, said = folder / "traced", folder / "said"
    base.mkdir()
    command = [sys.executable, "-m", "tests.crash.lives", name, str(base / "home"), str(said)]
    return trace(command, base, said, folder / "trace", clean_environ() | {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"})


@dataclass(frozen=True)
class _Choice:
    every: int
    chances: int
    rng: random.Random


def _cut_everywhere(name: str, steps: list[Step], states: list[Any], folder: Path, choice: _Choice) -> Cuts:
    disk, keys, times, seen, cuts, told = Disk(), _Keys(), _times(steps), set(), Cuts(), 0
    for number, step in enumerate(steps):
        disk.take(step)
        keys.take(step, disk)
        told += step.what == "told"
        if number % choice.every:
            continue
        cuts.moments += 1
        for image in images(disk, choice.rng, choice.chances):
            if (told, image.key()) in seen:
                continue
            seen.add((told, image.key()))
            cuts.disks += 1
            allowed = ([states[told - 1]] if told else [None]) + states[told:told + 1]
            outcome, wrong = _found(name, image, folder, times, allowed, keys.gone)
            cuts.outcomes[outcome] += 1
            cuts.wrong += [f"{name}, step {number} of {len(steps)} ({step.what} {step.name}), after {told} told: "
                           f"{one}" for one in wrong]
    return cuts


def _found(name: str, image: Image, folder: Path, times: dict[tuple[int, int], int], allowed: list[Any],
           gone: set[bytes]) -> tuple[str, list[str]]:
    """How the next start stands, in a word, and what must not be."""
    _lay(image, folder, times)
    back = [key for key in gone if any(key in body for body in image.files.values())]
    try:
        after = in_a_process(lambda: _started(name, folder / "home"))  # which ends as a killed one
        again = after and in_a_process(lambda: _started(name, folder / "home"))
    finally:
        shutil.rmtree(folder)
    wrong = [f"{len(back)} destroyed keys are back"] if back else []
    if after is None or "refused" in after:
        return "refused", [*wrong, f"{after}"]
    if again != after:
        wrong.append(f"another at the second start: {_differs(again, after)}")
    if not after["sound"]:
        wrong.append("keys or increments are not right")
    first = None in allowed and _empty(after["state"])
    if not first and after["state"] not in allowed:
        wrong.append(f"neither before nor after: {_differs(after['state'], allowed[-1])}")
    return "as before" if first or after["state"] == allowed[0] else "as after", wrong


def _empty(state: Any) -> bool:
    return not (state["workshops"] if isinstance(state, dict) else state)


def _started(name: str, folder: Path) -> Any:
    life = LIVES[name]()
    try:
        one = life.start(folder)
    except WorkshopError as error:
        return {"refused": error.message}
    return {"state": life.state(one), "sound": life.sound(one)}


def _differs(found: Any, wanted: Any) -> str:
    return f"{json.dumps(found)[:600]} and not {json.dumps(wanted)[:600]}"


# ---- the disk as files


def _lay(image: Image, folder: Path, times: dict[tuple[int, int], int]) -> None:
    """With the time of its last change at the database, which the note beside it quotes."""
    folder.mkdir()
    image.write(folder)
    if DATABASE in image.files:
        node, changes = image.changes[DATABASE]
        made = times.get((node, changes)) if changes is not None else None
        moment = made or 1_000_000_000 + 1_000 * (changes or 0)
        os.utime(folder / DATABASE, ns=(moment, moment))


def _times(steps: list[Step]) -> dict[tuple[int, int], int]:
    """When the database was last changed, by node and number of changes, as the notes tell that were written then."""
    disk, times = Disk(), {}
    for step in steps:
        disk.take(step)
        if step.what == "write" and step.node == disk.now.get(NOTE) and DATABASE in disk.now:
            node = disk.now[DATABASE]
            times[node, disk.changes[node]] = int(step.data.split()[0].rpartition(b"-")[2])
    return times


@dataclass
class _Keys:
    """The keys that were destroyed before something was told."""

    there: dict[str, bytes] = field(default_factory=dict)
    going: set[bytes] = field(default_factory=set)
    gone: set[bytes] = field(default_factory=set)

    def take(self, step: Step, disk: Disk) -> None:
        """The next step, which the disk has taken."""
        if step.what == "moved" and step.into.startswith(KEYS) and step.into.endswith(".key"):
            self.there[step.into] = disk.safe[step.node][:KEY_BYTES]
        elif step.what == "gone" and step.name in self.there:
            self.going.add(self.there.pop(step.name))
        elif step.what == "told":
            self.gone |= self.going


def summary(names: list[str], every: int, chances: int, seed: int) -> Iterator[tuple[str, Cuts]]:
    """Each life's."""
    if not has_strace():
        yield "", Cuts(wrong=["strace is not installed, so no power was cut"])
        return
    for name in names:
        yield name, run(name, every, chances, seed)


def main() -> int:
    """Prints a line a life and every complaint."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--chances", type=int, default=3)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--life", action="append", choices=list(LIVES))
    chosen = options.parse_args()
    complaints: list[str] = []
    for name, cuts in summary(chosen.life or list(LIVES), chosen.every, chosen.chances, chosen.seed):
        print(f"{name}: {cuts.moments} moments, {cuts.disks} disks, {dict(cuts.outcomes)}, {len(cuts.wrong)} wrong")
        complaints += cuts.wrong
    print("\n".join(complaints))
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
