"""The process: phone, stage, API and console on one port. `uv run app.py` starts it."""

import streamlit as st
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from workshop.house import house
from workshop.inventory import preferred
from workshop.process import console, layers, organisation, start
from workshop.settings import ROOT


def sorry(_error: Exception) -> bool:
    """What a console page says that breaks, in place of Streamlit's own words; True: these are enough."""
    st.error(preferred(house().library.locales, st.context.locale or "").text("door.broken"))
    return True


with start.in_plain_words():
    by_organisation = organisation.layer(house(), generate_login_redirect_url, decode_signed_value)
    app = st.App(
        ROOT / "pages" / "navigation.py",
        routes=layers.routes(house()),
        middleware=layers.middleware(house(), *by_organisation),
        exception_handlers=layers.handlers(house()),
        secrets=organisation.streamlits_secrets(house().settings),
        lifespan=start.lifespan,
        on_script_error=sorry,
    )

if __name__ == "__main__":
    with start.in_plain_words():
        start.prepare(house().settings)
        app.run(config=console.options(house().settings))
