"""Inventories and the library: what ships is right, and what is wrong is named with its line."""

import re
from collections import Counter
from pathlib import Path

import pytest

from workshop.errors import Invalid
from workshop.inventory import Inventory, Library, load_library, read_inventory
from workshop.inventory.source import Source
from workshop.settings import DATA

BALANCE = (DATA / "inventories" / "balance.toml").read_text(encoding="utf-8")
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
    assert "en" in balance.languages


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
                         [("long", "team", "en"), ("short", "club", "en"), ("short", "team", "xx")])
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


def test_five_facets_of_dependence_are_marked_as_our_own(balance):
    facets = balance.questionnaire("deep", "team", True, "en").facets.values()
    assert [facet.id for facet in facets if facet.origin == "ours"] == ["D4", "D5", "D6", "D7", "D8"]


def test_every_facet_has_two_prompts_that_ask_and_a_practice_that_tells(balance):
    for facet in balance.questionnaire("deep", "team", True, "en").facets.values():
        assert len(facet.prompts) == 2
        assert all(prompt.endswith("?") for prompt in facet.prompts)
        assert facet.practice.endswith((".", "”"))


# ---- the wording, by the rules it was written by (domain description, writing rules)


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_statement_is_short_enough_for_a_small_phone(balance, context):
    characters, words = (76, 16) if context == "family" else (70, 14)
    for item in balance.questionnaire("deep", context, True, "en").items:
        assert len(item.text) <= characters, item
        assert len(item.text.split()) <= words, item


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_statement_is_a_negation_and_no_slot_is_left_open(balance, context):
    for item in balance.questionnaire("deep", context, True, "en").items:
        assert not re.search(r"\b(not|never|cannot)\b|n['’]t\b|[{}]", item.text, re.IGNORECASE), item


@pytest.mark.parametrize("context", CONTEXTS)
def test_ids_and_statements_are_unique_within_a_context(balance, context):
    items = balance.questionnaire("deep", context, True, "en").items
    assert len({item.id for item in items}) == len({item.text for item in items}) == 48


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_statement_speaks_of_its_own_context(balance, context):
    strangers = {"partner": "partner", "team": "teammate", "family": "my family", "class": "classmate"}
    text = " ".join(item.text for item in balance.questionnaire("deep", context, True, "en").items)
    assert [name for name, word in strangers.items() if word in text] == [context]


def test_working_together_is_not_growing_close(balance):
    deep = {context: balance.questionnaire("deep", context, True, "en") for context in CONTEXTS}
    assert deep["team"].item("D8A").text == "I feel at ease working side by side with a teammate."
    assert deep["class"].item("D8B").text == "When a classmate wants to work closely, I want to pull back."
    assert deep["team"].item("DD2B").text == "I feel uneasy when teammates do things apart from me."
    assert deep["partner"].item("D8A").text == "I feel at ease when my partner and I grow close."


# ---- an inventory file that cannot be used


