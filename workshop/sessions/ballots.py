"""What a seat enters, as bytes of one length: so that a locked entry tells nothing by its size."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from workshop.errors import Invalid
from workshop.inventory import LIGHT_POLES, Questionnaire

FORMAT = 1
LENGTH = 64
HEAD = 2
AXES = ("D", "I")
DIRECTIONS = ("up", "same", "down")
MOST_WORD = 40
WORD_LENGTH = 170  # forty letters of four bytes each, and the head
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def ballot_of(questionnaire: Questionnaire, answers: Mapping[str, object], group: int = 0) -> bytes:
    """A round's answers; an omitted item and None are skips; group 0 = none given. Raises Invalid, names the item."""
    unknown = sorted(set(answers) - set(questionnaire.ids))
    if unknown:
        raise Invalid("unknown_item", f"There is no statement {unknown[0]!r} in this round. Reload the page "
                                      "and send again.")
    points = bytes(_point(id, answers.get(id), questionnaire.scale.points) for id in questionnaire.ids)
    return _padded(points, group)


def group_number(grouping: Mapping[str, Any] | None, option: str | None) -> int:
    """The place of an answer to the grouping question, from 1; 0 for none. Raises Invalid."""
    if option is None:
        return 0
    if grouping is None:
        raise Invalid("group", "This workshop has no grouping question. Leave the group out and send again.")
    if option not in grouping["options"]:
        raise Invalid("group", f"{option!r} is not one of the answers to the grouping question. Reload the page.")
    return list(grouping["options"]).index(option) + 1


def group_in(ballot: bytes) -> int:
    """The group of a round's answers."""
    return ballot[1]


def points_of(ballot: bytes, questionnaire: Questionnaire) -> bytes:
    """One byte per item in inventory order, 0 = skipped. ValueError for a foreign format."""
    if len(ballot) != LENGTH or ballot[0] != FORMAT:
        raise ValueError("not a ballot of this version")
    return ballot[HEAD:HEAD + len(questionnaire.items)]


def edge_ballot(questionnaire: Questionnaire, facet: str) -> bytes:
    """A chosen edge. Raises Invalid for a facet that is not a light one of this inventory."""
    facets = light_facets(questionnaire)
    if facet not in facets:
        raise Invalid("unknown_facet", f"{facet!r} is not one of the light sides here. Reload the page and "
                                       "choose again.")
    return _padded(bytes([facets.index(facet) + 1]))


def edge_of(ballot: bytes, questionnaire: Questionnaire) -> str:
    """The inverse of edge_ballot."""
    return light_facets(questionnaire)[ballot[HEAD] - 1]


def light_facets(questionnaire: Questionnaire) -> Sequence[str]:
    """Facets that an edge can be chosen from, in inventory order."""
    return list(dict.fromkeys(item.facet for item in questionnaire.items if item.pole in LIGHT_POLES))


def direction_ballot(directions: Mapping[str, object]) -> bytes:
    """The direction of a person's own change on both axes. Raises Invalid and names the axis."""
    for axis in AXES:
        if directions.get(axis) not in DIRECTIONS:
            raise Invalid("direction", f"The direction of {axis} has to be up, same or down.")
    return _padded(bytes(DIRECTIONS.index(str(directions[axis])) for axis in AXES))


def directions_of(ballot: bytes) -> tuple[str, str]:
    """The inverse of direction_ballot: D and I."""
    return DIRECTIONS[ballot[HEAD]], DIRECTIONS[ballot[HEAD + 1]]


def word_ballot(text: object) -> bytes:
    """One word or a few. Raises Invalid where it is empty, too long or has control characters."""
    if not isinstance(text, str):
        raise Invalid("text", "The word has to be text.")
    word = " ".join(unicodedata.normalize("NFC", text).split())
    if not word or len(word) > MOST_WORD or any(unicodedata.category(letter) in UNSEEN for letter in word):
        raise Invalid("text", f"The word has to have 1 to {MOST_WORD} letters, and nothing that cannot be seen.")
    encoded = word.encode()
    return (bytes([FORMAT, len(encoded)]) + encoded).ljust(WORD_LENGTH, b"\0")


def word_of(ballot: bytes) -> str:
    """The inverse of word_ballot."""
    return ballot[HEAD:HEAD + ballot[1]].decode()


def _padded(content: bytes, group: int = 0) -> bytes:
    return (bytes([FORMAT, group]) + content).ljust(LENGTH, b"\0")


def _point(id: str, value: object, points: int) -> int:
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= points:
        raise Invalid("out_of_scale", f"The answer to {id} has to be a whole number from 1 to {points}, or null.")
    return value
