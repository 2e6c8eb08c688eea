"""Very small rooms: all answers of a side together, one bar each."""

from collections.abc import Iterator, Mapping
from typing import Any

from workshop.figures.canvas import WIDTH, Label, Mark
from workshop.figures.rows import HUES, TONES, Column, Merged, Segment, Subject, merged, segments
from workshop.figures.segments import bar, baseline
from workshop.figures.sides import heading, tone_key
from workshop.inventory import Pole
from workshop.results import ItemTable, PoleTable

SIDES: tuple[Pole, ...] = ("DL", "IL")
SECTION, BAR = 424, 128


def pooled(subject: Subject) -> Iterator[Mark]:
    """One thick bar a side, with how many answers of how many people it holds."""
    for place, pole in enumerate(SIDES):
        y = 44 + place * SECTION
        yield from heading(Column(pole, ()), subject, 0, y, key=False)
        yield from tone_key(HUES[pole], subject, 0, y + 52, skips=False)
        parts = parts_of(pole, subject)
        if parts is None:
            yield Label(0, baseline(y + 122, BAR, 40), subject.hidden, 40, ink="ink_soft")
            continue
        yield from bar(parts, HUES[pole], 0, y + 122, WIDTH, BAR, 64, pole, merged_of(pole, subject))
        under = baseline(y + 122 + BAR + 12, 48, 32)
        yield Label(0, under, sentence(pole, subject), 32, ink="ink_soft")
        if end := merged_of(pole, subject):
            yield Label(WIDTH, under, subject.classes(end), 32, ink="ink_soft", anchor="right")


def table_of(pole: Pole, subject: Subject) -> PoleTable | None:
    """The pooled table of one side, if it may be seen."""
    found = subject.snapshot.pole(pole) if subject.snapshot else None
    return found if found and found.pooled and found.counts is not None else None


def _as_item(pole: Pole, subject: Subject) -> ItemTable | None:
    """The pooled table in the shape of an item's: its bins are points too, of answers already turned round."""
    found = table_of(pole, subject)
    if found is None or found.bins is None:
        return None
    points = tuple(tuple(int(point) for point in part) for part in found.bins)
    return ItemTable(pole, "", pole, found.n, bins=points, counts=found.counts)


def parts_of(pole: Pole, subject: Subject) -> tuple[Segment, ...] | None:
    """Answers in tones; None where the side is held back."""
    return segments(_as_item(pole, subject), subject.questionnaire.scale)


def merged_of(pole: Pole, subject: Subject) -> Merged:
    """Which end has joined the middle, if any."""
    return merged(_as_item(pole, subject), subject.questionnaire.scale)


def sentence(pole: Pole, subject: Subject) -> str:
    """How many answers of how many people a side holds."""
    found = table_of(pole, subject)
    if found is None or found.counts is None:
        return subject.hidden
    return subject.say("pooled.people", answers=sum(found.counts), people=found.n)


def alt(subject: Subject) -> str:
    """Both sides in one sentence each."""
    return " ".join(f"{subject.side(pole)}: {_spoken(pole, subject)}." for pole in SIDES)


def _spoken(pole: Pole, subject: Subject) -> str:
    parts = parts_of(pole, subject)
    if parts is None:
        return subject.hidden
    counts = ", ".join(f"{part.n} {subject.tone(part.tone)}" for part in parts)
    return f"{sentence(pole, subject)}: {counts}"


def table(subject: Subject) -> Mapping[str, Any]:
    """Answers by side and tone."""
    columns = [subject.say("table.side"), *(subject.tone(tone) for tone in TONES)]
    return {"columns": columns, "rows": [_row(pole, subject) for pole in SIDES]}


def _row(pole: Pole, subject: Subject) -> list[str | int]:
    parts = parts_of(pole, subject)
    if parts is None:
        return [subject.side(pole), subject.hidden, "", ""]
    by_tone = {part.tone: part.n for part in parts}
    return [subject.side(pole), *(by_tone.get(tone, "") for tone in TONES)]
