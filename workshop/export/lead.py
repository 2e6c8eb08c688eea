"""The opening sentences: what is most and least at home in this room, in the statements' own words."""

from collections.abc import Iterable
from fractions import Fraction

from workshop.export.language import Language
from workshop.export.rows import Row, Tone


def lead(rows: Iterable[Row], speak: Language) -> tuple[str, ...]:
    """One statement of each light side where the room stands highest, and one where it stands lowest.

    Only counts that are shown are compared; ties go in inventory order; empty where nothing can be told.
    """
    sides = [[row for row in rows if row.item.pole == pole] for rows in [tuple(rows)] for pole in ("DL", "IL")]
    high = [(row, _end(row, high=True)) for side in sides if (row := _extreme(side, high=True))]
    low = [(row, _end(row, high=False)) for side in sides if (row := _extreme(side, high=False))]
    return tuple(text for text in (_sentence("high", high, speak), _sentence("low", low, speak)) if text)


def _end(row: Row, high: bool) -> Tone:
    return "high" if (row.item.keyed == 1) == high else "low"


def _extreme(rows: list[Row], high: bool) -> Row | None:
    told = [(Fraction(n, row.n), row) for row in rows if (n := row.people(_end(row, high)))]
    return max(told, key=lambda known: known[0])[1] if told else None


def _sentence(which: str, found: list[tuple[Row, Tone]], speak: Language) -> str:
    slots: dict[str, object] = {}
    for place, (row, tone) in zip(("first", "second"), found, strict=False):
        slots |= {place: row.item.text.rstrip("."), f"{place}_tone": speak.text(f"common.tone.{tone}"),
                  f"{place}_n": row.people(tone), f"{place}_of": row.n}
    return speak.text(f"lead.{('one', 'two')[len(found) - 1]}_{which}", **slots) if found else ""
