"""The moments at which a process may die: between the steps of making a key, committing, destroying a key."""

from collections.abc import Callable
from typing import Any

from workshop import vault
from workshop.store import duckdb, rewriting

Watch = Callable[[str], None]


def watched(watch: Watch) -> None:
    """Has every moment of this process told, by a name like "commit done", just when it is reached."""
    _keys(watch)
    _commits(watch)
    _rewriting(watch)


def _keys(watch: Watch) -> None:
    whole, over, make, destroy = vault.write_whole, vault._overwrite, vault.Vault.make, vault.Vault.destroy

    def written(path, content):
        watch("key to be written")
        whole(path, content)

    def made(self, name):
        make(self, name)
        watch("key durable")
        return name

    def overwritten(path):
        watch("key to be destroyed")
        over(path)
        watch("key overwritten")

    def destroyed(self, name):
        destroy(self, name)
        watch("key destroyed")

    vault.write_whole, vault._overwrite = written, overwritten
    vault.Vault.make, vault.Vault.destroy = made, destroyed


class _Connection:
    """A database connection whose commits are moments."""

    def __init__(self, real: Any, watch: Watch) -> None:
        self._real = real
        self._watch = watch

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def commit(self) -> None:
        self._watch("to be committed")
        self._real.commit()
        self._watch("committed")


def _commits(watch: Watch) -> None:
    plain = duckdb.open_file
    duckdb.open_file = lambda path: _Connection(plain(path), watch)


def _rewriting(watch: Watch) -> None:
    copy, rewrite = rewriting._copy, rewriting.rewrite_file

    def copied(path, fresh):
        watch("file to be copied")
        copy(path, fresh)
        watch("file copied")

    def rewritten(path):
        rewrite(path)
        watch("file swapped in")

    rewriting._copy, duckdb.rewrite_file = copied, rewritten
