"""A summary from another installation, brought into this archive."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.desk import attempt, sessions, tell
from pages.words import say


def draw() -> None:
    """Where it is chosen, and what can be said of it."""
    with st.expander(say("bring.title"), key="bring"):
        st.markdown(say("bring.how"))
        given = st.file_uploader(say("bring.file"), type="json", key="summary_file")
        if given is not None:
            st.button(say("bring.take_in"), key="bring_summary", on_click=take_in, args=(given,))
        st.caption(say("bring.trust"))


def take_in(given: UploadedFile) -> None:
    """A sealed workshop of it, or why not."""
    kept = attempt(lambda: sessions().import_summary(given.getvalue()))
    if kept is not None:
        tell(say("bring.taken_in", title=kept.title))
