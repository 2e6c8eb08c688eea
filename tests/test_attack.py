"""The attack's short form. The long one: `uv run --with highspy python -m tests.attack --workshops 1000 --seed 7`."""

from functools import cache

import pytest

from tests.attack.campaign import Task, one_trial
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
