"""Which characters our own fonts can print, and every text made of those alone: the typesetter refuses any other."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
# Marks that steer the direction of text, the mark of byte order, line separators, the place of an object.
_DROPPED = frozenset({0xFEFF, 0x2028, 0x2029, 0x200E, 0x200F, 0x061C, 0xFFFC, *range(0x202A, 0x202F),
                      *range(0x2060, 0x2070)})
_JOINERS = frozenset({0x200C, 0x200D, 0xFE0E, 0xFE0F, 0x00AD, *range(0x1F3FB, 0x1F400)})
_ALIKE = {"\u202f": "\u00a0", "\u2009": "\u00a0", "\u2011": "-", "\u2010": "-", "\u2032": "’", "\u2033": "”",
          "\u2192": "->", "\u2190": "<-", "\n": " ", "\t": " ", "\ufffd": "?"}


@cache
def printable() -> frozenset[int]:
    """The code points that every font here has."""
    return frozenset.intersection(*(covered(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))))


def print_safe(text: str) -> str:
    """The text with what cannot be printed named in brackets: a picture by its name, anything else by its number."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(_safe(unicodedata.normalize("NFC", text))).strip()


def _safe(text: str) -> Iterator[str]:
    for letter in text:
        code, kind = ord(letter), unicodedata.category(letter)
        if code in printable() and kind not in ("Cc", "Co", "Cn") and code not in _DROPPED:
            yield letter
        elif letter in _ALIKE:
            yield _ALIKE[letter]
        elif code not in _DROPPED and code not in _JOINERS and kind not in ("Cc", "Cs"):
            yield _named(letter, kind)


def _named(letter: str, kind: str) -> str:
    name = unicodedata.name(letter, "") if kind == "So" else ""
    return f"[{name.lower()}]" if name else f"[U+{ord(letter):04X}]"


def covered(font: bytes) -> frozenset[int]:
    """The code points in the character map of a TrueType font. ValueError where it has no map that is known here."""
    start = _table(font, b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    for record in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * record)
        form = struct.unpack_from(">H", font, start + offset)[0]
        if (platform, encoding) in ((0, 3), (3, 1)) and form == 4:
            return frozenset(_segments(font, start + offset))
    raise ValueError("the font has no character map of the basic plane")


def _table(font: bytes, name: bytes) -> int:
    for record in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, offset = struct.unpack_from(">4sLL", font, 12 + 16 * record)
        if tag == name:
            return int(offset)
    raise ValueError(f"the font has no table {name!r}")


def _segments(font: bytes, start: int) -> Iterator[int]:
    """Format 4: parallel arrays of last and first code, delta, and the place of a glyph list, 0 for none."""
    size = struct.unpack_from(">H", font, start + 6)[0]
    last, first, delta, place = (start + 14 + offset for offset in (0, size + 2, 2 * size + 2, 3 * size + 2))
    for at in range(0, size, 2):
        low, high = (struct.unpack_from(">H", font, array + at)[0] for array in (first, last))
        shift, skip = (struct.unpack_from(">H", font, array + at)[0] for array in (delta, place))
        for code in range(low, min(high, 0xFFFE) + 1):
            glyph = struct.unpack_from(">H", font, place + at + skip + 2 * (code - low))[0] if skip else code
            if glyph and (glyph + shift) % 0x10000:
                yield code
