"""Run-sheets: those that ship fit their time, and a host's own are checked scene by scene."""

import re
from dataclasses import asdict, replace

import pytest

from workshop.errors import Invalid
from workshop.inventory import Agenda, Library, Scene, agenda_of, load_library, read_agenda
from workshop.settings import DATA

SIXTY = (DATA / "agendas" / "60.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def hour(library: Library) -> Agenda:
    return library.agendas["60"]


def scene(id: str = "light", kind: str = "light", minutes: int = 5, **more: object) -> dict[str, object]:
    return {"id": id, "kind": kind, "minutes": minutes, **more}


def test_the_hour_has_the_steps_and_minutes_of_the_facilitation_plan(hour):
    # Differences of the time column, domain description, "60 minutes and screens".
    assert [(one.title, one.minutes) for one in hour.scenes] == [
        ("Agreements", 5), ("Join", 3), ("Idea", 3), ("Answering", 5), ("Own page", 3), ("Guess", 3),
        ("Light sides", 8), ("Pairs prompt", 8), ("The plane", 6), ("What gets in the way", 4), ("Chosen edges", 5),
        ("Word wall", 5), ("Close", 2),
    ]


@pytest.mark.parametrize(("id", "minutes"), [("45", 45), ("60", 60), ("90", 90)])
def test_an_agenda_takes_the_time_it_is_called_by(library, id, minutes):
    assert sum(one.minutes for one in library.agendas[id].scenes) == minutes
    assert library.agendas[id].title == f"{minutes} minutes"


def test_ninety_minutes_have_a_second_talk_in_pairs_after_what_gets_in_the_way(library):
    ids = [one.id for one in library.agendas["90"].scenes]
    assert ids[ids.index("dark") + 1] == "prompt2"
    assert {one.facet for one in library.agendas["90"].scenes if one.kind == "prompt"} == {"D4", "I5"}


def test_forty_five_minutes_keep_to_the_short_list(library):
    assert [one.kind for one in library.agendas["45"].scenes] == [
        "agreements", "join", "answering", "reflection", "light", "prompt", "edges", "close"]


def test_a_later_meeting_looks_at_then_and_now_after_the_light_sides(library):
    assert [one.kind for one in library.agendas["then_now"].scenes] == [
        "agreements", "join", "answering", "reflection", "light", "then_now", "plane", "edges", "close"]


def test_every_scene_has_a_title_and_words_for_the_host(library):
    for agenda in library.agendas.values():
        assert all(one.title and one.say.endswith((".", "?")) for one in agenda.scenes)


def test_the_title_by_kind_is_the_same_in_every_agenda(library):
    titles = library.locales["en"].table("common.scene")
    assert all(one.title == titles[one.kind] for agenda in library.agendas.values() for one in agenda.scenes)


def test_every_run_sheet_is_the_same_in_four_languages_but_for_its_words(library):
    for agenda in library.agendas.values():
        assert tuple(agenda.wordings) == ("en", "de", "fr", "es")
        for language in agenda.wordings:
            scenes = agenda.scenes_in(language)
            assert [replace(one, title="", say="") for one in scenes] == [replace(one, title="", say="")
                                                                          for one in agenda.scenes]
            assert all(one.title and one.say.endswith((".", "?")) for one in scenes)


def test_no_title_or_word_to_say_is_left_untranslated(library):
    for agenda in library.agendas.values():
        for scenes in zip(*agenda.wordings.values(), strict=True):
            assert len({one.say for one in scenes}) == 4


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_a_scene_of_one_kind_has_one_title_in_a_language(library, language):
    titles: dict[str, set[str]] = {}
    for agenda in library.agendas.values():
        for one in agenda.scenes_in(language):
            titles.setdefault(one.kind, set()).add(one.title)
    assert all(len(each) == 1 for each in titles.values())
    assert len(set.union(*titles.values())) == len(titles)


def test_a_language_the_agenda_lacks_falls_back_to_its_first(hour):
    assert hour.scenes_in("en") == hour.scenes_in("xx") == hour.scenes


# ---- scenes of a host's own


def test_a_list_of_scenes_becomes_an_agenda(hour):
    assert agenda_of([asdict(one) for one in hour.scenes]) == hour.scenes


def test_a_scene_needs_an_id_a_kind_and_minutes_only():
    assert agenda_of([scene()]) == (Scene("light", "light", 5),)
    assert agenda_of([scene()], {"light": "Light sides"})[0].title == "Light sides"
    assert agenda_of([scene(title="Look")], {"light": "Light sides"})[0].title == "Look"


def test_a_prompt_without_a_facet_asks_about_asking_for_help():
    assert agenda_of([scene("prompt", "prompt"), scene("second", "prompt", facet="I5")]) == (
        Scene("prompt", "prompt", 5, facet="D4"), Scene("second", "prompt", 5, facet="I5"))


@pytest.mark.parametrize(("scenes", "words"), [
    ([], "has 0 scenes; it needs 1 to 60"),
    ([scene(f"s{number}") for number in range(61)], "has 61 scenes"),
    ([scene(), scene()], "Scene 2: another scene is called 'light' too"),
    ([scene(), scene("b", "dance")], "Scene 2: kind is 'dance'; it has to be one of agreements, join"),
    ([scene(minutes=-1)], "Scene 1: minutes is -1; it has to be a whole number, 0 to 600"),
    ([scene(minutes=601)], "0 to 600"),
    ([scene(minutes=2.5)], "whole number"),
    ([scene(minutes=True)], "whole number"),
    ([scene(minutes="5")], "whole number"),
    ([scene("Light Sides")], "id is 'Light Sides'; it has to look like 'light'"),
    ([scene("x" * 41)], "has to look like"),
    ([scene(7)], "has to look like"),
    ([scene(facet="D1")], "only a prompt scene has a facet"),
    ([scene(title="x" * 61)], "at most 60 characters"),
    ([scene(title="two\nlines")], "one line"),
    ([scene(say=5)], "text in quotes"),
    ([scene(speaker="me")], "'speaker' is not known here"),
    ([{"id": "light", "kind": "light"}], "minutes is missing"),
    ([{"kind": "light", "minutes": 5}], "id is missing"),
    (["light"], "has to be a list of scenes"),
    ({"id": "light"}, "has to be a list of scenes"),
    ("60", "has to be a list of scenes"),
    (None, "has to be a list of scenes"),
])
def test_a_scene_that_cannot_be_used_is_refused_with_its_number_and_the_mend(scenes, words):
    with pytest.raises(Invalid, match=re.escape(words)) as refusal:
        agenda_of(scenes)
    assert refusal.value.code == "agenda"


def test_a_prompt_about_a_facet_the_inventory_lacks_is_refused():
    with pytest.raises(Invalid, match=r"'X1' is not a facet of the inventory\. Choose one of D1, D4\."):
        agenda_of([scene("prompt", "prompt", facet="X1")], facets=("D1", "D4"))


# ---- an agenda file that cannot be used


@pytest.mark.parametrize(("old", "new", "words"), [
    ('kind = "light"', 'kind = "lights"', "one of agreements"),
    ('id = "light"', 'id = "plane"', "another scene is called 'plane' too"),
    ("minutes = 6", "minutes = -6", "whole number, 0 to 600"),
    ('title = "Light sides"', 'titel = "Light sides"', "'titel' is not known here"),
    ('facet = "D4"', 'facets = "D4"', "'facets' is not known here"),
    ('en = "60 minutes"', 'en = "60 minutes"\nit = "60 minuti"', "'it' is not known here. Known are en"),
    ('id = "60"', 'id = "6 0"', "has to look like"),
    ('id = "60"', 'id = 60', "has to look like"),
])
def test_a_file_that_cannot_be_used_is_refused_with_its_line(old, new, words):
    assert SIXTY.count(old) == 1
    broken = SIXTY.replace(old, new)
    with pytest.raises(Invalid) as refusal:
        read_agenda(broken, "ours.toml")
    assert refusal.value.code == "agenda"
    assert words in refusal.value.message
    accused = int(re.match(r"ours\.toml, line (\d+): ", refusal.value.message).group(1))
    assert broken.splitlines()[accused - 1] in new or 'id = "plane"' in broken.splitlines()[accused - 1]


def test_a_file_without_scenes_or_a_title_is_refused():
    with pytest.raises(Invalid, match=r"line 1: there is no scene here; begin each with a line \[\[scene\]\]"):
        read_agenda(SIXTY[:SIXTY.index("[[scene]]")], "ours.toml")
    with pytest.raises(Invalid, match=r"line \d+: title is missing here"):
        read_agenda(SIXTY.replace('title = "Join"\n', ""), "ours.toml")
