"""A few of the faults between phone and room; `python -m tests.faults` tries all of them, killed servers included."""

import random

import pytest

from tests.faults.cases import CASES
from tests.faults.line import Line
from tests.faults.trial import Trial

SOME = ("join, seat: cut before the reply", "send: cut amid the request", "send: cut before the reply",
        "send: cut before the reply, then the round closes", "page loaded again while sending",
        "storage full, reply lost")


@pytest.fixture
def trial(host, phone_server, phone_context):
    line = Line(int(phone_server.url.rpartition(":")[2]))
    yield Trial(host, line, phone_context, random.Random(5), restart=lambda: None)
    line.close()


@pytest.mark.sample(3)
@pytest.mark.parametrize("name", SOME)
def test_the_room_counts_exactly_what_the_phone_said_was_received(trial, name):
    CASES[name](trial)
    assert trial.wrong == []
    assert trial.found == trial.acknowledged == 1
