"""What each measure keeps to, whatever the answers. Expected values: exact by hand, or from the source named."""

import random
from fractions import Fraction
from itertools import pairwise
from math import isclose, pi, sqrt, tan

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from workshop import statistics as ours

FIVE = (0, 0, 0, 0, 0)
rooms = st.lists(st.integers(0, 40), min_size=5, max_size=7).filter(lambda counts: sum(counts) >= 2)
five = st.lists(st.integers(0, 40), min_size=5, max_size=5).filter(lambda counts: sum(counts) >= 2)
scores = st.lists(st.integers(0, 100), min_size=3, max_size=12)
EVERY = (ours.van_der_eijk_a, ours.polarisation, ours.iov, ours.l_squared, ours.leik, ours.consensus)
WITHIN_GROUP = (ours.r_wg, ours.a_wg, ours.ad_mean, ours.ad_median)
RANGES = {ours.van_der_eijk_a: (-1, 1), ours.r_wg: (-4, 1), ours.a_wg: (-1, 1), ours.ad_mean: (0, 3),
          ours.ad_median: (0, 3)}


def near(got: float, expected: float) -> bool:
    return isclose(got, expected, rel_tol=1e-9, abs_tol=1e-9)


# ---- agreement


@given(rooms, st.sampled_from((*EVERY, *WITHIN_GROUP)))
def test_every_measure_stays_in_its_range(counts, measure):
    low, high = RANGES.get(measure, (0, 1))
    value = measure(counts)
    assert value is None or low - 1e-12 <= value <= high + 1e-12


@given(rooms, st.sampled_from((*EVERY, *WITHIN_GROUP)))
def test_a_mirrored_scale_has_the_same_measures(counts, measure):
    value, mirrored = measure(counts), measure(counts[::-1])
    assert (value is None) == (mirrored is None)
    assert value is None or near(value, mirrored)


@given(rooms, st.sampled_from(EVERY), st.integers(2, 9))
def test_ordered_measures_depend_on_shares_alone(counts, measure, times):
    assert near(measure([times * f for f in counts]), measure(counts))
    assert near(measure([f / 7 for f in counts]), measure(counts))


@pytest.mark.parametrize("point", range(5))
def test_one_voice_is_full_agreement_on_every_point(point):
    counts = [7 * (x == point) for x in range(5)]
    assert [measure(counts) for measure in (ours.r_wg, ours.van_der_eijk_a, ours.l_squared, ours.consensus)] == [1] * 4
    assert [measure(counts) for measure in (ours.ad_mean, ours.ad_median, ours.iov, ours.leik)] == [0] * 4
    assert ours.r_wg_j([counts] * 3) == ours.r_star_wg_j([counts] * 3) == ours.a_wg(counts) == 1


def test_two_camps_at_the_ends_are_the_other_extreme():
    counts = (8, 0, 0, 0, 8)
    assert [measure(counts) for measure in (ours.van_der_eijk_a, ours.l_squared, ours.consensus)] == [-1, 0, 0]
    assert [measure(counts) for measure in (ours.polarisation, ours.iov, ours.leik)] == [1, 1, 1]
    assert (ours.ad_mean(counts), ours.ad_median(counts)) == (2, 2)
    assert near(ours.r_wg(counts), 1 - 4 * 16 / 15 / 2)  # s² = 4 n/(n - 1)
    assert near(ours.a_wg(counts), -1)


@given(five, st.integers(1, 12))
def test_agreement_over_equal_items_rises_with_their_number_and_the_starred_one_does_not(counts, j):
    q = ours.r_wg(counts)
    assert near(ours.r_star_wg_j([counts] * j), q)
    assert near(ours.r_wg_j([counts] * j), j * q / (1 + (j - 1) * q) if q > 0 else 0)


def test_agreement_against_the_die_starts_at_nothing():
    assert (ours.uniform_variance(5), ours.uniform_variance(7)) == (2, 4)  # James, Demaree & Wolf 1984
    assert near(ours.r_wg([10**9] * 5), 0)


@pytest.mark.parametrize(("counts", "defined"), [
    ((0, 0, 0, 1, 9), False), ((0, 0, 1, 0, 9), False), ((0, 1, 0, 0, 9), False), ((1, 0, 0, 0, 9), True),
    ((9, 0, 0, 0, 1), True), ((9, 0, 0, 1, 0), False), ((0, 0, 0, 4, 6), True),
])
def test_a_mean_too_near_an_end_has_no_a_wg(counts, defined):
    # Limits by hand for ten people on five points: means of 1.4 to 4.6.
    assert (ours.a_wg(counts) is not None) == defined


