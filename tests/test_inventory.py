"""Inventories and the library: what ships is right, and what is wrong is named with its line."""

from collections import Counter
from pathlib import Path

import pytest
from inventory_texts import BALANCE

from workshop.errors import Invalid
from workshop.inventory import Inventory, Library, load_library
from workshop.inventory.source import Source
from workshop.settings import DATA

CONTEXTS = ("partner", "team", "family", "class")
FORMS = ("short", "standard", "deep")
# Items per pole of each form, and reversed ones: domain description, table of forms.
COUNTS = {"short": (3, 3, 2, 2, 1, 1), "standard": (8, 8, 3, 3, 1, 1), "deep": (16, 16, 6, 6, 2, 2)}
REVERSED = {"short": 2, "standard": 4, "deep": 9}
POLES = ("DL", "IL", "DD", "ID", "RD", "RI")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def balance(library: Library) -> Inventory:
    return library.inventories["balance"]


# ---- the built-in inventory


def test_the_built_in_inventory_has_four_contexts_and_three_forms(balance):
    assert (balance.id, balance.version, balance.contexts, balance.forms) == ("balance", "1.0.0", CONTEXTS, FORMS)
    assert balance.languages == ("en", "de", "fr", "es")


def test_the_team_climate_is_about_the_team_and_has_no_deep_form(library):
    climate = library.inventories["team_climate"]
    assert (climate.contexts, climate.forms, climate.languages) == (("team",), FORMS[:2], ("en", "de", "fr", "es"))
    assert {asked.referent for asked in climate.questionnaires.values()} == {"team"}
    assert {asked.referent for asked in library.inventories["balance"].questionnaires.values()} == {"self"}


@pytest.mark.parametrize("form", FORMS[:2])
def test_the_team_climate_has_the_poles_facets_and_reversals_of_balance(library, form):
    ours, model = (library.inventories[id].questionnaire(form, "team", True, "en")
                   for id in ("team_climate", "balance"))
    assert [(item.id, item.pole, item.keyed) for item in ours.items] == [
        (item.id, item.pole, item.keyed) for item in model.items]
    assert [(facet.name, facet.origin, facet.antidote) for facet in ours.asked] == [
        (facet.name, facet.origin, facet.antidote) for facet in model.asked]
    assert ours.scale == model.scale


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_its_number_of_items_per_pole(balance, form):
    asked = Counter(item.pole for item in balance.questionnaire(form, "team", True, "en").items)
    assert tuple(asked[pole] for pole in POLES) == COUNTS[form]


@pytest.mark.parametrize(("form", "items"), [("short", 6), ("standard", 16), ("deep", 32)])
def test_without_dark_items_only_light_items_and_facets_remain(balance, form, items):
    light = balance.questionnaire(form, "team", False, "en")
    assert len(light.items) == items
    assert {item.pole for item in light.items} == {facet.pole for facet in light.facets.values()} == {"DL", "IL"}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_its_number_of_reversed_items(balance, form):
    items = balance.questionnaire(form, "team", True, "en").items
    assert sum(item.keyed == -1 for item in items) == REVERSED[form]


def test_the_standard_form_is_all_a_and_the_short_form_a_part_of_it(balance):
    short, standard = (balance.questionnaire(form, "team", True, "en") for form in ("short", "standard"))
    assert all(id.endswith("A") for id in standard.ids)
    assert set(short.ids) < set(standard.ids)
    # Facets of the short form: domain description, below the table of forms.
    assert short.ids == ("D2A", "D4A", "D7A", "I1A", "I2A", "I5A", "DD1A", "DD3A", "ID1A", "ID2A", "RDA", "RIA")


def test_a_questionnaire_finds_its_items_and_the_facets_it_asks_about(balance):
    short = balance.questionnaire("short", "class", True, "en")
    assert short.item("D2A").text == "When a classmate has a hard day, I show up for them."
    assert [facet.id for facet in short.asked] == [item.facet for item in short.items]
    with pytest.raises(KeyError):
        short.item("D1A")


def test_an_antidote_can_be_named_even_where_its_own_items_are_left_out(balance):
    short = balance.questionnaire("short", "team", True, "en")
    assert short.facets[short.facets["DD1"].antidote].name == "Personal responsibility"


@pytest.mark.parametrize(("form", "context", "language"),
                         [("long", "team", "en"), ("short", "club", "en"), ("short", "team", "xx"),
                          ("short", "team", "EN")])
def test_an_unknown_form_context_or_language_is_refused_with_the_choices(balance, form, context, language):
    with pytest.raises(Invalid, match="Choose one of"):
        balance.questionnaire(form, context, True, language)


