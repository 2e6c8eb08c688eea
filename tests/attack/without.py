"""The rules taken out, one at a time, in the product and in what the attacker knows of it alike."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import workshop.release as rules
from workshop.published import PublishedRound
from workshop.release import grouping, scores, tables, taps
from workshop.release.tables import Counts, Table
from workshop.results import Snapshot, snapshot
from workshop.sessions import Sessions, gathering, rounds, seats
from workshop.sessions import grouping as sessions_grouping
from workshop.sessions.act import Act
from workshop.sessions.publishing import Release, publish
from workshop.store.aggregate import Response

Change = tuple[object, str, Any]


def _r1() -> list[Change]:
    """Any table of k people may be published, whatever it says."""
    def enough(total: Sequence[int], increment: Sequence[int], policy: Any, *, first: bool) -> bool:
        return sum(total) >= policy.k
    return [(module, "passes", enough) for module in (tables, scores, taps, grouping)]


def _r2() -> list[Change]:
    """All points stand apart wherever two people stand on each, also where low, middle and high would not."""
    ladder = tables.item_table

    def points_first(counts: Counts, policy: Any, *, single: bool) -> Table | None:
        may = rules.shows(sum(counts), policy)
        apart = tables._table(counts, tables._points_apart(counts))
        if single and may.items and may.item_classes is None and tables._first_passes(apart, policy):
            return apart
        return ladder(counts, policy, single=single)
    return [(tables, "item_table", points_first)]


def _r3() -> list[Change]:
    """Blocks of any size, tried again at once after they failed."""
    def any_block(fresh: int, *, first: bool, policy: Any, **_: object) -> bool:
        return fresh >= (policy.k if first else 1)
    return [(tables, "may_retry", lambda gained, failed: True), (rounds, "may_close", any_block),
            (rounds, "may_release", lambda fresh, **told: told["policy"].level != "held" and any_block(fresh, **told))]


def _r6() -> list[Change]:
    """The console counts whoever has finished, released or not."""
    released = Sessions.snapshot

    def live(sessions: Sessions, code: str, round: int | None = None) -> Snapshot:
        workshop = sessions.workshop(code)
        if workshop.collection("answers") is None or round not in (None, workshop.round):
            return released(sessions, code, round)
        made = sessions.do(code, _as_if_released).result(20)
        return snapshot(code, made, workshop.policy, sessions.questionnaire(workshop), sessions.locale(workshop),
                        revealed=False)
    return [(Sessions, "snapshot", live)]


def _as_if_released(act: Act) -> PublishedRound:
    collection = act.collection("answers")
    responses = [Response(1, one.points, one.group) for one in rounds._ballots(act, collection)]
    blank = PublishedRound(act.workshop.round, act.workshop.level, act.workshop.k, "", seats=len(responses))
    release = Release(1, act.workshop.policy, single=False, whole=False)
    light, _ = publish(blank, (), release, act.questionnaire, responses)
    return PublishedRound(blank.round, blank.level, blank.k, "", n=len(responses), seats=blank.seats, releases=1,
                          tables=light)


def _r7() -> list[Change]:
    """Whatever a seat sends is counted anew."""
    enter, sent = seats.enter, [0]

    def stuffed(act: Act, collection: Any, tag: bytes, ballot: bytes, *, again: bool) -> None:
        sent[0] += 1
        more = sent[0].to_bytes(8, "big") if again and collection.kind == "answers" else b""
        enter(act, collection, tag + more, ballot, again=again and not more)
    return [(seats, "enter", stuffed)]


def _r9() -> list[Change]:
    """Groups of any size, whoever gave none left out of account, sides by group over any items."""
    by_item = grouping.grouped_items

    def any_group(sizes: Sequence[int], rest: int, *, releases: int = 1) -> bool:
        return len(sizes) > 1 and min(sizes) > 0

    def without_rest(groups: Sequence[Counts], rest: Counts, policy: Any, fixed: Any = None) -> Any:
        found = by_item(groups, tuple(0 for _ in rest), policy, fixed)
        whole = tuple(map(sum, zip(*groups, rest, strict=True)))
        return found and grouping.Grouped(tables.table_in(whole, found.whole.bins), found.groups)
    return [*((module, "may_group", any_group) for module in (rules, grouping, sessions_grouping)),
            *((module, "may_group_pole", lambda shown, grouped: True) for module in (rules, sessions_grouping)),
            *((module, "grouped_items", without_rest) for module in (rules, sessions_grouping))]


def _r13() -> list[Change]:
    """Edges as they were tapped, however few."""
    def as_tapped(taps: Any, policy: Any) -> Any:
        return tuple(sorted(((facet, people) for facet, people in taps.items() if people), key=lambda bar: -bar[1]))
    return [(gathering, "edges", as_tapped)]


RULES: dict[str, Callable[[], list[Change]]] = {
    "R1": _r1, "R2": _r2, "R3": _r3, "R6": _r6, "R7": _r7, "R9": _r9, "R13": _r13,
}
LEVELS = {"R1": "held", "R2": "held", "R3": "blocks", "R6": "held", "R7": "held", "R9": "held", "R13": "held"}


@contextmanager
def without(*names: str) -> Iterator[None]:
    """The product without these rules, as long as the block lasts."""
    with ExitStack() as stack:
        for name in names:
            for module, attribute, change in RULES[name]():
                stack.enter_context(patch.object(module, attribute, change))
        yield
