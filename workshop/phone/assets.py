"""The phone's script and style as they go out: read once, without comments and indentation, named by their hash."""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from workshop import theme
from workshop.phone.shortened import shortened

FOLDER = Path(__file__).parent / "assets"
PAGE_SCRIPTS = ("basics.js", "room.js", "cards.js", "views.js")
DOOR_SCRIPTS = (*PAGE_SCRIPTS, "door.js")
MINE_SCRIPTS = ("score.js", "mine.js")

# Short names of the theme's colours, so that the style stays small: name -> token, tone.
COLOURS: dict[str, tuple[str, int | None]] = {
    "g": ("ground", None), "s": ("surface", None), "n": ("inset", None), "r": ("rule", None), "b": ("border", None),
    "i": ("ink", None), "f": ("ink_soft", None), "a": ("accent", None), "o": ("on_accent", None),
    "w": ("warm", 1), "c": ("cool", 1), "k": ("plum", 2),
}
MINE_COLOURS: dict[str, tuple[str, int | None]] = {
    "wd": ("warm_shadow", 1), "wh": ("warm_hatch", 1),
    "cd": ("cool_shadow", 1), "ch": ("cool_hatch", 1),
    "p1": ("step", 0), "p2": ("step", 1), "p3": ("step", 2), "p4": ("step", 3), "p5": ("step", 4),
}

_COMMENT_LINE = re.compile(r"^\s*//.*\n", re.MULTILINE)
_COMMENT_END = re.compile(r" {2,}// .*$", re.MULTILINE)
_COMMENT_BLOCK = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"^\s+", re.MULTILINE)
# Not + and - beside another: a + +b needs its room.
_TEXT_OR_SIGN = re.compile(r"('(?:[^'\\\n]|\\.)*')| *([=<>&|?:,;{}()\[\]!*/%]| [+-] (?![+-])) *")
_TEXT_OR_LAST = re.compile(r"('(?:[^'\\\n]|\\.)*')|;(?=\})")  # the last statement of a block ends with it
_LINE_GOES_ON = re.compile(r"([;,({\[])\n")


def tidied(script: str) -> str:
    """The same script without comments, indentation, and the room around signs; no text of ours spans lines."""
    spoken = _COMMENT_END.sub("", _COMMENT_LINE.sub("", _COMMENT_BLOCK.sub("", script)))
    bare = _INDENT.sub("", spoken)
    joined = _LINE_GOES_ON.sub(r"\1", _TEXT_OR_SIGN.sub(lambda found: found[1] or found[2].strip(), bare))
    return _TEXT_OR_LAST.sub(lambda found: found[1] or "", joined)


def read(name: str) -> str:
    """One of the files beside this module."""
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def page_script(*, door: bool) -> str:
    """What the page itself needs, inlined into it; with what is said at the door, or without."""
    return shortened(tidied("".join(map(read, DOOR_SCRIPTS if door else PAGE_SCRIPTS))))


@cache
def mine_script() -> str:
    """What draws My page; it comes with My page's words."""
    return shortened(tidied("".join(map(read, MINE_SCRIPTS))))


@cache
def style() -> str:
    """The colours of both themes and the style sheet."""
    return "".join((f":root{{color-scheme:light dark;{_colours('bright', COLOURS)}}}",
                    f"@media(prefers-color-scheme:dark){{:root{{{_colours('dark', COLOURS)}}}}}",
                    *_rules("phone.css")))


@cache
def mine_rules() -> tuple[str, ...]:
    """What My page adds to the style, rule by rule, since a script may add nothing but single rules."""
    return (f":root{{{_colours('bright', MINE_COLOURS)}}}",
            f"@media(prefers-color-scheme:dark){{:root{{{_colours('dark', MINE_COLOURS)}}}}}",
            *_rules("mine.css"))


def _rules(name: str) -> list[str]:
    return [line.strip() for line in _COMMENT_BLOCK.sub("", read(name)).splitlines() if line.strip()]


def _colours(name: theme.ThemeName, colours: Mapping[str, tuple[str, int | None]]) -> str:
    tokens = theme.tokens(name)
    return ";".join(f"--{short}:{tokens[token] if tone is None else tokens[token][tone]}"
                    for short, (token, tone) in colours.items())


@cache
def policy(*, door: bool) -> str:
    """The content policy of the phone's page: our inline script, the one it loads, our inline style.

    Browsers that know 'strict-dynamic' take only what the inline script itself adds; older ones fall back to 'self'.
    """
    scripts = f"script-src {_hash(page_script(door=door))} 'strict-dynamic' 'self'"
    return policy_of(style(), f"{scripts}; connect-src 'self'; ")


def policy_of(style: str, more: str = "") -> str:
    """The policy of a page with one inline style; without `more` nothing can run on it."""
    return (f"default-src 'none'; {more}style-src {_hash(style)}; img-src data:; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
