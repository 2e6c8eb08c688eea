"""What a host lets into a summary: rounds, pictures, parts and private notes; nothing that the room has not seen."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from pages.words import plain, say
from workshop.export import PICTURES, Choice, Offer
from workshop.export.choice import Part, PictureName
from workshop.room import Workshop


def choice(workshop: Workshop, offered: Callable[[Choice], Offer]) -> Choice:
    """`offered` says what there is for a choice. Pictures come last: rounds and parts decide which there are."""
    offer = offered(Choice())
    made = Choice(rounds=rounds(offer.rounds), pictures=frozenset(PICTURES), notes=frozenset(),
                  **{part: let_in(part) for part in offer.parts})
    made = replace(made, pictures=pictures(offered(made).pictures))
    return replace(made, notes=notes(workshop, offer.notes))


def rounds(numbers: tuple[int, ...]) -> frozenset[int] | None:
    """Every one, or some of several; none of them would leave nothing to tell."""
    if len(numbers) < 2:
        return None
    picked = st.pills(say("home_take.rounds"), list(numbers), selection_mode="multi", default=list(numbers),
                      key="rounds_in", wrap=True, format_func=lambda number: say("results.round_n", round=number))
    return frozenset(picked or numbers)


def let_in(part: Part) -> bool:
    """A box for one part."""
    return st.checkbox(say(f"home_take.with_{part}"), getattr(Choice(), part), key=f"with_{part}")


def pictures(names: tuple[PictureName, ...]) -> frozenset[PictureName]:
    """Those that are drawn; what they are drawn from stays among the tables."""
    return frozenset(st.pills(say("home_take.pictures"), list(names), selection_mode="multi", default=list(names),
                              key="pictures_in", wrap=True, format_func=picture_name) if names else ())


def picture_name(name: PictureName) -> str:
    """What a picture is called here."""
    return say(f"home_take.picture_{name}")


def notes(workshop: Workshop, scenes: tuple[str, ...]) -> frozenset[str]:
    """The scenes whose private note goes along; none unless ticked."""
    if not scenes:
        return frozenset()
    with st.expander(say("home_take.notes"), key="notes"):
        return frozenset([scene.id for scene in workshop.agenda if scene.id in scenes
                          and note(scene.id, scene.title, workshop.notes[scene.id])])


def note(scene: str, title: str, text: str) -> bool:
    """One note, to be ticked."""
    ticked = st.checkbox(plain(title), key=f"with_note_{scene}")
    st.text(text)
    return ticked