# What is broken: the old words, the new ones, the words on the line to name, lines below them, words of the mend.
REFUSALS = {
    "unknown facet": ('facet = "D3"\nkeyed = 1\n[item.en]\npartner = "I can', 'facet = "D33"\nkeyed = 1\n[item.en]\n'
                      'partner = "I can', 'facet = "D33"', 0, "one of D1, D2"),
    "slip in a key": ('pole = "RI"', 'pole = "RI"\npool = "RI"', 'pool = "RI"', 0, "'pool' is not known here"),
    "unknown pole": ('pole = "RI"', 'pole = "XX"', 'pole = "XX"', 0, "one of DL, IL"),
    "item id of another facet": ('id = "D3B"', 'id = "D4C"', 'id = "D4C"', 0, "D3A or D3B"),
    "item id twice": ('id = "D3B"', 'id = "D3A"', "I can put into words what my partner", -4, "here twice"),
    "facet id twice": ('id = "D2"\npole', 'id = "D1"\npole', 'name = "Support"', -5, "the facet D1 is here twice"),
    "facet id in small letters": ('id = "D2"\npole', 'id = "d2"\npole', 'id = "d2"', 0, "look like 'D1'"),
    "context missing": ('team = "I enjoy time on my own."\n', "", 'class = "I enjoy', -3, "team is missing here"),
    "language table missing": ('[item.en]\npartner = "I enjoy', 'partner = "I enjoy', 'partner = "I enjoy', 0,
                               "Known are"),
    "empty text": ('partner = "I enjoy time on my own."', 'partner = " "', 'partner = " "', 0, "text in quotes"),
    "text of two lines": ('partner = "I enjoy time', 'partner = "I enjoy\\ntime', "I enjoy\\ntime", 0, "one line"),
    "number for a text": ('partner = "I enjoy time on my own."', "partner = 7", "partner = 7", 0, "it is 7"),
    "text twice": ('team = "Time alone wears me down."', 'team = "I enjoy time on my own."', 'partner = "Time alone', 1,
                   "also that of I7A"),
    "antidote that is not there": ('antidote = "I4"', 'antidote = "I9"', 'antidote = "I9"', 0, "of the pole IL"),
    "antidote of the same side": ('antidote = "I4"', 'antidote = "D1"', 'antidote = "D1"', 0, "has to be of IL"),
    "antidote missing": ('antidote = "I4"\n', "", 'name = "Manipulation"', -6, "antidote is missing"),
    "antidote of a light facet": ('pole = "RI"\n', 'pole = "RI"\nantidote = "I4"\n', 'name = "At peace with standing',
                                  -4, "only facets of the poles DD and ID"),
    "key of two": ('facet = "RI"\nkeyed = -1', 'facet = "RI"\nkeyed = -2', "keyed = -2", 0, "1 or -1"),
    "key in quotes": ('facet = "RI"\nkeyed = -1', 'facet = "RI"\nkeyed = "-1"', 'keyed = "-1"', 0, "whole number"),
    "six points": ("points = 5", "points = 6", "points = 6", 0, "5 or 7"),
    "seven points, five anchors": ("points = 5", "points = 7", "anchors = [", 0, "list of 7 texts in quotes"),
    "two anchors alike": ('"Seldom", "Sometimes"', '"Often", "Sometimes"', "anchors = [", 0, "read the same"),
    "short in quotes": ('short = true\nantidote = "I4"', 'short = "yes"\nantidote = "I4"', 'short = "yes"', 0,
                        "true or false"),
    "unknown context": ('"family", "class"]', '"family", "club"]', "contexts = [", 0, "'club'"),
    "language named and unwritten": ('languages = ["en"]', 'languages = ["en", "de"]', 'title = "Both sides"', -1,
                                     "add a line [language.de]"),
    "strange language": ('languages = ["en"]', 'languages = ["English"]', "languages = [", 0, '"pt-BR"'),
    "one prompt": (', "When does giving turn into a bill?"', "", "What makes giving", 0, "list of 2 texts"),
    "version of one number": ('version = "1.0.0"', 'version = "1"', 'version = "1"', 0, "'1.0.0'"),
    "schema of another time": ("schema = 1\n", "schema = 2\n", "schema = 2", 0, "whole number, 1"),
    "too few in the short form": ('short = true\nantidote = "I4"\n', 'antidote = "I4"\n', 'name = "Powerlessness"', -5,
                                  "the short form has 1 items of the pole DD and needs 2"),
    "too many in the short form": ('id = "DD2"\n', 'id = "DD2"\nshort = true\n', 'name = "Powerlessness"', -5,
                                   "the short form has 3 items of the pole DD and needs 2"),
    "bracket left open": ("[scale]", "[scale", "[scale", 0, "Look there for a missing quote, bracket"),
    "quote left open": ('practice = "Once,', "practice = Once,", "practice = Once,", 0, "equals sign"),
}


def line_of(text: str, words: str) -> int:
    """The number of the only line that holds these words."""
    (number,) = [number for number, line in enumerate(text.splitlines(), 1) if words in line]
    return number


def without(text: str, words: str) -> str:
    """The text without the paragraph that holds these words."""
    return "\n\n".join(part for part in text.split("\n\n") if words not in part)


