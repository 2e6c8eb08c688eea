"""Two rounds in shares: only where both hold thirty people, and said to be conservative."""

from collections.abc import Iterator

import streamlit as st

from pages.words import plain, say
from workshop.figures import Subject
from workshop.figures.comparing import pairs
from workshop.figures.rows import HIGH, light_pages
from workshop.statistics import newcombe

FEWEST = 30


def draw(subject: Subject) -> None:
    """Under the picture of then and now."""
    rows = tuple((plain(name), *told) for name, *told in differences(subject))
    if rows:
        names = [say(f"differences.{name}") for name in ("facet", "then", "now", "difference", "range")]
        st.caption(say("differences.note"))
        st.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)), hide_index=True)


def differences(subject: Subject) -> Iterator[tuple[str, str, str, str, str]]:
    """People who said often of how many, then and now, and the difference in points of percent with its interval;
    no statement whose "often" has joined the middle."""
    then, now = subject.before, subject.snapshot
    if then is None or now is None or min(then.n, now.n) < FEWEST:
        return
    for page in light_pages(subject):
        for pair in (pair for column in page for pair in pairs(column, subject)):
            if pair.both is None or pair.merged == "more":
                continue
            before, after = ((sum(part.n for part in parts if part.tone == HIGH), sum(part.n for part in parts))
                             for parts in pair.both)
            change = newcombe(after, before)
            yield (pair.row.name, say("differences.of", n=before[0], of=before[1]),
                   say("differences.of", n=after[0], of=after[1]), f"{100 * change.value:+.0f}",
                   say("differences.between", low=f"{100 * change.low:+.0f}", high=f"{100 * change.high:+.0f}"))
