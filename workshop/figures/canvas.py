"""The sheet that every picture is drawn on: 1728 x 870 px of a 1080p screen, marks placed in those pixels.

One fixed size, scaled by whoever shows it, so that projector, console frame and thumbnail are the same picture.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from plotly.graph_objects import Figure

from workshop.theme import ThemeName, group, tokens

__all__ = ["CONFIG", "GAP", "HEIGHT", "WIDTH", "Block", "Figure", "Label", "Mark", "Path", "as_figure", "render"]

WIDTH, HEIGHT = 1728, 870
GAP = 4
FAMILY = f'"{group("type")["family_stage"]}", {group("type")["fallback"]}'
BOLD, REGULAR = 600, 400
# No hover, no bar of buttons, and above all nothing that could send a picture anywhere: plotly.js 4 offers
# "Share chart" unless told otherwise.
CONFIG: Mapping[str, Any] = {"staticPlot": True, "displayModeBar": False, "displaylogo": False,
                             "showSendToCloud": False, "plotlyServerURL": "", "responsive": False}


@dataclass(frozen=True)
class Label:
    """Text with its baseline at y; `ink` names the token of its colour; a label with an `id` is the same one after
    a change, wherever it then stands."""

    x: float
    y: float
    text: str
    size: int
    bold: bool = False
    ink: str = "ink"
    anchor: Literal["left", "center", "right"] = "left"
    id: str = ""


@dataclass(frozen=True)
class Block:
    """A filled bar with its upper left corner at x, y; `paint` names a tone ("warm.2"), or "empty" or "plate";
    `n` people, for whoever reads the picture's numbers."""

    paint: str
    x: float
    y: float
    w: float
    h: float
    id: str = ""
    n: int | None = None


@dataclass(frozen=True)
class Path:
    """An outline under the bars, in the letters of an SVG path without arcs; `fill` and `stroke` name tokens."""

    d: str
    fill: str | None = None
    stroke: str | None = None
    width: float = 2
    opacity: float = 1
    name: str = ""


Mark = Label | Block | Path


def colour(theme: ThemeName, name: str) -> str:
    """The colour of a token, `warm.2` being the third tone of a list."""
    token, _, tone = name.partition(".")
    value = tokens(theme)[token]
    return str(value[int(tone)] if tone else value)


def render(marks: Iterable[Mark], theme: ThemeName, height: int = HEIGHT) -> dict[str, Any]:
    """Plain Plotly JSON; within a kind, later marks lie on top: outlines, then bars, then text. Only what never goes
    on a stage has another `height`."""
    drawn = tuple(marks)
    blocks = [mark for mark in drawn if isinstance(mark, Block)]
    labels = [mark for mark in drawn if isinstance(mark, Label)]
    paths = [mark for mark in drawn if isinstance(mark, Path)]
    return {"data": [*_bars(blocks, theme), _words(labels, theme)], "layout": _layout(paths, theme, height)}


def as_figure(drawing: Mapping[str, Any]) -> Figure:
    """The drawing as a Figure, without the default template's seven kilobytes."""
    return Figure({"data": drawing["data"], "layout": {**drawing["layout"], "template": "none"}})


def _bars(blocks: list[Block], theme: ThemeName) -> Iterator[dict[str, Any]]:
    paints = dict.fromkeys(block.paint for block in blocks)
    for paint in sorted(paints, key=lambda name: (name == "plate", name)):
        yield _bar_trace(paint, [block for block in blocks if block.paint == paint], theme)


def _bar_trace(paint: str, blocks: list[Block], theme: ThemeName) -> dict[str, Any]:
    return {
        "type": "bar", "orientation": "h", "uid": paint.replace(".", "-"), "name": paint,
        "hoverinfo": "skip", "cliponaxis": False,
        "ids": [f"{paint} {block.id}" for block in blocks],
        "base": [_px(block.x) for block in blocks],
        "x": [_px(block.w) for block in blocks],
        "y": [_px(block.y + block.h / 2) for block in blocks],
        "width": [_px(block.h) for block in blocks],
        "customdata": [[block.id, block.n] for block in blocks],
        "marker": {**_fill(paint, theme), "cornerradius": group("radius")["bar"]},
    }


def _fill(paint: str, theme: ThemeName) -> dict[str, Any]:
    if paint == "plate":
        return {"color": colour(theme, "ground"), "line": {"width": 0}}
    if paint == "empty":
        return {"color": colour(theme, "ground"), "line": {"width": 3, "color": colour(theme, "border")}}
    if "_shadow." in paint:
        return {"color": colour(theme, paint), "line": {"width": 0}, "pattern": _hatch(paint, theme)}
    return {"color": colour(theme, paint), "line": {"width": 0}}


def _hatch(paint: str, theme: ThemeName) -> dict[str, Any]:
    hatch, tone = group("hatch"), int(paint.partition(".")[2])
    return {"shape": hatch["shape"], "size": hatch["period"][tone], "solidity": hatch["solidity"][tone],
            "bgcolor": colour(theme, paint), "fgcolor": colour(theme, paint.replace("_shadow", "_hatch")),
            "fillmode": "replace"}


def _words(labels: list[Label], theme: ThemeName) -> dict[str, Any]:
    sides = {"left": "middle right", "center": "middle center", "right": "middle left"}
    return {
        "type": "scatter", "mode": "text", "uid": "words", "name": "words", "hoverinfo": "skip", "cliponaxis": False,
        "ids": [label.id or f"#{index}" for index, label in enumerate(labels)],
        "x": [_px(label.x) for label in labels],
        "y": [_px(label.y - label.size / 4) for label in labels],  # Plotly sets the baseline size/4 below y
        "text": [escape(label.text, quote=False) for label in labels],
        "textposition": [sides[label.anchor] for label in labels],
        "textfont": {"family": FAMILY, "size": [label.size for label in labels],
                     "color": [colour(theme, label.ink) for label in labels],
                     "weight": [BOLD if label.bold else REGULAR for label in labels]},
    }


def _layout(paths: list[Path], theme: ThemeName, height: int) -> dict[str, Any]:
    still = {"visible": False, "fixedrange": True, "showgrid": False, "zeroline": False}
    return {
        "width": WIDTH, "height": height, "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "autoexpand": False},
        "paper_bgcolor": colour(theme, "ground"), "plot_bgcolor": colour(theme, "ground"),
        "barmode": "overlay", "showlegend": False, "hovermode": False, "dragmode": False,
        "font": {"family": FAMILY, "size": 24, "color": colour(theme, "ink")},
        "xaxis": {"range": [0, WIDTH], **still}, "yaxis": {"range": [height, 0], **still},
        "shapes": [_shape(path, theme) for path in paths],
    }


def _shape(path: Path, theme: ThemeName) -> dict[str, Any]:
    return {
        "type": "path", "path": path.d, "layer": "below", "opacity": path.opacity, "name": path.name,
        "fillcolor": colour(theme, path.fill) if path.fill else "rgba(0,0,0,0)",
        "line": {"width": path.width if path.stroke else 0,
                 "color": colour(theme, path.stroke) if path.stroke else "rgba(0,0,0,0)"},
    }


def _px(value: float) -> float:
    return round(value, 2)
