"""Torn and changed bytes in the database, its log and its keys, and what the next start makes of them.

Either everything is there as it was, or a sentence says what is not and what to do: never a silent loss.
"""

import os
import random
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.crash.script import PEOPLE, TOKENS, Stand, answers_of
from tests.crash.standing import standing
from tests.crash.steps import in_a_process, in_memory, opened
from tests.rooms import Clock, open_sessions
from workshop.errors import WorkshopError

Way = Callable[[bytes, random.Random], bytes]


def _flipped(content: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << rng.randrange(8)]) + content[place + 1:]


def _torn(content: bytes, rng: random.Random) -> bytes:
    return content[:rng.randrange(len(content))]


def _blank(content: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(content))
    return content[:place] + bytes(min(512, len(content) - place)) + content[place + 512:]


WAYS: dict[str, Way] = {"one bit flipped": _flipped, "torn off": _torn, "512 bytes blank": _blank}
FILES = {"database": "bothand.duckdb", "log": "bothand.duckdb.wal", "key": "keys/*.key"}


def lived(folder: Path) -> None:
    """A closed round in the file, an open one in the log, then the process dies."""
    stand = Stand(open_sessions(folder, Clock()), Clock())
    stand.code = stand.sessions.create({"title": "A room", "checklist": True, "form": "short"}).result(20).code
    stand.act("open_lobby")
    _round(stand, 1)
    stand.act("close_round")
    code = stand.code
    stand.sessions.store.close()
    stand = Stand(open_sessions(folder, Clock()), Clock(), code)
    stand.sessions.choose_edge(code, 1, TOKENS[0], "D2").result(20)
    _round(stand, 2)
    os.kill(os.getpid(), signal.SIGKILL)


def _round(stand: Stand, number: int) -> None:
    for token in TOKENS[:PEOPLE]:
        stand.sessions.join(stand.code, token).result(20)
    stand.act("open_round")
    for one in range(PEOPLE):
        stand.sessions.answer(stand.code, number, TOKENS[one], answers_of(stand.items, one, number)).result(20)


def found(folder: Path) -> dict[str, Any]:
    """What the next start finds, or what it says."""
    try:
        stand = opened(folder)
        return {"standing": standing(stand), "notice": [one.notice for one in stand.sessions.workshops()]}
    except WorkshopError as error:
        return {"refused": error.code, "sentence": error.message}


def outcome(folder: Path, path: Path, whole: dict[str, Any], way: Way, rng: random.Random) -> str:
    """One damage: "as it was", "refused: …", "said: …", or what must not be."""
    damaged = way(path.read_bytes(), rng)
    path.write_bytes(damaged)
    after = in_a_process(lambda: found(folder))
    if after is None:
        return "wrong: the process died"
    if "refused" in after:
        untouched = path.read_bytes() == damaged
        return f"refused: {after['refused']}" if untouched else "wrong: refused, and changed the file"
    if after["standing"] == whole["standing"]:
        return "as it was"
    said = sorted(set(after["notice"]) - set(whole["notice"]))
    return f"said: {said[0]}" if said else "wrong: lost in silence"


def run(times: int, seed: int) -> Counter[tuple[str, str, str]]:
    """So many of each kind of damage to each file: what came of them."""
    folder, rng = Path(tempfile.mkdtemp(prefix="bothand-damage-", dir=in_memory())), random.Random(seed)
    counted: Counter[tuple[str, str, str]] = Counter()
    try:
        in_a_process(lambda: lived(folder / "whole"))
        shutil.copytree(folder / "whole", folder / "copy")
        whole = in_a_process(lambda: found(folder / "copy"))
        for name, pattern in FILES.items():
            for what, way in WAYS.items():
                for _ in range(times):
                    shutil.rmtree(folder / "copy")
                    shutil.copytree(folder / "whole", folder / "copy")
                    path = rng.choice(sorted((folder / "copy").glob(pattern)))
                    counted[name, what, outcome(folder / "copy", path, whole, way, rng)] += 1
        return counted
    finally:
        shutil.rmtree(folder)
