"""What every phone will say, as the form is filled in."""

import streamlit as st

from pages.draft import value
from pages.words import locale, say
from workshop.release import policy


def draw() -> None:
    """Beside the form, following it."""
    numbers = policy(value("protection"), value("context"))
    with st.container(key="inset_promise", gap="small"):
        st.caption(say("create.phones"))
        for line in locale().lines(f"common.level.{numbers.level}.promise"):
            st.markdown(line.format(k=numbers.k, m=numbers.m))
        st.divider()
        st.caption(say("create.phones_limit"))
