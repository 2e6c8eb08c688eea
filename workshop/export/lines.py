"""Bars with their names: what every picture of statements is made of, on paper and on a screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from workshop.export.drawing import Segment, segments
from workshop.export.language import Language
from workshop.export.rows import Part, Row, pooled_parts
from workshop.inventory import Pole, Questionnaire
from workshop.results import PoleTable

Hue = Literal["warm", "cool"]
HUES: dict[str, Hue] = {"DL": "warm", "IL": "cool", "DD": "warm", "ID": "cool", "RD": "warm", "RI": "cool"}


@dataclass(frozen=True)
class Line:
    """One bar with its name; `segments` empty where held back, `classes` names the two classes of a bar that has
    no more, `helps` what softens a dark facet."""

    name: str
    wording: str
    less: bool
    segments: tuple[Segment, ...]
    label: str
    classes: str = ""
    helps: str = ""


@dataclass(frozen=True)
class Statement:
    """One of those that a bar puts together; `less` where less is more."""

    text: str
    less: bool


@dataclass(frozen=True)
class Side:
    """One block of bars in one hue; `statements` are those that its one bar puts together."""

    title: str
    hue: Hue
    hatched: bool
    lines: tuple[Line, ...]
    statements: tuple[Statement, ...] = ()

    @property
    def label(self) -> str:
        """The whole block in words."""
        return f"{self.title}. {'; '.join(line.label for line in self.lines)}."


def side(pole: Pole, rows: Iterable[Row], speak: Language) -> Side:
    """The statements of one pole in the order given."""
    given = tuple(rows)
    twice = len({row.facet.id for row in given}) < len(given)
    return Side(speak.text(f"common.pole.{pole}.name"), HUES[pole], False,
                tuple(line(row, speak, worded=twice) for row in given))


def line(row: Row, speak: Language, *, worded: bool = False) -> Line:
    """One statement; `worded` where its facet's name would not tell listeners which one it is."""
    name = f"{row.facet.name}, {row.item.text}" if worded else row.facet.name
    return Line(row.facet.name, row.item.text, row.item.keyed == -1, segments(row.parts),
                _label(name, row.parts, speak), _classes(row.parts, speak))


def pooled_side(table: PoleTable, asked: Questionnaire, speak: Language) -> Side:
    """All answers of a side in one bar, for a small room."""
    counts = pooled_parts(table, asked.scale.points)
    name = speak.text("page.pooled", answers=sum(part.n for part in counts), people=table.n) if counts else ""
    bar = Line(name, "", False, segments(counts), _label(name, counts, speak), _classes(counts, speak))
    statements = tuple(Statement(item.text, item.keyed == -1) for item in map(asked.item, table.items) if counts)
    return Side(speak.text(f"common.pole.{table.id}.name"), HUES[table.id], False, (bar,), statements)


def tone_name(part: Part, parts: tuple[Part, ...], speak: Language) -> str:
    """What a part of a bar stands for, in words."""
    if part.tone == "middle" and not part.whole:
        return speak.text("common.tone.low_or_middle" if parts[-1].tone == "high" else "common.tone.middle_or_high")
    return speak.text("common.tone.middle_or_skipped" if part.tone == "middle" else f"common.tone.{part.tone}")


def _label(name: str, parts: tuple[Part, ...], speak: Language) -> str:
    counts = ", ".join(speak.text("picture.count", n=part.n, tone=tone_name(part, parts, speak)) for part in parts)
    return speak.text("picture.bar", label=name, counts=counts or speak.text("common.hidden"))


def _classes(parts: tuple[Part, ...], speak: Language) -> str:
    return " · ".join(tone_name(part, parts, speak) for part in parts) if len(parts) == 2 else ""
