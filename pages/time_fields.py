"""How long the meeting is, when the next one is, and what is rarely needed."""

from datetime import date, timedelta

import streamlit as st

from pages import group_fields
from pages.desk import sessions
from pages.draft import OWN, languages, name_of, own_agenda, refusal, start_own_agenda, value
from pages.words import plain, say, title_of
from workshop.inventory import Agenda
from workshop.sessions.creation import LONGEST_MEETING


def draw() -> None:
    """The second section of the form."""
    with st.container(key="section_time"):
        st.header(say("create.time"), anchor=False)
        left, right = st.columns(2, gap="large")
        with left:
            st.segmented_control(say("create.agenda"), (*agendas(), OWN), key=name_of("agenda"), required=True,
                                 format_func=agenda_name, width="stretch", on_change=start_own_agenda)
        with right:
            meeting()
        if value("agenda") == OWN:
            own_agenda().draw()
        else:
            st.caption(scenes_of(agendas()[value("agenda")]))
        refusal("agenda")


def meeting() -> None:
    """The day on which the same people meet again."""
    today = date.today()
    st.date_input(say("create.next"), key=name_of("next_meeting"), format="DD/MM/YYYY", value=None,
                  min_value=today + timedelta(days=1), max_value=today + timedelta(days=LONGEST_MEETING))
    st.caption(say("create.next_note"))
    refusal("next_meeting")


def agendas() -> dict[str, Agenda]:
    """The run-sheets there are, shortest first, the later meeting last."""
    known = sessions().library.agendas
    return dict(sorted(known.items(), key=lambda pair: (not pair[0].isdigit(), pair[0])))


def agenda_name(id: str) -> str:
    """ "45", "60", "90", or what it is for."""
    return id if id.isdigit() else say(f"create.agenda_{id}")


def scenes_of(agenda: Agenda) -> str:
    """The scenes with their minutes, in one line."""
    return " · ".join(f"{plain(scene.title)} {scene.minutes}" for scene in agenda.scenes_in(value("language")))


def more() -> None:
    """Inventory, language, and a closing time."""
    library = sessions().library
    with st.expander(say("create.more"), key="more"):
        left, right = st.columns(2, gap="large")
        left.selectbox(say("create.inventory"), tuple(library.inventories), key=name_of("inventory"),
                       format_func=lambda id: title_of(library.inventories[id]))
        right.selectbox(say("create.language"), languages(), key=name_of("language"),
                        format_func=lambda id: library.locales[id].text("common.language.name"))
        wall()
        group_fields.draw()
        left, right = st.columns(2, gap="large")
        left.date_input(say("create.closes"), key=name_of("closes_day"), format="DD/MM/YYYY", value=None,
                        min_value=date.today(), max_value=date.today() + timedelta(days=LONGEST_MEETING))
        right.time_input(say("create.closes_at"), key=name_of("closes_time"), value=None)
        st.caption(say("create.closes_note"))
        refusal("inventory", "language", "closes_at")


def wall() -> None:
    """One word from everybody at the end, or not."""
    named = {False: say("create.words_off"), True: say("create.words_on")}
    st.segmented_control(say("create.words"), (False, True), key=name_of("words"), required=True,
                         format_func=named.__getitem__, width=240)
    st.caption(say("create.words_note"))
