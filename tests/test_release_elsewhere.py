"""R3, R9: a side is not shown where it would hold people in one class of a statement that no table tells of them."""

import random
from dataclasses import replace

from workshop.inventory import load_library
from workshop.published import PublishedRound
from workshop.release import Grown, Parted, Statement, could_be_elsewhere, policy
from workshop.release.elsewhere import Exchange
from workshop.release.trades import Trade
from workshop.sessions.publishing import Release, publish
from workshop.store.aggregate import Response

ASKED = load_library().inventories["balance"].questionnaire("short", "team", dark=False, language="en")
BLOCKS, HELD = policy("blocks", "team"), policy("held", "team")


def person(*dependence):
    """Keyed answers to the three statements of one side; the other side all "sometimes"."""
    keyed = iter((*dependence, 3, 3, 3))
    return bytes(value if item.keyed == 1 else 6 - value for item, value in zip(ASKED.items, keyed, strict=True))


LOW, SECOND_LOW, THIRD_LOW = person(1, 1, 1), person(5, 1, 5), person(5, 5, 1)


def published(blocks, level=BLOCKS, groups=()):
    """A round's tables at its close, a block a release; or the groups of one release."""
    parts = [[row for block in blocks for row in block]] if groups else blocks
    round, taken = PublishedRound(1, level.level, level.k, "2026-01-01"), []
    for number, rows in enumerate(parts, 1):
        taken += [Response(number, row) for row in rows]
        final = number == len(parts)
        if groups:
            taken = [Response(1, row, group) for group, block in enumerate(blocks, 1) for row in block]
        release = Release(number, level, single=final and number == 1, whole=final, groups=groups, final=final)
        tables, _ = publish(round, (), release, ASKED, taken)
        round = replace(round, n=len(taken), releases=number, tables=tables)
    return {(table.kind, table.id): table for table in round.tables}


def low_and_high(id, tables):
    counts = tables["item", id].counts
    return counts[0], counts[-1]


# Of the first and the last block three are low in all three statements, everybody else in one of the other two. The
# side then says: six are low in all, and nobody else is low in two. In the first and the last block so many are low in
# the second and the third statement that three have to be low in both: those are the six. So all of the second block
# are high in the first statement, which no table of that statement tells: its own shows the last two blocks together.
OUTER = [LOW] * 3 + [SECOND_LOW] * 4 + [THIRD_LOW] * 3
BETWEEN = [SECOND_LOW] * 3 + [THIRD_LOW] * 5


def test_a_side_that_would_put_a_whole_release_into_one_class_is_not_shown():
    tables = published([OUTER, BETWEEN, OUTER])
    assert [low_and_high(id, tables) for id in ("D2A", "D4A")] == [(6, 22), (17, 11)]
    assert ("pole", "DL") not in tables


def test_a_side_that_leaves_open_where_a_release_stands_is_shown():
    high, first_low = person(4, 4, 4), person(1, 5, 5)
    between = [SECOND_LOW] * 3 + [THIRD_LOW] * 3 + [high] * 3
    tables = published([OUTER, between, [first_low] * 3 + [SECOND_LOW] * 3 + [THIRD_LOW] * 3])
    assert low_and_high("D2A", tables) == (6, 22)
    assert tables["pole", "DL"].counts == (3, 0, 0, 25, 0)


def test_a_side_that_would_put_a_whole_group_into_one_class_is_not_shown():
    outer = [LOW] * 3 + [SECOND_LOW] * 6 + [THIRD_LOW] * 5
    tables = published([outer, [SECOND_LOW] * 5 + [THIRD_LOW] * 7, outer], HELD, ("North", "South", "West"))
    assert low_and_high("D2A", tables) == (6, 0)  # every point, the skipped last
    assert ("group", "North/D4A") in tables
    assert ("group", "North/D2A") not in tables
    assert ("pole", "DL") not in tables


def test_without_groups_the_same_people_are_alike_to_everybody_and_the_side_is_shown():
    outer = [LOW] * 3 + [SECOND_LOW] * 6 + [THIRD_LOW] * 5
    tables = published([[*outer, *[SECOND_LOW] * 5, *[THIRD_LOW] * 7, *outer]], HELD)
    assert tables["pole", "DL"].counts == (6, 0, 0, 34, 0)


def test_alpha_is_told_where_nothing_tells_the_room_apart_and_not_beside_several_releases():
    rows = [person(1 + a % 5, 1 + (a * 2) % 5, 1 + (a * 3) % 5) for a in range(48)]
    assert ("alpha", "DL") in published([rows], BLOCKS)
    grown = published([rows[:16], rows[16:32], rows[32:]])
    assert ("pole", "DL") in grown
    assert ("alpha", "DL") not in grown


