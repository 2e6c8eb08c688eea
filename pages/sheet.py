"""The run-sheet of one room on one sheet of paper: when, what, and what to say."""

from collections.abc import Iterator

import streamlit as st

from pages.about import about
from pages.desk import here, missing, sessions
from pages.saying import aloud_on
from pages.top import spaced, top
from pages.words import plain, say
from workshop.inventory import Scene
from workshop.room import Workshop


def head(workshop: Workshop) -> None:
    """What it is, and what to have at hand."""
    with st.container(key="headline"):
        st.text(workshop.title)
    st.text(" · ".join((about(workshop), sessions().addressing.address, spaced(workshop.code), workshop.room_name)))
    if workshop.helpline.strip():
        st.text(f"{say('create.helpline')}: {workshop.helpline}")


def timed(scenes: tuple[Scene, ...]) -> Iterator[tuple[str, Scene]]:
    """Each scene with its minutes from the beginning: "0–5"."""
    begun = 0
    for scene in scenes:
        yield f"{begun}–{begun + scene.minutes}", scene
        begun += scene.minutes


def lines(workshop: Workshop) -> None:
    """A line a scene; what gets in the way with the sentence that comes first."""
    for minutes, scene in timed(workshop.agenda):
        with st.container(key=f"sheet_{scene.id}"):
            when, what, words = st.columns([1, 2.2, 7], vertical_alignment="top")
            when.markdown(f":gray[{minutes}]")
            what.markdown(f"**{plain(scene.title)}**")
            words.text(aloud_on(scene, workshop))
            if scene.id in workshop.notes:
                words.text(f"{say('host.note')}: {workshop.notes[scene.id]}")


with st.container(key="screen_only"):
    top()
workshop = here()
with st.container(key="page"):
    if workshop is None:
        missing()
        st.stop()
    with st.container(key="screen_only_how", horizontal=True, vertical_alignment="center"):
        st.page_link("live.py", label=say("results.live"), query_params={"code": workshop.code})
        st.caption(say("sheet.how"))
    head(workshop)
    with st.container(key="sheet_lines", gap="small"):
        lines(workshop)
