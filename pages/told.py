"""What a round holds beside its pictures: words, directions, and the numbers that only thirty people may carry."""

from collections.abc import Iterator, Mapping

import streamlit as st

from pages.contents import Contents
from pages.desk import sessions
from pages.words import locale, plain, say, shared
from workshop.inventory import Questionnaire
from workshop.results import Snapshot
from workshop.room import Workshop

WAYS = ("up", "same", "down")
SIDES = {"D": "DL", "I": "IL"}


def draw(workshop: Workshop, snapshot: Snapshot, contents: Contents) -> None:
    """Whatever of it there is."""
    if snapshot.words:
        contents.heading(say("facets.words"), "words")
        st.text(" · ".join(snapshot.words))
    if snapshot.directions:
        directions(snapshot, contents)
    if snapshot.statistics:
        numbers(snapshot, contents)
        agreement((snapshot.statistics or {}).get("agreement") or {}, sessions().questionnaire(workshop))


def directions(snapshot: Snapshot, contents: Contents) -> None:
    """People by the way they moved, a side each."""
    contents.heading(say("facets.directions"), "directions")
    for axis, people in (snapshot.directions or {}).items():
        st.markdown(f"**{shared(f'pole.{SIDES[axis]}.name')}**")
        if people is None:
            st.caption(shared("hidden"))
        else:
            st.table({say(f"facets.{way}"): [str(people[way])] for way in WAYS}, hide_index=True)


def numbers(snapshot: Snapshot, contents: Contents) -> None:
    """Two decimals, and only here and on the method page."""
    statistics = snapshot.statistics or {}
    contents.heading(say("facets.numbers"), "numbers")
    st.caption(say("facets.numbers_note"))
    if statistics.get("response_style"):
        st.markdown(say("facets.yes_saying"))
    poles = statistics.get("poles") or {}
    if poles:
        rows = [(shared(f"pole.{pole}.name"), *told(values)) for pole, values in poles.items()]
        names = [say(f"facets.{name}") for name in ("side", "mean", "alpha", "interval")]
        st.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)), hide_index=True)


def agreement(known: Mapping[str, Mapping[str, float]], asked: Questionnaire) -> None:
    """How alike a team describes itself: r_WG(J) of each side, A of each statement."""
    rows = list(agreed(known, asked))
    if rows:
        names = [locale().text(f"export.{key}") for key in ("numbers.agreement", "sheet.value")]
        st.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)), hide_index=True)
        st.caption(plain(locale().text("export.numbers.agreement_a")))


def agreed(known: Mapping[str, Mapping[str, float]], asked: Questionnaire) -> Iterator[tuple[str, str]]:
    """Sides first, then statements in inventory order."""
    r = plain(locale().text("export.numbers.agreement_r"))
    for pole, value in (known.get("poles") or {}).items():
        yield f"{plain(shared(f'pole.{pole}.name'))}, {r}", two(value)
    items = known.get("items") or {}
    yield from ((plain(item.text), two(items[item.id])) for item in asked.items if item.id in items)


def told(values: dict[str, object]) -> tuple[str, str, str]:
    """Mean, alpha and its interval, each empty where it may not be told."""
    interval = values.get("interval")
    between = say("facets.between", low=two(interval[0]), high=two(interval[1])) if isinstance(
        interval, list | tuple) else ""
    return two(values.get("mean")), two(values.get("alpha")), between


def two(value: object) -> str:
    """Two decimals."""
    return locale().number(value, ".2f") if isinstance(value, int | float) else ""
