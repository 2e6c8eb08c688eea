"""A batch's writes as a handful of SQL statements inside the open transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import duckdb

from workshop.room import Seat
from workshop.store import Entry
from workshop.store.overlay import Memory, Writes
from workshop.store.rows import bits_of, body_of, write_round

FEW = 64


def flush(connection: duckdb.DuckDBPyConnection, memory: Memory, writes: Writes) -> None:
    """Sends the writes to the database and empties them; they are settled in memory after the commit."""
    _seats(connection, memory, writes)
    _entries(connection, writes)
    for collection, tags, release in writes.taken:
        connection.execute("update entries set release = ? where collection = ? and tag in (select unnest(?::blob[]))",
                           [release, collection, list(tags)])
    for collection, entries in writes.replaced.items():
        connection.execute("delete from entries where collection = ?", [collection])
        _insert_entries(connection, collection, entries)
    for (workshop, _), round in writes.rounds.items():
        write_round(connection, workshop, round)
    _veiled(connection, writes)
    _workshops(connection, writes)
    _empty(writes)


def _empty(writes: Writes) -> None:
    for part in (writes.seats, writes.entries, writes.taken, writes.replaced, writes.rounds, writes.veiled,
                 writes.workshops, writes.dropped):
        part.clear()


def _seats(connection: duckdb.DuckDBPyConnection, memory: Memory, writes: Writes) -> None:
    by_workshop: defaultdict[int, list[tuple[bytes, Seat | None]]] = defaultdict(list)
    for (workshop, tag), seat in writes.seats.items():
        by_workshop[workshop].append((tag, seat))
    for workshop, changes in by_workshop.items():
        there = {tag for tag, _ in changes if _has_row(memory, writes, workshop, tag)}
        _delete_seats(connection, workshop, [tag for tag, seat in changes if seat is None])
        _insert_seats(connection, workshop, [seat for tag, seat in changes if seat is not None and tag not in there])
        _update_seats(connection, workshop, [seat for tag, seat in changes if seat is not None and tag in there])
    for key, seat in writes.seats.items():
        (writes.removed.add if seat is None else writes.placed.add)(key)
        (writes.placed.discard if seat is None else writes.removed.discard)(key)


def _has_row(memory: Memory, writes: Writes, workshop: int, tag: bytes) -> bool:
    key = (workshop, tag)
    return key in writes.placed or (tag in memory.seats.get(workshop, {}) and key not in writes.removed)


def _delete_seats(connection: duckdb.DuckDBPyConnection, workshop: int, tags: Sequence[bytes]) -> None:
    if tags:
        connection.execute("delete from seats where workshop = ? and tag in (select unnest(?::blob[]))",
                           [workshop, list(tags)])


def _insert_seats(connection: duckdb.DuckDBPyConnection, workshop: int, seats: Sequence[Seat]) -> None:
    if seats:
        connection.execute("insert into seats select ?, unnest(?::blob[]), unnest(?::utinyint[])",
                           [workshop, [seat.tag for seat in seats], [bits_of(seat) for seat in seats]])


def _update_seats(connection: duckdb.DuckDBPyConnection, workshop: int, seats: Sequence[Seat]) -> None:
    by_bits: defaultdict[int, list[bytes]] = defaultdict(list)
    for seat in seats:
        by_bits[bits_of(seat)].append(seat.tag)
    for bits, tags in by_bits.items():
        # Few tags are looked up row by row: measured at a tenth of what a join costs for a single phone.
        among = "list_contains(?::blob[], tag)" if len(tags) <= FEW else "tag in (select unnest(?::blob[]))"
        connection.execute(f"update seats set bits = ? where workshop = ? and {among}", [bits, workshop, tags])


def _entries(connection: duckdb.DuckDBPyConnection, writes: Writes) -> None:
    gone: defaultdict[str, list[bytes]] = defaultdict(list)
    kept: defaultdict[str, list[Entry]] = defaultdict(list)
    for (collection, tag), write in writes.entries.items():
        if write.again:
            gone[collection].append(tag)
        if write.entry is not None:
            kept[collection].append(write.entry)
    for collection, tags in gone.items():
        connection.execute("delete from entries where collection = ? and tag in (select unnest(?::blob[]))",
                           [collection, tags])
    for collection, entries in kept.items():
        _insert_entries(connection, collection, entries)


def _insert_entries(connection: duckdb.DuckDBPyConnection, collection: str, entries: Sequence[Entry]) -> None:
    if entries:
        connection.execute(
            "insert into entries select ?, unnest(?::blob[]), unnest(?::blob[]), unnest(?::integer[])",
            [collection, [entry.tag for entry in entries], [entry.locked for entry in entries],
             [entry.release for entry in entries]])


def _veiled(connection: duckdb.DuckDBPyConnection, writes: Writes) -> None:
    for (workshop, round), locked in writes.veiled.items():
        connection.execute("delete from veiled where workshop = ? and round = ?", [workshop, round])
        if locked is not None:
            connection.execute("insert into veiled values (?, ?, ?)", [workshop, round, locked])


def _workshops(connection: duckdb.DuckDBPyConnection, writes: Writes) -> None:
    for workshop in writes.workshops.values():
        connection.execute("delete from workshops where id = ?", [workshop.id])
        connection.execute("insert into workshops values (?, ?, ?, ?)",
                           [workshop.id, workshop.code, workshop.sealed_at is not None, body_of(workshop)])
    for id in writes.dropped.values():
        for table in ("seats", "rounds", "published", "veiled"):
            connection.execute(f"delete from {table} where workshop = ?", [id])
        connection.execute("delete from workshops where id = ?", [id])
        connection.execute("insert into forgotten values (?, false)", [id])
