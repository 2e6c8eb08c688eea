"""Pure: the text of a QR code that lets a phone join a Wi-Fi network. Made here, shown, and kept nowhere."""

import re

SPECIAL = re.compile(r'([\\;,:"])')


def joining(name: str, password: str) -> str:
    """As phones read it; a network without a password is an open one."""
    kind = "WPA" if password else "nopass"
    return f"WIFI:T:{kind};S:{SPECIAL.sub(_escaped, name)};P:{SPECIAL.sub(_escaped, password)};;"


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found.group(1)}"
