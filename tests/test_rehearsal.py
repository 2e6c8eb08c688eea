"""Simulated people: plausible, repeatable, only in rehearsals, and through the real HTTP routes."""

import statistics
from itertools import combinations

import httpx
import pytest
from live import free_port

from workshop.errors import Forbidden, Invalid, Missing, SignInNeeded, Unavailable
from workshop.inventory import load_library
from workshop.inventory.agenda import KINDS
from workshop.rehearsal import rehearse
from workshop.rehearsal.pace import pace_named
from workshop.rehearsal.people import Statement, crowd, directions

LIBRARY = load_library()
QUESTIONNAIRE = LIBRARY.inventories["balance"].questionnaire("standard", "team", True, "en")
STATEMENTS = tuple(Statement(item.id, item.facet, item.pole, item.keyed) for item in QUESTIONNAIRE.items)


def keyed(answers, pole, points=5):
    return [None if (x := answers[one.id]) is None else x if one.keyed == 1 else points + 1 - x
            for one in STATEMENTS if one.pole == pole]


def score(points):
    answered = [point for point in points if point is not None]
    return 25 * (statistics.fmean(answered) - 1) if answered else None


def test_light_sides_come_out_near_the_published_simulation():
    """Light mean about 66, SD about 13, r about .25 between items: domain.md §6."""
    rooms = [[person.answers(STATEMENTS, 5) for person in crowd(300, seed)] for seed in range(4)]
    scores = [one for room in rooms for answers in room if (one := score(keyed(answers, "DL"))) is not None]
    assert 61 < statistics.fmean(scores) < 71
    assert 10.5 < statistics.stdev(scores) < 15.5
    assert 0.15 < statistics.fmean(map(correlation_of, rooms)) < 0.35


def correlation_of(room):
    columns = list(zip(*(keyed(answers, "IL") for answers in room), strict=True))
    pairs = [[(x, y) for x, y in zip(one, other, strict=True) if x is not None and y is not None]
             for one, other in combinations(columns, 2)]
    return statistics.fmean(statistics.correlation(*zip(*pair, strict=True)) for pair in pairs)


def test_dark_sides_are_answered_lower_and_a_few_statements_skipped():
    room = [person.answers(STATEMENTS, 5) for person in crowd(400, 1)]
    dark = [one for answers in room if (one := score(keyed(answers, "DD"))) is not None]
    skipped = sum(answers[one.id] is None for answers in room for one in STATEMENTS) / (400 * len(STATEMENTS))
    assert 25 < statistics.fmean(dark) < 45
    assert 0.01 < skipped < 0.1


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    first, again, other = (crowd(5, seed)[3].answers(STATEMENTS, 5) for seed in (7, 7, 8))
    assert first == again != other


@pytest.mark.parametrize("points", [5, 7])
def test_every_answer_is_on_the_scale(points):
    answers = [point for person in crowd(100, 3) for point in person.answers(STATEMENTS, points).values()]
    assert {point for point in answers if point is not None} == set(range(1, points + 1))


def test_an_edge_is_a_light_facet_or_none():
    light = {one.facet for one in STATEMENTS if one.pole in ("DL", "IL")}
    edges = [person.edge(STATEMENTS, person.answers(STATEMENTS, 5)) for person in crowd(200, 1)]
    assert {edge for edge in edges if edge} <= light
    assert 0.7 < sum(edge is not None for edge in edges) / 200 < 0.95


def test_everybody_has_joined_and_sent_in_time_at_the_pace_of_a_demo():
    demo = pace_named("demo")
    assert demo.joining <= 10
    assert demo.joining + demo.answering <= 25
    assert all(0 <= person.when(what) <= 1 for person in crowd(50, 1) for what in ("join", "send", "edge"))


def test_a_pace_can_be_human_times_a_number():
    assert pace_named("x10").answering == pace_named("human").answering / 10
    assert pace_named("x10").seconds(5) == 30
    assert pace_named("human").joining + pace_named("human").answering < 240


