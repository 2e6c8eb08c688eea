"""Rewriting the file: deleted bytes stay in a DuckDB file, so what was forgotten goes by copying the rest."""

from __future__ import annotations

from pathlib import Path

import duckdb

from workshop.durable import sync_folder
from workshop.settings import owner_only
from workshop.store.file import OPTIONS, migrate


def rewriting_due(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the file may still hold bytes of a forgotten workshop."""
    return bool(connection.execute("select count(*) from forgotten where not rewritten").fetchall()[0][0])


def rewrite_file(path: Path) -> None:
    """Copies every table through Arrow into a fresh file and swaps it in. The file must not be open anywhere."""
    fresh = path.with_name(f"{path.name}.rewriting")
    _remove(fresh)
    try:
        with owner_only():
            _copy(path, fresh)
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)  # all of it is in the file by now
        sync_folder(path.parent)  # gone for good first: beside the other file it would be taken for its log
        fresh.replace(path)
        sync_folder(path.parent)
    finally:
        _remove(fresh)


def _copy(path: Path, fresh: Path) -> None:
    with duckdb.connect(str(path), config=OPTIONS) as old, duckdb.connect(str(fresh), config=OPTIONS) as young:
        migrate(young, fresh)
        names = old.execute("select table_name from duckdb_tables() where table_name <> 'schema_version'").fetchall()
        for (name,) in names:
            young.register("given", old.execute(f'select * from "{name}"').to_arrow_table())
            young.execute(f'delete from "{name}"')
            young.execute(f'insert into "{name}" select * from given')
            young.unregister("given")
        young.execute("update forgotten set rewritten = true")
        young.execute("checkpoint")
        old.execute("checkpoint")


def _remove(fresh: Path) -> None:
    for path in (fresh, fresh.with_name(f"{fresh.name}.wal")):
        path.unlink(missing_ok=True)
