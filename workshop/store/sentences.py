"""What a person reads when the store cannot do its work."""

import errno

import duckdb

from workshop.errors import Unavailable


def plain(error: Exception) -> Exception:
    """What went wrong in the database as a sentence for a person; other errors as they are."""
    if not isinstance(error, duckdb.Error | OSError):
        return error
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _full()
    text = str(error).lower()
    if "no space" in text or "disk is full" in text or "file too large" in text:
        return _full()
    if "corrupt" in text or "checksum" in text:
        return Unavailable("database_damaged", "The database on the host's laptop is damaged, so this cannot be done. "
                                               "Please tell the host to stop Bothand and to start it again: "
                                               "it then says what can be done.")
    return Unavailable("store_failed", "The host's laptop could not save this. Nothing was changed; "
                                       "please try again in a moment.")


def _full() -> Unavailable:
    return Unavailable("disk_full", "The disk of the host's laptop is full, so nothing was saved. "
                                    "Free some room; then it is sent again by itself.")


def stopping() -> Unavailable:
    """For whatever arrives while the process ends."""
    return Unavailable("stopping", "Bothand is being stopped on the host's laptop, so nothing was saved. "
                                   "Once it runs again, it is sent by itself.")


def gone() -> Unavailable:
    """For whatever arrives once somebody has moved or deleted the file under the running program."""
    return Unavailable("database_gone", "The database on the host's laptop was moved or deleted while Bothand runs, so "
                                        "nothing was saved. Please tell the host to put it back, or to stop Bothand "
                                        "and to start it again.")
