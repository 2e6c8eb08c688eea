"""Pure: loadings of one common factor, for ω."""

from collections.abc import Callable, Sequence
from math import copysign, sqrt

Matrix = Sequence[Sequence[float]]
Loadings = tuple[float, ...]

CLOSE = 1e-13
MOST_LEAPS = 10_000
# A uniqueness below this is a Heywood case; the bound is the one R's factanal uses.
LEAST_UNIQUENESS = 0.005


def ml_loadings(correlations: Matrix) -> Loadings:
    """λ = h / √(λ'Ψ⁻¹h), h = R Ψ⁻¹ λ - λ, until it stands still: maximum likelihood of one factor.

    Symbols: R correlations, Ψ the uniquenesses 1 - λ², never below .005. Range: -1..1, signs chosen so that they
    sum up to 0 or more. Means nothing where one factor does not fit.
    Errors: ValueError below three items; ArithmeticError where the steps find no end.
    Source: Lawley & Maxwell 1971, Factor Analysis as a Statistical Method, chapter 4.

    >>> [round(a, 6) for a in ml_loadings([[1, .56, .48], [.56, 1, .42], [.48, .42, 1]])]
    [0.8, 0.7, 0.6]
    """
    def step(loadings: Loadings) -> Loadings:
        psi = [max(1 - a**2, LEAST_UNIQUENESS) for a in loadings]
        weighed = [a / p for a, p in zip(loadings, psi, strict=True)]
        h = [sum(r * w for r, w in zip(row, weighed, strict=True)) - a
             for row, a in zip(correlations, loadings, strict=True)]
        square = sum(w * one for w, one in zip(weighed, h, strict=True))
        if not square > 0:
            raise ArithmeticError("the items have no factor in common")
        return tuple(one / sqrt(square) for one in h)
    return _settled(correlations, step)


def minres_loadings(correlations: Matrix) -> Loadings:
    """λ_i = Σ r_ij λ_j / Σ λ_j² over j ≠ i, item by item until they stand still: least squares off the diagonal.

    Symbols: r_ij correlations. Range: -1..1, signs chosen so that they sum up to 0 or more. Means nothing where
    one factor does not fit. Errors: ValueError below three items; ArithmeticError where the steps find no end.
    Source: Harman & Jones 1966, Psychometrika 31, 351-368; cut at 1 as in Harman & Fukuda 1966.

    >>> [round(a, 6) for a in minres_loadings([[1, .56, .48], [.56, 1, .42], [.48, .42, 1]])]
    [0.8, 0.7, 0.6]
    """
    def step(loadings: Loadings) -> Loadings:
        known = list(loadings)
        for i, row in enumerate(correlations):
            others = [(r, a) for j, (r, a) in enumerate(zip(row, known, strict=True)) if j != i]
            best = sum(r * a for r, a in others) / sum(a**2 for _, a in others)
            known[i] = max(-1.0, min(1.0, best))
        return tuple(known)
    return _settled(correlations, step)


def _settled(correlations: Matrix, step: Callable[[Loadings], Loadings]) -> Loadings:
    if len(correlations) < 3:
        raise ValueError("one factor needs three items at least")
    loadings = _start(correlations)
    for _ in range(MOST_LEAPS):
        once = step(loadings)
        twice = step(once)
        if max(abs(b - a) for a, b in zip(once, twice, strict=True)) < CLOSE:
            return twice if sum(twice) >= 0 else tuple(-a for a in twice)
        loadings = step(_leapt(loadings, once, twice))
    raise ArithmeticError("the loadings do not settle")


def _leapt(start: Loadings, once: Loadings, twice: Loadings) -> Loadings:
    """Where two steps point to, for single ones are slow near 1: Varadhan & Roland 2008, scheme S3."""
    r = [b - a for a, b in zip(start, once, strict=True)]
    v = [c - b - one for b, c, one in zip(once, twice, r, strict=True)]
    bend = sum(one**2 for one in v)
    leap = max(1.0, sqrt(sum(one**2 for one in r) / bend)) if bend else 1.0
    return tuple(max(-1.0, min(1.0, a + 2 * leap * one + leap**2 * bent))
                 for a, one, bent in zip(start, r, v, strict=True))


def _start(correlations: Matrix) -> Loadings:
    """Half a loading each, in the direction of the item that goes most with the others."""
    row = max(correlations, key=lambda row: sum(map(abs, row)))
    return tuple(copysign(0.5, r) for r in row)
