"""What keeps a file from being used: every fault with its line, told all at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from workshop.errors import Invalid

P = ParamSpec("P")
T = TypeVar("T")
MOST_TOLD = 30
MOST_LINES = 5


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend; `line` counts from 1."""

    line: int
    message: str


class Faulty(Invalid):
    """A file with faults, in the order of their lines; `told` has a line for each, equal ones together, and the
    message the first thirty of them."""

    def __init__(self, code: str, name: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        self.told = tuple(_told(name, self.faults))
        left = len(self.told) - MOST_TOLD
        more = [f"{name}: {left} more faults; mend these first."] if left > 0 else []
        super().__init__(code, "\n".join([*self.told[:MOST_TOLD], *more]))


@dataclass
class Findings:
    """What a reading refused so far, so that it can go on and find the rest."""

    faults: dict[Fault, None] = field(default_factory=dict)

    def attempt(self, read: Callable[P, T], *given: P.args, **named: P.kwargs) -> T | None:
        """What `read` returns, or None where it refused: then its faults are kept."""
        try:
            return read(*given, **named)
        except Faulty as refusal:
            self.faults.update(dict.fromkeys(refusal.faults))
            return None


def _told(name: str, faults: tuple[Fault, ...]) -> list[str]:
    lines: dict[str, list[int]] = {}
    for fault in faults:
        lines.setdefault(fault.message, []).append(fault.line)
    return [f"{name}, line {first}: {message}{_others(more)}" for message, (first, *more) in lines.items()]


def _others(lines: list[int]) -> str:
    """The further lines of a message, the first of them by number."""
    if not lines:
        return ""
    named = ", ".join(map(str, lines[:MOST_LINES]))
    left = len(lines) - MOST_LINES
    return f" (also line {named}{f' and {left} more' if left > 0 else ''})"
