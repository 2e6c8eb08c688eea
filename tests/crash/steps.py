"""A process that is killed at one moment after another of a whole life, and what the next one finds.

`uv run python -m tests.crash.steps [--every 1]`: a fresh process dies at every so-manieth moment. Each time the
database has to stand as it did before or after the verb under way, and the rest of the life has to go as ever.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.crash.moments import watched
from tests.crash.script import Stand, whole_life
from tests.crash.standing import Standing, increments, keys_are_right, standing
from tests.rooms import Clock, open_sessions
from workshop.sessions.duties import Duties

FEWEST = 8  # the m of blocks


def in_a_process(work: Callable[[], Any]) -> Any:
    """What the work returned in a process of its own, or None where that died."""
    for late in ("pandas", "pyarrow"):  # what a start imports late takes four fifths of its time: once here, for all
        import_module(late)
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        status = 1
        try:
            with os.fdopen(write, "w") as pipe:
                json.dump(work(), pipe)
            status = 0
        except Exception:  # noqa: BLE001 - told to whoever waits, who has a process of his own
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if status == 1:
        raise AssertionError("a process broke; what it said stands above")
    return json.loads(text) if status == 0 else None


def opened(folder: Path) -> Stand:
    """The database as the next start finds it, settled. The clock may have gone back meanwhile."""
    clock = Clock()
    stand = Stand(open_sessions(folder, clock), clock)
    Duties(stand.sessions).settle()
    workshops = stand.sessions.workshops()
    stand.code = workshops[0].code if workshops else ""
    return stand


def course(folder: Path) -> list[Any]:
    """The life without a crash: the moments each verb passes, and how it leaves the database."""
    moments: list[str] = []
    watched(moments.append)
    stand = opened(folder)
    found = [["first start", moments[:], standing(stand)]]
    for name, verb in whole_life():
        before = len(moments)
        verb(stand)
        found.append([name, moments[before:], standing(stand)])
    return found


def die_at(folder: Path, moment: int) -> None:
    """Lives until the moment of this number, and not longer."""
    names: list[str] = []

    def watch(name: str) -> None:
        names.append(name)
        if len(names) > moment:
            os.kill(os.getpid(), signal.SIGKILL)

    watched(watch)
    stand = opened(folder)
    for _, verb in whole_life():
        verb(stand)


def look_and_go_on(folder: Path, verb: int, allowed: list[Standing]) -> dict[str, Any]:
    """What the next start finds, and where the rest of the life ends."""
    stand = opened(folder)
    found = _plain(standing(stand))
    verdict = {"known": found in allowed, "keys": keys_are_right(stand), "found": found,
               "increments": all(taken >= FEWEST for taken in increments(found))}
    begin = verb if found == allowed[-1] else max(0, verb - 1)  # the first start is no verb of the life
    for _, act in whole_life()[begin:]:
        act(stand)
    verdict["end"], verdict["keys at the end"] = standing(stand), keys_are_right(stand)
    stand.sessions.store.close()
    return verdict


def in_memory() -> str | None:
    """A folder that is quick to write: a killed process loses nothing there that it would keep on a disk."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def run(every: int, first: int = 0) -> tuple[Counter[str], list[str]]:
    """How often it died at each kind of moment, and what went wrong."""
    folder = Path(tempfile.mkdtemp(prefix="bothand-steps-", dir=in_memory()))
    try:
        plain = in_a_process(lambda: course(folder / "plain"))
        moments = [(verb, name) for verb, (_, names, _) in enumerate(plain) for name in names]
        died, wrong = Counter[str](), []
        for number in range(first, len(moments), every):
            here = folder / str(number)
            complaint = _one(here, plain, number, *moments[number])
            died[moments[number][1]] += 1
            wrong += [complaint] if complaint else []
            shutil.rmtree(here)
        return died, wrong
    finally:
        shutil.rmtree(folder)


def _one(folder: Path, plain: list[Any], number: int, verb: int, name: str) -> str:
    if in_a_process(lambda: die_at(folder, number)) is not None:
        return f"{number}: nobody died"
    states = [{"workshops": []}, *(state for _, _, state in plain)]
    allowed = [states[verb], states[verb + 1]]
    verdict = in_a_process(lambda: look_and_go_on(folder, verb, allowed))
    ends = verdict["end"] == plain[-1][2]
    fine = ends and all(verdict[what] for what in ("known", "keys", "increments", "keys at the end"))
    return "" if fine else f"{number} ({plain[verb][0]}, {name}): {json.dumps(verdict)[:2000]}"


def _plain(state: Standing) -> Standing:
    """As it comes out of a pipe: lists for tuples."""
    return json.loads(json.dumps(state))


def main() -> int:
    """Prints a table and every complaint."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--first", type=int, default=0)
    chosen = options.parse_args()
    died, wrong = run(chosen.every, chosen.first)
    print("| killed at | times |\n|---|---|")
    print("\n".join(f"| {name} | {times} |" for name, times in sorted(died.items())))
    print(f"\n{sum(died.values())} times killed, {len(wrong)} times wrong")
    print("\n".join(wrong))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
