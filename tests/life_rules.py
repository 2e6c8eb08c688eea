"""What has to be true of everything that a round publishes, whatever led to it: the rules in a few lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from life_records import Round, Sent

from workshop.published import PublishedRound, PublishedTable
from workshop.release import Policy
from workshop.results import Snapshot

LATER = ("edge", "direction", "word")  # what is collected once a round is closed
GROUPS = ("here", "there")


def differs(counts: Sequence[int], policy: Policy) -> bool:
    """R1: two classes with people, and enough in each; in open a handful in all is enough."""
    filled = [count for count in counts if count]
    if policy.level == "open":
        return sum(filled) >= policy.k
    return len(filled) >= 2 and min(filled) >= policy.tau


@dataclass
class Watch:
    """Every table as it stood when it was last looked at."""

    known: dict[tuple[int, str, str], PublishedTable] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)

    def look(self, round: PublishedRound, here: Round, words: Policy) -> None:
        """`words` are the numbers of what is collected after the close: protection may have been raised meanwhile."""
        for table in round.tables:
            key = round.round, table.kind, table.id
            before = self.known.get(key)
            if before != table and table.counts is not None:
                self._changed(round.round, before, table, words if table.kind in LATER else here.level)
            assert before is None or before.counts is None or table.counts is not None, "what was shown is shown"
            self.known[key] = table
        if round.final:
            self.closed.add(round.round)
        _fits(round, here)

    def _changed(self, round: int, before: PublishedTable | None, table: PublishedTable, policy: Policy) -> None:
        known = before.counts if before is not None and before.counts is not None else None
        assert known is None or (table.kind not in LATER and round not in self.closed), f"closing is final: {table}"
        if table.kind == "item":
            self._grown(before if known else None, table, policy)
        elif table.kind in ("pole", "direction"):
            assert differs(table.counts or (), policy)
        elif table.kind == "plane":
            assert len(table.counts or ()) >= 3
            assert min(table.counts or ()) >= 3

    def _grown(self, before: PublishedTable | None, table: PublishedTable, policy: Policy) -> None:
        """R1 and R2 of an item: what it gained since it was last looked at is enough by itself."""
        counts, earlier = table.counts or (), (before.counts if before else None) or (0,) * len(table.counts or ())
        assert before is None or before.bins == table.bins, "a table keeps the classes of its first release"
        assert before is None or policy.level != "held", "held releases once"
        gain = [now - then for now, then in zip(counts, earlier, strict=True)]
        least = policy.k if policy.level == "open" else max(8, policy.k)
        assert min(gain) >= 0
        assert sum(gain) >= (policy.m if before else least)
        assert differs(counts, policy)
        assert policy.level == "open" or differs(gain, policy)


def _fits(round: PublishedRound, here: Round) -> None:
    """R3, R5 and R14: what comes when, and what so many people may carry."""
    kinds = {table.kind for table in round.tables if table.counts is not None}
    here.sights.update(f"R5: {kind}" for kind in kinds)
    whole = round.final or here.level.level == "open"
    assert whole or not kinds & {"pole", "pooled", "plane", "alpha", "group"}
    assert round.final or not kinds & {"group", "alpha", *LATER}
    assert round.n >= 12 or not kinds & {"pole", "plane", "group", "alpha"}
    assert round.n >= 30 or not kinds & {"group", "alpha"}
    assert "pooled" not in kinds or here.level.k <= round.n < 8
    for table in round.tables:
        classes = len(table.bins or ())
        assert table.counts is not None or (table.n, table.bins, table.release) in ((0, None, 0), (0, (), 0)), (
            "R11: what is hidden tells nothing")
        assert table.kind != "pole" or classes <= (3 if round.n < 16 else 5)
        sides = (3,) if round.n < 16 else (3, 5)
        assert table.kind != "plane" or not table.bins or table.bins[0][0] in sides
        dark = table.id[:2] in ("DD", "ID", "RD", "RI") and table.kind in ("item", "pole")
        assert not dark or table.counts is None or table.n >= 12 or here.level.level == "open"


def counts_are_exact(table: PublishedTable, here: Round) -> None:
    """An item's table holds everybody of the releases that it took in, and nobody else."""
    people = [sent for number, taken in here.taken.items() if number <= table.release for sent in taken]
    assert table.n == sum(table.counts or ()) == len(people)
    assert len(people) >= (here.level.k if here.level.level == "open" else max(8, here.level.k))
    counted_as(table, people, here.level)
    classes = len(table.bins or ())
    if here.level.level != "open" and classes > 3:
        assert (here.final, len(here.taken)) == (True, 1), "R2: all points of a single release alone"
        assert len(people) >= 16
        points = [sent.answers[table.id] or 3 for sent in people]
        assert differs([sum(one in third for one in points) for third in ((1, 2), (3,), (4, 5))], here.level)
    here.sights[f"R2: {'all points' if classes > 3 else f'{classes} classes'}"] += 1
    if any(sent.answers[table.id] is None for sent in people):
        here.sights["R4: a skip is counted"] += 1
    if table.release < len(here.taken):
        here.sights["R1: an update fails, its table stays"] += 1


