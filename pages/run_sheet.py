"""The run-sheet: every scene with its minutes, the present one lit, each a way to go there."""

import streamlit as st

from pages import gate
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
            state = "draft" if workshop.phase == Phase.DRAFT else state_of(at, place)
            line(workshop, scene, f"{state}_{at}", now=state == "now")


def state_of(at: int, place: int) -> str:
    """Whether a scene is over, on now, or to come."""
    return "done" if at < place else "now" if at == place else "later"


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


def line(workshop: Workshop, scene: Scene, key: str, *, now: bool) -> None:
    """One scene; its minutes stand at the right edge."""
    title = f"**{plain(scene.title)}**" if now else plain(scene.title)
    minutes = f"**{scene.minutes}**" if now else f":gray[{scene.minutes}]"
    st.button(f"{title} {minutes}", key=f"run_{key}", type="tertiary", width="stretch",
              disabled=workshop.phase == Phase.DRAFT, on_click=move, args=(workshop, "goto", scene))
