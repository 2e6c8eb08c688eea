"""Pure: means and their intervals."""

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

from workshop.statistics.interval import Interval
from workshop.statistics.quantiles import t_quantile

Values = Sequence[float]
Bins = Sequence[tuple[Fraction, Fraction]]


def class_mean(bins: Bins, counts: Sequence[int]) -> Fraction:
    """x̄ = Σ f_c m_c / n: the mean of a published table, everybody taken to stand in the middle of their class.

    Symbols: f_c people in class c, m_c its middle. Exact. Range: middle of the lowest to middle of the highest class,
    so never 0 nor 100; off by at most half a class, 12.5 points of five classes, 18.75 of three, 31.25 of two.
    Errors: ValueError without people.

    >>> class_mean([(Fraction(0), Fraction(50)), (Fraction(50), Fraction(100))], (1, 3))
    Fraction(125, 2)
    """
    if not sum(counts):
        raise ValueError("no people, no mean")
    middles = [(low + high) / 2 for low, high in bins]
    return sum((f * m for f, m in zip(counts, middles, strict=True)), Fraction()) / sum(counts)


def standard_error(values: Values) -> float:
    """s / √n, s² = Σ (x - x̄)² / (n - 1).

    Range: from 0. Errors: ValueError below two values.

    >>> standard_error((1, 3))
    1.0
    """
    return sqrt(_variance(values) / len(values))


def finite_population_factor(n: int, population: int) -> float:
    """√((N - n)/(N - 1)): how much less a mean can err when n of N people answered.

    Range: 1 (nobody to speak of) to 0 (everybody answered). Errors: ValueError unless 1 <= n <= N.
    Source: Cochran 1977, Sampling Techniques, chapter 2.

    >>> round(finite_population_factor(24, 26), 2), finite_population_factor(26, 26)
    (0.28, 0.0)
    """
    if not 1 <= n <= population:
        raise ValueError("of N people 1 to N answered")
    return sqrt((population - n) / (population - 1)) if population > 1 else 0.0


def mean_interval(values: Values, population: int | None = None, level: float = 0.95,
                  low: float = 0.0, high: float = 100.0) -> Interval:
    """x̄ ± t_{n-1} · s/√n · √((N - n)/(N - 1)), cut to what a score can be.

    Symbols: n values of N people in all, N endless if not given. Range: low..high. At SD 18 it is ± 19 points for
    6 people, 11 for 12, 7 for 30. What remains when all have answered is measurement and the day, not chance.
    Errors: ValueError below two values or for fewer people than values. Source: Cochran 1977, chapter 2.

    >>> mean_interval((40, 60)).rounded(1), mean_interval((40, 60), population=2)
    (Interval(value=50.0, low=0.0, high=100.0), Interval(value=50.0, low=50.0, high=50.0))
    """
    n, mean = len(values), sum(values) / len(values)
    factor = 1.0 if population is None else finite_population_factor(n, population)
    half = t_quantile((1 + level) / 2, n - 1) * standard_error(values) * factor
    return Interval(mean, mean - half, mean + half).within(low, high)


def welch_difference(one: Values, other: Values, level: float = 0.95) -> Interval:
    """x̄₁ - x̄₂ ± t_ν √(s₁²/n₁ + s₂²/n₂), ν = (s₁²/n₁ + s₂²/n₂)² / Σ (s_i²/n_i)²/(n_i - 1).

    Range: any. Supposes two separate sets of people: of the same people twice it is wider than need be, by
    1/√(1 - r). Errors: ValueError below two values on a side, or without any spread.
    Source: Welch 1947, Biometrika 34, 28-35.

    >>> welch_difference((2, 4, 6), (1, 2, 3)).rounded(4)
    Interval(value=2.0, low=-2.1554, high=6.1554)
    """
    a, b = _variance(one) / len(one), _variance(other) / len(other)
    if not a + b > 0:
        raise ValueError("without any spread there is no interval")
    df = (a + b) ** 2 / (a**2 / (len(one) - 1) + b**2 / (len(other) - 1))
    d, half = _mean(one) - _mean(other), t_quantile((1 + level) / 2, df) * sqrt(a + b)
    return Interval(d, d - half, d + half)


def _mean(values: Values) -> float:
    return sum(values) / len(values)


def _variance(values: Values) -> float:
    if len(values) < 2:
        raise ValueError("two values at least")
    mean = _mean(values)
    return sum((x - mean) ** 2 for x in values) / (len(values) - 1)
