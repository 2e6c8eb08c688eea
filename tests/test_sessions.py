"""The life of a workshop through its verbs: phases, seats, rounds, scenes, and what follows by itself."""

from dataclasses import asdict

import pytest
from rooms import MONDAY, bytes_on_disk, new_room, open_sessions, sessions_in

from workshop.errors import Conflict, Forbidden, Gone, Invalid, Missing
from workshop.room import Phase
from workshop.sessions.duties import Duties

DAY = 86_400


# creation


def test_a_title_is_all_a_workshop_needs(sessions):
    workshop = sessions.create({"title": "  A room  "}).result(5)
    assert (workshop.title, workshop.phase, workshop.form, workshop.context) == ("A room", "draft", "standard", "team")
    assert (workshop.level, workshop.k, workshop.tau, workshop.agenda_id) == ("held", 5, 2, "60")
    assert len(workshop.code) == 6
    assert set(workshop.code) <= set("23456789CFGHJMPQRVWX")
    assert len(workshop.room_name.split()) == 2


def test_partners_get_the_stricter_numbers(sessions):
    workshop = sessions.create({"title": "A room", "context": "partner"}).result(5)
    assert (workshop.k, workshop.tau) == (8, 3)


@pytest.mark.parametrize(("field", "value"), [
    ("title", ""), ("title", 5), ("title", "x" * 121), ("title", "a\x00b"), ("form", "long"), ("context", "office"),
    ("dark", "yes"), ("protection", "secret"), ("inventory", "other"), ("language", "tlh"), ("agenda", "61"),
    ("agenda", [{"id": "a", "kind": "dance", "minutes": 1}]), ("agenda", []), ("closes_at", MONDAY - 1),
    ("closes_at", float("nan")), ("closes_at", True), ("next_meeting", "tomorrow"), ("next_meeting", "2020-01-01"),
    ("grouping", "Who?"), ("grouping", {"question": "Who?", "options": ["a"]}),
    ("grouping", {"question": "Who?", "options": ["a", "a "]}), ("grouping", {"question": "", "options": ["a", "b"]}),
    ("grouping", {"question": "Who?", "options": list("abcdefg")}), ("grouping", {"question": "Who?"}),
    ("inventory", []), ("inventory", {}), ("language", []), ("title", "\ud800"), ("helpline", "\udfff"),
    ("title", "a\u202eb"), ("helpline", "\u2066a"), ("title", "a\x9bb"),
    ("closes_at", 10**400), ("closes_at", -10**400),
    ("helpline", "x" * 601), ("checklist", 1), ("colour", "red"), ("rehearsal", None),
])
def test_a_field_that_does_not_fit_is_named_and_nothing_is_made(sessions, field, value):
    with pytest.raises(Invalid) as refused:
        sessions.create({"title": "A room", field: value}).result(5)
    assert field in refused.value.message or refused.value.code == field
    assert sessions.workshops() == ()


def test_a_class_under_16_gets_the_short_form_without_dark_items_or_nothing(sessions):
    with pytest.raises(Invalid, match="16"):
        sessions.create({"title": "A class", "context": "class"}).result(5)
    workshop = sessions.create({"title": "A class", "context": "class", "form": "short", "dark": False}).result(5)
    assert len(sessions.questionnaire(workshop).items) == 6
    sessions.create({"title": "A class", "context": "class", "all_16": True}).result(5)


def test_a_draft_can_be_edited_and_a_lobby_cannot(sessions, clock):
    workshop = sessions.create({"title": "A room"}).result(5)
    edited = sessions.edit(workshop.code, {"context": "partner", "title": "Partners", "checklist": True}).result(5)
    assert (edited.title, edited.k, edited.code) == ("Partners", 8, workshop.code)
    sessions.act(workshop.code, "open_lobby").result(5)
    with pytest.raises(Conflict, match="Duplicate"):
        sessions.edit(workshop.code, {"title": "Late"}).result(5)


def test_the_room_stays_shut_until_the_checklist_is_ticked(sessions):
    workshop = sessions.create({"title": "A room"}).result(5)
    with pytest.raises(Conflict, match="checklist"):
        sessions.act(workshop.code, "open_lobby").result(5)
    sessions.act(workshop.code, "open_lobby", trusted=True).result(5)


# seats


def test_joining_twice_with_the_same_token_is_one_seat(lobby):
    joined = lobby.sessions.join(lobby.code, lobby.tokens[0]).result(5)
    assert not joined.created
    assert lobby.counts.joined == 12


