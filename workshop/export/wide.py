"""Summary -> one row a table: a column for every class that a table may have, empty where its table has others."""

import csv
import io
from collections.abc import Iterator, Mapping

from workshop.export.counted import Record
from workshop.export.csv_tables import defused, workshop_facts
from workshop.export.language import language
from workshop.export.rows import Part, groups, parts, pooled_parts
from workshop.export.summary import Summary
from workshop.results import ItemTable, PoleTable

_SCORES = ("score_0_12.5", "score_12.5_37.5", "score_37.5_62.5", "score_62.5_87.5", "score_87.5_100", "score_0_37.5",
           "score_0_62.5", "score_37.5_100", "score_62.5_100")


def wide_bytes(summary: Summary) -> bytes:
    """RFC 4180 with CRLF, in UTF-8 with a byte order mark; statements first, then sides, round by round."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns(summary.questionnaire.scale.points), restval="", lineterminator="\r\n")
    writer.writeheader()
    facts = workshop_facts(summary)
    for row in _rows(summary):
        writer.writerow({name: defused(cell) for name, cell in {**facts, **row}.items()})
    return out.getvalue().encode("utf-8-sig")


def columns(points: int) -> tuple[str, ...]:
    """The header for a scale of so many points."""
    return ("title", "date", "context", "language", "inventory", "inventory_version", "form", "rehearsal", "level",
            "k", "m", "tau", "round", "group", "kind", "id", "facet", "pole", "keyed", "text", "n", "low",
            "middle_or_skipped", "high", "low_or_middle", "middle_or_high",
            *(f"answer_{point}" for point in range(1, points + 1)), "skipped", *_SCORES, "median", "middle_from",
            "middle_to", "mean", "alpha", "shape", "note")


def _rows(summary: Summary) -> Iterator[Record]:
    for snapshot in summary.rounds:
        known = (snapshot.statistics or {}).get("poles") or {}
        for table in snapshot.items:
            yield {"round": snapshot.round, **_item(table, summary)}
        for pole in snapshot.poles:
            yield {"round": snapshot.round, **_pole(pole, summary), **_numbers(known.get(pole.id) or {})}
        for group in groups(snapshot):
            for row in (*(_item(table, summary) for table in group.items),
                        *(_pole(pole, summary) for pole in group.poles)):
                yield {"round": snapshot.round, "group": group.option, **row}


def _item(table: ItemTable, summary: Summary) -> Record:
    asked = summary.questionnaire
    item = asked.item(table.id)
    facts: Record = {"kind": "item", "id": item.id, "facet": asked.facets[item.facet].name, "pole": item.pole,
                     "keyed": item.keyed, "text": item.text, "n": table.n}
    if table.bins is None or table.counts is None:
        return {**facts, "note": language(summary.language).text("common.hidden")}
    apart = {("skipped" if bin == (0,) else f"answer_{bin[0]}"): n
             for bin, n in zip(table.bins, table.counts, strict=True)} if len(table.bins) > 3 else {}
    return {**facts, **apart, "shape": table.shape or "",
            **_tones(parts(table.bins, table.counts, asked.scale.points))}


def _tones(known: tuple[Part, ...]) -> Record:
    if len(known) == 2:
        names = {"low": "low", "high": "high",
                 "middle": "low_or_middle" if known[-1].tone == "high" else "middle_or_high"}
    else:
        names = {"low": "low", "middle": "middle_or_skipped", "high": "high"}
    return {names[part.tone]: part.n for part in known}


def _pole(table: PoleTable, summary: Summary) -> Record:
    speak = language(summary.language)
    facts: Record = {"kind": "pooled answers" if table.pooled else "pole", "id": table.id, "pole": table.id,
                     "text": speak.text(f"common.pole.{table.id}.name"), "n": table.n}
    if table.bins is None or table.counts is None:
        return {**facts, "note": speak.text("common.hidden")}
    if table.pooled:
        return {**facts, **_tones(pooled_parts(table, summary.questionnaire.scale.points))}
    scores = {f"score_{low:g}_{high:g}": n for (low, high), n in zip(table.bins, table.counts, strict=True)}
    middle = dict(zip(("middle_from", "middle_to"), table.middle or (), strict=False))
    return {**facts, **scores, **({} if table.median is None else {"median": table.median}), **middle}


def _numbers(known: Mapping[str, float | None]) -> Record:
    return {name: value for name in ("mean", "alpha") if (value := known.get(name)) is not None}
