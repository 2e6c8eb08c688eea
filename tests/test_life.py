"""The life of a workshop in any order: the real verbs over a real database, and the whole application as phones, host
and stage reach it, held against a model of a few lines and against the rules.

`uv run pytest --long tests/test_life.py` looks longer, `LIFE_EXAMPLES=500` before it as long as one likes.
"""

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from life_always import Always
from life_lives import Life, LifeInBlocks, LifeOverHTTP
from life_sights import not_met

MANY = 50
EXAMPLES = int(os.environ.get("LIFE_EXAMPLES", str(MANY)))
AS_IT_CAME = "LIFE_AS_IT_CAME" in os.environ  # a failure is then told at once, not made small first


def lived(machine: type[Always], examples: int) -> None:
    """So many lives; of few always the same ones, so that the default run cannot fail by chance."""
    run_state_machine_as_test(machine, settings=settings(
        max_examples=examples, stateful_step_count=30, deadline=None, derandomize=examples < MANY, database=None,
        phases=[phase for phase in Phase if not (AS_IT_CAME and phase == Phase.shrink)],
        suppress_health_check=list(HealthCheck)))


@pytest.mark.parametrize(("machine", "examples"), [(Life, 2), (LifeInBlocks, 2), (LifeOverHTTP, 1)])
def test_whatever_the_order_a_workshop_keeps_the_rules(machine, examples):
    lived(machine, examples)


@pytest.mark.long
@pytest.mark.timeout(7_200)
def test_long_lives_keep_them_and_meet_every_verb_and_every_rule():
    seen: Counter[str] = Counter()
    for machine in (Life, LifeInBlocks, LifeOverHTTP):
        machine.SEEN.clear()
        lived(machine, EXAMPLES)
        seen += machine.SEEN
    for what, times in sorted(seen.items()):
        print(f"{times:7} {what}")
    assert EXAMPLES < MANY or not_met(seen) == {}
