"""An inventory of one's own: taken home as a start, brought back changed, refused by its lines, or deleted."""

from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages import gate
from pages.desk import ask, ask_once, sessions, tell
from pages.words import plain, say
from workshop.errors import WorkshopError
from workshop.inventory import Inventory, advices

REFUSED, ADVICE = "inventory_refused", "inventory_advice"


def export(inventory: Inventory) -> None:
    """The file itself, and for an own one the way to delete it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(say("inventories.export"), inventory.source.encode(), f"{inventory.id}.toml",
                           "application/toml", key="export_inventory", on_click="ignore")
        if sessions().library.inventories.is_own(inventory.id):
            st.button(say("inventories.delete"), key="quiet_delete_inventory", type="tertiary", on_click=ask,
                      args=(f"delete_inventory_{inventory.id}",))
    ask_once(f"delete_inventory_{inventory.id}", "inventories_delete", partial(delete, inventory.id))


def draw() -> None:
    """How to make one, where to put it, and what is wrong with it."""
    with st.container(key="list_own_inventory", gap="small"):
        st.header(say("inventories.own_title"), anchor=False)
        st.markdown(say("inventories.own_how"))
        given = st.file_uploader(say("inventories.upload"), type="toml", key="inventory_file",
                                 on_change=forget_told)
        if given is not None:
            st.button(say("inventories.take_in"), key="take_in", on_click=take_in, args=(given,))
        told()
        for name, message in sessions().library.inventories.unread.items():
            st.caption(say("inventories.unread", name=plain(name)))
            st.code(message, language=None, wrap_lines=True)


def told() -> None:
    """What came of the last file: its faults with their lines, or what it could say better."""
    if st.session_state.get(REFUSED):
        st.markdown(f"**{say('inventories.refused')}**")
        st.code(st.session_state[REFUSED], language=None, wrap_lines=True)
    if st.session_state.get(ADVICE):
        st.markdown(say("inventories.advice"))
        st.code(st.session_state[ADVICE], language=None, wrap_lines=True)


def forget_told() -> None:
    """Another file was chosen."""
    st.session_state.pop(REFUSED, None)
    st.session_state.pop(ADVICE, None)


def in_use() -> set[str]:
    """What workshops ask, sealed ones too: their pictures are read with it."""
    return {workshop.inventory for workshop in sessions().workshops()}


def take_in(given: UploadedFile) -> None:
    """Keeps the file, or says why not."""
    if not gate.signed_in():
        return
    forget_told()
    try:
        inventory = sessions().library.inventories.take_in(given.name, given.getvalue(), in_use())
    except WorkshopError as error:
        st.session_state[REFUSED] = error.message
        return
    st.session_state[ADVICE] = "\n".join(advices(inventory, given.name))
    st.session_state["inventory_seen"] = inventory.id
    tell(say("inventories.taken_in", title=inventory.title))


def delete(id: str) -> None:
    """Takes an own one away, unless a workshop asks it."""
    if not gate.signed_in():
        return
    try:
        sessions().library.inventories.take_away(id, in_use())
        tell(say("inventories.deleted"))
    except WorkshopError as error:
        tell(error.message)