@pytest.mark.parametrize("measure", [*EVERY, *WITHIN_GROUP])
@pytest.mark.parametrize("counts", [(), (5,), FIVE, (3, -1, 0, 0, 2)])
def test_no_scale_nobody_and_less_than_nobody_are_refused(measure, counts):
    with pytest.raises(ValueError):
        measure(counts)


def test_measures_of_spread_need_two_people_and_whole_ones():
    for measure in WITHIN_GROUP:
        with pytest.raises(ValueError):
            measure((0, 1, 0, 0, 0))
        with pytest.raises(ValueError):
            measure((0.5, 1.5, 0, 0, 0))
    with pytest.raises(ValueError, match="three points"):
        ours.van_der_eijk_a((1, 1))


def test_items_of_different_scales_are_not_one_scale():
    for measure in (ours.r_wg_j, ours.r_star_wg_j):
        with pytest.raises(ValueError):
            measure([(1, 1, 1, 1, 1), (1, 1, 1, 1, 1, 1, 1)])
        with pytest.raises(ValueError):
            measure([])


# The domain description's own simulations: 5 to 95 % of A in rooms that answer by a die, and what 5 % of such rooms of
# six reach in r_WG of one item.
@pytest.mark.parametrize(("n", "low", "high"), [(6, -0.31, 0.67), (12, -0.13, 0.46), (30, -0.09, 0.30)])
def test_chance_alone_looks_like_agreement_in_small_rooms(n, low, high):
    rng = random.Random(n)
    rooms = [[throws.count(x) for x in range(1, 6)] for throws in
             (rng.choices(range(1, 6), k=n) for _ in range(2_000))]
    found = sorted(map(ours.van_der_eijk_a, rooms))
    assert found[100] == pytest.approx(low, abs=0.03)
    assert found[1_900] == pytest.approx(high, abs=0.03)
    if n == 6:
        assert sorted(map(ours.r_wg, rooms))[1_900] == pytest.approx(0.67, abs=0.03)


# ---- reliability


@given(st.lists(st.tuples(*[st.integers(1, 5)] * 4), min_size=3, max_size=20))
def test_alpha_does_not_care_who_sits_where_nor_which_item_comes_first(rows):
    spread = ours.covariances(rows)
    assume(sum(map(sum, spread)) > 1e-9)
    value = ours.alpha_of(spread)
    assert value <= 1 + 1e-9
    assert near(ours.alpha_of(ours.covariances(sorted(rows))), value)
    assert near(ours.alpha_of(ours.covariances([row[::-1] for row in rows])), value)
    # Whole numbers n Σ x² - (Σ x)² do as well as variances.
    n = len(rows)
    whole = [n * sum(x * x for x in column) - sum(column) ** 2 for column in (*zip(*rows, strict=True), map(sum, rows))
             for column in [tuple(column)]]
    assert near(ours.alpha(whole[:-1], whole[-1]), value)


# Evidence lines of the domain description, computed in R: α = .75 of six items.
@pytest.mark.parametrize(("n", "low", "high"), [(6, 0.22, 0.96), (12, 0.44, 0.92), (30, 0.58, 0.87)])
def test_the_interval_of_alpha_is_wide_in_small_rooms(n, low, high):
    found = ours.alpha_interval(0.75, n, 6).rounded(2)
    assert (found.low, found.high) == (low, high)


def test_a_number_that_rounds_to_nothing_has_no_sign():
    found = ours.Interval(-0.001, -0.004, 0.004).rounded(2)
    assert [str(one) for one in (found.value, found.low, found.high)] == ["0.0", "0.0", "0.0"]


def test_alpha_without_two_items_two_people_or_any_spread_is_refused():
    for call in (lambda: ours.alpha((1,), 1), lambda: ours.alpha((0, 0), 0), lambda: ours.alpha_interval(0.5, 1, 6),
                 lambda: ours.alpha_interval(0.5, 9, 1), lambda: ours.covariances([(1,), (2,)]),
                 lambda: ours.covariances([(1, 2)]), lambda: ours.covariances([(1, 2), (3, 4, 5)]),
                 lambda: ours.covariances([]), lambda: ours.covariances([(None, 1), (1, None)]),
                 lambda: ours.correlations(((0.0, 0.0), (0.0, 1.0)))):
        with pytest.raises(ValueError):
            call()


