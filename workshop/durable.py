"""What has to be on the disk before anybody is told of it, also if the power fails in the next moment.

A file that is synced may still be lost by its name: that stays for sure once its folder is synced too.
"""

import os
from contextlib import suppress
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """The names in it are durable when this returns; where folders cannot be synced, nothing happens."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """It and those above it, as far as they are missing; durable when this returns."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=mode, exist_ok=True)
    sync_folder(folder.parent)


def write_whole(path: Path, content: bytes, *, part: Path | None = None, mode: int = 0o600) -> None:
    """Durable under its name when this returns; where it raises OSError the name holds what it held before.

    `part` is what it is called until it is whole; of that nothing is left.
    """
    part = part or path.with_suffix(".part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(part, flags, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise
    sync_folder(path.parent)