@pytest.mark.parametrize("name", ["quick", "x0", "x", "x0.5", "x-3", ""])
def test_an_unknown_pace_is_refused(name):
    with pytest.raises(Invalid, match="demo, human, fast"):
        pace_named(name)


@pytest.mark.parametrize("people", [0, -1, 2001])
def test_the_number_of_people_is_bounded(people):
    with pytest.raises(Invalid, match="1 to 2000"):
        rehearse("http://127.0.0.1:9", "key", people)


def test_without_a_server_the_sentence_says_what_to_do():
    with pytest.raises(Unavailable, match=r"uv run app\.py"):
        rehearse(f"http://127.0.0.1:{free_port()}", "key", 3, "fast")


@pytest.fixture(scope="module")
def told():
    return []


@pytest.fixture(scope="module")
def report(server, told):
    return rehearse(server.url, server.key, 30, "fast", seed=5, tell=told.append)


@pytest.fixture(scope="module")
def results(api, report):
    return api.get(f"/api/workshops/{report.code}/results").json()


def test_everybody_joins_and_sends(api, report):
    state = api.get(f"/api/workshops/{report.code}").json()
    assert state["rehearsal"] is True
    assert state["phase"] == "review"
    assert state["counts"] == {"joined": 30, "finished": 30}
    assert len(report.answers) == 30
    assert report.turned_away == 0


def test_the_published_counts_are_exactly_what_was_sent(report, results):
    shown = [table for table in results["items"] if table["counts"] is not None]
    assert len(shown) > 8
    for table in shown:
        sent = [answers[table["id"]] or 0 for answers in report.answers.values()]
        assert table["counts"] == [sum(point in bin for point in sent) for bin in table["bins"]]


def test_the_light_sides_are_on_the_stage_and_the_dark_ones_nowhere(api, report, results):
    assert api.get(f"/api/workshops/{report.code}/stage").json()["scene"]["kind"] == "light"
    assert {table["pole"] for table in results["items"]} == {"DL", "IL"}


def test_the_usual_thirty_people_fill_every_picture(api, server):
    report = rehearse(server.url, server.key, pace="fast")
    results = api.get(f"/api/workshops/{report.code}/results").json()
    assert report.people == 30
    assert len(results["plane"]["cells"]) >= 4
    assert all(table["counts"] for table in results["items"])


def test_it_tells_its_course(told, report):
    assert told[0].startswith(f"Rehearsal {report.code}")
    assert "30 phones have joined." in told
    assert "The round is closed." in told


def test_a_workshop_for_real_people_is_refused_and_untouched(api, server):
    code = api.post("/api/workshops", json={"title": "Real"}).json()["code"]
    api.post(f"/api/workshops/{code}/actions", json={"action": "open_lobby"})
    with pytest.raises(Forbidden, match="real"):
        rehearse(server.url, server.key, 3, "fast", code=code)
    assert api.get(f"/api/workshops/{code}").json()["counts"]["joined"] == 0


def test_the_whole_run_sheet_is_walked(api, server):
    report = rehearse(server.url, server.key, 25, "fast", conduct=True, fields={"form": "short"})
    stage = api.get(f"/api/workshops/{report.code}/stage").json()
    results = api.get(f"/api/workshops/{report.code}/results").json()
    assert stage["scene"]["kind"] == "close"
    assert {table["pole"] for table in results["items"]} >= {"DD", "ID"}
    assert sum(edge["n"] for edge in results["edges"]) == len(report.edges)
    assert set(results["words"]) == {person.word() for person in crowd(25, report.seed)}


