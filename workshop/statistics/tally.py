"""Answers by point, as the numbers that formulas ask for."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """n answers on a scale of K points 1..K; `mean` and `variance` (over n - 1) in points."""

    n: int
    points: int
    mean: float
    variance: float


def tally(counts: Sequence[int]) -> Tally:
    """n, x̄ = Σ f x / n and s² = (n Σ f x² - (Σ f x)²) / (n (n - 1)) of people by point.

    Symbols: f people on point x = 1..K, `counts` in that order, skips left out.
    Range: x̄ 1..K, s² from 0. One answer has no variance.
    Errors: ValueError for fewer than two points or two people, and for counts that are not whole people.

    >>> tally((1, 2, 3, 4, 2))
    Tally(n=12, points=5, mean=3.3333333333333335, variance=1.5151515151515151)
    """
    n = sum(counts)
    if len(counts) < 2:
        raise ValueError("a scale has at least two points")
    if any(f < 0 or f != int(f) for f in counts) or n < 2:
        raise ValueError("a tally is of whole people, two at least")
    total, squares = (sum(f * x**power for x, f in enumerate(counts, 1)) for power in (1, 2))
    return Tally(n, len(counts), total / n, (n * squares - total**2) / (n * (n - 1)))


def median(counts: Sequence[int]) -> float:
    """The middle answer, or half-way between the two middle ones.

    Symbols: `counts` people by point 1..K. Range: 1..K.
    Errors: ValueError without people.

    >>> median((0, 2, 2, 5, 3)), median((1, 0, 0, 0, 1))
    (4.0, 3.0)
    """
    answers = [x for x, f in enumerate(counts, 1) for _ in range(f)]
    if not answers:
        raise ValueError("no people, no median")
    return (answers[(len(answers) - 1) // 2] + answers[len(answers) // 2]) / 2


def shares(frequencies: Sequence[float]) -> tuple[float, ...]:
    """p_x = f_x / n, the share of answers on each point.

    Symbols: f_x any frequencies, people or percent, in the order of the scale. Range: 0..1, together 1.
    Errors: ValueError for fewer than two points, a negative frequency, or none at all.

    >>> shares((1, 0, 3))
    (0.25, 0.0, 0.75)
    """
    n = sum(frequencies)
    if len(frequencies) < 2 or min(frequencies) < 0 or not n > 0:
        raise ValueError("frequencies are of two points at least, none negative, not all zero")
    return tuple(f / n for f in frequencies)