@pytest.mark.parametrize("name", REFUSALS)
def test_a_file_that_cannot_be_used_is_refused_with_its_line_and_the_mend(name):
    old, new, where, below, words = REFUSALS[name]
    assert BALANCE.count(old) == 1
    broken = BALANCE.replace(old, new)
    with pytest.raises(Invalid) as refusal:
        read_inventory(broken, "ours.toml")
    message = refusal.value.message
    assert refusal.value.code == "inventory"
    assert words in message
    assert message.startswith("ours.toml")
    assert re.findall(r"line (\d+)", message)[0] == str(line_of(broken, where) + below)


def test_a_facet_without_its_first_item_is_refused():
    with pytest.raises(Invalid, match=r"the facet I7 has no item I7A; add one"):
        read_inventory(without(BALANCE, '"I7A"'), "ours.toml")


def test_a_deep_form_with_a_single_item_of_a_facet_is_refused():
    with pytest.raises(Invalid, match=r"the deep form has 15 items of the pole IL and needs 16"):
        read_inventory(without(BALANCE, '"I7B"'), "ours.toml")


def test_an_inventory_without_a_deep_form_needs_no_second_items():
    light = re.sub(r'\[\[item\]\]\nid = "\w+B"\n(.+\n)+', "", BALANCE).replace(', "deep"]', "]")
    ours = read_inventory(light, "ours.toml")
    assert ours.forms == ("short", "standard")
    assert len(ours.questionnaire("standard", "team", True, "en").items) == 24


def test_a_pole_that_is_missing_altogether_is_refused():
    with pytest.raises(Invalid, match=r"the short form has 2 items of the pole RD and needs 1"):
        read_inventory(BALANCE.replace('pole = "RI"', 'pole = "RD"'), "ours.toml")


GERMAN = """
[language.de]
title = "Beide Seiten"
about = "Anlehnen und auf eigenen Füßen stehen."
anchors = ["Fast nie", "Selten", "Manchmal", "Oft", "Fast immer"]
[language.de.stem]
partner = "Denk an euch beide."
team = "Denk an dein Team."
family = "Denk an deine Familie."
class = "Denk an deine Klasse."

# ---- Dependence, light"""


def test_a_second_language_stands_beside_the_first_as_whole_sentences():
    def twice(table: re.Match[str]) -> str:
        german = table.group(2).replace('= "', '= "DE ').replace('["', '["DE ')
        return f"{table.group()}{table.group(1)}de{german}"

    both = re.sub(r"(\[(?:facet|item)\.)en(\]\n(?:.+\n)+)", twice, BALANCE)
    both = both.replace('languages = ["en"]', 'languages = ["en", "de"]').replace("\n# ---- Dependence, light", GERMAN)
    ours = read_inventory(both, "ours.toml")
    asked = ours.questionnaire("deep", "team", True, "de")
    assert asked.items[0].text == "DE I give freely to a teammate, just because I want to."
    assert (asked.stem, asked.scale.anchors[0], asked.language) == ("Denk an dein Team.", "Fast nie", "de")
    assert asked.facets["D1"].name == "DE Generosity"
    assert ours.questionnaire("deep", "team", True, "en").facets["D1"].name == "Generosity"


@pytest.mark.parametrize("disguise", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_a_file_from_another_system_reads_the_same_and_keeps_its_lines(disguise):
    ours, balance = read_inventory(disguise(BALANCE), "ours.toml"), read_inventory(BALANCE, "balance.toml")
    assert ours.questionnaires == balance.questionnaires
    broken = disguise(BALANCE.replace('pole = "RI"', 'pole = "XX"'))
    with pytest.raises(Invalid, match=f"line {line_of(broken, 'XX')}: "):
        read_inventory(broken, "ours.toml")


@pytest.mark.parametrize("text", ["", "x = " + "[" * 5000, "x = " + "9" * 5000, "x = 1\nx = 2", "x = '''\n\n"])
def test_a_hostile_file_is_refused_in_words(text):
    with pytest.raises(Invalid, match=r"ours\.toml"):
        read_inventory(text, "ours.toml")


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
