"""Writing a workbook that is read by people: typed cells, frozen heads, one look for every sheet.

Text goes in as text only, so nothing that somebody typed is ever a formula or a link.
"""

import io
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workshop import theme
from workshop.export.language import clean

Cell = str | int | float | None
HEAD = 4
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NAME_LIMIT, _FOOTER_LIMIT, _TEXT_LIMIT = 31, 100, 32_000
_LINE, _TALLEST, TITLE = 15, 400, 24


@dataclass(frozen=True)
class Column:
    """A head, and how wide its column is in letters; `kind` is text, whole or real."""

    name: str
    width: float = 10
    kind: str = "whole"


class Book:
    """One workbook under way; `close` gives its bytes."""

    def __init__(self, title: str, about: str, footer: str, day: datetime) -> None:
        self._out = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(self._out, _OPTIONS)
        self.workbook.set_properties({"title": _text(title), "comments": _text(about), "created": day})
        self._footer = f"&L&8{_no_codes(footer)}&R&8&P / &N"
        self._names: set[str] = set()
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._words = self.format(text_wrap=True, align="left")
        self._right = self.format(text_wrap=True, align="right")
        self._whole = self.format(num_format="#,##0", align="right")
        self._real = self.format(num_format="0.0#", align="right")

    def close(self) -> bytes:
        """The whole file."""
        self.workbook.close()
        return self._out.getvalue()

    def format(self, **look: Any) -> Format:
        """A format, made once for each look."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format({"valign": "top", "font_name": "Calibri", **look})
        return self._formats[key]

    def sheet(self, name: str) -> Worksheet:
        """An empty sheet that prints one page wide."""
        sheet = self.workbook.add_worksheet(self._free(name))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(self._footer)
        return sheet

    def table(self, name: str, title: str, note: str, columns: Sequence[Column],
              rows: Sequence[Sequence[Cell]]) -> Worksheet:
        """A sheet with a title, a note, a frozen head with filters, and one row a record."""
        sheet = self.sheet(name)
        sheet.set_row(0, TITLE)
        self.write(sheet, 0, 0, title, bold=True, font_size=16)
        self.write(sheet, 1, 0, note, font_color=theme.tokens("bright")["ink_soft"])
        self.records(sheet, HEAD - 1, columns, rows)
        return sheet

    def records(self, sheet: Worksheet, head: int, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        """The head in one row and the records below it."""
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            self.write(sheet, head, at, column.name, bold=True, bottom=1, text_wrap=True,
                       align="left" if column.kind == "text" else "right")
        self.fit(sheet, head, *((column.name, column.width) for column in columns))
        for place, row in enumerate(rows, head + 1):
            self.fit(sheet, place, *((cell, column.width) for column, cell in zip(columns, row, strict=True)))
            for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
                self._cell(sheet, place, at, column, cell)
        sheet.freeze_panes(head + 1, 1)
        sheet.repeat_rows(head)
        if rows:
            sheet.autofilter(head, 0, head + len(rows), len(columns) - 1)

    def write(self, sheet: Worksheet, row: int, column: int, cell: Cell, **look: Any) -> None:
        """One cell; an empty one is left out."""
        if isinstance(cell, str) and cell:
            sheet.write_string(row, column, _text(cell), self.format(**look))
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell, self.format(**look))

    def fit(self, sheet: Worksheet, row: int, *cells: tuple[Cell, float]) -> None:
        """As tall as its text needs in columns so wide: not every program that opens a workbook sees to that itself."""
        lines = max((_lines(cell, int(1.1 * width)) for cell, width in cells if isinstance(cell, str)), default=1)
        if lines > 1:
            sheet.set_row(row, min(lines * _LINE, _TALLEST))

    def _cell(self, sheet: Worksheet, row: int, at: int, column: Column, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            sheet.write_string(row, at, _text(cell), self._words if column.kind == "text" else self._right)
        else:
            sheet.write_number(row, at, cell, self._whole if isinstance(cell, int) else self._real)

    def _free(self, name: str) -> str:
        """A name that a sheet may have, given once only."""
        plain = re.sub(r"[\[\]:*?/\\]", " ", clean(name)).strip("' ")[:_NAME_LIMIT].strip() or "Sheet"
        free, more = plain, 2
        while free.casefold() in self._names:
            free, more = f"{plain[:_NAME_LIMIT - 3]} {more}", more + 1
        self._names.add(free.casefold())
        return free


def _text(text: str) -> str:
    return clean(text)[:_TEXT_LIMIT]


@lru_cache(maxsize=4096)
def _lines(text: str, letters: int) -> int:
    return sum(max(1, len(textwrap.wrap(line, letters))) for line in text.split("\n"))


def _no_codes(text: str) -> str:
    """Footers know codes that begin with an ampersand."""
    return clean(text).replace("\n", " ")[:_FOOTER_LIMIT].replace("&", "&&")
