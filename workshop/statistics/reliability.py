"""Pure: how much the items of one scale have in common, and how much people in a group do."""

from collections.abc import Sequence

from workshop.statistics.interval import Interval
from workshop.statistics.quantiles import f_quantile

Matrix = Sequence[Sequence[float]]


def covariances(answers: Sequence[Sequence[float | None]], *, pairwise: bool = False) -> tuple[tuple[float, ...], ...]:
    """s_ij = Σ (x_i - x̄_i)(x_j - x̄_j) / (n - 1) of items, a row of `answers` a person, None = skipped.

    Symbols: n people who answered every item; with `pairwise`, for each pair those who answered both, which keeps
    more people and can give a matrix that no set of people has. Range: any.
    Errors: ValueError below two items or two people, and for rows of different lengths.

    >>> covariances([(1, 2), (2, 4), (3, 6), (9, None)])
    ((1.0, 2.0), (2.0, 4.0))
    """
    if len({len(row) for row in answers}) != 1 or len(answers[0]) < 2:
        raise ValueError("two items at least, and as many answers in every row")
    kept = answers if pairwise else [row for row in answers if None not in row]
    columns = list(zip(*kept, strict=True)) or [()] * len(answers[0])
    return tuple(tuple(_covariance(one, other) for other in columns) for one in columns)


def _covariance(one: Sequence[float | None], other: Sequence[float | None]) -> float:
    both = [(x, y) for x, y in zip(one, other, strict=True) if x is not None and y is not None]
    n = len(both)
    if n < 2:
        raise ValueError("two people at least")
    mean_x, mean_y = sum(x for x, _ in both) / n, sum(y for _, y in both) / n
    return sum((x - mean_x) * (y - mean_y) for x, y in both) / (n - 1)


def correlations(covariances: Matrix) -> tuple[tuple[float, ...], ...]:
    """r_ij = s_ij / √(s_ii s_jj).

    Range: -1..1. Errors: ValueError where an item does not vary.

    >>> correlations(((1.0, 1.0), (1.0, 4.0)))
    ((1.0, 0.5), (0.5, 1.0))
    """
    if any(row[i] <= 0 for i, row in enumerate(covariances)):
        raise ValueError("an item that does not vary correlates with nothing")
    sd = [row[i] ** 0.5 for i, row in enumerate(covariances)]
    return tuple(tuple(1.0 if i == j else s / (sd[i] * sd[j]) for j, s in enumerate(row))
                 for i, row in enumerate(covariances))


def alpha(item_variances: Sequence[float], total_variance: float) -> float:
    """α = k/(k - 1) · (1 - Σ s_i² / s_T²): how much of the spread of sums over k items they have in common.

    Symbols: s_i² variance of item i, s_T² variance of the sum; any common factor cancels, so whole numbers
    n Σ x² - (Σ x)² do as well. Range: up to 1, negative where items oppose each other. Is the reliability only if
    items measure one thing equally well, otherwise less; a low α of broad facets is no fault. Means nothing on
    within-person deviations, and below n = 30 next to nothing: α = .75 of six items and six people lies in
    .22-.96. Errors: ValueError below two items or where sums do not vary.
    Source: Cronbach 1951, Psychometrika 16, 297-334.

    >>> alpha((1, 1), 3), alpha((2, 2, 2), 6)
    (0.6666666666666667, 0.0)
    """
    k = len(item_variances)
    if k < 2 or not total_variance > 0:
        raise ValueError("two items at least, and sums that vary")
    return k / (k - 1) * (1 - sum(item_variances) / total_variance)


def alpha_of(covariances: Matrix) -> float:
    """α of a covariance matrix, or of correlations (then called standardised).

    Symbols: s_i² on the diagonal, s_T² the sum of all. Range: up to 1. Errors: as alpha.

    >>> alpha_of(((1.0, 0.5), (0.5, 1.0)))
    0.6666666666666667
    """
    return alpha([row[i] for i, row in enumerate(covariances)], sum(map(sum, covariances)))


