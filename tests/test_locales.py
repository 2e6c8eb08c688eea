"""Languages: words are found, filled in as text, complete, and kind."""

import re
import shutil
from itertools import combinations

import pytest

from workshop.errors import Invalid
from workshop.inventory import Library, Locale, load_library, preferred
from workshop.inventory.locale import check_complete, read_locale, slots
from workshop.inventory.source import Source
from workshop.settings import DATA

LEVELS = ("held", "blocks", "open")
ENGLISH_WORDS = r"\b(?:the|and|your?|with|what|this|have|from|they|their|of|is|are|not|which)\b"
# What every language writes alike, and what one happens to write as English does.
NAMES = {"Bothand", "Windows", "macOS", "Linux", "Android", "iPhone", "lower", "r_WG(J)"}
ALIKE = {
    "de": {"Median", "Alpha", "Code", "Workshops", "April", "August", "September", "November", "Port", "Form"},
    "fr": {"Alpha", "Code", "Classes", "Direction", "Question", "Protection", "Port", "Minutes", "1 minute",
           "{minutes} minutes", "{n} minutes"},
    "es": {"Idea"},
}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def english(library: Library) -> Locale:
    return library.locales["en"]


@pytest.fixture(scope="module", params=sorted(load_library().locales))
def locale(library: Library, request: pytest.FixtureRequest) -> Locale:
    """Each language there is."""
    return library.locales[request.param]


def area(language: str, text: str) -> dict[str, Source]:
    """The files of a language that has only one."""
    return {"area": Source(f"{language}/area.toml", text, "locale")}


def test_a_text_is_found_by_its_dotted_key_and_filled_in(english):
    assert english.text("common.level.held.sentence", k=5).startswith("Answers are shown only in groups of 5 or more")
    assert english.text("common.hidden") == "not enough different answers to show"
    assert english.table("common.language") == {"name": "English", "direction": "ltr", "decimal": ".",
                                                "names_within": "lower"}
    assert len(english.lines("common.checklist.lines")) == 7


@pytest.mark.parametrize("read", [
    lambda locale: locale.text("common.nothing"), lambda locale: locale.text("nothing"),
    lambda locale: locale.text("common.level.held.sentence"), lambda locale: locale.table("common.hidden"),
    lambda locale: locale.table("common.hidden.deeper"), lambda locale: locale.lines("common.language"),
])
def test_an_unknown_key_or_an_empty_slot_is_a_key_error(english, read):
    with pytest.raises(KeyError):
        read(english)


def test_a_value_is_filled_in_as_text_and_never_read_as_a_slot():
    locale = read_locale("en", area("en", 'say = "{who} said {key}"'))
    assert locale.text("area.say", who="{who.__class__}", key=1) == "{who.__class__} said 1"


@pytest.mark.parametrize(("line", "words"), [
    ('b = "{n.__class__}"', "plain name"), ('b = "{n[0]}"', "plain name"), ('b = "{n:>9}"', "plain name"),
    ('b = "{n!r}"', "plain name"), ('b = "{}"', "plain name"), ('b = "{n"', "has no partner"),
    ('b = "n}"', "has no partner"), ("b = 3", "write a text"), ("b = [1]", "write a text"), ("b = ", "equals sign"),
])
def test_a_text_with_more_than_plain_slots_is_refused_with_its_line(line, words):
    with pytest.raises(Invalid) as refusal:
        read_locale("en", area("en", f'a = "fine"\n{line}\n'))
    assert refusal.value.code == "locale"
    assert "en/area.toml" in refusal.value.message
    assert "line 2" in refusal.value.message
    assert words in refusal.value.message


@pytest.mark.parametrize(("text", "words"), [
    ('a = "eins"', "area.b is missing in 'de'; translate “{n} of us”"),
    ('a = "eins"\nb = "{m} von uns"', "line 2: area.b has the slots {m} and needs {n}"),
])
def test_a_translation_has_every_text_with_the_same_slots(text, words):
    original = read_locale("en", area("en", 'a = "one"\nb = "{n} of us"'))
    with pytest.raises(Invalid) as refusal:
        check_complete(read_locale("de", area("de", text)), original, area("de", text))
    assert "de/area.toml" in refusal.value.message
    assert words in refusal.value.message


def foreign_texts(locale: Locale) -> dict[str, str]:
    """Every text of a translation, but for names of rooms."""
    return {key: text for key, text in locale.texts.items()
            if locale.language != "en" and not key.startswith("common.room.")}


def test_there_are_four_languages(library):
    assert set(library.locales) == {"en", "de", "fr", "es"}


def test_no_text_is_left_in_english(locale, english):
    own = foreign_texts(locale)
    same = {text for key, text in own.items() if text == english.texts[key] and re.search(r"[^\W\d]{4}", bare(text))}
    assert same <= NAMES | ALIKE.get(locale.language, set())
    assert {key: text for key, text in own.items() if re.search(ENGLISH_WORDS, bare(text))} == {}


def bare(text: str) -> str:
    """A text without its slots, its file names and what stands in quotes."""
    return re.sub(r"\{\w+\}|“[^”]*”|„[^“]*“|«[^»]*»|\S+\.\w+\b", "", text)


