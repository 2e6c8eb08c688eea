"""What every verb works with: one transaction, the vault, the content, the clock, and the workshop at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from workshop.errors import Conflict, Gone, Missing
from workshop.inventory import Library, Questionnaire
from workshop.published import PublishedRound
from workshop.room import Collection, CollectionKind, Phase, Workshop
from workshop.store import Transaction
from workshop.vault import Vault

CODE_LETTERS = "23456789CFGHJMPQRVWX"
CODE_LENGTH = 6


@dataclass(frozen=True)
class Ground:
    """What does not change while the process runs; `facts` is what the stage of the workshop at hand shows."""

    vault: Vault
    library: Library
    facts: Callable[[Act], dict[str, Any]]


@dataclass
class Act:
    """One verb under way; `change` lays a new value of the workshop over the old one."""

    ground: Ground
    tx: Transaction
    now: float
    workshop: Workshop

    @property
    def vault(self) -> Vault:
        """The keys."""
        return self.ground.vault

    @property
    def questionnaire(self) -> Questionnaire:
        """The workshop's inventory in its form, context and language."""
        return questionnaire_of(self.ground.library, self.workshop)

    @property
    def secret(self) -> str:
        """The name of the workshop's secret, which seat tags are made with."""
        return secret_name(self.workshop)

    def change(self, **fields: Any) -> Workshop:
        """Keeps the workshop with these fields changed."""
        self.workshop = replace(self.workshop, **fields)
        self.tx.put_workshop(self.workshop)
        return self.workshop

    def change_collection(self, collection: Collection, **fields: Any) -> Collection:
        """Keeps one open collection with these fields changed."""
        after = replace(collection, **fields)
        self.change(collections=tuple(after if one.id == collection.id else one
                                      for one in self.workshop.collections))
        return after

    def refuse_phase(self, sentence: str) -> NoReturn:
        """Right request, wrong moment."""
        raise Conflict("wrong_phase", sentence)

    def collection(self, kind: CollectionKind) -> Collection:
        """The open collection of a kind; Conflict where none is open."""
        found = self.workshop.collection(kind)
        if found is None:
            self.refuse_phase("That is not being collected right now.")
        return found

    def round(self, number: int | None = None) -> PublishedRound:
        """What the present round, or another, has published."""
        found = self.tx.round(self.workshop, number or self.workshop.round)
        if found is None:
            raise Missing("unknown_round", f"This workshop has no round {number or self.workshop.round}.")
        return found


def questionnaire_of(library: Library, workshop: Workshop) -> Questionnaire:
    """Raises Missing when the inventory file is no longer there."""
    inventory = library.inventories.get(workshop.inventory)
    if inventory is None:
        raise Missing("unknown_inventory", f"The inventory {workshop.inventory!r} is no longer in data/inventories. "
                                           "Put its file back and start again.")
    return inventory.questionnaire(workshop.form, workshop.context, workshop.dark, workshop.language)


def secret_name(workshop: Workshop) -> str:
    """The vault's name for the secret that seat tags are made with."""
    return f"secret-{workshop.id}"


def veil_name(workshop: Workshop, round: int) -> str:
    """The vault's name for the key of a round's dark tables."""
    return f"veil-{workshop.id}-{round}"


def well_formed(code: str) -> bool:
    """Whether this could be the code of a workshop at all."""
    return len(code) == CODE_LENGTH and all(letter in CODE_LETTERS for letter in code)


def unknown_code() -> Missing:
    """The error for a code that no workshop has."""
    return Missing("unknown_code", "There is no workshop with this code. Check the six characters on the screen.")


def not_sealed(workshop: Workshop) -> Workshop:
    """Raises Gone for a sealed workshop."""
    if workshop.phase == Phase.SEALED:
        raise Gone("sealed", "This workshop is over. Its answers were destroyed; "
                             "only the pictures that the room saw are kept by the host.")
    return workshop
