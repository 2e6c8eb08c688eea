"""What seats enter beside their answers, and how each collection ends by itself."""

import pytest
from rooms import Room, new_room

from workshop.errors import Conflict
from workshop.sessions.duties import DAY


@pytest.fixture
def late_wall(sessions, clock) -> Room:
    """A room of twelve whose word wall came on an hour before the edges' day is over."""
    room = new_room(sessions, clock, 12, is_open=True, form="short", words=True)
    room.answer_each()
    room.act("close_round")
    for token in room.tokens:
        sessions.choose_edge(room.code, 1, token, "I5").result(5)
    clock.move(DAY - 3_600)
    room.act("goto", scene="words")
    for place, token in enumerate(room.tokens):
        sessions.say_word(room.code, 1, token, f"word{place % 3}").result(5)
    return room


def test_each_collection_ends_after_a_day_of_its_own(late_wall, clock):
    clock.move(3_601)
    late_wall.tick()
    assert [one.kind for one in late_wall.workshop.collections] == ["words"]
    assert late_wall.sessions.state(late_wall.code)["open"] == ["words"]
    late_wall.sessions.say_word(late_wall.code, 1, late_wall.tokens[0], "still open").result(5)


def test_words_that_ended_by_themselves_wait_for_the_host(late_wall, clock):
    clock.move(DAY + 1)
    late_wall.tick()
    assert sorted(word.text for word in late_wall.sessions.pending_words(late_wall.code)) == ["word0", "word1", "word2"]
    with pytest.raises(Conflict):
        late_wall.sessions.say_word(late_wall.code, 1, late_wall.tokens[0], "too late").result(5)
    clock.move(2 * DAY)
    late_wall.tick()
    word = late_wall.sessions.pending_words(late_wall.code)[0]
    late_wall.act("approve_word", id=word.id, approved=True)
    late_wall.act("finish_words")
    assert late_wall.snapshot.words == (word.text,)


@pytest.mark.parametrize("order", [("Hope", "hope"), ("hope", "Hope")])
def test_how_equal_words_are_spelt_does_not_tell_which_was_said_last(late_wall, order):
    for place, token in enumerate(late_wall.tokens):
        late_wall.sessions.say_word(late_wall.code, 1, token, order[place % 2]).result(5)
    late_wall.act("close_words")
    assert [word.text for word in late_wall.sessions.pending_words(late_wall.code)] == ["hope"]
