"""Whether what an organisation's provider says of somebody lets them in. Pure; Streamlit has proved the signature."""

from collections.abc import Mapping

from workshop.settings import PERSON, Organisation

Claims = Mapping[str, object]  # of an ID token, by their names in OpenID Connect

FRESH_SECONDS = 300  # for clocks that differ, and for a slow way back


def invited(claims: Claims, organisation: Organisation, now: float) -> bool:
    """Whether it is this provider's word, for us, of this moment, about somebody on the list."""
    ours = issued_by(claims, organisation) and meant_for(claims, organisation) and fresh(claims, now)
    return ours and bool(organisation.people & names(claims, organisation))


def issued_by(claims: Claims, organisation: Organisation) -> bool:
    """Whether the issuer is the one of the settings, whatever the provider's own description may say."""
    return str(claims.get("iss", "")).removesuffix("/") == organisation.issuer


def meant_for(claims: Claims, organisation: Organisation) -> bool:
    """Whether we are an audience, and nobody else is the party that it was made for."""
    audience = claims.get("aud")
    among = audience if isinstance(audience, list) else [audience]
    return organisation.client_id in among and claims.get("azp", organisation.client_id) == organisation.client_id


def fresh(claims: Claims, now: float) -> bool:
    """Whether it was said within these minutes, by both clocks."""
    issued = claims.get("iat")
    return isinstance(issued, int | float) and abs(now - issued) <= FRESH_SECONDS


def names(claims: Claims, organisation: Organisation) -> frozenset[str]:
    """By what the list may know this person: an identifier, an address and its domain, if that is proved."""
    subject = claims.get("sub")
    found = {f"sub:{subject}"} if subject and isinstance(subject, str) else set()
    address = claims.get("email")
    if isinstance(address, str) and address.isascii() and proved(claims, organisation):
        lower = address.lower()
        if PERSON.fullmatch(lower) and lower[0] != "@" and not lower.startswith("sub:"):
            found |= {lower, f"@{lower.partition('@')[2]}"}
    return frozenset(found)


def proved(claims: Claims, organisation: Organisation) -> bool:
    """Whether the provider has seen that the address is theirs. Silence counts only where the settings say so."""
    said = claims.get("email_verified")
    return organisation.trusts_addresses if said is None else said in (True, "true")
