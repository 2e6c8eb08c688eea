"""The stage's JSON of one workshop, read from the sessions."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from workshop.room import Phase
from workshop.stage.qr import qr
from workshop.stage.views import view
from workshop.theme import ThemeName

if TYPE_CHECKING:
    from workshop.sessions import Sessions


def follow(sessions: "Sessions") -> None:
    """From now on the versions of stages move when, and only when, what is drawn on them changes."""
    sessions.telling.draw_with(lambda code: _shown(sessions, code))


def _shown(sessions: "Sessions", code: str) -> str:
    """Of a sealed workshop the page draws its goodbye."""
    return "gone" if sessions.workshop(code).phase == Phase.SEALED else _digest(payload(sessions, code))


def _digest(drawn: Mapping[str, Any]) -> str:
    lasting = {name: value for name, value in drawn.items() if name != "now"}
    return sha256(json.dumps(lasting, sort_keys=True).encode()).hexdigest()


def payload(sessions: "Sessions", code: str, theme: ThemeName = "bright") -> dict[str, Any]:
    """The contract's `stage` without its version; `now` is the clock that the page's timers go by."""
    facts = sessions.facts(code)
    workshop = sessions.workshop(code)
    drawn = view(facts, sessions.questionnaire(workshop), sessions.locale(workshop), theme, qr(facts.join_url))
    return {**drawn, "now": sessions.clock()}
