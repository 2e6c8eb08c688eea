"""Open files and the folder of the database, looked at before anybody is in the room."""

import errno
import tempfile
from pathlib import Path

from workshop.errors import Unavailable

WANTED = 16384  # every phone holds one stream, and a send now and then
ENOUGH = 4096  # a full workshop of 2,000 phones


def raise_limit() -> int | None:
    """How many files and connections this process may now hold open; None where the system sets no such limit."""
    try:
        import resource  # not on Windows
    except ImportError:
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return None
    most = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if most > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return max(soft, most)


def prove_writable(folder: Path) -> None:
    """Makes the folder where needed and writes a little into it; raises Unavailable with the reason in words."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(64 * 1024))
            probe.flush()
    except OSError as error:
        raise Unavailable("folder", in_words(error, folder)) from None


def in_words(error: OSError, folder: Path) -> str:
    """What is wrong with the folder, and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full: nothing more can be written in {folder}. Make room, then start again."
    return (f"Bothand cannot write in {folder} ({error.strerror}). Give yourself the right to write there, "
            "or name another place in BOTHAND_DATABASE.")
