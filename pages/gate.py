"""Who may see the console: asked of the server's own list on every run, in every callback and fragment."""

from collections.abc import Callable

import streamlit as st

from pages.words import say
from workshop.house import house
from workshop.signin import session_of


def session() -> str | None:
    """What the browser's cookie holds; read when its page was opened."""
    return session_of(st.context.cookies)


def signed_in() -> bool:
    """Whether this browser is on the list right now. A page that is open gives no right by itself."""
    return house().signin.valid(session())


def later() -> Callable[[], bool]:
    """The same question for something that happens outside of a run, asked when it happens."""
    held = session()
    return lambda: house().signin.valid(held)


def require() -> None:
    """Ends a fragment of a browser that is no longer on the list, and shows it the notice."""
    if not signed_in():
        st.rerun()


def notice() -> None:
    """What stands in place of every page until this browser has signed in."""
    with st.container(key="calm"):
        st.title(say("gate.title"), anchor=False)
        st.markdown(say("gate.how"))
        if house().settings.organisation:
            st.link_button(say("organisation.go"), "/sign-in/organisation", type="tertiary")
        st.markdown(say("gate.colleague"))
        st.markdown(say("gate.people"))
