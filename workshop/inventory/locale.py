"""The words of one language, by dotted key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from string import Formatter
from typing import Any

from workshop.inventory.source import Place, Source

MOST_ASKED = 20  # of a browser's languages


@dataclass(frozen=True)
class Locale:
    """The texts of one language; the first part of a key is the name of the file it stands in."""

    language: str
    tables: Mapping[str, Any] = field(repr=False)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Every text by its dotted key; texts of a list are numbered from 0."""
        return {".".join(map(str, place)): str(text) for place, text in _leaves(self.tables)}

    def text(self, key: str, /, **slots: object) -> str:
        """The text of `key` with its {slots} filled in as they print. Raises KeyError for an unknown key, or for
        a slot without a value."""
        return self.texts[key].format(**slots)

    def table(self, key: str) -> Mapping[str, Any]:
        """What stands under `key`, nested as in the file. Raises KeyError."""
        found = self._at(key)
        if not isinstance(found, Mapping):
            raise KeyError(key)
        return found

    def lines(self, key: str) -> tuple[str, ...]:
        """The list of texts at `key`, slots left open. Raises KeyError."""
        found = self._at(key)
        if not isinstance(found, list):
            raise KeyError(key)
        return tuple(found)

    def day(self, iso: str) -> str:
        """An ISO day as people write it."""
        day = date.fromisoformat(iso)
        month = self.text("export.page.months").split()[day.month - 1]
        return self.text("export.page.date", day=day.day, month=month, year=day.year)

    def number(self, value: float, form: str = "g") -> str:
        """A number with the decimal sign of the language."""
        return format(value, form).replace(".", self.text("common.language.decimal"))

    @property
    def lowers_names(self) -> bool:
        """Whether a name loses its capital inside a sentence, as in English and not in German."""
        return self.text("common.language.names_within") == "lower"

    def within(self, name: str) -> str:
        """A name as it is written inside a sentence."""
        return lowered(name) if self.lowers_names else name

    def _at(self, key: str) -> object:
        found: object = self.tables
        for part in key.split("."):
            if not isinstance(found, Mapping):
                raise KeyError(key)
            found = found[part]
        return found


def read_locale(language: str, sources: Mapping[str, Source]) -> Locale:
    """A locale from its files by area. Raises Invalid that names the file, the line and the mend."""
    for source in sources.values():
        for place, text in _leaves(source.body):
            _check(source, place, text)
    return Locale(language, {area: source.body for area, source in sources.items()})


def check_complete(locale: Locale, original: Locale, sources: Mapping[str, Source]) -> None:
    """Raises Invalid where a translation lacks a text of the original, or has other slots than it."""
    for key, text in original.texts.items():
        area, *place = key.split(".")
        if area not in sources:
            next(iter(sources.values())).refuse((), f"the file {area}.toml is missing beside this one; translate it.")
        if key not in locale.texts:
            sources[area].refuse(tuple(place), f"{key} is missing in {locale.language!r}; translate “{text[:40]}”.")
        if slots(locale.texts[key]) != slots(text):
            sources[area].refuse(tuple(place), f"{key} has the slots {_words(slots(locale.texts[key]))} and needs "
                                               f"{_words(slots(text))}.")


def preferred(locales: Mapping[str, Locale], accepted: str) -> Locale:
    """The first of a browser's Accept-Language that there is, or English; for pages without a workshop."""
    asked = sorted((_asked(part) for part in accepted.split(",")[:MOST_ASKED]), key=lambda one: -one[1])
    found = (name for name, weight in asked if weight > 0 and name in locales)
    return locales[next(found, "en")]


def _asked(part: str) -> tuple[str, float]:
    """A language without its country, and how much it is wanted."""
    name, _, weight = part.partition(";q=")
    try:
        return name.strip().partition("-")[0].lower(), float(weight or 1)
    except ValueError:
        return "", 0


def lowered(text: str) -> str:
    """The text with a small first letter."""
    return text[:1].lower() + text[1:]


def slots(text: str) -> frozenset[str]:
    """The names in braces. Raises ValueError where braces do not match."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _words(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"


def _leaves(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    """Every single value with its place."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(part, (*place, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _leaves(part, (*place, index))
    else:
        yield place, value


def _check(source: Source, place: Place, text: object) -> None:
    """Texts only, with plain {slots}: no attributes, indices or formats of values."""
    if not isinstance(text, str):
        source.refuse(place, f"{place[-1]!r} is {text!r}; write a text in quotes.")
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        source.refuse(place, "a brace has no partner; write {name} for a slot, {{ and }} for braces themselves.")
    for _, name, form, conversion in parts:
        if name is not None and (not name.isidentifier() or form or conversion):
            source.refuse(place, f"the slot {{{name}}} has to be a plain name, like {{n}}.")
