"""How the console looks: colours from the product's tokens, layout from one style sheet."""

from functools import cache
from pathlib import Path
from string import Template

import streamlit as st

from workshop import theme

ASSETS = Path(__file__).parent / "assets"
COLOURS = ("ground", "surface", "inset", "rule", "border", "ink", "ink_soft", "accent", "accent_deep")


def dress() -> None:
    """Once on every run, before anything is drawn."""
    st.html(style_of(theme_name()))


def theme_name() -> theme.ThemeName:
    """What the browser prefers, or its user has chosen."""
    return "dark" if st.context.theme.type == "dark" else "bright"


@cache
def style_of(name: theme.ThemeName) -> str:
    """The style sheet with the colours of one theme."""
    tokens = theme.tokens(name)
    colours = ";".join(f"--{colour.replace('_', '-')}:{tokens[colour]}" for colour in COLOURS)
    sheet = (ASSETS / "console.css").read_text("utf-8")
    return f"<style>:root{{{colours}}}\n{sheet}</style>"


def icon() -> Path:
    """What the browser's tab shows."""
    return ASSETS / "icon.svg"


@cache
def mark(name: theme.ThemeName) -> str:
    """The arch as a picture."""
    tokens = theme.tokens(name)
    drawing = Template((ASSETS / "mark.svg").read_text("utf-8"))
    return drawing.substitute(leaning=tokens["warm"][1], standing=tokens["cool"][1], both=tokens["plum"][2])
