"""Pure: shares of a room, the difference of two of them, and the two arms of a scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from workshop.statistics.interval import Interval
from workshop.statistics.quantiles import z_quantile
from workshop.statistics.tally import shares


@dataclass(frozen=True)
class Arms:
    """Shares 0..1 to the left and the right of "sometimes", together 1."""

    left: float
    right: float


def wilson(successes: int, n: int, level: float = 0.95) -> Interval:
    """(p̂ + z²/2n ± z √(p̂(1-p̂)/n + z²/4n²)) / (1 + z²/n): a share and what chance could make of it.

    Symbols: p̂ = successes / n, z the normal quantile of (1 + level)/2. Range: 0..1, never beyond.
    A room that answered whole is a census: then the interval answers a question that nobody asked.
    Errors: ValueError without people or for a share outside 0..1.
    Source: Wilson 1927, J. Am. Stat. Assoc. 22, 209-212; Newcombe 1998, Stat. Med. 17, 857-872, method 3.

    >>> wilson(81, 263).rounded(4)
    Interval(value=0.308, low=0.2553, high=0.3662)
    """
    if not 0 <= successes <= n or n < 1:
        raise ValueError("somebody has to be there, and a part is not more than the whole")
    p, z = successes / n, z_quantile((1 + level) / 2)
    middle, half = p + z**2 / (2 * n), z * sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return Interval(p, (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)).within(0.0, 1.0)


def newcombe(one: tuple[int, int], other: tuple[int, int], level: float = 0.95) -> Interval:
    """d - √((p₁-l₁)² + (u₂-p₂)²) … d + √((u₁-p₁)² + (p₂-l₂)²): the difference d = p₁ - p₂ of two shares.

    Symbols: `one` and `other` are (successes, n); l, u the ends of Wilson's interval of each. Range: -1..1.
    Supposes two separate sets of people. Of the same people twice it is wider than need be, by 1/√(1 - r).
    Errors: as wilson. Source: Newcombe 1998, Stat. Med. 17, 873-890, method 10.

    >>> newcombe((56, 70), (48, 80)).rounded(4)
    Interval(value=0.2, low=0.0524, high=0.3339)
    """
    first, second = wilson(*one, level), wilson(*other, level)
    p1, l1, u1 = first.value, first.low, first.high
    p2, l2, u2 = second.value, second.low, second.high
    d = p1 - p2
    return Interval(d, d - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2), d + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2))


def arms(frequencies: Sequence[float]) -> Arms:
    """-(p₁ + p₂ + p₃/2) and +(p₃/2 + p₄ + p₅): a bar drawn from the middle of "sometimes".

    Symbols: p_x share on point x of K; of an even K no point is halved. Range: 0..1 each.
    Errors: ValueError below two points or without answers.
    Source: Robbins & Heiberger 2011, Proc. Surv. Res. Methods Sect. JSM; Heiberger & Robbins 2014, JSS 57(5).

    >>> arms((1, 0, 2, 0, 1)), round(100 * arms((4, 21, 27, 230, 283)).left, 4)
    (Arms(left=0.5, right=0.5), 6.8142)
    """
    p = shares(frequencies)
    half = p[len(p) // 2] / 2 if len(p) % 2 else 0.0
    left, right = sum(p[: len(p) // 2]) + half, sum(p[(len(p) + 1) // 2:]) + half
    return Arms(left, right)
