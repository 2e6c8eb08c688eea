"""Every published count of a summary as a flat record, and the one sentence where a table is held back."""

from collections.abc import Iterator, Mapping

from workshop.export.language import language
from workshop.export.rows import groups
from workshop.export.summary import Summary
from workshop.inventory import Questionnaire
from workshop.release import Plane
from workshop.results import ItemTable, PoleTable, Snapshot

Record = Mapping[str, str | int | float]

LIMITS: Mapping[int, tuple[float, ...]] = {3: (0, 37.5, 62.5, 100), 5: (0, 12.5, 37.5, 62.5, 87.5, 100)}


def counted(summary: Summary) -> Iterator[Record]:
    """Rounds in order; in each items, poles, plane, edges, directions, words, groups, statistics."""
    for snapshot in summary.rounds:
        for record in _of_round(snapshot, summary):
            yield {"round": snapshot.round, **record}


def _of_round(snapshot: Snapshot, summary: Summary) -> Iterator[Record]:
    yield from _tables(snapshot.items, snapshot.poles, summary)
    yield from _plane(snapshot.plane)
    yield from _chosen(snapshot, summary)
    for group in groups(snapshot):
        for record in _tables(group.items, group.poles, summary):
            yield {"group": group.option, **record}
    yield from _statistics(snapshot)


def _tables(items: tuple[ItemTable, ...], poles: tuple[PoleTable, ...], summary: Summary) -> Iterator[Record]:
    hidden = language(summary.language).text("common.hidden")
    for table in items:
        yield from _item(table, summary.questionnaire, hidden)
    for pole in poles:
        yield from _pole(pole, summary, hidden)


def _item(table: ItemTable, questionnaire: Questionnaire, hidden: str) -> Iterator[Record]:
    item = questionnaire.item(table.id)
    facts: Record = {"kind": "item", "id": table.id, "facet": questionnaire.facets[item.facet].name,
                     "pole": table.pole, "keyed": item.keyed, "text": item.text, "n": table.n}
    if table.bins is None or table.counts is None:
        yield {**facts, "note": hidden}
        return
    labels = table.labels or ("",) * len(table.bins)
    for at, (bin, label, people) in enumerate(zip(table.bins, labels, table.counts, strict=True), 1):
        yield {**facts, "class": at, "label": label, "points": "|".join(map(str, bin)), "people": people,
               "note": table.shape or ""}


def _pole(table: PoleTable, summary: Summary, hidden: str) -> Iterator[Record]:
    kind = "pooled answers" if table.pooled else "pole"
    facts: Record = {"kind": kind, "id": table.id, "pole": table.id, "n": table.n,
                     "text": language(summary.language).text(f"common.pole.{table.id}.name")}
    if table.bins is None or table.counts is None:
        yield {**facts, "note": hidden}
        return
    for at, (bin, count) in enumerate(zip(table.bins, table.counts, strict=True), 1):
        where: Record = ({"points": "|".join(f"{point:g}" for point in bin), "answers": count} if table.pooled
                         else {"x_from": bin[0], "x_to": bin[1], "people": count})
        yield {**facts, "class": at, **where}
    yield from _middle(table, facts)


def _middle(table: PoleTable, facts: Record) -> Iterator[Record]:
    if table.median is not None:
        yield {**facts, "kind": "median", "value": table.median}
    if table.middle is not None:
        yield {**facts, "kind": "middle half", "x_from": table.middle[0], "x_to": table.middle[1]}


def _plane(plane: Plane | None) -> Iterator[Record]:
    for cell in plane.cells if plane else ():
        limits = LIMITS[plane.bins] if plane else ()
        yield {"kind": "plane", "x_from": limits[cell.x], "x_to": limits[cell.x + cell.w],
               "y_from": limits[cell.y], "y_to": limits[cell.y + cell.h], "people": cell.n}


def _chosen(snapshot: Snapshot, summary: Summary) -> Iterator[Record]:
    facets = summary.questionnaire.facets
    for edge in snapshot.edges or ():
        name = facets[edge.facet].name if edge.facet in facets else edge.facet
        yield {"kind": "edge", "id": edge.facet, "facet": name, "people": edge.n}
    for axis, people in (snapshot.directions or {}).items():
        for label, n in (people or {}).items():
            yield {"kind": "direction", "id": axis, "label": label, "people": n}
    for word in snapshot.words or ():
        yield {"kind": "word", "text": word}


def _statistics(snapshot: Snapshot) -> Iterator[Record]:
    yield from _measures(snapshot)
    agreement = (snapshot.statistics or {}).get("agreement") or {}
    for id, value in (agreement.get("items") or {}).items():
        yield {"kind": "agreement A", "id": id, "value": value}
    for pole, value in (agreement.get("poles") or {}).items():
        yield {"kind": "agreement r_WG(J)", "id": pole, "pole": pole, "value": value}


def _measures(snapshot: Snapshot) -> Iterator[Record]:
    for pole, numbers in ((snapshot.statistics or {}).get("poles") or {}).items():
        for name in ("mean", "alpha"):
            if numbers.get(name) is not None:
                yield {"kind": name, "id": pole, "pole": pole, "value": numbers[name]}
        if numbers.get("interval"):
            low, high = numbers["interval"]
            yield {"kind": "interval of alpha", "id": pole, "pole": pole, "x_from": low, "x_to": high}
