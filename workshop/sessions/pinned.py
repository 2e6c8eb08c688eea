"""Sides that could hold somebody in one class of a statement are not shown (R3, R9)."""

from collections.abc import Callable, Mapping, Sequence

from workshop.inventory import LIGHT_POLES, Item, Pole, Questionnaire
from workshop.published import PublishedTable
from workshop.release import Counts, Grown, Parted, Policy, Statement, Told, could_be_elsewhere, pole_shown
from workshop.store.aggregate import Response

Sides = Mapping[Pole, Sequence[str]]
ByPart = Mapping[str, Mapping[int, Counts]]
Telling = Callable[[Item], Told]


def told_by_release(counts: ByPart, policy: Policy) -> Telling:
    """What a round of several releases told of an item."""
    return lambda item: Grown(tuple(people for _, people in sorted(counts[item.id].items())), policy,
                              dark=item.pole not in LIGHT_POLES)


def told_by_group(counts: ByPart, policy: Policy, tables: Sequence[PublishedTable]) -> Telling:
    """What a room with tables by group tells of an item."""
    apart = {table.id: len(table.bins or ()) > 3 for table in tables}
    return lambda item: Parted(counts[item.id], policy, apart[item.id])


def left_open(sides: Sides, telling: Telling, parts: Sequence[int], responses: Sequence[Response],
              questionnaire: Questionnaire) -> Sides:
    """The sides, none of its items for one that could tell more of somebody than these items' own tables do."""
    places = {id: place for place, id in enumerate(questionnaire.ids)}
    items = {item.id: item for item in questionnaire.items}

    def may(pole: Pole, shown: Sequence[str]) -> bool:
        if not pole_shown(len(shown), len(questionnaire.of_pole(pole))):
            return False
        side = [Statement([one.points[places[id]] for one in responses], items[id].keyed == 1, telling(items[id]))
                for id in shown]
        return could_be_elsewhere(side, parts, questionnaire.scale.points)
    return {pole: shown if may(pole, shown) else () for pole, shown in sides.items()}
