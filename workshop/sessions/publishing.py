"""One release: counts from the aggregation, decided by the release policy, as the rows a round publishes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop.inventory import LIGHT_POLES, Item, Pole, Questionnaire
from workshop.published import PublishedRound, PublishedTable
from workshop.release import (
    Counts,
    Policy,
    Table,
    next_item_table,
    plane,
    pole_shown,
    pole_table,
    pooled_table,
    shows,
)
from workshop.results import group_of, shown_items
from workshop.sessions.grouping import by_group, groups_stand
from workshop.sessions.pinned import Sides, left_open, told_by_group, told_by_release
from workshop.statistics import alpha, alpha_interval
from workshop.store.aggregate import Aggregates, Response, Spread, aggregates

SCORED_DARK: tuple[Pole, ...] = ("DD", "ID")


@dataclass(frozen=True)
class Release:
    """One release about to be published: the round's tables so far, and who is in it.

    `number` counts the round's releases from 1; `single` when no release came before and none comes after;
    `whole` when poles and plane may be made: at close, or in open with every release; `groups` are the answers
    to the grouping question, at close only; `final` at close, where alpha is reckoned, once.
    """

    number: int
    policy: Policy
    single: bool
    whole: bool
    groups: tuple[str, ...] = ()
    final: bool = True


def publish(before: PublishedRound, dark: Sequence[PublishedTable], release: Release,
            questionnaire: Questionnaire, responses: Sequence[Response]
            ) -> tuple[tuple[PublishedTable, ...], tuple[PublishedTable, ...]]:
    """The light and the dark tables after this release. `responses` are those taken in by it or before it."""
    known = {(table.kind, table.id): table for table in (*before.tables, *dark)}
    with aggregates(questionnaire, responses) as counted:
        counts = counted.item_counts()
        items = [_item(item, known.get(("item", item.id)), counts[item.id], release) for item in questionnaire.items]
        sides = _open_sides(counted, counts, items, release, questionnaire, responses)
        rest = _scores(counted, sides, release, questionnaire, len(responses)) if release.whole else []
        tables = by_group(counted, [*items, *rest], sides, release.groups, release.policy, release.number)
    light = _light_ids(questionnaire)
    return (tuple(table for table in tables if _of(table) in light),
            tuple(table for table in tables if _of(table) not in light))


def _of(table: PublishedTable) -> str:
    """The item or pole that a table is about; the plane and the sizes of groups are about the light poles."""
    if table.kind == "group":
        return group_of(table)[1] or LIGHT_POLES[0]
    return LIGHT_POLES[0] if table.kind == "plane" else table.id


def _light_ids(questionnaire: Questionnaire) -> set[str]:
    return {*LIGHT_POLES, *(item.id for item in questionnaire.items if item.pole in LIGHT_POLES)}


def _item(item: Item, known: PublishedTable | None, counts: Mapping[int, Counts], release: Release) -> PublishedTable:
    since = known.release if known else 0
    blocks = [people for number, people in sorted(counts.items()) if number > since]
    before = _table(known)
    after = next_item_table(before, blocks, release.policy, single=release.single, dark=item.pole not in LIGHT_POLES)
    if after is None:
        return PublishedTable("item", item.id, 0)
    if known and after is before:
        return known
    return PublishedTable("item", item.id, after.n, after.bins, after.counts, release.number)


def _table(known: PublishedTable | None) -> Table | None:
    if known is None or known.bins is None or known.counts is None:
        return None
    return Table(known.n, tuple(tuple(int(point) for point in points) for points in known.bins), known.counts)


def _sides(items: Sequence[PublishedTable], questionnaire: Questionnaire, n: int) -> Mapping[Pole, Sequence[str]]:
    """The items that each pole is made of: those whose tables hold everybody."""
    round = PublishedRound(0, "", 0, "", n=n, tables=tuple(items))
    return {pole: shown_items(round, pole, questionnaire) for pole in (*LIGHT_POLES, *SCORED_DARK)}


def _open_sides(counted: Aggregates, counts: Mapping[str, Mapping[int, Counts]], items: Sequence[PublishedTable],
                release: Release, questionnaire: Questionnaire, responses: Sequence[Response]) -> Sides:
    """The items that each pole is made of, where everybody could stand elsewhere for all that is told."""
    sides = _sides(items, questionnaire, len(responses))
    if release.policy.level == "open" or not release.whole or not shows(len(responses), release.policy).poles:
        return sides
    if release.number > 1:
        telling = told_by_release(counts, release.policy)
        return left_open(sides, telling, [one.release or 0 for one in responses], responses, questionnaire)
    if release.groups and groups_stand(counted.group_sizes(), release.groups, release.policy, release.number):
        telling = told_by_group(counted.item_counts_by_group(), release.policy, items)
        return left_open(sides, telling, [one.group for one in responses], responses, questionnaire)
    return sides


def _scores(counted: Aggregates, sides: Mapping[Pole, Sequence[str]], release: Release,
            questionnaire: Questionnaire, n: int) -> list[PublishedTable]:
    if shows(n, release.policy).pooled:
        return [_pooled(counted, pole, release, questionnaire, n) for pole in LIGHT_POLES]
    if not shows(n, release.policy).poles:
        return []
    poles = [pole for pole, shown in sides.items() if pole_shown(len(shown), len(questionnaire.of_pole(pole)))]
    shown = [id for pole in poles for id in sides[pole]]
    counted.score(shown)
    tables = [_pole(counted, pole, release) for pole in poles]
    # Alpha joins answers as no table does: beside several releases nothing could be said for it.
    if release.final and shows(n, release.policy).percent and (release.number == 1 or release.policy.level == "open"):
        tables += _alphas(counted, shown, tables, release)
    if set(LIGHT_POLES) <= set(poles):
        tables.append(_plane(counted, release))
    return tables


def _pooled(counted: Aggregates, pole: str, release: Release, questionnaire: Questionnaire, n: int) -> PublishedTable:
    items = [item for item in questionnaire.items if item.pole == pole]
    table = pooled_table(counted.pooled(pole), len(items), questionnaire.scale.points, release.policy, n=n)
    if table is None:
        return PublishedTable("pooled", pole, 0)
    return PublishedTable("pooled", pole, table.n, table.bins, table.counts, release.number)


def _pole(counted: Aggregates, pole: str, release: Release) -> PublishedTable:
    table = pole_table(counted.pole_classes(pole), release.policy)
    if table is None:
        return PublishedTable("pole", pole, 0)
    bins = tuple((float(low), float(high)) for low, high in table.bins)
    return PublishedTable("pole", pole, table.n, bins, table.counts, release.number)


def _alphas(counted: Aggregates, shown: Sequence[str], poles: Sequence[PublishedTable],
            release: Release) -> list[PublishedTable]:
    """Alpha of every pole that is drawn and that enough people answered whole."""
    spreads = counted.spreads(shown)
    return [_alpha(pole, spread, release) for pole in poles
            if pole.counts is not None and (spread := spreads.get(pole.id))
            and shows(spread.n, release.policy).percent and len(spread.items) > 1 and spread.total]


def _alpha(pole: PublishedTable, spread: Spread, release: Release) -> PublishedTable:
    # How many answered everything is in no table, so the row keeps the people of the pole's table instead.
    known = alpha_interval(alpha(spread.items, spread.total), spread.n, len(spread.items)).rounded(2)
    return PublishedTable("alpha", pole.id, pole.n, ((known.value, known.low, known.high),), (), release.number)


def _plane(counted: Aggregates, release: Release) -> PublishedTable:
    drawn = plane(counted.plane(), release.policy)
    if drawn is None:
        return PublishedTable("plane", "", 0)
    cells = tuple((cell.x, cell.y, cell.w, cell.h) for cell in drawn.cells)
    return PublishedTable("plane", "", sum(cell.n for cell in drawn.cells), ((drawn.bins,), *cells),
                          tuple(cell.n for cell in drawn.cells), release.number)
