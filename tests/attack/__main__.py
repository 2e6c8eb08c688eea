"""Every byte of simulated workshops, attacked.

`uv run --with highspy python -m tests.attack --workshops 1000 --seed 7`. Half of the workshops are *held*, half are
*blocks*; a twentieth as many more are *open*, where the attacker has to succeed. He also tries workshops without one
rule after the other, each of which has to let him succeed somewhere.
"""

import argparse
import sys
import time
from collections.abc import Sequence

from tests.attack.campaign import BANDS, Line, Missed, Task, band_of, first_success, outcomes
from tests.attack.knowing import SIZES as POOLS
from tests.attack.without import RULES

Lines = dict[tuple[str, tuple[int, int]], Line]


def main() -> int:
    """Prints the tables; 1 where the attacker wins, or fails where he has to win."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--workshops", type=int, default=1000, help="of held and blocks together")
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--seconds", type=float, default=20.0, help="that the solver may take for one question")
    options.add_argument("--minutes", type=float, default=600.0, help="after which no further workshop is begun")
    options.add_argument("--jobs", type=int, default=1, help="processes")
    options.add_argument("--rules", default=",".join(RULES), help="to be taken out in turn; empty: none")
    chosen = options.parse_args()
    missed = [first_success(rule, chosen.seed, chosen.seconds) for rule in chosen.rules.split(",") if rule]
    print(without_rules(missed), flush=True)
    tasks = [Task(level, number, chosen.seed, chosen.seconds)
             for number in range(chosen.workshops // 2) for level in ("held", "blocks")]
    lines = gathered(tasks, chosen.jobs, time.monotonic() + 60 * chosen.minutes)
    # Whom he finds there he finds without a solver, and whom he does not is of no interest.
    tasks = [Task("open", number, chosen.seed, -1.0) for number in range(max(4, chosen.workshops // 20))]
    lines |= gathered(tasks, chosen.jobs, time.monotonic() + 60 * chosen.minutes)
    print(f"{by_size(lines)}\n\n{pooled(lines)}\n\n{decided_by(lines)}\n")
    print("\n".join(complaints(lines)))
    return int(won(lines) or not all(one.resolved for one in missed))


def gathered(tasks: Sequence[Task], jobs: int, until: float) -> Lines:
    """All outcomes by level and band."""
    lines: Lines = {}
    for number, outcome in enumerate(outcomes(tasks, jobs, until), 1):
        lines.setdefault((outcome.plan.fields["protection"], band_of(outcome.plan)), Line()).add(outcome)
        if number % 20 == 0:
            print(f"{number} workshops", file=sys.stderr, flush=True)
    return lines


def won(lines: Lines) -> bool:
    """Whether anybody is found where nobody may be, or nobody in open."""
    protected = [line for (level, _), line in lines.items() if level != "open"]
    broken = any(line.resolved or line.told_apart or line.misread for line in protected)
    return broken or not sum(line.resolved for (level, _), line in lines.items() if level == "open")


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
    rows = [f"| {one.rule} | {one.plan.fields['protection'] if one.plan else '–'} | {one.tries} "
            f"| {one.plan.people if one.plan else '–'} | **{one.resolved}** |" for one in missed]
    return "\n".join(["| without | level | found in workshop number | of so many people | resolved |",
                      "|---|---|---|---|---|", *rows])


def complaints(lines: Lines) -> list[str]:
    """Where to look."""
    return [f"{what}: {one}" for (level, _), line in _in_order(lines) if level != "open"
            for what, found in (("resolved", line.who), ("told apart", line.told_apart), ("misread", line.misread),
                                ("not decided", line.silent)) for one in found[:20]]


def _in_order(lines: Lines) -> list[tuple[tuple[str, tuple[int, int]], Line]]:
    levels = ("held", "blocks", "open")
    return sorted(lines.items(), key=lambda one: (levels.index(one[0][0]), BANDS.index(one[0][1])))


if __name__ == "__main__":
    sys.exit(main())
