"""The ladder of an item's table, and its growth.

Expected values: the rules R1, R2 and the table "what n may show", worked by hand where no oracle is named.
"""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.release import (
    Counts,
    Policy,
    Table,
    classes_of,
    grown_item_table,
    item_table,
    low_middle_high,
    may_retry,
    next_item_table,
    policy,
)

OPEN, BLOCKS, HELD = (policy(level, "team") for level in ("open", "blocks", "held"))
PARTNERS = policy("held", "partner")
POINTS = ((1,), (2,), (3,), (4,), (5,), (0,))
THREE = ((1, 2), (3, 0), (4, 5))
LOW_JOINED = ((1, 2, 3, 0), (4, 5))
HIGH_JOINED = ((1, 2), (3, 0, 4, 5))

protected = st.sampled_from([BLOCKS, HELD, PARTNERS, policy("blocks", "partner")])
rooms = st.sampled_from([5, 7]).flatmap(lambda points: st.lists(
    st.sampled_from(range(points + 1)), max_size=40).map(lambda answers: (points, answers)))
# Rooms that sit on few points reach the lower steps of the ladder far more often.
narrow_rooms = st.sampled_from([5, 7]).flatmap(lambda points: st.lists(
    st.integers(0, points), min_size=2, max_size=3).flatmap(lambda few: st.lists(
        st.sampled_from(few), min_size=8, max_size=24).map(lambda answers: (points, answers))))


def counts_of(points: int, answers: list[int]) -> Counts:
    tally = Counter(answers)
    return tuple(tally[point] for point in range(points + 1))


# The oracle: people, one by one, put into every step of the ladder; the finest step that R1 lets pass.
def finest_step(points: int, answers: list[int], now: Policy, single: bool) -> Table | None:
    n = len(answers)
    if n < max(8, now.k):
        return None
    low, high = [a for a in answers if a in (1, 2)], [a for a in answers if a >= points - 1]
    middle_points = (3, 0) if points == 5 else (3, 4, 5, 0)
    ends = (1, 2), (points - 1, points)
    apart = [*[(point,) for point in range(1, points + 1)], (0,)]
    three = [ends[0], middle_points, ends[1]]
    low_joins = len(low) <= len(high)
    two = [ends[0] + middle_points, ends[1]] if low_joins else [ends[0], middle_points + ends[1]]

    def published(step: Sequence[tuple[int, ...]]) -> Table | None:
        people = [[a for a in answers if a in points_of] for points_of in step]
        filled = [len(one) for one in people if one]
        fit = len(filled) >= 2 and all(count >= now.tau for count in filled)
        return Table(n, tuple(step), tuple(map(len, people))) if fit else None

    finest = published(apart) if single and n >= 16 and published(three) else None
    return finest or published(three) or published(two)


@given(st.one_of(rooms, narrow_rooms), protected, st.booleans())
def test_the_first_table_is_the_finest_step_that_passes(
        room: tuple[int, list[int]], now: Policy, single: bool) -> None:
    assert item_table(counts_of(*room), now, single=single) == finest_step(*room, now, single)


@pytest.mark.parametrize(("counts", "bins", "shown"), [
    ((0, 2, 2, 3, 4, 5), POINTS, (2, 2, 3, 4, 5, 0)),  # 16 people, every point passes, nobody skipped
    ((2, 2, 2, 3, 4, 5), POINTS, (2, 2, 3, 4, 5, 2)),  # two skipped, apart
    ((1, 2, 2, 3, 4, 5), THREE, (4, 4, 9)),  # one skipped: only with the middle
    ((0, 1, 3, 3, 4, 5), THREE, (4, 3, 9)),  # one person on point 1
    ((0, 2, 2, 3, 4, 4), THREE, (4, 3, 8)),  # 15 people: three classes at most
    ((0, 0, 0, 0, 8, 8), None, None),  # points differ, the three classes do not
    ((3, 0, 0, 0, 5, 8), POINTS, (0, 0, 0, 5, 8, 3)),  # skips are the second class
    ((3, 0, 0, 4, 5, 4), POINTS, (0, 0, 4, 5, 4, 3)),
    ((0, 1, 0, 5, 5, 5), LOW_JOINED, (6, 10)),  # one in low, the smaller end
    ((0, 5, 5, 5, 1, 0), HIGH_JOINED, (10, 6)),  # one in high
    ((0, 1, 0, 14, 1, 0), None, None),  # a tie: low joins, one stays alone
    ((0, 0, 0, 1, 5, 10), None, None),  # two classes would leave the one apart
    ((0, 4, 4, 1, 4, 4), LOW_JOINED, (9, 8)),  # one in the middle, a tie of the ends: low joins
    ((0, 4, 5, 1, 4, 4), HIGH_JOINED, (9, 9)),  # one in the middle, high is the smaller end
    ((0, 9, 9, 0, 0, 0), None, None),  # all low
])
def test_the_ladder_of_a_single_release(counts: Counts, bins: object, shown: object) -> None:
    table = item_table(counts, HELD, single=True)
    assert (table and table.bins, table and table.counts) == (bins, shown)