def test_a_locked_room_lets_in_as_many_as_the_host_says(lobby):
    lobby.act("lock")
    with pytest.raises(Conflict) as refused:
        lobby.join()
    assert refused.value.code == "locked"
    lobby.act("let_in", seats=2)
    lobby.join(2)
    with pytest.raises(Conflict):
        lobby.join()
    assert not lobby.sessions.join(lobby.code, lobby.tokens[0]).result(5).created


def test_a_full_room_says_so(sessions, clock, monkeypatch):
    monkeypatch.setattr("workshop.sessions.seats.MOST_SEATS", 3)
    room = new_room(sessions, clock, 3)
    with pytest.raises(Conflict) as refused:
        room.join()
    assert refused.value.code == "room_full"


def test_nobody_joins_a_draft_or_answers_without_a_seat(sessions, open_round):
    draft = sessions.create({"title": "A room"}).result(5)
    with pytest.raises(Conflict, match="not open yet"):
        sessions.join(draft.code, None).result(5)
    with pytest.raises(Forbidden):
        open_round.answer("a token that nobody has", 3)
    assert open_round.counts.finished == 0


def test_in_a_draft_a_phone_is_told_to_wait_and_forgetting_is_fine(sessions):
    draft = sessions.create({"title": "A room"}).result(5)
    sessions.leave(draft.code, "a token of this phone").result(5)
    with pytest.raises(Forbidden):
        sessions.withdraw(draft.code, 1, "a token of this phone").result(5)


# answers


@pytest.mark.parametrize("answers", [
    {"ZZ": 3}, {"D1A": 0}, {"D1A": 6}, {"D1A": "4"}, {"D1A": 4.0}, {"D1A": True}, {"D1A": [4]},
])
def test_an_answer_that_does_not_fit_is_refused_whole(open_round, answers):
    with pytest.raises(Invalid):
        open_round.answer(open_round.tokens[0], {"D2A": 4, **answers})
    assert open_round.counts.finished == 0


def test_the_last_answers_sent_are_the_ones_that_count(open_round):
    for token in open_round.tokens:
        open_round.answer(token, 1)
    for token in open_round.tokens[:6]:
        open_round.answer(token, 5)
    open_round.act("close_round")
    assert open_round.snapshot.item("D1A").counts == (6, 0, 6)


def test_withdrawn_answers_do_not_count_and_the_seat_stays(open_round):
    open_round.answer_each()
    open_round.sessions.withdraw(open_round.code, 1, open_round.tokens[0]).result(5)
    assert open_round.counts.finished == 11
    open_round.act("close_round")
    assert (open_round.snapshot.n, open_round.snapshot.seats) == (11, 12)
    seat = open_round.sessions.seat(open_round.code, open_round.tokens[0])
    assert (seat.sent, seat.used) == (False, False)


def test_an_omitted_item_is_a_skip_and_skips_are_in_n(open_round):
    for token in open_round.tokens[:8]:
        open_round.answer(token, {"D1A": 5})
    for token in open_round.tokens[8:]:
        open_round.answer(token, {})
    open_round.act("close_round")
    table = open_round.snapshot.item("D1A")
    assert (table.n, table.counts, table.bins) == (12, (0, 4, 8), ((1, 2), (3, 0), (4, 5)))


def test_a_closed_round_refuses_answers_and_a_future_one_is_not_there(closed_round):
    with pytest.raises(Conflict) as refused:
        closed_round.answer(closed_round.tokens[0], 3)
    assert refused.value.code == "round_closed"
    with pytest.raises(Missing):
        closed_round.answer(closed_round.tokens[0], 3, round=2)


def test_a_forgotten_seat_leaves_no_answer_behind(open_round):
    open_round.answer_each()
    open_round.sessions.leave(open_round.code, open_round.tokens[0]).result(5)
    counts = open_round.counts
    assert (counts.joined, counts.finished) == (11, 11)
    assert open_round.sessions.seat(open_round.code, open_round.tokens[0]) is None
    open_round.act("close_round")
    assert open_round.snapshot.n == 11


# rounds


def test_fewer_than_k_answers_are_never_shown_and_the_seats_know_it(open_round):
    for token in open_round.tokens[:4]:
        open_round.answer(token, 4)
    open_round.act("close_round")
    assert (open_round.snapshot.released, open_round.snapshot.n, open_round.snapshot.items) == (False, 0, ())
    seat = open_round.sessions.seat(open_round.code, open_round.tokens[0])
    assert (seat.sent, seat.used) == (True, False)