@settings(deadline=None)
@given(st.lists(st.floats(0.2, 0.95), min_size=3, max_size=8))
def test_one_factor_is_found_again_where_there_is_one(loadings):
    exact = [[1.0 if i == j else a * b for j, b in enumerate(loadings)] for i, a in enumerate(loadings)]
    for found in (ours.ml_loadings(exact), ours.minres_loadings(exact)):
        assert all(isclose(got, known, abs_tol=1e-6) for got, known in zip(found, loadings, strict=True))
        assert isclose(ours.omega(found), ours.omega(loadings), abs_tol=1e-6)


def test_loadings_keep_to_their_bounds_where_one_factor_does_not_fit():
    heywood = [[1, 0.9, 0.9], [0.9, 1, 0.5], [0.9, 0.5, 1]]  # by algebra the first loading would be 1.27
    assert ours.minres_loadings(heywood)[0] == 1
    assert max(ours.ml_loadings(heywood)) <= 1.0001
    turned = [[1, -0.5, -0.5], [-0.5, 1, 0.25], [-0.5, 0.25, 1]]  # loadings of 1, -.5, -.5 or the other way round
    tilted = [[1, -0.4, -0.4], [-0.4, 1, 0.5], [-0.4, 0.5, 1]]
    for measure in (ours.ml_loadings, ours.minres_loadings):
        assert sum(measure(turned)) >= 0
        assert sum(measure(tilted)) > 0
    opposed = [[1, -0.2, -0.2], [-0.2, 1, -0.2], [-0.2, -0.2, 1]]
    assert all(abs(a) <= 1 for a in ours.minres_loadings(opposed))


def test_omega_refuses_what_does_not_pair_up_and_too_few_items():
    for call in (lambda: ours.omega((0.5, 0.5), (0.75,)), lambda: ours.omega((0.0,), (0.0,)),
                 lambda: ours.ml_loadings([[1, 0.5], [0.5, 1]]), lambda: ours.minres_loadings([[1, 0.5], [0.5, 1]])):
        with pytest.raises(ValueError):
            call()
    assert ours.omega((2.0, 2.0), (4.0, 4.0)) == 16 / 24


def test_icc1_of_the_classic_table():
    # Shrout & Fleiss 1979, table 2: six targets, four judges; ICC(1,1) = .17 (table 4).
    targets = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]
    assert round(ours.icc1(targets), 2) == 0.17


def test_icc1_weighs_unequal_groups_and_refuses_what_has_no_groups():
    # By hand: groups of 1 and 3 around one mean each, no spread within.
    assert ours.icc1([(1,), (4, 4, 4)]) == 1
    # MSB = 3/4 · 4 = 3, MSW = 8/2 = 4, k = (4 - 10/4)/1 = 1.5: (3 - 4)/(3 + .5 · 4)
    assert near(ours.icc1([(2,), (2, 4, 6)]), (3 - 4) / 5)
    for groups in ([], [(1, 2)], [(1,), (2,)], [(1, 2), ()], [(1, 1), (1, 1)]):
        with pytest.raises(ValueError):
            ours.icc1(groups)


# ---- shares


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_stays_within_0_and_1_and_is_the_same_seen_from_the_other_side(case):
    k, n = case
    found, other = ours.wilson(k, n), ours.wilson(n - k, n)
    assert 0 <= found.low <= found.value + 1e-12
    assert found.value <= found.high + 1e-12 <= 1 + 1e-12
    assert near(found.low, 1 - other.high)


# Evidence lines of the domain description, computed in R.
@pytest.mark.parametrize(("k", "n", "low", "high"), [(5, 6, 44, 97), (9, 12, 47, 91), (24, 30, 63, 90)])
def test_a_share_of_few_people_could_be_nearly_anything(k, n, low, high):
    found = ours.wilson(k, n)
    assert (round(100 * found.low), round(100 * found.high)) == (low, high)


