"""Backup and restore by hand, with no server running: the database, and the keys that belonged to it."""

import time
from pathlib import Path

from workshop.settings import Settings
from workshop.store.backup import Kept, back_up_file
from workshop.store.restoring import identity_of, read_backup, restore
from workshop.vault import Vault


def back_up(settings: Settings, target: Path) -> Kept:
    """Raises StoreRefused where a server has the database open."""
    return back_up_file(settings.database, target, time.time())


def restore_from(settings: Settings, backup: Path, *, over: bool) -> Kept:
    """The database anew. Keys of the one that is replaced are destroyed: nothing that they locked is left.

    Raises Unavailable, before anything is changed, where the keys belong to yet another database.
    """
    anew = read_backup(backup)["identity"]["id"].to_pylist()[0]
    before = identity_of(settings.database)
    vault = Vault(settings.keys)
    vault.claim(before or anew)
    # Whatever is there if the power fails in between takes the keys for its own, and sweeps those it does not need.
    vault.disclaim()
    try:
        kept = restore(backup, settings.database, over=over)
    except BaseException:
        vault.claim(before or anew)
        raise
    vault.keep_only(set())
    vault.claim(anew)
    return kept
