"""The console's words, and typed text made safe for where Streamlit reads Markdown."""

import re

from workshop.house import house
from workshop.inventory import Locale

_MEANT = re.compile(r"([!-/:-@\[-`{-~])")


def locale() -> Locale:
    """The language that the console speaks."""
    return house().library.locales["en"]


def say(key: str, **slots: object) -> str:
    """A text of the console."""
    return locale().text(f"console.{key}", **slots)


def shared(key: str, **slots: object) -> str:
    """A text that other surfaces say too."""
    return locale().text(f"common.{key}", **slots)


def plain(text: str) -> str:
    """Typed text for a label: on one line, with nothing in it that Markdown would read."""
    return _MEANT.sub(r"\\\1", " ".join(text.split()))