def test_seven_points_have_low_middle_and_high_of_two_three_and_two() -> None:
    counts = (1, 2, 0, 1, 1, 1, 1, 3)
    assert item_table(counts, HELD, single=True) == Table(10, ((1, 2), (3, 4, 5, 0), (6, 7)), (2, 4, 4))
    assert item_table((0, 1, 0, 2, 2, 2, 2, 2), HELD, single=True) == Table(
        11, ((1, 2, 3, 4, 5, 0), (6, 7)), (7, 4))
    every = Table(16, ((1,), (2,), (3,), (4,), (5,), (6,), (7,), (0,)), (2,) * 8)
    assert item_table((2,) * 8, HELD, single=True) == every
    assert classes_of(every) == 7


def test_every_point_asks_for_a_single_release() -> None:
    counts = (0, 2, 2, 3, 4, 5)
    assert item_table(counts, HELD, single=False) == Table(16, THREE, (4, 3, 9))


def test_fewer_than_eight_have_no_table_per_item_outside_open() -> None:
    assert item_table((0, 2, 0, 3, 2, 0), HELD, single=True) is None
    assert item_table((0, 2, 0, 3, 3, 0), HELD, single=True) == Table(8, THREE, (2, 3, 3))
    assert item_table((0, 3, 0, 2, 2, 0), BLOCKS, single=True) is None


def test_skips_count_toward_the_people_needed() -> None:
    assert item_table((4, 2, 0, 0, 2, 0), HELD, single=True) == Table(8, THREE, (2, 4, 2))


def test_partners_and_blocks_ask_for_three_in_a_class() -> None:
    counts = (0, 2, 0, 4, 4, 0)
    assert item_table(counts, HELD, single=True) == Table(10, THREE, (2, 4, 4))
    for now in (PARTNERS, BLOCKS):
        assert item_table(counts, now, single=True) == Table(10, LOW_JOINED, (6, 4))


def test_open_draws_every_point_from_three_people() -> None:
    assert item_table((0, 0, 0, 0, 2, 0), OPEN, single=True) is None
    assert item_table((0, 0, 0, 0, 3, 0), OPEN, single=False) == Table(3, POINTS, (0, 0, 0, 3, 0, 0))
    assert item_table((1, 0, 0, 0, 1, 1), OPEN, single=False) == Table(3, POINTS, (0, 0, 0, 1, 1, 1))


def test_a_scale_has_five_or_seven_points() -> None:
    with pytest.raises(ValueError, match="5 or 7 points"):
        item_table((0, 4, 4, 4, 4), HELD, single=True)


def test_classes_do_not_count_the_skipped_apart() -> None:
    assert [classes_of(Table(8, bins, (4,) * len(bins))) for bins in (POINTS, THREE, LOW_JOINED)] == [5, 3, 2]


def test_an_increment_that_passes_is_added_in_the_classes_of_the_first_release() -> None:
    first = item_table((0, 4, 0, 0, 0, 4), BLOCKS, single=False)
    assert first == Table(8, THREE, (4, 0, 4))
    assert grown_item_table(first, (0, 3, 0, 3, 1, 2), BLOCKS) == Table(17, THREE, (7, 3, 7))


@pytest.mark.parametrize("increment", [
    (0, 2, 0, 3, 1, 2),  # two in low
    (0, 0, 0, 0, 4, 4),  # one class
    (0, 3, 0, 0, 4, 0),  # seven people
    (0, 0, 0, 0, 0, 0),  # nobody
    (1, 4, 0, 0, 4, 0),  # one skipped
])
def test_an_update_that_fails_leaves_the_very_same_table(increment: Counts) -> None:
    first = Table(12, THREE, (4, 4, 4))
    assert grown_item_table(first, increment, BLOCKS) is first


def test_a_later_release_neither_splits_nor_joins_classes() -> None:
    two = Table(8, HIGH_JOINED, (4, 4))
    assert grown_item_table(two, (0, 3, 0, 3, 3, 3), BLOCKS) == Table(20, HIGH_JOINED, (7, 13))
    three = Table(9, THREE, (3, 3, 3))
    assert grown_item_table(three, (0, 1, 0, 7, 0, 4), BLOCKS) is three


def test_every_point_apart_is_final_outside_open() -> None:
    every = Table(18, POINTS, (3, 3, 3, 3, 3, 3))
    assert grown_item_table(every, (3, 3, 3, 3, 3, 3), BLOCKS) is every