def test_small_rooms_get_pooled_tables_only(sessions, clock):
    room = new_room(sessions, clock, 6, is_open=True)
    for place, token in enumerate(room.tokens):
        room.answer(token, 2 if place < 3 else 5)
    room.act("close_round")
    assert all(table.counts is None for table in room.snapshot.items)
    assert [(pole.id, pole.pooled, pole.n) for pole in room.snapshot.poles] == [("DL", True, 6), ("IL", True, 6)]
    assert sum(room.snapshot.pole("DL").counts) == 48


def test_partners_need_four_couples(sessions, clock):
    room = new_room(sessions, clock, 7, context="partner")
    with pytest.raises(Conflict, match="8"):
        room.act("open_round")
    room.join()
    room.act("open_round")


def test_dark_tables_stay_out_of_everything_until_they_are_revealed(closed_round, tmp_path):
    poles = {item.pole for item in closed_round.snapshot.items} | {pole.id for pole in closed_round.snapshot.poles}
    assert poles == {"DL", "IL"}
    assert "DD1A" not in str(closed_round.sessions.facts(closed_round.code))
    closed_round.act("reveal_dark")
    assert {item.pole for item in closed_round.snapshot.items} == {"DL", "IL", "DD", "ID", "RD", "RI"}


def test_dark_tables_that_are_never_revealed_die_with_the_seal(closed_round):
    assert any(name.startswith("veil-") for name in closed_round.sessions.vault.names())
    closed_round.act("seal")
    assert closed_round.sessions.vault.names() == ()
    with pytest.raises(Conflict, match="sealed"):
        closed_round.act("reveal_dark")


def test_closing_destroys_every_answer_and_its_key(tmp_path, clock):
    sessions = open_sessions(tmp_path, clock)
    room = new_room(sessions, clock, 12, is_open=True)
    room.answer_each()
    collection = room.workshop.collection("answers")
    key = (tmp_path / "keys" / f"{collection.key}.key").read_bytes()
    assert key in bytes_on_disk(tmp_path)
    room.act("close_round")
    assert sessions.store.transact(lambda tx: tx.entries(collection.id)).result(5) == ()
    sessions.store.close()
    assert key not in bytes_on_disk(tmp_path)


def test_two_rounds_stand_side_by_side_only_when_nobody_can_be_subtracted(sessions, clock):
    same = new_room(sessions, clock, 12, is_open=True)
    same.answer_each()
    same.act("close_round")
    same.act("open_round")
    same.answer_each(seed=2)
    same.act("close_round")
    assert same.snapshot.then_now
    one_more = new_room(sessions, clock, 12, is_open=True)
    one_more.answer_each()
    one_more.act("close_round")
    one_more.join()
    one_more.act("open_round")
    one_more.answer_each(seed=2)
    one_more.act("close_round")
    assert not one_more.snapshot.then_now


# the run-sheet while the room is open


def plain_scenes(workshop):
    return [asdict(scene) for scene in workshop.agenda]


def test_scenes_are_moved_dropped_and_added_while_the_round_is_open(open_round):
    open_round.act("goto", scene="answering")
    first, *others = plain_scenes(open_round.workshop)
    fresh = {"id": "prompt2", "kind": "prompt", "minutes": 4, "facet": "D7"}
    changed = open_round.act("change_agenda", agenda=[*reversed(others), fresh])
    assert [scene.id for scene in changed.agenda] == [*[one["id"] for one in reversed(others)], "prompt2"]
    assert (changed.scene, changed.phase, changed.agenda_id) == ("answering", "answering", "own")
    assert changed.agenda[-1].title == "Pairs prompt"
    assert first["id"] not in {scene.id for scene in changed.agenda}


def test_the_scene_that_is_on_keeps_its_clock_and_its_step_and_cannot_be_dropped(lobby, clock):
    lobby.act("goto", scene="idea")
    lobby.act("extend", seconds=60)
    before = lobby.workshop
    scenes = plain_scenes(before)
    clock.move(30)
    for wrong in ([one for one in scenes if one["id"] != "idea"],
                  [{**one, "kind": "prompt"} if one["id"] == "idea" else one for one in scenes]):
        with pytest.raises(Conflict) as refused:
            lobby.act("change_agenda", agenda=wrong)
        assert refused.value.code == "scene_on"
    after = lobby.act("change_agenda", agenda=scenes[::-1])
    assert (after.scene, after.scene_started, after.extended) == ("idea", before.scene_started, 60)


def test_two_consoles_that_change_the_run_sheet_at_once_lose_nothing(lobby):
    was = plain_scenes(lobby.workshop)
    lobby.act("change_agenda", agenda=was[:-1], was=was)
    with pytest.raises(Conflict) as refused:
        lobby.act("change_agenda", agenda=was[::-1], was=was)
    assert refused.value.code == "moved_on"
    assert plain_scenes(lobby.workshop) == was[:-1]


