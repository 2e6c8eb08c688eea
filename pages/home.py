"""Home: what is running, what was, and whether phones can come in."""

from contextlib import suppress

import streamlit as st

from pages import bringing, days, lines, rehearsing, room_check, tour
from pages.desk import lost, sessions, show_notice, whole
from pages.look import mark, theme_name
from pages.top import top
from pages.words import say
from workshop.errors import Missing
from workshop.room import Phase, Workshop
from workshop.sessions.example import example_code

RUNNING = (Phase.LOBBY, Phase.ANSWERING, Phase.REVIEW)


def title_row(*, running: bool, known: bool) -> None:
    """The page's name, and the two ways to begin. With nothing running, one of them is the primary one: the rehearsal
    for whoever has never had a room."""
    with st.container(horizontal=True, vertical_alignment="center", key="title_row"):
        st.title(say("home.title"), anchor=False, width="stretch")
        if st.button(say("home.rehearse"), key="rehearse", type="secondary" if running or known else "primary"):
            rehearsing.begin()
        if st.button(say("home.new"), key="new", type="primary" if known and not running else "secondary"):
            st.switch_page("create.py")


def empty() -> None:
    """Before the first workshop."""
    with st.container(key="empty", horizontal_alignment="center"):
        st.image(mark(theme_name()), width=64, alt="")
        st.markdown(say("home.empty"), text_alignment="center")


def running(workshops: list[Workshop]) -> None:
    """Workshops with people in them; the newest is the one to resume."""
    for place, workshop in enumerate(workshops):
        with suppress(Missing):  # another console has forgotten it meanwhile
            lines.card(workshop, primary=place == 0)


def listed(heading: str, workshops: list[Workshop]) -> None:
    """A heading and a line each; nothing where there are none."""
    if workshops:
        with st.container(key=f"list_{heading}", gap="small"):
            st.header(say(f"home.{heading}"), anchor=False)
            for workshop in workshops:
                with suppress(Missing):
                    lines.line(workshop)


def archive(workshops: list[Workshop]) -> None:
    """What has been put away."""
    if workshops:
        with st.expander(say("home.archive", n=len(workshops)), key="archive"):
            for workshop in workshops:
                with suppress(Missing):
                    lines.line(workshop)


def without_inventory(workshops: list[Workshop]) -> None:
    """Said once, at the foot of the lists: everything else goes on without them."""
    if workshops:
        with st.container(key="list_lost", gap="small"):
            st.header(say("missing.inventory"), anchor=False)
            for inventory, workshop in {one.inventory: one for one in workshops}.items():
                st.text(", ".join(one.title for one in workshops if one.inventory == inventory))
                st.caption(lost(workshop))


found = sessions().workshops()
every = [workshop for workshop in found if whole(workshop)]
own = [workshop for workshop in every if workshop.code != example_code()]
now = [workshop for workshop in every if workshop.phase in RUNNING]

top(say("top.team"), back=False)
with st.container(key="page"):
    title_row(running=bool(now), known=bool(own))
    show_notice()
    if not tour.home() and not own:
        empty()
    running(now)
    listed("prepared", [one for one in every if one.phase == Phase.DRAFT])
    listed("earlier", [one for one in every if one.phase == Phase.SEALED and not one.archived])
    archive([one for one in every if one.archived])
    without_inventory([workshop for workshop in found if not whole(workshop)])
    bringing.draw()
    room_check.card(short=True)
    room_check.consoles()
    st.caption(say("home.kept", after=days.after_sealing(sessions().settings.archive_months)))
