"""One verb's view of the DuckDB store: committed values, the batch's writes over them, its own on top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import duckdb

from workshop.published import PublishedRound
from workshop.room import Counts, Seat, Workshop
from workshop.store import Entry
from workshop.store.flush import flush
from workshop.store.overlay import EntryWrite, Memory, Writes
from workshop.store.rows import read_entries, read_workshops


@dataclass
class DuckDBTransaction:
    """Writes are kept apart until the verb has returned; reading entries first flushes the verbs before it."""

    connection: duckdb.DuckDBPyConnection
    memory: Memory
    batch: Writes
    unflushed: Writes
    own: Writes = field(default_factory=Writes)

    # workshops

    def workshop(self, code: str) -> Workshop | None:
        """As the verbs before left it."""
        for writes in (self.own, self.batch):
            if code in writes.dropped:
                return None
            if code in writes.workshops:
                return writes.workshops[code]
        if code in self.memory.sealed:
            return next(iter(read_workshops(self.connection, "code = ?", code)), None)
        return self.memory.workshops.get(code)

    def live(self) -> tuple[Workshop, ...]:
        """Every workshop that is not sealed, as the verbs before left it."""
        codes = {*self.memory.workshops, *self.batch.workshops, *self.own.workshops}
        found = (self.workshop(code) for code in codes)
        return tuple(one for one in found if one is not None and one.sealed_at is None)

    def put_workshop(self, workshop: Workshop) -> None:
        """Keeps or replaces it whole."""
        self.own.workshops[workshop.code] = workshop

    def new_id(self) -> int:
        """A number no workshop has had in this file."""
        self.own.ids += 1
        return self.memory.last_id + self.batch.ids + self.own.ids

    def code_taken(self, code: str) -> bool:
        """Whether any workshop here, sealed or not, has this code."""
        return code in self.memory.sealed or self.workshop(code) is not None

    def drop_workshop(self, workshop: Workshop) -> None:
        """It and everything that belongs to it."""
        self.own.workshops.pop(workshop.code, None)
        self.own.dropped[workshop.code] = workshop.id
        for collection in workshop.collections:
            self.own.replaced[collection.id] = ()

    # seats

    def seat(self, workshop: Workshop, tag: bytes) -> Seat | None:
        """One seat."""
        key = (workshop.id, tag)
        for writes in (self.own, self.batch):
            if key in writes.seats:
                return writes.seats[key]
        return self.memory.seats.get(workshop.id, {}).get(tag)

    def seats(self, workshop: Workshop) -> tuple[Seat, ...]:
        """All seats, in no order that means anything."""
        merged: dict[bytes, Seat | None] = dict(self.memory.seats.get(workshop.id, {}))
        for writes in (self.batch, self.own):
            merged.update({tag: seat for (id, tag), seat in writes.seats.items() if id == workshop.id})
        return tuple(seat for seat in merged.values() if seat is not None)

    def counts(self, workshop: Workshop) -> Counts:
        """Exact counts, the verbs before included."""
        joined, finished = self.memory.counts(workshop.id).joined, self.memory.counts(workshop.id).finished
        for writes in (self.batch, self.own):
            joined += writes.joined.get(workshop.id, 0)
            finished += writes.finished.get(workshop.id, 0)
        return Counts(joined, finished)

    def put_seat(self, workshop: Workshop, seat: Seat) -> None:
        """Keeps or replaces it."""
        self._count(workshop.id, self.seat(workshop, seat.tag), seat)
        self.own.seats[workshop.id, seat.tag] = seat

    def drop_seat(self, workshop: Workshop, tag: bytes) -> None:
        """It is gone."""
        self._count(workshop.id, self.seat(workshop, tag), None)
        self.own.seats[workshop.id, tag] = None

    def _count(self, workshop: int, before: Seat | None, after: Seat | None) -> None:
        joined = (after is not None) - (before is not None)
        finished = (after is not None and after.finished) - (before is not None and before.finished)
        self.own.joined[workshop] = self.own.joined.get(workshop, 0) + joined
        self.own.finished[workshop] = self.own.finished.get(workshop, 0) + finished

    # entries

    def entries(self, collection: str) -> tuple[Entry, ...]:
        """All entries of an open collection."""
        flush(self.connection, self.memory, self.unflushed)
        found = self._kept_entries(collection)
        for (name, tag), write in self.own.entries.items():
            if name == collection:
                found.pop(tag, None)
                if write.entry is not None:
                    found[tag] = write.entry
        return tuple(found.values())

    def _kept_entries(self, collection: str) -> dict[bytes, Entry]:
        if collection in self.own.replaced:
            return {entry.tag: entry for entry in self.own.replaced[collection]}
        return read_entries(self.connection, collection)

    def put_entry(self, collection: str, entry: Entry, *, again: bool) -> None:
        """Keeps it in place of the seat's earlier one."""
        self.own.write_entry((collection, entry.tag), EntryWrite(entry, again))

    def drop_entry(self, collection: str, tag: bytes) -> None:
        """It is gone."""
        self.own.write_entry((collection, tag), EntryWrite(None))

    def take_entries(self, collection: str, tags: Sequence[bytes], release: int) -> None:
        """Writes down which release took them in."""
        self.own.taken.append((collection, tuple(tags), release))

    def replace_entries(self, collection: str, entries: Sequence[Entry]) -> None:
        """These and no others."""
        self.own.replaced[collection] = tuple(entries)

    # what is published

    def round(self, workshop: Workshop, round: int) -> PublishedRound | None:
        """One round."""
        key = (workshop.id, round)
        return self.own.rounds.get(key) or self.batch.rounds.get(key) or self.memory.rounds.get(key)

    def put_round(self, workshop: Workshop, round: PublishedRound) -> None:
        """Keeps or replaces it and its tables."""
        self.own.rounds[workshop.id, round.round] = round

    def veiled(self, workshop: Workshop, round: int) -> bytes | None:
        """The round's dark tables, locked."""
        key = (workshop.id, round)
        for writes in (self.own, self.batch):
            if key in writes.veiled:
                return writes.veiled[key]
        rows = self.connection.execute(
            "select locked from veiled where workshop = ? and round = ?", list(key)).fetchall()
        return rows[0][0] if rows else None

    def put_veiled(self, workshop: Workshop, round: int, locked: bytes | None) -> None:
        """Keeps or replaces them; None deletes."""
        self.own.veiled[workshop.id, round] = locked

    def once_kept(self, act: Callable[[], None]) -> None:
        """Runs after the commit."""
        self.own.kept.append(act)

    def if_lost(self, act: Callable[[], None]) -> None:
        """Runs when the writes did not become durable."""
        self.own.lost.append(act)
