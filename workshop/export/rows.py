"""Published tables as the rows of a picture: three tones, in the order the room saw them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from workshop.inventory import Facet, Item, Questionnaire
from workshop.results import GroupTables, ItemTable, PoleTable, Snapshot

Tone = Literal["low", "middle", "high"]
Bins = tuple[tuple[int, ...], ...]
TONES: tuple[Tone, ...] = ("low", "middle", "high")


@dataclass(frozen=True)
class Part:
    """Consecutive points of one bar: `n` people; `whole` when it holds its tone's points and no others."""

    tone: Tone
    n: int
    whole: bool


@dataclass(frozen=True)
class Row:
    """One item's bar; `parts` is empty where the table is held back."""

    item: Item
    facet: Facet
    n: int
    parts: tuple[Part, ...]

    def people(self, tone: Tone) -> int | None:
        """People in one tone, or None where the table does not tell them apart."""
        return next((part.n for part in self.parts if part.tone == tone and part.whole), None)

    @property
    def skilled(self) -> Fraction | None:
        """Share of people at the keyed high end, or None where it cannot be told."""
        n = self.people("high" if self.item.keyed == 1 else "low")
        return None if n is None else Fraction(n, self.n)


def tone_points(points: int) -> Mapping[Tone, frozenset[int]]:
    """The raw points of each tone on a scale of 5 or 7; a skip (0) counts with the middle."""
    return {"low": frozenset((1, 2)), "high": frozenset((points - 1, points)),
            "middle": frozenset((0, *range(3, points - 1)))}


def parts(bins: Bins, counts: tuple[int, ...], points: int) -> tuple[Part, ...]:
    """The counts of one table pooled into at most three tones; a class across two tones takes the middle one."""
    of = tone_points(points)
    people: dict[Tone, int] = dict.fromkeys(TONES, 0)
    inside: dict[Tone, set[int]] = {tone: set() for tone in TONES}
    for bin, n in zip(bins, counts, strict=True):
        tone: Tone = next((tone for tone in TONES if of[tone].issuperset(bin)), "middle")
        people[tone] += n
        inside[tone].update(bin)
    return tuple(Part(tone, people[tone], inside[tone] == of[tone]) for tone in TONES if inside[tone])


def pooled_parts(table: PoleTable, points: int) -> tuple[Part, ...]:
    """The answers of a small room to all statements of one side; empty where held back."""
    bins = tuple(tuple(int(point) for point in bin) for bin in table.bins or ())
    return parts(bins, table.counts or (), points)


def row(table: ItemTable, questionnaire: Questionnaire) -> Row:
    """One table as a row; raises KeyError for an item of another questionnaire."""
    item = questionnaire.item(table.id)
    return Row(item, questionnaire.facets[item.facet], table.n,
               parts(table.bins or (), table.counts or (), questionnaire.scale.points))


def rows(tables: Iterable[ItemTable], questionnaire: Questionnaire) -> tuple[Row, ...]:
    """Rows in inventory order."""
    place = {id: at for at, id in enumerate(questionnaire.ids)}
    return tuple(row(table, questionnaire) for table in sorted(tables, key=lambda table: place[table.id]))


def strongest_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    """By keyed share of high; rows that cannot tell it next, held-back rows last, ties as they came."""
    return tuple(sorted(rows, key=lambda row: (not row.parts, row.skilled is None, -(row.skilled or 0))))


def most_often_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    """By share of the raw high end, for the dark side; held-back rows last, ties as they came."""
    def share(row: Row) -> Fraction:
        return Fraction(row.people("high") or 0, row.n or 1)
    return tuple(sorted(rows, key=lambda row: (not row.parts, row.people("high") is None, -share(row))))


def common_bins(one: Bins, other: Bins) -> Bins:
    """The finest classes that both tables can be pooled into."""
    classes: list[set[int]] = []
    for bin in (*one, *other):
        touched = [known for known in classes if known & set(bin)]
        classes = [known for known in classes if known not in touched]
        classes.append(set(bin).union(*touched))
    order = [point for bin in one for point in bin]
    return tuple(sorted((tuple(sorted(known, key=order.index)) for known in classes),
                        key=lambda bin: order.index(bin[0])))


def pooled(table: ItemTable, bins: Bins) -> ItemTable:
    """The same table in coarser classes."""
    counts = tuple(sum(n for part, n in zip(table.bins or (), table.counts or (), strict=True)
                       if set(part) <= set(bin)) for bin in bins)
    return ItemTable(table.id, table.facet, table.pole, table.n, len(bins), bins, None, counts)


def groups(snapshot: Snapshot) -> tuple[GroupTables, ...]:
    """The grouped tables, in the order they were published."""
    return snapshot.groups or ()