@pytest.mark.parametrize("agenda", [[], [{"id": "x"}], ["light"],
                                    [{"id": "agreements", "kind": "party", "minutes": 1}]])
def test_a_run_sheet_that_does_not_fit_changes_nothing(lobby, agenda):
    with pytest.raises(Invalid):
        lobby.act("change_agenda", agenda=agenda)
    assert lobby.workshop.agenda_id == "60"


def test_protection_is_raised_between_rounds_and_never_lowered(sessions, clock):
    room = new_room(sessions, clock, 12, protection="open")
    room.act("raise_protection", level="held")
    assert (room.workshop.level, room.workshop.k, room.workshop.tau) == ("held", 5, 2)
    with pytest.raises(Conflict) as refused:
        room.act("raise_protection", level="blocks")
    assert refused.value.code == "never_lowered"


def test_a_round_is_read_under_the_numbers_it_ran_under(sessions, clock):
    room = new_room(sessions, clock, 6, protection="open", is_open=True)
    for token in room.tokens:
        room.answer(token, 4)
    room.act("close_round")
    before = room.snapshot
    room.act("raise_protection", level="held")
    assert room.snapshot == before
    assert not room.snapshot.held_back


def test_a_grace_can_be_called_off_and_else_closes_by_itself(open_round, clock):
    open_round.answer_each()
    open_round.act("close_round", grace=20)
    assert open_round.workshop.closing_at == clock.now + 20
    open_round.act("cancel_close")
    clock.move(30)
    open_round.tick()
    assert open_round.workshop.phase == Phase.ANSWERING
    open_round.act("close_round", grace=20)
    clock.move(21)
    open_round.tick()
    assert open_round.workshop.phase == Phase.REVIEW
    assert open_round.snapshot.final


# blocks and open


def test_in_blocks_pictures_grow_by_blocks_once_a_picture_is_on(sessions, clock):
    room = new_room(sessions, clock, 24, protection="blocks", is_open=True)
    assert room.workshop.locked
    for place, token in enumerate(room.tokens[:8]):
        room.answer(token, 2 if place < 4 else 5)
    room.tick()
    assert not room.snapshot.released
    room.act("goto", scene="light")
    room.tick()
    assert (room.snapshot.n, room.snapshot.item("D1A").counts, room.snapshot.final) == (8, (4, 0, 4), False)
    assert room.snapshot.poles == ()
    for place, token in enumerate(room.tokens[8:15]):
        room.answer(token, 2 if place < 4 else 5)
    room.tick()
    assert room.snapshot.n == 8
    assert room.counts.finished == 15
    room.answer(room.tokens[15], 5)
    room.tick()
    assert room.snapshot.n == 8, "eight to come are fewer than m + max(2, N/8) = 11"
    for place, token in enumerate(room.tokens[16:]):
        room.answer(token, 2 if place < 4 else 5)
    room.act("close_round")
    assert (room.snapshot.n, room.snapshot.item("D1A").counts) == (24, (12, 0, 12))
    assert not room.workshop.locked


def test_in_blocks_finished_goes_in_fives_until_the_round_closes(sessions, clock):
    room = new_room(sessions, clock, 20, protection="blocks", is_open=True)
    for token in room.tokens[:9]:
        room.answer(token, 3)
    assert room.counts.finished == 5
    room.act("close_round")
    assert room.counts.finished == 9


def test_in_blocks_a_small_rest_is_destroyed_unused(sessions, clock):
    room = new_room(sessions, clock, 24, protection="blocks", is_open=True)
    room.act("goto", scene="light")
    for place, token in enumerate(room.tokens[:8]):
        room.answer(token, 2 if place < 4 else 5)
    room.tick()
    for token in room.tokens[8:12]:
        room.answer(token, 1)
    room.act("close_round")
    assert (room.snapshot.n, room.snapshot.final) == (8, True)
    left = room.sessions.seat(room.code, room.tokens[9])
    assert (left.sent, left.used) == (True, False)


def test_in_open_every_answer_shows_from_three_on_and_is_frozen(sessions, clock):
    room = new_room(sessions, clock, 6, protection="open", is_open=True)
    for token in room.tokens[:2]:
        room.answer(token, 4)
    room.tick()
    assert not room.snapshot.released
    room.answer(room.tokens[2], 5)
    room.tick()
    assert room.snapshot.item("D1A").counts == (0, 0, 0, 2, 1, 0)
    with pytest.raises(Conflict) as refused:
        room.answer(room.tokens[2], 1)
    assert refused.value.code == "already_counted"
    room.answer(room.tokens[3], 1)
    room.tick()
    assert room.snapshot.item("D1A").counts == (1, 0, 0, 2, 1, 0)