def test_french_never_breaks_a_line_before_its_signs(library):
    loose = r"[^\u00a0][?!;»]|«[^\u00a0]|[^\u00a0]:(?=\s|$)"
    own = foreign_texts(library.locales["fr"])
    assert {key: text for key, text in own.items() if re.search(loose, text)} == {}


def test_the_hosts_words_may_wait_for_their_translation_and_are_lent_in_english(tmp_path):
    shutil.copytree(DATA / "locales", tmp_path / "locales")
    german = tmp_path / "locales" / "de" / "console.toml"
    german.write_text(re.sub(r"(?m)^resume = .*$", "", german.read_text("utf-8")), "utf-8")
    (tmp_path / "locales" / "fr" / "console.toml").unlink()
    locales = load_library(tmp_path).locales
    assert locales["de"].text("console.home.resume") == locales["fr"].text("console.home.resume") == "Resume"
    assert locales["de"].text("console.home.new") == "Neuer Workshop"
    assert locales["fr"].tables["console"] is locales["en"].tables["console"]


@pytest.mark.parametrize(("accepted", "language"), [
    ("", "en"), ("de", "de"), ("de-CH,en;q=0.8", "de"), ("pt-BR, es;q=0.7, en;q=0.3", "es"), ("ES", "es"),
    ("en;q=0.2,fr-FR;q=0.9", "fr"), ("*", "en"), ("de;q=0", "en"), ("de;q=many,fr;q=0.1", "fr"), (",;;q=,", "en"),
])
def test_a_page_without_a_workshop_speaks_the_readers_language(library, accepted, language):
    assert preferred(library.locales, accepted).language == language


def test_a_day_is_written_as_people_of_the_language_do(library):
    assert {name: locale.day("2026-03-01") for name, locale in library.locales.items()} == {
        "en": "1 March 2026", "de": "1. März 2026", "fr": "1 mars 2026", "es": "1 de marzo de 2026"}


def test_room_names_are_short_plain_words_that_cannot_be_mixed_up(locale):
    first, second = locale.lines("common.room.first"), locale.lines("common.room.second")
    assert min(len(first), len(second)) >= 64
    assert len({*first, *second}) == len(first) + len(second)
    assert [word for word in (*first, *second) if not re.fullmatch(r"[a-z]{3,12}", word)] == []
    assert [pair for words in (first, second) for pair in combinations(words, 2) if nearly_the_same(*pair)] == []


def nearly_the_same(one: str, other: str) -> bool:
    """Whether one letter changed, added or dropped makes one word the other."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    shorter, longer = sorted((one, other), key=len)
    return shorter in {longer[:cut] + longer[cut + 1:] for cut in range(len(longer))}


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_says_in_three_sentences_what_it_promises(locale, level):
    promise = locale.lines(f"common.level.{level}.promise")
    assert len(promise) == 3
    assert "{k}" in promise[0]
    assert slots(" ".join(promise)) <= {"k", "m"}
    assert slots(locale.texts[f"common.level.{level}.sentence"]) <= {"k", "m"}


def test_the_open_level_promises_no_more_than_it_keeps(english):
    open_, held = (" ".join(english.lines(f"common.level.{level}.promise")) for level in ("open", "held"))
    assert "change with every answer" in open_
    assert "groups only" not in open_
    assert "take it back until" in held


def test_every_pole_region_and_scene_has_its_words(locale, library):
    assert set(locale.table("common.pole")) == {"DL", "IL", "DD", "ID", "RD", "RI"}
    regions = [words for words in locale.table("common.region").values() if isinstance(words, dict)]
    assert len(regions) == 5
    assert all({"name", "short", "text"} == set(words) for words in regions)
    kinds = {scene.kind for agenda in library.agendas.values() for scene in agenda.scenes}
    assert kinds == set(locale.table("common.scene"))


def test_a_run_sheet_calls_its_scenes_as_the_rest_of_the_product_does(locale, library):
    titles = locale.table("common.scene")
    for agenda in library.agendas.values():
        assert all(one.title == titles[one.kind] for one in agenda.scenes_in(locale.language))


def test_the_tone_in_the_middle_is_the_answer_in_the_middle(locale, library):
    for inventory in library.inventories.values():
        if locale.language in inventory.languages:
            anchors = inventory.questionnaire("short", "team", True, locale.language).scale.anchors
            assert anchors[2].casefold() == locale.text("common.tone.middle")


def test_a_headline_is_one_sentence_that_fits_its_line(locale):
    for scene in locale.table("stage").values():
        if isinstance(scene, dict) and "headline" in scene:
            assert len(scene["headline"]) <= 60, scene["headline"]


def test_a_sheet_of_the_workbook_has_a_name_that_every_program_takes(locale):
    names = list(locale.table("export.sheets").values())
    assert len({name.casefold() for name in names}) == len(names)
    assert [name for name in names if len(name) > 31 or set(name) & set("[]:*?/\\'")] == []


def test_nobody_is_called_a_user_and_nothing_a_score(english):
    unkind = r"\b(user|respondent|score|result|data|healthy|unhealthy|codependent|toxic|avoidant)s?\b"
    assert [key for key, text in english.texts.items() if key.startswith("common.") and re.search(unkind, text)] == []
