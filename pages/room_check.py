"""The room check: which address phones use, and whether another device has reached it."""

import streamlit as st
from PIL.Image import Image
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from pages import gate
from pages.days import moment
from pages.desk import sessions
from pages.words import plain, say
from workshop.house import house
from workshop.reach import PATH, reach
from workshop.signin import LINK_SECONDS

QUIET = 2


def qr(url: str) -> Image:
    """A QR code, black on white in every theme: cameras want it so."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET, box_size=8)
    code.add_data(url)
    drawn: Image = code.make_image().get_image()
    return drawn


@st.fragment(run_every="3s")
def card(*, short: bool = False) -> None:
    """Looks again by itself, since the proof comes from another device; `short` leads to the whole room check."""
    gate.require()
    address = sessions().addressing
    with st.container(key="inset_check"):
        words, picture, again = st.columns([5, 1.2, 1.9], vertical_alignment="center")
        with words:
            if short:
                st.markdown(f"**{say('check.title')}**")
            if address.loopback:
                st.markdown(say("check.alone"))
            else:
                st.markdown(say("check.address", address=plain(address.address), reached=reached()))
                choose()
            if short:
                st.page_link("check.py", label=say("check.more"))
            elif not address.loopback:
                st.caption(say("check.how"))
        if not address.loopback:
            picture.image(qr(address.base + PATH), width=104, alt=say("check.qr", address=address.address))
            again.button(say("check.again"), key="check_again", on_click=reach().forget)


def reached() -> str:
    """How many other devices have been here."""
    others = reach().others
    return say("check.none" if not others else "check.one" if others == 1 else "check.some", n=others)


def choose() -> None:
    """Which adapter phones use, where there are several."""
    address = sessions().addressing
    if len(address.choices) > 1 and not house().settings.public_url:
        st.selectbox(say("check.choose"), address.choices, key="adapter", width=320,
                     on_change=chosen)


def chosen() -> None:
    """Phones are told the adapter's address from now on."""
    if gate.signed_in():
        sessions().addressing.choose(st.session_state["adapter"])


def consoles() -> None:
    """A link that lets one more browser in, as text and as a QR code."""
    with st.container(horizontal=True, vertical_alignment="center", key="consoles"):
        st.button(say("consoles.add"), key="quiet_console", type="tertiary", on_click=add)
        st.page_link("inventories.py", label=say("inventories.link"))
        st.page_link("installation.py", label=say("installation.link"))
        st.link_button(say("consoles.leave"), "/sign-out", type="tertiary")
    link, until = st.session_state.get("console_link", ("", 0.0))
    if link and until > sessions().clock():
        invitation(link, until)


def invitation(link: str, until: float) -> None:
    """Good once, for a few minutes."""
    with st.container(border=True, key="box_console"):
        words, picture = st.columns([5, 1.2], vertical_alignment="center")
        with words:
            st.markdown(say("consoles.how", until=moment(until)))
            st.code(link, language=None, wrap_lines=True)
            st.caption(say("consoles.right"))
        picture.image(qr(link), width=136, alt=say("consoles.qr"))


def add() -> None:
    """A fresh link in place of the one shown before."""
    if gate.signed_in():
        link = sessions().addressing.base + house().signin.one_time(LINK_SECONDS)
        st.session_state["console_link"] = (link, sessions().clock() + LINK_SECONDS)
