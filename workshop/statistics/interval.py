"""A number and the interval around it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """`value` with the ends of its interval, low <= high."""

    value: float
    low: float
    high: float

    def rounded(self, digits: int) -> "Interval":
        """As it is shown; never -0.0."""
        return Interval(*(round(one, digits) + 0.0 for one in (self.value, self.low, self.high)))

    def within(self, low: float, high: float) -> "Interval":
        """Its ends cut to a range that nothing can leave."""
        return Interval(self.value, max(self.low, low), min(self.high, high))
