"""What there is to choose from in a summary: only what the room has seen, so that nothing is offered for nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from workshop.export.choice import PARTS, PICTURES, Choice, Part, PictureName, chosen
from workshop.export.pictures import picture_names
from workshop.export.prompts import prompts
from workshop.export.summary import Summary
from workshop.inventory import DARK_POLES


@dataclass(frozen=True)
class Offer:
    """`rounds` with a picture, `parts` that hold something, scenes with `notes`; `pictures` are those that the
    chosen rounds and parts can give."""

    rounds: tuple[int, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    pictures: tuple[PictureName, ...]


def offer(summary: Summary, choice: Choice) -> Offer:
    """Of a whole summary, from which nothing is taken yet."""
    every = replace(choice, pictures=frozenset(PICTURES))
    return Offer(
        rounds=tuple(one.round for one in summary.rounds),
        parts=tuple(part for part in PARTS if _HOLDS[part](summary)),
        notes=tuple(scene.id for scene in summary.agenda if summary.notes.get(scene.id, "").strip()),
        pictures=picture_names(chosen(summary, every)),
    )


_HOLDS: Mapping[Part, Callable[[Summary], bool]] = {
    "edges": lambda summary: any(one.edges for one in summary.rounds),
    "words": lambda summary: any(one.words for one in summary.rounds),
    "prompts": lambda summary: bool(prompts(replace(summary, prompts=True))),
    "dark": lambda summary: any(table.pole in DARK_POLES for one in summary.rounds for table in one.items),
}
