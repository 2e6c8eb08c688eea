"""Which browsers are signed in. Of each nothing is known but when it was here."""

import streamlit as st

from pages import gate
from pages.days import moment
from pages.desk import ask, ask_once
from pages.words import say
from workshop.house import house
from workshop.signin import Console


def draw() -> None:
    """This browser first; each of the others can be taken off the list."""
    st.header(say("signed_in.title"), anchor=False)
    st.markdown(say("signed_in.what"))
    for place, one in enumerate(house().signin.consoles(gate.session())):
        _line(place, one)


def _line(place: int, one: Console) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"console_{place}"):
        which = "own" if one.own else "other"
        st.text(say(f"signed_in.{which}", first=moment(one.first), last=moment(one.last)))
        if not one.own:
            st.button(say("signed_in.end"), key=f"quiet_end_{one.id[:16]}", on_click=ask, args=(one.id,),
                      type="tertiary")
    ask_once(one.id, "signed_in.ending", lambda: _end(one))


def _end(one: Console) -> None:
    if gate.signed_in():
        house().signin.end(one.id)
