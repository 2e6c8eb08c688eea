"""This installation: its language, a backup of it, who is signed in, how it was set, and the tour once more."""

import streamlit as st

from pages import days, gate, signed_in, tongue, tour
from pages.desk import sessions, show_notice
from pages.top import top
from pages.words import say
from workshop.house import house
from workshop.settings import Settings

NARROW = 320


def language() -> None:
    """Only where there is something to choose."""
    if len(tongue.languages()) == 1:
        return
    st.header(say("installation.language"), anchor=False)
    names = ("", *tongue.languages())
    st.selectbox(say("installation.language_of"), names, key="console_language", index=names.index(tongue.chosen()),
                 format_func=named, width=NARROW, on_change=choose)


def named(language: str) -> str:
    """What a language calls itself."""
    if not language:
        return say("installation.as_browser")
    return house().library.locales[language].text("common.language.name")


def choose() -> None:
    """Keeps the choice."""
    if gate.signed_in():
        tongue.choose(st.session_state["console_language"])


def backup() -> None:
    """One file, made while workshops go on; how it comes back."""
    st.header(say("installation.backup"), anchor=False)
    st.markdown(say("installation.backup_what"))
    st.link_button(say("installation.backup_take"), "/api/backup")
    st.caption(say("installation.backup_back"))
    st.code("uv run python -m workshop restore bothand-backup-….duckdb --replace", language=None, wrap_lines=True)


def settings() -> None:
    """What was set at the start; a key is never shown."""
    st.header(say("installation.settings"), anchor=False)
    for what, value, variable in read(house().settings):
        name, now, by = st.columns([2, 4, 3.4], vertical_alignment="top")
        name.markdown(f":gray[{what}]")
        now.text(value)  # never as Markdown: what is copied from here has to be what was set
        by.text(variable)
    st.caption(say("installation.settings_how"))


def read(kept: Settings) -> list[tuple[str, str, str]]:
    """Each setting with its value and the variable that sets it."""
    own_key = "own_key" if kept.facilitator_key else "made_key"
    values = (
        ("phones", sessions().addressing.base, "BOTHAND_PUBLIC_URL"),
        ("port", str(kept.port), "BOTHAND_PORT"),
        ("host", kept.host or say("installation.everywhere"), "BOTHAND_HOST"),
        ("archive", days.after_sealing(kept.archive_months), "BOTHAND_ARCHIVE_MONTHS"),
        ("database", str(kept.database), "BOTHAND_DATABASE"),
        ("keys", str(kept.keys), "BOTHAND_KEYS"),
        ("key", say(f"installation.{own_key}"), "BOTHAND_FACILITATOR_KEY"),
        ("tls", say("create.yes" if kept.tls_cert else "create.no"), "BOTHAND_TLS_CERT, BOTHAND_TLS_KEY"),
    )
    return [(say(f"installation.{what}"), value, variable) for what, value, variable in values]


def once_more() -> None:
    """The tour, for whoever comes next."""
    st.header(say("installation.tour"), anchor=False)
    st.markdown(say("installation.tour_what"))
    st.button(say("installation.tour_again"), key="tour_again", on_click=tour.again, disabled=not tour.mark().exists())


top()
with st.container(key="page"):
    st.title(say("installation.title"), anchor=False)
    show_notice()
    language()
    backup()
    signed_in.draw()
    settings()
    once_more()
