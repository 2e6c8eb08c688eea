"""What the room sees, as a small faithful stage, with the controls that belong to the picture."""

import streamlit as st

from pages.desk import act, sessions
from pages.words import say
from workshop.room import Phase, Workshop
from workshop.stage.views import view

HEIGHT = 433


def draw(workshop: Workshop) -> None:
    """The projector's own page in a frame, and a line of controls under it."""
    theme = "dark" if st.session_state.get("stage_dark") else "bright"
    address = f"/stage/{workshop.code}?theme={theme}"
    with st.container(key="stage"):
        st.iframe(address, height=HEIGHT, tab_index=-1, alt=say("stage.sees"))
    with st.container(horizontal=True, vertical_alignment="center", key="under"):
        st.caption(say("stage.sees"), width="stretch")
        projector(address, theme)
        if workshop.phase != Phase.DRAFT:
            controls(workshop)


def projector(address: str, theme: str) -> None:
    """The same page for a dark or a bright room, in a window of its own, here or on another computer."""
    with st.popover(say("stage.projector"), type="tertiary", key="projector"):
        st.button(say("stage.bright" if theme == "dark" else "stage.dark"), key="quiet_theme", type="tertiary",
                  on_click=turn)
        st.link_button(say("stage.window"), address)
        st.markdown(say("stage.window_how"))
        st.markdown(say("stage.elsewhere"))
        st.code(sessions().addressing.base + address, language=None, wrap_lines=True)


def controls(workshop: Workshop) -> None:
    """Another way to set the bars that are there, hold, and blank."""
    if workshop.here.kind == "light":
        st.button(say("stage.plain" if workshop.around else "stage.around"), key="quiet_around", type="tertiary",
                  on_click=act, args=(workshop.code, "around", {"on": not workshop.around}))
    held = workshop.held is not None
    st.button(say("stage.unhold" if held else "stage.hold"), key="quiet_hold", type="tertiary", on_click=act,
              args=(workshop.code, "hold", {"on": not held}))
    st.button(say("stage.unblank" if workshop.blank else "stage.blank"), key="quiet_blank", type="tertiary",
              on_click=act, args=(workshop.code, "blank", {"on": not workshop.blank}), shortcut="b")


def turn() -> None:
    """The other theme, in the frame and for the window that is opened next."""
    st.session_state["stage_dark"] = not st.session_state.get("stage_dark")


def in_words(workshop: Workshop) -> None:
    """The picture as a sentence or two, for whoever cannot see it, and to read aloud."""
    facts = sessions().facts(workshop.code)
    if facts.blank:
        return
    shown = view(facts, sessions().questionnaire(workshop), sessions().locale(workshop), "bright", None)
    if shown["figure"] is not None:
        st.divider()
        st.markdown(f"**{say('stage.words')}**")
        with st.container(key="in_words"):
            st.text(shown["text"])