def test_a_failed_update_waits_for_as_many_newcomers_as_it_held() -> None:
    assert [may_retry(gained, 8) for gained in (8, 15, 16, 24)] == [False, False, True, True]
    assert all(may_retry(gained, 0) for gained in (0, 1, 8))


def test_what_failed_before_is_found_by_going_through_the_releases_again() -> None:
    alike, mixed = (0, 0, 0, 0, 4, 4), (0, 4, 0, 0, 0, 4)
    nothing, first = None, Table(8, THREE, (4, 0, 4))
    assert next_item_table(nothing, [mixed], BLOCKS, single=False) == first
    assert next_item_table(nothing, [alike], BLOCKS, single=False) is None
    assert next_item_table(nothing, [alike, mixed], BLOCKS, single=False) == Table(16, THREE, (4, 0, 12))
    # 8 failed, 16 failed: 24 are not tried, 32 are.
    assert next_item_table(nothing, [alike, alike, mixed], BLOCKS, single=False) is None
    assert next_item_table(nothing, [alike, alike, mixed, mixed], BLOCKS, single=False) == Table(
        32, THREE, (8, 0, 24))
    assert next_item_table(first, [alike, alike, mixed], BLOCKS, single=False) is first
    assert next_item_table(first, [alike, mixed], BLOCKS, single=False) == Table(24, THREE, (8, 0, 16))
    assert next_item_table(first, [], BLOCKS, single=False) is first


def test_a_dark_item_has_its_first_table_from_twelve_people_and_no_failure_before() -> None:
    mixed = (0, 4, 0, 0, 0, 4)
    assert next_item_table(None, [mixed], BLOCKS, single=False, dark=True) is None
    assert next_item_table(None, [mixed], OPEN, single=False, dark=True) is not None
    assert next_item_table(None, [mixed, mixed], BLOCKS, single=False, dark=True) == Table(16, THREE, (8, 0, 8))
    # Eight were never tried, so twelve may be.
    assert next_item_table(None, [mixed, (0, 0, 0, 0, 0, 4)], BLOCKS, single=False, dark=True) == Table(
        12, THREE, (4, 0, 8))
    eleven = (0, 4, 0, 0, 0, 7)
    assert next_item_table(None, [eleven], HELD, single=True, dark=True) is None
    assert next_item_table(None, [eleven], HELD, single=True) == Table(11, THREE, (4, 0, 7))


def test_open_grows_with_every_answer_and_every_point() -> None:
    first = Table(3, POINTS, (0, 0, 0, 3, 0, 0))
    assert grown_item_table(first, (0, 1, 0, 0, 0, 0), OPEN) == Table(4, POINTS, (1, 0, 0, 3, 0, 0))
    assert grown_item_table(first, (0, 0, 0, 0, 0, 0), OPEN) is first


def test_an_increment_of_another_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="other points"):
        grown_item_table(Table(12, THREE, (4, 4, 4)), (0, 1, 1, 1, 1, 1, 1, 1), BLOCKS)


blocks_of_answers = st.lists(st.lists(st.integers(0, 5), min_size=8, max_size=14), min_size=2, max_size=5)


@given(blocks_of_answers, st.sampled_from([BLOCKS, policy("blocks", "partner")]))
def test_what_any_two_published_tables_differ_by_could_itself_be_published(
        blocks: list[list[int]], now: Policy) -> None:
    published: list[Table] = []
    waiting: list[int] = []
    for block in blocks:
        waiting = waiting + block
        fresh = counts_of(5, waiting)
        grown = grown_item_table(published[-1], fresh, now) if published else item_table(fresh, now, single=False)
        if grown is not None and grown not in published:
            published.append(grown)
            waiting = []
    assert len({table.bins for table in published}) <= 1
    for earlier in range(len(published)):
        for later in published[earlier + 1:]:
            gain = [b - a for a, b in zip(published[earlier].counts, later.counts, strict=True)]
            filled = [people for people in gain if people]
            assert len(filled) >= 2
            assert min(filled) >= now.tau
            assert sum(gain) == later.n - published[earlier].n >= now.m


def test_low_middle_and_high_are_read_off_the_published_table_only() -> None:
    assert low_middle_high(Table(16, POINTS, (2, 3, 4, 2, 3, 2))) == (5, 6, 5)
    assert low_middle_high(Table(16, THREE, (5, 6, 5))) == (5, 6, 5)
    assert low_middle_high(Table(16, LOW_JOINED, (11, 5))) is None
    seven = Table(16, ((1,), (2,), (3,), (4,), (5,), (6,), (7,), (0,)), (1, 2, 3, 2, 1, 1, 2, 4))
    assert low_middle_high(seven) == (3, 10, 3)


def test_the_same_counts_always_give_the_same_table() -> None:
    counts = (2, 3, 2, 4, 4, 5)
    assert item_table(counts, HELD, single=True) == item_table(counts, HELD, single=True)
    assert counts == (2, 3, 2, 4, 4, 5)
