"""The console's words, and typed text made safe for where Streamlit reads Markdown."""

import re
from collections.abc import Sequence

from pages import tongue
from workshop.house import house
from workshop.inventory import Inventory, Locale

_MEANT = re.compile(r"([!-/:-@\[-`{-~])")
# A backslash is no help against links, icons and arrows: Streamlit looks for them once the backslashes are gone.
_JOINED = re.compile(r"(?=[:@>=-])|(?<=www)(?=\.)", re.IGNORECASE)


def locale() -> Locale:
    """The language that the console speaks."""
    return house().library.locales[tongue.spoken()]


def readable(languages: Sequence[str]) -> str:
    """The console's own language where it is among these, else the first of them."""
    own = locale().language
    return own if own in languages else languages[0]


def title_of(inventory: Inventory) -> str:
    """Its title, in the console's language if it has one."""
    return inventory.titles[readable(inventory.languages)]


def say(key: str, **slots: object) -> str:
    """A text of the console."""
    return locale().text(f"console.{key}", **slots)


def shared(key: str, **slots: object) -> str:
    """A text that other surfaces say too."""
    return locale().text(f"common.{key}", **slots)


def plain(text: str) -> str:
    """Typed text for a label: on one line, with nothing in it that Markdown would read, and nothing that would become
    a link: letters without a shape stand between."""
    return _MEANT.sub(r"\\\1", _JOINED.sub("\u2060", one_line(text)))


def one_line(text: str) -> str:
    """Typed text for where Streamlit reads no Markdown, but would keep its line breaks."""
    return " ".join(text.split())


def of(word: str, what: str) -> str:
    """A button's word with what it acts on: seen by nobody, read by screen readers, which else hear the same word
    from every line of a list."""
    return f"{word} *{plain(what)}*" if what.strip() else word
