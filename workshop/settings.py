"""The documented settings, read from the environment once at start."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from workshop.errors import Invalid

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
OWNER_ONLY = 0o077  # as a umask
ARCHIVE_MONTHS, LEAST_MONTHS, MOST_MONTHS = 24, 1, 120
PASSPHRASE = re.compile(r"scrypt:(\d{4,7}):(\d{1,2}):(\d{1,2}):([A-Za-z0-9+/=]{22,44}):([A-Za-z0-9+/=]{44})")


@dataclass(frozen=True)
class Settings:
    """Where the installation keeps its things and how it is reached.

    `database` is a path; `keys` a folder for key files; `public_url` has no trailing slash;
    `facilitator_key` None means a fresh one kept beside the database; `passphrase` is what scrypt made of one, None
    means that only links sign in; `port` 1 to 65535; `archive_months` 1 to 120, after which a sealed workshop is
    forgotten.
    """

    database: Path = DATA / "local" / "bothand.duckdb"
    keys: Path = DATA / "local" / "keys"
    public_url: str | None = None
    facilitator_key: str | None = None
    passphrase: str | None = None
    port: int = 8501
    host: str = ""
    archive_months: int = ARCHIVE_MONTHS
    open_browser: bool = False
    tls_cert: Path | None = None
    tls_key: Path | None = None


@contextmanager
def owner_only() -> Iterator[None]:
    """Files and folders that are made meanwhile are their owner's alone."""
    before = os.umask(OWNER_ONLY)
    try:
        yield
    finally:
        os.umask(before)


def screen_present(environ: Mapping[str, str]) -> bool:
    """Whether a browser window could open here."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Raises Invalid, naming the variable and the mend, where a setting cannot be used."""
    database = Path(_database(environ.get("BOTHAND_DATABASE", ""))).expanduser().resolve()
    keys = environ.get("BOTHAND_KEYS", "")
    return Settings(
        database=database,
        keys=Path(keys).expanduser().resolve() if keys else database.parent / "keys",
        public_url=_public_url(environ.get("BOTHAND_PUBLIC_URL", "")),
        facilitator_key=_facilitator_key(environ.get("BOTHAND_FACILITATOR_KEY", "")),
        passphrase=_passphrase(environ.get("BOTHAND_PASSPHRASE", "")),
        port=_port(environ.get("BOTHAND_PORT", "")),
        host=environ.get("BOTHAND_HOST", ""),
        archive_months=_archive_months(environ.get("BOTHAND_ARCHIVE_MONTHS", "")),
        open_browser=_flag(environ, "BOTHAND_OPEN_BROWSER", screen_present(environ)),
        tls_cert=_file(environ, "BOTHAND_TLS_CERT"),
        tls_key=_file(environ, "BOTHAND_TLS_KEY"),
    )


def _database(text: str) -> str:
    if text.startswith(("postgresql://", "postgres://")):
        raise Invalid("setting", "BOTHAND_DATABASE names PostgreSQL, which this version cannot use yet. "
                                 "Set it to a path, or leave it out.")
    return text or str(DATA / "local" / "bothand.duckdb")


def _public_url(text: str) -> str | None:
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/") or parts.query:
        raise Invalid("setting", f"BOTHAND_PUBLIC_URL is {text!r}; it must look like https://workshop.example.org, "
                                 "without a path.")
    return f"{parts.scheme}://{parts.netloc}"


def _facilitator_key(text: str) -> str | None:
    if text and len(text) < 16:
        raise Invalid("setting", "BOTHAND_FACILITATOR_KEY is shorter than 16 characters. Choose a longer one, "
                                 "or leave it out and a fresh one is made.")
    return text or None


def _passphrase(text: str) -> str | None:
    if text and not PASSPHRASE.fullmatch(text):
        raise Invalid("setting", "BOTHAND_PASSPHRASE is not a line that “python -m workshop passphrase” has made. "
                                 "Run that, and set the whole line.")
    return text or None


def _port(text: str) -> int:
    if not text:
        return 8501
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Invalid("setting", f"BOTHAND_PORT is {text!r}; it must be a number from 1 to 65535.")
    return int(text)


def _archive_months(text: str) -> int:
    if not text:
        return ARCHIVE_MONTHS
    if not text.isascii() or not text.isdigit() or not LEAST_MONTHS <= int(text[:9]) <= MOST_MONTHS:
        raise Invalid("setting", f"BOTHAND_ARCHIVE_MONTHS is {text!r}; it must be a number of months from "
                                 f"{LEAST_MONTHS} to {MOST_MONTHS}.")
    return int(text)


def _flag(environ: Mapping[str, str], name: str, default: bool) -> bool:
    text = environ.get(name, "").lower()
    if text in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return default if not text else text in ("1", "true", "yes", "on")
    raise Invalid("setting", f"{name} is {text!r}; write 1 or 0.")


def _file(environ: Mapping[str, str], name: str) -> Path | None:
    text = environ.get(name, "")
    if not text:
        return None
    path = Path(text).expanduser().resolve()
    if not path.is_file():
        raise Invalid("setting", f"{name} is {text!r}; there is no such file.")
    return path
