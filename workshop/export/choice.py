"""What a host lets into a summary, chosen once for all formats."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from workshop.errors import Invalid, Missing
from workshop.export.summary import Summary
from workshop.results import Snapshot

PictureName = Literal["sides", "plane", "edges", "gets_in_the_way", "shapes", "then_now"]
PICTURES: tuple[PictureName, ...] = get_args(PictureName)
Part = Literal["edges", "words", "prompts", "dark"]
PARTS: tuple[Part, ...] = get_args(Part)
_NAMES = ("round", "picture", "note", "with", "without")


@dataclass(frozen=True)
class Choice:
    """`rounds` None is every one; `pictures` are the drawings (their tables stay); `notes` are scene ids;
    without `edges`, `words` or `dark` nothing of them is in any format, and `dark` can only take away what the
    room has seen, never show more."""

    rounds: frozenset[int] | None = None
    pictures: frozenset[PictureName] = frozenset(PICTURES)
    notes: frozenset[str] = frozenset()
    edges: bool = True
    words: bool = True
    prompts: bool = False
    dark: bool = True


def chosen(summary: Summary, choice: Choice) -> Summary:
    """The summary with what was chosen of it. Raises Missing for a round without a picture."""
    known = {one.round for one in summary.rounds}
    for round in sorted((choice.rounds or frozenset()) - known):
        raise Missing("unknown_round", f"Round {round} has no pictures. There are: "
                                       f"{', '.join(map(str, sorted(known))) or 'none'}.")
    return replace(
        summary,
        notes={id: text for id, text in summary.notes.items() if id in choice.notes},
        snapshots=tuple(_chosen(one, choice) for one in summary.snapshots
                        if choice.rounds is None or one.round in choice.rounds),
        revealed=summary.revealed and choice.dark,
        pictures=choice.pictures, prompts=choice.prompts,
    )


def _chosen(snapshot: Snapshot, choice: Choice) -> Snapshot:
    return replace(snapshot, edges=snapshot.edges if choice.edges else None,
                   words=snapshot.words if choice.words else None)


def choice_of(asked: Mapping[str, Sequence[str]]) -> Choice:
    """The choice that the parameters of a request make, each name with all its values.

    `round`, `picture` and `note` list what goes in, `with` and `without` name parts. Raises Invalid.
    """
    for name in sorted(set(asked) - set(_NAMES)):
        raise Invalid("unknown_field", f"There is no parameter {name!r}. Known are {', '.join(_NAMES)}.")
    added, taken = _among(asked, "with", PARTS), _among(asked, "without", PARTS)
    pictures = _among(asked, "picture", PICTURES)
    plain = Choice()
    return Choice(
        rounds=_rounds(asked.get("round", ())),
        pictures=frozenset(name for name in PICTURES if name in pictures) or plain.pictures,
        notes=frozenset(asked.get("note", ())),
        **{part: part in added or (getattr(plain, part) and part not in taken) for part in PARTS},
    )


def _among(asked: Mapping[str, Sequence[str]], name: str, known: Collection[str]) -> frozenset[str]:
    for value in asked.get(name, ()):
        if value not in known:
            raise Invalid(name, f"There is no {value!r} to choose. Choose among {', '.join(known)}.")
    return frozenset(asked.get(name, ()))


def _rounds(values: Sequence[str]) -> frozenset[int] | None:
    for value in values:
        if not value.isascii() or not value.isdigit() or len(value) > 6:
            raise Invalid("round", "A round is a whole number, like 1.")
    return frozenset(map(int, values)) or None
