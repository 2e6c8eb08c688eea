"""The process: phone, stage, API and console on one port. `uv run app.py` starts it."""

import streamlit as st

from workshop.house import house
from workshop.process import console, layers, start
from workshop.settings import ROOT

with start.in_plain_words():
    app = st.App(
        ROOT / "pages" / "navigation.py",
        routes=layers.routes(house()),
        middleware=layers.middleware(house()),
        lifespan=start.lifespan,
    )

if __name__ == "__main__":
    with start.in_plain_words():
        start.prepare(house().settings)
        app.run(config=console.options(house().settings))
