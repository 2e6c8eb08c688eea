"""Inventories, agendas and languages from data/ as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Pole = Literal["DL", "IL", "DD", "ID", "RD", "RI"]
FormName = Literal["short", "standard", "deep"]
Context = Literal["partner", "team", "family", "class"]
SceneKind = Literal["agreements", "join", "idea", "answering", "reflection", "predict", "light", "prompt",
                    "plane", "dark", "edges", "words", "close", "then_now"]

LIGHT_POLES: tuple[Pole, ...] = ("DL", "IL")
DARK_POLES: tuple[Pole, ...] = ("DD", "ID", "RD", "RI")


@dataclass(frozen=True)
class Scale:
    """`points` is 5 or 7; `anchors` has one word or two per point, lowest first."""

    points: int
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class Facet:
    """One facet; `antidote` is the light facet that softens a dark one, `safe` marks practices that are
    only for where one feels safe, `peace` is empty but for RD and RI."""

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
    """An inventory in one form, context and language, with or without its dark items, in inventory order."""

    inventory: str
    version: str
    form: FormName
    context: Context
    language: str
    dark: bool
    scale: Scale
    stem: str
    items: tuple[Item, ...]
    facets: Mapping[str, Facet] = field(repr=False)

    def item(self, id: str) -> Item:
        """Raises KeyError."""
        return next(item for item in self.items if item.id == id) if id in self.ids else _no(id)

    @property
    def ids(self) -> tuple[str, ...]:
        """Item ids in inventory order."""
        return tuple(item.id for item in self.items)

    def of_pole(self, pole: Pole) -> tuple[Item, ...]:
        """The items of one pole, in inventory order."""
        return tuple(item for item in self.items if item.pole == pole)


def _no(id: str) -> Item:
    raise KeyError(id)


@dataclass(frozen=True)
class Scene:
    """One step of a run-sheet; `minutes` >= 0; `facet` names the facet of a prompt scene, if any."""

    id: str
    kind: SceneKind
    minutes: int
    title: str = ""
    say: str = ""
    facet: str | None = None


@dataclass(frozen=True)
class Agenda:
    """A run-sheet from data/agendas/."""

    id: str
    title: str
    scenes: tuple[Scene, ...]
