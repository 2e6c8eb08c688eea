"""Who is in the room, what they are asked, and who is there for them."""

import streamlit as st

from pages import draft
from pages.draft import name_of, refusal, value
from pages.words import say
from workshop.inventory import FormName
from workshop.sessions.creation import MOST_HELPLINE, MOST_TITLE


def draw() -> None:
    """The first section of the form."""
    with st.container(key="section_room"):
        st.header(say("create.room"), anchor=False)
        st.text_input(say("create.name"), key=name_of("title"), max_chars=MOST_TITLE,
                      placeholder=say("create.name_example"))
        st.caption(say("create.name_note"))
        refusal("title")
        st.segmented_control(say("create.who"), draft.inventory().contexts, key=name_of("context"), required=True,
                             format_func=lambda who: say(f"create.context_{who}"), width="stretch")
        refusal("context")
        if value("context") == "class":
            age()
        left, right = st.columns(2, gap="large")
        with left:
            length()
        with right:
            harder()


def age() -> None:
    """Below 16 only the short form without the harder statements may be used."""
    st.segmented_control(say("create.all_16"), (True, False), key=name_of("all_16"), width="stretch",
                         format_func=lambda yes: say("create.yes" if yes else "create.no"))
    if value("all_16") is False:
        st.caption(say("create.young"))
    refusal("all_16")


def length() -> None:
    """The form, by how many statements it has here."""
    label, forms = say("create.length"), draft.inventory().forms
    named = {form: statements(form) for form in forms}
    if draft.young():
        st.segmented_control(label, ("short",), default="short", required=True, width="stretch", disabled=True,
                             format_func=named.__getitem__, key="held_form")
    else:
        st.segmented_control(label, forms, key=name_of("form"), required=True, width="stretch",
                             format_func=named.__getitem__)
    st.caption(say(f"create.minutes_{draft.form()}", n=named[draft.form()]))
    refusal("form")


def statements(form: FormName) -> str:
    """How many statements a form has, with or without the harder ones."""
    asked = draft.inventory().questionnaire(form, value("context"), draft.dark(), value("language"))
    return str(len(asked.items))


def harder() -> None:
    """The dark statements: in, to be shown only if the host chooses to, or left out."""
    label, named = say("create.harder"), {True: say("create.include"), False: say("create.leave_out")}
    if draft.young():
        st.segmented_control(label, (False,), default=False, required=True, width="stretch", disabled=True,
                             format_func=named.__getitem__, key="held_dark")
    else:
        st.segmented_control(label, (True, False), key=name_of("dark"), required=True, width="stretch",
                             format_func=named.__getitem__)
    st.caption(say("create.harder_note" if draft.dark() else "create.harder_left"))


def support() -> None:
    """The helpline that everybody reads."""
    with st.container(key="section_support"):
        st.header(say("create.support"), anchor=False)
        st.text_area(say("create.helpline"), key=name_of("helpline"), max_chars=MOST_HELPLINE, height=84,
                     placeholder=say("create.helpline_example"))
        st.caption(say("create.helpline_note"))
        refusal("helpline")
