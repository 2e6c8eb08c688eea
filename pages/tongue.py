"""Which language the console speaks: the one chosen for this installation, else the browser's, else English."""

from functools import cache
from pathlib import Path

import streamlit as st

from workshop.house import house

ORIGINAL = "en"


def spoken() -> str:
    """A language that the console has words of its own in."""
    wanted = (chosen(), (st.context.locale or "").partition("-")[0].lower())
    return next((language for language in wanted if language in languages()), ORIGINAL)


def languages() -> tuple[str, ...]:
    """A language whose console is not translated is lent the English one; it is not among these."""
    locales = house().library.locales
    english = locales[ORIGINAL].tables["console"]
    return tuple(name for name, locale in locales.items()
                 if name == ORIGINAL or locale.tables["console"] is not english)


def chosen() -> str:
    """What the installation has chosen; empty where every browser decides for itself."""
    return _kept(_place())


def choose(language: str) -> None:
    """For every console, from its next run on; empty leaves it to the browsers."""
    _place().write_text(language, encoding="utf-8")
    _kept.cache_clear()


def _place() -> Path:
    return house().settings.database.parent / "console-language"


@cache
def _kept(place: Path) -> str:
    return place.read_text("utf-8").strip() if place.exists() else ""
