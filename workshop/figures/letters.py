"""How wide a text comes out in Atkinson Hyperlegible Next, so that pictures can be laid out without a browser."""

import unicodedata
from functools import lru_cache
from itertools import accumulate

# Advance widths of U+0020..U+007E in thousandths of the size, read from the two font files in stage/assets;
# digits are the tabular ones. Accented letters are as wide as their base letter.
REGULAR = (
    280, 286, 301, 651, 592, 919, 731, 160, 299, 299, 485, 606, 210, 362, 210, 387, 632, 632, 632, 632, 632, 632,
    632, 632, 632, 632, 210, 210, 553, 628, 553, 480, 778, 626, 613, 645, 669, 569, 552, 694, 694, 392, 512, 631,
    541, 824, 693, 714, 592, 724, 614, 592, 558, 690, 593, 856, 623, 575, 607, 317, 387, 344, 552, 372, 243, 525,
    566, 485, 564, 538, 314, 558, 550, 252, 245, 492, 262, 845, 550, 548, 566, 574, 349, 471, 326, 540, 461, 684,
    481, 449, 460, 344, 237, 344, 555,
)
BOLD = (
    303, 298, 362, 730, 604, 953, 727, 195, 324, 324, 485, 598, 252, 369, 253, 424, 632, 632, 632, 632, 632, 632,
    632, 632, 632, 632, 253, 253, 564, 617, 564, 526, 780, 662, 634, 654, 683, 589, 562, 711, 699, 415, 546, 654,
    548, 848, 710, 737, 617, 747, 639, 604, 592, 687, 628, 877, 666, 627, 615, 333, 424, 344, 573, 391, 274, 544,
    587, 502, 586, 555, 349, 582, 565, 285, 255, 536, 301, 870, 565, 567, 587, 591, 368, 497, 360, 559, 509, 723,
    522, 499, 492, 370, 249, 370, 543,
)
# Letters and signs beyond those, regular and bold.
MORE = {
    "·": (240, 277), "–": (504, 502), "—": (824, 830), "…": (670, 747), "“": (399, 455), "”": (399, 455),
    "‘": (236, 259), "’": (236, 259), "«": (562, 622), "»": (562, 622), "−": (606, 598), "×": (532, 535),
    "ß": (582, 609), "æ": (866, 874), "Æ": (891, 943), "ø": (548, 567), "Ø": (714, 737), "œ": (924, 932),
    "Œ": (1006, 1018), "ı": (252, 285), "ð": (565, 581),
}
OTHER, WIDE = 620, 1000


@lru_cache(maxsize=8192)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels, within 3 % for Latin text; other scripts are estimated."""
    return sum(_advance(letter, bold) for letter in unicodedata.normalize("NFD", text)) * size / 1000


def _advance(letter: str, bold: bool) -> int:
    if " " <= letter <= "~":
        return (BOLD if bold else REGULAR)[ord(letter) - 32]
    if letter in MORE:
        return MORE[letter][bold]
    if unicodedata.combining(letter):
        return 0
    return WIDE if unicodedata.east_asian_width(letter) in "WF" else OTHER


def fit(text: str, limit: float, sizes: tuple[int, ...], *, bold: bool = False) -> tuple[str, int]:
    """The text and the first of `sizes` at which it stays within `limit` px; at the last it is cut with "…"."""
    for size in sizes:
        if width(text, size, bold=bold) <= limit:
            return text, size
    return cut(text, sizes[-1], limit, bold=bold), sizes[-1]


def cut(text: str, size: int, limit: float, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as leaves room for "…"."""
    if width(text, size, bold=bold) <= limit:
        return text
    kept = next((part for part in reversed(tuple(accumulate(text)))
                 if width(part + "…", size, bold=bold) <= limit), "")
    return kept.rstrip() + "…"


def wrap(text: str, size: int, limit: float, lines: int, *, bold: bool = False) -> tuple[str, ...]:
    """At most `lines` lines of at most `limit` px, broken at spaces; what is left over is cut with "…"."""
    done: list[str] = []
    rest = " ".join(text.split())
    while rest and len(done) < lines - 1:
        line = _first(rest, size, limit, bold)
        done.append(line)
        rest = rest[len(line):].lstrip()
    return (*done, cut(rest, size, limit, bold=bold)) if rest or not done else tuple(done)


def _first(text: str, size: int, limit: float, bold: bool) -> str:
    fitting = [part for part in accumulate(text) if width(part, size, bold=bold) <= limit] or [text[:1]]
    longest = fitting[-1]
    if longest == text or text[len(longest)] == " ":
        return longest
    return longest[: longest.rfind(" ")] if " " in longest else longest
