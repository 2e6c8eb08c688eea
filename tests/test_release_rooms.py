"""Every small room there is, seen by one of its people: what is published never tells him another's class.

He knows the rules, his own answer, and who was in which release. Another person is resolved when every room
that would have looked the same to him, silences included, puts that person in one and the same of low, middle
(skips here) and high. People of one release are alike to him, so all of them but himself must share that class.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, combinations_with_replacement, pairwise, product

import pytest

from workshop.release import Counts, Policy, Table, item_table, next_item_table, policy

OPEN, BLOCKS, HELD = (policy(level, "team") for level in ("open", "blocks", "held"))
PARTNERS = policy("held", "partner")

Block = tuple[int, int, int]  # people in low, middle, high
Room = tuple[Block, ...]  # one block a release


def blocks_of(size: int) -> list[Block]:
    return [(low, middle, size - low - middle) for low in range(size + 1) for middle in range(size + 1 - low)]


def raw(block: Block) -> Counts:
    low, middle, high = block
    return 0, low, 0, middle, 0, high


def published(room: Room, now: Policy, *, waits: bool = True) -> tuple[Table | None, ...]:
    """What stands on the wall after each release; `waits` off: a failed update tries again at once."""
    wall: list[Table | None] = []
    table: Table | None = None
    since: list[Counts] = []
    for block in map(raw, room):
        since = [*since, block] if waits or not since else [tuple(map(sum, zip(*since, block, strict=True)))]
        update = next_item_table(table, since, now, single=len(room) == 1)
        since = since if update is table else []
        table = update
        wall.append(table)
    return tuple(wall)


def shared_class(block: Block, known: Counter[int]) -> int | None:
    """The one class that all of a block but the known people share, if they share one."""
    filled = [third for third, people in enumerate(block) if people > known[third]]
    return filled[0] if len(filled) == 1 else None


def knowers(room: Room, pooling: int) -> Iterator[tuple[Counter[int], ...]]:
    """Every choice of people who pool what they know: per release, how many of each class."""
    for chosen in combinations_with_replacement(list(product(range(len(room)), range(3))), pooling):
        known = tuple(Counter(third for at, third in chosen if at == place) for place in range(len(room)))
        if all(block[third] >= one[third] for block, one in zip(room, known, strict=True) for third in one):
            yield known


def resolved(rooms: Iterable[Room], now: Policy, *, pooling: int = 1, waits: bool = True) -> int:
    """The number of views in which somebody is resolved; a view is what stands on the wall and who one is."""
    views: dict[tuple[object, ...], list[set[int | None]]] = {}
    for room in rooms:
        wall = published(room, now, waits=waits)
        for known in knowers(room, pooling):
            view = (wall, *(tuple(sorted(one.items())) for one in known))
            alike = views.setdefault(view, [set() for _ in room])
            for shared, block, one in zip(alike, room, known, strict=True):
                shared.add(shared_class(block, one))
    return sum(any(one != {None} and len(one) == 1 for one in alike) for alike in views.values())


@pytest.mark.parametrize("now", [HELD, PARTNERS])
@pytest.mark.parametrize("size", range(5, 16))
def test_one_table_of_a_round_resolves_nobody(now: Policy, size: int) -> None:
    assert resolved([(block,) for block in blocks_of(size)], now) == 0


@pytest.mark.parametrize("sizes", [(8, 8), (8, 10), (11, 8), (12, 12)])
def test_two_releases_of_blocks_resolve_nobody(sizes: tuple[int, ...]) -> None:
    assert resolved(product(*map(blocks_of, sizes)), BLOCKS) == 0


def test_few_newcomers_after_a_failed_update_would_be_read_off_the_union() -> None:
    # Twelve with a minority of two at most, then a table of ten and ten: the eight newcomers are all alike.
    rooms = list(product(blocks_of(12), blocks_of(8)))
    assert resolved(rooms, BLOCKS, waits=False) > 0
    assert resolved(rooms, BLOCKS) == 0


def test_three_releases_of_blocks_resolve_nobody() -> None:
    # Where one of the first two stands on the wall, what follows is a matter of two releases; so here only
    # the rooms in which both failed, which look alike to nobody outside of them.
    silent = [room for room in product(blocks_of(8), repeat=2) if published(room, BLOCKS)[-1] is None]
    rooms = [(*room, block) for room in silent for block in blocks_of(8)]
    assert resolved(rooms, BLOCKS, waits=False) > 0
    assert resolved(rooms, BLOCKS) == 0


def test_two_partners_who_pool_what_they_know_resolve_nobody() -> None:
    for size in (8, 9, 12):
        assert resolved([(block,) for block in blocks_of(size)], PARTNERS, pooling=2) == 0
        assert resolved([(block,) for block in blocks_of(size)], HELD, pooling=2) > 0


def test_every_point_of_sixteen_people_resolves_nobody() -> None:
    # Here by raw point, the skipped among them: C(21, 5) rooms, seen by one who knows his own answer.
    views: dict[tuple[object, int], set[int | None]] = {}
    third = (1, 0, 0, 1, 2, 2)
    for walls in combinations(range(21), 5):
        counts = tuple(b - a - 1 for a, b in pairwise((-1, *walls, 21)))
        table = item_table(counts, HELD, single=True)
        for own in (point for point in range(6) if counts[point]):
            others = {third[point] for point in range(6) if counts[point] > (point == own)}
            views.setdefault((table, own), set()).add(others.pop() if len(others) == 1 else None)
    assert all(alike == {None} or len(alike) > 1 for alike in views.values())


def test_the_search_finds_people_where_blocks_asked_for_two_in_a_class() -> None:
    # Known from simulation: with tau = 2 an update that fails and its union with the next give people away.
    assert resolved(product(blocks_of(8), repeat=2), Policy("blocks", k=8, m=8, tau=2)) > 0


def test_the_search_finds_people_where_small_increments_are_let_through() -> None:
    assert resolved(product(blocks_of(8), blocks_of(1)), Policy("blocks", k=8, m=1, tau=1)) > 0


def test_open_protects_nobody_and_says_so() -> None:
    assert resolved([(block,) for block in blocks_of(3)], OPEN) > 0
    assert resolved(product(blocks_of(8), blocks_of(1)), OPEN) > 0
