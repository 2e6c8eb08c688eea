"""How long the log was when the last change was acknowledged, and its hash, so that a log that has lost or changed
bytes since is known for it.

DuckDB drops the torn end of its log without a word, and sometimes all that follows a changed byte. After a crash in
the middle of a write that is right: nobody was told that the change was kept. Whatever was acknowledged stands before
the length that is noted here. The note is synced once for each fresh log, before anybody is told of anything in it,
and not each time: after a power cut it may lag behind. Then less is asked for, never more.

A power cut may also leave the last write with a hole in it, and then DuckDB refuses all of the log. That write goes
where the note tells that nobody was told of it.
"""

import hashlib
import logging
import os
import re
from contextlib import suppress
from pathlib import Path

from workshop.durable import sync_folder

LOG = logging.getLogger("bothand")
HEAD = 16  # bytes of a record in front of the place that DuckDB names: its length and its checksum
BROKEN = re.compile(r"Corrupt WAL file: .* at byte position (\d+)")


def log_of(path: Path) -> Path:
    """The log beside a database."""
    return path.with_name(f"{path.name}.wal")


def note_of(path: Path) -> Path:
    """Where length and hash are kept."""
    return path.with_name(f"{path.name}.log-note")


def log_bytes(path: Path) -> int:
    """How long the log is now; 0 where there is none."""
    log = log_of(path)
    return log.stat().st_size if log.exists() else 0


class Witness:
    """Reads every byte of one database's log once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file, self._length, self._hash = "", 0, hashlib.sha256()
        self._open: int | None = None

    def note(self) -> None:
        """After every commit. A full disk loses the note, not the commit."""
        with suppress(OSError):
            file = _state(self._path)
            is_fresh = file != self._file or log_bytes(self._path) < self._length
            if is_fresh:
                sync_folder(self._path.parent)  # its name could be lost with all that is in it
                self._file, self._length, self._hash = file, 0, hashlib.sha256()
            fresh = _log(self._path, self._length)
            self._hash.update(fresh)
            self._length += len(fresh)
            note = self._note()
            os.lseek(note, 0, os.SEEK_SET)
            os.write(note, f"{file:>40} {self._length:>20} {self._hash.hexdigest()}".encode())
            if is_fresh:
                os.fsync(note)
                sync_folder(self._path.parent)

    def _note(self) -> int:
        """The open note. It is written over in place: to shorten it each time would make the disk wait."""
        if self._open is None or not os.fstat(self._open).st_nlink:
            self.close()
            self._open = os.open(note_of(self._path), os.O_WRONLY | os.O_CREAT, 0o600)
        return self._open

    def close(self) -> None:
        """Lets go of the note; the next commit would open it again."""
        if self._open is not None:
            os.close(self._open)
        self._open = None


def is_harmed(path: Path) -> bool:
    """Whether something that was acknowledged is no longer in the log. A note from before the log was last folded
    into the file says nothing."""
    length, digest = _noted(path)
    return length > 0 and hashlib.sha256(_log(path)[:length]).hexdigest() != digest


def without_broken_end(path: Path, complaint: str) -> bool:
    """Whether the log is whole again, since what DuckDB complains of was written after the last acknowledged change."""
    found = BROKEN.search(complaint)
    begins = int(found[1]) - HEAD if found else -1
    if not _noted(path)[0] <= begins < log_bytes(path):
        return False
    LOG.warning("the last write before the power went was not whole; nobody was told of it, and it is left out")
    with log_of(path).open("r+b") as log:
        log.truncate(begins)
        os.fsync(log.fileno())
    return True


def _noted(path: Path) -> tuple[int, str]:
    """The length of the log up to which it was acknowledged, and the hash of that; 0 where the note is of another."""
    with suppress(OSError, ValueError):
        file, length, digest = note_of(path).read_text("ascii").split()
        if file == _state(path):
            return int(length), digest
    return 0, ""


def _log(path: Path, start: int = 0) -> bytes:
    log = log_of(path)
    if not log.exists():
        return b""
    with log.open("rb") as file:
        file.seek(start)
        return file.read()


def _state(path: Path) -> str:
    """Another one whenever the log was folded into the file. Asked of the folder: to open and close the file here
    would give up the lock that DuckDB holds on it for this process."""
    file = path.stat()
    return f"{file.st_size}-{file.st_mtime_ns}"
