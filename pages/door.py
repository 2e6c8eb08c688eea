"""The door of the room: locked or open, and how many more may come in; and how well it is protected."""

from functools import partial

import streamlit as st

from pages.about import protection
from pages.desk import act, ask, ask_once, attempt, sessions
from pages.words import say, shared
from workshop.release import Level
from workshop.room import Phase, Workshop

HIGHER: dict[Level, tuple[Level, ...]] = {"open": ("blocks", "held"), "blocks": ("held",), "held": ()}
MOST_LATE = 50


def draw(workshop: Workshop) -> None:
    """Lock, unlock, let a few in; raise the protection between rounds."""
    code = workshop.code
    st.markdown(f"**{say('door.title')}**")
    if workshop.level == "blocks" and workshop.phase == Phase.ANSWERING:
        st.caption(say("door.blocks"))
    elif workshop.locked:
        late(workshop)
        st.button(say("door.unlock"), key="quiet_unlock", type="tertiary", on_click=act, args=(code, "unlock"))
    else:
        st.button(say("door.lock"), key="quiet_lock", type="tertiary", on_click=act, args=(code, "lock"))
    silent(workshop)
    raising(workshop)


def silent(workshop: Workshop) -> None:
    """Seats from before the address changed, whose phones have come back as new ones or have gone."""
    n, question = sessions().moved.silent(workshop), f"drop_{workshop.code}"
    if n:
        st.button(say("silent.button", n=n), key="quiet_drop", type="tertiary", on_click=ask, args=(question,))
        ask_once(question, "silent", lambda: attempt(lambda: sessions().moved.drop(workshop.code)), n=n)


def late(workshop: Workshop) -> None:
    """So many more may join while the room stays locked."""
    if workshop.let_in:
        st.caption(say("door.waiting", n=workshop.let_in))
    with st.container(horizontal=True, vertical_alignment="bottom", key="late"):
        seats = st.number_input(say("door.how_many"), 1, MOST_LATE, key="let_in_seats", width=140)
        st.button(say("door.let_in"), key="let_in", on_click=act, args=(workshop.code, "let_in", {"seats": seats}))


def raising(workshop: Workshop) -> None:
    """Up, never down, and only between rounds."""
    st.caption(say("door.protection", protection=protection(workshop)))
    if workshop.phase not in (Phase.LOBBY, Phase.REVIEW):
        return
    for level in HIGHER[workshop.level]:
        name, question = shared(f"level.{level}.name"), f"raise_{level}"
        st.button(say("raise.button", level=name), key=f"quiet_raise_{level}", type="tertiary", on_click=ask,
                  args=(question,))
        ask_once(question, "raise", partial(act, workshop.code, "raise_protection", {"level": level}), level=name)
