"""An inventory: every statement in every form, context and language it has."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop.errors import Invalid
from workshop.inventory.questionnaire import Context, FormName, Questionnaire

Key = tuple[str, str, bool, str]


@dataclass(frozen=True)
class Doubt:
    """A string that a reader was not sure of; `where` is like item.D1A, item.D1A.team or facet.D1.name."""

    language: str
    where: str
    why: str


@dataclass(frozen=True)
class Inventory:
    """An inventory from its file. `titles` and `abouts` are by language; `source` is the text of the file,
    a start for an own inventory; `questionnaires` are keyed by form, context, dark and language; `doubts` are
    the strings that need another reader."""

    id: str
    version: str
    languages: tuple[str, ...]
    contexts: tuple[Context, ...]
    forms: tuple[FormName, ...]
    titles: Mapping[str, str]
    abouts: Mapping[str, str]
    questionnaires: Mapping[Key, Questionnaire] = field(repr=False)
    source: str = field(repr=False)
    doubts: tuple[Doubt, ...] = field(default=(), repr=False)

    @property
    def title(self) -> str:
        """The title in the inventory's first language."""
        return self.titles[self.languages[0]]

    @property
    def facets(self) -> tuple[str, ...]:
        """The ids of all facets, in inventory order."""
        return tuple(self.questionnaires[self.forms[0], self.contexts[0], True, self.languages[0]].facets)

    def questionnaire(self, form: str, context: str, dark: bool, language: str) -> Questionnaire:
        """Raises Invalid, naming what there is, for a form, context or language this inventory lacks."""
        self._check("form", form, self.forms)
        self._check("context", context, self.contexts)
        self._check("language", language, self.languages)
        return self.questionnaires[form, context, dark, language]

    def _check(self, what: str, word: str, known: tuple[str, ...]) -> None:
        if word not in known:
            raise Invalid("inventory", f"The inventory {self.id!r} has no {what} {word!r}. "
                                       f"Choose one of {', '.join(known)}.")
