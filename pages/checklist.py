"""What a host reads and ticks before the room opens."""

import streamlit as st

from pages.draft import name_of, refusal
from pages.words import locale, say


def draw() -> None:
    """Every line has its own box."""
    with st.container(key="section_checklist", gap="small"):
        st.header(say("create.before"), anchor=False)
        st.markdown(f":gray[{say('create.read')}]")
        boxes("draft")
        refusal("checklist")


def boxes(whose: str) -> bool:
    """The lines; whether all of them are ticked."""
    lines = locale().lines("common.checklist.lines")
    keys = [name_of(f"tick_{place}") if whose == "draft" else f"{whose}_tick_{place}" for place in range(len(lines))]
    ticked = [st.checkbox(line, key=key) for line, key in zip(lines, keys, strict=True)]
    return all(ticked)