def test_who_is_forgotten_after_a_release_stays_in_the_counts_and_cannot_come_again(sessions, clock):
    room = new_room(sessions, clock, 6, protection="open", is_open=True)
    for token in room.tokens[:4]:
        room.answer(token, 4)
    room.tick()
    room.sessions.leave(room.code, room.tokens[0]).result(5)
    counts = room.counts
    assert (counts.joined, counts.finished) == (6, 4)
    for again in (lambda: room.answer(room.tokens[0], 1),
                  lambda: room.sessions.join(room.code, room.tokens[0]).result(5)):
        with pytest.raises(Conflict) as refused:
            again()
        assert refused.value.code == "already_counted"
    room.act("close_round")
    assert room.sessions.seat(room.code, room.tokens[0]) is None
    assert room.counts.joined == 5


# edges


def test_chosen_edges_are_counted_once_and_small_ones_join_others(closed_round):
    choices = ["D4"] * 5 + ["I5"] * 3 + ["D1", "D2", "I1"]
    for token, facet in zip(closed_round.tokens, choices, strict=False):
        closed_round.sessions.choose_edge(closed_round.code, 1, token, facet).result(5)
    closed_round.sessions.choose_edge(closed_round.code, 1, closed_round.tokens[0], "D4").result(5)
    assert closed_round.snapshot.edges is None
    closed_round.act("close_edges")
    assert [(edge.facet, edge.n) for edge in closed_round.snapshot.edges] == [("D4", 5), ("I5", 3), ("others", 3)]
    with pytest.raises(Conflict):
        closed_round.sessions.choose_edge(closed_round.code, 1, closed_round.tokens[0], "D4").result(5)


def test_a_dark_facet_is_no_edge(closed_round):
    with pytest.raises(Invalid):
        closed_round.sessions.choose_edge(closed_round.code, 1, closed_round.tokens[0], "DD1").result(5)


def test_edges_close_by_themselves_after_a_day_and_before_the_next_round(closed_round, clock):
    clock.move(DAY + 1)
    closed_round.tick()
    assert closed_round.workshop.collections == ()
    closed_round.act("open_round")
    assert [one.kind for one in closed_round.workshop.collections] == ["answers"]


# grouping


SHIFTS = {"question": "Which shift are you on?", "options": ["day", "night"]}


def grouped_round(sessions, clock, day, night, neither=0, **fields):
    """A closed round in which the shifts answered alike: a third low, a third middle, a third high."""
    room = new_room(sessions, clock, day + night + neither, is_open=True, grouping=SHIFTS, **fields)
    for place, token in enumerate(room.tokens):
        shift = "day" if place < day else "night" if place < day + night else None
        points = dict.fromkeys(room.items, (2, 3, 5)[place % 3])
        sessions.answer(room.code, 1, token, points, shift).result(5)
    room.act("close_round")
    return room


def test_groups_of_twelve_in_a_room_of_thirty_stand_beside_the_whole_in_the_same_classes(sessions, clock):
    room = grouped_round(sessions, clock, 15, 15)
    day, night = room.snapshot.groups
    assert (day.option, day.n, night.option, night.n) == ("day", 15, "night", 15)
    whole = room.snapshot.item("D1A")
    assert day.items[0].bins == night.items[0].bins == whole.bins == ((1, 2), (3, 0), (4, 5))
    assert tuple(map(sum, zip(day.items[0].counts, night.items[0].counts, strict=True))) == whole.counts
    assert {pole.id for pole in day.poles} == {"DL", "IL"}
    assert {item.pole for item in day.items} == {"DL", "IL"}
    room.act("reveal_dark")
    assert {item.pole for item in room.snapshot.groups[0].items} == {"DL", "IL", "DD", "ID", "RD", "RI"}


@pytest.mark.parametrize(("day", "night", "neither"), [(14, 15, 0), (11, 19, 0), (15, 15, 3), (15, 15, 11), (30, 0, 0)])
def test_a_small_room_a_small_group_or_a_few_without_one_leave_no_groups(sessions, clock, day, night, neither):
    room = grouped_round(sessions, clock, day, night, neither)
    assert room.snapshot.groups is None
    assert room.snapshot.item("D1A").counts is not None


def test_twelve_without_a_group_are_counted_in_the_whole_and_never_drawn(sessions, clock):
    room = grouped_round(sessions, clock, 12, 12, 12)
    assert [group.option for group in room.snapshot.groups] == ["day", "night"]
    assert room.snapshot.item("D1A").n == 36


