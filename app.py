"""The process: phone, stage, API and console on one port. `uv run app.py` starts it."""

import streamlit as st

from workshop.house import house
from workshop.inventory import preferred
from workshop.process import console, layers, start
from workshop.settings import ROOT


def sorry(_error: Exception) -> bool:
    """What a console page says that breaks, in place of Streamlit's own words; True: these are enough."""
    st.error(preferred(house().library.locales, st.context.locale or "").text("door.broken"))
    return True


with start.in_plain_words():
    app = st.App(
        ROOT / "pages" / "navigation.py",
        routes=layers.routes(house()),
        middleware=layers.middleware(house()),
        exception_handlers=layers.handlers(house()),
        lifespan=start.lifespan,
        on_script_error=sorry,
    )

if __name__ == "__main__":
    with start.in_plain_words():
        start.prepare(house().settings)
        app.run(config=console.options(house().settings))
