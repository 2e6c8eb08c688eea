"""The bar above every page: the mark, where one is, and the way back."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.look import mark, theme_name
from pages.words import say
from workshop.room import Phase, Workshop


def top(note: str = "", *, back: bool = True) -> None:
    """For pages that belong to no workshop; `note` stands at the end."""
    with _bar():
        _brand()
        st.space("stretch")
        if note:
            st.text(note)
        if back:
            _ways_out()


def top_of(workshop: Workshop) -> None:
    """For the pages of one workshop."""
    with _bar():
        _brand()
        with st.container(key="top_title"):
            st.text(say("top.title", title=workshop.title, room=workshop.room_name))
        st.space("stretch")
        if workshop.rehearsal:
            with st.container(key="rehearsal", width="content"):
                st.text(say("top.rehearsal"))
        st.text(spaced(workshop.code))
        st.text(say(f"top.{door_of(workshop)}"))
        _ways_out()


def door_of(workshop: Workshop) -> str:
    """Whether phones may come in: draft, open, locked or over."""
    if workshop.phase in (Phase.DRAFT, Phase.SEALED):
        return workshop.phase.value
    return "locked" if workshop.locked else "open"


def spaced(code: str) -> str:
    """The code as it is read aloud: "G7M 4QX"."""
    return f"{code[:3]} {code[3:]}"


def _bar() -> DeltaGenerator:
    return st.container(key="top", horizontal=True, vertical_alignment="center", gap="small")


def _brand() -> None:
    st.image(mark(theme_name()), width=28, alt="")
    st.markdown(f"**{say('top.name')}**", width="content")


def _ways_out() -> None:
    st.page_link("home.py", label=say("top.home"))
    st.link_button(say("consoles.leave"), "/sign-out", type="tertiary")
