"""What a closed round of thirty or more says in numbers, on real rounds. Expected values: the same formulas over the
answers as they were sent, or the published tables worked by hand."""

import json
import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from rooms import LIBRARY, Room, bytes_on_disk, new_room, sessions_in

from workshop import results
from workshop.inventory import DARK_POLES
from workshop.numbers import numbers, opposites
from workshop.published import PublishedRound, PublishedTable
from workshop.release import Policy
from workshop.statistics import alpha_interval, alpha_of, covariances, r_wg_j, van_der_eijk_a

HELD = Policy("held", 5, 1, 2)
POINTS = ((1.0,), (2.0,), (3.0,), (4.0,), (5.0,), (0.0,))
BALANCE = LIBRARY.inventories["balance"].questionnaire("standard", "team", True, "en")


def as_people_answer(room: Room, seed: int, skips: float = 0.0) -> dict[str, dict[str, int | None]]:
    """Everybody answers out of two traits, reversed statements the other way round; returns what was sent."""
    rng, questionnaire = random.Random(seed), room.sessions.questionnaire(room.workshop)
    sent: dict[str, dict[str, int | None]] = {}
    for token in room.tokens:
        traits = {"D": rng.gauss(3.4, 0.9), "I": rng.gauss(3.2, 0.9)}
        sent[token] = {}
        for item in questionnaire.items:
            y = min(5, max(1, round(rng.gauss(traits["D" if "D" in item.pole[0] else "I"], 1))))
            sent[token][item.id] = None if rng.random() < skips else y if item.keyed == 1 else 6 - y
        room.answer(token, sent[token])
    return sent


def keyed_rows(room: Room, sent: dict[str, dict[str, int | None]], ids: tuple[str, ...]) -> list[list[int]]:
    """Keyed answers of those who answered every one of these items."""
    questionnaire = room.sessions.questionnaire(room.workshop)
    rows = [[answers[id] for id in ids] for answers in sent.values()]
    keys = [questionnaire.item(id).keyed for id in ids]
    return [[x if key == 1 else 6 - x for x, key in zip(row, keys, strict=True)] for row in rows if None not in row]


@pytest.fixture
def large_room(sessions, clock) -> Room:
    """Forty people in the lobby."""
    return new_room(sessions, clock, 40, is_open=True)


# ---- alpha


@pytest.mark.parametrize("skips", [0.0, 0.02])
def test_alpha_is_that_of_the_people_who_answered_all_shown_statements(large_room, skips):
    sent = as_people_answer(large_room, 3, skips)
    large_room.act("close_round")
    poles = large_room.snapshot.statistics["poles"]
    assert set(poles) == {"DL", "IL"}
    for pole, known in poles.items():
        table = large_room.snapshot.pole(pole)
        rows = keyed_rows(large_room, sent, table.items)
        assert len(rows) >= 30
        assert (len(rows) < 40) == (skips > 0)
        expected = alpha_interval(alpha_of(covariances(rows)), len(rows), len(table.items)).rounded(2)
        assert (known["alpha"], known["interval"]) == (expected.value, [expected.low, expected.high])


def test_alpha_leaves_statements_out_whose_tables_are_held_back(large_room):
    sent = as_people_answer(large_room, 4)
    for token in large_room.tokens:
        sent[token] |= {"D3A": 5}
        large_room.answer(token, sent[token])
    large_room.act("close_round")
    table = large_room.snapshot.pole("DL")
    assert "D3A" not in table.items
    rows = keyed_rows(large_room, sent, table.items)
    assert large_room.snapshot.statistics["poles"]["DL"]["alpha"] == round(alpha_of(covariances(rows)), 2)


def test_alpha_of_fewer_than_thirty_who_answered_all_is_not_told_and_the_mean_is(large_room):
    sent = as_people_answer(large_room, 5)
    for token in large_room.tokens[:11]:
        large_room.answer(token, sent[token] | {"D1A": None})
    large_room.act("close_round")
    poles = large_room.snapshot.statistics["poles"]
    assert poles["DL"]["alpha"] is None
    assert poles["DL"]["interval"] is None
    assert poles["DL"]["mean"] is not None
    assert poles["IL"]["alpha"] is not None


