"""docs/phone.md against the tests: every state is in its table, and every test that it names is there."""

import re
from pathlib import Path

from tests.phone_states.states import STATES

HERE = Path(__file__).parent
GUIDE = (HERE.parent / "docs" / "phone.md").read_text(encoding="utf-8")


def section(title):
    return GUIDE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_the_table_of_states_is_that_of_the_command():
    cells = re.findall(r"^\| ([^|]+) \|", section("States"), re.MULTILINE)
    named = {name.strip() for cell in cells[1:] for name in cell.split(";")}
    assert named == set(STATES)


def test_every_criterion_names_tests_that_exist():
    written = "".join(path.read_text(encoding="utf-8") for path in HERE.rglob("test_phone*.py"))
    table = section("For all: WCAG 2.2, levels A and AA")
    rows = re.findall(r"^\| (\d\.\d\.\d+ [^|]+) \| ([^|]+) \|", table, re.MULTILINE)
    assert len(rows) > 30
    for criterion, held in rows:
        tests = re.findall(r"`(test_\w+)`", held)
        assert tests, criterion
        assert [name for name in tests if f"def {name}(" not in written] == []
