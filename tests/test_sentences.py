"""What a room is told of its protection: the same before, while and after its pictures grew."""

import json

import pytest
from rooms import LIBRARY, Room, new_room, sessions_in

from workshop import stage
from workshop.takehome import exported, summary_of

GROWS = "the pictures grow in blocks of 8 or more people"
ONCE = "once, when the round closes"


def through_a_round(room: Room) -> Room:
    room.act("open_round")
    room.act("goto", scene="light")
    room.answer_each()
    room.act("close_round")
    return room


def sentence(room: Room) -> str:
    return room.sessions.state(room.code)["protection"]["sentence"]


def on_stage(room: Room) -> str:
    room.act("goto", scene="agreements")
    return stage.payload(room.sessions, room.code)["text"]


@pytest.mark.parametrize(("people", "words"), [(19, GROWS), (18, ONCE)])
def test_a_round_that_grew_is_said_to_have_grown_also_when_it_is_over(sessions, clock, people, words):
    room = new_room(sessions, clock, people, protection="blocks", form="short")
    room.act("open_round")
    while_open = sentence(room)
    assert words in while_open
    room.act("goto", scene="light")
    room.answer_each()
    room.act("close_round")
    assert sentence(room) == while_open
    assert words in on_stage(room)
    assert sessions.facts(room.code).growing == (words == GROWS)
    assert summary_of(sessions, room.code).sentence == while_open
    room.act("seal")
    assert summary_of(sessions, room.code).sentence == while_open


def test_a_closed_round_that_grew_asks_for_no_more_releases(sessions, clock):
    room = through_a_round(new_room(sessions, clock, 19, protection="blocks", form="short"))
    sessions.telling.take_growing()
    sessions.join(room.code, None).result(5)
    assert sessions.telling.take_growing() == set()


def test_a_raised_level_is_told_as_it_will_be_in_this_room(sessions, clock):
    room = through_a_round(new_room(sessions, clock, 12, protection="open", form="short"))
    room.act("raise_protection", level="blocks")
    assert ONCE in sentence(room)


@pytest.mark.parametrize(("people", "words"), [(19, GROWS), (18, ONCE)])
def test_an_imported_summary_says_what_the_file_said(tmp_path, clock, people, words):
    with sessions_in(tmp_path / "there", clock) as there:
        room = through_a_round(new_room(there, clock, people, protection="blocks", form="short"))
        body = exported(there, room.code, "json").body
    assert words in json.loads(body)["protection"]["sentence"]
    with sessions_in(tmp_path / "here", clock) as here:
        workshop = here.import_summary(body).result(10)
        assert words in summary_of(here, workshop.code).sentence


def test_a_waiting_picture_says_it_grows_only_where_it_does(sessions, clock):
    words = LIBRARY.locales["en"].text("stage.waiting.growing")
    for people, grows in ((18, False), (19, True)):
        room = new_room(sessions, clock, people, protection="blocks", form="short", is_open=True)
        room.act("goto", scene="light")
        assert (words in stage.payload(sessions, room.code)["text"]) == grows
