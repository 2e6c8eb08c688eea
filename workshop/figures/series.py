"""A series: the same statements in several workshops beside each other, each with its day. For the console alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workshop.figures.canvas import Label, Mark, render
from workshop.figures.comparing import BAR, COUNT, STEP, Segments, in_common
from workshop.figures.letters import fit, width
from workshop.figures.outlines import badge
from workshop.figures.rows import HUES, LIGHT, TONES, Column, Merged, Row, Subject, ordered, row_of
from workshop.figures.segments import bar, baseline, held_back
from workshop.figures.sides import BADGE, COLUMN, GUTTER, HEAD, TOP, heading
from workshop.inventory import Pole
from workshop.theme import ThemeName

NAMES, LABELS, BREATH = 310, 215, 20


@dataclass(frozen=True)
class Volume:
    """One workshop of a series, under the words that tell it from the others."""

    name: str
    subject: Subject


@dataclass(frozen=True)
class Strand:
    """One statement through the series, oldest first, in the classes that all have; None where any holds it back."""

    row: Row
    parts: tuple[Segments, ...] | None
    merged: Merged


def strands(volumes: Sequence[Volume], pole: Pole) -> tuple[Strand, ...]:
    """The statements of a side that all asked, in the order of the latest."""
    latest = volumes[-1].subject
    shared = [item for item in latest.questionnaire.of_pole(pole)
              if all(item.id in volume.subject.questionnaire.ids for volume in volumes)]
    rows = ordered(row_of(item, latest) for item in shared)
    return tuple(Strand(row, *in_common([row_of(row.item, volume.subject) for volume in volumes])) for row in rows)


def drawn(volumes: Sequence[Volume], theme: ThemeName) -> dict[str, Any]:
    """Both sides beside each other, as high as they need to be."""
    sides = {pole: strands(volumes, pole) for pole in LIGHT}
    pitch = STEP * len(volumes) + BREATH
    height = TOP + max(len(found) for found in sides.values()) * pitch
    return render(_marks(sides, volumes, pitch), theme, height)


def _marks(sides: Mapping[Pole, Sequence[Strand]], volumes: Sequence[Volume], pitch: int) -> Iterator[Mark]:
    latest = volumes[-1].subject
    for place, (pole, found) in enumerate(sides.items()):
        x = place * (COLUMN + GUTTER)
        yield from heading(Column(pole, ()), latest, x, HEAD)
        for index, strand in enumerate(found):
            yield from _strand(strand, volumes, x, TOP + index * pitch)


def _strand(strand: Strand, volumes: Sequence[Volume], x: float, y: float) -> Iterator[Mark]:
    less = strand.row.item.keyed == -1
    name, size = fit(strand.row.name, NAMES - 12 - (BADGE if less else 0), tuple(range(30, 23, -1)), bold=True)
    yield Label(x, baseline(y, BAR, size), name, size, bold=True)
    if less:
        yield from badge(x + width(name, size, bold=True) + 28, y + BAR / 2, strand.row.item.id)
    if strand.parts is None:
        yield from held_back(volumes[-1].subject.hidden, x + NAMES, y, COLUMN - NAMES, 2 * STEP)
        return
    left = x + NAMES + LABELS
    for index, (volume, parts) in enumerate(zip(volumes, strand.parts, strict=True)):
        words, size = fit(volume.name, LABELS - 20, (24,))
        yield Label(left - 14, baseline(y + index * STEP, BAR, 24), words, size, ink="ink_soft", anchor="right")
        yield from bar(parts, HUES[strand.row.item.pole], left, y + index * STEP, COLUMN - NAMES - LABELS, BAR, COUNT,
                       f"{index} {strand.row.item.id}", strand.merged)


def tabled(volumes: Sequence[Volume]) -> Mapping[str, Any]:
    """One row a statement and workshop, with its people by tone."""
    say = volumes[-1].subject
    columns = [say.say("table.facet"), say.say("table.round"), *(say.tone(tone) for tone in TONES)]
    return {"columns": columns, "rows": [row for pole in LIGHT for strand in strands(volumes, pole)
                                         for row in _rows(strand, volumes)]}


def _rows(strand: Strand, volumes: Sequence[Volume]) -> Iterator[list[str | int]]:
    if strand.parts is None:
        yield [strand.row.name, "", volumes[-1].subject.hidden, "", ""]
        return
    for volume, parts in zip(volumes, strand.parts, strict=True):
        by_tone = {part.tone: part.n for part in parts}
        yield [strand.row.name, volume.name, *(by_tone.get(tone, "") for tone in TONES)]
