"""The run-sheet changed while the room is open: scenes moved, dropped, added, given other minutes."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from pages.desk import act, attempt, sessions
from pages.own_agenda import Editor
from pages.words import say
from workshop.inventory import Scene
from workshop.room import Phase, Workshop

CHANGED = "changing"


def editor(workshop: Workshop) -> Editor:
    """The rows of this workshop's agenda."""
    facets = sessions().questionnaire(workshop).facets
    return Editor(f"live_{workshop.code}", facets, workshop.scene)


def button(workshop: Workshop) -> None:
    """Under the run-sheet."""
    if workshop.phase != Phase.DRAFT and not under_way(workshop):
        st.button(say("agenda.change"), key="quiet_change_agenda", type="tertiary", on_click=begin, args=(workshop,))


def under_way(workshop: Workshop) -> bool:
    """Whether this console is changing it."""
    kept: tuple[str, object] = st.session_state.get(CHANGED, ("", None))
    return kept[0] == workshop.code


def begin(workshop: Workshop) -> None:
    """Keeps what it was, so that nobody else's change is lost."""
    st.session_state[CHANGED] = (workshop.code, workshop.agenda)
    editor(workshop).begin(workshop.agenda)


def end() -> None:
    """No change is under way any more."""
    st.session_state.pop(CHANGED, None)


def draw(workshop: Workshop) -> None:
    """The rows, and whether to take them."""
    if not under_way(workshop):
        return
    with st.container(key="box_agenda", border=True, gap="small"):
        st.markdown(f"**{say('agenda.changing')}**")
        editor(workshop).draw()
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(say("agenda.take"), key="take_agenda", on_click=take, args=(workshop,))
            st.button(say("agenda.leave"), key="quiet_leave_agenda", type="tertiary", on_click=end)


def take(workshop: Workshop) -> None:
    """The changed run-sheet, unless another console has changed it meanwhile; then this one starts again from that."""
    _, was = st.session_state[CHANGED]
    if change(workshop.code, editor(workshop).scenes(), was):
        end()
    elif (now := sessions().workshop(workshop.code)).agenda != was:
        begin(now)


def change(code: str, scenes: list[Mapping[str, Any]], was: tuple[Scene, ...]) -> Workshop | None:
    """None where it was refused."""
    parameters = {"agenda": scenes, "was": [asdict(scene) for scene in was]}
    return attempt(lambda: sessions().act(code, "change_agenda", parameters))


def ask_about(workshop: Workshop, facet: str) -> None:
    """Puts a facet's two questions on the stage, in place of those of the present prompt."""
    scenes = [{**asdict(scene), **({"facet": facet} if scene.id == workshop.scene else {})}
              for scene in workshop.agenda]
    act(workshop.code, "change_agenda", {"agenda": scenes, "was": [asdict(scene) for scene in workshop.agenda]})
