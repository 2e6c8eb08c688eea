"""Where we meet, where we differ: the light statements by the shape of their answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from workshop.export.language import Language, language
from workshop.export.lines import Side, side
from workshop.export.rows import rows
from workshop.export.summary import Summary
from workshop.inventory import LIGHT_POLES
from workshop.results import ItemTable

KINDS: dict[str, tuple[str, ...]] = {
    "meet": ("shared_high", "shared_low", "middle"),
    "lean": ("leaning_high", "leaning_low"),
    "differ": ("spread",),
    "camps": ("two_camps",),
}


@dataclass(frozen=True)
class Shape:
    """The statements of one kind of shape, a side each; `note` says how to take it."""

    title: str
    note: str
    sides: tuple[Side, ...]


def shapes(summary: Summary) -> tuple[Shape, ...]:
    """What the latest round can tell; nothing below twelve people."""
    if not summary.rounds or not summary.draws("shapes"):
        return ()
    items = summary.rounds[-1].items
    return tuple(_shapes(items, summary, language(summary.language)))


def _shapes(items: tuple[ItemTable, ...], summary: Summary, speak: Language) -> Iterator[Shape]:
    for kind, words in KINDS.items():
        found = [table for table in items if table.shape in words]
        sides = tuple(_sides(found, summary, speak))
        if sides:
            yield Shape(speak.text(f"shapes.{kind}.title"), speak.text(f"shapes.{kind}.note"), sides)


def _sides(found: list[ItemTable], summary: Summary, speak: Language) -> Iterator[Side]:
    for pole in LIGHT_POLES:
        own = rows((table for table in found if table.pole == pole), summary.questionnaire)
        if own:
            yield side(pole, own, speak)
