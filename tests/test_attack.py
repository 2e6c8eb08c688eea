"""The attack's short form. The long one: `uv run --with ortools python -m tests.attack --workshops 1000 --seed 7`."""

from collections import Counter
from functools import cache

import pytest

from tests.attack.campaign import one_trial
from tests.attack.journal import Journal, Task
from tests.attack.knowing import Pooled
from tests.attack.plans import plan_number
from tests.attack.trial import Outcome
from tests.attack.without import LEVELS, RULES

SEED = 7
WITHOUT_A_SOLVER, WITHOUT_MOVES = 0.0, -1.0
# Rooms of the long form that take little time: near-unanimous, grouped, of several rounds, with people who leave.
ROOMS = [*(("held", number) for number in (0, 3, 4, 5, 7, 8, 19, 20, 21)),
         *(("blocks", number) for number in (12, 14, 15, 16))]
# Rooms in which the attacker finds somebody as soon as the rule is gone, and nobody before.
WHERE = {"R1": (21, (16, 20)), "R2": (6, (16, 18)), "R3": (21, (20, 22)), "R6": (10, (8, 10, 12)),
         "R7": (8, (9, 12, 16)), "R9": (14, (24, 28)), "R13": (24, (5, 6, 7))}


@cache
def trial(level: str, number: int) -> Outcome:
    """One room, attacked and played again as its twin."""
    return one_trial(Task(level, number, SEED, WITHOUT_A_SOLVER))


@pytest.mark.sample(5)
@pytest.mark.parametrize(("level", "number"), ROOMS)
def test_an_attacker_who_knows_the_rules_and_himself_finds_nobody(level, number):
    outcome = trial(level, number)
    assert outcome.rounds > 0
    assert outcome.resolved == set()
    assert outcome.undecided == []
    assert outcome.misread == []  # what he foretells from the rules is what was truly sent


@pytest.mark.parametrize(("level", "number"), [room for room in ROOMS if room[1] % 4 == 0])
def test_a_room_that_answered_otherwise_sends_the_same_bytes_where_the_same_is_shown(level, number):
    outcome = trial(level, number)
    assert outcome.twin_answers > 0
    assert outcome.told_apart == ""


def test_in_open_the_same_attacker_finds_people():
    assert any(one_trial(Task("open", number, SEED, WITHOUT_MOVES, sizes=(8, 9))).resolved for number in range(3))


@pytest.mark.parametrize("rule", RULES)
def test_without_a_rule_the_attacker_finds_somebody_whom_the_rule_protects(rule):
    number, sizes = WHERE[rule]
    assert one_trial(Task(LEVELS[rule], number, SEED, WITHOUT_MOVES, rule, sizes)).resolved
    assert not one_trial(Task(LEVELS[rule], number, SEED, WITHOUT_MOVES, "", sizes)).resolved


def outcome_of(task: Task, **known) -> Outcome:
    return Outcome(plan_number(task.level, task.number, task.seed, task.sizes), **known)


def test_an_interrupted_run_knows_what_it_had_found_and_writes_on_after_a_torn_line(tmp_path):
    path = tmp_path / "journal"
    done, next_one = Task("held", 3, SEED, 20.0), Task("open", 5, SEED, -1.0, sizes=(8, 9))
    found = outcome_of(done, people=7, rounds=2, how=Counter(alone=3), resolved={(1, 4)},
                       pooled=[Pooled(2, by_lot=True, worst=False)])
    Journal(path).add(done, found)
    path.write_bytes(path.read_bytes() + b'{"task": {"lev')
    again = Journal(path)
    assert again.of(done) == found
    assert again.of(next_one) is None
    again.add(next_one, outcome_of(next_one))
    assert Journal(path).of(next_one) == outcome_of(next_one)


def test_what_failed_or_was_not_decided_in_a_shorter_time_is_tried_again(tmp_path):
    journal, task = Journal(tmp_path / "journal"), Task("held", 3, SEED, 5.0)
    journal.add(task, outcome_of(task, failed="MemoryError()"))
    assert journal.of(task) is None
    journal.add(task, outcome_of(task, undecided=["D1A"]))
    assert journal.of(task) is not None
    assert Journal(journal.path).of(Task("held", 3, SEED, 20.0)) is None
