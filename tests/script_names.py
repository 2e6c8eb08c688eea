"""A script taken apart into its tokens: enough of ECMAScript's grammar for the phone's own files."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple


class Token(NamedTuple):
    """`kind` is name, number, text, pattern or sign."""

    kind: str
    text: str


# Signs of every edition, the longest first, so that a young one is seen as what it is.
SIGNS = (">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=", "<=", ">=",
         "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**")
SIGN = "|".join(map(re.escape, SIGNS))
TOKEN = re.compile(rf"""
    (?P<space>\s+|//[^\n]*|/\*.*?\*/)
  | (?P<name>[A-Za-z_$#@][\w$]*)
  | (?P<number>(?:0[xXbBoO]\w+|(?:\d[\d_]*(?:\.[\d_]*)?|\.[\d_]+)(?:[eE][+-]?\d+)?n?))
  | (?P<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`)
  | (?P<sign>{SIGN}|[{{}}()\[\];,<>+\-*/%&|^!~?:=.])
""", re.VERBOSE | re.DOTALL)
PATTERN = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
VALUE_ENDS = {")", "]", "}"}
STATEMENT_WORDS = {"return", "typeof", "case", "in", "of", "delete", "void", "throw"}


def tokens(script: str) -> Iterator[Token]:
    """In order, without spaces and comments. Raises ValueError for what no edition knows."""
    at, before = 0, Token("sign", ";")
    while at < len(script):
        found = PATTERN.match(script, at) if script[at] == "/" and may_begin_pattern(before) else None
        kind = "pattern" if found and script[at + 1] not in "/*" else ""
        found = found if kind else TOKEN.match(script, at)
        if not found:
            raise ValueError(f"line {script.count(chr(10), 0, at) + 1}: {script[at:at + 20]!r}")
        at, kind = found.end(), kind or found.lastgroup or ""
        if kind != "space":
            before = Token(kind, found[0])
            yield before


def may_begin_pattern(before: Token) -> bool:
    """Whether a stroke after this token begins a regular expression and not a division."""
    if before.kind == "sign":
        return before.text not in VALUE_ENDS
    return before.kind == "name" and before.text in STATEMENT_WORDS


def members(all_tokens: list[Token]) -> set[str]:
    """Names after a full stop."""
    return {name.text for dot, name in pairwise(all_tokens)
            if dot.text in (".", "?.") and name.kind == "name"}


def alone(all_tokens: list[Token]) -> set[str]:
    """Names that stand for themselves."""
    before = [Token("sign", ";"), *all_tokens]
    return {name.text for dot, name in zip(before, all_tokens, strict=False)
            if name.kind == "name" and dot.text not in (".", "?.")}
