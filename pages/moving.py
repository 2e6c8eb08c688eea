"""Moving through the run-sheet: from the scene this console last saw, and asking once before a round is left open."""

from typing import Any

import streamlit as st

from pages.desk import act, ask, found, put_off, sessions
from workshop.inventory import Scene
from workshop.room import Phase, Workshop
from workshop.sessions.scenes import steps_of

LEAVING = "leave_open"


def move(seen: Workshop, action: str, to: Scene | None = None) -> None:
    """`seen` is the workshop as this console drew it: if the room has moved on since, nothing moves."""
    parameters: dict[str, Any] = {"from": seen.scene, "from_step": seen.step} | ({"scene": to.id} if to else {})
    target = to or neighbour(seen, action)
    now = found(seen.code) or seen
    if now.phase == Phase.ANSWERING and now.scene == seen.scene and now.here.kind == "answering" != target.kind:
        ask(LEAVING)
        st.session_state["leaving"] = (action, parameters)
        return
    act(seen.code, action, parameters)


def go_on(code: str) -> None:
    """Leaves the round open and moves as was wanted."""
    action, parameters = st.session_state.pop("leaving", ("next", {}))
    put_off()
    act(code, action, parameters)


def neighbour(workshop: Workshop, action: str) -> Scene:
    """The scene that next or back leads to: the same one while it has steps left, and at either end."""
    place = workshop.agenda.index(workshop.here)
    if action == "back":
        return workshop.here if workshop.step > 0 else workshop.agenda[max(0, place - 1)]
    return workshop.here if more_steps(workshop) else workshop.agenda[min(place + 1, len(workshop.agenda) - 1)]


def more_steps(workshop: Workshop) -> bool:
    """Whether the present scene has another picture to come."""
    return workshop.step + 1 < steps_of(workshop.here, sessions().questionnaire(workshop))
