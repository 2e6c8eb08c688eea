"""Then and now: two rounds that follow each other, where the room may see them side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

from workshop.export.language import Language, language
from workshop.export.lines import HUES, Hue, Line, line
from workshop.export.rows import common_bins, pooled, row
from workshop.export.summary import Summary
from workshop.results import ItemTable, Snapshot


@dataclass(frozen=True)
class Pair:
    """One statement in two rounds."""

    before: Line
    now: Line
    hue: Hue
    hatched: bool


@dataclass(frozen=True)
class Comparison:
    """The statements that both rounds show; `note` says how to read them."""

    note: str
    pairs: tuple[Pair, ...]


def comparison(summary: Summary) -> Comparison | None:
    """The latest round beside the one before it, or None where that is not shown or not there."""
    if len(summary.rounds) < 2 or not summary.draws("then_now"):
        return None
    before, now = summary.rounds[-2:]
    if not now.then_now or now.round != before.round + 1:
        return None
    speak = language(summary.language)
    return Comparison(speak.text("picture.then_now_note", before=before.round, now=now.round),
                      tuple(_pairs(before, now, summary, speak)))


def in_common(before: Snapshot, now: Snapshot) -> Iterator[tuple[ItemTable, ItemTable]]:
    """Both tables of every statement that both rounds show, in the classes that both have."""
    for table in now.items:
        old = before.item(table.id)
        if old is None or not old.bins or not table.bins:
            continue
        bins = common_bins(old.bins, table.bins)
        if len(bins) > 1:
            yield pooled(old, bins), pooled(table, bins)


def _pairs(before: Snapshot, now: Snapshot, summary: Summary, speak: Language) -> Iterator[Pair]:
    for old, table in in_common(before, now):
        one, other = (line(row(each, summary.questionnaire), speak) for each in (old, table))
        yield Pair(one, other, HUES[table.pole], table.pole in ("DD", "ID"))
