"""The pictures of a round, as the room saw them, each with its line of source, its words and its table."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import streamlit as st
from plotly.graph_objects import Figure

from pages import differences
from pages.contents import Contents
from pages.desk import sessions
from pages.look import theme_name
from pages.words import locale, plain, say, shared
from workshop import figures
from workshop.figures import PictureKind, Subject
from workshop.inventory import DARK_POLES
from workshop.results import Snapshot
from workshop.room import Workshop
from workshop.stage.pictures import is_pooled

WIDTH = 1040
CONFIG = {**figures.CONFIG}


def draw(workshop: Workshop, snapshot: Snapshot, contents: Contents) -> None:
    """The big picture first."""
    subject = Subject(snapshot, sessions().questionnaire(workshop), sessions().locale(workshop),
                      before=before(workshop, snapshot))
    shown = tuple(kinds(subject))
    if ("both_sides", 0) in shown:
        subject = replace(subject, around=st.toggle(say("results.around"), workshop.around, key="around"))
    for kind, step in shown:
        picture(kind, replace(subject, step=step), contents)


def before(workshop: Workshop, snapshot: Snapshot) -> Snapshot | None:
    """The round before this one, if it has anything to compare with."""
    released = sessions().snapshots(workshop.code)
    return next((one for one in released if one.round == snapshot.round - 1), None)


def kinds(subject: Subject) -> Iterator[tuple[PictureKind, int]]:
    """What there is to show of this round; a deep form's sides come one after the other."""
    snapshot = subject.snapshot
    if snapshot is None:
        return
    if is_pooled(snapshot):
        yield "pooled", 0
    else:
        yield from (("both_sides", step) for step in range(figures.steps("light", subject.questionnaire)))
        if snapshot.plane is not None or snapshot.final:
            yield "plane", 0
    if any(item.pole in DARK_POLES for item in snapshot.items):
        yield from (("gets_in_the_way", step) for step in range(figures.steps("dark", subject.questionnaire)))
    if snapshot.edges:
        yield "edges", 0
    if snapshot.then_now and subject.before is not None and not is_pooled(subject.before):
        yield from (("then_now", step) for step in range(figures.steps("then_now", subject.questionnaire)))


def picture(kind: PictureKind, subject: Subject, contents: Contents) -> None:
    """One picture under its question."""
    key = f"{kind}_{subject.step}"
    with st.container(key=f"picture_{key}", gap="small"):
        contents.heading(headline(kind, subject), key.replace("_", "-"))
        st.plotly_chart(scaled(figures.draw(kind, subject, theme_name())), key=f"chart_{key}", theme=None, width=WIDTH,
                        config=CONFIG, alt=figures.alt(kind, subject))
        st.caption(" · ".join(filter(None, (figures.source(kind, subject), *signs(kind, subject)))))
        if kind == "then_now" and subject.step == 0:
            differences.draw(subject)
        with st.expander(say("results.in_numbers"), key=f"numbers_{key}"):
            st.text(figures.alt(kind, subject))
            table(figures.table(kind, subject))


def signs(kind: PictureKind, subject: Subject) -> Iterator[str]:
    """What the stage explains at the foot of this picture."""
    words = {"less": f"↓ {shared('less_is_more')}", "joined": locale().text("stage.light.joined"),
             "line": say("results.around_note")}
    yield from (words[sign] for sign in figures.signs_of(kind, subject))


def headline(kind: PictureKind, subject: Subject) -> str:
    """The question that the stage asks over this picture."""
    scene = {"both_sides": "light", "pooled": "pooled", "gets_in_the_way": "dark"}.get(kind, kind)
    steps = figures.steps("light", subject.questionnaire)
    if kind == "both_sides" and steps > 1:
        return locale().text(f"stage.light.{('DL', 'IL')[min(subject.step, 1)]}")
    if kind == "gets_in_the_way" and 0 < subject.step == figures.steps("dark", subject.questionnaire) - 1:
        return locale().text("stage.dark.peace")
    return locale().text(f"stage.{scene}.headline")


def table(rows: Any) -> None:
    """The numbers of a picture."""
    if rows:
        columns = enumerate(rows["columns"])
        st.table({plain(name): [plain(str(row[at])) for row in rows["rows"]] for at, name in columns}, hide_index=True)


def scaled(drawing: dict[str, Any]) -> Figure:
    """The stage's sheet at the width of a page: everything that is measured in pixels shrinks alike."""
    factor = WIDTH / figures.WIDTH
    layout = {**drawing["layout"], "width": WIDTH, "height": round(drawing["layout"]["height"] * factor),
              "template": "none",
              "shapes": [_thinner(shape, factor) for shape in drawing["layout"]["shapes"]]}
    return Figure({"data": [_smaller(trace, factor) for trace in drawing["data"]], "layout": layout})


def _thinner(shape: dict[str, Any], factor: float) -> dict[str, Any]:
    return {**shape, "line": {**shape["line"], "width": shape["line"]["width"] * factor}}


def _smaller(trace: dict[str, Any], factor: float) -> dict[str, Any]:
    if trace["type"] == "scatter":
        sizes = [size * factor for size in trace["textfont"]["size"]]
        return {**trace, "textfont": {**trace["textfont"], "size": sizes}}
    marker = {**trace["marker"], "cornerradius": trace["marker"]["cornerradius"] * factor}
    if "pattern" in marker:
        marker["pattern"] = {**marker["pattern"], "size": marker["pattern"]["size"] * factor}
    return {**trace, "marker": marker}
