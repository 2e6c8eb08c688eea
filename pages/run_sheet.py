"""The run-sheet: every scene with its minutes, the present one lit, each a way to go there."""

import streamlit as st

from pages import changing, gate
from pages.desk import found, sessions
from pages.moving import move
from pages.pace import pace
from pages.words import plain, say
from workshop.inventory import Scene
from workshop.room import Phase, Workshop


def draw(workshop: Workshop) -> None:
    """The left column."""
    with st.container(key="run_head", gap=None):
        st.markdown(f"**{say('run.title')}**")
        whole(workshop.code)
    place = workshop.agenda.index(workshop.here)
    with st.container(key="run", gap=None):
        for at, scene in enumerate(workshop.agenda):
            st.button(label(scene, at - place), key=f"run_{at}", type="tertiary", width="stretch",
                      disabled=workshop.phase == Phase.DRAFT, on_click=move, args=(workshop, "goto", scene))
    changing.button(workshop)
    st.page_link("sheet.py", label=say("sheet.link"), query_params={"code": workshop.code})


def label(scene: Scene, ahead: int) -> str:
    """Strong for the present scene, soft for those that are over; the minutes go to the right edge."""
    title, minutes = plain(scene.title), str(scene.minutes)
    if ahead == 0:
        return f"**{title}** **{minutes}**"
    return f"{title if ahead > 0 else f':gray[{title}]'} :gray[{minutes}]"


@st.fragment(run_every="10s")
def whole(code: str) -> None:
    """The minutes of the whole, and whether the room is on time."""
    gate.require()
    workshop = found(code)
    if workshop is None:
        return
    at = pace(workshop, sessions().clock())
    if workshop.phase == Phase.DRAFT:
        st.caption(say("run.minutes", minutes=at.minutes))
    else:
        st.caption(say("run.over" if at.over else "run.on_time", minutes=at.minutes, gone=at.gone, over=at.over))