def test_nothing_is_kept_of_how_many_answered_everything(large_room):
    sent = as_people_answer(large_room, 6)
    large_room.answer(large_room.tokens[0], sent[large_room.tokens[0]] | {"D1A": None})
    large_room.act("close_round")
    rows = [table for table in large_room.sessions.store.round(large_room.workshop, 1).tables if table.kind == "alpha"]
    assert {(table.id, table.n, table.counts) for table in rows} == {("DL", 40, ()), ("IL", 40, ())}


def test_alpha_survives_a_restart_to_the_last_digit(tmp_path, clock):
    with sessions_in(tmp_path, clock) as sessions:
        room = new_room(sessions, clock, 31, is_open=True)
        as_people_answer(room, 7)
        room.act("close_round")
        before = room.snapshot
    with sessions_in(tmp_path, clock) as sessions:
        assert sessions.snapshot(room.code) == before
        assert before.statistics["poles"]["DL"]["alpha"] is not None


# ---- dark ones wait


def test_dark_numbers_are_nowhere_until_they_are_revealed(tmp_path, clock):
    with sessions_in(tmp_path, clock) as sessions:
        room = new_room(sessions, clock, 40, is_open=True)
        sent = as_people_answer(room, 8)
        room.act("close_round")
        assert set(room.snapshot.statistics["poles"]) == {"DL", "IL"}
        stored = sessions.store.round(room.workshop, 1)
        assert not [table for table in stored.tables if table.id in DARK_POLES]
        room.act("reveal_dark")
        poles = room.snapshot.statistics["poles"]
        assert set(poles) == {"DL", "IL", "DD", "ID"}
        rows = keyed_rows(room, sent, room.snapshot.pole("DD").items)
        assert poles["DD"]["alpha"] == round(alpha_of(covariances(rows)), 2)


def test_dark_alphas_stand_on_no_disk_before_the_reveal(tmp_path, clock):
    with sessions_in(tmp_path, clock) as sessions:
        room = new_room(sessions, clock, 40, is_open=True)
        as_people_answer(room, 9)
        room.act("close_round")
        number = room.workshop.round
        light = [table for table in sessions.store.round(room.workshop, number).tables if table.kind == "alpha"]
    written = bytes_on_disk(tmp_path)
    assert all(json.dumps(table.bins).encode() in written for table in light)
    with sessions_in(tmp_path, clock) as sessions:
        sessions.act(room.code, "reveal_dark").result(10)
        round = sessions.store.round(sessions.workshop(room.code), number)
        dark = [table for table in round.tables if table.kind == "alpha" and table.id in DARK_POLES]
    assert len(dark) == 2
    assert not any(json.dumps(table.bins).encode() in written for table in dark)


# ---- means, from the published table alone


def test_the_mean_is_read_off_the_published_classes(large_room):
    as_people_answer(large_room, 10)
    large_room.act("close_round")
    for pole, known in large_room.snapshot.statistics["poles"].items():
        table = large_room.snapshot.pole(pole)
        mean = sum(n * Fraction(low + high) / 2 for n, (low, high) in
                   zip(table.counts, table.bins, strict=True)) / sum(table.counts)
        assert known["mean"] == float(round(mean, 2))


def test_numbers_are_a_pure_function_of_what_is_published(large_room):
    as_people_answer(large_room, 11)
    large_room.act("close_round")
    round = large_room.sessions.store.round(large_room.workshop, 1)
    again = numbers(round, large_room.workshop.policy, BALANCE, revealed=False)
    assert again == large_room.snapshot.statistics


@pytest.mark.parametrize(("people", "there"), [(29, False), (30, True)])
def test_numbers_come_from_thirty_people_on(sessions, clock, people, there):
    room = new_room(sessions, clock, people, is_open=True)
    as_people_answer(room, 12)
    assert room.snapshot.statistics is None
    room.act("close_round")
    assert room.snapshot.n == people
    assert (room.snapshot.statistics is not None) == there


