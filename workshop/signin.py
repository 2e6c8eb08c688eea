"""Who may use the console: a key for scripts, one-time links for people, a list of signed-in browsers."""

import hashlib
import hmac
import json
import logging
import re
import secrets
import threading
import time
from asyncio import AbstractEventLoop, Event, get_running_loop
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workshop.durable import make_folder, sync_folder, write_whole
from workshop.errors import Invalid
from workshop.settings import DATA, PASSPHRASE, Settings

LOG = logging.getLogger("bothand")
COOKIE = "bothand_console"
HOST_ONLY = "__Host-"  # what browsers take over TLS only, and from this host alone
KEY_FILE = "facilitator.key"
LIST_FILE = "consoles.json"
KEY_BYTES, SHORTEST_KEY = 16, 16  # of the bytes that are drawn, of the letters that are read
LINK_SECONDS = 600
SHORTEST, LONGEST = 15, 1_000  # characters of a passphrase
COST, BLOCK, LANES = 2**15, 8, 1  # of scrypt: 32 MiB and about a tenth of a second for each try
SCRYPT_MEMORY = 64 * 1024 * 1024
OF_THE_HOUSE = ("bothand", "workshop", "facilitator", "facilitate", "console", "balance", "interdependence",
                "independence", "dependence", "passphrase", "password", "secret", "welcome", "admin", "host", "room",
                "both", "and", "the", "our", "my", "is")
FEWEST_OTHER = 8  # letters of a passphrase beside these words
SIGNED_IN_SECONDS = 30 * 86_400


@dataclass(frozen=True)
class Console:
    """A signed-in browser, by what tells it from another: when it was first and last here since this process began.

    `id` names it to `end` and opens nothing.
    """

    id: str
    first: float
    last: float
    own: bool


def kept(passphrase: str) -> str:
    """The line to set as BOTHAND_PASSPHRASE: scrypt of it, with a salt of its own.

    Raises Invalid for a short one, and for one that is easily guessed.
    """
    if not SHORTEST <= len(passphrase) <= LONGEST:
        raise Invalid("passphrase", f"The passphrase has {len(passphrase)} characters. Take {SHORTEST} or more: four "
                                    "or five words that do not belong together are good.")
    if guessable(passphrase):
        raise Invalid("passphrase", "This is one of the first that somebody would try who guesses. Take four or five "
                                    "words that do not belong together, and none of this program.")
    salt = secrets.token_bytes(KEY_BYTES)
    derived = _derived(passphrase, salt, COST, BLOCK, LANES)
    return f"scrypt:{COST}:{BLOCK}:{LANES}:{b64encode(salt).decode()}:{b64encode(derived).decode()}"


def guessable(passphrase: str) -> bool:
    """Whether it is a common one, or made of nothing but what everybody who knows the product would think of."""
    lower = passphrase.casefold()
    other = re.sub("|".join(OF_THE_HOUSE), "", lower)
    return lower in _common() or (other != lower and sum(map(str.isalpha, other)) < FEWEST_OTHER)


