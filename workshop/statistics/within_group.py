"""Pure: agreement of people who all describe the same thing. Of people who describe themselves it says nothing.

Every function takes people by point 1..K, skips left out.
"""

from collections.abc import Sequence

from workshop.statistics.tally import Tally, median, tally

Counts = Sequence[int]


def uniform_variance(points: int) -> float:
    """σ²_EU = (K² - 1) / 12, the variance of answers by a fair die of K sides.

    Symbols: K points of the scale. Range: 2 for five points, 4 for seven. Errors: ValueError below two points.
    Source: James, Demaree & Wolf 1984, J. Appl. Psychol. 69, 85-98.

    >>> uniform_variance(5), uniform_variance(7)
    (2.0, 4.0)
    """
    if points < 2:
        raise ValueError("a scale has at least two points")
    return (points**2 - 1) / 12


def r_wg(counts: Counts) -> float:
    """r_WG = 1 - s² / σ²_EU: how much closer together answers to one item lie than those of a die.

    Symbols: s² variance over n - 1, σ²_EU = (K² - 1) / 12. Range: up to 1; negative where people stand further
    apart than a die would put them (two camps at the ends: about -1), and never cut at 0 here.
    Means nothing where people rate themselves, and little below n = 30: one item answered at random by six
    people reaches .67 in 5 of 100 rooms. Errors: ValueError below two people.
    Source: James, Demaree & Wolf 1984; the die as yardstick is generous (Harvey & Hollander 2004).

    >>> round(r_wg((1, 2, 3, 4, 2)), 9), r_wg((6, 0, 0, 0, 6)) < -1
    (0.242424242, True)
    """
    known = tally(counts)
    return 1 - known.variance / uniform_variance(known.points)


def r_star_wg_j(items: Sequence[Counts]) -> float:
    """r*_WG(J) = 1 - mean s² / σ²_EU: agreement over J items that does not rise with J.

    Symbols: s² of each item over n - 1, σ²_EU = (K² - 1) / 12. Range: up to 1, may be negative.
    Means nothing where people rate themselves. Errors: ValueError without items, below two people, or for items
    of different scales. Source: Lindell, Brandt & Whitney 1999, Appl. Psychol. Meas. 23, 127-135.

    >>> round(r_star_wg_j([(1, 2, 3, 4, 2), (0, 2, 2, 5, 3)]), 9)  # the mean of .242424242 and .443181818
    0.34280303
    """
    known = _tallies(items)
    return 1 - sum(one.variance for one in known) / len(known) / uniform_variance(known[0].points)


def r_wg_j(items: Sequence[Counts]) -> float:
    """r_WG(J) = J q / (J q + 1 - q), q = 1 - mean s² / σ²_EU cut at 0: agreement over J items that mean one thing.

    Symbols: J items, s² of each over n - 1, σ²_EU = (K² - 1) / 12. Range: 0..1, rising with J by construction.
    Means nothing where people rate themselves, nor for items that mean different things; eight items answered
    at random by six people reach .73 in 5 of 100 rooms. Errors: as r_star_wg_j.
    Source: James, Demaree & Wolf 1984. Rules of thumb (.51-.70 moderate, .71-.90 strong): LeBreton & Senter 2008.

    >>> r_wg_j([(0, 0, 1, 9, 2)]) == r_wg((0, 0, 1, 9, 2)), r_wg_j([(6, 0, 0, 0, 6)])
    (True, 0.0)
    """
    j, q = len(items), max(r_star_wg_j(items), 0.0)
    return j * q / (j * q + 1 - q)


def a_wg(counts: Counts) -> float | None:
    """a_WG = 1 - 2 s² / {[(H + L) M - M² - H L] · n / (n - 1)}: agreement against the widest spread this mean allows.

    Symbols: s² over n - 1, M mean, L = 1 and H = K the ends of the scale, n people. Range: -1..1; 1 where all
    stand at one end. None where the mean lies so near an end, outside [(L(n-1) + H)/n, (H(n-1) + L)/n], that the
    formula has no meaning. Means nothing where people rate themselves. Errors: ValueError below two people.
    Source: Brown & Hauenstein 2005, Organ. Res. Methods 8, 165-184.

    >>> round(a_wg((1, 2, 3, 4, 2)), 9), a_wg((0, 0, 0, 0, 5)), a_wg((0, 0, 0, 1, 9))
    (0.285714286, 1.0, None)
    """
    known = tally(counts)
    low, high, n, m = 1, known.points, known.n, known.mean
    total = sum(f * x for x, f in enumerate(counts, 1))
    if total in (low * n, high * n):
        return 1.0
    if not low * (n - 1) + high <= total <= high * (n - 1) + low:
        return None
    return 1 - 2 * known.variance / (((high + low) * m - m**2 - high * low) * n / (n - 1))


def ad_mean(counts: Counts) -> float:
    """AD_M = Σ |x - M| / n, the mean distance from the mean, in points of the scale.

    Symbols: x answers, M their mean. Range: 0..(K - 1)/2, 0 where all said the same; up to K/6 (.83 of five) is
    the usual mark for agreement. Means nothing where people rate themselves. Errors: ValueError below two people.
    Source: Burke, Finkelstein & Dusig 1999, Organ. Res. Methods 2, 49-68.

    >>> ad_mean((1, 2, 3, 4, 2)), ad_mean((0, 0, 7, 0, 0))
    (1.0, 0.0)
    """
    known = tally(counts)
    return _mean_distance(counts, known.mean)


def ad_median(counts: Counts) -> float:
    """AD_Md = Σ |x - Md| / n, the mean distance from the median, in points of the scale.

    Symbols: x answers, Md their median. Range: 0..(K - 1)/2, never above AD_M. Means nothing where people rate
    themselves. Errors: ValueError below two people. Source: Burke, Finkelstein & Dusig 1999.

    >>> ad_median((0, 2, 2, 5, 3))
    0.75
    """
    tally(counts)
    return _mean_distance(counts, median(counts))


def _mean_distance(counts: Counts, middle: float) -> float:
    return sum(f * abs(x - middle) for x, f in enumerate(counts, 1)) / sum(counts)


def _tallies(items: Sequence[Counts]) -> list[Tally]:
    known = [tally(counts) for counts in items]
    if len({one.points for one in known}) != 1:
        raise ValueError("at least one item, and all of one scale")
    return known