def test_numbers_wait_for_the_close_where_pictures_grow(sessions, clock):
    room = new_room(sessions, clock, 32, is_open=True, protection="open")
    as_people_answer(room, 13)
    room.tick()
    assert room.snapshot.n == 32
    assert room.snapshot.statistics is None
    room.act("close_round")
    assert room.snapshot.statistics["poles"]["DL"]["alpha"] is not None


def test_in_open_alpha_is_reckoned_once_when_the_round_is_closed(sessions, clock):
    room = new_room(sessions, clock, 32, is_open=True, protection="open", form="standard")
    as_people_answer(room, 5)
    room.tick()
    while_open = sessions.store.round(room.workshop, 1)
    assert (while_open.n, {table.kind for table in while_open.tables} & {"pole", "alpha"}) == (32, {"pole"})
    room.act("close_round")
    closed = sessions.store.round(room.workshop, 1)
    assert {table.id for table in closed.tables if table.kind == "alpha"} == {"DL", "IL"}
    assert room.snapshot.statistics["poles"]["DL"]["alpha"] is not None


def test_alpha_at_the_close_is_of_everybody_and_not_of_an_earlier_picture(sessions, clock):
    room = new_room(sessions, clock, 60, is_open=True, protection="open")
    everybody, room.tokens = room.tokens, room.tokens[:35]
    sent = as_people_answer(room, 17)
    room.tick()
    room.tokens = everybody[35:]
    sent |= as_people_answer(room, 19)
    room.act("close_round")
    table = room.snapshot.pole("DL")
    rows = keyed_rows(room, sent, table.items)
    assert (room.snapshot.n, len(rows)) == (60, 60)
    assert room.snapshot.statistics["poles"]["DL"]["alpha"] == round(alpha_of(covariances(rows)), 2)
    assert round(alpha_of(covariances(rows)), 2) != round(alpha_of(covariances(rows[:35])), 2)
    stored = [one.id for one in sessions.store.round(room.workshop, 1).tables if one.kind == "alpha"]
    assert len(stored) == len(set(stored))


def test_a_snapshot_with_numbers_comes_back_from_json_as_it_was(large_room):
    as_people_answer(large_room, 14)
    large_room.act("close_round")
    body = json.loads(json.dumps(results.to_json(large_room.snapshot)))
    assert results.from_json(body).statistics == large_room.snapshot.statistics


# ---- answering "often" to opposites


def table(id: str, counts: tuple[int, ...], bins: tuple[tuple[float, ...], ...] = POINTS) -> PublishedTable:
    return PublishedTable("item", id, sum(counts), bins, counts, 1)


def closed(*tables: PublishedTable, n: int = 30) -> PublishedRound:
    return PublishedRound(1, "held", 5, "2026-11-24", n=n, seats=n, releases=1, final=True, tables=tables)


def style(*tables: PublishedTable, n: int = 30, revealed: bool = True) -> bool:
    return numbers(closed(*tables, n=n), HELD, BALANCE, revealed=revealed)["response_style"]


PAIRS = {"D4A": "ID1A", "D2A": "ID2A", "D3A": "ID3A", "I1A": "DD3A", "I4A": "DD1A", "I3A": "DD2A"}
SOFT, LOUD = (0, 6, 12, 12, 0, 0), (0, 0, 6, 12, 12, 0)  # means of 3.2 and 4.2


def test_the_six_pairs_are_those_of_the_construct():
    # Domain description: D4-ID1, D2-ID2, D3-ID3, I1-DD3, I4-DD1, I3-DD2.
    assert {(light.id, dark.id) for dark, light in opposites(BALANCE)} == set(PAIRS.items())
    deep = LIBRARY.inventories["balance"].questionnaire("deep", "team", True, "en")
    assert {(light.id, dark.id) for dark, light in opposites(deep)} == set(PAIRS.items())
    assert all(item.keyed == 1 for pair in opposites(deep) for item in pair)
    light = LIBRARY.inventories["balance"].questionnaire("standard", "team", False, "en")
    assert list(opposites(light)) == []


