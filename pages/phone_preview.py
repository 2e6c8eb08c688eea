"""A questionnaire as a phone asks it: one card at a time. Nothing is kept."""

import streamlit as st

from pages.words import plain, say
from workshop.inventory import Questionnaire, in_order


def draw(asked: Questionnaire) -> None:
    """The card; an answer leads to the next one, as it does on a phone."""
    whose = f"{asked.inventory} {asked.form} {asked.context} {asked.dark}"
    items = in_order(asked.items, whose)
    key = f"card_{hash(whose)}"
    at = min(st.session_state.get(key, 0), len(items) - 1)
    with st.container(key="phone", gap="small"):
        st.caption(asked.stem)
        st.progress((at + 1) / len(items))
        with st.container(key="phone_statement"):
            st.text(items[at].text)
        for point, anchor in enumerate(asked.scale.anchors, 1):
            st.button(plain(anchor), key=f"answer_{point}", width="stretch", on_click=move,
                      args=(key, (at + 1) % len(items)))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(say("inventories.back"), key="quiet_card_back", type="tertiary", disabled=at == 0,
                      on_click=move, args=(key, max(0, at - 1)))
            st.caption(say("inventories.card", n=at + 1, of=len(items)), text_alignment="right")
    st.caption(say("inventories.preview_note"))


def move(key: str, to: int) -> None:
    """To another card."""
    st.session_state[key] = to
