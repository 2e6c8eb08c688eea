"""The host's own column: counts, the door, words to say, a private note, and the ways to end it."""

from functools import partial

import streamlit as st

from pages import door, gate, offers, rounds, saying
from pages.about import about
from pages.days import day_of
from pages.desk import act, ask, ask_once, attempt, found, sessions, while_there
from pages.pace import clock, pace
from pages.standing import standing, warnings
from pages.words import say
from workshop.room import Counts, Phase, Workshop
from workshop.sessions.facts import seals_on

NOTE_HEIGHT = 96
TWO_MINUTES = 120


def draw(workshop: Workshop) -> None:
    """The right column."""
    st.session_state["drawn"] = workshop
    only_you(workshop.code)
    saying.draw(workshop)
    note(workshop.code, workshop.scene)
    if workshop.phase != Phase.DRAFT:
        with st.container(border=True, key="box_door", gap=None):
            door.draw(workshop)
            rounds.beside(workshop)
            offers.beside(workshop)
    endings(workshop)


@st.fragment(run_every="2s")
def only_you(code: str) -> None:
    """Counts and time, looked at every two seconds; the page is drawn anew only when the workshop has changed."""
    gate.require()
    workshop = found(code)
    if workshop is not st.session_state.get("drawn"):
        st.rerun()
    if workshop is not None:
        with while_there():
            counted(workshop)


def counted(workshop: Workshop) -> None:
    """What the fragment draws."""
    counts = sessions().counts(workshop.code)
    with st.container(border=True, key="box_counts", gap="small"):
        st.markdown(f"**{say('host.title')}**")
        if workshop.phase == Phase.DRAFT:
            st.markdown(about(workshop))
        else:
            figures(workshop, counts)
        for sentence in standing(workshop, counts, sessions()):
            st.caption(sentence)
        for sentence in warnings(workshop, counts, sessions()):
            st.markdown(f":small[**{sentence}**]")


def figures(workshop: Workshop, counts: Counts) -> None:
    """People, and the time of this scene."""
    at = pace(workshop, sessions().clock())
    fives = workshop.phase == Phase.ANSWERING and workshop.level == "blocks"
    with st.container(key="figures", gap=None):
        figure("joined", str(counts.joined))
        if workshop.round:
            figure("fives" if fives else "finished", str(counts.finished))
        figure("scene", clock(at.seconds), say("host.of", planned=clock(at.planned)))
    st.button(say("stage.more"), key="quiet_more", type="tertiary", on_click=act,
              args=(workshop.code, "extend", {"seconds": TWO_MINUTES}))


def figure(name: str, value: str, of: str = "") -> None:
    """A word at the left, its number at the right."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"figure_{name}"):
        st.markdown(f":gray[{say(f'host.{name}')}]", width="stretch")
        st.markdown(f"**{value}** :gray[{of}]" if of else f"**{value}**", width="content")


@st.fragment
def note(code: str, scene: str) -> None:
    """For this scene; kept with the workshop, never on the stage, in an export only where it is ticked."""
    gate.require()
    workshop = found(code)
    kept = workshop.notes.get(scene, "") if workshop else ""
    with st.container(border=True, key="box_note", gap="small"):
        st.text_area(say("host.note"), kept, key=f"note_{scene}_{hash(kept)}", height=NOTE_HEIGHT,
                     on_change=keep, args=(code, scene, f"note_{scene}_{hash(kept)}"))


def keep(code: str, scene: str, key: str) -> None:
    """Saves the note."""
    attempt(lambda: sessions().note(code, scene, st.session_state[key]))


def endings(workshop: Workshop) -> None:
    """Far from Next: the results, the seal, and forgetting."""
    code = workshop.code
    with st.container(key="endings", horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        if workshop.phase != Phase.DRAFT:
            st.page_link("results.py", label=say("host.results"), query_params={"code": code})
        if workshop.phase in (Phase.LOBBY, Phase.REVIEW):
            st.button(say("seal.button"), key="quiet_seal", type="tertiary", on_click=ask, args=("seal",))
        st.button(say("forget.button"), key="quiet_forget", type="tertiary", on_click=ask, args=("forget",))
    by_itself = seals_on(workshop)
    ask_once("seal", "seal", partial(act, code, "seal"), day=day_of(by_itself) if by_itself else "")
    ask_once("forget", "forget_draft" if workshop.phase == Phase.DRAFT else "forget", partial(forget, code))


def forget(code: str) -> None:
    """The workshop and everything of it."""
    attempt(lambda: sessions().forget_workshop(code))