def test_an_item_that_one_group_cannot_show_is_shown_for_no_group(sessions, clock):
    room = new_room(sessions, clock, 30, is_open=True, grouping=SHIFTS)
    for place, token in enumerate(room.tokens):
        points = dict.fromkeys(room.items, (2, 3, 5)[place % 3])
        if place < 15:
            points["D1A"] = 5
        sessions.answer(room.code, 1, token, points, "day" if place < 15 else "night").result(5)
    room.act("close_round")
    assert room.snapshot.item("D1A").counts is not None
    assert all("D1A" not in {item.id for item in group.items} for group in room.snapshot.groups)
    assert all("D2A" in {item.id for item in group.items} for group in room.snapshot.groups)


def test_a_group_that_was_not_asked_for_is_refused(sessions, clock, open_round):
    with pytest.raises(Invalid):
        sessions.answer(open_round.code, 1, open_round.tokens[0], {}, "day").result(5)
    room = new_room(sessions, clock, 1, is_open=True, grouping=SHIFTS)
    with pytest.raises(Invalid):
        sessions.answer(room.code, 1, room.tokens[0], {}, "evening").result(5)


# directions and words


@pytest.fixture
def second_round(closed_round):
    """A room of twelve whose second round is closed."""
    closed_round.act("open_round")
    closed_round.answer_each(seed=2)
    closed_round.act("close_round")
    return closed_round


def tell(room, directions):
    for token, (d, i) in zip(room.tokens, directions, strict=False):
        room.sessions.tell_direction(room.code, room.workshop.round, token, {"D": d, "I": i}).result(5)


def test_directions_open_with_the_second_close_and_are_shown_whole_or_not_at_all(closed_round):
    with pytest.raises(Conflict):
        tell(closed_round, [("up", "up")])
    closed_round.act("open_round")
    closed_round.answer_each(seed=2)
    closed_round.act("close_round")
    tell(closed_round, [("up", "up")] * 5 + [("same", "same")] * 4 + [("down", "same")] * 3)
    closed_round.act("close_directions")
    assert closed_round.snapshot.directions == {"D": {"up": 5, "same": 4, "down": 3},
                                                "I": {"up": 5, "same": 7, "down": 0}}


def test_a_single_direction_hides_its_axis(second_round):
    tell(second_round, [("up", "up")] * 11 + [("down", "same")])
    second_round.act("close_directions")
    assert second_round.snapshot.directions == {"D": None, "I": None}


@pytest.mark.parametrize("directions", [{}, {"D": "up"}, {"D": "up", "I": "left"}, {"D": None, "I": "up"}])
def test_a_direction_that_does_not_fit_is_refused(second_round, directions):
    with pytest.raises(Invalid):
        second_round.sessions.tell_direction(second_round.code, 2, second_round.tokens[0], directions).result(5)


@pytest.fixture
def word_wall(sessions, clock):
    """A room of twelve in which words are open."""
    room = new_room(sessions, clock, 12, is_open=True, words=True)
    room.answer_each()
    room.act("close_round")
    room.act("goto", scene="words")
    return room


def test_words_open_with_their_scene_and_only_where_switched_on(word_wall, closed_round):
    assert word_wall.workshop.collection("words")
    closed_round.act("goto", scene="words")
    assert closed_round.workshop.collection("words") is None


def test_words_are_shuffled_joined_and_shown_only_once_approved(word_wall):
    for place, token in enumerate(word_wall.tokens):
        word_wall.sessions.say_word(word_wall.code, 1, token, ["Hope", " hope ", "tired"][place % 3]).result(5)
    assert word_wall.sessions.pending_words(word_wall.code) == ()
    word_wall.act("close_words")
    assert "words" not in word_wall.sessions.state(word_wall.code)["open"]
    waiting = word_wall.sessions.pending_words(word_wall.code)
    assert {word.text.casefold() for word in waiting} == {"hope", "tired"}
    assert word_wall.snapshot.words is None
    with pytest.raises(Conflict):
        word_wall.sessions.say_word(word_wall.code, 1, word_wall.tokens[0], "late").result(5)
    hope = next(word for word in waiting if word.text.casefold() == "hope")
    word_wall.act("approve_word", id=hope.id, approved=True)
    assert "hope" not in str(word_wall.sessions.facts(word_wall.code)).casefold()
    word_wall.act("finish_words")
    assert [word.casefold() for word in word_wall.snapshot.words] == ["hope"]
    assert word_wall.sessions.pending_words(word_wall.code) == ()
    word_wall.act("goto", scene="words")
    assert word_wall.workshop.collection("words") is None, "one release, final"


