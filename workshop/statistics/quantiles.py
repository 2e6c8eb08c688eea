"""Pure: quantiles of the normal, t and F distributions, from the regularised incomplete beta function."""

from collections.abc import Iterator
from math import exp, isnan, lgamma, log, log1p, sqrt
from statistics import NormalDist

TINY = 1e-300
CLOSE = 3e-16
MOST_STEPS = 10_000


def z_quantile(p: float) -> float:
    """Φ⁻¹(p), the point below which a share p of the standard normal distribution lies.

    Range: any real number. Errors: ValueError for p outside 0..1 or at its ends. Source: Wichura 1988, AS 241.

    >>> round(z_quantile(0.975), 9)
    1.959963985
    """
    _share(p)
    return NormalDist().inv_cdf(p)


def t_quantile(p: float, df: float) -> float:
    """t_p with df degrees of freedom: ±√F, F the quantile |2p - 1| of F(1, df).

    Range: any real number. Errors: ValueError for p outside 0..1 or at its ends, or df not above 0.
    Source: Abramowitz & Stegun 1964, 26.5.27 and 26.6.

    >>> round(t_quantile(0.975, 10), 6), round(t_quantile(0.05, 1), 6)
    (2.228139, -6.313752)
    """
    _share(p)
    return 0.0 if p == 0.5 else (1 if p > 0.5 else -1) * sqrt(f_quantile(abs(2 * p - 1), 1, df))


def f_quantile(p: float, df1: float, df2: float) -> float:
    """F_p = df2 x / (df1 (1 - x)), x the quantile p of Beta(df1/2, df2/2).

    Range: above 0. Errors: ValueError for p outside 0..1 or at its ends, or df not above 0.
    Source: Abramowitz & Stegun 1964, 26.5.28.

    >>> round(f_quantile(0.95, 5, 10), 6)
    3.325835
    """
    _share(p)
    if not (df1 > 0 and df2 > 0):
        raise ValueError("degrees of freedom are above 0")
    x = beta_quantile(p, df1 / 2, df2 / 2)
    if x < 0.5:
        return df2 * x / (df1 * (1 - x))
    # Near 1 the distance to 1 is what counts; it is found from the other side with all its digits.
    rest = beta_quantile(1 - p, df2 / 2, df1 / 2)
    return df2 * (1 - rest) / (df1 * rest)


def beta_quantile(p: float, a: float, b: float) -> float:
    """x with I_x(a, b) = p: Newton's steps, halved back wherever they would leave the bracket.

    Range: 0..1. Errors: ValueError for p outside 0..1 or at its ends, or a or b not above 0.
    Source: Abramowitz & Stegun 1964, 26.5.

    >>> round(beta_quantile(0.5, 2, 2), 12)
    0.5
    """
    _share(p)
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(MOST_STEPS):
        above = incomplete_beta(x, a, b) - p
        low, high = (low, x) if above > 0 else (x, high)
        near = x - above / _beta_density(x, a, b)
        near = near if low < near < high else (low + high) / 2
        if abs(near - x) <= CLOSE * near or near in (low, high):
            return near
        x = near
    raise ArithmeticError("the quantile was not found")


def incomplete_beta(x: float, a: float, b: float) -> float:
    """I_x(a, b) = x^a (1-x)^b / (a B(a, b)) · 1/(1 + d_1/(1 + d_2/(1 + …))), the share of Beta(a, b) below x.

    Symbols: d_2m = m (b - m) x / ((a + 2m - 1)(a + 2m)), d_2m+1 = -(a + m)(a + b + m) x / ((a + 2m)(a + 2m + 1)).
    Range: 0..1. Errors: ValueError for x outside 0..1, or a or b not above 0.
    Source: Abramowitz & Stegun 1964, 26.5.8, summed by Lentz's method.

    >>> round(incomplete_beta(0.25, 2, 3), 12) == round(67 / 256, 12)
    True
    """
    if not (0 <= x <= 1 and a > 0 and b > 0):
        raise ValueError("x is 0..1, a and b are above 0")
    if x in (0, 1):
        return float(x)
    # The fraction converges fast only below the mean; above it the other tail is summed.
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(1 - x, b, a)
    return exp(_log_front(x, a, b)) / a * _fraction(x, a, b)


def _share(p: float) -> None:
    if isnan(p) or not 0 < p < 1:
        raise ValueError("a share lies between 0 and 1")


def _log_front(x: float, a: float, b: float) -> float:
    return lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)


def _beta_density(x: float, a: float, b: float) -> float:
    return max(exp(_log_front(x, a, b) - log(x) - log1p(-x)), TINY)


def _fraction(x: float, a: float, b: float) -> float:
    value, c, d = 1.0, 1.0, 0.0
    for term in _terms(x, a, b):
        d = 1 / _far(1 + term * d)
        c = _far(1 + term / c)
        value *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return 1 / value


def _terms(x: float, a: float, b: float) -> Iterator[float]:
    for m in range(MOST_STEPS):
        if m:
            yield m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))


def _far(value: float) -> float:
    return value if abs(value) > TINY else TINY
