"""The words of an export in its workshop's language, and every text made safe to write."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from workshop.inventory import Locale, load_library

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Language:
    """The texts of one locale that an export needs."""

    locale: Locale

    def text(self, key: str, **slots: object) -> str:
        """A text of the export's own, or of those that all surfaces share where the key begins with "common.".

        Raises KeyError for an unknown key or a missing slot.
        """
        return self.locale.text(key if key.startswith("common.") else f"export.{key}", **slots)

    def day(self, iso: str) -> str:
        """An ISO day in words."""
        day = date.fromisoformat(iso)
        month = self.text("page.months").split()[day.month - 1]
        return self.text("page.date", day=day.day, month=month, year=day.year)

    def number(self, value: float, form: str = "g") -> str:
        """A number as the language writes it; files for programs keep the point."""
        return self.locale.number(value, form)

    def paragraphs(self, key: str, **slots: object) -> tuple[str, ...]:
        """A longer text, one paragraph a line."""
        return tuple(self.text(key, **slots).strip().splitlines())


@cache
def language(name: str) -> Language:
    """Read once per language; raises KeyError for one that is not installed."""
    return Language(load_library().locales[name])


def clean(text: str) -> str:
    """The text without control characters and halves of characters, which no file format can carry."""
    return _CONTROLS.sub("", _BROKEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))
