"""Words to say: the scene's own, what the shapes of the picture suggest, and a question about any facet."""

import streamlit as st

from pages import changing
from pages.desk import sessions
from pages.shapes import names_by_shape
from pages.words import plain, say
from workshop.inventory import Questionnaire, Scene
from workshop.results import Snapshot
from workshop.room import Phase, Workshop

ASKED_ABOUT = ("two_camps", "spread", "shared_high", "shared_low")
MOST_NAMES = 3


def draw(workshop: Workshop) -> None:
    """A box, if there is anything to say."""
    asked, scene = sessions().questionnaire(workshop), workshop.here
    with st.container(border=True, key="box_say", gap="small"):
        st.markdown(f"**{say('saying.title')}**")
        if aloud(workshop):
            st.text(aloud(workshop))
        if scene.kind == "light":
            shapes(sessions().snapshot(workshop.code), asked)
        if scene.kind in ("light", "prompt", "plane", "dark", "edges"):
            about_facet(workshop, asked)


def aloud(workshop: Workshop) -> str:
    """What the run-sheet proposes to say on the present scene."""
    return aloud_on(workshop.here, workshop)


def aloud_on(scene: Scene, workshop: Workshop) -> str:
    """A closing word is only spoken where there is no word wall."""
    return say("saying.spoken") if scene.kind == "words" and not workshop.words else scene.say


def shapes(snapshot: Snapshot, asked: Questionnaire) -> None:
    """Which facets the room is of one mind about, and which not, each with how to take it up."""
    found = names_by_shape(snapshot.items, asked)
    for shape in ASKED_ABOUT:
        if shape in found:
            st.caption(say(f"shape.{shape}.say", names=plain(", ".join(found[shape][:MOST_NAMES]))))


def about_facet(workshop: Workshop, asked: Questionnaire) -> None:
    """Two questions about one facet, for the room, about people in general; on a prompt they can go on the stage."""
    facet = workshop.here.facet
    facets = [one.id for one in asked.facets.values() if one.prompts]
    chosen = st.selectbox(say("saying.about"), facets, key=f"about_{facet}", placeholder=say("saying.choose"),
                          index=facets.index(facet) if facet in facets else None,
                          format_func=lambda id: asked.facets[id].name)
    if chosen:
        for prompt in asked.facets[chosen].prompts:
            st.text(f"“{prompt}”")
        if workshop.here.kind == "prompt" and chosen != facet and workshop.phase != Phase.DRAFT:
            st.button(say("saying.on_stage"), key="quiet_on_stage", type="tertiary", on_click=changing.ask_about,
                      args=(workshop, chosen))
