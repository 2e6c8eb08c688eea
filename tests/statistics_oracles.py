"""The same numbers from other people's programs. Not part of the suite, for those are no part of the product:

uv run --group oracles pytest tests/statistics_oracles.py
"""

import random
import warnings
from math import isclose

import numpy as np
import pytest
from scipy import optimize, special, stats

from workshop.statistics import (
    alpha_interval,
    alpha_of,
    correlations,
    covariances,
    d_av,
    f_quantile,
    icc1,
    mean_interval,
    minres_loadings,
    ml_loadings,
    newcombe,
    omega,
    paired_change,
    paired_t,
    t_quantile,
    welch_difference,
    wilson,
    z_quantile,
)
from workshop.statistics.quantiles import beta_quantile, incomplete_beta

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pandas as pd
    import pingouin
    from statsmodels.multivariate.factor import Factor
    from statsmodels.stats.proportion import confint_proportions_2indep

SHARES = (1e-6, 0.001, 0.025, 0.05, 0.3, 0.5, 0.7, 0.95, 0.975, 0.999, 1 - 1e-6)
DEGREES = (1, 2, 3, 5, 10, 29, 30, 203, 999, 15_000)


def answers(seed: int, people: int, items: int) -> list[tuple[int, ...]]:
    """People with one trait and noise, on five points."""
    rng = random.Random(seed)
    traits = [rng.gauss(0, 1) for _ in range(people)]
    return [tuple(min(5, max(1, round(3 + trait + rng.gauss(0, 1)))) for _ in range(items)) for trait in traits]


def close(got: float, expected: float, digits: float = 1e-9) -> bool:
    return isclose(got, expected, rel_tol=digits, abs_tol=digits)


@pytest.mark.parametrize("p", SHARES)
@pytest.mark.parametrize("df1", DEGREES)
def test_quantiles_as_scipy(p, df1):
    assert close(z_quantile(p), stats.norm.ppf(p), 1e-12)
    assert close(t_quantile(p, df1), stats.t.ppf(p, df1))
    for df2 in DEGREES:
        assert close(f_quantile(p, df1, df2), stats.f.ppf(p, df1, df2)), df2


@pytest.mark.parametrize("a", [0.5, 1, 2.5, 14.5, 100, 3_500])
@pytest.mark.parametrize("b", [0.5, 1, 2.5, 14.5, 100, 3_500])
def test_incomplete_beta_as_scipy(a, b):
    for x in (0.0, 1e-9, 0.01, 0.2, 0.5, 0.8, 0.99, 1 - 1e-9, 1.0):
        assert close(incomplete_beta(x, a, b), special.betainc(a, b, x), 1e-10), x
    for p in SHARES:
        assert close(beta_quantile(p, a, b), special.betaincinv(a, b, p)), p


@pytest.mark.parametrize("n", [1, 6, 29, 263])
def test_wilson_as_scipy_and_newcombe_as_statsmodels(n):
    for successes in range(0, n + 1, max(1, n // 6)):
        ours = wilson(successes, n)
        theirs = stats.binomtest(successes, n).proportion_ci(method="wilson")
        assert close(ours.low, theirs.low)
        assert close(ours.high, theirs.high)
        low, high = confint_proportions_2indep(successes, n, 3, 11, method="newcomb", compare="diff")
        ours = newcombe((successes, n), (3, 11))
        assert close(ours.low, low)
        assert close(ours.high, high)


@pytest.mark.parametrize("seed", range(5))
def test_means_as_scipy(seed):
    rng = random.Random(seed)
    one, other = [rng.gauss(60, 18) for _ in range(24)], [rng.gauss(55, 9) for _ in range(17)]
    low, high = stats.t.interval(0.95, 23, np.mean(one), stats.sem(one))
    assert close(mean_interval(one).low, low)
    assert close(mean_interval(one).high, high)
    theirs = stats.ttest_ind(one, other, equal_var=False).confidence_interval()
    ours = welch_difference(one, other)
    assert close(ours.low, theirs.low)
    assert close(ours.high, theirs.high)


@pytest.mark.parametrize("seed", range(5))
def test_change_as_scipy_and_pingouin(seed):
    rng = random.Random(seed)
    before = [rng.gauss(60, 18) for _ in range(14)]
    after = [x + rng.gauss(4, 8) for x in before]
    theirs = stats.ttest_rel(after, before)
    ours = paired_change(before, after)
    assert close(ours.low, theirs.confidence_interval().low)
    assert close(ours.high, theirs.confidence_interval().high)
    assert close(paired_t(before, after), theirs.statistic)
    assert close(d_av(before, after), pingouin.compute_effsize(after, before, paired=True, eftype="cohen"))


@pytest.mark.parametrize("seed", range(5))
def test_alpha_as_pingouin(seed):
    given = answers(seed, 40, 6)
    a, (low, high) = pingouin.cronbach_alpha(pd.DataFrame(given))
    ours = alpha_interval(alpha_of(covariances(given)), 40, 6)
    assert close(ours.value, a)
    assert ours.low == pytest.approx(low, abs=6e-4)  # printed to three decimals there
    assert ours.high == pytest.approx(high, abs=6e-4)


@pytest.mark.parametrize("seed", range(5))
def test_alpha_of_pairs_as_pingouin(seed):
    rng = random.Random(seed)
    given = [tuple(None if rng.random() < 0.1 else x for x in row) for row in answers(seed, 40, 6)]
    a, _ = pingouin.cronbach_alpha(pd.DataFrame(given, dtype=float))
    assert close(alpha_of(covariances(given, pairwise=True)), a)


@pytest.mark.parametrize("seed", range(5))
def test_icc1_as_pingouin(seed):
    given = answers(seed, 12, 4)
    long = pd.DataFrame([(i, j, x) for i, row in enumerate(given) for j, x in enumerate(row)],
                        columns=["target", "rater", "rating"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = pingouin.intraclass_corr(long, "target", "rater", "rating")
    assert close(icc1(given), table["ICC"].iloc[0])


@pytest.mark.parametrize("seed", range(5))
def test_one_factor_as_statsmodels_and_as_a_general_minimiser(seed):
    r = np.array(correlations(covariances(answers(seed, 60, 6))))
    theirs = Factor(corr=r, n_factor=1, method="ml", nobs=60).fit().loadings.ravel()
    ours = ml_loadings(r.tolist())
    assert np.abs(np.abs(theirs) - np.abs(ours)).max() < 1e-3  # it stops early
    assert omega(ours) == pytest.approx(omega(np.abs(theirs)), abs=1e-4)

    def misfit(loadings: np.ndarray) -> float:
        sigma = np.outer(loadings, loadings)
        np.fill_diagonal(sigma, 1)
        return float(np.linalg.slogdet(sigma)[1] + np.trace(r @ np.linalg.inv(sigma)))

    def residuals(loadings: np.ndarray) -> float:
        gap = r - np.outer(loadings, loadings)
        np.fill_diagonal(gap, 0)
        return float((gap**2).sum())

    for found, loss in ((ours, misfit), (minres_loadings(r.tolist()), residuals)):
        best = optimize.minimize(loss, np.linspace(0.3, 0.6, 6), bounds=[(-0.99, 0.99)] * 6, tol=1e-14)
        assert loss(np.array(found)) <= best.fun + 1e-12
        assert np.abs(best.x - found).max() < 1e-4
