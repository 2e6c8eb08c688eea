"""The protection levels, what n may carry, and when a release may come. Expected values: the protection rules."""

from itertools import product
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.release import (
    Level,
    Policy,
    Showing,
    dark_allowed,
    enough_seats,
    finished_shown,
    grows,
    may_close,
    may_release,
    passes,
    policy,
    raised,
    shows,
    then_now,
)

OPEN, BLOCKS, HELD = (policy(level, "team") for level in ("open", "blocks", "held"))
PARTNERS = policy("held", "partner")
policies = st.sampled_from([OPEN, BLOCKS, HELD, PARTNERS, policy("blocks", "partner")])
tables = st.lists(st.integers(0, 12), min_size=2, max_size=6).map(tuple)


@pytest.mark.parametrize(("level", "context", "numbers"), [
    ("held", "team", (5, 1, 2)), ("blocks", "team", (8, 8, 3)), ("open", "team", (3, 1, 1)),
    ("held", "family", (5, 1, 2)), ("blocks", "class", (8, 8, 3)),
    ("held", "partner", (8, 1, 3)), ("blocks", "partner", (8, 8, 3)), ("open", "partner", (3, 1, 1)),
])
def test_each_level_has_its_numbers_and_partners_stricter_ones(
        level: Level, context: str, numbers: tuple[int, int, int]) -> None:
    assert policy(level, context) == Policy(level, *numbers)


@pytest.mark.parametrize(("before", "after", "numbers"), [
    ("open", "blocks", (8, 8, 3)), ("open", "held", (5, 1, 2)), ("blocks", "held", (8, 8, 3)),
])
def test_raising_takes_the_larger_numbers_of_both(
        before: Level, after: Level, numbers: tuple[int, int, int]) -> None:
    assert raised(policy(before, "team"), after, "team") == Policy(after, *numbers)


def test_raising_partners_from_open_brings_their_stricter_numbers() -> None:
    assert raised(policy("open", "partner"), "held", "partner") == Policy("held", 8, 1, 3)


@pytest.mark.parametrize(("before", "after"), [
    ("held", "held"), ("held", "blocks"), ("held", "open"),
    ("blocks", "blocks"), ("blocks", "open"), ("open", "open"),
])
def test_protection_is_never_lowered_nor_raised_to_itself(before: Level, after: Level) -> None:
    with pytest.raises(ValueError, match="can be raised"):
        raised(policy(before, "team"), after, "team")


def test_raising_twice_never_lets_a_number_fall() -> None:
    once = raised(policy("open", "team"), "blocks", "team")
    assert raised(once, "held", "team") == Policy("held", 8, 8, 3)


def test_partners_need_four_couples_and_nobody_else_a_number() -> None:
    assert [enough_seats("partner", seats) for seats in (0, 7, 8, 9)] == [False, False, True, True]
    assert all(enough_seats(context, 0) for context in ("team", "family", "class"))


# R1 in its own words, one clause a line.
def may_be_published(total: tuple[int, ...], increment: tuple[int, ...], now: Policy, first: bool) -> bool:
    two_classes = all(len([c for c in one if c > 0]) >= 2 for one in (total, increment))
    tau_in_each = all(c >= now.tau for one in (total, increment) for c in one if c > 0)
    enough = sum(increment) >= (now.k if first else now.m)
    return two_classes and tau_in_each and enough


@given(tables, tables, policies.filter(lambda one: one.level != "open"), st.booleans())
def test_a_table_is_published_exactly_as_the_rule_says(
        before: tuple[int, ...], increment: tuple[int, ...], now: Policy, first: bool) -> None:
    before = (before + (0,) * 6)[:len(increment)]
    total = increment if first else tuple(a + b for a, b in zip(before, increment, strict=True))
    assert passes(total, increment, now, first=first) == may_be_published(total, increment, now, first)


