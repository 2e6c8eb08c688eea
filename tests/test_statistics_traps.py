"""Where other programs, or a first reading, go wrong: each trap of the domain description, sprung once."""

from math import sqrt

import pytest
from test_statistics_reference import KNOWN, YES_NO

from workshop import statistics as ours


def test_the_interval_of_alpha_counts_people_after_some_were_left_out():
    # pingouin keeps the n from before listwise deletion: [.581, .933] of 12 people, where 9 give [.533, .947].
    alpha, complete = ours.alpha_of(ours.covariances(YES_NO)), [row for row in YES_NO if None not in row]
    right, wrong = (ours.alpha_interval(alpha, n, 11).rounded(3) for n in (len(complete), len(YES_NO)))
    assert [right.low, right.high] == KNOWN["cronbach_pingouin_docs"]["listwise_ci_with_n9"]
    assert [wrong.low, wrong.high] == KNOWN["cronbach_pingouin_docs"]["listwise_ci_documented_but_wrong_n"]
    assert right.low < wrong.low


def test_g_of_pairs_has_the_factor_of_one_group_not_of_two():
    # pingouin's paired g uses n₁ + n₂ - 2 = 12 degrees of freedom: -.8222477.
    before, after = KNOWN["d_av"]["y"], KNOWN["d_av"]["x"]
    assert ours.g_av(before, after) == pytest.approx(-0.7629236, abs=5e-8)
    assert ours.g_av(before, after) != pytest.approx(-0.8222477, abs=1e-2)
    assert ours.g_av(before, after) == ours.small_sample_factor(6) * ours.d_av(before, after)


def test_d_av_averages_variances_not_deviations():
    # Lakens 2013 prints d̄ / ((s₁ + s₂)/2), as pingouin's source remarks.
    before, after = KNOWN["d_av"]["y"], KNOWN["d_av"]["x"]
    s1, s2 = (ours.standard_error(values) * sqrt(7) for values in (before, after))
    assert ours.d_av(before, after) == pytest.approx(-3 / sqrt((s1**2 + s2**2) / 2))
    assert abs(ours.d_av(before, after) - -3 / ((s1 + s2) / 2)) > 0.04


def test_agreement_of_shares_is_agreement_of_counts():
    # agrmt's shortcut for vectors with a maximum of 1 returns 1.118 for (.5, 1, .2), outside of what A can be.
    assert ours.van_der_eijk_a((0.5, 1, 0.2)) == pytest.approx(ours.van_der_eijk_a((5, 10, 2)))
    assert ours.van_der_eijk_a((5, 10, 2)) == pytest.approx(0.4706, abs=5e-5)


def test_r_wg_keeps_what_lies_below_zero():
    # multilevel's rwg cuts at 0; what is cut cannot be told from chance any more.
    assert ours.r_wg((6, 0, 0, 0, 6)) == pytest.approx(1 - 48 / 11 / 2)
    assert ours.r_star_wg_j([(6, 0, 0, 0, 6), (0, 0, 12, 0, 0)]) == pytest.approx(1 - 24 / 11 / 2)
    assert ours.r_wg_j([(6, 0, 0, 0, 6), (0, 0, 12, 0, 0)]) == 0


def test_agreement_a_does_not_see_every_split_and_the_rule_for_two_camps_does():
    camps = (0, 6, 0, 6, 0)
    assert ours.van_der_eijk_a(camps) == pytest.approx(1 / 6)
    assert ours.polarisation(camps) < 0.5  # "half in one, half in another: polarisation 1" holds at the ends only
    assert ours.polarisation((6, 0, 0, 0, 6)) == 1
    assert ours.shape(6, 0, 6) == "two_camps"


def test_ordinal_variation_and_its_complement_are_told_apart():
    # agrmt has Blair and Lacy's l², Berry and Mielke's IOV is what is left to 1.
    freq = KNOWN["iov_vs_agrmt"]["freq"]
    assert ours.iov(freq) + ours.l_squared(freq) == pytest.approx(1)
    assert ours.iov(freq) == pytest.approx(0.4026667, abs=5e-8)
