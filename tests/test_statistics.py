"""What a published table says of the room as a whole. Expected values: the label rule, worked by hand."""

import doctest
import importlib
import inspect
import pkgutil
from fractions import Fraction
from math import comb
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop import statistics
from workshop.statistics import shape

counts = st.integers(0, 60)


@pytest.mark.parametrize(("low", "middle", "high", "word"), [
    (2, 2, 8, "shared_high"),  # 8 of 12 = 2/3
    (3, 2, 7, "leaning_high"),  # 7 of 12 is under 2/3
    (8, 2, 2, "shared_low"),
    (7, 2, 3, "leaning_low"),
    (7, 2, 11, "two_camps"),  # 35 %, 10 %, 55 %
    (7, 3, 11, "spread"),  # 7 of 21 is under 35 %, and 4 of 21 under 25 %
    (11, 2, 7, "two_camps"),
    (6, 0, 6, "two_camps"),
    (8, 3, 9, "spread"),  # 15 % in the middle
    (3, 6, 3, "middle"),  # half
    (0, 6, 6, "middle"),  # half, although all the others are high
    (4, 5, 3, "spread"),
    (2, 5, 5, "leaning_high"),  # a difference of 3 of 12 = 25 %
    (5, 5, 2, "leaning_low"),
    (3, 5, 5, "spread"),  # 2 of 13
    (0, 0, 1, "shared_high"),
])
def test_the_word_for_a_shape(low: int, middle: int, high: int, word: str) -> None:
    assert shape(low, middle, high) == word


# The rule in its own words and order, in fractions of the room.
@given(counts, counts, counts)
def test_the_first_word_that_holds_is_taken(low: int, middle: int, high: int) -> None:
    n = low + middle + high
    if n == 0:
        with pytest.raises(ValueError, match="no people"):
            shape(low, middle, high)
        return
    shares = [Fraction(one, n) for one in (low, middle, high)]
    rules = {
        "shared_high": shares[2] >= Fraction(2, 3),
        "shared_low": shares[0] >= Fraction(2, 3),
        "two_camps": min(shares[0], shares[2]) >= Fraction("0.35") and shares[1] <= Fraction("0.10"),
        "middle": shares[1] >= Fraction("0.50"),
        "leaning_high": shares[2] - shares[0] >= Fraction("0.25"),
        "leaning_low": shares[0] - shares[2] >= Fraction("0.25"),
        "spread": True,
    }
    assert shape(low, middle, high) == next(word for word, holds in rules.items() if holds)


@given(counts, counts, counts.filter(bool))
def test_a_mirrored_room_has_the_mirrored_word(low: int, middle: int, high: int) -> None:
    mirror = {"shared_high": "shared_low", "shared_low": "shared_high",
              "leaning_high": "leaning_low", "leaning_low": "leaning_high"}
    word = shape(low, middle, high)
    assert shape(high, middle, low) == mirror.get(word, word)


@given(counts, counts, counts.filter(bool), st.integers(2, 9))
def test_the_word_depends_on_shares_alone(low: int, middle: int, high: int, times: int) -> None:
    assert shape(times * low, times * middle, times * high) == shape(low, middle, high)


# Two of five points are low, one is the middle, two are high. Domain description: 13 %, 10 %, 1 %, by simulation.
@pytest.mark.parametrize(("n", "share"), [(12, 0.135), (30, 0.096), (100, 0.006)])
def test_rooms_that_answer_by_a_die_look_like_two_camps_now_and_then(n: int, share: float) -> None:
    rooms = [(low, middle, n - low - middle) for middle in range(n + 1) for low in range(n - middle + 1)]
    likely = {room: comb(n, room[1]) * comb(n - room[1], room[0]) * 0.2**room[1] * 0.4**(n - room[1]) for room in rooms}
    assert sum(likely.values()) == pytest.approx(1)
    assert sum(p for room, p in likely.items() if shape(*room) == "two_camps") == pytest.approx(share, abs=5e-4)


MODULES = [importlib.import_module(f"workshop.statistics.{module.name}")
           for module in pkgutil.iter_modules(statistics.__path__)]
FORMULAS = {name: getattr(statistics, name) for name in statistics.__all__
            if inspect.isfunction(getattr(statistics, name))}


def test_the_examples_in_the_docstrings_hold() -> None:
    found = [doctest.testmod(module) for module in MODULES]
    assert sum(one.failed for one in found) == 0
    assert sum(one.attempted for one in found) >= len(FORMULAS)


@pytest.mark.parametrize("name", FORMULAS)
def test_every_formula_says_its_range_and_shows_an_example(name: str) -> None:
    text = inspect.getdoc(FORMULAS[name]) or ""
    assert "Range:" in text
    assert ">>> " in text


def test_no_program_of_statistics_is_needed_at_run_time() -> None:
    sources = [Path(module.__file__ or "").read_text("utf-8") for module in MODULES]
    assert not [word for word in ("numpy", "scipy", "pandas", "pingouin", "statsmodels")
                for source in sources if f"import {word}" in source or f"from {word}" in source]


@pytest.mark.parametrize("name", FORMULAS)
def test_every_formula_stands_on_the_method_page(name: str) -> None:
    assert f"`{name}`" in (Path(__file__).parents[1] / "docs" / "method.md").read_text("utf-8")
