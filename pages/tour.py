"""A short tour for whoever has never been here; dismissed for good, on this installation, with one press."""

from pathlib import Path

import streamlit as st

from pages import gate
from pages.words import locale, say
from workshop.house import house

TIP = "tour_tip"


def mark() -> Path:
    """There once the tour was dismissed."""
    return house().settings.database.parent / "tour-dismissed"


def home() -> bool:
    """The first thing to press; False once the tour was dismissed."""
    if mark().exists():
        return False
    with st.container(key="box_tour", border=True, gap="small"):
        st.markdown(f"**{say('tour.welcome')}**")
        st.markdown(say("tour.rehearse"))
        _dismiss()
    return True


def live() -> None:
    """What is where, one tip at a time."""
    tips = locale().lines("console.tour.tips")
    at = st.session_state.get(TIP, 0)
    if mark().exists() or at >= len(tips):
        return
    with st.container(key="box_tour", border=True, gap="small"):
        st.markdown(tips[at])
        with st.container(horizontal=True, vertical_alignment="center"):
            last = at + 1 == len(tips)
            st.button(say("tour.done" if last else "tour.next", n=at + 1, of=len(tips)), key="next_tip",
                      on_click=_dismissed if last else _next, args=() if last else (at + 1,))
            _dismiss()


def again() -> None:
    """From its beginning, for everybody."""
    if gate.signed_in():
        mark().unlink(missing_ok=True)
        st.session_state.pop(TIP, None)


def _dismiss() -> None:
    st.button(say("tour.dismiss"), key="quiet_dismiss_tour", type="tertiary", on_click=_dismissed)


def _next(at: int) -> None:
    st.session_state[TIP] = at


def _dismissed() -> None:
    if gate.signed_in():
        mark().touch()
