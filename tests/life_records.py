"""What the model of a workshop's life keeps: people, rounds, and the numbers of each level, said again."""

from collections import Counter
from dataclasses import dataclass, field

from workshop.release import Policy

DAY = 86_400
ORDER = ("open", "blocks", "held")
NUMBERS = {"held": (5, 1, 2), "blocks": (8, 8, 3), "open": (3, 1, 1)}  # k, m and tau of docs/privacy.md
Answers = dict[str, int | None]


def numbers(level: str, context: str) -> Policy:
    """Partners have larger ones, outside open."""
    k, m, tau = NUMBERS[level]
    return Policy(level, max(k, 8), m, max(tau, 3)) if context == "partner" and level != "open" else Policy(
        level, k, m, tau)


def finished_told(finished: int, policy: Policy, *, is_open: bool) -> int:
    """R12: in blocks it goes in fives until the round is closed."""
    return finished - finished % 5 if is_open and policy.level == "blocks" else finished


@dataclass(frozen=True)
class Sent:
    """What a phone sent in a round; `group` is its answer to the grouping question, if any."""

    answers: Answers
    group: str | None = None


@dataclass(frozen=True)
class Person:
    """A seat, and what its phone sent in the round: `release` took it in, or None."""

    sent: Sent | None = None
    release: int | None = None
    gone: bool = False
    sent_before: bool = False
    used_before: bool = False

    @property
    def finished(self) -> bool:
        return self.sent is not None


@dataclass
class Round:
    """What a round has taken in: the answers of each release, by its number."""

    level: Policy
    growing: bool
    seats: int
    taken: dict[int, list[Sent]] = field(default_factory=dict)
    final: bool = False
    then_now: bool = False
    grouped: bool = False
    tables: set[str] = field(default_factory=set)
    sights: Counter[str] = field(default_factory=Counter)

    @property
    def n(self) -> int:
        return sum(map(len, self.taken.values()))

    @property
    def people(self) -> list[Sent]:
        """Everybody who was taken in."""
        return [sent for taken in self.taken.values() for sent in taken]
