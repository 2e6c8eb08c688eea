"""Facet by facet: every class that was published, the shape as a question, and what to ask the room."""

from collections.abc import Sequence

import streamlit as st

from pages.contents import Contents
from pages.desk import sessions
from pages.shapes import names_by_shape
from pages.words import locale, plain, say, shared
from workshop.inventory import Facet, Questionnaire
from workshop.results import GroupTables, ItemTable, PoleTable, Snapshot
from workshop.room import Workshop

SHAPES = ("shared_high", "shared_low", "two_camps", "spread", "middle", "leaning_high", "leaning_low")


def draw(workshop: Workshop, snapshot: Snapshot, contents: Contents) -> None:
    """Where the room meets and where it differs, then one facet at a time, then the sides."""
    asked = sessions().questionnaire(workshop)
    if not snapshot.items:
        return
    contents.heading(say("facets.shapes"), "shapes")
    shapes(snapshot, asked)
    contents.heading(say("facets.title"), "facets")
    groups(workshop, snapshot)
    ids = list(dict.fromkeys(item.facet for item in snapshot.items))
    facet = st.selectbox(say("facets.choose"), ids, key="facet", format_func=lambda id: asked.facets[id].name,
                         width=420)
    if facet:
        one(asked.facets[facet], [item for item in snapshot.items if item.facet == facet], asked, snapshot)
    sides(snapshot, contents)


def shapes(snapshot: Snapshot, asked: Questionnaire) -> None:
    """Names by shape; shapes are questions, not findings."""
    found = names_by_shape(snapshot.items, asked)
    if not found:
        st.markdown(say("facets.no_shapes"))
    for shape in SHAPES:
        if shape in found:
            st.markdown(f"**{say(f'shape.{shape}.name')}**: {plain(', '.join(found[shape]))}  \n"
                        f":small[:gray[{say(f'shape.{shape}.ask')}]]")


def groups(workshop: Workshop, snapshot: Snapshot) -> None:
    """What the groups are, and how large; or why the pictures are of everybody together."""
    if workshop.grouping is None:
        return
    st.markdown(f"**{plain(workshop.grouping['question'])}**")
    sizes = " · ".join(say("facets.group_of", option=group.option, n=group.n) for group in snapshot.groups or ())
    st.text(sizes or say("facets.no_groups"))


def one(facet: Facet, items: list[ItemTable], asked: Questionnaire, snapshot: Snapshot) -> None:
    """Its statements with their counts, and its questions."""
    with st.container(key="box_facet", border=True, gap="small"):
        for item in items:
            statement(item, asked, snapshot.groups or ())
        for prompt in facet.prompts:
            st.text(f"“{prompt}”")


def statement(item: ItemTable, asked: Questionnaire, by_group: tuple[GroupTables, ...] = ()) -> None:
    """One statement in its own wording, with every class that may be told apart, and the groups under the room."""
    wording = asked.item(item.id)
    st.text(wording.text)
    if wording.keyed == -1:
        st.caption(shared("less_is_more"))
    if item.labels is None or item.counts is None:
        st.caption(shared("hidden"))
        return
    parts = [(group.option, part.counts) for group in by_group for part in group.items if part.id == item.id]
    counted(item.labels, item.counts, parts)
    if item.shape:
        st.caption(say(f"shape.{item.shape}.told"))


def counted(labels: Sequence[str], whole: Sequence[int], parts: Sequence[tuple[str, Sequence[int] | None]]) -> None:
    """People by class: one row, or one for everybody and one for each group."""
    rows = [whole, *(counts for _, counts in parts if counts is not None)]
    columns = {plain(label): [str(row[at]) for row in rows] for at, label in enumerate(labels)}
    names = [say("facets.everybody"), *(plain(option) for option, counts in parts if counts is not None)]
    st.table({say("facets.group"): names, **columns} if parts else columns, hide_index=True)


def sides(snapshot: Snapshot, contents: Contents) -> None:
    """The sides as wholes, where enough people answered for that."""
    whole = [pole for pole in snapshot.poles if not pole.pooled]
    if whole:
        contents.heading(say("facets.sides"), "sides")
        for pole in whole:
            side(pole, snapshot.groups or ())


def side(pole: PoleTable, by_group: tuple[GroupTables, ...] = ()) -> None:
    """One side in classes from 0 to 100, and its middle half."""
    st.markdown(f"**{shared(f'pole.{pole.id}.name')}** "
                f":gray[{say('facets.of', n=len(pole.items), of=pole.of)}]")
    if pole.bins is None or pole.counts is None:
        st.caption(shared("hidden"))
        return
    number = locale().number
    names = [say("facets.between", low=number(low), high=number(high)) for low, high in pole.bins]
    counted(names, pole.counts, [(group.option, part.counts) for group in by_group for part in group.poles
                                 if part.id == pole.id])
    if pole.middle is not None and pole.median is not None:
        st.caption(say("facets.middle", median=number(pole.median), low=number(pole.middle[0]),
                       high=number(pole.middle[1])))
