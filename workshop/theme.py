"""The one place for colour, type, space and motion: data/theme.toml as values and as CSS."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from workshop.settings import DATA

ThemeName = Literal["bright", "dark"]
THEMES: tuple[ThemeName, ...] = ("bright", "dark")


@cache
def _tables() -> Mapping[str, Any]:
    return MappingProxyType(tomllib.loads((DATA / "theme.toml").read_text("utf-8")))


def tokens(theme: ThemeName) -> Mapping[str, Any]:
    """The colours of one theme: "#RRGGBB", or a list of them, lowest tone first."""
    return MappingProxyType(_tables()[theme])


def group(name: Literal["hatch", "type", "space", "radius", "motion"]) -> Mapping[str, Any]:
    """What both themes share, by the name of its table."""
    return MappingProxyType(_tables()[name])


def css() -> str:
    """Both themes as custom properties under `.bright` and `.dark`; tones are numbered from 1."""
    return "\n".join(f".{theme}{{{';'.join(_properties(theme))}}}" for theme in THEMES) + "\n"


def _properties(theme: ThemeName) -> Iterator[str]:
    for name, value in tokens(theme).items():
        dashed = name.replace("_", "-")
        if isinstance(value, str):
            yield f"--{dashed}:{value}"
        else:
            yield from (f"--{dashed}-{tone}:{colour}" for tone, colour in enumerate(value, 1))
