"""The room while it happens: run-sheet, what the room sees, and what only the host needs."""

import streamlit as st

from pages import changing, host, preparing, remote, run_sheet, stage_view, tour
from pages.desk import here, missing, show_notice
from pages.top import top, top_of
from workshop.room import Phase

workshop = here()
if workshop is None:
    top()
    missing()
    st.stop()
if workshop.phase == Phase.SEALED:
    st.switch_page("results.py", query_params={"code": workshop.code})

top_of(workshop)
with st.container(key="live"):
    left, middle, right = st.columns([240, 768, 304], gap="medium")
    with left:
        run_sheet.draw(workshop)
    with middle:
        stage_view.draw(workshop)
        show_notice()
        if workshop.phase == Phase.DRAFT:
            preparing.draw(workshop)
        else:
            remote.draw(workshop)
            changing.draw(workshop)
            stage_view.in_words(workshop)
    with right:
        tour.live()
        host.draw(workshop)
