"""Every byte of simulated workshops, attacked.

`uv run --with ortools python -m tests.attack --workshops 1000 --seed 7`. Half of the workshops are *held*, half are
*blocks*; first come a twentieth as many that are *open*, where the attacker has to succeed, then workshops without one
rule after the other, each of which has to let him succeed somewhere.

With `--journal FILE` nothing is lost by an interruption: the same command goes on. `--part 2/4` takes every fourth
workshop from the second on; the journals of the parts, one after the other in one file, make up the whole, and
`--minutes 0` prints the tables of what is there.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.attack.campaign import BANDS, Line, Missed, band_of, first_success, outcomes
from tests.attack.journal import Journal, Task
from tests.attack.knowing import SIZES as POOLS
from tests.attack.without import RULES

Lines = dict[tuple[str, tuple[int, int]], Line]


def options() -> argparse.Namespace:
    """What may be asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workshops", type=int, default=1000, help="of held and blocks together")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=20.0, help="that the solver may take for one question")
    parser.add_argument("--minutes", type=float, default=600.0, help="after which no further workshop is begun")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--rules", default=",".join(RULES), help="to be taken out in turn; empty: none")
    parser.add_argument("--journal", type=Path, help="a file that every outcome is added to, and gone on from")
    parser.add_argument("--part", default="1/1", help="which of how many parts of the workshops")
    return parser.parse_args()


def main() -> int:
    """Prints the tables; 1 where the attacker wins, or fails where he has to win."""
    chosen, started = options(), time.monotonic()
    journal, until = Journal(chosen.journal), started + 60 * chosen.minutes
    part, parts = map(int, chosen.part.split("/"))

    def played(tasks: Sequence[Task]) -> Lines:
        return gathered(tasks[part - 1::parts], chosen.jobs, until, journal)

    # Whom he finds there he finds without a solver, and whom he does not is of no interest.
    lines = played([Task("open", number, chosen.seed, -1.0) for number in range(max(4, chosen.workshops // 20))])
    print(f"{by_size(lines)}\n", flush=True)
    # Half of a short time for these, so that the rest is not left out.
    missed = [first_success(rule, chosen.seed, chosen.seconds, started + 30 * chosen.minutes, journal)
              for rule in chosen.rules.split(",") if rule]
    print(f"{without_rules(missed)}\n", flush=True)
    lines |= played([Task(level, number, chosen.seed, chosen.seconds)
                     for number in range(chosen.workshops // 2) for level in ("held", "blocks")])
    print(f"{by_size(lines)}\n\n{pooled(lines)}\n\n{decided_by(lines)}\n")
    print("\n".join(complaints(lines)))
    return int(won(lines) or any(one.over and not one.resolved for one in missed))


def gathered(tasks: Sequence[Task], jobs: int, until: float, journal: Journal) -> Lines:
    """All outcomes by level and band."""
    lines: Lines = {}
    for number, outcome in enumerate(outcomes(tasks, jobs, until, journal), 1):
        lines.setdefault((outcome.plan.fields["protection"], band_of(outcome.plan)), Line()).add(outcome)
        if number % 20 == 0:
            print(f"{number} workshops", file=sys.stderr, flush=True)
    return lines


def won(lines: Lines) -> bool:
    """Whether anybody is found where nobody may be, or nobody in open."""
    protected = [line for (level, _), line in lines.items() if level != "open"]
    broken = any(line.resolved or line.told_apart or line.misread or line.failed for line in protected)
    opened = [line for (level, _), line in lines.items() if level == "open"]
    return broken or (bool(opened) and not sum(line.resolved for line in opened))


def by_size(lines: Lines) -> str:
    """Level by size by people resolved."""
    head = "| level | people | workshops | rounds | people in rounds | resolved | not decided | told from its twin |"
    rows = [f"| {level} | {band[0]}–{band[1]} | {line.workshops} | {line.rounds} | {line.people} | **{line.resolved}** "
            f"| {line.undecided} | {'–' if level == 'open' else f'{len(line.told_apart)} of {line.twins}'} |"
            for (level, band), line in _in_order(lines)]
    return "\n".join([head, "|---|---|---|---|---|---|---|---|", *rows])


def pooled(lines: Lines) -> str:
    """Rooms in which somebody is resolved by people who pool what they know: drawn by lot, and the worst."""
    head = "| level | people | rounds | " + " | ".join(f"{size} know each other" for size in POOLS) + " |"
    rows = [f"| {level} | {band[0]}–{band[1]} | {line.pooled[POOLS[0], 'rooms']} | "
            + " | ".join(_shares(line, size) for size in POOLS) + " |"
            for (level, band), line in _in_order(lines) if line.pooled]
    return "\n".join([head, "|---|---|---|" + "---|" * len(POOLS), *rows])


def _shares(line: Line, size: int) -> str:
    rooms = line.pooled[size, "rooms"]
    return " / ".join(f"{100 * line.pooled[size, how] / rooms:.0f} %" for how in ("lot", "worst"))


def decided_by(lines: Lines) -> str:
    """By what suspicions were cleared or proved."""
    total = Line()
    for (level, _), line in lines.items():
        if level != "open":
            total.how += line.how
            total.bytes += line.bytes
    found = ", ".join(f"{how} {count}" for how, count in total.how.most_common())
    return f"Suspicions in held and blocks: {found}. {total.bytes / 1e6:.0f} MB were recorded."


def without_rules(missed: Sequence[Missed]) -> str:
    """What each rule is for."""
    rows = [f"| {one.rule} | {one.plan.fields['protection']} | {one.tries} | {one.plan.people} | **{one.resolved}** |"
            if one.plan else f"| {one.rule} | – | none of {one.tries}{'' if one.over else ', no time left'} | – | – |"
            for one in missed]
    return "\n".join(["| without | level | found in workshop number | of so many people | resolved |",
                      "|---|---|---|---|---|", *rows])


def complaints(lines: Lines) -> list[str]:
    """Where to look."""
    return [f"{what}: {one}" for (level, _), line in _in_order(lines) if level != "open"
            for what, found in (("failed", line.failed), ("resolved", line.who), ("told apart", line.told_apart),
                                ("misread", line.misread), ("not decided", line.silent)) for one in found[:20]]


def _in_order(lines: Lines) -> list[tuple[tuple[str, tuple[int, int]], Line]]:
    levels = ("held", "blocks", "open")
    return sorted(lines.items(), key=lambda one: (levels.index(one[0][0]), BANDS.index(one[0][1])))


if __name__ == "__main__":
    sys.exit(main())