def test_fewer_than_ten_words_die_unseen(word_wall):
    for token in word_wall.tokens[:9]:
        word_wall.sessions.say_word(word_wall.code, 1, token, "hope").result(5)
    word_wall.act("close_words")
    assert word_wall.sessions.pending_words(word_wall.code) == ()
    assert word_wall.workshop.collection("words") is None
    assert word_wall.snapshot.words is None


def test_words_that_nobody_approved_die_with_the_next_round(word_wall, tmp_path):
    for token in word_wall.tokens:
        word_wall.sessions.say_word(word_wall.code, 1, token, "unapproved-zircon").result(5)
    word_wall.act("close_words")
    word_wall.act("open_round")
    assert word_wall.sessions.snapshot(word_wall.code, 1).words is None
    assert b"unapproved-zircon" not in bytes_on_disk(tmp_path)


@pytest.mark.parametrize("text", ["", "   ", "x" * 41, "a\x07b", "a\u202eb", 5, None])
def test_a_word_that_does_not_fit_is_refused(word_wall, text):
    with pytest.raises(Invalid):
        word_wall.sessions.say_word(word_wall.code, 1, word_wall.tokens[0], text).result(5)


def test_longest_words_of_the_widest_letters_fit(word_wall):
    for token in word_wall.tokens:
        word_wall.sessions.say_word(word_wall.code, 1, token, "\U0001F33F" * 40).result(5)
    word_wall.act("close_words")
    assert [word.text for word in word_wall.sessions.pending_words(word_wall.code)] == ["\U0001F33F" * 40]


# scenes


def test_next_and_back_walk_the_run_sheet_and_never_the_phase(lobby):
    first = lobby.workshop.scene
    lobby.act("next")
    lobby.act("next", **{"from": lobby.workshop.scene})
    lobby.act("back")
    lobby.act("back")
    assert (lobby.workshop.scene, lobby.workshop.phase) == (first, Phase.LOBBY)
    lobby.act("back")
    assert lobby.workshop.scene == first


def test_two_consoles_pressing_next_at_once_move_one_scene(lobby):
    here = lobby.workshop.scene
    lobby.act("next", **{"from": here})
    with pytest.raises(Conflict) as refused:
        lobby.act("next", **{"from": here})
    assert refused.value.code == "moved_on"
    assert lobby.workshop.scene == lobby.workshop.agenda[1].id


def test_two_consoles_pressing_at_once_move_one_step_of_a_scene(sessions, clock):
    room = new_room(sessions, clock, 1, form="deep")
    room.act("goto", scene="light")
    for action, parameters in (("next", {}), ("back", {}), ("goto", {"scene": "plane"})):
        seen = {"from": "light", "from_step": 0}
        room.act("next", **seen)
        with pytest.raises(Conflict) as refused:
            room.act(action, **parameters, **seen)
        assert refused.value.code == "moved_on"
        assert (room.workshop.scene, room.workshop.step) == ("light", 1)
        room.act("back", **{"from": "light", "from_step": 1})


def test_the_deep_form_is_walked_one_pole_at_a_time(sessions, clock):
    room = new_room(sessions, clock, 1, form="deep")
    room.act("goto", scene="light")
    room.act("next")
    assert (room.workshop.scene, room.workshop.step) == ("light", 1)
    room.act("next")
    assert room.workshop.scene != "light"
    room.act("back")
    assert (room.workshop.scene, room.workshop.step) == ("light", 1)


def test_hold_keeps_the_picture_across_a_close_and_a_restart(tmp_path, clock):
    sessions = open_sessions(tmp_path, clock)
    room = new_room(sessions, clock, 12, is_open=True)
    room.act("goto", scene="light")
    room.act("hold", on=True)
    room.answer_each()
    room.act("close_round")
    room.act("next")
    assert (sessions.facts(room.code).scene.id, sessions.facts(room.code).snapshot) == ("light", None)
    kept = sessions.facts(room.code)
    sessions.store.close()
    with sessions_in(tmp_path, clock) as again:
        assert again.facts(room.code) == kept
        again.act(room.code, "hold", {"on": False}).result(5)
        assert again.facts(room.code).scene.id != "light"