# Newcombe 1998, Stat. Med. 17, 873-890, table II, method 10; checked against statsmodels.
@pytest.mark.parametrize(("one", "other", "low", "high"), [
    ((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926), ((0, 10), (0, 20), -0.1611, 0.2775), ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0), ((10, 10), (0, 10), 0.6075, 1.0),
])
def test_newcombe_as_printed(one, other, low, high):
    found = ours.newcombe(one, other).rounded(4)
    assert (found.low, found.high) == (low, high)
    back = ours.newcombe(other, one)
    assert near(back.low, -ours.newcombe(one, other).high)


def test_a_share_of_nobody_or_of_more_than_all_is_refused():
    for k, n in ((0, 0), (3, 2), (-1, 5)):
        with pytest.raises(ValueError):
            ours.wilson(k, n)


@given(rooms)
def test_the_two_arms_make_one_bar(counts):
    found, mirrored = ours.arms(counts), ours.arms(counts[::-1])
    assert near(found.left + found.right, 1)
    assert near(found.left, mirrored.right)


# ---- means and change


@pytest.mark.parametrize(("n", "half"), [(6, 19), (12, 11), (30, 7)])
def test_a_mean_of_few_people_is_rough(n, half):
    # Evidence line of the domain description: half-widths at SD 18 (19, 11 and 6.7 points).
    values = [50 + 18 * sqrt((n - 1) / n) * (-1) ** at for at in range(n)]
    assert ours.standard_error(values) == pytest.approx(18 / sqrt(n))
    assert round(ours.mean_interval(values).high - 50) == half


def test_who_asked_everybody_has_no_sampling_error():
    assert ours.finite_population_factor(24, 26) == sqrt(2 / 25)  # .28 in the domain description
    assert ours.finite_population_factor(1, 1) == 0
    found = ours.mean_interval((20, 40, 90), population=3)
    assert found.low == found.value == found.high == 50
    for n, population in ((3, 2), (0, 2)):
        with pytest.raises(ValueError):
            ours.finite_population_factor(n, population)


def test_the_interval_of_a_mean_stays_on_the_scale():
    found = ours.mean_interval((0, 0, 10))
    assert found.low == 0
    assert found.high > found.value
    assert ours.mean_interval((90, 100, 100)).high == 100


@given(st.lists(st.integers(0, 30), min_size=5, max_size=5).filter(any))
def test_the_mean_of_a_table_is_off_by_half_a_class_at_most(counts):
    limits = [Fraction(0), *(Fraction(x, 2) for x in (25, 75, 125, 175)), Fraction(100)]
    bins = list(pairwise(limits))
    found, n = ours.class_mean(bins, counts), sum(counts)
    lowest = sum((f * low for f, (low, _) in zip(counts, bins, strict=True)), Fraction()) / n
    highest = sum((f * high for f, (_, high) in zip(counts, bins, strict=True)), Fraction()) / n
    assert lowest <= found <= highest
    assert found - lowest == highest - found <= Fraction(25, 2)
    with pytest.raises(ValueError):
        ours.class_mean(bins, [0] * 5)


@given(scores, scores)
def test_a_difference_turns_round_with_its_sides(one, other):
    assume(len(set(one)) > 1 or len(set(other)) > 1)
    found, back = ours.welch_difference(one, other), ours.welch_difference(other, one)
    assert near(found.value, -back.value)
    assert near(found.low, -back.high)
    assert found.low < found.value < found.high


def test_welch_by_hand():
    # Variances 4 and 1 of three each: ν = (5/3)² / (16/18 + 1/18) = 50/17, t = 3.218759 (scipy).
    found = ours.welch_difference((2, 4, 6), (1, 2, 3))
    assert found.value == 2
    assert found.high - 2 == pytest.approx(3.218759 * sqrt(5 / 3), abs=1e-6)
    for one, other in (((1,), (1, 2)), ((1, 1), (2, 2))):
        with pytest.raises(ValueError):
            ours.welch_difference(one, other)


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=3, max_size=20))
def test_change_back_is_change_turned_round(pairs):
    before, after = zip(*pairs, strict=True)
    assume(len({b - a for a, b in pairs}) > 1)
    assume(len(set(before)) > 1)
    assert near(ours.paired_change(before, after).low, -ours.paired_change(after, before).high)
    assert near(ours.d_av(before, after), -ours.d_av(after, before))
    assert abs(ours.g_av(before, after)) <= abs(ours.d_av(before, after))


