"""Rounds: opened, closed with a grace, and opened again."""

from functools import partial

import streamlit as st

from pages.desk import act, ask, ask_once
from pages.words import say
from workshop.room import Phase, Workshop

GRACE = 20


def first(workshop: Workshop) -> None:
    """The primary button of the answering scene."""
    if workshop.phase == Phase.LOBBY:
        st.button(say("round.open"), key="open_round", type="primary", on_click=act,
                  args=(workshop.code, "open_round"))
    else:
        closing(workshop, kind="primary")


def closing(workshop: Workshop, kind: str) -> None:
    """Close after a grace that phones are told of; while it runs, it can be called off or cut short."""
    if workshop.closing_at is not None:
        st.button(say("round.call_off"), key="call_off", on_click=act, args=(workshop.code, "cancel_close"))
        st.button(say("round.close_now"), key="close_now", on_click=act, args=(workshop.code, "close_round"))
    else:
        st.button(say("round.close"), key="close_round", type="primary" if kind == "primary" else "secondary",
                  on_click=act, args=(workshop.code, "close_round", {"grace": GRACE}))


def beside(workshop: Workshop) -> None:
    """In the host's column, wherever the answering scene is not on."""
    on_scene = workshop.here.kind == "answering"
    if workshop.phase == Phase.ANSWERING and not on_scene:
        closing(workshop, kind="secondary")
    if workshop.phase == Phase.LOBBY and not on_scene:
        st.button(say("round.open"), key="quiet_open_round", type="tertiary", on_click=act,
                  args=(workshop.code, "open_round"))
    if workshop.phase == Phase.REVIEW:
        another(workshop)


def another(workshop: Workshop) -> None:
    """The next round of answers."""
    question, number = f"another_{workshop.code}", workshop.round + 1
    st.button(say("another.button", round=number), key="quiet_another", type="tertiary", on_click=ask,
              args=(question,))
    words = "another_edges" if workshop.collection("edges") else "another"
    ask_once(question, words, partial(act, workshop.code, "open_round"), round=number)
