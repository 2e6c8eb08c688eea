"""Opening, closing and revealing: what changes what the room may know, each asked once where it is final."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.desk import act, ask, ask_once, asks, sessions
from pages.words import say
from workshop.release import dark_allowed
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
    """Close after a grace that phones are told of; while it runs, it can be called off."""
    if workshop.closing_at is not None:
        st.button(say("round.call_off"), key="call_off", on_click=act, args=(workshop.code, "cancel_close"))
    else:
        st.button(say("round.close"), key="close_round", type="primary" if kind == "primary" else "secondary",
                  on_click=act, args=(workshop.code, "close_round", {"grace": GRACE}))


def offers(workshop: Workshop) -> None:
    """What the present scene invites to do, under the stage."""
    if workshop.here.kind == "dark" and may_reveal(workshop):
        offer("reveal.offer", reveal, workshop)
    if workshop.here.kind == "edges" and workshop.collection("edges"):
        offer("edges.offer", edges, workshop)


def offer(words: str, button: Callable[[Workshop], None], workshop: Workshop) -> None:
    """A sentence, and what can be done."""
    with st.container(key="offer", border=True, gap="small"):
        st.markdown(say(words))
        button(workshop)


def beside(workshop: Workshop) -> None:
    """In the host's column: the round itself, and what no scene of this run-sheet would offer."""
    kinds = {scene.kind for scene in workshop.agenda}
    on_scene = workshop.here.kind == "answering"
    if workshop.phase == Phase.ANSWERING and not on_scene:
        closing(workshop, kind="secondary")
    if workshop.phase == Phase.LOBBY and not on_scene:
        st.button(say("round.open"), key="quiet_open_round", type="tertiary", on_click=act,
                  args=(workshop.code, "open_round"))
    if may_reveal(workshop) and "dark" not in kinds:
        reveal(workshop)
    if workshop.collection("edges") and "edges" not in kinds:
        edges(workshop)
    if workshop.phase == Phase.REVIEW:
        another(workshop)


def may_reveal(workshop: Workshop) -> bool:
    """Whether there is something that the host may choose to show."""
    return workshop.dark and not workshop.revealed and sessions().snapshot(workshop.code).released


def reveal(workshop: Workshop) -> None:
    """Shows the harder statements, once and for all rounds; with the sentence to say first."""
    question = f"reveal_{workshop.code}"
    enough = dark_allowed(sessions().snapshot(workshop.code).n, workshop.policy)
    button(say("reveal.button"), "reveal", question)
    ask_once(question, "reveal" if enough else "reveal_few", partial(act, workshop.code, "reveal_dark"))


def edges(workshop: Workshop) -> None:
    """Ends the choosing and shows what was chosen."""
    question = f"edges_{workshop.code}"
    button(say("edges.button"), "close_edges", question)
    ask_once(question, "edges", partial(act, workshop.code, "close_edges"))


def button(label: str, key: str, question: str) -> None:
    """Gives way to its question once it is pressed."""
    if not asks(question):
        st.button(label, key=key, on_click=ask, args=(question,))


def another(workshop: Workshop) -> None:
    """The next round of answers."""
    question, number = f"another_{workshop.code}", workshop.round + 1
    st.button(say("another.button", round=number), key="quiet_another", type="tertiary", on_click=ask,
              args=(question,))
    words = "another_edges" if workshop.collection("edges") else "another"
    ask_once(question, words, partial(act, workshop.code, "open_round"), round=number)
