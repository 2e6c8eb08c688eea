"""Every kind of picture by name: how it is drawn, said in a sentence, and tabled."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from workshop.figures import chosen, comparing, hindrances, sides, telling, together, treads
from workshop.figures.canvas import Mark, render
from workshop.figures.rows import Sign, Subject, dark_pages, light_pages, page
from workshop.theme import ThemeName

PictureKind = Literal["both_sides", "pooled", "empty_bars", "idea", "plane", "gets_in_the_way", "edges", "then_now"]


@dataclass(frozen=True)
class Picture:
    """How one kind of picture is drawn, said and tabled, and which of its signs want a word at its foot."""

    marks: Callable[[Subject], Iterator[Mark]]
    alt: Callable[[Subject], str]
    table: Callable[[Subject], Mapping[str, Any] | None]
    signs: Callable[[Subject], tuple[Sign, ...]] = lambda _: ()


def _sides_alt(subject: Subject) -> str:
    return telling.sentences(page(light_pages(subject), subject.step), subject)


def _sides_table(subject: Subject) -> Mapping[str, Any]:
    return telling.rows_table(page(light_pages(subject), subject.step), subject)


def _dark_alt(subject: Subject) -> str:
    return telling.sentences(page(dark_pages(subject), subject.step), subject)


def _dark_table(subject: Subject) -> Mapping[str, Any]:
    return telling.rows_table(page(dark_pages(subject), subject.step), subject)


def _empty_alt(subject: Subject) -> str:
    return subject.say("alt.empty")


def _no_table(_: Subject) -> None:
    return None


PICTURES: Mapping[PictureKind, Picture] = {
    "both_sides": Picture(sides.both_sides, _sides_alt, _sides_table, sides.signs_of),
    "pooled": Picture(together.pooled, together.alt, together.table),
    "empty_bars": Picture(sides.empty_bars, _empty_alt, _no_table),
    "idea": Picture(treads.idea, treads.idea_alt, _no_table),
    "plane": Picture(treads.plane, treads.alt, treads.table),
    "gets_in_the_way": Picture(hindrances.gets_in_the_way, _dark_alt, _dark_table, hindrances.signs_of),
    "edges": Picture(chosen.edges, chosen.alt, chosen.table),
    "then_now": Picture(comparing.then_now, comparing.alt, comparing.table, comparing.signs_of),
}


def draw(kind: PictureKind, subject: Subject, theme: ThemeName) -> dict[str, Any]:
    """The picture as plain Plotly JSON (data and layout), without going through Plotly's own classes."""
    return render(PICTURES[kind].marks(subject), theme)


def alt(kind: PictureKind, subject: Subject) -> str:
    """The picture in a sentence or two."""
    return PICTURES[kind].alt(subject)


def table(kind: PictureKind, subject: Subject) -> Mapping[str, Any] | None:
    """The picture's numbers as {"columns", "rows"}; None for pictures that hold none."""
    return PICTURES[kind].table(subject)


def signs_of(kind: PictureKind, subject: Subject) -> tuple[Sign, ...]:
    """The signs in the picture that want a word at its foot."""
    return PICTURES[kind].signs(subject)
