"""What everybody is told, and when: the host's page and list know nothing sooner than stage and phones do."""

from dataclasses import asdict

import pytest
from rooms import Room, new_room

from workshop import stage
from workshop.api.facilitators import lines
from workshop.sessions.act import unknown_code
from workshop.sessions.telling import COUNTS_EVERY


@pytest.fixture
def told_room(sessions, clock) -> Room:
    """Twelve phones and an open round, on the scene that says how many have finished."""
    room = new_room(sessions, clock, 12, is_open=True, form="short")
    room.act("goto", scene="answering")
    return room


def on_surfaces(room: Room) -> list[dict[str, int]]:
    """The counts as each surface has them."""
    facts = room.sessions.facts(room.code)
    return [asdict(room.sessions.counts(room.code)), room.sessions.state(room.code)["counts"],
            {"joined": facts.joined, "finished": facts.finished}]


def a_second_later(room: Room) -> None:
    room.sessions.telling._told_at[room.code] -= COUNTS_EVERY
    room.sessions.telling.tell_waiting()


def test_the_console_learns_of_an_answer_no_sooner_than_everybody_else(told_room):
    for token in told_room.tokens[:3]:
        told_room.answer(token, 3)
    assert told_room.counts.finished == 3
    assert on_surfaces(told_room) == [{"joined": 12, "finished": 0}] * 3
    a_second_later(told_room)
    assert on_surfaces(told_room) == [{"joined": 12, "finished": 3}] * 3


def test_a_held_stage_keeps_the_counts_that_it_showed(told_room):
    told_room.answer(told_room.tokens[0], 3)
    shown = stage.payload(told_room.sessions, told_room.code)
    told_room.act("hold", on=True)
    held = stage.payload(told_room.sessions, told_room.code)
    assert (held["text"], held["hold"]) == (shown["text"], True)


def stage_of(room: Room) -> tuple[str, dict]:
    """The stage's version and what it draws."""
    drawn = stage.payload(room.sessions, room.code)
    return room.sessions.hub.version(room.code, "stage"), {name: drawn[name] for name in drawn if name != "now"}


def test_a_version_of_the_stage_moves_when_its_bytes_do_and_only_then(sessions, clock):
    stage.follow(sessions)
    room = new_room(sessions, clock, 12, is_open=True, form="deep", words=True)
    before = stage_of(room)
    moves: list[tuple[str, dict]] = [
        ("goto", {"scene": "answering"}), ("close_round", {"grace": 60}), ("cancel_close", {}),
        ("close_round", {}), ("goto", {"scene": "light"}), ("extend", {"seconds": 60}), ("lock", {}), ("unlock", {}),
        ("next", {}), ("blank", {"on": True}), ("next", {}), ("next", {}), ("reveal_dark", {}), ("close_edges", {}),
        ("goto", {"scene": "dark"}), ("blank", {"on": False}), ("hold", {"on": True}), ("goto", {"scene": "words"}),
        ("blank", {"on": True}), ("goto", {"scene": "close"}), ("hold", {"on": False}), ("blank", {"on": False}),
        ("close_words", {}), ("goto", {"scene": "edges"}), ("open_round", {}), ("close_round", {}),
    ]
    room.answer_each()
    for action, parameters in moves:
        room.act(action, **parameters)
        after = stage_of(room)
        assert (after[0] == before[0]) == (after[1] == before[1]), (action, parameters)
        before = after


@pytest.mark.parametrize("hold", [False, True])
def test_where_the_host_goes_behind_a_black_stage_is_not_to_be_seen(sessions, clock, hold):
    stage.follow(sessions)
    room = new_room(sessions, clock, 3, form="deep")
    room.act("goto", scene="light", step=1)
    room.act("hold", on=hold)
    room.act("blank", on=True)
    black = stage_of(room)
    assert (black[1]["scene"]["id"], black[1]["step"], black[1]["headline"]) == ("light", 1, "")
    for scene in ("plane", "dark", "close"):
        room.act("goto", scene=scene)
        assert stage_of(room) == black
    room.act("blank", on=False)
    assert stage_of(room)[1]["scene"]["id"] == ("light" if hold else "close")


def test_the_room_is_told_also_when_its_stage_cannot_be_drawn(sessions, clock, caplog):
    room = new_room(sessions, clock, 3)
    sessions.telling.draw_with(lambda code: 1 // 0)
    before = {topic: sessions.hub.version(room.code, topic) for topic in ("state", "stage")}
    room.act("goto", scene="light")
    assert all(sessions.hub.version(room.code, topic) != version for topic, version in before.items())
    assert "could not be drawn" in caplog.text


def test_a_workshop_that_is_forgotten_while_its_stage_is_drawn_breaks_nothing(sessions, clock, caplog):
    room = new_room(sessions, clock, 3)

    def draw(code):
        raise unknown_code()

    sessions.telling.draw_with(draw)
    room.act("goto", scene="light")
    assert caplog.text == ""


def test_a_list_of_a_whole_archive_is_one_read(sessions, clock, monkeypatch):
    room = new_room(sessions, clock, 3)
    sealed = [new_room(sessions, clock, 2) for _ in range(8)]
    for one in sealed:
        one.act("seal")
    reads, read = [], sessions.store._read
    monkeypatch.setattr(sessions.store, "_read", lambda what: reads.append(what) or read(what))
    listed = {line["code"]: line for line in lines(sessions)}
    assert len(reads) == 1
    assert set(listed) == {room.code, *(one.code for one in sealed)}
    assert listed[sealed[0].code]["counts"] == {"joined": 0, "finished": 0}
    assert listed[room.code]["counts"] == asdict(sessions.counts(room.code))
