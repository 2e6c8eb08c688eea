"""A summary goes into the archive of another installation as it was, or not at all."""

import hashlib
import json
import random
from copy import deepcopy

import pytest
from rooms import MONDAY, Clock, new_room, sessions_in

from workshop.errors import BadRequest, Conflict, Invalid
from workshop.export import Choice, export
from workshop.room import Phase
from workshop.takehome import exported, summary_of

LEVELS = [("held", 20), ("blocks", 40), ("open", 9)]


def sealed(body):
    """The body with a checksum that fits, as somebody could write it who wants to deceive."""
    body = {name: part for name, part in body.items() if name != "sha256"}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    body["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    return (json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def held_room(sessions, clock, people=20, **fields):
    """A workshop whose first round is closed, with edges chosen and the dark side shown."""
    room = new_room(sessions, clock, people, is_open=True, title="Wie wir uns stützen", **fields)
    room.answer_each(7)
    room.act("close_round")
    facets = [facet.id for facet in sessions.questionnaire(room.workshop).asked if facet.pole in ("DL", "IL")]
    rng = random.Random(3)
    for token in room.tokens:
        sessions.choose_edge(room.code, 1, token, rng.choice(facets[:4])).result(10)
    room.act("close_edges")
    room.act("reveal_dark")
    sessions.note(room.code, room.workshop.agenda[2].id, "They laughed.").result(10)
    return room


@pytest.fixture
def there(tmp_path):
    """The installation where the workshop was held."""
    (tmp_path / "there").mkdir()
    with sessions_in(tmp_path / "there", Clock()) as sessions:
        yield sessions


@pytest.fixture
def here(tmp_path):
    """Another installation."""
    (tmp_path / "here").mkdir()
    with sessions_in(tmp_path / "here", Clock(MONDAY + 86_400)) as sessions:
        yield sessions


@pytest.fixture
def room(there):
    return held_room(there, Clock())


@pytest.fixture
def body(there, room):
    return json.loads(exported(there, room.code, "json").body)


@pytest.mark.parametrize(("level", "people"), LEVELS)
def test_an_imported_workshop_gives_every_export_again(there, here, level, people):
    code = held_room(there, Clock(), people, protection=level).code
    choice = Choice(notes=frozenset(one.id for one in there.workshop(code).agenda), prompts=True)
    file = exported(there, code, "json", choice).body
    workshop = here.import_summary(file).result(10)
    assert (workshop.phase, workshop.imported, workshop.code) == (Phase.SEALED, True, code)
    assert here.snapshots(code) == there.snapshots(code)
    body, again = json.loads(file), json.loads(exported(here, code, "json", choice).body)
    assert again.pop("imported") is True
    assert body.pop("imported") is False
    assert {**again, "sha256": ""} == {**body, "sha256": ""}


def test_grouped_tables_and_numbers_come_over(there, here):
    grouping = {"question": "Which shift?", "options": ["Day", "Night"]}
    room = new_room(there, Clock(), 60, is_open=True, grouping=grouping)
    rng = random.Random(5)
    for place, token in enumerate(room.tokens):
        answers = {item: rng.choice((1, 2, 3, 4, 5)) for item in room.items}
        there.answer(room.code, 1, token, answers, grouping["options"][place % 2]).result(10)
    room.act("close_round")
    assert room.snapshot.groups
    assert room.snapshot.statistics
    here.import_summary(exported(there, room.code, "json").body).result(10)
    assert here.snapshots(room.code) == there.snapshots(room.code)


def test_two_rounds_with_directions_and_words_come_over(there, here):
    room = new_room(there, Clock(), 14, is_open=True, words=True)
    for number in (1, 2):
        room.answer_each(number)
        room.act("close_round")
        if number == 1:
            room.act("open_round")
    for place, token in enumerate(room.tokens):
        there.tell_direction(room.code, 2, token, {"D": ("up", "same")[place % 2], "I": "up"}).result(10)
    room.act("close_directions")
    room.act("goto", scene=next(one.id for one in room.workshop.agenda if one.kind == "words"))
    for place, token in enumerate(room.tokens):
        there.say_word(room.code, 2, token, f"word {place % 5}").result(10)
    room.act("close_words")
    for word in there.pending_words(room.code):
        room.act("approve_word", id=word.id, approved=True)
    room.act("finish_words")
    here.import_summary(exported(there, room.code, "json").body).result(10)
    assert here.snapshots(room.code) == there.snapshots(room.code)
    assert here.snapshots(room.code)[1].words
    assert here.snapshots(room.code)[1].directions["D"]


def test_a_room_of_six_comes_over(there, here):
    room = new_room(there, Clock(), 6, is_open=True)
    rng = random.Random(2)
    for token in room.tokens:
        room.answer(token, {item: rng.choice((1, 2, 3, 4, 5)) for item in room.items})
    room.act("close_round")
    here.import_summary(exported(there, room.code, "json").body).result(10)
    assert here.snapshots(room.code) == there.snapshots(room.code)


@pytest.mark.parametrize("choice", [Choice(dark=False), Choice(edges=False, words=False),
                                    Choice(dark=False, edges=False)])
def test_a_summary_with_less_in_it_comes_over_with_less_in_it(there, here, room, choice):
    here.import_summary(exported(there, room.code, "json", choice).body).result(10)
    assert summary_of(here, room.code).rounds == summary_of(there, room.code, choice).rounds


def test_what_came_from_a_file_says_so_in_every_export(there, here, room):
    here.import_summary(exported(there, room.code, "json").body).result(10)
    assert "cannot be told" in exported(here, room.code, "html").body.decode()
    assert export("pdf", summary_of(here, room.code)).body


def test_the_same_summary_is_not_taken_twice(there, here, room):
    file = exported(there, room.code, "json").body
    here.import_summary(file).result(10)
    with pytest.raises(Conflict) as refused:
        here.import_summary(file).result(10)
    assert refused.value.code == "already_here"
    assert len(here.workshops()) == 1


def test_an_imported_workshop_outlives_a_restart_and_can_be_forgotten(there, room, tmp_path):
    (tmp_path / "third").mkdir()
    file = exported(there, room.code, "json").body
    with sessions_in(tmp_path / "third") as sessions:
        sessions.import_summary(file).result(10)
    with sessions_in(tmp_path / "third") as sessions:
        assert sessions.snapshots(room.code) == there.snapshots(room.code)
        sessions.forget_workshop(room.code).result(10)
        assert sessions.workshops() == ()


# ---- what is refused


@pytest.mark.parametrize(("text", "code"), [
    (b"", "not_a_summary"), (b"PK\x03\x04", "not_a_summary"), (b"\xff\xfe{}", "not_a_summary"),
    (b"[1, 2]", "foreign_file"), (b'{"title": "x"}', "foreign_file"), (b"[" * 100_000, "not_a_summary"),
    (b'{"bothand": NaN}', "not_a_summary"), (b'{"bothand": 1, "bothand": 1}', "not_a_summary"),
    (b'{"bothand": 2}', "newer_file"), (b'{"bothand": 1}', "damaged_file"),
    (b'{"bothand": true}', "damaged_file"), (b'{"bothand": "1"}', "damaged_file"),
    (b'{"bothand": 1, "sha256": null, "x": "\\ud800"}', "damaged_file"),
])
def test_what_is_no_summary_is_refused_in_a_sentence(here, text, code):
    with pytest.raises((BadRequest, Invalid)) as refused:
        here.import_summary(text)
    assert refused.value.code == code
    assert len(refused.value.message) > 40


def test_a_changed_byte_is_noticed(here, there, room):
    file = exported(there, room.code, "json").body
    rng = random.Random(1)
    for _ in range(60):
        at = rng.randrange(len(file))
        broken = file[:at] + bytes([file[at] ^ 1 << rng.randrange(7)]) + file[at + 1:]
        with pytest.raises((BadRequest, Invalid)):
            here.import_summary(broken)
    assert here.workshops() == ()


def first_shown(body):
    return next(item for item in body["snapshots"][0]["items"] if item["counts"])


def one_more_person(body):
    first_shown(body)["counts"][0] += 1


def a_class_of_one(body):
    item = first_shown(body)
    moved = item["counts"][0] - 1
    item["counts"][0] -= moved
    item["counts"][-1] += moved


def other_classes(body):
    first_shown(body)["bins"] = [[1, 2, 3], [4, 5, 0]]


def a_count_in_words(body):
    first_shown(body)["counts"][0] = "three"


def a_true_count(body):
    first_shown(body)["counts"][0] = True


def a_huge_count(body):
    body["snapshots"][0]["n"] = 10**400


def a_negative_count(body):
    item = first_shown(body)
    item["counts"][0] -= item["n"]
    item["counts"][-1] += item["n"]


def another_shape_word(body):
    first_shown(body)["shape"] = "two_camps" if first_shown(body)["shape"] != "two_camps" else "spread"


def another_median(body):
    next(pole for pole in body["snapshots"][0]["poles"] if pole["median"])["median"] += 1


def a_box_of_two(body):
    body["snapshots"][0]["plane"]["cells"][0]["n"] = 2


def boxes_on_each_other(body):
    cells = body["snapshots"][0]["plane"]["cells"]
    cells[1] = dict(cells[0])


def an_edge_that_is_none(body):
    body["snapshots"][0]["edges"][0]["facet"] = "XX"


def dark_tables_without_a_reveal(body):
    body["revealed"] = False


def another_room(body):
    body["snapshots"][0]["code"] = "CFH234"


def a_weaker_protection(body):
    body["protection"]["k"] = 1


def a_round_twice(body):
    body["snapshots"].append(deepcopy(body["snapshots"][0]))


def an_open_round(body):
    body["snapshots"][0]["final"] = False


def a_field_too_many(body):
    body["snapshots"][0]["people"] = ["Ana"]


def no_items(body):
    del body["items"]


def a_title_of_a_page(body):
    body["title"] = "x" * 121


def a_title_with_controls(body):
    body["title"] = "x\x00y"


def a_note_to_nowhere(body):
    body["notes"] = {"elsewhere": "x"}


def a_day_that_is_none(body):
    body["day"] = "2026-02-30"


def a_code_that_is_none(body):
    body["code"] = "../../etc"


def snapshots_in_a_text(body):
    body["snapshots"] = "none"


def a_round_that_is_no_whole_number(body):
    body["snapshots"][0]["round"] = 1.0


def a_round_that_is_true(body):
    body["snapshots"][0]["round"] = True


def a_least_that_is_no_whole_number(body):
    body["snapshots"][0]["k"] = float(body["snapshots"][0]["k"])


def counts_that_are_no_whole_numbers(body):
    first_shown(body)["counts"] = [float(n) for n in first_shown(body)["counts"]]


def one_edge_alone(body):
    body["snapshots"][0]["edges"] = [{"facet": "D1", "n": 20}]


def an_edge_of_one(body):
    body["snapshots"][0]["edges"] = [{"facet": "D1", "n": 19}, {"facet": "D2", "n": 1}]


def an_edge_of_the_dark_side(body):
    body["snapshots"][0]["edges"] = [{"facet": "D1", "n": 10}, {"facet": "DD1", "n": 10}]


def more_edges_than_a_room_has_people(body):
    body["snapshots"][0]["edges"] = [{"facet": "D1", "n": 1_999}, {"facet": "D2", "n": 1_999}]


def a_word_twice(body):
    body["snapshots"][0]["words"] = ["slower", "Slower"]


def boxes_without_end(body):
    box = {"x": 0, "y": 0, "w": 1_999, "h": 1_999, "n": 5}
    body["snapshots"][0]["plane"] = {"bins": 5, "cells": [box] * 500}


def a_box_without_a_side(body):
    body["snapshots"][0]["plane"] = {"bins": 5, "cells": [{"x": 0, "y": 0, "w": 0, "h": 1, "n": 10}]}


def a_statement_fewer(body):
    body["snapshots"][0]["items"].pop(3)


def a_statement_twice(body):
    body["snapshots"][0]["items"].append(deepcopy(body["snapshots"][0]["items"][0]))


def groups_of_nobody_asked(body):
    body["snapshots"][0]["groups"] = [{"option": "Night", "n": 20, "items": [], "poles": []}]


def directions_of_one(body):
    body["snapshots"][0]["directions"] = {"D": {"up": 1, "same": 0, "down": 19}, "I": None}


def an_agenda_of_five_thousand(body):
    body["agenda"] = [{"id": f"a{at}", "kind": "prompt", "minutes": 5} for at in range(5_000)]


def a_note_as_long_as_a_book(body):
    body["notes"] = {body["agenda"][0]["id"]: "x" * 100_000}


CHANGES = [one_more_person, a_class_of_one, other_classes, a_count_in_words, a_true_count, a_huge_count,
           a_negative_count, another_shape_word, another_median, a_box_of_two, boxes_on_each_other,
           an_edge_that_is_none, dark_tables_without_a_reveal, another_room, a_weaker_protection, a_round_twice,
           an_open_round, a_field_too_many, no_items, a_title_of_a_page, a_title_with_controls, a_note_to_nowhere,
           a_day_that_is_none, a_code_that_is_none, snapshots_in_a_text, a_round_that_is_no_whole_number,
           a_round_that_is_true, a_least_that_is_no_whole_number, counts_that_are_no_whole_numbers, one_edge_alone,
           an_edge_of_one, an_edge_of_the_dark_side, more_edges_than_a_room_has_people, a_word_twice,
           boxes_without_end, a_box_without_a_side, a_statement_fewer, a_statement_twice, groups_of_nobody_asked,
           directions_of_one, an_agenda_of_five_thousand, a_note_as_long_as_a_book]


@pytest.mark.sample(9)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_cannot_be_true_is_refused_although_its_checksum_fits(here, body, change):
    change(body)
    with pytest.raises(Invalid) as refused:
        here.import_summary(sealed(body))
    assert refused.value.code == "inconsistent_file"
    assert here.workshops() == ()


@pytest.mark.parametrize(("place", "value", "code"), [
    (("inventory", "id"), "elsewhere", "foreign_inventory"), (("inventory", "version"), "9.9.9", "foreign_inventory"),
    (("items", 0, "text"), "I climb trees.", "foreign_inventory"),
    (("inventory", "stem"), "How often did you lie?", "foreign_inventory"), (("language",), "xx", "foreign_language"),
    (("rehearsal",), True, "rehearsal_file"),
])
def test_what_belongs_elsewhere_is_refused_with_what_to_do(here, body, place, value, code):
    found = body
    for name in place[:-1]:
        found = found[name]
    found[place[-1]] = value
    with pytest.raises(Invalid) as refused:
        here.import_summary(sealed(body))
    assert refused.value.code == code


def test_a_careful_forgery_cannot_be_told_from_the_real_thing(here, body):
    """The page and the command line say so; this is why."""
    body["title"] = "What they never said"
    edges = body["snapshots"][0]["edges"]
    edges[0]["facet"], edges[1]["facet"] = edges[1]["facet"], edges[0]["facet"]
    assert here.import_summary(sealed(body)).result(10).title == "What they never said"
