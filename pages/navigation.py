"""The console's pages, and the gate in front of them. Streamlit runs this file first, every time."""

import streamlit as st

from pages import gate, look
from pages.desk import while_there
from pages.top import top
from pages.words import say

PAGES = {"home": "", "create": "create", "live": "live", "results": "results",
         "inventories": "inventories", "check": "check", "series": "series",
         "installation": "installation",
         "sheet": "sheet"}


def notice() -> None:
    """The same addresses with nothing behind them, so that a deep link survives the sign-in."""
    top(back=False)
    gate.notice()


def page(name: str, *, behind: bool) -> st.Page:
    """One page of the console, or the notice at its address."""
    script = f"{name}.py" if behind else notice
    return st.Page(script, title=say(f"tab.{name}"), url_path=PAGES[name] or "home", default=not PAGES[name])


st.set_page_config(page_title="Bothand", page_icon=look.icon(), layout="wide")
look.dress()
signed_in = gate.signed_in()
with while_there():
    st.navigation([page(name, behind=signed_in) for name in PAGES], position="hidden").run()
