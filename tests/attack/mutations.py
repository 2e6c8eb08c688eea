"""The rules that no attacker needs to try: each is taken out of a copy of the house, where a test of it has to fail.

`uv run python -m tests.attack.mutations` prints a table; a mutation that no test notices ends it with 1.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.live import ROOT, clean_environ

NEEDED = ("app.py", "pages", "workshop", "data", "tests", "docs", "pyproject.toml")


@dataclass(frozen=True)
class Mutation:
    """A line of the product and what takes its place; `bites` is the test that has to fail then."""

    rule: str
    says: str
    file: str
    line: str
    instead: str
    bites: str


MUTATIONS = (
    Mutation("R4", "skips do not count in n", "workshop/release/tables.py", "return Table(sum(counts), bins,",
             "return Table(sum(counts[1:]), bins,",
             "test_sessions.py::test_an_omitted_item_is_a_skip_and_skips_are_in_n"),
    Mutation("R5", "all points from 12 people", "workshop/release/showing.py", "PEOPLE_FOR_POINTS = 16",
             "PEOPLE_FOR_POINTS = 12", "test_release.py::test_what_n_may_show"),
    Mutation("R5", "sides and plane from 8 people", "workshop/release/showing.py", "PEOPLE_FOR_SHAPE = 12",
             "PEOPLE_FOR_SHAPE = 8", "test_what_n_carries.py::test_a_snapshot_carries_no_more_than_its_people"),
    Mutation("R8", "two rounds are always compared", "workshop/release/rounds.py",
             "return all(moved == 0 or moved >= least for moved in (leavers, newcomers))", "return least > 0",
             "test_sessions.py::test_two_rounds_stand_side_by_side_only_when_nobody_can_be_subtracted"),
    Mutation("R10", "an export tells when a round was opened", "workshop/export/snapshot_json.py",
             "[to_json(snapshot) for snapshot in summary.rounds]",
             "[{**to_json(snapshot), 'opened': summary.day} for snapshot in summary.rounds]",
             "test_what_n_carries.py::test_a_json_export_holds_the_snapshot_and_nothing_beside_it"),
    Mutation("R11", "what is hidden tells how many it hides", "workshop/sessions/publishing.py",
             'return PublishedTable("item", item.id, 0)',
             'return PublishedTable("item", item.id, sum(people[1] for people in blocks))',
             "test_export.py::test_rooms_that_differ_in_what_is_held_back_take_the_same_bytes_home"),
    Mutation("R12", "in blocks the finished are told exactly", "workshop/release/rounds.py",
             "return finished // FLOOR * FLOOR if", "return finished if",
             "test_sessions.py::test_in_blocks_finished_goes_in_fives_until_the_round_closes"),
    Mutation("R12", "a closed round takes answers", "workshop/sessions/seats.py",
             'raise Conflict("round_closed", "This round is closed, so nothing more can be sent or changed in it.")',
             "return act.workshop.collections[0], seat",
             "test_sessions.py::test_a_closed_round_refuses_answers_and_a_future_one_is_not_there"),
    Mutation("R14", "harder statements are told from 8 people", "workshop/release/showing.py",
             'return policy.level == "open" or n >= PEOPLE_FOR_SHAPE', "return n >= 3",
             "test_release.py::test_dark_tables_need_twelve_people_and_in_open_any_number"),
    Mutation("R14", "harder statements are told before their reveal", "workshop/sessions/publishing.py",
             "return {*LIGHT_POLES, *(item.id for item in questionnaire.items if item.pole in LIGHT_POLES)}",
             "return {*LIGHT_POLES, *SCORED_DARK, *(item.id for item in questionnaire.items)}",
             "test_sessions.py::test_dark_tables_stay_out_of_everything_until_they_are_revealed"),
)


def bites(house: Path, mutation: Mutation) -> bool:
    """Whether its test fails with the mutation in place, having passed without it."""
    file = house / mutation.file
    whole = file.read_text("utf-8")
    if whole.count(mutation.line) != 1:
        raise SystemExit(f"{mutation.file} has no single line “{mutation.line}” any more")
    before = _passes(house, mutation.bites)
    file.write_text(whole.replace(mutation.line, mutation.instead), "utf-8")
    after = _passes(house, mutation.bites)
    file.write_text(whole, "utf-8")
    return before and not after


def _passes(house: Path, test: str) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-x", "-p", "no:cacheprovider", f"tests/{test}"]
    done = subprocess.run(command, cwd=house, env=clean_environ(), capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout + done.stderr)
    return done.returncode == 0


def main() -> int:
    """Prints the table."""
    missed = 0
    print("| rule | taken out: | the test that fails |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name in NEEDED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, Path(folder) / name)
        for mutation in MUTATIONS:
            found = bites(Path(folder), mutation)
            missed += not found
            bitten = f"`{mutation.bites}`" if found else "**none**"
            print(f"| {mutation.rule} | {mutation.says} | {bitten} |", flush=True)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
