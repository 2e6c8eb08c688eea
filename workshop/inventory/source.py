"""TOML files that can say on which line something stands, so that an error can be mended."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NoReturn

from workshop.errors import Invalid
from workshop.inventory.faults import Fault, Faulty

Place = tuple[str | int, ...]
MOST_CHARACTERS = 1_000_000
# ValueError also stands for numbers of too many digits, RecursionError for brackets in brackets without end.
UNREADABLE = (tomllib.TOMLDecodeError, ValueError, RecursionError)
MENDS = (
    ("Cannot overwrite", "The same key is there twice; remove or rename one of the two."),
    ("Cannot declare", "The same table is there twice; remove one, or begin both with [[ ]] if there may be many."),
    ("Illegal character", "Remove that character; this may be a file of another kind."),
    ("maximum recursion", "There are brackets within brackets without end."),
    ("", "Look there for a missing quote, bracket or equals sign."),
)
# Whatever may hold a line break or a bracket: strings of four kinds, comments, brackets, line ends.
TOKEN = re.compile(r'''"{3}(?:\\.|[^\\])*?"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|[\[\]{}\n]''',
                   re.DOTALL)


@dataclass(frozen=True)
class Source:
    """A TOML text with the name it is known by; `code` is the code of the Invalid it raises."""

    name: str
    text: str
    code: str = "inventory"

    @cached_property
    def body(self) -> dict[str, Any]:
        """The parsed text. Raises Invalid with the line that cannot be read."""
        if len(self.text) > MOST_CHARACTERS:
            raise Invalid(self.code, f"{self.name} has {len(self.text)} characters; at most {MOST_CHARACTERS} are "
                                     "read. Leave out what does not belong here.")
        try:
            return tomllib.loads(self.text.removeprefix("\ufeff"))
        except UNREADABLE as error:
            what = str(error).replace("end of document", f"line {self.text.count(chr(10)) + 1}, the end")
            mend = next(mend for words, mend in MENDS if words in what)
            raise Invalid(self.code, f"{self.name} is not readable TOML: {what}. {mend}") from None

    @cached_property
    def lines(self) -> Mapping[Place, int]:
        """The line of every table and key, found only when an error has to name one; a table that has no header
        of its own is where the first thing in it is."""
        exact = dict(_placed(self.text))
        within = {place[:depth]: line for place, line in reversed(exact.items()) for depth in range(1, len(place))}
        return within | exact

    def line(self, place: Place) -> int:
        """The line of `place`, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def refuse(self, place: Place, message: str) -> NoReturn:
        """Raises Faulty naming the file and the line of `place`."""
        raise Faulty(self.code, self.name, [Fault(self.line(place), message)])


def _placed(text: str) -> Iterator[tuple[Place, int]]:
    """Every table and key of the text with its line; entries of arrays of tables carry their index."""
    counts: dict[Place, int] = {}
    table: Place = ()
    for number, statement in _statements(text):
        parsed = tomllib.loads(statement)
        if not parsed:
            continue
        if statement.lstrip().startswith("["):
            table = _indexed(_names(parsed), counts, statement.lstrip().startswith("[["))
            yield table, number
        else:
            yield from ((table + place, number) for place in _places(parsed))


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Headers and assignments one by one with the line each begins on: each is a readable document of its own."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n") + "\n"
    start, number, first, depth = 0, 1, 1, 0
    for token in TOKEN.finditer(text):
        found = token.group()
        number += found.count("\n")
        depth += (found in "[{") - (found in "]}")
        if found == "\n" and depth == 0:
            yield first, text[start:token.end()]
            start, first = token.end(), number


def _names(parsed: Mapping[str, Any]) -> tuple[str, ...]:
    """The dotted names of a header, read from the empty tables it makes."""
    for name, inner in parsed.items():
        return (name, *_names(inner[0] if isinstance(inner, list) else inner))
    return ()


def _indexed(names: tuple[str, ...], counts: dict[Place, int], another: bool) -> Place:
    """The place of a header: after the name of every array of tables stands the index of its last entry."""
    place: Place = ()
    for depth, name in enumerate(names, 1):
        place += (name,)
        if another and depth == len(names):
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place += (counts[place],)
    return place


def _places(parsed: Mapping[str, Any]) -> Iterator[Place]:
    for name, value in parsed.items():
        yield (name,)
        if isinstance(value, Mapping):
            yield from ((name, *place) for place in _places(value))
