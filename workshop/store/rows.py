"""Rows of the DuckDB file and the frozen values they stand for."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import duckdb

from workshop import room
from workshop.published import PublishedRound, PublishedTable
from workshop.room import Seat, Workshop
from workshop.store import Entry

Row = tuple[Any, ...]


def bits_of(seat: Seat) -> int:
    """Four bits: sent, used, and the same of the last round."""
    return seat.sent + 2 * seat.used + 4 * seat.sent_before + 8 * seat.used_before


def seat_of(tag: bytes, bits: int) -> Seat:
    """The inverse of bits_of."""
    return Seat(tag, bool(bits & 1), bool(bits & 2), bool(bits & 4), bool(bits & 8))


def body_of(workshop: Workshop) -> str:
    """A workshop as the text its row keeps."""
    return json.dumps(room.to_json(workshop), ensure_ascii=False, separators=(",", ":"))


def workshop_of(body: str) -> Workshop:
    """The inverse of body_of."""
    return room.from_json(json.loads(body))


def read_workshops(connection: duckdb.DuckDBPyConnection, condition: str, *values: object) -> tuple[Workshop, ...]:
    """Workshops whose row meets a constant condition, newest first."""
    rows = connection.execute(f"select body from workshops where {condition} order by id desc", values).fetchall()
    return tuple(workshop_of(body) for (body,) in rows)


def read_entries(connection: duckdb.DuckDBPyConnection, collection: str) -> dict[bytes, Entry]:
    """All entries of an open collection by their seat's tag."""
    rows = connection.execute("select tag, locked, release from entries where collection = ?", [collection]).fetchall()
    return {tag: Entry(tag, locked, release) for tag, locked, release in rows}


def read_rounds(connection: duckdb.DuckDBPyConnection, workshop: int) -> tuple[PublishedRound, ...]:
    """All rounds of a workshop, oldest first."""
    heads = connection.execute(
        "select round, level, k, day, n, seats, releases, final, then_now from rounds"
        " where workshop = ? order by round", [workshop]).fetchall()
    tables = connection.execute(
        "select round, kind, id, n, bins, counts, release from published where workshop = ? order by round, place",
        [workshop]).fetchall()
    return tuple(_round(head, [row for row in tables if row[0] == head[0]]) for head in heads)


def _round(head: Row, tables: Sequence[Row]) -> PublishedRound:
    round, level, k, day, n, seats, releases, final, then_now = head
    return PublishedRound(round, level, k, day, n, seats, releases, final, then_now,
                          tuple(_table(row) for row in tables))


def _table(row: Row) -> PublishedTable:
    _, kind, id, n, bins, counts, release = row
    return PublishedTable(kind, id, n, _bins(bins), None if counts is None else tuple(counts), release)


def _bins(text: str | None) -> tuple[tuple[float, ...], ...] | None:
    return None if text is None else tuple(tuple(part) for part in json.loads(text))


def write_round(connection: duckdb.DuckDBPyConnection, workshop: int, round: PublishedRound) -> None:
    """Replaces a round and its tables."""
    for table in ("rounds", "published"):
        connection.execute(f"delete from {table} where workshop = ? and round = ?", [workshop, round.round])
    connection.execute(
        "insert into rounds values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [workshop, round.round, round.level, round.k, round.day, round.n, round.seats, round.releases,
         round.final, round.then_now])
    if round.tables:
        _write_tables(connection, workshop, round.round, round.tables)


def _write_tables(connection: duckdb.DuckDBPyConnection, workshop: int, round: int,
                  tables: Sequence[PublishedTable]) -> None:
    connection.execute(
        "insert into published select ?, ?, unnest(?::integer[]), unnest(?::varchar[]), unnest(?::varchar[]),"
        " unnest(?::integer[]), unnest(?::varchar[]), unnest(?::integer[][]), unnest(?::integer[])",
        [workshop, round, list(range(len(tables))), *_columns(tables)])


def _columns(tables: Iterable[PublishedTable]) -> list[list[Any]]:
    rows = [(one.kind, one.id, one.n, None if one.bins is None else json.dumps(one.bins),
             None if one.counts is None else list(one.counts), one.release) for one in tables]
    return [list(column) for column in zip(*rows, strict=True)]
