"""What every page does alike: finds its workshop, acts on it, says what came of that, and asks once."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, TypeVar

import streamlit as st

from pages import gate
from pages.words import plain, say
from workshop.errors import Missing, WorkshopError
from workshop.house import house
from workshop.room import Workshop
from workshop.sessions import Sessions

T = TypeVar("T")
PATIENCE = 30.0
NOTICE_SECONDS = 10.0


def sessions() -> Sessions:
    """The verbs of this installation."""
    return house().sessions


def here() -> Workshop | None:
    """The workshop that the page's address names, if what it asks is there too."""
    workshop = found(st.query_params.get("code", ""))
    return workshop if workshop is not None and whole(workshop) else None


def whole(workshop: Workshop) -> bool:
    """Whether the inventory that it asks is still there: without that no page can tell of it."""
    return workshop.inventory in sessions().library.inventories


def found(code: str) -> Workshop | None:
    """A workshop by its code, however it is typed."""
    try:
        return sessions().workshop(code.replace(" ", "").upper())
    except WorkshopError:
        return None


@contextmanager
def while_there() -> Iterator[None]:
    """Draws the page anew where the workshop is forgotten meanwhile, by another console, a script or its age."""
    try:
        yield
    except Missing as error:
        if error.code != "unknown_code":
            raise
        st.rerun()


def missing() -> None:
    """For a page whose workshop is not there, or not any more."""
    workshop = found(st.query_params.get("code", ""))
    with st.container(key="calm"):
        if workshop is None or whole(workshop):
            st.title(say("missing.title"), anchor=False)
            st.markdown(say("missing.text"))
        else:
            st.title(say("missing.inventory"), anchor=False)
            st.markdown(lost(workshop))


def lost(workshop: Workshop) -> str:
    """Which inventory is missing, and what to do."""
    return say("missing.inventory_text", id=plain(workshop.inventory))


# acting


def attempt(verb: Callable[[], Future[T]]) -> T | None:
    """What the verb gives once it is durable; None, and a notice, where it was refused."""
    if not gate.signed_in():
        return None
    hush()
    try:
        return verb().result(PATIENCE)
    except WorkshopError as error:
        tell(error.message)
    except TimeoutError:
        tell(say("notice.slow"))
    return None


def act(code: str, action: str, parameters: dict[str, Any] | None = None) -> None:
    """One action of the contract; for buttons."""
    put_off()
    attempt(lambda: sessions().act(code, action, parameters))


def tell(text: str) -> None:
    """A plain notice, there for a moment or until the next act."""
    st.session_state["notice"] = (text, time.monotonic() + NOTICE_SECONDS)


def hush() -> None:
    """Takes the notice away."""
    st.session_state.pop("notice", None)


def show_notice() -> None:
    """Draws the notice, if there is one."""
    text, until = st.session_state.get("notice", ("", 0.0))
    if text and time.monotonic() < until:
        with st.container(key="notice"):
            st.text(text)


# asking once


def ask(question: str) -> None:
    """Has the page ask before it does something; for buttons."""
    st.session_state["asking"] = question


def put_off() -> None:
    """Nothing is asked any more."""
    st.session_state.pop("asking", None)


def asks(question: str) -> bool:
    """Whether this question is being asked now."""
    return bool(st.session_state.get("asking") == question)


def ask_once(question: str, words: str, yes: Callable[[], object], **slots: object) -> None:
    """The question with its two answers, where it is being asked. `words` is its table in the locale:
    `ask` says what will happen, `yes` and `no` are on the buttons."""
    if not asks(question):
        return
    with st.container(key=f"ask_{question}", border=True, gap="small"):
        st.markdown(say(f"{words}.ask", **slots))
        with st.container(horizontal=True):
            st.button(say(f"{words}.yes", **slots), key=f"yes_{question}", on_click=_answered, args=(yes,))
            st.button(say(f"{words}.no", **slots), key=f"quiet_no_{question}", on_click=put_off, type="tertiary")


def _answered(yes: Callable[[], object]) -> None:
    put_off()
    yes()
