"""Every branch of My page in every language: what stands there is that language's own, and nothing of it is English."""

import re
from collections.abc import Iterator, Mapping
from html import unescape

import pytest
from rooms import LIBRARY

from workshop.inventory import Locale, Questionnaire
from workshop.phone import mine
from workshop.room import Workshop

BALANCE = LIBRARY.inventories["balance"]
LANGUAGES = tuple(language for language in BALANCE.languages if language in LIBRARY.locales)
ENGLISH = LIBRARY.locales["en"]
# Keyed answers by pole: high or low light sides, calm or shaded dark ones.
HIGH, LOW, EDGE = {"DL": 5, "IL": 5}, {"DL": 2, "IL": 2}, (4, 4, 4, 4, 4, 4, 3, 3)
CALM, SHADED = {"DD": 1, "ID": 1, "RD": 5, "RI": 5}, {"DD": 4, "ID": 1, "RD": 4, "RI": 5}
REGIONS = {
    "finding_footing": {**LOW, **CALM},
    "leaning_on_others": {"DL": 5, "IL": 2, **CALM},
    "standing_alone": {"DL": 2, "IL": 5, **CALM},
    "something_unsettled": {**HIGH, **SHADED},
    "moving_toward_interdependence": {**HIGH, **CALM},
}

every_language = pytest.mark.parametrize("language", LANGUAGES)


def asked_in(language: str, form: str = "standard", *, dark: bool = True) -> Questionnaire:
    return BALANCE.questionnaire(form, "team", dark, language)


def page(asked: Questionnaire, keyed: Mapping[str, int | tuple[int, ...] | None]) -> str:
    """My page for keyed answers by pole, all items of it alike or one after the other; the rest is skipped."""
    answers: dict[str, int | None] = {}
    for pole, heights in keyed.items():
        items = asked.of_pole(pole)
        each = heights if isinstance(heights, tuple) else (heights,) * len(items)
        for item, y in zip(items, each, strict=True):
            answers[item.id] = y if y is None or item.keyed == 1 else 6 - y
    room = Workshop(1, "K7QF2M", "A room", "cedar lantern", "2026-01-01", form=asked.form, context=asked.context,
                    dark=asked.dark, language=asked.language)
    html = mine.mine_page(room, asked, LIBRARY.locales[asked.language], answers)
    return re.sub(r"[ \n]+", " ", unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)))


def sentences(locale: Locale) -> Iterator[tuple[str, str]]:
    """The longer texts of My page by key; those with slots are told apart by the branches."""
    for key, text in locale.texts.items():
        if key.startswith(("phone.mine.", "common.region.", "common.safety.", "common.tone.")) and len(text) > 9:
            yield key, text


def leftovers(told: str, language: str) -> list[str]:
    """English sentences on a page of another language."""
    own = LIBRARY.locales[language]
    return [text for key, text in sentences(ENGLISH) if text in told and own.text(key) != text] if language != "en" \
        else []


def of(language: str, key: str, **slots: object) -> str:
    return LIBRARY.locales[language].text(key, **slots)


@every_language
@pytest.mark.parametrize("form", ["standard", "deep"])
@pytest.mark.parametrize("region", REGIONS)
def test_each_region_is_told_by_name_and_in_a_sentence_with_the_ring_and_the_snapshot_note(language, form, region):
    told = page(asked_in(language, form), REGIONS[region])
    assert f"{of(language, f'common.region.{region}.name')}." in told
    assert of(language, f"common.region.{region}.text") in told
    assert of(language, "phone.mine.ring", n={"standard": 24, "deep": 48}[form]) in told
    assert of(language, "common.snapshot_sentence") in told
    assert leftovers(told, language) == []


@every_language
def test_near_one_line_both_sides_of_it_are_named(language):
    told = page(asked_in(language), {"DL": 5, "IL": EDGE, **CALM})
    a, b = (of(language, f"common.region.{name}.short") for name in ("something_unsettled", "leaning_on_others"))
    assert of(language, "common.region.near", a=a, b=b) in told
    assert leftovers(told, language) == []


@every_language
def test_where_the_lines_meet_only_that_is_said(language):
    told = page(asked_in(language), {"DL": EDGE, "IL": EDGE, **CALM})
    assert of(language, "phone.mine.near_both") in told
    assert leftovers(told, language) == []


@every_language
def test_two_strengths_with_skipped_shadows_are_called_both_and_nothing_more(language):
    told = page(asked_in(language), HIGH)
    assert f"{of(language, 'phone.mine.both')}." in told
    assert of(language, "common.region.moving_toward_interdependence.text") not in told
    assert of(language, "common.region.something_unsettled.text") not in told


@every_language
def test_too_many_skips_leave_no_place_and_no_blame(language):
    told = page(asked_in(language), {"DL": 4})
    assert of(language, "phone.mine.too_few") in told
    assert of(language, "phone.page.skipped") in told
    assert leftovers(told, language) == []


