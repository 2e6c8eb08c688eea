"""What the room has seen, to look at in peace: the big picture first, then facet by facet, then to take home."""

import streamlit as st

from pages import facets, pictures, take_home, told
from pages.about import about
from pages.comparable import beside
from pages.contents import Contents
from pages.days import day_of
from pages.desk import here, missing, sessions, show_notice
from pages.look import mark, theme_name
from pages.top import top, top_of
from pages.words import say
from workshop.results import Snapshot
from workshop.room import Phase, Workshop


def head(workshop: Workshop) -> None:
    """The title, and the way back into the room."""
    with st.container(horizontal=True, vertical_alignment="center", key="title_row"):
        with st.container(key="headline"):
            st.text(workshop.title)
        st.space("stretch")
        if workshop.phase != Phase.SEALED and st.button(say("results.live"), key="to_live", type="primary"):
            st.switch_page("live.py", query_params={"code": workshop.code})
    st.markdown(f":gray[{day_of(workshop.created)} · {about(workshop)}]")
    if beside(workshop):
        st.page_link("series.py", label=say("series.link"), query_params={"code": workshop.code})


def choose(snapshots: tuple[Snapshot, ...]) -> Snapshot:
    """The latest round, or another."""
    if len(snapshots) == 1:
        return snapshots[0]
    numbers = [snapshot.round for snapshot in snapshots]
    number = st.segmented_control(say("results.round"), numbers, default=numbers[-1], required=True, key="round",
                                  format_func=lambda round: say("results.round_n", round=round))
    return next(snapshot for snapshot in snapshots if snapshot.round == (number or numbers[-1]))


def nothing() -> None:
    """Before the first pictures."""
    with st.container(key="empty", horizontal_alignment="center"):
        st.image(mark(theme_name()), width=64, alt="")
        st.markdown(say("results.nothing"), text_alignment="center")


workshop = here()
if workshop is None:
    top()
    missing()
    st.stop()

top_of(workshop)
with st.container(key="page"):
    head(workshop)
    show_notice()
    released = sessions().snapshots(workshop.code)
    contents = Contents()
    if released:
        snapshot = choose(released)
        links = st.container()
        pictures.draw(workshop, snapshot, contents)
        facets.draw(workshop, snapshot, contents)
        told.draw(workshop, snapshot, contents)
    else:
        links = st.container()
        nothing()
    take_home.draw(workshop, contents)
    with links:
        contents.draw()
