"""A series: workshops of the same group side by side, from the tables that their rooms have seen."""

import streamlit as st

from pages.comparable import FEWEST, MOST, beside, latest
from pages.days import day_of
from pages.desk import here, missing, sessions, show_notice
from pages.look import theme_name
from pages.pictures import CONFIG, WIDTH, scaled, table
from pages.top import top
from pages.words import one_line, plain, say, shared
from workshop.figures import Subject, series
from workshop.room import Workshop


def choose(workshop: Workshop, others: tuple[Workshop, ...]) -> list[Workshop]:
    """This one and the chosen others, oldest first."""
    by_code = {one.code: one for one in others}
    chosen = st.multiselect(say("series.choose"), tuple(by_code), key="series", max_selections=MOST - 1,
                            default=[others[-1].code], format_func=lambda code: titled(by_code[code]))
    found = [workshop, *(by_code[code] for code in chosen)]
    return sorted(found, key=lambda one: (one.created, one.id))


def titled(workshop: Workshop) -> str:
    """Its day and title."""
    return f"{day_of(workshop.created)} · {one_line(workshop.title)}"


def volumes(chosen: list[Workshop]) -> tuple[series.Volume, ...]:
    """The latest round of each under its day; days that come twice are numbered."""
    days = [day_of(one.created) for one in chosen]
    names = [day if days.count(day) == 1 else say("series.again", day=day, n=days[:at].count(day) + 1)
             for at, day in enumerate(days)]
    return tuple(series.Volume(name, Subject(latest(one), sessions().questionnaire(one), sessions().locale(one)))
                 for name, one in zip(names, chosen, strict=True))


def draw(found: tuple[series.Volume, ...]) -> None:
    """The picture, how many people each workshop holds, and the numbers."""
    people = " · ".join(say("series.people", name=volume.name, n=volume.subject.snapshot.n)
                        for volume in found if volume.subject.snapshot)
    st.plotly_chart(scaled(series.drawn(found, theme_name())), key="series_chart", theme=None, width=WIDTH,
                    config=CONFIG, alt=say("series.alt", people=people))
    st.text(people)
    with st.expander(say("results.in_numbers"), key="series_numbers"):
        table(series.tabled(found))


top()
workshop = here()
with st.container(key="page"):
    if workshop is None:
        missing()
        st.stop()
    st.title(say("series.title"), anchor=False)
    show_notice()
    st.page_link("results.py", label=say("series.back", title=plain(workshop.title)),
                 query_params={"code": workshop.code})
    others = beside(workshop)
    if others:
        st.markdown(say("series.note"))
        draw(volumes(choose(workshop, others)))
        st.caption(f"↓ {shared('less_is_more')}")
    else:
        st.markdown(say("series.none", n=FEWEST))
