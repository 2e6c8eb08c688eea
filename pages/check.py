"""Before people arrive: whether phones get in, how they join the Wi-Fi, what the projector shows, what to remember."""

import streamlit as st

from pages import room_check
from pages.desk import sessions, show_notice
from pages.top import top
from pages.wifi import joining
from pages.words import locale, plain, say
from workshop.house import house
from workshop.room import Phase

SYSTEMS = ("windows", "macos", "linux", "android", "iphone", "router")
MOST_NAME, MOST_PASSWORD = 32, 63
SIDE = 240


def own_url() -> None:
    """Where phones are told an address that the host has set."""
    url = house().settings.public_url
    st.caption(say("room.own_url", url=plain(url)) if url else say("room.no_own_url"))


def advice() -> None:
    """What to do when no phone gets through, for each system."""
    st.header(say("room.advice"), anchor=False)
    st.markdown(say("room.advice_first", port=house().settings.port))
    for system, tab in zip(SYSTEMS, st.tabs([say(f"room.{system}.name") for system in SYSTEMS]), strict=True):
        with tab:
            for line in locale().lines(f"console.room.{system}.steps"):
                st.markdown(f"- {line.format(port=house().settings.port)}")


def wifi() -> None:
    """A second code, which joins the network itself. It lives on this page only."""
    st.header(say("room.wifi"), anchor=False)
    words, picture = st.columns([5.4, 2.4], vertical_alignment="top")
    with words:
        st.markdown(say("room.wifi_how"))
        left, right = st.columns(2)
        name = left.text_input(say("room.wifi_name"), key="wifi_name", max_chars=MOST_NAME)
        password = right.text_input(say("room.wifi_password"), key="wifi_password", max_chars=MOST_PASSWORD)
        st.caption(say("room.wifi_note"))
    if name.strip():
        picture.image(room_check.qr(joining(name, password)), width=SIDE, alt=say("room.wifi_qr"))


def projector() -> None:
    """The test picture, in both themes."""
    st.header(say("room.projector"), anchor=False)
    st.markdown(say("room.projector_how"))
    with st.container(horizontal=True):
        st.link_button(say("room.test_bright"), "/stage/test?theme=bright")
        st.link_button(say("room.test_dark"), "/stage/test?theme=dark")


def remember() -> None:
    """What the checklist asks, and which prepared workshops lack a helpline."""
    st.header(say("room.remember"), anchor=False)
    for line in locale().lines("common.checklist.lines"):
        st.markdown(f"- {line}")
    ahead = [one for one in sessions().workshops() if one.phase in (Phase.DRAFT, Phase.LOBBY) and not one.rehearsal]
    for workshop in ahead:
        if not workshop.helpline.strip():
            st.markdown(f"**{say('room.no_helpline', title=plain(workshop.title))}**")


top()
with st.container(key="page"):
    st.title(say("check.title"), anchor=False)
    show_notice()
    room_check.card()
    own_url()
    advice()
    wifi()
    projector()
    remember()
