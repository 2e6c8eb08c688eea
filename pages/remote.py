"""The remote: back, what comes next, and the one primary button."""

from functools import partial
from typing import Literal

import streamlit as st

from pages import offers, rounds
from pages.desk import ask_once
from pages.moving import LEAVING, go_on, more_steps, move, neighbour
from pages.words import plain, say
from workshop.room import Phase, Workshop


def draw(workshop: Workshop) -> None:
    """Under the stage. On the answering scene the round comes first, everywhere else the next scene does."""
    round_first = workshop.here.kind == "answering" and workshop.phase in (Phase.LOBBY, Phase.ANSWERING)
    with st.container(key="go", horizontal=True, vertical_alignment="center"):
        st.button(say("go.back"), key="back", on_click=move, args=(workshop, "back"), shortcut="left")
        with st.container(key="coming"):
            coming(workshop)
        onward(workshop, kind="secondary" if round_first else "primary")
        if round_first:
            rounds.first(workshop)
    clicker(workshop)
    ask_once(LEAVING, "leave_open", partial(go_on, workshop.code))
    offers.under(workshop)


def onward(workshop: Workshop, kind: Literal["primary", "secondary"]) -> None:
    """Next; after the last picture of the last scene, the way to the results, which no presenter's remote takes."""
    if not over(workshop):
        st.button(say("go.next"), key="next", type=kind, on_click=move, args=(workshop, "next"), shortcut="right")
    elif st.button(say("go.results"), key="to_results", type=kind):
        st.switch_page("results.py", query_params={"code": workshop.code})


def over(workshop: Workshop) -> bool:
    """Whether a round has been closed and nothing comes after what is on."""
    return workshop.phase == Phase.REVIEW and workshop.agenda[-1] is workshop.here and not more_steps(workshop)


def coming(workshop: Workshop) -> None:
    """What Next will bring."""
    scene = neighbour(workshop, "next")
    if scene is workshop.here:
        last = workshop.agenda[-1] is scene
        st.markdown(f":small[:gray[{say('go.last' if last else 'go.same')}]]  \n**{plain(scene.title)}**")
        return
    minutes = say("go.minutes", n=scene.minutes) if scene.minutes != 1 else say("go.minute")
    st.markdown(f":small[:gray[{say('go.coming')}]]  \n**{plain(scene.title)}**, {minutes}")


def clicker(workshop: Workshop) -> None:
    """The two keys of a presenter's remote, for the two buttons that are there to be seen already."""
    with st.container(key="clicker"):
        st.button(say("go.back"), key="clicker_back", on_click=move, args=(workshop, "back"), shortcut="pageup")
        st.button(say("go.next"), key="clicker_next", on_click=move, args=(workshop, "next"), shortcut="pagedown")