def test_phones_get_only_what_has_been_on_the_stage(closed_round):
    assert closed_round.sessions.shown(closed_round.code, 1)["items"] == []
    closed_round.act("goto", scene="light")
    shown = closed_round.sessions.shown(closed_round.code, 1)
    assert len(shown["items"]) == 16
    assert shown["plane"] is None
    closed_round.act("goto", scene="dark")
    assert len(closed_round.sessions.shown(closed_round.code, 1)["items"]) == 16
    closed_round.act("reveal_dark")
    assert len(closed_round.sessions.shown(closed_round.code, 1)["items"]) == 24


@pytest.mark.parametrize(("action", "parameters"), [
    ("dance", {}), ("goto", {}), ("goto", {"scene": 5}), ("blank", {"on": "yes"}), ("let_in", {"seats": 0}),
    ("extend", {"seconds": 1e9}), ("next", {"colour": "red"}), ("close_round", {"grace": -1}),
    ("close_round", {"grace": float("nan")}), ("raise_protection", {"level": "secret"}), ("let_in", {"seats": True}),
])
def test_an_action_that_does_not_fit_changes_nothing(open_round, action, parameters):
    before = open_round.workshop
    with pytest.raises((Invalid, Conflict)):
        open_round.sessions.act(open_round.code, action, parameters).result(5)
    assert open_round.workshop == before


@pytest.mark.parametrize("action", ["open_lobby", "open_round", "raise_protection", "seal", "archive", "reveal_dark"])
def test_an_action_out_of_its_phase_changes_nothing(open_round, action):
    before = open_round.workshop
    parameters = {"raise_protection": {"level": "held"}, "archive": {"on": True}}.get(action, {})
    with pytest.raises(Conflict) as refused:
        open_round.sessions.act(open_round.code, action, parameters).result(5)
    assert refused.value.code == "wrong_phase"
    assert open_round.workshop == before


# by itself


def test_a_round_closes_by_itself_after_a_day_and_a_workshop_seals_after_a_week(open_round, clock):
    open_round.answer_each()
    clock.move(DAY + 1)
    open_round.tick()
    assert open_round.workshop.phase == Phase.REVIEW
    clock.move(7 * DAY + 1)
    open_round.tick()
    assert open_round.workshop.phase == Phase.SEALED
    assert open_round.snapshot.n == 12
    with pytest.raises(Gone):
        open_round.join()


def test_a_next_meeting_keeps_the_workshop_until_the_day_after(sessions, clock):
    room = new_room(sessions, clock, 2, next_meeting="2026-11-01")
    clock.move(8 * DAY)
    room.tick()
    assert room.workshop.phase == Phase.LOBBY
    clock.move(40 * DAY)
    room.tick()
    assert room.workshop.phase == Phase.SEALED


def test_what_was_due_while_the_laptop_was_off_happens_first_at_the_next_start(tmp_path, clock):
    sessions = open_sessions(tmp_path, clock)
    room = new_room(sessions, clock, 12, is_open=True)
    room.answer_each()
    sessions.store.close()
    clock.move(2 * DAY)
    with sessions_in(tmp_path, clock) as again:
        Duties(again).settle()
        assert (again.workshop(room.code).phase, again.snapshot(room.code).n) == (Phase.REVIEW, 12)


def test_a_changed_answer_gets_the_rest_a_fresh_key_within_a_minute(open_round, clock):
    open_round.answer_each()
    before = open_round.workshop.collection("answers").key
    open_round.answer(open_round.tokens[0], 5)
    clock.move(31)
    open_round.tick()
    after = open_round.workshop.collection("answers")
    assert after.key != before
    assert after.marked is None
    assert before not in open_round.sessions.vault.names()
    open_round.act("close_round")
    assert open_round.snapshot.n == 12


def test_a_collection_without_its_key_closes_empty_and_says_so(tmp_path, clock):
    sessions = open_sessions(tmp_path, clock)
    room = new_room(sessions, clock, 12, is_open=True)
    room.answer_each()
    key = room.workshop.collection("answers").key
    sessions.store.close()
    (tmp_path / "keys" / f"{key}.key").unlink()
    with sessions_in(tmp_path, clock) as again:
        Duties(again).settle()
        workshop = again.workshop(room.code)
        assert (workshop.phase, workshop.notice) == (Phase.REVIEW, "key_lost")
        assert not again.snapshot(room.code).released


def test_keys_that_no_open_collection_names_are_destroyed_at_the_start(tmp_path, clock):
    sessions = open_sessions(tmp_path, clock)
    room = new_room(sessions, clock, 12, is_open=True)
    sessions.vault.make("entries-left-by-a-crash")
    sessions.store.close()
    with sessions_in(tmp_path, clock) as again:
        Duties(again).settle()
        assert "entries-left-by-a-crash" not in again.vault.names()
        again.join(room.code, None).result(5)