def test_a_reversed_statement_gives_way_to_the_straight_one_of_its_facet():
    deep = LIBRARY.inventories["balance"].questionnaire("deep", "team", True, "en")
    turned = replace(deep, items=tuple(replace(item, keyed=-1 if item.id == "D3A" else item.keyed)
                                       for item in deep.items))
    assert ("ID3A", "D3B") in {(dark.id, light.id) for dark, light in opposites(turned)}


def test_a_room_that_says_often_to_opposites_is_asked_about_it():
    everything = [table(id, LOUD) for pair in PAIRS.items() for id in pair]
    assert style(*everything)
    assert not style(*everything, revealed=False)
    assert not style(*[table(id, SOFT) for pair in PAIRS.items() for id in pair])
    assert not style(*[table(light, LOUD) for light in PAIRS], *[table(dark, (*LOUD[4::-1], 0))
                                                                for dark in PAIRS.values()])


def test_the_note_needs_two_thirds_of_the_pairs_each_of_everybody():
    pairs = list(PAIRS.items())
    assert style(*[table(id, LOUD) for pair in pairs[:4] for id in pair])
    assert not style(*[table(id, LOUD) for pair in pairs[:3] for id in pair])
    assert not style(*[table(id, LOUD) for pair in pairs for id in pair], n=31)


def test_the_note_reads_coarse_tables_by_the_middle_of_their_classes():
    three = ((1.0, 2.0), (3.0, 0.0), (4.0, 5.0))
    # 6 · 1.5 + 6 · 3 + 18 · 4.5 = 108 of 30: 3.6 is .6 above the middle; one person less high is not over .5.
    assert style(*[table(id, (6, 6, 18), three) for pair in PAIRS.items() for id in pair])
    assert not style(*[table(id, (8, 6, 16), three) for pair in PAIRS.items() for id in pair])


def test_people_who_skipped_a_statement_say_nothing_about_style():
    assert style(*[table(id, (0, 0, 0, 2, 3, 25)) for pair in PAIRS.items() for id in pair])


# ---- agreement, about one team only


def test_people_who_describe_themselves_are_never_said_to_agree(large_room):
    as_people_answer(large_room, 15)
    large_room.act("close_round")
    assert large_room.snapshot.statistics["agreement"] is None


def test_a_team_that_describes_itself_gets_its_agreement(sessions, clock):
    room = new_room(sessions, clock, 45, is_open=True, inventory="team_climate")
    sent = as_people_answer(room, 16)
    room.act("close_round")
    found = room.snapshot.statistics["agreement"]
    apart = {item.id: item for item in room.snapshot.items if item.classes == 5}
    assert set(found["items"]) == set(apart)
    assert len(apart) >= 10
    for id in apart:
        said = Counter(answers[id] for answers in sent.values())
        assert found["items"][id] == round(van_der_eijk_a([said[x] for x in range(1, 6)]), 2)
    for pole in found["poles"]:
        rows = [apart[id].counts[:-1] for id in apart if apart[id].pole == pole]
        assert found["poles"][pole] == round(r_wg_j(rows), 2)
    assert set(found["poles"]) == {"DL", "IL"}
    room.act("reveal_dark")
    revealed = room.snapshot.statistics["agreement"]
    assert set(revealed["items"]) - set(found["items"])
    assert {"DL", "IL"} <= set(revealed["poles"]) <= {"DL", "IL", "DD", "ID"}


def test_agreement_leaves_out_statements_that_fewer_than_thirty_answered():
    team = replace(BALANCE, referent="team")
    known = closed(table("D1A", (3, 5, 9, 8, 5, 0)), table("D2A", (3, 5, 9, 8, 4, 1)),
                   table("D3A", (20, 20, 20), ((1.0, 2.0), (3.0, 0.0), (4.0, 5.0))))
    found = numbers(known, HELD, team, revealed=True)["agreement"]
    assert set(found["items"]) == {"D1A"}
    assert found["poles"] == {}