def test_a_total_that_fails_stops_an_increment_that_passes() -> None:
    assert not passes((1, 8, 8), (0, 4, 4), BLOCKS, first=False)
    assert passes((0, 8, 8), (0, 4, 4), BLOCKS, first=False)


@given(tables, st.booleans())
def test_in_open_only_k_people_in_all_are_asked_for(total: tuple[int, ...], first: bool) -> None:
    assert passes(total, (1,), OPEN, first=first) == (sum(total) >= 3)


@given(st.lists(tables, min_size=2, max_size=5))
def test_sums_of_increments_that_pass_also_pass(increments: list[tuple[int, ...]]) -> None:
    alike = [(*one, 0, 0, 0, 0)[:6] for one in increments]
    if all(passes(one, one, BLOCKS, first=True) for one in alike):
        united = tuple(map(sum, zip(*alike, strict=True)))
        assert passes(united, united, BLOCKS, first=True)


# The table "what n may show", cell by cell: the first and the last n of each row.
ROWS = {
    "k to 7": Showing(pooled=True),
    "8 to 11": Showing(items=True, item_classes=3),
    "12 to 15": Showing(items=True, item_classes=3, shape=True, poles=3, plane=3),
    "16 to 29": Showing(items=True, item_classes=None, shape=True, poles=5, plane=5, median=True),
    "30 on": Showing(items=True, item_classes=None, shape=True, poles=5, plane=5, median=True, percent=True),
    "open k to 11": Showing(items=True, item_classes=None),
    "open 12 to 15": Showing(items=True, item_classes=None, shape=True, poles=3, plane=3),
    "nothing": Showing(),
}


@pytest.mark.parametrize(("now", "n", "row"), [
    (HELD, 0, "nothing"), (HELD, 4, "nothing"), (HELD, 5, "k to 7"), (HELD, 7, "k to 7"),
    (HELD, 8, "8 to 11"), (HELD, 11, "8 to 11"), (HELD, 12, "12 to 15"), (HELD, 15, "12 to 15"),
    (HELD, 16, "16 to 29"), (HELD, 29, "16 to 29"), (HELD, 30, "30 on"), (HELD, 2000, "30 on"),
    (BLOCKS, 5, "nothing"), (BLOCKS, 7, "nothing"), (BLOCKS, 8, "8 to 11"), (BLOCKS, 30, "30 on"),
    (PARTNERS, 7, "nothing"), (PARTNERS, 8, "8 to 11"), (PARTNERS, 15, "12 to 15"),
    (OPEN, 2, "nothing"), (OPEN, 3, "open k to 11"), (OPEN, 11, "open k to 11"), (OPEN, 12, "open 12 to 15"),
    (OPEN, 16, "16 to 29"), (OPEN, 30, "30 on"),
])
def test_what_n_may_show(now: Policy, n: int, row: str) -> None:
    assert shows(n, now) == ROWS[row]


@given(st.integers(0, 60), policies)
def test_more_people_never_show_less_except_the_pooled_picture(n: int, now: Policy) -> None:
    fewer, more = shows(n, now), shows(n + 1, now)
    for one in ("items", "shape", "poles", "plane", "median", "percent"):
        assert getattr(fewer, one) <= getattr(more, one)
    assert not (fewer.pooled and fewer.items)


def test_dark_tables_need_twelve_people_and_in_open_any_number() -> None:
    assert [dark_allowed(n, HELD) for n in (0, 11, 12, 40)] == [False, False, True, True]
    assert [dark_allowed(n, BLOCKS) for n in (8, 11, 12)] == [False, False, True]
    assert all(dark_allowed(n, OPEN) for n in (1, 3, 11))


def test_pictures_grow_in_open_always_in_blocks_from_nineteen_seats_in_held_never() -> None:
    assert [grows("blocks", seats) for seats in (0, 18, 19, 300)] == [False, False, True, True]
    assert [grows("open", seats) for seats in (0, 3, 300)] == [True] * 3
    assert [grows("held", seats) for seats in (0, 19, 300)] == [False] * 3


