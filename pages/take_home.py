"""To take home: what goes in, the page for the wall as it will be, and a button for every form of it."""

from collections.abc import Callable

import streamlit as st

from pages import gate, letting_in
from pages.contents import Contents
from pages.desk import found, sessions, while_there
from pages.words import say
from workshop.errors import SignInNeeded, WorkshopError
from workshop.export import PAPERS, Choice, Offer, media_type
from workshop.house import house
from workshop.room import Workshop
from workshop.takehome import exported, named, offered, previewed

MAIN = ("pdf", "html", "xlsx", "zip")
TABLES = (("csv", "long"), ("csv", "wide"), ("parquet", ""), ("json", ""))
WIDTH = 460


def draw(workshop: Workshop, contents: Contents) -> None:
    """Under everything else on the page of results."""
    contents.heading(say("home_take.title"), "take-home")
    if ready(workshop):
        st.markdown(say("home_take.text"))
        part(workshop.code)
    else:
        st.markdown(say("home_take.later"))


def ready(workshop: Workshop) -> bool:
    """Whether a round has been closed."""
    try:
        offered(sessions(), workshop.code, Choice())
    except WorkshopError:
        return False
    return True


@st.fragment
def part(code: str) -> None:
    """Drawn anew by itself when something is ticked: the pictures above it stay."""
    gate.require()
    workshop = found(code)
    if workshop is None:
        st.rerun()
        return
    with while_there(), st.container(key="take_home"):
        left, right = st.columns([1, 1], gap="large")
        with left:
            choice, paper = chosen(workshop)
        with right:
            preview(code, choice, paper)


def chosen(workshop: Workshop) -> tuple[Choice, str]:
    """What the host lets in and on which paper, and the buttons that make files of it."""
    choice = letting_in.choice(workshop, lambda choice: offered(sessions(), workshop.code, choice))
    paper = st.segmented_control(say("home_take.paper"), list(PAPERS), default="a4", required=True, key="paper",
                                 format_func=lambda name: say(f"home_take.{name}")) or "a4"
    buttons(workshop.code, choice, paper, offered(sessions(), workshop.code, choice))
    return choice, paper


def buttons(code: str, choice: Choice, paper: str, offer: Offer) -> None:
    """One for every format; while a file is being made its button turns."""
    with st.container(horizontal=True, key="downloads"):
        for format in MAIN:
            download(code, format, paper if format in ("pdf", "zip") else "", choice)
    with st.expander(say("home_take.more"), key="more_files"):
        with st.container(horizontal=True, key="tables"):
            for format, variant in TABLES:
                download(code, format, variant, choice)
        single(code, choice, offer)
    st.caption(say("home_take.making"))


def single(code: str, choice: Choice, offer: Offer) -> None:
    """One picture by itself."""
    names = [name for name in offer.pictures if name in choice.pictures]
    if not names:
        return
    name = st.selectbox(say("home_take.single"), names, key="single", format_func=letting_in.picture_name)
    with st.container(horizontal=True, key="single_files"):
        for format in ("svg", "png"):
            download(code, format, name, choice)


def download(code: str, format: str, variant: str, choice: Choice) -> None:
    """One button, with the name that its file will have."""
    words = "csv_wide" if (format, variant) == ("csv", "wide") else format
    st.download_button(say(f"home_take.{words}"), making(code, format, choice, variant), key=f"take_{words}",
                       file_name=named(sessions(), code, format, variant), mime=media_type(format), on_click="ignore",
                       type="primary" if format == "pdf" else "secondary")


def making(code: str, format: str, choice: Choice, variant: str = "") -> Callable[[], bytes]:
    """Made when it is asked for, and only for somebody who is still signed in."""
    still_signed_in = gate.later()

    def make() -> bytes:
        if not still_signed_in():
            raise SignInNeeded("sign_in", say("gate.title"))
        return exported(house().sessions, code, format, choice, variant).body
    return make


def preview(code: str, choice: Choice, paper: str) -> None:
    """The page for the wall, as it will be printed."""
    with st.spinner(say("home_take.drawing")):
        pages = previewed(sessions(), code, choice, paper)
    with st.container(key="sheet"):
        st.image(list(pages), width=WIDTH, alt=[say("home_take.preview")] * len(pages))
    st.caption(say("home_take.name", name=named(sessions(), code, "pdf", paper)))
