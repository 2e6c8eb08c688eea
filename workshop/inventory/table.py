"""One table of a content file, read field by field with errors that say how to mend it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol, TypeVar

from workshop.inventory.source import Place, Source

T = TypeVar("T", bound=str)
MOST_SHOWN = 40
# Invisible and needed: spaces that do not break (French), and what joins or parts letters (Persian, Hindi).
INVISIBLE = "\u00a0\u202f\u200c\u200d\u00ad"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Refuser(Protocol):
    """Whatever can say where `place` is, and refuse it."""

    def refuse(self, place: Place, message: str) -> NoReturn:
        """Raises Invalid, at `place`."""


@dataclass(frozen=True)
class Table:
    """A table of a file, or of a request, with the place it stands at."""

    source: Refuser
    place: Place
    body: Mapping[str, Any]

    def refuse(self, name: str | None, message: str) -> NoReturn:
        """Raises Invalid at the key `name`, or at the table itself."""
        self.source.refuse(self.place if name is None else (*self.place, name), message)

    def only(self, *names: str) -> None:
        """Raises Invalid for a key that nobody reads: most often a slip of the pen."""
        for name in self.body:
            self.known(name, names)

    def known(self, name: str, names: Sequence[str]) -> None:
        """Raises Invalid if the key is not one of `names`."""
        if name not in names:
            self.refuse(name, f"{_short(name)} is not known here. Known are {', '.join(names)}; mend or remove it.")

    def text(self, name: str, longest: int, default: str | None = None) -> str:
        """One line of text of 1 to `longest` characters; `default`, if there is one, where it is not given."""
        if default is not None and self.body.get(name) in (None, ""):
            return default
        return self._line(name, self._needed(name), longest)

    def texts(self, name: str, longest: int, count: int | None = None) -> tuple[str, ...]:
        """A list of lines of text, exactly `count` of them if given, else at least one."""
        value = self._needed(name)
        if not isinstance(value, list) or not value or (count and len(value) != count):
            self.refuse(name, f"{name} has to be a list of {count or 'one or more'} texts in quotes, "
                              f"like [\"one\", \"two\"]; it has {len(value) if isinstance(value, list) else 'none'}.")
        return tuple(self._line(name, text, longest) for text in value)

    def word(self, name: str, pattern: str, like: str) -> str:
        """A short text that fits `pattern` whole; `like` shows one that does."""
        value = self._needed(name)
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            self.refuse(name, f"{name} is {_short(value)}; it has to look like {like!r}.")
        return value

    def choice(self, name: str, choices: Sequence[T], default: T | None = None) -> T:
        """One of a few known words."""
        value = self._needed(name) if default is None else self.body.get(name, default)
        found = next((choice for choice in choices if choice == value), None)
        if found is None:
            self.refuse(name, f"{name} is {_short(value)}; it has to be one of {', '.join(choices)}.")
        return found

    def choices(self, name: str, known: Sequence[T]) -> tuple[T, ...]:
        """A list of known words, each once."""
        values = self.texts(name, 40)
        strange = next((value for value in values if value not in known or values.count(value) > 1), None)
        if strange is not None:
            self.refuse(name, f"{name} holds {strange!r} where each may stand once, of {', '.join(known)}.")
        return tuple(choice for choice in known if choice in values)

    def languages(self) -> tuple[str, ...]:
        """The languages a file is written in, each once, the first being what the others fall back to."""
        codes = self.texts("languages", 20)
        strange = next((code for code in codes if not LANGUAGE.fullmatch(code) or codes.count(code) > 1), None)
        if strange is not None:
            self.refuse("languages", f"languages holds {strange!r}; write each once, like \"en\" or \"pt-BR\".")
        if "id" in codes:
            self.refuse("languages", "\"id\" is the name of a field here; write \"id-ID\" for Indonesian.")
        return codes

    def number(self, name: str, known: Sequence[int]) -> int:
        """One of the whole numbers in `known`, a range or a short list."""
        value = self._needed(name)
        if type(value) is not int or value not in known:
            words = f"{known[0]} to {known[-1]}" if isinstance(known, range) else " or ".join(map(str, known))
            self.refuse(name, f"{name} is {_short(value)}; it has to be a whole number, {words}.")
        return value

    def flag(self, name: str) -> bool:
        """Whether `name` is true; false where it is not given."""
        value = self.body.get(name, False)
        if not isinstance(value, bool):
            self.refuse(name, f"{name} is {_short(value)}; write true or false without quotes.")
        return value

    def table(self, name: str) -> "Table":
        """The table called `name`, which has to be there."""
        value = self.body.get(name)
        if not isinstance(value, Mapping):
            header = ".".join(str(part) for part in (*self.place, name) if isinstance(part, str))
            self.refuse(name, f"the table {name} is missing here; add a line [{header}] and what belongs under it.")
        return Table(self.source, (*self.place, name), value)

    def tables(self, name: str) -> tuple["Table", ...]:
        """The tables under [[name]], at least one."""
        values = self.body.get(name)
        if not isinstance(values, list) or not values or not all(isinstance(one, Mapping) for one in values):
            self.refuse(name, f"there is no {name} here; begin each with a line [[{name}]].")
        return tuple(Table(self.source, (*self.place, name, index), one) for index, one in enumerate(values))

    def _needed(self, name: str) -> object:
        if name not in self.body:
            self.refuse(None, f"{name} is missing here; add it.")
        return self.body[name]

    def _line(self, name: str, value: object, longest: int) -> str:
        if not isinstance(value, str) or not value.strip():
            self.refuse(name, f"{name} has to be text in quotes; it is {_short(value)}.")
        if len(value) > longest or "\n" in value:
            self.refuse(name, f"{name} has to be one line of at most {longest} characters; it has {len(value)}: "
                              f"{_short(value)}.")
        strange = next((one for one in value if not one.isprintable() and one not in INVISIBLE), None)
        if strange is not None:
            self.refuse(name, f"{name} holds the invisible character U+{ord(strange):04X}; remove it: {_short(value)}.")
        if value != value.strip():
            self.refuse(name, f"{name} begins or ends with a space; remove it: {_short(value)}.")
        return value


def _short(value: object) -> str:
    """What is there, in no more than a few words."""
    shown = repr(value)
    return shown if len(shown) <= MOST_SHOWN else f"{shown[:MOST_SHOWN]}…"


def whole(source: Source) -> Table:
    """The file itself as a table."""
    return Table(source, (), source.body)
