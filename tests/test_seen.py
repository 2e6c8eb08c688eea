"""What the room has seen: only what was on the stage, not what stood behind a black one or behind a held picture."""

import pytest
from rooms import Room, new_room

from workshop.errors import Missing


@pytest.fixture
def growing_room(sessions, clock) -> Room:
    """A room of nineteen in an open round whose pictures may grow."""
    return new_room(sessions, clock, 19, is_open=True, protection="blocks", form="short")


@pytest.mark.parametrize("cover", ["blank", "hold"])
def test_a_picture_behind_a_covered_stage_does_not_start_the_blocks(growing_room, cover):
    room = growing_room
    room.act(cover, on=True)
    room.act("goto", scene="light")
    room.answer_each()
    room.tick()
    assert not room.workshop.pictures
    assert not room.snapshot.released
    room.act(cover, on=False)
    assert room.workshop.pictures
    room.tick()
    assert room.snapshot.n == 19


@pytest.mark.parametrize("cover", ["blank", "hold"])
def test_a_phone_gets_nothing_that_stood_behind_a_covered_stage(sessions, clock, cover):
    room = new_room(sessions, clock, 12, is_open=True, form="short")
    room.answer_each()
    room.act("close_round")
    room.act(cover, on=True)
    room.act("goto", scene="light")
    room.act("goto", scene="plane")
    assert room.workshop.shown == {}
    room.act(cover, on=False)
    assert room.workshop.shown == {"1": ("plane",)}


def test_of_a_round_that_was_never_opened_nothing_can_be_asked(sessions, clock):
    draft = sessions.create({"title": "A room"}).result(5)
    lobby = new_room(sessions, clock, 12)
    for code in (draft.code, lobby.code):
        with pytest.raises(Missing):
            sessions.shown(code, 1)
    lobby.act("open_round")
    assert sessions.shown(lobby.code, 1)["items"] == []
    for round in (0, 2):
        with pytest.raises(Missing):
            sessions.shown(lobby.code, round)


def test_directions_reach_phones_with_the_then_and_now_that_they_belong_to(sessions, clock):
    room = new_room(sessions, clock, 12, form="short", agenda="then_now")
    for _ in range(2):
        room.act("open_round")
        room.answer_each()
        room.act("close_round")
    for place, token in enumerate(room.tokens):
        way = ("up", "same", "down")[place % 3]
        sessions.tell_direction(room.code, 2, token, {"D": way, "I": "up"}).result(5)
    room.act("close_directions")
    assert sessions.shown(room.code, 2)["directions"] is None
    room.act("goto", scene=next(one.id for one in room.workshop.agenda if one.kind == "then_now"))
    assert sessions.shown(room.code, 2)["directions"] == {"D": {"up": 4, "same": 4, "down": 4}, "I": None}
    assert sessions.shown(room.code, 1)["directions"] is None
