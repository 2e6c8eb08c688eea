"""The three levels of protection as cards."""

import streamlit as st

from pages.draft import name_of, refusal, value
from pages.words import say, shared
from workshop.release import Level, policy

LEVELS: tuple[Level, ...] = ("held", "blocks", "open")


def draw() -> None:
    """Chosen once, fixed when the first round opens."""
    with st.container(key="section_protection"):
        st.header(say("create.protection"), anchor=False)
        cards = {level: card(level, value("context")) for level in LEVELS}
        st.radio(say("create.protection"), LEVELS, key=name_of("protection"), horizontal=True,
                 label_visibility="collapsed", format_func=cards.__getitem__, captions=[*map(meant_for, LEVELS)],
                 width="stretch")
        if value("context") == "partner":
            st.caption(say("create.partners"))
        refusal("protection")


def card(level: Level, context: str) -> str:
    """What a level does, with the numbers it would have in this room."""
    numbers = policy(level, context)
    return f"**{shared(f'level.{level}.name')}**  \n{shared(f'level.{level}.about', k=numbers.k, m=numbers.m)}"


def meant_for(level: str) -> str:
    """Which rooms it suits."""
    return shared(f"level.{level}.meant_for")
