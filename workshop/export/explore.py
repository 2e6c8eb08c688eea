"""Pictures that answer when they are pointed at, as plain Plotly JSON: the page draws them where scripts may run.

They hold what the static pictures and the tables hold, and no more.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workshop import theme
from workshop.export.counted import LIMITS
from workshop.export.explore_bars import side_views
from workshop.export.language import Language, language
from workshop.export.plotting import base_layout, said
from workshop.export.rows import most_often_first, rows, strongest_first
from workshop.export.summary import Summary
from workshop.inventory import LIGHT_POLES, Pole
from workshop.release import Plane

POLES: tuple[Pole, ...] = (*LIGHT_POLES, "DD", "ID", "RD", "RI")
VIEWS = ("tones", "points", "around")
_ESCAPES = str.maketrans({letter: f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"})


@dataclass(frozen=True)
class Explored:
    """`data` is JSON that may stand in a script element; `titles` one a picture; `views` those that any has."""

    titles: tuple[str, ...]
    views: tuple[str, ...]
    data: str


@dataclass(frozen=True)
class Picture:
    """One picture in one or more views, each with Plotly's data and layout."""

    title: str
    views: dict[str, Any]


def explored(summary: Summary) -> Explored | None:
    """None where there is nothing to look closer at."""
    pictures = tuple(_pictures(summary)) if summary.rounds and summary.draws("sides") else ()
    if not pictures:
        return None
    data = json.dumps([picture.views for picture in pictures], ensure_ascii=False, sort_keys=True,
                      separators=(",", ":"), allow_nan=False)
    return Explored(tuple(picture.title for picture in pictures),
                    tuple(view for view in VIEWS if any(view in picture.views for picture in pictures)),
                    data.translate(_ESCAPES))


def _pictures(summary: Summary) -> Iterator[Picture]:
    latest, asked, speak = summary.rounds[-1], summary.questionnaire, language(summary.language)
    for pole in POLES:
        order = strongest_first if pole in LIGHT_POLES else most_often_first
        own = [table for table in latest.items if table.pole == pole]
        shown = [row for row in order(rows(own, asked)) if row.parts]
        if shown and (pole in LIGHT_POLES or summary.draws("gets_in_the_way")):
            yield Picture(speak.text(f"common.pole.{pole}.name"),
                          side_views(pole, shown, {table.id: table for table in own}, asked.scale, speak))
    if latest.plane and summary.draws("plane"):
        yield Picture(speak.text("picture.plane"), {"tones": _plane(latest.plane, speak)})


def _plane(plane: Plane, speak: Language) -> dict[str, Any]:
    tokens, limits = theme.tokens("bright"), LIMITS[plane.bins]
    boxes = [(limits[cell.x], limits[cell.x + cell.w], limits[cell.y], limits[cell.y + cell.h], cell.n)
             for cell in plane.cells]
    treads = [_rectangle(low, 100, low, 100, tokens["step"][at], "rgba(0,0,0,0)")
              for at, low in enumerate((0, *LIMITS[5][1:-1]))]
    drawn = [_rectangle(left + 1, right - 1, low + 1, high - 1, "rgba(255,255,255,.42)", tokens["ink"])
             for left, right, low, high, _ in boxes]
    told = [said(speak.text("explore.plane", n=n, left=speak.number(left), right=speak.number(right),
                             low=speak.number(low), high=speak.number(high))) for left, right, low, high, n in boxes]
    trace = {"type": "scatter", "mode": "markers+text", "x": [(left + right) / 2 for left, right, *_ in boxes],
             "y": [(low + high) / 2 for _, _, low, high, _ in boxes], "text": [str(n) for *_, n in boxes],
             "hovertext": told, "hoverinfo": "text", "showlegend": False,
             "marker": {"size": 34, "color": "rgba(255,255,255,.85)", "line": {"width": 1, "color": tokens["ink"]}},
             "textfont": {"size": 15, "color": tokens["ink"]}}
    axis = {"range": [0, 100], "fixedrange": True, "showgrid": False, "zeroline": False, "ticks": "outside",
            "tickvals": list(LIMITS[5]), "constrain": "domain"}
    layout = {**base_layout(430), "shapes": [*treads, *drawn],
              "margin": {"l": 62, "r": 12, "t": 12, "b": 56, "autoexpand": False}, "showlegend": False,
              "xaxis": {**axis, "title": {"text": said(speak.text("tables.leaning"))}},
              "yaxis": {**axis, "title": {"text": said(speak.text("tables.standing"))}, "scaleanchor": "x"}}
    return {"data": [trace], "layout": layout}


def _rectangle(left: float, right: float, low: float, high: float, fill: str, line: str) -> dict[str, Any]:
    return {"type": "rect", "x0": left, "x1": right, "y0": low, "y1": high, "fillcolor": fill, "layer": "below",
            "line": {"width": 1, "color": line}}
