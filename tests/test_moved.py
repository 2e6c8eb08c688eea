"""Bad moments in a room: a new address, few people, nobody, a round opened by mistake."""

from dataclasses import replace

import pytest
from rooms import new_room

from workshop.errors import Conflict
from workshop.stage import payload

HOME, TRAIN = ("192.168.4.21",), ("10.0.0.7",)


@pytest.fixture
def network(sessions, monkeypatch):
    """Puts the laptop into another network; () into none."""
    def join(addresses):
        monkeypatch.setattr("workshop.sessions.addressing.addresses", lambda host: addresses)
        sessions.addressing._looked = sessions.moved._looked = float("-inf")
        sessions.telling.tell_waiting()
        sessions.store.transact(lambda tx: None).result(5)
    return join


@pytest.fixture
def moving(sessions, clock, network):
    """A room of six in the lobby, at home."""
    network(HOME)
    room = new_room(sessions, clock, 6)
    network(HOME)
    return room


def test_the_code_on_the_stage_follows_the_address_by_itself(moving, network, sessions):
    moving.act("goto", scene="join")
    versions = [sessions.hub.version(moving.code, "stage")]
    assert "192.168.4.21:8501" in payload(sessions, moving.code)["text"]
    network(TRAIN)
    versions.append(sessions.hub.version(moving.code, "stage"))
    assert "10.0.0.7:8501" in payload(sessions, moving.code)["text"]
    network(())
    versions.append(sessions.hub.version(moving.code, "stage"))
    assert "no network" in payload(sessions, moving.code)["text"]
    assert len(set(versions)) == 3


def test_old_seats_are_silent_until_they_are_heard_and_only_unsent_ones_can_be_dropped(moving, network, sessions):
    moving.act("open_round")
    moving.answer(moving.tokens[0], 4)
    assert sessions.moved.silent(moving.workshop) == 0
    network(TRAIN)
    assert sessions.moved.silent(moving.workshop) == 5
    sessions.state(moving.code, moving.tokens[1])
    assert sessions.moved.silent(moving.workshop) == 4
    moving.join(3)
    assert sessions.moved.drop(moving.code).result(5) == 4
    assert (moving.counts.joined, moving.counts.finished) == (5, 1)
    assert sessions.moved.silent(moving.workshop) == 0
    moving.act("close_round")
    assert moving.snapshot.n in (0, 1)


def test_silent_places_do_not_tell_who_has_sent_while_a_round_in_blocks_is_open(sessions, clock, network):
    network(HOME)
    room = new_room(sessions, clock, 20, protection="blocks", form="short")
    network(HOME)
    room.act("open_round")
    network(TRAIN)
    for token in room.tokens[:7]:
        room.answer(token, 4)
        assert sessions.moved.silent(room.workshop) == 0
    assert sessions.moved.drop(room.code).result(5) == 0
    assert room.counts.joined == 20
    room.act("close_round")
    assert sessions.moved.silent(room.workshop) == 13


def test_a_wifi_that_comes_back_has_moved_nobody(moving, network, sessions):
    network(())
    network(HOME)
    assert sessions.moved.silent(moving.workshop) == 0


def test_an_address_that_changed_while_the_laptop_was_off_is_noticed(moving, network, sessions):
    sessions.store.transact(lambda tx: tx.put_workshop(replace(moving.workshop, base="http://172.16.0.9:8501"))).result(5)
    network(HOME)
    assert sessions.moved.silent(moving.workshop) == 6


def test_a_round_that_nobody_answers_closes_empty_and_another_can_be_opened(sessions, clock):
    room = new_room(sessions, clock, 0, is_open=True)
    room.act("close_round")
    assert not room.snapshot.released
    room.join(12)
    room.act("open_round")
    room.answer_each()
    room.act("close_round")
    assert (room.snapshot.round, room.snapshot.n) == (2, 12)


def test_three_people_are_shown_nothing_and_told_nothing_apart(sessions, clock):
    room = new_room(sessions, clock, 3, is_open=True)
    room.answer_each()
    room.act("close_round")
    room.act("goto", scene="light")
    assert not room.snapshot.released
    assert payload(sessions, room.code)["figure"] is None


def test_half_a_room_that_leaves_takes_its_places_and_no_picture_along(sessions, clock):
    room = new_room(sessions, clock, 14, is_open=True)
    room.answer_each()
    room.act("close_round")
    before = room.snapshot
    for token in room.tokens[:7]:
        sessions.leave(room.code, token).result(5)
    assert room.counts.joined == 7
    assert room.snapshot == before


def test_a_phone_that_never_finishes_is_closed_without_it(sessions, clock):
    room = new_room(sessions, clock, 12, is_open=True)
    room.answer_each()
    room.join()
    room.act("close_round", grace=20)
    clock.move(21)
    room.tick()
    assert (room.workshop.phase, room.snapshot.n, room.snapshot.seats) == ("review", 12, 13)


def test_a_round_opened_by_mistake_leaves_the_pictures_of_the_one_before(closed_round):
    before = closed_round.snapshot.items
    closed_round.act("open_round")  # ends the choosing of edges, as the question before it says
    assert closed_round.snapshot.items == before
    with pytest.raises(Conflict):
        closed_round.act("open_round")
    closed_round.act("close_round")
    assert closed_round.snapshot.items == before
