"""Published tables -> the numbers that only a room of thirty may carry: means, alpha, and how people answered.

All but alpha is read off the published tables; alpha was published beside them when the round closed.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from workshop.inventory import DARK_POLES, Item, Pole, Questionnaire
from workshop.published import PublishedRound, PublishedTable
from workshop.release import Policy, pole_shown, shows
from workshop.statistics import acquiescence, class_mean, is_yes_saying, r_wg_j, van_der_eijk_a

Tables = Mapping[tuple[str, str], PublishedTable]
SCORED: tuple[Pole, ...] = ("DL", "IL", "DD", "ID")


def numbers(round: PublishedRound, policy: Policy, questionnaire: Questionnaire, *,
            revealed: bool) -> Mapping[str, Any] | None:
    """The snapshot's `statistics`: None below 30 people or before the close; dark ones only once revealed."""
    if not round.final or not shows(round.n, policy).percent:
        return None
    hidden = () if revealed else (*DARK_POLES, *(item.id for item in questionnaire.items if item.pole in DARK_POLES))
    tables: Tables = {(table.kind, table.id): table for table in round.tables
                      if table.id not in hidden and table.counts is not None and shows(table.n, policy).percent}
    return {
        "poles": {pole: _pole(tables["pole", pole], tables.get(("alpha", pole)))
                  for pole in SCORED if ("pole", pole) in tables},
        "response_style": _yes_saying(tables, round.n, questionnaire),
        "agreement": _agreement(tables, policy, questionnaire) if questionnaire.referent == "team" else None,
    }


def _pole(table: PublishedTable, alpha: PublishedTable | None) -> Mapping[str, Any]:
    bins = [(Fraction(low), Fraction(high)) for low, high in table.bins or ()]
    known, *interval = alpha.bins[0] if alpha and alpha.bins else (None,)
    return {"mean": _shown(class_mean(bins, table.counts or ())), "alpha": known, "interval": interval or None}


def _shown(value: Fraction | float) -> float:
    return float(round(Fraction(value), 2))


def _yes_saying(tables: Tables, n: int, questionnaire: Questionnaire) -> bool:
    """Needs the tables of two thirds of the pairs, each of everybody."""
    pairs = list(opposites(questionnaire))
    means = [(_mean_point(tables, a, n), _mean_point(tables, b, n)) for a, b in pairs]
    known = [(a, b) for a, b in means if a is not None and b is not None]
    return pole_shown(len(known), len(pairs)) and is_yes_saying(acquiescence(known, questionnaire.scale.points), n)


def opposites(questionnaire: Questionnaire) -> Iterator[tuple[Item, Item]]:
    """Statements that mean opposite things, both in straight wording: a dark facet's first and its antidote's."""
    straight: dict[str, Item] = {}
    for item in questionnaire.items:
        if item.keyed == 1:
            straight.setdefault(item.facet, item)
    for facet in questionnaire.asked:
        if facet.antidote in straight and facet.id in straight:
            yield straight[facet.id], straight[facet.antidote]


def _mean_point(tables: Tables, item: Item, n: int) -> Fraction | None:
    """Mean raw answer, everybody taken to stand in the middle of their class; skipped ones only where apart."""
    table = tables.get(("item", item.id))
    if table is None or table.n != n:
        return None
    classes = [([int(point) for point in points if point], people)
               for points, people in zip(table.bins or (), table.counts or (), strict=True)]
    answered = sum(people for points, people in classes if points)
    total = sum((people * Fraction(sum(points), len(points)) for points, people in classes if points), Fraction())
    return total / answered if answered else None


def _agreement(tables: Tables, policy: Policy, questionnaire: Questionnaire) -> Mapping[str, Any]:
    """A of statements and r_WG(J) of sides, over tables with every point that thirty people answered."""
    known = {item.id: counts for item in questionnaire.items
             if (counts := _by_point(tables.get(("item", item.id)), questionnaire.scale.points))
             and shows(sum(counts), policy).percent}
    sides = {pole: ([known[item.id] for item in items if item.id in known], len(items))
             for pole in SCORED if (items := questionnaire.of_pole(pole))}
    return {
        "items": {id: _shown(van_der_eijk_a(counts)) for id, counts in known.items()},
        "poles": {pole: _shown(r_wg_j(shown)) for pole, (shown, of) in sides.items() if pole_shown(len(shown), of)},
    }


def _by_point(table: PublishedTable | None, points: int) -> tuple[int, ...] | None:
    """People by point without the skipped, or None where points do not stand apart."""
    if table is None or table.counts is None or len(table.counts) != points + 1:
        return None
    return table.counts[:-1]
