"""Before the room opens: the checklist, if it is not ticked yet, and the one button."""

import streamlit as st

from pages import checklist
from pages.desk import act, attempt, sessions
from pages.words import say
from workshop.room import Workshop


def draw(workshop: Workshop) -> None:
    """Under the stage, in place of the remote."""
    with st.container(key="go", horizontal=True, vertical_alignment="center"):
        if st.button(say("draft.change"), key="change"):
            st.switch_page("create.py", query_params={"code": workshop.code})
        with st.container(key="coming"):
            st.markdown(f":small[:gray[{say('draft.next')}]]  \n{say('draft.then')}")
        st.button(say("draft.open"), key="open_lobby", type="primary", on_click=open_room, args=(workshop,))
    if not (workshop.checklist or workshop.rehearsal):
        st.divider()
        st.markdown(f"**{say('create.before')}**  \n:gray[{say('create.read')}]")
        with st.container(key="ticks", gap="small"):
            st.session_state["all_ticked"] = checklist.boxes(f"open_{workshop.code}")


def open_room(workshop: Workshop) -> None:
    """Keeps the ticks, then lets phones in; refused in words where a line is not ticked."""
    if not workshop.checklist and st.session_state.get("all_ticked"):
        attempt(lambda: sessions().edit(workshop.code, {"checklist": True}))
    act(workshop.code, "open_lobby")