@every_language
@pytest.mark.parametrize(("form", "dark"), [("short", True), ("short", False), ("standard", False), ("deep", False)])
def test_the_short_form_and_no_dark_statements_give_no_place(language, form, dark):
    told = page(asked_in(language, form, dark=dark), {**HIGH, **(CALM if dark else {})})
    assert of(language, "phone.mine.place") not in told
    assert not [region for region in REGIONS if of(language, f"common.region.{region}.text") in told]
    assert (of(language, "phone.mine.dark") in told) is dark
    assert leftovers(told, language) == []


@every_language
def test_growing_edges_come_lowest_first_each_with_its_practice(language):
    asked = asked_in(language)
    told = page(asked, {"DL": (4, 1, 4, 3, 4, 4, 4, 4), "IL": (4, 2, 4, 4, 4, 4, 4, 4), **CALM})
    edges = [asked.facets[id] for id in ("D2", "I2", "D4")]
    places = [told.index(f"{facet.name}. {facet.practice}") for facet in edges]
    assert told.index(of(language, "phone.mine.edge")) < places[0] < places[1] < places[2]
    assert of(language, "phone.plain.mine_edge_text") in told
    assert of(language, "phone.mine.next_edge") not in told


@every_language
def test_where_nothing_is_low_the_edge_is_a_next_one(language):
    told = page(asked_in(language), {**HIGH, **CALM})
    assert of(language, "phone.mine.next_edge") in told
    assert leftovers(told, language) == []


@every_language
@pytest.mark.parametrize("dark", ["DD1", "DD2", "DD3", "ID1", "ID2", "ID3"])
@pytest.mark.parametrize(("height", "tone"), [(3, "middle"), (4, "high")])
def test_a_signal_comes_with_its_antidote_and_its_practice(language, dark, height, tone):
    asked, locale = asked_in(language), LIBRARY.locales[language]
    heights = {pole: tuple(height if facet == dark else 1 for facet in (f"{pole}{n}" for n in (1, 2, 3)))
               for pole in ("DD", "ID")}
    told = page(asked, {**HIGH, **heights, "RD": 5, "RI": 5})
    facet = asked.facets[dark]
    softener = asked.facets[facet.antidote]
    signal = of(language, "phone.mine.told", name=facet.name, word=of(language, f"common.tone.{tone}"))
    helps = of(language, "phone.mine.helps", name=locale.within(softener.name))
    assert f"{signal} {helps} {facet.practice}" in told
    assert of(language, "phone.mine.dark_text") in told
    others = [locale.within(asked.facets[id].name) for id in ("DD1", "DD2", "DD3", "ID1", "ID2", "ID3") if id != dark]
    assert of(language, "phone.mine.less", names=", ".join(others)) in told
    assert leftovers(told, language) == []


@every_language
def test_where_nothing_gets_in_the_way_that_is_said(language):
    told = page(asked_in(language), {**HIGH, **CALM})
    assert of(language, "phone.mine.nothing") in told
    assert of(language, "phone.mine.dark_text") not in told


@every_language
@pytest.mark.parametrize(("peace", "height", "unfinished"), [("RD", 3, True), ("RI", 1, True), ("RD", 4, False)])
def test_what_is_unfinished_is_a_question_and_never_a_practice(language, peace, height, unfinished):
    asked = asked_in(language)
    told = page(asked, {**HIGH, **CALM, peace: height})
    facet = asked.facets[peace]
    assert (f"{facet.name}. {facet.prompts[0]}" in told) is unfinished
    assert (of(language, "phone.mine.unfinished") in told) is unfinished
    assert facet.practice not in told


@every_language
@pytest.mark.parametrize("answers", [{}, {**LOW, **SHADED}, {**HIGH, **CALM}], ids=["skipped", "low", "high"])
@pytest.mark.parametrize(("form", "dark"), [("short", False), ("standard", True), ("deep", True)])
def test_the_safety_sentences_stand_on_every_page_whatever_was_answered(language, form, dark, answers):
    asked = asked_in(language, form, dark=dark)
    told = page(asked, {pole: height for pole, height in answers.items() if asked.of_pole(pole)})
    assert all(of(language, f"common.safety.{key}") in told for key in ("title", "page", "no_helpline", "emergency"))
    assert leftovers(told, language) == []


@every_language
@pytest.mark.parametrize("edge", ["D6", "D7", "D8"])
def test_trust_openness_and_closeness_say_only_where_you_feel_safe(language, edge):
    asked = asked_in(language)
    lows = tuple(1 if item.facet == edge else 5 for item in asked.of_pole("DL"))
    told = page(asked, {"DL": lows, "IL": 5, **CALM})
    assert f"{asked.facets[edge].name}. {asked.facets[edge].practice}" in told
    assert of(language, "common.safety.only_where_safe") in told
