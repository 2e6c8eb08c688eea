"""Tables of a pole's scores, and the median read off them. Expected values: the rules, worked by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.release import ScoreTable, median_and_middle, pole_limits, pole_shown, pole_table, policy

OPEN, BLOCKS, HELD = (policy(level, "team") for level in ("open", "blocks", "held"))
LOW, MIDDLE, HIGH = ((Fraction(a), Fraction(b)) for a, b in ((0, "37.5"), ("37.5", "62.5"), ("62.5", 100)))
FIVE = tuple((Fraction(a), Fraction(b)) for a, b in (
    (0, "12.5"), ("12.5", "37.5"), ("37.5", "62.5"), ("62.5", "87.5"), ("87.5", 100)))

Five = tuple[int, int, int, int, int]
fives = st.tuples(*[st.integers(0, 9)] * 5)


def test_pole_limits_are_exact() -> None:
    assert pole_limits(5) == tuple(map(Fraction, ("12.5", "37.5", "62.5", "87.5")))
    assert pole_limits(3) == tuple(map(Fraction, ("37.5", "62.5")))
    with pytest.raises(ValueError, match="5 or 3"):
        pole_limits(2)


def test_a_pole_needs_two_thirds_of_its_items() -> None:
    # The answered rule's own list: 8 -> 6, 4 -> 3, 3 -> 2, 2 -> 2, 1 -> 1, 16 -> 11.
    for of, least in ((8, 6), (4, 3), (3, 2), (2, 2), (1, 1), (16, 11), (6, 4)):
        assert [shown for shown in range(of + 1) if pole_shown(shown, of)] == list(range(least, of + 1))
    assert not pole_shown(0, 0)


@pytest.mark.parametrize(("five", "bins", "counts"), [
    ((2, 2, 2, 2, 3), None, None),  # 11 with a score
    ((2, 2, 2, 3, 3), (LOW, MIDDLE, HIGH), (4, 2, 6)),  # 12
    ((3, 3, 3, 3, 3), (LOW, MIDDLE, HIGH), (6, 3, 6)),  # 15: three classes whatever the five say
    ((2, 3, 4, 4, 3), FIVE, (2, 3, 4, 4, 3)),  # 16
    ((0, 0, 6, 8, 2), FIVE, (0, 0, 6, 8, 2)),
    ((1, 4, 4, 4, 3), (LOW, MIDDLE, HIGH), (5, 4, 7)),  # one alone in the lowest
    ((0, 1, 6, 6, 3), ((Fraction(0), Fraction("62.5")), HIGH), (7, 9)),  # one in low: the smaller end
    ((4, 5, 6, 1, 0), (LOW, (Fraction("37.5"), Fraction(100))), (9, 7)),  # one in high
    ((4, 4, 1, 4, 4), ((Fraction(0), Fraction("62.5")), HIGH), (9, 8)),  # a tie: low joins the middle
    ((0, 1, 14, 1, 0), None, None),
    ((0, 0, 0, 8, 8), None, None),  # everybody high: five classes would say so of each
    ((0, 0, 17, 0, 0), None, None),
])
def test_the_classes_of_a_pole(five: Five, bins: object, counts: object) -> None:
    table = pole_table(five, HELD)
    assert (table and table.bins, table and table.counts) == (bins, counts)
    assert table is None or table.n == sum(five)


def test_blocks_ask_for_three_in_a_class_of_a_pole() -> None:
    assert pole_table((2, 3, 4, 4, 3), BLOCKS) == ScoreTable(16, (LOW, MIDDLE, HIGH), (5, 4, 7))
    assert pole_table((0, 2, 6, 5, 3), BLOCKS) == ScoreTable(16, ((Fraction(0), Fraction("62.5")), HIGH), (8, 8))


def test_open_draws_a_pole_as_it_is_from_twelve() -> None:
    assert pole_table((0, 0, 11, 0, 0), OPEN) is None
    assert pole_table((0, 1, 11, 0, 0), OPEN) == ScoreTable(12, (LOW, MIDDLE, HIGH), (1, 11, 0))
    assert pole_table((0, 0, 0, 1, 15), OPEN) == ScoreTable(16, FIVE, (0, 0, 0, 1, 15))


# The oracle: people placed at the middle of their class, counted anew into each step's own intervals.
@given(fives, st.sampled_from([HELD, BLOCKS, policy("held", "partner")]))
def test_a_pole_stands_in_the_finest_classes_that_pass(five: Five, now: object) -> None:
    assert isinstance(now, type(HELD))
    scores = [(low + high) / 2 for (low, high), people in zip(FIVE, five, strict=True) for _ in range(people)]
    below, above = sum(score < LOW[1] for score in scores), sum(score >= HIGH[0] for score in scores)
    two = [(LOW[0], MIDDLE[1]), HIGH] if below <= above else [LOW, (MIDDLE[0], HIGH[1])]

    def published(bins: list[tuple[Fraction, Fraction]]) -> ScoreTable | None:
        counts = [sum(low <= score < high for score in scores) for low, high in bins]
        filled = [count for count in counts if count]
        fit = len(filled) >= 2 and min(filled) >= now.tau
        return ScoreTable(len(scores), tuple(bins), tuple(counts)) if fit else None

    three = published([LOW, MIDDLE, HIGH])
    expected = None
    if len(scores) >= 12:
        expected = (len(scores) >= 16 and three and published(list(FIVE))) or three or published(two)
    assert pole_table(five, now) == expected


@pytest.mark.parametrize(("bins", "counts", "median", "middle"), [
    # 8 each side of 50: the quarter of 16 is the 4th person of 8 evenly on 25 points.
    (FIVE, (0, 0, 16, 0, 0), "50", ("43.75", "56.25")),
    # Below 37.5 stand 4, then 8 on 25 points: median 37.5 + 25 * 4/8; quartiles on the class limits.
    (FIVE, (0, 4, 8, 4, 0), "50", ("37.5", "62.5")),
    # Half below 37.5, half above 62.5, nobody between: the middle of the gap.
    ((LOW, MIDDLE, HIGH), (8, 0, 8), "50", ("18.75", "81.25")),
    # Two classes 0-62.5 with 12 and 62.5-100 with 4.
    (((Fraction(0), Fraction("62.5")), HIGH), (12, 4), "41.6666", ("20.8333", "62.5")),
    # 20 people: 5 in the lowest fifth, the median is the 10th: 12.5 + 25 * 5/10.
    (FIVE, (5, 10, 5, 0, 0), "25", ("12.5", "37.5")),
])
def test_the_median_and_the_middle_half_of_a_table(
        bins: tuple[tuple[Fraction, Fraction], ...], counts: tuple[int, ...], median: str,
        middle: tuple[str, str]) -> None:
    read = median_and_middle(ScoreTable(sum(counts), bins, counts))
    for value, expected in zip(read, (median, *middle), strict=True):
        assert isinstance(value, Fraction)
        assert abs(value - Fraction(expected)) < Fraction(1, 1000)


def test_a_median_needs_people() -> None:
    with pytest.raises(ValueError, match="no people"):
        median_and_middle(ScoreTable(0, (LOW, MIDDLE, HIGH), (0, 0, 0)))


published_fives = fives.filter(lambda five: sum(five) > 0).map(lambda five: ScoreTable(sum(five), FIVE, five))


@given(published_fives)
def test_quartiles_stand_in_order_and_mirror_with_the_room(table: ScoreTable) -> None:
    median, lower, upper = median_and_middle(table)
    assert 0 <= lower <= median <= upper <= 100
    mirrored = ScoreTable(table.n, table.bins, table.counts[::-1])
    assert median_and_middle(mirrored) == (100 - median, 100 - upper, 100 - lower)


@given(published_fives)
def test_half_of_the_people_stand_on_either_side_of_the_median(table: ScoreTable) -> None:
    median, lower, upper = median_and_middle(table)
    for value, share in ((lower, Fraction(1, 4)), (median, Fraction(1, 2)), (upper, Fraction(3, 4))):
        parts = [min(max((value - low) / (high - low), Fraction(0)), Fraction(1)) for low, high in table.bins]
        below = sum((count * part for count, part in zip(table.counts, parts, strict=True)), Fraction(0))
        assert below == share * table.n


@given(published_fives, st.integers(2, 5))
def test_the_median_is_the_same_for_a_room_doubled(table: ScoreTable, times: int) -> None:
    larger = ScoreTable(table.n * times, table.bins, tuple(count * times for count in table.counts))
    assert median_and_middle(larger) == median_and_middle(table)
