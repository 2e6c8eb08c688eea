"""The pooled picture of a very small room. Expected values: the row "k to 7" of the rule's table."""

from collections.abc import Sequence
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.release import PooledTally, Table, policy, pooled_table

OPEN, BLOCKS, HELD = (policy(level, "team") for level in ("open", "blocks", "held"))
THREE = ((1, 2), (3,), (4, 5))
Person = tuple[int | None, ...]


def tally(room: Sequence[Person]) -> PooledTally:
    """People's keyed answers per item as 0 low, 1 middle, 2 high, None skipped -> their tally."""
    whole = [person for person in room if None not in person]
    low, middle, high = (sum(person.count(third) for person in whole) for third in range(3))
    one, two, three = (sum(third in person for person in whole) for third in range(3))
    low_mid = sum(bool({0, 1} & set(person)) for person in whole)
    mid_high = sum(bool({1, 2} & set(person)) for person in whole)
    return PooledTally(len(whole), (low, middle, high), (one, two, three), low_mid, mid_high)


def test_forty_eight_answers_from_six_people() -> None:
    room: Sequence[Person] = [(0, 0, 1, 1, 1, 2, 2, 2)] * 2 + [(1, 1, 2, 2, 2, 2, 2, 2)] * 4
    assert pooled_table(tally(room), 8, 5, HELD, n=6) == Table(6, THREE, (4, 14, 30))


def test_an_end_held_by_one_person_joins_the_middle() -> None:
    room: Sequence[Person] = [(0, 1), (1, 1), (1, 2), (2, 2), (2, 2), (2, 2)]
    assert pooled_table(tally(room), 2, 5, HELD, n=6) == Table(6, ((1, 2, 3), (4, 5)), (5, 7))
    mirrored: Sequence[Person] = [tuple(2 - third for third in person if third is not None) for person in room]
    assert pooled_table(tally(mirrored), 2, 5, HELD, n=6) == Table(6, ((1, 2), (3, 4, 5)), (7, 5))


def test_many_answers_of_one_person_are_one_holder() -> None:
    room: Sequence[Person] = [(0, 0, 0), (2, 2, 2), (2, 2, 2), (2, 2, 2), (2, 2, 2)]
    assert pooled_table(tally(room), 3, 5, HELD, n=5) is None


def test_two_holders_of_either_class_together_are_enough_for_two_classes() -> None:
    room: Sequence[Person] = [(0, 2), (1, 2), (2, 2), (2, 2), (2, 2)]
    assert pooled_table(tally(room), 2, 5, HELD, n=5) == Table(5, ((1, 2, 3), (4, 5)), (2, 8))


def test_one_person_in_both_low_and_middle_stays_one_holder() -> None:
    room: Sequence[Person] = [(0, 1), (2, 2), (2, 2), (2, 2), (2, 2)]
    assert pooled_table(tally(room), 2, 5, HELD, n=5) is None


def test_a_room_in_one_class_is_held_back() -> None:
    assert pooled_table(tally([(2, 2)] * 6), 2, 5, HELD, n=6) is None


def test_only_whole_answers_count_and_k_of_them_are_needed() -> None:
    room: Sequence[Person] = [(0, 2), (0, 2), (1, 2), (1, 2), (2, None), (None, 1)]
    assert pooled_table(tally(room), 2, 5, HELD, n=6) is None
    assert pooled_table(tally([*room, (2, 2)]), 2, 5, HELD, n=7) == Table(5, THREE, (2, 2, 6))


def test_a_pole_of_one_item_is_never_pooled() -> None:
    assert pooled_table(tally([(0,), (0,), (2,), (2,), (2,)]), 1, 5, HELD, n=5) is None


@pytest.mark.parametrize("n", [0, 4, 8, 12])
def test_pooled_tables_are_for_rounds_of_k_to_seven_people_only(n: int) -> None:
    room: Sequence[Person] = [(0, 2), (0, 2), (1, 2), (1, 2), (2, 2)]
    assert pooled_table(tally(room), 2, 5, HELD, n=5) is not None
    assert pooled_table(tally(room), 2, 5, HELD, n=n) is None


def test_blocks_partners_and_open_pool_nothing() -> None:
    room: Sequence[Person] = [(0, 2)] * 3 + [(1, 1)] * 4
    for now in (BLOCKS, OPEN, policy("held", "partner")):
        assert not any(pooled_table(tally(room), 2, 5, now, n=n) for n in range(12))


def test_a_scale_of_seven_pools_its_own_thirds() -> None:
    room: Sequence[Person] = [(0, 2), (0, 2), (1, 2), (1, 2), (2, 2)]
    table = pooled_table(tally(room), 2, 7, HELD, n=5)
    assert table == Table(5, ((1, 2), (3, 4, 5), (6, 7)), (2, 2, 6))


people = st.lists(st.sampled_from([0, 1, 2, None]), min_size=3, max_size=3).map(tuple)


# The oracle: the finest grouping of the three classes in which each filled class has two people behind it.
@given(st.lists(people, min_size=5, max_size=7))
def test_the_pooled_table_is_the_finest_that_two_people_stand_behind(room: Sequence[Person]) -> None:
    whole = [person for person in room if None not in person]
    answers = [[third for person in whole for third in person].count(third) for third in range(3)]
    two = [{0, 1}, {2}] if answers[0] <= answers[2] else [{0}, {1, 2}]
    expected = None
    for step in ([{0}, {1}, {2}], two):
        behind = [[person for person in whole if set(person) & part] for part in step]
        filled = [len(one) for one in behind if one]
        if expected is None and len(whole) >= 5 and len(filled) >= 2 and min(filled) >= 2:
            expected = tuple(sum(answers[third] for third in part) for part in step)
    table = pooled_table(tally(room), 3, 5, HELD, n=len(room))
    assert (table and table.counts) == expected
    assert table is None or (table.n == len(whole) and sum(table.counts) == 3 * len(whole))


@pytest.mark.parametrize("size", [5, 6])
def test_pooled_tables_tell_nobody_else_apart_in_any_small_room(size: int) -> None:
    # Every room over a pole of two items, skips included, as seen by one who knows his own answers: there is
    # no item on which all rooms that look alike to him put all the others in one and the same class.
    kinds = list(product([0, 1, 2, None], repeat=2))
    seen: dict[tuple[object, Person, int], set[object]] = {}
    for room in combinations_with_replacement(kinds, size):
        table = pooled_table(tally(room), 2, 5, HELD, n=size)
        for own in set(room):
            at = room.index(own)
            others = room[:at] + room[at + 1:]
            for item in range(2):
                thirds = {person[item] for person in others}
                seen.setdefault((table, own, item), set()).add(thirds.pop() if len(thirds) == 1 else "differ")
    assert all("differ" in alike or len(alike) > 1 for alike in seen.values())
