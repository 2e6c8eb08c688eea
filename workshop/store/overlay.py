"""The writes of verbs that are not committed yet, laid over the committed values in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from workshop.published import PublishedRound
from workshop.room import Counts, Seat, Workshop
from workshop.store import Entry

SeatKey = tuple[int, bytes]
EntryKey = tuple[str, bytes]
RoundKey = tuple[int, int]


@dataclass(frozen=True)
class EntryWrite:
    """An entry to keep, or None to delete; `again` when an earlier one of the same seat may be there."""

    entry: Entry | None
    again: bool = True


@dataclass
class Memory:
    """The committed values of every workshop that is not sealed, and the codes of those that are."""

    workshops: dict[str, Workshop] = field(default_factory=dict)
    sealed: dict[str, int] = field(default_factory=dict)
    seats: dict[int, dict[bytes, Seat]] = field(default_factory=dict)
    finished: dict[int, int] = field(default_factory=dict)
    rounds: dict[RoundKey, PublishedRound] = field(default_factory=dict)
    last_id: int = 0

    def counts(self, workshop: int) -> Counts:
        """Exact counts of a workshop's seats."""
        return Counts(len(self.seats.get(workshop, ())), self.finished.get(workshop, 0))


@dataclass
class Writes:
    """What a verb, or a batch of verbs, wants to change; None stands for gone.

    `placed` and `removed` are the seats whose rows an earlier flush of the same transaction made or deleted.
    """

    workshops: dict[str, Workshop] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    seats: dict[SeatKey, Seat | None] = field(default_factory=dict)
    entries: dict[EntryKey, EntryWrite] = field(default_factory=dict)
    replaced: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    taken: list[tuple[str, tuple[bytes, ...], int]] = field(default_factory=list)
    rounds: dict[RoundKey, PublishedRound] = field(default_factory=dict)
    veiled: dict[RoundKey, bytes | None] = field(default_factory=dict)
    joined: dict[int, int] = field(default_factory=dict)
    finished: dict[int, int] = field(default_factory=dict)
    ids: int = 0
    placed: set[SeatKey] = field(default_factory=set)
    removed: set[SeatKey] = field(default_factory=set)
    kept: list[Callable[[], None]] = field(default_factory=list)
    lost: list[Callable[[], None]] = field(default_factory=list)

    def add(self, later: Writes) -> None:
        """Lays a later verb's writes over these."""
        for name in ("workshops", "dropped", "seats", "replaced", "rounds", "veiled"):
            getattr(self, name).update(getattr(later, name))
        for key, write in later.entries.items():
            self.write_entry(key, write)
        for name in ("joined", "finished"):
            mine: dict[int, int] = getattr(self, name)
            for workshop, more in getattr(later, name).items():
                mine[workshop] = mine.get(workshop, 0) + more
        self.taken += later.taken
        self.kept += later.kept
        self.lost += later.lost
        self.ids += later.ids

    def write_entry(self, key: EntryKey, write: EntryWrite) -> None:
        """Lays one entry over an earlier one; that an older row has to go is not forgotten with it."""
        before = self.entries.get(key)
        self.entries[key] = EntryWrite(write.entry, write.again or (before is not None and before.again))

    @property
    def orderly(self) -> bool:
        """Whether entries were replaced or taken as a whole, so that what comes later must come after."""
        return bool(self.replaced or self.taken)


def settle(memory: Memory, writes: Writes) -> None:
    """Makes committed writes the committed values."""
    memory.last_id += writes.ids
    for (workshop, tag), seat in writes.seats.items():
        room = memory.seats.setdefault(workshop, {})
        if seat is None:
            room.pop(tag, None)
        else:
            room[tag] = seat
    for workshop, more in writes.finished.items():
        memory.finished[workshop] = memory.finished.get(workshop, 0) + more
    memory.rounds.update(writes.rounds)
    for put in writes.workshops.values():
        _settle_workshop(memory, put)
    for code, id in writes.dropped.items():
        memory.workshops.pop(code, None)
        memory.sealed.pop(code, None)
        _let_go(memory, id)


def _settle_workshop(memory: Memory, workshop: Workshop) -> None:
    if workshop.sealed_at is None:
        memory.workshops[workshop.code] = workshop
        return
    memory.workshops.pop(workshop.code, None)
    memory.sealed[workshop.code] = workshop.id
    _let_go(memory, workshop.id)


def _let_go(memory: Memory, workshop: int) -> None:
    memory.seats.pop(workshop, None)
    memory.finished.pop(workshop, None)
    for key in [key for key in memory.rounds if key[0] == workshop]:
        del memory.rounds[key]


def count_finished(seats: Iterable[Seat]) -> int:
    """How many of these seats finished."""
    return sum(seat.finished for seat in seats)
