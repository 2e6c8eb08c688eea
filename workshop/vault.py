"""The key of each open collection: made, used, destroyed.

One file a key, in a folder that only its owner may read, outside the database. A key is durable on disk
before anything is locked with it, and overwritten before it is unlinked. Its file ends with a check, so that
a damaged key is known for one.
"""

import hashlib
import hmac
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from workshop.durable import make_folder, sync_folder, write_whole
from workshop.errors import Unavailable

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
CHECK_BYTES = 8
OWNER = "owner"
FOREIGN = ("The keys in {folder} belong to another database. Set BOTHAND_DATABASE to the file they belong to, or "
           "BOTHAND_KEYS to another folder. If that file is lost for good, move this folder away: what its keys locked "
           "cannot be read without it.")
NAME = re.compile(r"[a-z0-9-]{1,80}")
# Other files may lie in the folder, somebody's TLS key for one: what is not named like ours is never touched.
OURS = re.compile(r"(entries|secret|veil)-[a-z0-9-]{1,60}")


class Damaged(Unavailable):
    """A locked entry does not open: its bytes or its key were changed outside the product."""


class Vault:
    """The key files of one folder. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keys: dict[str, bytes] = {}
        self._lock = Lock()
        make_folder(folder, 0o700)
        folder.chmod(0o700)

    def claim(self, owner: str) -> None:
        """Writes down which database these keys belong to. Raises Unavailable where they are another one's: its
        keys would all be destroyed as ones that nothing needs."""
        path, signed = self._folder / OWNER, _signed(owner)
        known = path.read_bytes() if path.exists() else b""
        if known == signed:
            return
        if known and known == _signed(known[CHECK_BYTES:].decode("utf-8", "replace")):
            raise Unavailable("foreign_keys", FOREIGN.format(folder=self._folder))
        write_whole(path, signed)

    def disclaim(self) -> None:
        """They are whose database comes next."""
        (self._folder / OWNER).unlink(missing_ok=True)
        sync_folder(self._folder)

    def make(self, name: str) -> str:
        """A fresh random key of that name (lower case, digits, hyphens), durable on disk when this returns."""
        key = secrets.token_bytes(KEY_BYTES)
        write_whole(self._path(name), key + _check(name, key))
        with self._lock:
            self._keys[name] = key
        return name

    def holds(self, name: str) -> bool:
        """Whether this key is here and whole."""
        return self._key(name) is not None

    def names(self) -> tuple[str, ...]:
        """The names of all keys on disk, sorted."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.key") if OURS.fullmatch(path.stem)))

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
        """Overwritten, unlinked and forgotten; nothing happens where there is none. Raises OSError where the disk
        refuses: the duties find it again among the keys that nothing names."""
        path = self._path(name)
        self._drop(name)
        try:
            with suppress(FileNotFoundError):
                _overwrite(path)
                path.unlink()
                sync_folder(self._folder)
        finally:
            self._drop(name)  # somebody may have read the file again meanwhile

    def keep_only(self, names: set[str]) -> tuple[str, ...]:
        """Destroys every other key, and half-written ones; returns the names that went."""
        for part in self._folder.glob("*.part"):
            if OURS.fullmatch(part.stem):
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
                    written = self._path(name).read_bytes()
                    key = written[:KEY_BYTES]
                    if written == key + _check(name, key):
                        self._keys[name] = key
            return self._keys.get(name)

    def _drop(self, name: str) -> None:
        with self._lock:
            self._keys.pop(name, None)

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise ValueError(f"not a key name: {name!r}")
        return self._folder / f"{name}.key"


def _check(name: str, key: bytes) -> bytes:
    return hashlib.sha256(b"key\0" + name.encode() + b"\0" + key).digest()[:CHECK_BYTES]


def _signed(owner: str) -> bytes:
    return _check(OWNER, owner.encode()) + owner.encode()


def _overwrite(path: Path) -> None:
    """As far as the disk lets us; a key that cannot be overwritten is still unlinked."""
    with suppress(OSError), path.open("r+b") as file:
        file.write(secrets.token_bytes(KEY_BYTES + CHECK_BYTES))
        file.flush()
        os.fsync(file.fileno())
