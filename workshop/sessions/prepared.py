"""What is made once for each change of a workshop, since everybody asks for it at the same time."""

from __future__ import annotations

from collections.abc import Callable

from workshop.published import PublishedRound
from workshop.results import Snapshot
from workshop.room import Phase, Workshop
from workshop.store.duckdb import DuckDBStore


class Prepared:
    """Texts and snapshots of the rooms that live; of one that is sealed or forgotten nothing stays in memory."""

    def __init__(self, store: DuckDBStore) -> None:
        self._store = store
        self._fixed: dict[str, tuple[Workshop, str]] = {}
        self._snapshots: dict[tuple[str, int], tuple[PublishedRound, bool, Snapshot]] = {}

    def fixed(self, workshop: Workshop, make: Callable[[], str]) -> str:
        """As made for this very state of the workshop."""
        kept = self._fixed.get(workshop.code)
        if kept is not None and kept[0] is workshop:
            return kept[1]
        text = make()
        self._fixed[workshop.code] = (workshop, text)
        self._let_go_of_the_dead(workshop)
        return text

    def snapshot(self, workshop: Workshop, number: int, round: PublishedRound,
                 make: Callable[[], Snapshot]) -> Snapshot:
        """As made for this very release of the round."""
        kept = self._snapshots.get((workshop.code, number))
        if kept is not None and kept[0] is round and kept[1] == workshop.revealed:
            return kept[2]
        made = make()
        self._snapshots[workshop.code, number] = (round, workshop.revealed, made)
        self._let_go_of_the_dead(workshop)
        return made

    def let_go(self, code: str) -> None:
        """The workshop is sealed or gone."""
        self._fixed.pop(code, None)
        for key in [key for key in tuple(self._snapshots) if key[0] == code]:
            self._snapshots.pop(key, None)

    def _let_go_of_the_dead(self, workshop: Workshop) -> None:
        """After keeping, not before: it may have been forgotten while somebody was still reading."""
        if workshop.phase == Phase.SEALED or self._store.workshop(workshop.code) is None:
            self.let_go(workshop.code)
