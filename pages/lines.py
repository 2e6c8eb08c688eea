"""One workshop on the home page: as a card while people are in it, else as a line."""

from functools import partial

import streamlit as st

from pages.about import about, answered, where
from pages.days import day_of
from pages.desk import act, ask, ask_once, attempt, sessions
from pages.words import of, plain, say
from workshop.room import Phase, Workshop
from workshop.sessions.example import example_code


def card(workshop: Workshop, *, primary: bool) -> None:
    """With the one button that leads back into the room."""
    with st.container(key=f"running_{workshop.code}", border=True):
        left, middle, right = st.columns([5.2, 2.4, 1.1], vertical_alignment="center")
        with left, st.container(key=f"head_{workshop.code}", gap=None):
            st.caption(say("home.running_rehearsal" if workshop.rehearsal else "home.running",
                           day=day_of(workshop.created)))
            with st.container(key=f"lead_{workshop.code}"):
                st.text(workshop.title)
            st.markdown(f":gray[{about(workshop)}]")
        with middle:
            st.markdown(f"**{plain(workshop.here.title)}**  \n:small[:gray[{where(workshop)}]]")
        with right, st.container(horizontal=True, horizontal_alignment="right", key=f"resume_{workshop.code}"):
            opens(workshop, say("home.resume"), "primary" if primary else "secondary")


def opens(workshop: Workshop, label: str, kind: str) -> None:
    """A button into the workshop: its live page, or its results once it is sealed."""
    key = f"{'quiet_' if kind == 'tertiary' else ''}open_{workshop.code}"
    if st.button(label, key=key, type="primary" if kind == "primary" else
                 "tertiary" if kind == "tertiary" else "secondary"):
        page = "results.py" if workshop.phase == Phase.SEALED else "live.py"
        st.switch_page(page, query_params={"code": workshop.code})


def line(workshop: Workshop) -> None:
    """A workshop to come, or one that is over."""
    with st.container(key=f"line_{workshop.code}", gap="small"):
        name, day, kind, does = st.columns([4.6, 1.7, 1.1, 3.2], vertical_alignment="top")
        with name, st.container(key=f"strong_{workshop.code}", gap=None):
            st.text(workshop.title)
            st.caption(say("home.simulated") if workshop.rehearsal else about(workshop))
        day.markdown(f"{plain(day_of(workshop.created))}  \n:small[:gray[{answered(workshop)}]]")
        kind.caption(say(f"home.kind_{kind_of(workshop)}"))
        with does, st.container(horizontal=True, horizontal_alignment="right", key=f"does_{workshop.code}"):
            buttons(workshop)
        words = "forget_draft" if workshop.phase == Phase.DRAFT else "forget"
        ask_once(f"forget_{workshop.code}", words, partial(forget, workshop.code))


def kind_of(workshop: Workshop) -> str:
    """A rehearsal, the example, one from elsewhere, a draft or a sealed one."""
    if workshop.rehearsal:
        return "rehearsal"
    if workshop.imported:
        return "example" if workshop.code == example_code() else "imported"
    return workshop.phase.value


def buttons(workshop: Workshop) -> None:
    """What can be done with it from here."""
    code = workshop.code
    this = workshop.title
    opens(workshop, of(say("home.open"), this), "tertiary")
    if not workshop.rehearsal and st.button(of(say("home.duplicate"), this), key=f"quiet_like_{code}", type="tertiary"):
        st.switch_page("create.py", query_params={"like": code})
    if workshop.phase == Phase.SEALED and not workshop.rehearsal:
        on = not workshop.archived
        st.button(of(say("home.put_away" if on else "home.take_out"), this), key=f"quiet_archive_{code}",
                  type="tertiary", on_click=act, args=(code, "archive", {"on": on}))
    st.button(of(say("home.forget"), this), key=f"quiet_forget_{code}", type="tertiary", on_click=ask,
              args=(f"forget_{code}",))


def forget(code: str) -> None:
    """The workshop and everything of it."""
    attempt(lambda: sessions().forget_workshop(code))