def test_the_antidotes_are_those_of_the_model(balance):
    facets = balance.questionnaire("deep", "team", True, "en").facets
    softened = {facet.name: facets[facet.antidote].name for facet in facets.values() if facet.antidote}
    # The antidote rule: domain description, construct map.
    assert softened == {
        "Manipulation": "Personal responsibility", "Smothering": "Freedom", "Powerlessness": "Self confidence",
        "Isolation": "Asking for help", "Disconnection": "Support", "Arrogance": "Understanding",
    }


def test_trust_openness_and_closeness_are_practised_only_where_one_feels_safe(balance):
    facets = balance.questionnaire("deep", "team", True, "en").facets.values()
    assert [facet.name for facet in facets if facet.safe] == ["Trust", "Openness", "Ease with closeness"]
    assert all(("nly where you feel safe" in facet.practice) == facet.safe for facet in facets)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "nly where you feel safe."), ("de", "Nur dort, wo du dich sicher fühlst."),
    ("fr", "Seulement là où tu te sens en sécurité."), ("es", "Solo donde te sientas a salvo.")])
def test_every_language_says_only_where_you_feel_safe_and_nowhere_else(library, language, words):
    for inventory in library.inventories.values():
        facets = inventory.questionnaire("standard", "team", True, language).facets.values()
        assert all(facet.practice.endswith(words) == facet.safe for facet in facets)


def test_five_facets_of_dependence_are_marked_as_our_own(balance):
    facets = balance.questionnaire("deep", "team", True, "en").facets.values()
    assert [facet.id for facet in facets if facet.origin == "ours"] == ["D4", "D5", "D6", "D7", "D8"]


def test_every_facet_has_two_prompts_that_ask_and_a_practice_that_tells(library):
    for inventory in library.inventories.values():
        for asked in inventory.questionnaires.values():
            for facet in asked.facets.values():
                assert len(facet.prompts) == 2
                assert all(prompt.endswith("?") for prompt in facet.prompts)
                assert facet.practice.endswith((".", ".”", "”."))


def test_what_an_inventory_is_made_of_stands_beside_it(balance):
    assert balance.source == BALANCE
    assert all(doubt.language in balance.languages and doubt.why for doubt in balance.doubts)


# ---- lines of a file


MANY_SHAPES = """# a comment
top = 1
[[facet]]
list = [
  "[facet]",
  "b = 1",
]
text = '''
[[facet]]
'''
b = 2

[facet.en]
name.first = 1
[[facet]]
  [[facet.deep]]
  b = {c = 3}
"""


def test_lines_are_found_below_headers_lists_and_strings_of_many_lines():
    source = Source("x.toml", MANY_SHAPES)
    assert source.lines == {
        ("top",): 2, ("facet",): 3, ("facet", 0): 3, ("facet", 0, "list"): 4, ("facet", 0, "text"): 8,
        ("facet", 0, "b"): 11,
        ("facet", 0, "en"): 13, ("facet", 0, "en", "name"): 14, ("facet", 0, "en", "name", "first"): 14,
        ("facet", 1): 15, ("facet", 1, "deep"): 16, ("facet", 1, "deep", 0): 16, ("facet", 1, "deep", 0, "b"): 17,
        ("facet", 1, "deep", 0, "b", "c"): 17,
    }
    assert source.line(("facet", 0, "en", "nowhere")) == 13


# ---- the library


def data_folder(root: Path, **files: str) -> Path:
    """A small data folder with these files added, folder and name joined by two underscores."""
    for name in ("inventories/balance.toml", "agendas/60.toml", "locales/en/common.toml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes((DATA / name).read_bytes())
    for name, text in files.items():
        (root / f"{name.replace('__', '/')}.toml").write_text(text, encoding="utf-8")
    return root


def test_the_library_holds_every_file_under_its_name(library):
    assert set(library.inventories) == {path.stem for path in (DATA / "inventories").glob("*.toml")}
    assert set(library.agendas) == {path.stem for path in (DATA / "agendas").glob("*.toml")}
    assert set(library.locales) == {path.name for path in (DATA / "locales").iterdir()}


def test_a_file_under_another_name_than_its_id_is_refused(tmp_path):
    with pytest.raises(Invalid, match=r"copy\.toml: its id is 'balance'\. Call the file balance\.toml"):
        load_library(data_folder(tmp_path, inventories__copy=BALANCE))


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    folder = data_folder(tmp_path)
    (folder / "inventories" / "balance.toml").write_bytes(BALANCE.encode("utf-16"))
    with pytest.raises(Invalid, match=r"balance\.toml: this is not UTF-8 text"):
        load_library(folder)


def test_an_agenda_that_names_a_facet_of_no_inventory_is_refused(tmp_path):
    agenda = (DATA / "agendas" / "60.toml").read_text(encoding="utf-8").replace('"D4"', '"D44"').replace('"60"', '"61"')
    with pytest.raises(Invalid, match=r"61\.toml, line \d+: 'D44' is not a facet"):
        load_library(data_folder(tmp_path, agendas__61=agenda))
