"""A new workshop, or a draft that is changed: everything on one page, and what every phone will say beside it."""

import streamlit as st

from pages import checklist, draft, promise, protection, room_fields, time_fields
from pages.desk import found, missing, show_notice
from pages.top import top
from pages.words import say
from workshop.room import Phase

before = found(st.query_params.get("code", ""))
like = found(st.query_params.get("like", ""))
changed = before is not None

top()
if "code" in st.query_params and (before is None or before.phase != Phase.DRAFT):
    missing()
    st.stop()
draft.begin(before or like, fresh=like is not None)

with st.container(key="form"):
    fields, aside = st.columns([760, 336], gap="large")
    with fields:
        st.title(say("create.change" if changed else "create.title"), anchor=False)
        room_fields.draw()
        time_fields.draw()
        protection.draw()
        room_fields.support()
        time_fields.more()
        checklist.draw()
        show_notice()
        with st.container(horizontal=True, vertical_alignment="center", key="done"):
            st.caption(say("create.fixed"), width="stretch")
            st.button(say("create.save" if changed else "create.create"), type="primary", key="create",
                      on_click=draft.keep, args=(before.code if before else None,))
    with aside:
        promise.draw()

if code := draft.kept():
    st.switch_page("live.py", query_params={"code": code})
