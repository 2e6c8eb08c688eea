"""What the room has seen: only what was on the stage, not what stood behind a black one or behind a held picture."""

import pytest
from rooms import Room, new_room


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
