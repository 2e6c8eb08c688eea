"""To take home: one page to read or print, tables, and the private notes, where the host ticks them."""

from collections.abc import Callable

import streamlit as st

from pages import gate
from pages.desk import sessions
from pages.words import plain, say
from workshop.errors import SignInNeeded, WorkshopError
from workshop.export import FORMATS
from workshop.house import house
from workshop.room import Workshop
from workshop.takehome import exported, summary_of

TYPES = {"pdf": "application/pdf", "html": "text/html", "xlsx": "application/vnd.openxmlformats-officedocument."
         "spreadsheetml.sheet", "csv": "text/csv", "json": "application/json",
         "parquet": "application/vnd.apache.parquet", "zip": "application/zip"}


def draw(workshop: Workshop) -> None:
    """A button for every format there is."""
    st.header(say("home_take.title"), anchor=False)
    if not ready(workshop):
        st.markdown(say("home_take.later"))
        return
    st.markdown(say("home_take.text"))
    chosen, name = notes(workshop), f"bothand-{'rehearsal-' if workshop.rehearsal else ''}{workshop.code}"
    with st.container(horizontal=True, key="downloads"):
        for format in FORMATS:
            st.download_button(say(f"home_take.{format}"), making(workshop.code, format, chosen), key=f"take_{format}",
                               file_name=f"{name}.{format}", mime=TYPES[format], on_click="ignore")


def ready(workshop: Workshop) -> bool:
    """Whether a round has been closed."""
    try:
        summary_of(sessions(), workshop.code)
    except WorkshopError:
        return False
    return True


def notes(workshop: Workshop) -> tuple[str, ...]:
    """The scenes whose private note goes along; none unless ticked."""
    written = [scene for scene in workshop.agenda if workshop.notes.get(scene.id)]
    if not written:
        return ()
    with st.expander(say("home_take.notes"), key="notes"):
        return tuple([scene.id for scene in written if note(workshop, scene.id, scene.title)])


def note(workshop: Workshop, scene: str, title: str) -> bool:
    """One note, to be ticked."""
    ticked = st.checkbox(plain(title), key=f"with_note_{scene}")
    st.text(workshop.notes[scene])
    return ticked


def making(code: str, format: str, chosen: tuple[str, ...]) -> Callable[[], bytes]:
    """Made when it is asked for, and only for somebody who is still signed in."""
    still_signed_in = gate.later()

    def make() -> bytes:
        if not still_signed_in():
            raise SignInNeeded("sign_in", say("gate.title"))
        return exported(house().sessions, code, format, chosen).body
    return make
