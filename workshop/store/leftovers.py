"""Copies that a killed process left beside the database: unfinished backups, restores and rewritings.

They hold titles and notes of workshops, and would keep what is forgotten later.
"""

import shutil
from contextlib import suppress
from pathlib import Path

UNSENT = ".backup-"  # folders of backups on their way to a browser


def sweep(database: Path) -> None:
    """Removes them; whoever asks holds the database, so nobody is making one."""
    name = database.name
    for pattern in (f"{name}.*.part", f"{name}.*.part.wal", f"{name}.rewriting", f"{name}.rewriting.wal"):
        for path in database.parent.glob(pattern):
            with suppress(OSError):
                path.unlink()
    for folder in database.parent.glob(f"{UNSENT}*"):
        shutil.rmtree(folder, ignore_errors=True)
