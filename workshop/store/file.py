"""The DuckDB file: opened with nothing that reaches outside it, brought to this version's schema."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import duckdb

from workshop.durable import make_folder, sync_folder
from workshop.settings import owner_only
from workshop.store import StoreRefused
from workshop.store.witness import is_harmed, log_of, note_of, without_broken_end

MIGRATIONS = Path(__file__).parent / "sql"
OPTIONS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "512MB", "threads": "1", "temp_directory": "",
    "autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
    # Never by itself: a checkpoint that fails inside a commit leaves open whether the commit holds.
    "checkpoint_threshold": "1TB",
}
LOG_HARMED = ("The database {path} is damaged and was left as it is: its log {log} has lost or changed bytes since the "
              "last answer was received. Restore the newest backup. To go on with what can still be read, delete the "
              "file {note} and start again.")


def open_file(path: Path) -> duckdb.DuckDBPyConnection:
    """An open, whole, migrated and locked-down connection. Raises StoreRefused with a sentence."""
    with owner_only():
        _make_folder(path.parent)
        if is_harmed(path):
            raise StoreRefused("database_damaged", LOG_HARMED.format(path=path, log=log_of(path), note=note_of(path)))
        connection = _connect(path)
    try:
        close_to_others(path)
        connection.execute("pragma disable_checkpoint_on_shutdown")  # a damaged file is to be left as it is
        _prove_whole(connection, path)
        connection.execute("pragma enable_checkpoint_on_shutdown")
        migrate(connection, path)
        sync_folder(path.parent)  # before any key is made that belongs to this database
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        connection.execute("select ?", [1])  # the first bound value imports pandas: at start, not at the first join
    except BaseException as error:
        connection.close()
        if isinstance(error, duckdb.Error):  # no room for the first tables, or a disk that fails
            raise StoreRefused(*_file_sentence(path, str(error))) from error
        raise
    return connection


def close_to_others(path: Path) -> None:
    """A database and its log are their owner's alone, whoever made them however long ago."""
    for file in (path, path.with_name(f"{path.name}.wal")):
        with suppress(FileNotFoundError):
            file.chmod(0o600)


def migrate(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Runs every numbered script that this file has not seen, each in one transaction."""
    connection.execute("create table if not exists schema_version (version integer)")
    version = connection.execute("select coalesce(max(version), 0) from schema_version").fetchall()[0][0]
    scripts = sorted(MIGRATIONS.glob("[0-9][0-9][0-9]_*.sql"))
    newest = int(scripts[-1].name[:3])
    if version > newest:
        raise StoreRefused("database_newer", f"The database {path} was made by a newer version of Bothand "
                                             f"(its schema is {version}, this one knows {newest}). "
                                             "Use that version, or set BOTHAND_DATABASE to another file.")
    for script in scripts[version:]:
        connection.begin()
        connection.execute(script.read_text("utf-8"))
        connection.execute("insert into schema_version values (?)", [int(script.name[:3])])
        connection.commit()


def _prove_whole(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Reads every byte once: damage is told now, and not when a round is closed."""
    try:
        names = connection.execute("select table_name from duckdb_tables()").fetchall()
        for (name,) in names:
            connection.execute(f'select bit_xor(hash(one)) from "{name}" as one').fetchall()
    except duckdb.Error as error:
        raise StoreRefused(*_file_sentence(path, str(error))) from error


def read_identity(connection: duckdb.DuckDBPyConnection) -> str:
    """Which database this is, whatever its file is called and wherever it is."""
    return str(connection.execute("select id from identity").fetchall()[0][0])


def _make_folder(folder: Path) -> None:
    try:
        make_folder(folder)
        probe = folder / ".bothand-probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise StoreRefused(*_folder_sentence(folder, error)) from error


def _folder_sentence(folder: Path, error: OSError) -> tuple[str, str]:
    if error.errno == 28:
        return "disk_full", f"The disk that holds {folder} is full. Free some room and start again."
    return "folder_not_writable", (f"The folder {folder} cannot be written to. Make it writable for you, "
                                   "or set BOTHAND_DATABASE to a file in another folder.")


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), config=OPTIONS)
    except duckdb.Error as error:
        if without_broken_end(path, str(error)):
            return _connect(path)
        raise StoreRefused(*_file_sentence(path, str(error))) from error


def _file_sentence(path: Path, text: str) -> tuple[str, str]:
    if re.search(r"could not set lock|conflicting lock|used by another process", text.lower()):
        who = re.search(r"PID (\d+)", text)
        return "database_held", (f"The database {path} is in use by another process"
                                 f"{f' (number {who[1]})' if who else ''}. Bothand may already be running: "
                                 "use that one, or stop it first.")
    if "space" in text.lower():
        return "disk_full", f"The disk that holds {path} is full. Free some room and start again."
    if re.search(r"fsync|input/output error", text.lower()):
        return "disk_failing", (f"The disk that holds {path} does not take what is written to it. Look after that "
                                "disk, or set BOTHAND_DATABASE to a file on another one.")
    if "permission" in text.lower():
        return "folder_not_writable", f"The database {path} cannot be written to. Make the file writable for you."
    if "newer" in text.lower() or "version number" in text.lower():
        return "database_newer", (f"The database {path} was written by a newer version of DuckDB. "
                                  "Use the version of Bothand that made it, or set BOTHAND_DATABASE to another file.")
    return "database_damaged", (f"The database {path} is damaged and was left as it is. Move it away and restore "
                                "the newest backup, or set BOTHAND_DATABASE to another file.")
