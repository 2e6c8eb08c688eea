"""A small room under the load benchmark: everybody gets through and every count is right. No times are judged."""

import asyncio

import pytest

from tests.load.measure import Times, markdown
from tests.load.phones import parser, run
from workshop.inventory import load_library
from workshop.rehearsal.people import Statement, crowd

OWN_SERVER = True  # is measured


@pytest.fixture(scope="module")
def found(server):
    options = parser().parse_args(["--people", "20", "--join-in", "1", "--send-in", "1", "--pause", "0"])
    return asyncio.run(run(server, options))


def test_nobody_meets_an_error_and_everybody_hears_of_the_round(found):
    assert found.errors == {}
    assert found.told == 20


def test_the_released_counts_are_what_was_sent(found):
    tables = [table for table in found.results["items"] if table["counts"] is not None]
    assert found.results["n"] == 20
    assert len(tables) > 4
    asked = sent()
    for table in tables:
        assert table["counts"] == [sum((one[table["id"]] or 0) in bin for one in asked) for bin in table["bins"]]


def sent():
    items = load_library().inventories["balance"].questionnaire("standard", "team", True, "en").items
    statements = tuple(Statement(item.id, item.facet, item.pole, item.keyed) for item in items)
    return [person.answers(statements, 5) for person in crowd(20, 1)]


def test_the_table_says_what_was_measured(found):
    lines = markdown(found.rows).splitlines()
    assert lines[:2] == ["| what | measured |", "|---|---|"]
    assert any(line.startswith("| send, 24 answers | p50 ") for line in lines)
    assert lines[-1] == "| errors | 0 |"


def test_times_are_read_from_the_slow_end():
    """Ordered 1 to 100 ms: half are under 51, the slowest is 100."""
    times = Times([n / 1000 for n in range(1, 101)])
    assert [round(times.at(share)) for share in (0.5, 0.95, 0.99, 1.0)] == [51, 96, 100, 100]
