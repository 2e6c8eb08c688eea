"""The key of each open collection: made, used, destroyed.

One file a key, in a folder that only its owner may read, outside the database. A key is durable on disk
before anything is locked with it, and overwritten before it is unlinked.
"""

import hashlib
import hmac
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from workshop.errors import Unavailable

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
NAME = re.compile(r"[a-z0-9-]{1,80}")


class Damaged(Unavailable):
    """A locked entry does not open: its bytes or its key were changed outside the product."""


class Vault:
    """The key files of one folder. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keys: dict[str, bytes] = {}
        self._lock = Lock()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)

    def make(self, name: str) -> str:
        """A fresh random key of that name (lower case, digits, hyphens), durable on disk when this returns."""
        key = secrets.token_bytes(KEY_BYTES)
        path = self._path(name)
        part = path.with_suffix(".part")
        with _owner_only(part) as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(self._folder)
        with self._lock:
            self._keys[name] = key
        return name

    def holds(self, name: str) -> bool:
        """Whether this key is here and whole."""
        return self._key(name) is not None

    def names(self) -> tuple[str, ...]:
        """The names of all keys on disk, sorted."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.key")))

    def lock(self, name: str, plain: bytes, bound: bytes) -> bytes:
        """Encrypted and authenticated together with `bound`, which is not kept. Raises Damaged without a key."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._needed(name)).encrypt(nonce, plain, bound)

    def unlock(self, name: str, locked: bytes, bound: bytes) -> bytes:
        """The inverse of lock. Raises Damaged where bytes, key or `bound` differ."""
        try:
            return AESGCM(self._needed(name)).decrypt(locked[:NONCE_BYTES], locked[NONCE_BYTES:], bound)
        except InvalidTag as error:
            raise Damaged("damaged", "An entry in the database was changed outside the product and is left out. "
                                     "Restore the newest backup if this goes on.") from error

    def tag(self, name: str, token: str) -> bytes:
        """HMAC-SHA256 of a cookie token under a secret, 16 bytes."""
        return hmac.new(self._needed(name), token.encode(), hashlib.sha256).digest()[:TAG_BYTES]

    def destroy(self, name: str) -> None:
        """Overwritten, unlinked and forgotten; nothing happens where there is none."""
        path = self._path(name)
        with self._lock:
            self._keys.pop(name, None)
        with suppress(FileNotFoundError):
            with path.open("r+b") as file:
                file.write(secrets.token_bytes(KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            _sync_folder(self._folder)

    def keep_only(self, names: set[str]) -> tuple[str, ...]:
        """Destroys every other key, and half-written ones; returns the names that went."""
        for part in self._folder.glob("*.part"):
            part.unlink()
        gone = tuple(name for name in self.names() if name not in names)
        for name in gone:
            self.destroy(name)
        return gone

    def _needed(self, name: str) -> bytes:
        key = self._key(name)
        if key is None:
            raise Damaged("key_missing", "A key file of this workshop is missing, so what it locked cannot be read.")
        return key

    def _key(self, name: str) -> bytes | None:
        with self._lock:
            if name not in self._keys:
                with suppress(FileNotFoundError):
                    key = self._path(name).read_bytes()
                    if len(key) == KEY_BYTES:
                        self._keys[name] = key
            return self._keys.get(name)

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise ValueError(f"not a key name: {name!r}")
        return self._folder / f"{name}.key"


def _owner_only(path: Path) -> BinaryIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
