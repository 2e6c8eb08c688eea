"""R9: tables by group, against the wording of the rule."""

from hypothesis import given
from hypothesis import strategies as st

from workshop.release import grouped_items, grouped_poles, may_group, may_group_pole, policy

HELD = policy("held", "team")
counts = st.lists(st.integers(0, 12), min_size=6, max_size=6).map(tuple)
five = st.lists(st.integers(0, 12), min_size=5, max_size=5).map(tuple)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.integers(0, 40))
def test_groups_need_thirty_people_twelve_in_each_and_twelve_or_none_without_a_group(sizes, rest):
    allowed = (len(sizes) > 1 and sum(sizes) + rest >= 30 and all(size >= 12 for size in sizes)
               and (rest == 0 or rest >= 12))
    assert may_group(sizes, rest) == allowed


def differs(classes):
    filled = [n for n in classes if n]
    return len(filled) >= 2 and min(filled) >= 2


def in_classes(raw, bins):
    return tuple(sum(raw[point] for point in points) for points in bins)


@given(st.lists(counts, min_size=2, max_size=3), counts)
def test_every_group_the_whole_and_the_rest_pass_in_the_same_classes_or_none_is_shown(groups, rest):
    whole = tuple(map(sum, zip(*groups, rest, strict=True)))
    low, high = whole[1] + whole[2], whole[4] + whole[5]
    two = ((1, 2, 3, 0), (4, 5)) if low <= high else ((1, 2), (3, 0, 4, 5))
    steps = (((1, 2), (3, 0), (4, 5)), two)
    parts = [whole, *groups, *([rest] if sum(rest) else [])]
    fits = [{frozenset(bin) for bin in bins} for bins in steps
            if sum(whole) >= 5 and all(sum(part) >= 5 and differs(in_classes(part, bins)) for part in parts)]
    found = grouped_items(groups, rest, HELD)
    if not fits:
        assert found is None
        return
    assert {frozenset(bin) for bin in found.whole.bins} == fits[0]
    assert found.whole.counts == in_classes(whole, found.whole.bins)
    assert [part.counts for part in found.groups] == [in_classes(group, found.whole.bins) for group in groups]


@given(st.lists(counts, min_size=2, max_size=2), counts)
def test_classes_that_an_earlier_release_has_shown_stay(groups, rest):
    shown = ((1, 2, 3, 0), (4, 5))
    found = grouped_items(groups, rest, HELD, shown)
    assert found is None or found.whole.bins == shown


@given(st.lists(five, min_size=2, max_size=3), five)
def test_poles_by_group_hold_twelve_scored_people_each_and_add_up(groups, rest):
    found = grouped_poles(groups, rest, HELD)
    if found is None:
        return
    assert min(map(sum, groups)) >= 12
    assert sum(rest) == 0 or sum(rest) >= 12
    assert len({part.bins for part in (found.whole, *found.groups)}) == 1
    assert all(differs(part.counts) for part in (found.whole, *found.groups))
    assert found.whole.n == sum(map(sum, groups)) + sum(rest)


def test_a_room_that_came_in_several_releases_is_not_shown_by_group():
    assert may_group([18, 15], 0)
    assert not may_group([18, 15], 0, releases=2)


def test_a_side_is_shown_by_group_only_where_every_item_in_it_is():
    assert may_group_pole(("D2A", "D4A"), {"D4A", "D2A", "I1A"})
    assert not may_group_pole(("D2A", "D4A"), {"D4A"})