def test_people_can_come_to_a_rehearsal_that_is_there_already(api, server):
    code = api.post("/api/workshops", json={"title": "Try", "rehearsal": True}).json()["code"]
    report = rehearse(server.url, server.key, 10, "fast", code=code)
    again = rehearse(server.url, server.key, 5, "fast", code=code, seed=2)
    assert (report.round, again.round) == (1, 2)
    assert api.get(f"/api/workshops/{code}").json()["counts"]["joined"] == 15


def test_a_locked_door_turns_phones_away_and_is_no_failure(api, server):
    code = api.post("/api/workshops", json={"title": "Try", "rehearsal": True}).json()["code"]
    for action in ("open_lobby", "lock"):
        api.post(f"/api/workshops/{code}/actions", json={"action": action})
    report = rehearse(server.url, server.key, 4, "fast", code=code)
    assert (len(report.answers), report.turned_away) == (0, 4)


def test_the_server_s_own_words_are_passed_on(server):
    with pytest.raises(Missing, match="six characters"):
        rehearse(server.url, server.key, 3, "fast", code="222222")
    with pytest.raises(SignInNeeded):
        rehearse(server.url, "not-the-key", 3, "fast")


def test_every_phone_brings_its_own_cookie(api, server, report):
    assert httpx.get(f"{server.url}/api/workshops/{report.code}").json()["seat"]["joined"] is False
    assert api.get(f"/api/workshops/{report.code}").json()["counts"]["joined"] == report.people


def test_an_unknown_run_sheet_is_refused_with_the_ones_there_are():
    with pytest.raises(Invalid, match="45, 60, 90, then_now"):
        rehearse("http://127.0.0.1:9", "key", 3, fields={"agenda": "75"})


def test_the_same_people_meet_again_a_little_changed():
    before, now = ([person.answers(STATEMENTS, 5, round) for person in crowd(200, 1)] for round in (1, 2))
    means = [statistics.fmean(score(keyed(answers, "DL")) or 0 for answers in room) for room in (before, now)]
    ways = [directions(STATEMENTS, *pair)["D"] for pair in zip(before, now, strict=True)]
    assert before != now
    assert 1 < means[1] - means[0] < 8
    assert min(ways.count(way) for way in ("up", "same", "down")) > 10


@pytest.mark.long
@pytest.mark.parametrize("agenda", ["45", "90", "then_now"])
def test_every_run_sheet_is_walked_with_every_picture_shown(api, server, agenda):
    told = []
    report = rehearse(server.url, server.key, 25, "fast", conduct=True, tell=told.append,
                      fields={"agenda": agenda, "form": "short"})
    walked = [line.removeprefix("Scene: ") for line in told if line.startswith("Scene: ")]
    assert list(dict.fromkeys(walked)) == list(dict.fromkeys(scene.kind for scene in LIBRARY.agendas[agenda].scenes))
    assert report.turned_away == 0
    state = api.get(f"/api/workshops/{report.code}").json()
    shown = {kind: api.get(f"/api/workshops/{report.code}/rounds/{report.round}/shown").json()[kind]
             for kind in ("items", "edges")}
    assert state["counts"] == {"joined": 25, "finished": 25}
    assert all(shown.values())


def test_a_later_meeting_has_two_rounds_beside_each_other_and_who_went_which_way(api, server):
    report = rehearse(server.url, server.key, 30, "fast", conduct=True, fields={"agenda": "then_now", "form": "short"})
    results = api.get(f"/api/workshops/{report.code}/results").json()
    api.post(f"/api/workshops/{report.code}/actions", json={"action": "goto", "scene": "then_now"})
    stage = api.get(f"/api/workshops/{report.code}/stage").json()
    assert report.round == 2
    assert results["then_now"] is True
    assert sum(results["directions"]["D"].values()) == 30
    assert stage["figure"]
    assert {row[1] for row in stage["table"]["rows"]} >= {"then", "now"}


def test_together_the_run_sheets_show_every_scene_there_is():
    assert {scene.kind for agenda in LIBRARY.agendas.values() for scene in agenda.scenes} == set(KINDS)