def alpha_interval(alpha: float, n: int, k: int, level: float = 0.95) -> Interval:
    """1 - (1 - α) F_{1-q} … 1 - (1 - α) F_q with n - 1 and (n - 1)(k - 1) degrees of freedom, q = (1 - level)/2.

    Symbols: n people whose answers α was computed from (after anybody was left out: not before), k items.
    Range: up to 1. Supposes a sample of exchangeable people and near-normal, equally good items: in a room that is
    its own population it says how little α can carry, no more. Errors: ValueError below two people or items.
    Source: Feldt 1965, Psychometrika 30, 357-370; Feldt, Woodruff & Salih 1987, Appl. Psychol. Meas. 11, 93-103.

    >>> alpha_interval(0.75, 30, 6).rounded(2)
    Interval(value=0.75, low=0.58, high=0.87)
    """
    if n < 2 or k < 2:
        raise ValueError("two people and two items at least")
    df1, df2, q = n - 1, (n - 1) * (k - 1), (1 - level) / 2
    return Interval(alpha, 1 - (1 - alpha) * f_quantile(1 - q, df1, df2), 1 - (1 - alpha) * f_quantile(q, df1, df2))


def omega(loadings: Sequence[float], uniquenesses: Sequence[float] | None = None) -> float:
    """ω = (Σ λ)² / [(Σ λ)² + Σ θ]: the share of the spread of sums that one common factor makes.

    Symbols: λ loading and θ uniqueness of each item, θ = 1 - λ² of correlations where none are given.
    Range: 0..1. Means nothing where one factor does not fit. Errors: ValueError for numbers that do not pair up,
    or a spread of 0. Source: McDonald 1999, Test Theory.

    >>> round(omega((0.8, 0.7, 0.6, 0.5)), 9)
    0.749445676
    """
    theta = [1 - a**2 for a in loadings] if uniquenesses is None else list(uniquenesses)
    common = sum(loadings) ** 2
    if len(theta) != len(loadings) or not common + sum(theta) > 0:
        raise ValueError("a loading and a uniqueness for each item, and some spread")
    return common / (common + sum(theta))


def icc1(groups: Sequence[Sequence[float]]) -> float:
    """ICC(1) = (MSB - MSW) / (MSB + (k - 1) MSW): the share of the spread that lies between groups.

    Symbols: MSB, MSW mean squares between and within G groups of N people in all; k the size of a group, of
    unequal ones (N - Σ n_g² / N) / (G - 1). Range: -1/(k - 1)..1. Means nothing for a handful of groups.
    Errors: ValueError below two groups, without a group of two, or without any spread.
    Source: Shrout & Fleiss 1979, Psychol. Bull. 86, 420-428; k of unequal groups: Snedecor & Cochran 1980.

    >>> icc1([(1, 1), (5, 5)]), icc1([(1, 5), (5, 1)])
    (1.0, -1.0)
    """
    n, g = sum(map(len, groups)), len(groups)
    if g < 2 or min(map(len, groups)) < 1 or n == g:
        raise ValueError("two groups at least, none empty, and one of two people")
    msb, msw = _mean_squares(groups)
    k = (n - sum(len(group) ** 2 for group in groups) / n) / (g - 1)
    if not msb + (k - 1) * msw > 0:
        raise ValueError("without any spread there are no shares of it")
    return (msb - msw) / (msb + (k - 1) * msw)


def _mean_squares(groups: Sequence[Sequence[float]]) -> tuple[float, float]:
    n, means = sum(map(len, groups)), [sum(group) / len(group) for group in groups]
    mean = sum(map(sum, groups)) / n
    between = sum(len(group) * (m - mean) ** 2 for group, m in zip(groups, means, strict=True))
    within = sum((x - m) ** 2 for group, m in zip(groups, means, strict=True) for x in group)
    return between / (len(groups) - 1), within / (n - len(groups))