@cache
def _common() -> frozenset[str]:
    lines = (DATA / "passphrases.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def fits(passphrase: str, line: str) -> bool:
    """Whether the line was made of it, exactly as typed; compared in constant time."""
    found = PASSPHRASE.fullmatch(line)
    if found is None or len(passphrase) > LONGEST:
        return False
    cost, block, lanes = (int(number) for number in found.group(1, 2, 3))
    return hmac.compare_digest(_derived(passphrase, b64decode(found[4]), cost, block, lanes), b64decode(found[5]))


def _derived(passphrase: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    return hashlib.scrypt(passphrase.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=SCRYPT_MEMORY, dklen=32)


def session_of(cookies: Mapping[str, str]) -> str | None:
    """What a browser brings as its session, under the name that it was given."""
    return cookies.get(f"{HOST_ONLY}{COOKIE}") or cookies.get(COOKIE)


def facilitator_key(settings: Settings) -> str:
    """The key from the settings, or the one kept beside the database, made at the first call; owner only."""
    if settings.facilitator_key:
        return settings.facilitator_key
    path = settings.database.parent / KEY_FILE
    key = _written_key(path)
    if len(key) < SHORTEST_KEY:
        key = secrets.token_urlsafe(KEY_BYTES)
        make_folder(path.parent)
        write_whole(path, f"{key}\n".encode())
    return key


def _written_key(path: Path) -> str:
    """Empty where there is none, or where what is left of one is no text."""
    try:
        key = path.read_text("ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
    return key if key.isprintable() else ""


class Signin:
    """One-time links live in memory; the list of signed-in browsers outlives a restart, as hashes, owner only."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._path = settings.keys / LIST_FILE
        self._key = facilitator_key(settings)
        self._once: dict[str, float | None] = {}
        self._lock = threading.Lock()
        self._idle_seconds = None if settings.idle_minutes is None else 60.0 * settings.idle_minutes
        self._seen: dict[str, tuple[float, float]] = {}
        self._watchers: dict[str, set[tuple[AbstractEventLoop, Event]]] = {}
        self._consoles = self._read()
        self._passing: set[str] = set()

    @property
    def key(self) -> str:
        """The facilitator's key."""
        return self._key

    def key_fits(self, key: str) -> bool:
        """Compared in constant time."""
        return hmac.compare_digest(key.encode(), self._key.encode())

    def one_time(self, seconds: float | None = LINK_SECONDS) -> str:
        """The path of a link that signs one browser in, once, within so many seconds; None: until it is used."""
        once = secrets.token_urlsafe(KEY_BYTES)
        with self._lock:
            self._once[_hash(once)] = None if seconds is None else self._clock() + seconds
        return f"/sign-in/{once}"

    def good(self, once: str) -> bool:
        """Whether a link could still be redeemed."""
        with self._lock:
            until = self._once.get(_hash(once), 0.0)
        return until is None or self._clock() <= until

    def redeem(self, once: str, seconds: float = SIGNED_IN_SECONDS) -> str | None:
        """A fresh session of so many seconds, or None where the link was used, is too old or unknown."""
        with self._lock:
            if _hash(once) not in self._once:
                return None
            until = self._once.pop(_hash(once))
            if until is not None and self._clock() > until:
                return None
            return self._fresh_session(seconds)

    def admit(self, seconds: float, *, outlives: bool = True) -> str:
        """A fresh session for somebody who has shown another proof than a link; it may end with this process."""
        with self._lock:
            return self._fresh_session(seconds, outlives=outlives)

    def _fresh_session(self, seconds: float, *, outlives: bool = True) -> str:
        session = secrets.token_urlsafe(2 * KEY_BYTES)
        self._consoles[_hash(session)] = self._clock() + seconds
        if not outlives:
            self._passing.add(_hash(session))
        self._keep()
        return session

    def valid(self, session: str | None) -> bool:
        """Whether this browser is on the list right now, and was here lately where that is asked; ask on every run."""
        hashed, now = _hash(session or ""), self._clock()
        if self._consoles.get(hashed, 0.0) <= now:
            return False
        first, last = self._seen.get(hashed, (now, now))
        if self._idle_seconds is not None and now - last > self._idle_seconds:
            return False
        self._seen[hashed] = first, now
        return True

    def consoles(self, own: str | None) -> tuple[Console, ...]:
        """All that are signed in, the asking browser's own one first, then by when they were last here."""
        now, hashed = self._clock(), _hash(own or "")
        found = [Console(id, *self._seen.get(id, (now, now)), own=id == hashed)
                 for id, until in tuple(self._consoles.items()) if until > now]
        return tuple(sorted(found, key=lambda one: (not one.own, -one.last)))

    def end(self, id: str) -> None:
        """Takes one console off the list, and ends what it has open."""
        with self._lock:
            self._consoles.pop(id, None)
            self._seen.pop(id, None)
            self._passing.discard(id)
            self._keep()
        self._end(id)

    def sign_out(self, session: str) -> None:
        """The same for the browser that holds this session."""
        self.end(_hash(session))

    def sign_out_everywhere(self) -> None:
        """Takes every browser off the list, ends what they have open, and no link that is out works any more."""
        with self._lock:
            gone = tuple(self._consoles)
            self._consoles.clear()
            self._seen.clear()
            self._passing.clear()
            self._once.clear()
            self._keep()
        for session in gone:
            self._end(session)

    @contextmanager
    def until_signed_out(self, session: str | None) -> Iterator[Event]:
        """Set, on the running event loop, once this browser is off the list."""
        watcher = (get_running_loop(), Event())
        with self._lock:
            self._watchers.setdefault(_hash(session or ""), set()).add(watcher)
        try:
            yield watcher[1]
        finally:
            with self._lock:
                watchers = self._watchers.get(_hash(session or ""), set())
                watchers.discard(watcher)
                if not watchers:
                    self._watchers.pop(_hash(session or ""), None)

    def _end(self, hashed: str) -> None:
        with self._lock:
            watchers = tuple(self._watchers.get(hashed, ()))
        for loop, event in watchers:
            loop.call_soon_threadsafe(event.set)

    def _read(self) -> dict[str, float]:
        try:
            found = json.loads(self._path.read_text("ascii")).items()
            return {str(name): float(until) for name, until in found if float(until) > self._clock()}
        except (FileNotFoundError, ValueError, TypeError, AttributeError):
            return {}

    def _keep(self) -> None:
        lasting = {name: until for name, until in self._consoles.items() if name not in self._passing}
        try:
            make_folder(self._path.parent, 0o700)
            write_whole(self._path, json.dumps(lasting).encode(), part=self._path.with_suffix(".part-json"))
        except OSError:
            self._drop_list()

    def _drop_list(self) -> None:
        """Without room for the new list the old one may not stay: whoever was signed out would be back by it."""
        LOG.warning("the list of signed-in browsers could not be written; everybody signs in anew after a restart")
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
            sync_folder(self._path.parent)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
