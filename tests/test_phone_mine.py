"""My page without JavaScript: in words, kind, and with the same note for everybody."""

import re

import pytest
from rooms import LIBRARY

from workshop.phone import mine, words
from workshop.room import Workshop

ENGLISH = LIBRARY.locales["en"]
UNSAFE = "If you feel afraid of someone, watched, or forced, the issue is safety, not skills."


def page(form="standard", dark=True, context="team", helpline="", rehearsal=False, language="en", inventory="balance",
         **answers):
    """My page for these answers by facet or item; all other items get 4, or 2 where less is more."""
    one = LIBRARY.inventories[inventory].questionnaire(form, context, dark, language)
    given = {item.id: answers.get(item.id, answers.get(item.facet, answers.get("rest", 4 if item.keyed > 0 else 2)))
             for item in one.items}
    room = Workshop(1, "K7QF2M", "A room", "cedar lantern", "2026-01-01", form=form, context=context, dark=dark,
                    helpline=helpline, rehearsal=rehearsal)
    return text_of(mine.mine_page(room, one, LIBRARY.locales[language], given))


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)).replace("&#39;", "'")


def test_light_sides_are_told_in_the_words_of_the_scale():
    told = page(D1=5, D2=3, I7=None)
    assert "Generosity almost always" in told
    assert "Support sometimes" in told
    assert "Appreciation for solitude skipped" in told


def test_edges_are_what_is_sometimes_or_less_the_lowest_first():
    told = page(D4=1, D6=3, I2=2)
    assert re.search(r"Your growing edge .*Asking for help\..*Emotional differentiation\..*Trust\.", told)
    assert "These may be worth a look" in told


def test_where_nothing_is_low_an_edge_is_only_a_next_one():
    assert "All of these are at home with you." in page(rest=None, **dict.fromkeys(
        ("D1", "D2", "D3", "D4", "D6", "D8", "I1", "I2"), 5))


def test_what_gets_in_the_way_comes_with_what_helps():
    told = page(rest=None, ID1=5, DD2=3, DD1=1)
    assert "Isolation: often What helps: asking for help Tell one person one thing before it is solved." in told
    assert "Smothering: sometimes What helps: freedom" in told
    assert told.index("Isolation") < told.index("Smothering")
    assert "Seldom: manipulation." in told


def test_what_is_unfinished_is_a_thing_to_turn_over_not_a_practice():
    told = page(RD=2)
    assert "Not quite at peace yet" in told
    assert "At peace with needing others. What did leaning" in told


@pytest.mark.parametrize(("answers", "sentence"), [
    ({}, "Something"), ({"DD1": 1, "DD2": 1, "DD3": 1, "ID1": 1, "ID2": 1, "ID3": 1}, "Moving toward interdependence."),
])
def test_the_place_is_named_where_it_is_clear(answers, sentence):
    assert sentence in page(**answers)


def test_a_place_near_a_line_is_called_near_and_nothing_more():
    told = page(**dict.fromkeys(("I1", "I2", "I3", "I4"), 3), DD1=1, DD2=1, DD3=1, ID1=1, ID2=1, ID3=1)
    assert "Near the line between both strengths and leaning on others." in told \
        or "Near the line between leaning on others and both strengths." in told


@pytest.mark.parametrize(("form", "dark"), [("short", True), ("standard", False), ("deep", False)])
def test_no_place_from_the_short_form_nor_without_dark_statements(form, dark):
    told = page(form=form, dark=dark)
    assert "Where you stand" not in told
    assert ("What may get in the way" in told) is dark


def test_too_many_skips_give_no_place_and_no_blame():
    assert "You skipped many statements, so there is no picture of a place here. That is fine." in page(rest=None, D1=4)


@pytest.mark.parametrize("answers", [{}, {"rest": None}, {"rest": 1}, {"rest": 5}])
@pytest.mark.parametrize("form", ["short", "standard", "deep"])
def test_the_note_on_safety_is_the_same_for_everybody(form, answers):
    told = page(form=form, helpline="030 1234567", **answers)
    assert UNSAFE in told
    assert "030 1234567" in told
    assert "Not a diagnosis, not a type." in told


def test_without_a_helpline_there_is_still_somewhere_to_turn():
    assert "A doctor, a counsellor or a helpline where you live." in page()


def test_a_rehearsal_says_that_the_answers_are_not_yours():
    assert "These are random answers, not yours." in page(rehearsal=True)
    assert "random" not in page()


def test_a_number_stands_nowhere_but_in_the_ring_and_in_practices():
    told = page().partition("If you feel unsafe")[0]
    assert re.findall(r"\d+", re.sub(r"\d+ (statements|hours|minutes)", "", told)) == []


def test_a_name_inside_a_sentence_keeps_its_capital_in_german_alone():
    answers = {"rest": None, "ID1": 5, "DD1": 1}
    assert "Isolation: oft Was hilft: Um Hilfe bitten" in page(language="de", **answers)
    assert "Selten: Manipulation." in page(language="de", **answers)
    assert "Isolement : souvent Ce qui aide : demander de l’aide" in page(language="fr", **answers)
    assert "Rara vez: manipulación." in page(language="es", **answers)


def test_the_words_of_the_scale_are_small_in_every_language():
    assert "fast immer" in page(language="de", D1=5)
    assert "presque toujours" in page(language="fr", D1=5)


def test_two_regions_with_both_strengths_are_called_alike_inside_a_sentence():
    unanswered = dict.fromkeys(("DD1", "DD2", "DD3", "ID1", "ID2", "ID3"))
    assert "both strengths and leaning on others" in page(**dict.fromkeys(("I1", "I2", "I3", "I4"), 3), **unanswered)


@pytest.mark.parametrize("language", sorted(LIBRARY.locales))
@pytest.mark.parametrize("form", ["short", "standard"])
def test_about_a_team_the_page_says_how_one_sees_it_and_nothing_about_oneself(form, language):
    locale, dark = LIBRARY.locales[language], dict.fromkeys(("DD1", "DD2", "DD3", "ID1", "ID2", "ID3"), 5)
    told = page(form=form, inventory="team_climate", language=language, D4=1, RD=1, **dark)
    said = {key: " ".join(locale.text(f"phone.{key}").split()) in told for key in (
        "team.title", "team.only_here", "team.light", "team.edge", "mine.light", "mine.place", "mine.dark",
        "mine.unfinished")}
    assert [key for key, is_said in said.items() if is_said] == [key for key in said if key.startswith("team")]
    assert " ".join(locale.text("common.safety.page").split()) in told


def test_about_a_team_the_door_says_so():
    one = LIBRARY.inventories["team_climate"].questionnaire("standard", "team", True, "en")
    assert words.intro(ENGLISH, one) == \
        "24 short statements about this team as a whole, about 4 minutes. Not a test. Skip anything."
    texts = words.mine_words(ENGLISH, one)
    assert texts["D"] == "Leaning on others"
    assert texts["I"] == "Standing on our own"
    assert '"plane"' not in words.mine_asset(ENGLISH, one)
