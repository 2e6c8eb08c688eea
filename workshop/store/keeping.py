"""Backup and restore by hand, with no server running: the database, and the keys that belonged to it."""

import time
from pathlib import Path

from workshop.settings import Settings
from workshop.store.backup import Kept, back_up_file
from workshop.store.restoring import identity_of, read_backup, restore
from workshop.vault import OWNER, Vault


def back_up(settings: Settings, target: Path) -> Kept:
    """Raises StoreRefused where a server has the database open."""
    return back_up_file(settings.database, target, time.time())


def restore_from(settings: Settings, backup: Path, *, over: bool) -> Kept:
    """The database anew. Keys of the one that is replaced are destroyed: nothing that they locked is left.

    Raises Unavailable, before anything is changed, where the keys belong to yet another database.
    """
    anew = read_backup(backup)["identity"]["id"].to_pylist()
    before = identity_of(settings.database)
    vault = Vault(settings.keys)
    vault.claim(before or anew[0])
    kept = restore(backup, settings.database, over=over)
    vault.keep_only(set())
    (settings.keys / OWNER).unlink(missing_ok=True)
    vault.claim(identity_of(settings.database) or anew[0])
    return kept
