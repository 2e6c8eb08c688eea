"""What an export is made of: one frozen value with what the room saw and what the host adds to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workshop.inventory import DARK_POLES, Questionnaire, Scene
from workshop.results import GroupTables, Snapshot


@dataclass(frozen=True)
class Summary:
    """One workshop as its export tells it.

    `day` and `questionnaire.version` are text as shown; `inventory` is the inventory's title; `sentence` says
    how answers were protected; `notes` holds the ticked notes by scene id; `snapshots` every round with a
    release, in any order; `revealed` whether the room has seen the dark side; `imported` whether it came from a
    file that nobody here can vouch for; `grouping` the host's question with its options. `pictures` None draws
    every picture, and `prompts` adds questions to go on with.
    """

    title: str
    code: str
    day: str
    context: str
    language: str
    inventory: str
    form: str
    level: str
    k: int
    m: int
    tau: int
    sentence: str
    questionnaire: Questionnaire
    agenda: tuple[Scene, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    snapshots: tuple[Snapshot, ...] = ()
    rehearsal: bool = False
    revealed: bool = False
    imported: bool = False
    grouping: Mapping[str, Any] | None = None
    pictures: frozenset[str] | None = None
    prompts: bool = False

    def draws(self, picture: str) -> bool:
        """Whether a picture was chosen."""
        return self.pictures is None or picture in self.pictures

    @property
    def rounds(self) -> tuple[Snapshot, ...]:
        """The released snapshots, first round first, without the dark side until it is revealed."""
        released = sorted((one for one in self.snapshots if one.released), key=lambda one: one.round)
        return tuple(released) if self.revealed else tuple(_light(one) for one in released)

    @property
    def held_back(self) -> bool:
        """Whether the sentence about hidden tables belongs in the export."""
        return any(one.held_back or plane_hidden(one) or any(pole.counts is None for pole in one.poles)
                   for one in self.rounds)


def plane_hidden(snapshot: Snapshot) -> bool:
    """Whether there are sides but no plane of them."""
    return snapshot.plane is None and any(not pole.pooled for pole in snapshot.poles)


def _light(snapshot: Snapshot) -> Snapshot:
    return replace(
        snapshot,
        items=tuple(table for table in snapshot.items if table.pole not in DARK_POLES),
        poles=tuple(table for table in snapshot.poles if table.id not in DARK_POLES),
        groups=snapshot.groups and tuple(_light_group(group) for group in snapshot.groups),
        statistics=snapshot.statistics and _light_statistics(snapshot),
    )


def _light_group(group: GroupTables) -> GroupTables:
    return replace(group, items=tuple(table for table in group.items if table.pole not in DARK_POLES),
                   poles=tuple(table for table in group.poles if table.id not in DARK_POLES))


def _light_statistics(snapshot: Snapshot) -> Mapping[str, Any]:
    known = snapshot.statistics or {}
    dark = {*DARK_POLES, *(table.id for table in snapshot.items if table.pole in DARK_POLES)}
    agreement = known.get("agreement")
    # Whether many said often to opposites was read off pairs of a dark and a light statement.
    style = bool(known.get("response_style")) and not any(table.pole in DARK_POLES for table in snapshot.items)
    return {**known, "poles": _without(known.get("poles"), dark), "response_style": style,
            "agreement": agreement and {name: _without(values, dark) for name, values in agreement.items()}}


def _without(values: Mapping[str, Any] | None, ids: set[str]) -> Mapping[str, Any]:
    return {id: value for id, value in (values or {}).items() if id not in ids}
