"""What a scene invites the host to do, under the stage: reveal, or end a collection. Each is final and asked once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from pages import word_wall
from pages.desk import act, ask, ask_once, asks, sessions
from pages.words import say
from workshop.inventory import SceneKind
from workshop.release import dark_allowed
from workshop.room import Workshop


@dataclass(frozen=True)
class Offer:
    """On scenes of `kind`, while `due`: a sentence and what `draw` puts under it."""

    kind: SceneKind
    due: Callable[[Workshop], bool]
    words: str
    draw: Callable[[Workshop], None]


def under(workshop: Workshop) -> None:
    """What the present scene offers, under the stage."""
    for offer in OFFERS:
        if offer.kind == workshop.here.kind and offer.due(workshop):
            with st.container(key=f"offer_{offer.kind}", border=True, gap="small"):
                st.markdown(say(offer.words))
                offer.draw(workshop)


def beside(workshop: Workshop) -> None:
    """What no scene of this run-sheet would ever offer, in the host's column."""
    kinds = {scene.kind for scene in workshop.agenda}
    for offer in OFFERS:
        if offer.kind not in kinds and offer.due(workshop):
            offer.draw(workshop)


def may_reveal(workshop: Workshop) -> bool:
    """Whether there is something that the host may choose to show."""
    return workshop.dark and not workshop.revealed and sessions().snapshot(workshop.code).released


def reveal(workshop: Workshop) -> None:
    """The harder statements, once and for all rounds; with the sentence to say first."""
    enough = dark_allowed(sessions().snapshot(workshop.code).n, workshop.policy)
    final(workshop, "reveal_dark", "reveal", "reveal" if enough else "reveal_few")


def edges(workshop: Workshop) -> None:
    """Ends the choosing and shows what was chosen."""
    final(workshop, "close_edges", "edges", "edges")


def directions(workshop: Workshop) -> None:
    """Ends the telling and shows how many moved which way."""
    final(workshop, "close_directions", "directions", "directions")


def final(workshop: Workshop, action: str, label: str, words: str) -> None:
    """A button that gives way to its question once it is pressed."""
    question = f"{action}_{workshop.code}"
    if not asks(question):
        st.button(say(f"{label}.button"), key=action, on_click=ask, args=(question,))
    ask_once(question, words, partial(act, workshop.code, action))


OFFERS = (
    Offer("dark", may_reveal, "reveal.offer", reveal),
    Offer("edges", lambda workshop: workshop.collection("edges") is not None, "edges.offer", edges),
    Offer("then_now", lambda workshop: workshop.collection("directions") is not None, "directions.offer", directions),
    Offer("words", word_wall.entering, "word_wall.offer", lambda workshop: final(
        workshop, "close_words", "word_wall", "word_wall")),
    Offer("words", word_wall.waiting, "word_wall.waiting", word_wall.choose),
)
