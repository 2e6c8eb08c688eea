"""What an export is made of: one frozen value with what the room saw and what the host adds to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workshop.inventory import DARK_POLES, Questionnaire, Scene
from workshop.results import Snapshot


@dataclass(frozen=True)
class Summary:
    """One workshop as its export tells it.

    `day` and `questionnaire.version` are text as shown; `inventory` is the inventory's title; `sentence` says
    how answers were protected; `notes` holds the ticked notes by scene id; `snapshots` every round with a
    release, in any order; `revealed` whether the room has seen the dark side.
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
        statistics=snapshot.statistics and _light_statistics(snapshot.statistics),
    )


def _light_group(group: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**group,
            "items": tuple(table for table in group["items"] if _of(table, "pole") not in DARK_POLES),
            "poles": tuple(table for table in group["poles"] if _of(table, "id") not in DARK_POLES)}


def _of(table: Any, name: str) -> Any:
    return table[name] if isinstance(table, Mapping) else getattr(table, name)


def _light_statistics(statistics: Mapping[str, Any]) -> Mapping[str, Any]:
    poles = statistics.get("poles") or {}
    return {**statistics, "poles": {id: row for id, row in poles.items() if id not in DARK_POLES}}
