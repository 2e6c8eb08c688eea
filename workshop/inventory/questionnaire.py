"""What people are asked: scales, facets, items, and a questionnaire made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Pole = Literal["DL", "IL", "DD", "ID", "RD", "RI"]
FormName = Literal["short", "standard", "deep"]
Context = Literal["partner", "team", "family", "class"]
Referent = Literal["self", "team"]

LIGHT_POLES: tuple[Pole, ...] = ("DL", "IL")
DARK_POLES: tuple[Pole, ...] = ("DD", "ID", "RD", "RI")


@dataclass(frozen=True)
class Scale:
    """`points` is 5 or 7; `anchors` has one word or two per point, lowest first."""

    points: int
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class Facet:
    """One facet; `antidote` is the light facet of the other side that softens a dark one, `safe` marks a practice
    that is only for where one feels safe, `short` says that the short form asks about it."""

    id: str
    pole: Pole
    name: str
    origin: str
    short: bool
    antidote: str | None
    prompts: tuple[str, ...]
    practice: str
    safe: bool = False


@dataclass(frozen=True)
class Item:
    """One statement in the wording of its context; `keyed` is 1, or -1 for a reversed one."""

    id: str
    facet: str
    pole: Pole
    keyed: Literal[1, -1]
    text: str


@dataclass(frozen=True)
class Questionnaire:
    """An inventory in one form, context and language, with or without its dark items, in inventory order.

    `facets` holds every light facet, also those the short form leaves out (an antidote may be one of them),
    and the dark ones only where their items are asked; `asked` is what the items are about.
    """

    inventory: str
    version: str
    form: FormName
    context: Context
    language: str
    dark: bool
    scale: Scale
    stem: str
    items: tuple[Item, ...]
    facets: Mapping[str, Facet] = field(repr=False, compare=False)
    referent: Referent = "self"

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Item ids in inventory order."""
        return tuple(item.id for item in self.items)

    @cached_property
    def asked(self) -> tuple[Facet, ...]:
        """The facets that have items here, in inventory order."""
        return tuple(self.facets[id] for id in dict.fromkeys(item.facet for item in self.items))

    @cached_property
    def _by_id(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.items}

    def item(self, id: str) -> Item:
        """Raises KeyError."""
        return self._by_id[id]

    def of_pole(self, pole: Pole) -> tuple[Item, ...]:
        """The items of one pole, in inventory order."""
        return tuple(item for item in self.items if item.pole == pole)
