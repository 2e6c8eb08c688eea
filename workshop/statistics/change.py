"""Pure: change of the same people from one time to another, `before` and `after` in the same order.

Rounds are not linked, so the product never has such pairs of a room; on a phone they are one person's own.
"""

from collections.abc import Sequence
from math import exp, lgamma, sqrt

from workshop.statistics.interval import Interval
from workshop.statistics.means import mean_interval, standard_error

Values = Sequence[float]


def paired_change(before: Values, after: Values, level: float = 0.95) -> Interval:
    """d̄ ± t_{n-1} s_d/√n, d = after - before.

    Range: any. Change on the same day is mood and demand more than growth. Errors: ValueError below two pairs.
    Source: Student 1908, Biometrika 6, 1-25.

    >>> paired_change((1, 3, 5, 7, 9, 11, 13), (1, 2, 3, 4, 5, 6, 7)).rounded(2)
    Interval(value=-3.0, low=-5.0, high=-1.0)
    """
    return mean_interval(_differences(before, after), level=level, low=float("-inf"), high=float("inf"))


def paired_t(before: Values, after: Values) -> float:
    """t = d̄ / (s_d/√n), d = after - before.

    Range: any. Errors: ValueError below two pairs or where all changed alike. Source: Student 1908.

    >>> round(paired_t((1, 3, 5, 7, 9, 11, 13), (1, 2, 3, 4, 5, 6, 7)), 6)
    -3.674235
    """
    d = _differences(before, after)
    error = standard_error(d)
    if error == 0:
        raise ValueError("where all changed alike there is no t")
    return sum(d) / len(d) / error


def d_av(before: Values, after: Values) -> float:
    """d_av = d̄ / √((s₁² + s₂²)/2): mean change in standard deviations of people.

    Symbols: s₁², s₂² variances before and after, over n - 1. Range: any. Not Lakens' 2013 d̄ / ((s₁ + s₂)/2).
    Errors: ValueError below two pairs or without spread. Source: Cumming 2012, Understanding the New Statistics.

    >>> round(d_av((1, 3, 5, 7, 9, 11, 13), (1, 2, 3, 4, 5, 6, 7)), 7)
    -0.8783101
    """
    d, n = _differences(before, after), len(before)
    variances = [standard_error(values) ** 2 * n for values in (before, after)]
    if not sum(variances) > 0:
        raise ValueError("without any spread there is no measure of change")
    return sum(d) / n / sqrt(sum(variances) / 2)


def small_sample_factor(df: int) -> float:
    """J = Γ(df/2) / (√(df/2) Γ((df - 1)/2)): how much a standardised difference is too large on average.

    Range: 0..1, .56 at 2, near 1 - 3/(4 df - 1). Errors: ValueError below 2.
    Source: Hedges 1981, J. Educ. Stat. 6, 107-128.

    >>> round(small_sample_factor(6), 6), round(small_sample_factor(1000), 6)
    (0.868627, 0.99925)
    """
    if df < 2:
        raise ValueError("two degrees of freedom at least")
    return exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)


def g_av(before: Values, after: Values) -> float:
    """g_av = J(n - 1) · d_av, for pairs with the factor of n - 1 degrees of freedom and not of 2n - 2.

    Range: any, nearer to 0 than d_av. Errors: ValueError below three pairs or without spread.
    Source: Hedges 1981; Cumming 2012.

    >>> round(g_av((1, 3, 5, 7, 9, 11, 13), (1, 2, 3, 4, 5, 6, 7)), 7)
    -0.7629236
    """
    return small_sample_factor(len(before) - 1) * d_av(before, after)


def least_personal_change(sem: float, level_z: float = 1.96) -> float:
    """1.96 √2 SEM: one person's change below it is noise, "about the same".

    Symbols: SEM standard error of measurement, in points 0-100. Range: from 0.
    Source: Jacobson & Truax 1991, J. Consult. Clin. Psychol. 59, 12-19.

    >>> round(least_personal_change(7.4), 1), round(least_personal_change(5), 1)
    (20.5, 13.9)
    """
    return level_z * sqrt(2) * sem


def _differences(before: Values, after: Values) -> list[float]:
    return [b - a for a, b in zip(before, after, strict=True)]
