"""What Streamlit has found out about somebody, read from the cookies that it would have given their browser."""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from typing import Any

from workshop.process.invited import Claims

SESSION, USER, TOKENS = "_streamlit_session", "_streamlit_user", "_streamlit_user_tokens"
PIECES = b"chunks-"  # a cookie that would be too long, in several: how many, then each under its number
SIGNATURES = re.compile(r"(RS|PS|ES)(256|384|512)|EdDSA|Ed25519")  # by a key that only the provider has

Unsign = Callable[[str, str, str], bytes | None]  # of secret, name and value, the text that was signed


def testimony(cookies: Mapping[str, str], unsign: Unsign, secret: str) -> Claims | None:
    """The claims of the ID token; None where nobody has signed in, or where nothing but the connection vouches."""
    user, tokens = (_read(cookies, unsign, secret, name) for name in (USER, TOKENS))
    if user.get("is_logged_in") is not True or not signed(str(tokens.get("id_token", ""))):
        return None
    return user


def signed(token: str) -> bool:
    """Whether it names a signature by a key of the provider's alone. The provider may say that it also gives tokens
    without one, and those would pass elsewhere."""
    head = token.partition(".")[0]
    try:
        method = json.loads(urlsafe_b64decode(head + "=" * (-len(head) % 4)))["alg"]
    except (ValueError, KeyError, TypeError):
        return False
    return isinstance(method, str) and SIGNATURES.fullmatch(method) is not None


def _read(cookies: Mapping[str, str], unsign: Unsign, secret: str, name: str) -> dict[str, Any]:
    def piece(name: str) -> bytes:
        return unsign(secret, name, cookies.get(name, "")) or b""

    whole = piece(name)
    if whole.startswith(PIECES):
        whole = b"".join(piece(f"{name}_{number}") for number in range(1, int(whole[len(PIECES):]) + 1))
    found = json.loads(whole or b"{}")
    return found if isinstance(found, dict) else {}
