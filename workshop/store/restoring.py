"""Restore: a database anew from a backup. What was forgotten here since stays forgotten."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from workshop.durable import make_folder, sync_folder
from workshop.errors import Conflict, Invalid, Missing
from workshop.store import StoreRefused
from workshop.store.backup import KEPT, Kept, Tables, fill, fresh, prove, rows_of, unfinished, without_live
from workshop.store.file import OPTIONS, migrate, open_file, read_identity

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
_OF_A_WORKSHOP = (("workshops", "id"), ("rounds", "workshop"), ("published", "workshop"))


def restore(backup: Path, database: Path, *, over: bool) -> Kept:
    """Replaces the whole database, or nothing of it.

    Raises Conflict where one is there and may not be replaced, StoreRefused where a server has it open, Invalid
    for a file that is no backup or a damaged one.
    """
    tables, database = read_backup(backup), database.resolve()
    if backup.resolve() == database:
        raise Conflict("same_file", f"{database} is the backup itself. Set BOTHAND_DATABASE to another file.")
    if database.exists() and not over:
        raise Conflict("exists", f"There is a database at {database} already. Restoring replaces all of it: "
                                 "add --replace if that is what you want, or set BOTHAND_DATABASE to another file.")
    make_folder(database.parent)
    with _held(database) as here:
        unread = here is None and database.exists()
        kept = _without(tables, _forgotten_here(here, tables))
        with unfinished(database) as part:
            with fresh(part) as connection:
                fill(connection, kept)
            prove(part, kept)
            if here is not None:
                here.close()
            database.with_name(f"{database.name}.wal").unlink(missing_ok=True)
            sync_folder(database.parent)  # gone for good first: beside the other file it would be taken for its log
    return Kept(len(kept["workshops"]), len(tables["workshops"]) - len(kept["workshops"]), unread)


def read_backup(path: Path) -> Tables:
    """Raises Missing or Invalid with a sentence for a file that is no backup of ours."""
    if not path.is_file():
        raise Missing("no_file", f"There is no file {path}.")
    try:
        with duckdb.connect(str(path), read_only=True, config=OPTIONS) as connection:
            _fits(connection, path)
            tables = {name: rows_of(connection, name) for name in KEPT}
        if not _consistent(tables):
            raise _no_backup(path)
        # Once more without what is live: a backup that somebody has started as a database holds a room.
        return without_live(tables, time.time())
    except (duckdb.Error, pa.ArrowException, *UNREADABLE) as error:
        raise _no_backup(path) from error


def _fits(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raises Invalid for a file that is of a newer version, or whose tables are not those of this one."""
    names = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
    if not names >= {*KEPT, "backup", "schema_version"}:
        raise _no_backup(path)
    with duckdb.connect(":memory:", config=OPTIONS) as own:
        migrate(own, path)
        newest, found = (one.execute("select max(version) from schema_version").fetchall()[0][0]
                         for one in (own, connection))
        if found > newest:
            raise Invalid("backup_newer", f"The backup {path} was made by a newer version of Bothand. "
                                          "Use that version to restore it.")
        if _columns(own) != _columns(connection):
            raise _no_backup(path)


def _columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, ...]]:
    return connection.execute("select table_name, column_name, data_type from duckdb_columns()"
                              " where list_contains(?, table_name) order by all", [list(KEPT)]).fetchall()


def _consistent(tables: Tables) -> bool:
    """One identity; no number, code or round twice; no round or table of a workshop that is not there."""
    ids, codes = (tables["workshops"][name].to_pylist() for name in ("id", "code"))
    rounds = list(zip(*(tables["rounds"][name].to_pylist() for name in ("workshop", "round")), strict=True))
    owners = {*tables["rounds"]["workshop"].to_pylist(), *tables["published"]["workshop"].to_pylist()}
    return (len(tables["identity"]) == 1 and owners <= {*ids}
            and all(len(many) == len({*many}) for many in (ids, codes, rounds)))


def identity_of(database: Path) -> str | None:
    """Which database is at this path, or None where none can be read. Raises StoreRefused where it is held."""
    with _held(database) as connection:
        return None if connection is None else read_identity(connection)


def _no_backup(path: Path) -> Invalid:
    return Invalid("no_backup", f"{path} is not a backup of Bothand, or it is damaged. Nothing was changed.")


@contextmanager
def _held(database: Path) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """The database that is to be replaced, held against any server; None where there is none that can be read."""
    connection = _open_if_whole(database.resolve())
    try:
        yield connection
    finally:
        if connection is not None:
            connection.close()


def _open_if_whole(database: Path) -> duckdb.DuckDBPyConnection | None:
    if not database.exists():
        return None
    try:
        return open_file(database)
    except StoreRefused as refused:
        if refused.code == "database_damaged":
            return None
        raise


def _forgotten_here(here: duckdb.DuckDBPyConnection | None, tables: Tables) -> set[int]:
    """The numbers that this database has forgotten, where the backup is one of its own: in another's, the same
    numbers are other workshops."""
    if here is None or tables["identity"]["id"].to_pylist() != [read_identity(here)]:
        return set()
    return set(rows_of(here, "forgotten")["id"].to_pylist())


def _without(tables: Tables, gone: set[int]) -> Tables:
    """The tables without the workshops that are forgotten here, or were when the backup was made."""
    ids = gone | set(tables["forgotten"]["id"].to_pylist())
    numbers = [{"id": id, "rewritten": True} for id in sorted(ids)]
    return {**tables, "forgotten": pa.Table.from_pylist(numbers, schema=tables["forgotten"].schema)} | {
        name: tables[name].filter(pa.array([id not in ids for id in tables[name][column].to_pylist()], pa.bool_()))
        for name, column in _OF_A_WORKSHOP}
