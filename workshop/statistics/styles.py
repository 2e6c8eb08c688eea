"""Pure: whether many said "often" to statements that mean opposite things."""

from collections.abc import Sequence
from fractions import Fraction

PEOPLE = 12
MARK = Fraction(1, 2)


def acquiescence(pairs: Sequence[tuple[Fraction, Fraction]], points: int) -> Fraction:
    """ACQ = mean over pairs of (x_a + x_b)/2 - (K + 1)/2, in points of the scale.

    Symbols: x_a, x_b raw answers (or the room's means of them) to two statements that mean opposite things, K points.
    Range: -(K - 1)/2..(K - 1)/2; 0 where whoever says "often" to one says "seldom" to the other. Exact.
    Means nothing for one person: somebody can be both, and no score is ever corrected by it.
    Errors: ValueError without pairs. Source: our own pairs; the idea: Weijters & Baumgartner 2012.

    >>> acquiescence([(Fraction(4), Fraction(4)), (Fraction(5), Fraction(1))], 5)
    Fraction(1, 2)
    """
    if not pairs:
        raise ValueError("no pairs, no style")
    return sum(((a + b) / 2 for a, b in pairs), Fraction()) / len(pairs) - Fraction(points + 1, 2)


def is_yes_saying(acq: Fraction, n: int) -> bool:
    """Whether ACQ > 1/2 among n >= 12 people: ask how people read the statements before reading the picture.

    Range: yes or no; to be shown from n = 30. Our own mark: no norm stands behind it.

    >>> is_yes_saying(Fraction(1, 2), 30), is_yes_saying(Fraction(51, 100), 12), is_yes_saying(Fraction(1), 11)
    (False, True, False)
    """
    return n >= PEOPLE and acq > MARK
