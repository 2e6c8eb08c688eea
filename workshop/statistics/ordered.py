"""Pure: how far answers on an ordered scale lie together or apart, without treating the points as distances.

Every function takes frequencies by point 1..K, people or percent, skips left out.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, combinations
from math import log2

from workshop.statistics.tally import shares


def van_der_eijk_a(frequencies: Sequence[float]) -> float:
    """A = Σ w_l A_l, A_l = U_l (1 - (S_l - 1)/(K - 1)): agreement, peeled off in layers of equal height.

    Symbols: layer l is a 0/1 pattern over the K points with S_l ones and weight w_l = its share of all answers;
    U_l = [(K-2) TU - (K-1) TDU] / [(K-2) (TU + TDU)], TU the triples of points that have one peak (110, 011),
    TDU those with a gap (101); U_l = 1 without such triples. Range: -1 (half at each end) through 0 (all points
    alike) to 1 (all on one point). Does not see every split: two equal camps on 2 and 4 of five give +.167.
    Errors: ValueError below three points. Source: van der Eijk 2001, Quality & Quantity 35, 325-341.

    >>> round(van_der_eijk_a((30, 40, 210, 130, 530, 50, 10)), 7), round(van_der_eijk_a((0, 3, 0, 3, 0)), 7)
    (0.6113333, 0.1666667)
    """
    if len(frequencies) < 3:
        raise ValueError("unimodality asks for three points at least")
    shares(frequencies)
    return sum(weight * _layer_agreement(pattern) for weight, pattern in _layers(frequencies))


def polarisation(frequencies: Sequence[float]) -> float:
    """P = (1 - A) / 2, van der Eijk's A turned round.

    Range: 0 (all on one point), 1/2 (all points alike), 1 (half at each end, and only there).
    Errors: as van_der_eijk_a. Source: van der Eijk 2001, in the form of the R package agrmt.

    >>> polarisation((1, 0, 0, 0, 1)), polarisation((1, 1, 1, 1, 1))
    (1.0, 0.5)
    """
    return (1 - van_der_eijk_a(frequencies)) / 2


def iov(frequencies: Sequence[float]) -> float:
    """IOV = 4/(K - 1) · Σ F_c (1 - F_c) over c < K: ordinal variation.

    Symbols: F_c the share of answers on point c or below. Range: 0 (all on one point) to 1 (half at each end).
    Errors: ValueError below two points. Source: Berry & Mielke 1992, Percept. Mot. Skills 74, 63-66, as
    Blair & Lacy 2000 write it.

    >>> round(iov((30, 40, 210, 130, 530, 50, 10)), 7)
    0.4026667
    """
    steps = _cumulated(frequencies)
    return 4 / len(steps) * sum(f * (1 - f) for f in steps)


def l_squared(frequencies: Sequence[float]) -> float:
    """l² = 1 - IOV: ordinal concentration.

    Range: 0 (half at each end) to 1 (all on one point). Errors: ValueError below two points.
    Source: Blair & Lacy 2000, Sociol. Methods Res. 28, 251-280.

    >>> round(l_squared((30, 40, 210, 130, 530, 50, 10)), 7)
    0.5973333
    """
    return 1 - iov(frequencies)


def leik(frequencies: Sequence[float]) -> float:
    """D = 2 Σ d_c / (K - 1), d_c = F_c if F_c < 1/2, else 1 - F_c: ordinal dispersion.

    Symbols: F_c the share of answers on point c or below, c < K. Range: 0 (all on one point) to 1 (half at each
    end). Errors: ValueError below two points. Source: Leik 1966, Pacific Sociol. Rev. 9, 85-90.

    >>> round(leik((30, 40, 210, 130, 530, 50, 10)), 7)
    0.2866667
    """
    steps = _cumulated(frequencies)
    return 2 * sum(min(f, 1 - f) for f in steps) / len(steps)


def consensus(frequencies: Sequence[float]) -> float:
    """Cns = 1 + Σ p_x log2(1 - |x - μ| / (K - 1)): consensus as entropy around the mean.

    Symbols: p_x share on point x, μ = Σ p_x x. Range: 0 (half at each end) to 1 (all on one point).
    Treats the points as equal steps after all. Errors: ValueError below two points.
    Source: Tastle & Wierman 2007, Int. J. Approx. Reason. 45, 531-545.

    >>> round(consensus((30, 40, 210, 130, 530, 50, 10)), 7)
    0.7256876
    """
    p = shares(frequencies)
    mean = sum(share * x for x, share in enumerate(p, 1))
    return 1 + sum(share * log2(1 - abs(x - mean) / (len(p) - 1)) for x, share in enumerate(p, 1) if share)


def _cumulated(frequencies: Sequence[float]) -> tuple[float, ...]:
    return tuple(accumulate(shares(frequencies)))[:-1]


def _layers(frequencies: Sequence[float]) -> Iterator[tuple[float, tuple[bool, ...]]]:
    """Weights and patterns. The layers lie between neighbouring heights, so nothing is ever subtracted twice
    and percentages work as well as counts."""
    n, below = sum(frequencies), 0.0
    for height in sorted({f for f in frequencies if f}):
        pattern = tuple(f >= height for f in frequencies)
        yield (height - below) * sum(pattern) / n, pattern
        below = height


def _layer_agreement(pattern: tuple[bool, ...]) -> float:
    k, s = len(pattern), sum(pattern)
    triples = list(combinations(pattern, 3))
    tu = sum(triple in ((True, True, False), (False, True, True)) for triple in triples)
    tdu = triples.count((True, False, True))
    u = ((k - 2) * tu - (k - 1) * tdu) / ((k - 2) * (tu + tdu)) if tu + tdu else 1
    return u * (1 - (s - 1) / (k - 1))
