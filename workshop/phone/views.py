"""Where a phone stands, said by the state it was given; the script in views.js decides the same way."""

from collections.abc import Mapping
from typing import Any, Literal

View = Literal["early", "locked", "full", "welcome", "waiting", "answering", "received", "mixed", "counted",
               "leftover", "missed"]


def view_of(state: Mapping[str, Any], *, changing: bool = False) -> View:
    """The view of a workshop that is not sealed; `changing` where a sent form is wanted once more."""
    seat = state["seat"]
    if state["phase"] == "draft":
        return "early"
    if not seat["joined"]:
        return "locked" if state["locked"] else "welcome"
    if state["phase"] == "lobby":
        return "waiting"
    return _while_open(seat, changing) if state["phase"] == "answering" else _after_close(seat)


def _while_open(seat: Mapping[str, bool], changing: bool) -> View:
    if seat["frozen"]:
        return "mixed"
    return "received" if seat["sent"] and not changing else "answering"


def _after_close(seat: Mapping[str, bool]) -> View:
    if not seat["sent"]:
        return "missed"
    return "counted" if seat["frozen"] else "leftover"
