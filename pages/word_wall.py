"""Words of the room: nobody but the host sees them before they are let through."""

import streamlit as st

from pages.desk import act, sessions
from pages.words import plain, say
from workshop.room import Workshop


def entering(workshop: Workshop) -> bool:
    """Whether people can still write a word."""
    collection = workshop.collection("words")
    return collection is not None and not collection.pending


def waiting(workshop: Workshop) -> bool:
    """Whether words wait for the host's yes or no."""
    collection = workshop.collection("words")
    return collection is not None and collection.pending


def choose(workshop: Workshop) -> None:
    """Every word with a box, and the button that shows the ticked ones."""
    with st.container(horizontal=True, key="pending_words"):
        for word in sessions().pending_words(workshop.code):
            st.checkbox(plain(word.text), word.approved, key=f"word_{word.id}", on_change=decide,
                        args=(workshop.code, word.id))
    st.button(say("word_wall.finish"), key="finish_words", on_click=act, args=(workshop.code, "finish_words"))


def decide(code: str, id: str) -> None:
    """Yes or no to one word."""
    act(code, "approve_word", {"id": id, "approved": st.session_state[f"word_{id}"]})