def test_alpha_stands_beside_groups_only_where_each_of_its_statements_is_told_by_group():
    rows = [person(1 + a % 5, 1 + (a * 2) % 5, 1 + (a * 3) % 5) for a in range(40)]
    assert ("alpha", "DL") in published([rows[:14], rows[14:]], HELD, ("North", "South"))
    # With more low than high in the room, one low and one in the middle of the first group stand in no table of it.
    first = [bytes([answer, *row[1:]]) for answer, row in zip([1, 3] + [5] * 12, rows[:14], strict=True)]
    second = [bytes([answer, *row[1:]]) for answer, row in zip([1] * 20 + [3] * 4 + [5] * 2, rows[14:], strict=True)]
    tables = published([first, second], HELD, ("North", "South"))
    assert ("pole", "DL") in tables
    assert ("group", "North/D2A") not in tables
    assert ("alpha", "DL") not in tables


def side(rows, told):
    return [Statement([row[place] for row in rows], straight=True, told=told[place]) for place in range(len(told))]


def by_point(rows, place):
    return tuple(sum(row[place] == point for row in rows) for point in range(6))


def two_groups(first, second):
    rows, parts = [*first, *second], [1] * len(first) + [2] * len(second)
    told = [Parted({1: by_point(first, place), 2: by_point(second, place)}, HELD, apart=False) for place in (0, 1)]
    return could_be_elsewhere(side(rows, told), parts, 5)


def test_one_person_to_exchange_with_is_not_enough_for_it_could_be_the_one_who_looks():
    """Only (2, 5) can trade the first answer with (4, 4) so that both sums stay in their class."""
    rest = [(3, 1), *[(5, 3)] * 10]
    assert two_groups([(4, 4)] * 12, [(2, 5), (2, 5), *rest]) is True
    assert two_groups([(4, 4)] * 12, [(2, 5), *rest]) is False


def test_two_outside_do_not_free_a_side_for_else_the_one_alone_would_learn_from_its_being_hidden():
    second = [(1, 5)] * 10 + [(1, 1)] * 10 + [(5, 5)] * 2 + [(5, 1)] * 2
    assert two_groups([(5, 5)] * 10 + [(1, 1), (3, 1)], second) is False
    assert two_groups([(5, 5)] * 9 + [(1, 1), (3, 1), (3, 3)], second) is True


def test_an_exchange_keeps_what_failed_on_the_way():
    """Two releases in one update: the first of them failed by itself, and has to fail in the other room as well."""
    grown = Grown(((0, 4, 0, 0, 4, 0), (0, 0, 0, 0, 8, 0), (0, 6, 0, 0, 2, 0)), BLOCKS)
    assert [table.n for table in grown.wall] == [8, 8, 24]
    assert set(grown.beside(2)) == {3}
    assert set(grown.beside(1)) == set()
    assert [grown.alike(Exchange(2, (4,) * people, 3, (1,) * people)) for people in (1, 2, 3, 4, 5, 6)] \
        == [True, True, False, False, False, True]


def test_an_exchange_among_groups_keeps_a_statement_without_tables_by_group():
    parted = Parted({1: (0, 1, 0, 0, 0, 11), 2: (0, 6, 0, 0, 0, 12)}, HELD, apart=True)
    assert set(parted.beside(1)) == {2}
    assert [parted.alike(Exchange(1, (5,) * people, 2, (1,) * people)) for people in (1, 4, 5, 6)] \
        == [False, False, True, True]
    assert Parted({1: (0, 2, 0, 0, 0, 10), 2: (0, 6, 0, 0, 0, 12)}, HELD, apart=True).beside(1) == ()


def test_people_of_two_kinds_can_trade_at_once_so_that_ordinary_rooms_keep_their_sides():
    """Where a table has come down to two classes, six who were not high can only have been low and in the middle."""
    assert [ordinary(seed) for seed in (1, 16, 18, 33)] == [True] * 4


def ordinary(seed):
    """A room of 304 in releases of eight, eight statements a side, everybody as they like."""
    dice = random.Random(seed)
    rows = [dice.choices(range(6), (3, 10, 20, 25, 25, 17), k=8) for _ in range(304)]
    blocks = [rows[at:at + 8] for at in range(0, 304, 8)]
    told = [Grown(tuple(by_point(block, place) for block in blocks), BLOCKS) for place in range(8)]
    return could_be_elsewhere(side(rows, told), [1 + at // 8 for at in range(304)], 5)


def test_whoever_would_have_to_look_too_long_shows_nothing():
    dice = random.Random(1)
    rows = [dice.choices(range(1, 6), (10, 20, 25, 25, 20), k=8) for _ in range(304)]
    told = [Grown(tuple(by_point(rows[at:at + 8], place) for at in range(0, 304, 8)), BLOCKS) for place in range(8)]
    parts = [1 + at // 8 for at in range(304)]
    assert could_be_elsewhere(side(rows, told), parts, 5) is True
    assert could_be_elsewhere(side(rows, told), parts, 5, patience=3) is False


def test_an_exchange_needs_those_for_whom_nobody_can_stand_in():
    trade = Trade({0: {1, 2}, 1: {2, 3}}, {0: {7, 8}, 1: {9}})
    assert [trade.allows(mixture) for mixture in ({0: 2}, {1: 2}, {0: 2, 1: 1}, {0: 1, 1: 1})] \
        == [True, False, True, True]
    assert trade.needed({0: 1, 1: 1}) == {9}
    assert trade.needed({0: 2, 1: 1}) == {1, 2, 3, 7, 8, 9}
