"""Whether a workshop's life notices each break of the house: a copy of it, broken in one place, is lived in.

`uv run python -m tests.life_mutations` prints a table; a break that nobody notices ends it with 1. `--of R3` tries
those of one verb or rule, `--long` lives longer where the lives of the default run notice nothing.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.attack.mutations import NEEDED
from tests.life_breaks import BREAKS, Break
from tests.life_rule_breaks import RULE_BREAKS
from tests.live import ROOT, clean_environ

LIVES = ("tests/test_life_stories.py", "tests/test_life.py")
FAILED = re.compile(r"^FAILED \S+?::(\S+)", re.MULTILINE)
LONG = {"LIFE_EXAMPLES": "40"}


def noticed(house: Path, *, long: bool) -> str:
    """The test that fails in this house, or nothing."""
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-x", "-p", "no:cacheprovider", *LIVES]
    environ = {**clean_environ(), "LIFE_AS_IT_CAME": "1", **(LONG if long else {})}
    done = subprocess.run([*command, *(["--long"] if long else [])], cwd=house, env=environ, capture_output=True,
                          text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout + done.stderr)
    found = FAILED.search(done.stdout)
    return found[1] if found else ""


@contextmanager
def broken(house: Path, one: Break) -> Iterator[None]:
    """The house with this break in it."""
    file = house / one.file
    whole = file.read_text("utf-8")
    if whole.count(one.piece) != 1:
        raise SystemExit(f"{one.file} has no single piece like this any more: {one.piece}")
    file.write_text(whole.replace(one.piece, one.instead), "utf-8")
    try:
        yield
    finally:
        file.write_text(whole, "utf-8")


def tried(house: Path, breaks: Sequence[Break], *, long: bool) -> int:
    """Prints a line for each; how many nobody noticed."""
    missed = 0
    for one in breaks:
        with broken(house, one):
            by = noticed(house, long=False) or (noticed(house, long=True) if long else "")
        missed += not by
        print(f"| {one.of} | {one.says} | {f'`{by}`' if by else '**nobody**'} |", flush=True)
    return missed


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--of", help="only the breaks of this verb or rule, like R3")
    parser.add_argument("--says", default="", help="only those that say this")
    parser.add_argument("--long", action="store_true", help="live longer where the default run notices nothing")
    asked = parser.parse_args(arguments)
    breaks = [one for one in (*BREAKS, *RULE_BREAKS) if asked.of in (None, one.of) and asked.says in one.says]
    with tempfile.TemporaryDirectory() as folder:
        house = Path(folder)
        for name in NEEDED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, house / name)
        if by := noticed(house, long=False):
            raise SystemExit(f"{by} fails in the whole house already")
        print("| of | broken: | noticed by |\n|---|---|---|", flush=True)
        missed = tried(house, breaks, long=asked.long)
    print(f"\n{len(breaks) - missed} of {len(breaks)} were noticed")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