@pytest.mark.parametrize(("fresh", "first", "seats", "finished", "may"), [
    (8, True, 19, 8, True),  # 11 to come, needed 8 + max(2, 3) = 11
    (9, True, 19, 9, False),  # 10 to come
    (7, True, 40, 7, False),  # under k
    (8, True, 26, 8, True),  # 18 to come, needed 8 + 4
    (8, False, 26, 16, False),  # 10 to come
    (8, False, 16, 16, True),  # nobody to come
    (7, False, 23, 23, False),  # nobody to come, and under m
    (8, False, 200, 167, True),  # 33 to come, needed 8 + 25
    (8, False, 200, 168, False),
    (8, False, 11, 2, False),  # 9 to come, needed 8 + 2
])
def test_a_block_comes_only_when_enough_are_in_and_enough_or_nobody_is_to_come(
        fresh: int, first: bool, seats: int, finished: int, may: bool) -> None:
    assert may_release(fresh, first=first, seats=seats, finished=finished, policy=BLOCKS) is may


@given(st.integers(0, 60), st.booleans(), st.integers(0, 300), st.integers(0, 300))
def test_mid_round_releases_of_blocks_follow_the_rule(
        fresh: int, first: bool, seats: int, others: int) -> None:
    finished = min(fresh + others, seats)
    to_come = seats - finished
    expected = fresh >= 8 and (to_come == 0 or to_come >= 8 + max(2, ceil(seats / 8)))
    assert may_release(fresh, first=first, seats=seats, finished=finished, policy=BLOCKS) == expected


def test_open_releases_from_k_and_then_with_every_answer_and_held_never_in_mid_round() -> None:
    for fresh, first, may in ((2, True, False), (3, True, True), (1, False, True), (0, False, False)):
        assert may_release(fresh, first=first, seats=30, finished=29, policy=OPEN) is may
    assert not any(may_release(fresh, first=first, seats=30, finished=30, policy=HELD)
                   for fresh, first in product((0, 1, 5, 30), (True, False)))


def test_what_is_left_at_close_is_taken_in_from_k_first_and_from_m_later() -> None:
    assert [may_close(fresh, first=True, policy=HELD) for fresh in (0, 4, 5)] == [False, False, True]
    assert [may_close(fresh, first=True, policy=BLOCKS) for fresh in (7, 8)] == [False, True]
    assert [may_close(fresh, first=False, policy=BLOCKS) for fresh in (0, 7, 8)] == [False, False, True]
    assert [may_close(fresh, first=False, policy=OPEN) for fresh in (0, 1)] == [False, True]


def test_held_has_one_release_and_no_second() -> None:
    assert not any(may_close(fresh, first=False, policy=HELD) for fresh in (1, 5, 100))


@given(st.integers(0, 2000), policies, st.booleans())
def test_finished_is_floored_to_fives_in_blocks_until_close_and_exact_elsewhere(
        finished: int, now: Policy, is_open: bool) -> None:
    told = finished_shown(finished, now, is_open=is_open)
    if now.level == "blocks" and is_open:
        assert told % 5 == 0
        assert 0 <= finished - told < 5
    else:
        assert told == finished


@given(st.integers(0, 30), st.integers(0, 30), policies)
def test_two_rounds_stand_side_by_side_when_enough_or_nobody_left_and_came(
        leavers: int, newcomers: int, now: Policy) -> None:
    least = max(now.m, now.k)
    expected = leavers in (0, *range(least, 31)) and newcomers in (0, *range(least, 31))
    assert then_now(leavers, newcomers, now) == expected


def test_one_leaver_hides_then_and_now() -> None:
    assert then_now(0, 0, HELD)
    assert not then_now(1, 0, HELD)
    assert not then_now(5, 4, HELD)
    assert then_now(5, 5, HELD)
    assert not then_now(7, 0, BLOCKS)
    assert not then_now(5, 0, PARTNERS)
