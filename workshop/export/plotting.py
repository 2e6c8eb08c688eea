"""What the page's drawing library is given: text without markup, colours by name, axes that stay where they are."""

from html import escape
from typing import Any

from workshop import theme
from workshop.export.language import clean

FAMILY = '"Atkinson Hyperlegible Next", system-ui, sans-serif'
_LONGEST_LINE = 54


def said(text: str) -> str:
    """Plotly reads a little markup in text; ours has none."""
    return escape(clean(text).replace("\n", " "), quote=False)


def folded(text: str, longest: int = _LONGEST_LINE) -> str:
    """In lines that a phone has room for."""
    lines = [""]
    for word in clean(text).split():
        if lines[-1] and len(lines[-1]) + len(word) > longest:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(escape(line, quote=False) for line in lines)


def base_layout(high: int) -> dict[str, Any]:
    """Paper, type and labels alike in every picture."""
    tokens = theme.tokens("bright")
    return {
        "height": high, "autosize": True, "paper_bgcolor": "#fff", "plot_bgcolor": "#fff", "dragmode": False,
        "hovermode": "closest", "font": {"family": FAMILY, "size": 12.5, "color": tokens["ink"]},
        "hoverlabel": {"bgcolor": "#fff", "bordercolor": tokens["border"], "align": "left",
                       "font": {"family": FAMILY, "size": 13, "color": tokens["ink"]}},
    }


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two, from "#RRGGBB"."""
    pairs = ((int(one[at:at + 2], 16), int(other[at:at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def ink_on(colour: str) -> str:
    """Black or white, whichever stands out more."""
    red, green, blue = (_linear(int(colour[at:at + 2], 16) / 255) for at in (1, 3, 5))
    return "#1B1815" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 else "#FFFFFF"


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
