"""Inventories: what there is, each as a phone asks it, and those of one's own."""

import streamlit as st

from pages import own_inventories, phone_preview
from pages.desk import sessions, show_notice
from pages.top import top
from pages.words import plain, readable, say, title_of
from workshop.inventory import Inventory, Questionnaire

SEEN = "inventory_seen"


def choose() -> Inventory:
    """One of them; the page's address may name it."""
    shelf = sessions().library.inventories
    if st.session_state.get(SEEN) not in shelf:
        st.session_state[SEEN] = named if (named := st.query_params.get("id")) in shelf else next(iter(shelf))
    chosen = st.selectbox(say("inventories.choose"), tuple(shelf), key=SEEN, width=420,
                          format_func=lambda id: f"{title_of(shelf[id])} ({id})")
    return shelf[chosen]


def about(inventory: Inventory) -> None:
    """What it is for, and where it comes from."""
    st.text(inventory.abouts[readable(inventory.languages)])
    own = sessions().library.inventories.is_own(inventory.id)
    st.caption(say("inventories.own" if own else "inventories.built_in", version=inventory.version,
                   languages=", ".join(inventory.languages)))


def asked(inventory: Inventory) -> Questionnaire:
    """It in a form, a context and a language; the usual ones until others are chosen."""
    forms = {str(form): say(f"form.{form}") for form in inventory.forms}
    whos = {str(context): say(f"create.context_{context}") for context in inventory.contexts}
    form = pick("form", tuple(forms), forms, "standard")
    context = pick("context", tuple(whos), whos, inventory.contexts[0])
    language = pick("language", inventory.languages, {}, readable(inventory.languages))
    dark = st.toggle(say("inventories.harder"), True, key=f"inventory_dark_{inventory.id}")
    return inventory.questionnaire(form, context, dark, language)


def pick(what: str, options: tuple[str, ...], named: dict[str, str], usual: str) -> str:
    """One of a few; the inventories differ in what they have, so each keeps its own choice."""
    chosen = st.segmented_control(say(f"inventories.{what}"), options, required=True,
                                  default=usual if usual in options else options[0],
                                  format_func=lambda one: named.get(one, one),
                                  key=f"inventory_{what}_{st.session_state[SEEN]}")
    return str(chosen or options[0])


def statements(inventory: Inventory, questionnaire: Questionnaire) -> None:
    """Every statement with its facet; those that a reader was not sure of say so."""
    doubts = {doubt.where for doubt in inventory.doubts if doubt.language == questionnaire.language}
    rows = [(item.id, questionnaire.facets[item.facet].name, item.text,
             say("inventories.less") if item.keyed == -1 else "",
             say("inventories.doubt") if {f"item.{item.id}", f"item.{item.id}.{questionnaire.context}"} & doubts
             else "") for item in questionnaire.items]
    names = [say(f"inventories.{name}") for name in ("id", "facet", "statement", "turned", "doubtful")]
    with st.expander(say("inventories.statements", n=len(rows)), key="statements"):
        columns = {name: [plain(row[at]) for row in rows] for at, name in enumerate(names)}
        st.table({name: cells for name, cells in columns.items() if any(cells)}, hide_index=True)


top()
with st.container(key="page"):
    st.title(say("inventories.title"), anchor=False)
    show_notice()
    inventory = choose()
    about(inventory)
    left, right = st.columns([400, 620], gap="large")
    with right:
        questionnaire = asked(inventory)
        own_inventories.export(inventory)
    with left:
        phone_preview.draw(questionnaire)
    statements(inventory, questionnaire)
    own_inventories.draw()
