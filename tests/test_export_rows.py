"""Tables as bars: nobody is lost or invented, and the order says no more than the counts."""

from export_samples import ALL, HIGH_JOINED, THREE, TWO, item_table, questionnaire
from hypothesis import given
from hypothesis import strategies as some

from workshop.export.drawing import segments
from workshop.export.rows import (
    common_bins,
    most_often_first,
    parts,
    pooled,
    rows,
    strongest_first,
    tone_points,
)

bins = some.sampled_from([ALL, THREE, TWO, HIGH_JOINED])


@given(bins, some.data())
def test_pooling_into_tones_keeps_everybody(bins, data):
    counts = tuple(data.draw(some.integers(0, 60)) for _ in bins)
    drawn = parts(bins, counts, 5)
    assert sum(part.n for part in drawn) == sum(counts)
    assert len(drawn) == min(3, len(bins))


@given(bins, bins)
def test_common_classes_are_unions_of_both(one, other):
    common = common_bins(one, other)
    assert sorted(point for bin in common for point in bin) == [0, 1, 2, 3, 4, 5]
    for mine in (one, other):
        assert all(any(set(bin) <= set(wide) for wide in common) for bin in mine)


def test_common_classes_are_the_finest():
    assert common_bins(THREE, ALL) == THREE
    assert len(common_bins(THREE, TWO)) == 2
    assert len(common_bins(TWO, HIGH_JOINED)) == 1


@given(some.lists(some.integers(0, 40), min_size=6, max_size=6))
def test_a_pooled_table_holds_the_same_people(counts):
    table = item_table(questionnaire(), "D1A", tuple(counts), ALL)
    assert sum(pooled(table, THREE).counts) == sum(counts)


@given(some.lists(some.integers(0, 300), min_size=3, max_size=3).filter(any))
def test_a_bar_is_filled_from_end_to_end(counts):
    drawn = segments(parts(THREE, tuple(counts), 5))
    assert abs(sum(one.width for one in drawn) - 100) < 0.01
    assert all(one.n for one in drawn)


def test_a_scale_of_seven_has_its_own_tones():
    assert tone_points(7) == {"low": {1, 2}, "middle": {0, 3, 4, 5}, "high": {6, 7}}


def test_bars_go_by_keyed_high_with_ties_in_inventory_order_and_hidden_ones_last():
    asked = questionnaire()
    shown = {"D1A": (2, 10, 14), "D3A": (4, 8, 14), "D5A": (20, 3, 3), "D4A": (3, 3, 20)}
    tables = [item_table(asked, id, counts) for id, counts in shown.items()]
    tables += [item_table(asked, "D2A", None), item_table(asked, "D6A", (6, 20), HIGH_JOINED)]
    order = [row.item.id for row in strongest_first(rows(tables, asked))]
    assert order == ["D4A", "D5A", "D1A", "D3A", "D6A", "D2A"]


def test_the_dark_side_goes_by_often():
    asked = questionnaire()
    tables = [item_table(asked, "DD1A", (20, 3, 3)), item_table(asked, "DD2A", (4, 10, 12)),
              item_table(asked, "DD3A", None)]
    assert [row.item.id for row in most_often_first(rows(tables, asked))] == ["DD2A", "DD1A", "DD3A"]
