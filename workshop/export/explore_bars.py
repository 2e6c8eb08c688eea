"""The statements of one side as Plotly bars: in three tones, around sometimes, and with every answer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workshop import theme
from workshop.export.language import Language
from workshop.export.lines import HUES, tone_name
from workshop.export.plotting import base_layout, folded, ink_on, mixed, said
from workshop.export.rows import TONES, Row
from workshop.inventory import Pole, Scale
from workshop.results import ItemTable

View = dict[str, Any]
Named = Sequence[tuple[str, Row]]
_ROW, _AROUND, _NAMES = 27, 14, 150
_LONGEST_NAME = 24
_STACK = ("low", "low_or_middle", "middle_or_skipped", "middle_or_high", "high")


def side_views(pole: Pole, shown: Sequence[Row], tables: Mapping[str, ItemTable], scale: Scale,
               speak: Language) -> dict[str, View]:
    """The views that these rows can give; none of them is held back."""
    named = tuple(zip(_unlike(row.facet.name for row in shown), shown, strict=True))
    apart = tuple((name, row) for name, row in named if len(tables[row.item.id].bins or ()) > 3)
    three = tuple((name, row) for name, row in named if len(row.parts) == len(TONES))
    views = {"tones": _tones(pole, named, speak)}
    if apart:
        views["points"] = _points(pole, apart, tables, scale, speak)
    if three:
        views["around"] = _around(pole, three, speak)
    return views


def _unlike(names: Iterable[str]) -> list[str]:
    """Two statements of one facet need two places on the axis: an invisible mark tells them apart."""
    found: dict[str, int] = {}
    made = []
    for name in names:
        made.append(folded(name, _LONGEST_NAME) + "\u200b" * found.get(name, 0))
        found[name] = found.get(name, 0) + 1
    return made


class _Bars:
    """Bars under way, one trace a label."""

    def __init__(self, speak: Language) -> None:
        self.traces: dict[str, View] = {}
        self._speak = speak

    def add(self, colour: str, label: str, named: tuple[str, Row], n: int) -> View:
        """`n` people of one row who said so."""
        name, row = named
        trace = self.traces.setdefault(label, _empty(colour, label))
        trace["x"].append(n)
        trace["y"].append(name)
        trace["text"].append(str(n))
        told = self._speak.text("explore.together", label=label, n=n, of=row.n)
        # No bold: Plotly would write it as a style attribute, which the page's own policy forbids.
        trace["hovertext"].append(f"{said(row.facet.name)}<br>{folded(row.item.text)}<br>{said(told)}")
        return trace

    def in_order(self) -> list[View]:
        """From seldom to often, so that they stack in this order whatever row came first."""
        words = (self._speak.text(f"common.tone.{word}") for word in _STACK)
        return [self.traces[label] for label in words if label in self.traces]


def _empty(colour: str, label: str) -> View:
    return {"type": "bar", "orientation": "h", "name": said(label), "x": [], "y": [], "text": [], "hovertext": [],
            "hoverinfo": "text", "textposition": "inside", "insidetextanchor": "middle", "textangle": 0,
            "constraintext": "none", "marker": {"color": colour, "line": {"width": 1.5, "color": "#fff"}},
            "textfont": {"color": ink_on(colour), "size": 12}}


def _tones(pole: Pole, named: Named, speak: Language) -> View:
    bars = _Bars(speak)
    for name, row in named:
        for part in row.parts:
            if part.n:
                bars.add(_colour(pole, part.tone), tone_name(part, row.parts, speak), (name, row), part.n)
    return {"data": bars.in_order(), "layout": _layout(named)}


def _around(pole: Pole, named: Named, speak: Language) -> View:
    """Seldom to the left, often to the right, half of sometimes on each side (Robbins and Heiberger)."""
    bars = _Bars(speak)
    for name, row in named:
        low, middle, _ = (part.n for part in row.parts)
        left = -low - middle / 2
        for part in row.parts:
            if part.n:
                trace = bars.add(_colour(pole, part.tone), tone_name(part, row.parts, speak), (name, row), part.n)
                trace.setdefault("base", []).append(left)
            left += part.n
    middle_line = {"type": "line", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1, "layer": "below",
                   "line": {"width": 1, "color": theme.tokens("bright")["ink_soft"]}}
    return {"data": bars.in_order(), "layout": {**_layout(named), "barmode": "overlay", "shapes": [middle_line]}}


def _points(pole: Pole, named: Named, tables: Mapping[str, ItemTable], scale: Scale, speak: Language) -> View:
    bars = _Bars(speak)
    for point in (*range(1, scale.points + 1), 0):
        label = scale.anchors[point - 1] if point else speak.text("common.tone.skipped")
        for name, row in named:
            table = tables[row.item.id]
            n = dict(zip(table.bins or (), table.counts or (), strict=True)).get((point,), 0)
            if n:
                bars.add(_point_colour(pole, point, scale.points), label, (name, row), n)
    return {"data": list(bars.traces.values()), "layout": _layout(named)}


def _layout(named: Named) -> View:
    return {
        **base_layout(_AROUND + _ROW * len(named)), "barmode": "stack", "bargap": 0.3, "showlegend": False,
        "margin": {"l": _NAMES, "r": 2, "t": 6, "b": 6, "autoexpand": False},
        "xaxis": {"visible": False, "fixedrange": True},
        "yaxis": {"fixedrange": True, "autorange": "reversed", "categoryorder": "array", "ticks": "",
                  "categoryarray": [name for name, _ in named], "showline": False, "showgrid": False,
                  "automargin": False},
    }


def _colour(pole: Pole, tone: str) -> str:
    family = f"{HUES[pole]}_shadow" if pole in ("DD", "ID") else HUES[pole]
    return str(theme.tokens("bright")[family][("low", "middle", "high").index(tone)])


def _point_colour(pole: Pole, point: int, points: int) -> str:
    """The tones of the ends and the middle, and what lies between them half way; the skipped in grey."""
    if not point:
        return str(theme.tokens("bright")["skip"])
    low, middle, high = (_colour(pole, tone) for tone in TONES)
    place = 2 * (point - 1) / (points - 1)
    return mixed(low, middle, place) if place <= 1 else mixed(middle, high, place - 1)
