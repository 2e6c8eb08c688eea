"""The stage's JSON of one workshop, read from the sessions."""

from typing import TYPE_CHECKING, Any

from workshop.stage.qr import qr
from workshop.stage.views import view
from workshop.theme import ThemeName

if TYPE_CHECKING:
    from workshop.sessions import Sessions


def payload(sessions: "Sessions", code: str, theme: ThemeName = "bright") -> dict[str, Any]:
    """The contract's `stage` without its version; `now` is the clock that the page's timers go by."""
    facts = sessions.facts(code)
    workshop = sessions.workshop(code)
    drawn = view(facts, sessions.questionnaire(workshop), sessions.locale(workshop), theme, qr(facts.join_url))
    return {**drawn, "now": sessions.clock()}
