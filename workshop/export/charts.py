"""Native charts of a workbook, in the colours of the pictures, over the cells that hold their numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.workbook import Workbook

from workshop import theme
from workshop.export.lines import Hue

_TONES: Mapping[str, int] = {"low": 0, "low_or_middle": 1, "middle_or_skipped": 1, "middle_or_high": 1, "high": 2}
_FONT = {"name": "Calibri", "size": 9}
ROW, AROUND, WIDE = 24, 86, 620


@dataclass(frozen=True)
class Series:
    """One colour of a chart: a column of cells, counted from 0, and its name."""

    tone: str
    column: int
    name: str


@dataclass(frozen=True)
class Cells:
    """Rows of a sheet, first and last counted from 0, and the column with their names."""

    sheet: str
    first: int
    last: int
    names: int

    def column(self, at: int) -> list[str | int]:
        """A stretch of one column, as a chart refers to it."""
        return [self.sheet, self.first, at, self.last, at]


def stacked(workbook: Workbook, title: str, cells: Cells, series: Sequence[Series], hue: Hue, hatched: bool) -> Any:
    """Bars of one length, first row on top, with the counts in them."""
    chart = workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for one in series:
        chart.add_series({
            "name": one.name, "categories": cells.column(cells.names), "values": cells.column(one.column),
            "gap": 45, "data_labels": {"value": True, "num_format": "0;;;", "font": {
                **_FONT, "bold": True, "color": _ink(hue, one.tone, hatched)}}, **_fill(hue, one.tone, hatched)})
    return _dressed(chart, title, cells)


def single(workbook: Workbook, title: str, cells: Cells, column: int) -> Any:
    """One bar a row."""
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series({"name": title, "categories": cells.column(cells.names), "values": cells.column(column),
                      "gap": 45, "data_labels": {"value": True, "font": _FONT},
                      "fill": {"color": theme.tokens("bright")["plum"][1]}})
    chart.set_legend({"none": True})
    return _dressed(chart, title, cells, legend=False)


def _dressed(chart: Any, title: str, cells: Cells, *, legend: bool = True) -> Any:
    chart.set_title({"name": title, "name_font": {**_FONT, "size": 13, "bold": True}, "overlay": False})
    # The axes of a bar chart are named as they lie: the names stand up the left, the counts run to the right.
    chart.set_y_axis({"reverse": True, "num_font": {**_FONT, "size": 10}, "line": {"none": True}, "interval_unit": 1,
                      "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    if legend:
        chart.set_legend({"position": "bottom", "font": {**_FONT, "size": 10}})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": WIDE, "height": height(cells)})
    return chart


def height(cells: Cells) -> int:
    """Pixels that a chart of so many rows takes."""
    return AROUND + ROW * (cells.last - cells.first + 1)


def _fill(hue: Hue, tone: str, hatched: bool) -> dict[str, Any]:
    tokens, at = theme.tokens("bright"), _TONES[tone]
    if hatched:
        return {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": tokens[f"{hue}_hatch"][at],
                            "bg_color": tokens[f"{hue}_shadow"][at]}}
    return {"fill": {"color": tokens[hue][at]}}


def _ink(hue: Hue, tone: str, hatched: bool) -> str:
    return "#FFFFFF" if hatched else str(theme.tokens("bright")[f"on_{hue}"][_TONES[tone]])