def is_held_back(here: Round, n: int) -> None:
    """R1: an item's table is not there although there were people enough for one."""
    if n >= max(8, here.level.k):
        here.sights["R1: a table is held back"] += 1


def counted_as(table: PublishedTable, people: Sequence[Sent], policy: Policy, item: str = "") -> None:
    """Each class has as many as answered so."""
    for points, count in zip(table.bins or (), table.counts or (), strict=True):
        assert count == sum((sent.answers[item or table.id] or 0) in points for sent in people)
        assert count == 0 or count >= policy.tau


def groups_are_large_and_alike(round: PublishedRound, here: Round) -> None:
    """R9: groups only of a large room that came at once, nobody left over that could be reckoned; whole and groups in
    the same classes, two of which have people in each group."""
    tables = {table.id: table for table in round.tables if table.kind == "group"}
    sizes = {option: sum(sent.group == option for sent in here.people) for option in GROUPS}
    rest = here.n - sum(sizes.values())
    large = here.n >= 30 and min(sizes.values()) >= 12 and (rest == 0 or rest >= 12)
    may = here.grouped and here.final and large and (len(here.taken) == 1 or here.level.level == "open")
    assert bool(tables) == may
    if here.grouped and here.final and here.n >= 30:
        why = "groups are too small" if not large else "no groups of several releases"
        here.sights[f"R9: {'groups are shown' if may else why}"] += 1
    for id, table in tables.items():
        option, _, of = id.rpartition("/")
        assert of or table.n == sizes[option]
        whole = next((one for one in round.tables if one.kind in ("item", "pole") and one.id == of), None)
        if of:
            assert whole is not None
            assert whole.bins == table.bins
            assert differs(table.counts or (), replace(here.level, level="held"))
        if whole is not None and whole.kind == "item":
            counted_as(table, [sent for sent in here.people if sent.group == option], here.level, of)
            _rest_is_like_a_group(table, [sent for sent in here.people if sent.group is None], here.level, of)


def _rest_is_like_a_group(table: PublishedTable, rest: Sequence[Sent], policy: Policy, item: str) -> None:
    people = [sum((sent.answers[item] or 0) in points for sent in rest) for points in table.bins or ()]
    assert not rest or differs(people, replace(policy, level="held"))


def shows_no_more_than_so_many_carry(snapshot: Snapshot) -> None:
    """R5 as everybody gets it."""
    by_n = {8: any(item.counts for item in snapshot.items) and snapshot.level != "open",
            12: any(item.shape for item in snapshot.items) or snapshot.plane is not None,
            16: any(pole.median is not None or pole.middle is not None for pole in snapshot.poles),
            30: snapshot.statistics is not None or snapshot.groups is not None}
    assert not [least for least, shown in by_n.items() if shown and snapshot.n < least]
    assert snapshot.released or not any(item.counts for item in snapshot.items)


def edges_are(taps: Mapping[str, int], shown: Sequence[tuple[str, int]], policy: Policy) -> None:
    """R13: nobody alone in a bar, nothing under two bars or k entries, and nobody lost."""
    if shown:
        assert len(shown) >= 2
        assert sum(taps.values()) == sum(count for _, count in shown) >= policy.k
        assert all(count >= max(2, policy.tau) for _, count in shown)
        assert all(taps[facet] == count for facet, count in shown if facet != "others")
    else:
        clear = [count for count in taps.values() if count >= max(2, policy.tau)]
        assert sum(taps.values()) < policy.k or len(clear) < 3, "held back without need"


def directions_are(counts: Sequence[int], told: Mapping[str, Mapping[str, int] | None], policy: Policy) -> None:
    """R13 and R1: D as it was entered, I where everybody said up: two classes, and enough in each, or nothing."""
    for axis, entered in (("D", tuple(counts)), ("I", (sum(counts), 0, 0))):
        may = sum(counts) >= policy.k and differs(entered, policy)
        assert (told[axis] and tuple(told[axis].values())) == (entered if may else None)
