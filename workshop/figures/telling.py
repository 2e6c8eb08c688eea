"""The pictures of statements in words: a sentence and a table that say what the bars say."""

from collections.abc import Iterable, Mapping
from typing import Any

from workshop.figures.rows import ENDS, HIGH, LOW, TONES, Column, Merged, Row, Subject


def sentences(columns: Iterable[Column], subject: Subject) -> str:
    """A sentence a side: its strongest and its quietest statement, and how many are held back."""
    return " ".join(filter(None, (_side(column, subject) for column in columns)))


def _side(column: Column, subject: Subject) -> str:
    shown = [row for row in column.rows if row.segments is not None]
    hidden = len(column.rows) - len(shown)
    parts = [subject.say("alt.side", side=subject.side(column.pole))]
    if shown:
        parts.append(subject.say("alt.most", **_spoken(shown[0], subject)))
    if len(shown) > 1:
        parts.append(subject.say("alt.least", **_spoken(shown[-1], subject)))
    if hidden:
        parts.append(subject.say("alt.hidden_one" if hidden == 1 else "alt.hidden", n=hidden))
    return " ".join(parts)


def spoken_end(keyed: int, merged: Merged) -> int:
    """The end that is told: "often", or "seldom" where less is more, or the other one where that has no count of
    its own because it has joined the middle."""
    strong, weak = (HIGH, LOW) if keyed == 1 else (LOW, HIGH)
    return weak if merged and ENDS[merged] == strong else strong


def _spoken(row: Row, subject: Subject) -> dict[str, object]:
    end, segments = spoken_end(row.item.keyed, row.merged), row.segments or ()
    return {"name": row.name, "of": sum(part.n for part in segments), "tone": subject.tone(end),
            "n": sum(part.n for part in segments if part.tone == end)}


def rows_table(columns: Iterable[Column], subject: Subject) -> Mapping[str, Any]:
    """Every statement drawn, in the order drawn, with its people by tone."""
    words = [subject.say("table.facet"), subject.say("table.statement"), *(subject.tone(tone) for tone in TONES)]
    return {"columns": words, "rows": [_row(row, subject) for column in columns for row in column.rows]}


def _row(row: Row, subject: Subject) -> list[str | int]:
    notes = [subject.classes(row.merged),
             subject.locale.text("common.less_is_more") if row.item.keyed == -1 else ""]
    statement = " ".join(filter(None, (row.item.text, *(f"({note})" for note in notes if note))))
    if row.segments is None:
        return [row.name, statement, subject.hidden, "", ""]
    return [row.name, statement, *_counts(row)]


def _counts(row: Row) -> list[str | int]:
    """Empty classes are 0 where the table has them, and nothing where the end has joined the middle."""
    by_tone = {part.tone: part.n for part in row.segments or ()}
    joined = ENDS.get(row.merged)
    return ["" if tone == joined else by_tone.get(tone, 0) for tone in TONES]
