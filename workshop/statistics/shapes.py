"""Pure: the word for how a room spreads over seldom, sometimes and often."""

from typing import Literal

Shape = Literal["shared_high", "shared_low", "two_camps", "middle", "leaning_high", "leaning_low", "spread"]


def shape(low: int, middle: int, high: int) -> Shape:
    """The word for how n people spread over low, middle (skips included) and high.

    Symbols: n = low + middle + high, l = low/n, m = middle/n, h = high/n. The first that holds:
    shared_high h >= 2/3; shared_low l >= 2/3; two_camps l >= 35 %, h >= 35 % and m <= 10 %;
    middle m >= 50 %; leaning_high or leaning_low |h - l| >= 25 %; else spread. Compared exactly.
    Range: one of the seven words; to be shown from n = 12, below that it says little: on random answers
    two_camps fires in 13.5 % of rooms of 12, 9.6 % of 30, 0.6 % of 100.
    Errors: ValueError without people.
    Reference: our own rule. Agreement A (van der Eijk 2001, Quality & Quantity 35, 325-341) does not see
    every split: two equal camps on 2 and 4 of five points give A = +0.167.

    >>> shape(2, 4, 18), shape(9, 1, 10), shape(5, 6, 7)
    ('shared_high', 'two_camps', 'spread')
    """
    n = low + middle + high
    if n <= 0:
        raise ValueError("no people, no shape")
    if 3 * high >= 2 * n:
        return "shared_high"
    if 3 * low >= 2 * n:
        return "shared_low"
    if 20 * min(low, high) >= 7 * n and 10 * middle <= n:
        return "two_camps"
    if 2 * middle >= n:
        return "middle"
    if 4 * abs(high - low) >= n:
        return "leaning_high" if high > low else "leaning_low"
    return "spread"
