"""Backup: what a database may outlive itself with, through Arrow into a second file, and read back.

A backup holds settings, notes and released tables of workshops, and the numbers of those that were forgotten. It
never holds seats, secrets, entries or tables that are not revealed.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as pa

from workshop.durable import sync_folder
from workshop.errors import Conflict, Invalid, Missing, Unavailable
from workshop.room import Phase, Workshop
from workshop.settings import owner_only
from workshop.store import Transaction
from workshop.store.duckdb import DuckDBStore
from workshop.store.file import OPTIONS, migrate, open_file
from workshop.store.rows import body_of, workshop_of
from workshop.store.sentences import plain
from workshop.store.transaction import DuckDBTransaction

Tables = Mapping[str, pa.Table]
KEPT = ("workshops", "rounds", "published", "forgotten", "identity")
LEFT_OUT = ("seats", "entries", "veiled")


@dataclass(frozen=True)
class Kept:
    """What was written and read back; of `workshops`, not counting those that stayed away as `forgotten`.

    `unread` says that the database which was replaced could not be read, so what it had forgotten is not known.
    """

    workshops: int
    forgotten: int = 0
    unread: bool = False


def back_up_live(store: DuckDBStore, target: Path, now: float) -> Kept:
    """Between two verbs the tables are read into memory; writing them takes nothing from the room."""
    return _write(without_live(store.transact(_tables_in).result(60), now), target, now)


def back_up_file(database: Path, target: Path, now: float) -> Kept:
    """Of a database that no server has open. Raises StoreRefused where one has, Missing where there is none."""
    if not database.exists():
        raise Missing("no_database", f"There is no database at {database}. Set BOTHAND_DATABASE as the server has it.")
    connection = open_file(database.resolve())
    try:
        tables = _read(connection)
    finally:
        connection.close()
    return _write(without_live(tables, now), target, now)


def _tables_in(tx: Transaction) -> Tables:
    if not isinstance(tx, DuckDBTransaction):
        raise TypeError("backups are read from a DuckDB file")
    return _read(tx.connection)


def _read(connection: duckdb.DuckDBPyConnection) -> Tables:
    return {name: rows_of(connection, name) for name in KEPT}


def rows_of(connection: duckdb.DuckDBPyConnection, name: str) -> pa.Table:
    """One table whole, in an order of its own."""
    return connection.execute(f'select * from "{name}" order by all').to_arrow_table()


# ---- what a backup may hold


def without_live(tables: Tables, now: float) -> Tables:
    """Workshops as they would be once seats and keys are gone; tables of closed rounds only."""
    rounds = tables["rounds"].filter(tables["rounds"]["final"])
    closed = set(zip(rounds["workshop"].to_pylist(), rounds["round"].to_pylist(), strict=True))
    bodies = [quiet(workshop_of(body), {round for id, round in closed if id == workshop}, now)
              for workshop, body in zip(tables["workshops"]["id"].to_pylist(),
                                        tables["workshops"]["body"].to_pylist(), strict=True)]
    published = tables["published"]
    places = zip(published["workshop"].to_pylist(), published["round"].to_pylist(), strict=True)
    return {**tables, "rounds": rounds, "workshops": _rows_of(bodies, tables["workshops"].schema),
            "published": published.filter(pa.array([place in closed for place in places], pa.bool_()))}


def _rows_of(workshops: list[Workshop], schema: pa.Schema) -> pa.Table:
    rows = [{"id": one.id, "code": one.code, "sealed": one.sealed_at is not None, "body": body_of(one)}
            for one in workshops]
    return pa.Table.from_pylist(rows, schema=schema)


def quiet(workshop: Workshop, closed: set[int], now: float) -> Workshop:
    """A draft where nothing of the room was closed yet, else sealed: phones would find no seat any more."""
    still = replace(workshop, collections=(), held=None, blank=False, locked=False, locked_by_blocks=False, let_in=0,
                    closing_at=None, closes_at=None, notice="", reseated=0, expiring=None)
    if workshop.phase in (Phase.DRAFT, Phase.SEALED):
        return still
    if not closed:
        return replace(still, phase=Phase.DRAFT, round=0, growing=False, opened_at=None, lobby_at=None, seats_at_open=0,
                       step=0, scene=workshop.agenda[0].id, scene_started=0.0, extended=0, pictures=False, shown={})
    return replace(still, phase=Phase.SEALED, sealed_at=now, round=max(closed))


# ---- writing and reading back


def _write(tables: Tables, target: Path, now: float) -> Kept:
    """A fresh file, durable and read back when this returns; nothing is left of it where it raises."""
    if os.path.lexists(target):
        raise Conflict("exists", f"{target} is there already. Move it away, or name another file.")
    if not target.parent.is_dir():
        raise Missing("no_folder", f"There is no folder {target.parent}. Make it, or name another file.")
    with unfinished(target) as part:
        with fresh(part) as connection:
            fill(connection, tables)
            connection.execute("create table backup (made double)")
            connection.execute("insert into backup values (?)", [now])
        prove(part, tables)
    return Kept(len(tables["workshops"]))


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its place at the end, for its owner only."""
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        with owner_only():
            yield part
        part.replace(target)
        sync_folder(target.parent)
    except (duckdb.Error, OSError) as error:
        raise _not_written(target, plain(error)) from error
    finally:
        for path in (part, part.with_name(f"{part.name}.wal")):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _not_written(target: Path, error: Exception) -> Exception:
    """Nobody sends it again by itself, as a phone does."""
    if isinstance(error, Unavailable) and error.code == "disk_full":
        return Unavailable("disk_full", f"The disk that holds {target.parent} is full. Nothing was changed: free some "
                                        "room, or name a file on another disk.")
    return error


@contextmanager
def fresh(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new database of this version's schema, folded into its one file at the end."""
    with duckdb.connect(str(path), config=OPTIONS) as connection:
        migrate(connection, path)
        yield connection
        connection.execute("checkpoint")


def fill(connection: duckdb.DuckDBPyConnection, tables: Tables) -> None:
    """These rows and no others, column by column by name."""
    connection.begin()
    for name, table in tables.items():
        connection.register("given", table)
        connection.execute(f'delete from "{name}"')
        connection.execute(f'insert into "{name}" by name select * from given')
        connection.unregister("given")
    connection.commit()


def prove(path: Path, tables: Tables) -> None:
    """Reads the file back. Raises Invalid where it does not hold what was written, or holds what it must not."""
    with duckdb.connect(str(path), read_only=True, config=OPTIONS) as connection:
        found = _read(connection)
        empty = all(not connection.execute(f'select count(*) from "{name}"').fetchall()[0][0] for name in LEFT_OUT)
    if not empty or any(_rows(found[name]) != _rows(table) for name, table in tables.items()):
        raise Invalid("not_read_back", "What was written could not be read back, so the file was removed. "
                                       "Is the disk in order? Try another one.")


def _rows(table: pa.Table) -> list[str]:
    return sorted(repr(row) for row in zip(*(column.to_pylist() for column in table.columns), strict=True))