def test_change_needs_pairs_and_some_spread():
    for call in (lambda: ours.paired_change((1,), (2,)), lambda: ours.paired_change((1, 2), (2,)),
                 lambda: ours.paired_t((1, 2), (2, 3)), lambda: ours.d_av((1, 1), (2, 2)),
                 lambda: ours.g_av((1, 2), (2, 5)), lambda: ours.small_sample_factor(1)):
        with pytest.raises(ValueError):
            call()


def test_change_below_the_noise_of_one_person_or_a_group_is_about_the_same():
    # Domain description: 20 points (standard), 14 (deep); for a group ± 8.4, 5.9, 3.7, 2.1 at SEM 7.4.
    assert round(ours.least_personal_change(7.4)) in (20, 21)
    assert round(ours.least_personal_change(5)) == 14
    assert [round(ours.least_personal_change(7.4) / sqrt(n), 1) for n in (6, 12, 30, 100)] == [8.4, 5.9, 3.7, 2.1]


# ---- answering "often" to opposites


def test_saying_often_to_opposites_is_noticed_from_twelve_people_on():
    high = ours.acquiescence([(Fraction(4), Fraction(4)), (Fraction(9, 2), Fraction(3))], 5)
    assert high == Fraction(7, 8)
    assert [ours.is_yes_saying(high, n) for n in (11, 12, 30)] == [False, True, True]
    assert not ours.is_yes_saying(Fraction(1, 2), 100)
    assert ours.acquiescence([(Fraction(7), Fraction(1))], 7) == 0
    with pytest.raises(ValueError):
        ours.acquiescence([], 5)


# ---- quantiles


# Two decimals more than the tables of the NIST/SEMATECH e-Handbook, 1.3.6.7; checked against scipy.
@pytest.mark.parametrize(("p", "df", "value"), [
    (0.975, 1, 12.706), (0.975, 2, 4.303), (0.95, 10, 1.812), (0.975, 10, 2.228), (0.975, 30, 2.042),
    (0.99, 5, 3.365), (0.975, 100, 1.984), (0.5, 7, 0.0), (0.025, 10, -2.228)])
def test_t_as_printed(p, df, value):
    assert round(ours.t_quantile(p, df), 3) == value


@pytest.mark.parametrize(("p", "df1", "df2", "value"), [
    (0.95, 1, 1, 161.448), (0.95, 5, 10, 3.326), (0.95, 10, 10, 2.978), (0.95, 10, 20, 2.348), (0.95, 3, 7, 4.347),
    (0.99, 4, 12, 5.412), (0.90, 2, 30, 2.489)])
def test_f_as_printed(p, df1, df2, value):
    assert round(ours.f_quantile(p, df1, df2), 3) == value


def test_z_as_printed():
    assert [round(ours.z_quantile(p), 3) for p in (0.5, 0.9, 0.975, 0.995)] == [0.0, 1.282, 1.960, 2.576]


# Where the distributions have a closed form.
@given(st.floats(0.001, 0.999), st.integers(1, 5_000))
def test_quantiles_where_algebra_knows_them(p, df):
    assert isclose(ours.t_quantile(p, 1), tan(pi * (p - 0.5)), rel_tol=1e-8, abs_tol=1e-12)
    assert isclose(ours.t_quantile(p, 2), (2 * p - 1) / sqrt(2 * p * (1 - p)), rel_tol=1e-8, abs_tol=1e-12)
    assert isclose(ours.f_quantile(p, 2, df), df / 2 * ((1 - p) ** (-2 / df) - 1), rel_tol=1e-8)


@given(st.floats(0.001, 0.999), st.integers(1, 2_000), st.integers(1, 2_000))
def test_f_turned_round_is_one_over_f(p, df1, df2):
    assert isclose(ours.f_quantile(p, df1, df2) * ours.f_quantile(1 - p, df2, df1), 1, rel_tol=1e-8)


@pytest.mark.parametrize("p", [0, 1, -0.1, 1.1, float("nan")])
def test_a_share_outside_its_range_has_no_quantile(p):
    for call in (lambda: ours.z_quantile(p), lambda: ours.t_quantile(p, 5), lambda: ours.f_quantile(p, 2, 5)):
        with pytest.raises(ValueError):
            call()
    for df in (0, -1, float("nan")):
        with pytest.raises(ValueError):
            ours.f_quantile(0.5, df, 2)
