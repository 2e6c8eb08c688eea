"""The documented settings, read from the environment once at start."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from workshop.errors import Invalid

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
OWNER_ONLY = 0o077  # as a umask
ARCHIVE_MONTHS, LEAST_MONTHS, MOST_MONTHS = 24, 1, 120
MOST_IDLE = 43_200  # minutes: the thirty days that no session outlives
TOGETHER = ("BOTHAND_OIDC_ISSUER", "BOTHAND_OIDC_CLIENT_ID", "BOTHAND_OIDC_CLIENT_SECRET", "BOTHAND_OIDC_PEOPLE")
ADDRESSES = "BOTHAND_OIDC_TRUST_ADDRESSES"
DISCOVERY = "/.well-known/openid-configuration"
PASSPHRASE = re.compile(r"scrypt:(\d{4,7}):(\d{1,2}):(\d{1,2}):([A-Za-z0-9+/=]{22,44}):([A-Za-z0-9+/=]{44})")
# Letters that an address is really made of: nothing that only looks like another, and one "@".
PERSON = re.compile(r"[a-z0-9._%+'/&=~-]*@[a-z0-9-]+(\.[a-z0-9-]+)+|sub:\S+")


@dataclass(frozen=True)
class Organisation:
    """Whose word is taken for who somebody is, and whom of those it knows the console is for.

    `issuer` has no trailing slash; `people` are whole addresses, `@domain`s, both in lower case, and `sub:` with an
    identifier of the provider's. `trusts_addresses`: it says of no address whether that is verified, but gives them
    out itself.
    """

    issuer: str
    client_id: str
    people: frozenset[str]
    client_secret: str = field(default="", repr=False)
    trusts_addresses: bool = False

    @property
    def metadata(self) -> str:
        """Where the provider describes itself."""
        return self.issuer + DISCOVERY


@dataclass(frozen=True)
class Settings:
    """Where the installation keeps its things and how it is reached.

    `database` is a path; `keys` a folder for key files; `public_url` has no trailing slash;
    `facilitator_key` None means a fresh one kept beside the database; `passphrase` is what scrypt made of one, None
    means that only links sign in; `organisation` None means that none signs anybody in; `port` 1 to 65535;
    `archive_months` 1 to 120, after which a sealed workshop is forgotten.
    """

    database: Path = DATA / "local" / "bothand.duckdb"
    keys: Path = DATA / "local" / "keys"
    public_url: str | None = None
    facilitator_key: str | None = None
    passphrase: str | None = None
    organisation: Organisation | None = None
    port: int = 8501
    host: str = ""
    archive_months: int = ARCHIVE_MONTHS
    idle_minutes: int | None = None  # after which a signed-in browser that asks for nothing has to sign in again
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
    public_url = _public_url(environ.get("BOTHAND_PUBLIC_URL", ""))
    return Settings(
        database=database,
        keys=Path(keys).expanduser().resolve() if keys else database.parent / "keys",
        public_url=public_url,
        facilitator_key=_facilitator_key(environ.get("BOTHAND_FACILITATOR_KEY", "")),
        passphrase=_passphrase(environ.get("BOTHAND_PASSPHRASE", "")),
        organisation=_organisation(environ, public_url),
        port=_port(environ.get("BOTHAND_PORT", "")),
        host=environ.get("BOTHAND_HOST", ""),
        archive_months=_archive_months(environ.get("BOTHAND_ARCHIVE_MONTHS", "")),
        idle_minutes=_idle_minutes(environ.get("BOTHAND_IDLE_MINUTES", "")),
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


def _organisation(environ: Mapping[str, str], public_url: str | None) -> Organisation | None:
    found = {name: environ.get(name, "").strip() for name in TOGETHER}
    missing = [name for name, text in found.items() if not text]
    if len(missing) == len(found):
        return None
    if missing:
        raise Invalid("setting", f"{' and '.join(missing)} must be set too: sign-in with an organisation needs all of "
                                 f"{', '.join(TOGETHER)}. Set them, or none.")
    if not secure(public_url or ""):
        raise Invalid("setting", "Sign-in with an organisation needs BOTHAND_PUBLIC_URL, the https:// address to "
                                 "which it sends people back (http:// on this machine itself).")
    issuer, client, secret, people = found.values()
    return Organisation(_issuer(issuer), client, _people(people), secret, _flag(environ, ADDRESSES, default=False))


def _issuer(text: str) -> str:
    issuer = text.removesuffix(DISCOVERY).rstrip("/")
    if not secure(issuer) or urlsplit(issuer).query or urlsplit(issuer).fragment:
        raise Invalid("setting", f"BOTHAND_OIDC_ISSUER is {text!r}; it must look like https://login.example.org, the "
                                 "address before /.well-known/openid-configuration.")
    return issuer


def _people(text: str) -> frozenset[str]:
    people = [one if one.startswith("sub:") else one.lower() for one in re.split(r"[\s,;]+", text) if one]
    wrong = [one for one in people if not PERSON.fullmatch(one)] or ([] if people else [text])
    if wrong:
        raise Invalid("setting", f"BOTHAND_OIDC_PEOPLE names {wrong[0]!r}; write addresses (ada@example.org), whole "
                                 "domains (@example.org) or identifiers of the provider's (sub:248289761001).")
    return frozenset(people)


def secure(url: str) -> bool:
    """Whether what goes to this address cannot be read on its way: by TLS, or within this machine."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")))


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


def _idle_minutes(text: str) -> int | None:
    if text and (not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= MOST_IDLE):
        raise Invalid("setting", f"BOTHAND_IDLE_MINUTES is {text!r}; it must be a number of minutes from 1 to "
                                 f"{MOST_IDLE}, or left out.")
    return int(text) if text else None


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
