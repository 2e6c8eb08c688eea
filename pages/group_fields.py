"""One question that sorts the room into groups, if the host wants one."""

import streamlit as st

from pages.draft import name_of, refusal, value
from pages.words import say
from workshop.sessions.creation import MOST_OPTION, MOST_OPTIONS, MOST_TITLE

HEIGHT = 116


def draw() -> None:
    """The question, and once there is one its answers, one a line."""
    st.text_input(say("create.group"), key=name_of("group_question"), max_chars=MOST_TITLE,
                  placeholder=say("create.group_example"))
    if value("group_question").strip() or value("group_options").strip():
        st.text_area(say("create.group_options"), key=name_of("group_options"), height=HEIGHT,
                     max_chars=2 * MOST_OPTIONS * MOST_OPTION, placeholder=say("create.group_options_example"))
    st.caption(say("create.group_note"))
    refusal("grouping")
