"""Typesetting without a browser: plain values into our own templates, with our own fonts, to the same bytes."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from workshop.export.glyphs import FONTS, print_safe
from workshop.export.language import clean

TEMPLATES = Path(__file__).parent / "templates"
_LONGEST_WORD = 28
_KEPT_RUNS = 10


def pdf_bytes(template: str, data: Mapping[str, Any]) -> bytes:
    """PDF/A-2a and PDF/UA-1: tagged, fonts embedded; `data` is printed as text, never read as markup.

    Pages take most of the memory: what the typesetter keeps is let go before and after.
    """
    _let_go()
    pages: bytes = typst.compile(TEMPLATES / template, root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True,
                                 sys_inputs=_inputs(data), format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=0)
    _let_go()
    return pages


def picture_bytes(template: str, data: Mapping[str, Any], form: Literal["svg", "png"]) -> bytes:
    """One picture on a page of its own size; PNG at twice the size of a screen."""
    return typst.compile(TEMPLATES / template, root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True,
                         sys_inputs=_inputs(data), format=form, ppi=192)


def page_pictures(template: str, data: Mapping[str, Any]) -> tuple[bytes, ...]:
    """Every page as PNG, sharp enough to read on a screen.

    What the typesetter keeps is let go afterwards: ten rooms looked at by hosts were 120 MB.
    """
    made = typst.compile(TEMPLATES / template, root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True,
                         sys_inputs=_inputs(data), format="png", ppi=120)
    _let_go()
    return tuple(made) if isinstance(made, list) else (made,)


def _let_go() -> None:
    """The typesetter keeps what it laid out until that was not asked for in ten runs: here are ten, of nothing."""
    for _ in range(_KEPT_RUNS):
        typst.compile(TEMPLATES / "nothing.typ", root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True,
                      format="svg")


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(_printed(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))}


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _printed(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(_soft(word) for word in print_safe(clean(value)).split(" "))
    if isinstance(value, Mapping):
        return {name: _printed(part) for name, part in value.items()}
    return [_printed(part) for part in value] if isinstance(value, list | tuple) else value


def _soft(word: str) -> str:
    """A word that no column can hold may break anywhere."""
    return word if len(word) <= _LONGEST_WORD else "\u200b".join(word[at:at + 8] for at in range(0, len(word), 8))
