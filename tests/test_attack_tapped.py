"""Chosen edges joined with answers: what is learnt by whoever takes it that people tap only what follows from them."""

import random
from collections import Counter

import numpy as np

from tests.attack.judging import judged
from tests.attack.playing import Entry
from tests.attack.suspects import suspicions
from tests.attack.tapped import Board, anything, joined, suggested
from tests.attack.worlds import RoundSeen, published
from tests.rooms import LIBRARY
from workshop.release import Policy

SHORT = LIBRARY.inventories["balance"].questionnaire("short", "team", False, "en")
FACETS = [item.facet for item in SHORT.items]
# Whoever is seldom at home anywhere: five sides at "seldom", the last one even more so.
LOW = (2, 2, 2, 2, 2, 1)
ROWS = [(4, 4, 4, 4, 4, 5), *[LOW] * 6, (4, 4, 4, 4, 4, 1)]
TAPS = {1: "I5", 2: "I5", 3: "I5", 4: "I5", 7: "I5", 5: "D2", 6: "D2"}


def room(rows=ROWS, level="held") -> RoundSeen:
    turned = [tuple(point if item.keyed == 1 else 6 - point for point, item in zip(row, SHORT.items, strict=True))
              for row in rows]
    entries = tuple(Entry(person, f"{person}.1", 1, None, row) for person, row in enumerate(turned))
    return RoundSeen(1, Policy(level, 5, 0, 2), SHORT, entries, 0, (), False)


def outcomes(seen, board) -> Counter[str]:
    truth = published(seen, seen.rows)
    return Counter(joined(board, one, truth, random.Random(7))[0] for one in suspicions(seen, everybody=False))


def test_a_built_room_is_resolved_by_whoever_takes_it_that_all_tapped_what_their_phone_puts_first():
    seen = room()
    board = Board(seen, TAPS, suggested)
    assert board.bars == (("I5", 5), ("D2", 2))
    assert board.fits(seen.rows, 0)
    assert not judged(seen, "built", 0.0, everybody=False).resolved  # without edges nobody is
    assert outcomes(seen, board) == {"crowded": 1}


def test_the_same_room_is_not_resolved_as_phones_offer_every_side():
    seen = room()
    assert outcomes(seen, Board(seen, TAPS, anything)) == {"moves": 1}


def changed(seen, **points):
    """The room with these answers to the last statement instead, by person."""
    rows = seen.rows.copy()
    last = SHORT.items[-1]
    for person, point in points.items():
        rows[int(person[1:]), -1] = point if last.keyed == 1 else 6 - point
    return rows


def test_a_room_fits_only_if_as_many_could_have_tapped_each_side_as_did():
    seen = room()
    board, free = Board(seen, TAPS, suggested), Board(seen, TAPS, anything)
    two_elsewhere, three_elsewhere = changed(seen, p1=3, p2=3), changed(seen, p1=3, p2=3, p3=3)
    assert board.fits(two_elsewhere, 0)  # five of the others are left, and five tapped it
    assert not board.fits(three_elsewhere, 0)
    assert free.fits(three_elsewhere, 0)


def test_a_stranger_can_have_tapped_anything_and_the_attacker_only_what_he_did():
    seen = room()
    three_elsewhere = changed(seen, p1=3, p2=3, p3=3)
    stranger = {**{person: facet for person, facet in TAPS.items() if person != 1}, 99: "I5"}
    assert Board(seen, stranger, suggested).fits(three_elsewhere, 0)
    assert Board(seen, {**TAPS, 0: "I1"}, suggested).bars == (("I5", 5), ("others", 3))
    assert not Board(seen, {**TAPS, 0: "I5"}, suggested).fits(changed(seen, p1=3, p2=3, p3=3), 0)
    assert not Board(seen, {**TAPS, 0: "D2"}, suggested).fits(three_elsewhere, 0)


def test_taps_that_stand_together_as_others_have_to_be_somebodys_as_well():
    seen = room()
    board = Board(seen, {1: "I5", 2: "I5", 3: "I5", 4: "I5", 5: "D2", 6: "D4"}, suggested)
    assert board.bars == (("I5", 4), ("others", 2))
    assert board.fits(seen.rows, 0)
    high = np.array([4 if item.keyed == 1 else 2 for item in SHORT.items])
    only_last = seen.rows.copy()
    only_last[1:, :5] = high[:5]  # to all but the attacker nothing but the last side is put first
    assert not board.fits(only_last, 0)
    assert Board(seen, board.taps, anything).fits(only_last, 0)


def test_edges_that_were_held_back_say_nothing():
    seen = room()
    board = Board(seen, dict.fromkeys(range(1, 8), "I5"), suggested)
    assert board.bars == ()
    assert board.fits(changed(seen, **{f"p{person}": 5 for person in range(1, 8)}), 0)
    assert outcomes(seen, board) == {"silent": 1}


def test_fewer_taps_leave_the_built_room_open():
    taps = {1: "I5", 7: "I5", 2: "D2", 5: "D2", 6: "D2"}
    assert outcomes(room(), Board(room(), taps, suggested)) == {"moves": 1}
