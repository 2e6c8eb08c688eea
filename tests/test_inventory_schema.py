"""The format of an inventory file, as written for editors and for people."""

import json
import re
import tomllib
from collections.abc import Mapping

import pytest
from inventory_texts import BALANCE, ENGLISH, FOLDER, TEAM_CLIMATE
from jsonschema import Draft7Validator

from workshop.errors import Invalid
from workshop.inventory import advices, read_inventory
from workshop.inventory.language import OTHER, RULES, longest
from workshop.inventory.proof import FORMS, MOST_REVERSED
from workshop.settings import ROOT

SCHEMA = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
GUIDE = (ROOT / "docs" / "inventories.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```toml\n(.+?)```", GUIDE, re.DOTALL)


def accepts(text: str) -> bool:
    return Draft7Validator(SCHEMA).is_valid(tomllib.loads(text))


def test_the_schema_is_one():
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("text", [BALANCE, TEAM_CLIMATE, ENGLISH, EXAMPLE])
def test_what_the_product_reads_the_schema_accepts(text):
    assert list(Draft7Validator(SCHEMA).iter_errors(tomllib.loads(text))) == []
    assert text.startswith("#:schema ./schema.json\n")


# Damages of shape, which both have to refuse: the old words and the new ones.
SHAPES = [
    ("schema = 1\n", "schema = 2\n"), ("schema = 1\n", "schema = 1\nauthor = 'me'\n"),
    ('id = "balance"', 'id = "our balance"'), ('version = "1.0.0"', 'version = "1"'),
    ('referent = "self"', "referent = 7"),
    ('languages = ["en"]', 'languages = ["English"]'), ('languages = ["en"]', 'languages = ["id"]'),
    ('languages = ["en"]', 'languages = "en"'), ('"family", "class"]', '"family", "club"]'),
    ('"standard", "deep"]', '"standard", "deep", "deep"]'), ("points = 5", "points = 6"), ("points = 5", "point = 5"),
    ('title = "Both sides"', "title = 1"), ('title = "Both sides"', 'title = " Both sides"'),
    ('title = "Both sides"', 'title = ""'), ('title = "Both sides"', f'title = "{"x" * 61}"'),
    ('about = "24', 'about = "{n}'), ('"Almost never", "Seldom", ', ""), ('id = "D2"\npole', 'id = "d2"\npole'),
    ('pole = "RI"', 'pole = "XX"'), ('pole = "RI"', 'pole = "RI"\nantidote = "I4"'), ('antidote = "I4"\n', ""),
    ('short = true\nantidote = "I4"', 'short = "yes"\nantidote = "I4"'), ('name = "Trust"\n', ""),
    ('name = "Trust"', 'name = "two\\nlines"'), (', "When does giving turn into a bill?"', ""),
    ('id = "D3B"', 'id = "D3C"'), ('facet = "RI"\nkeyed = -1', 'facet = "RI"\nkeyed = -2'),
    ('team = "I enjoy time on my own."', 'club = "I enjoy time on my own."'),
    ('team = "I enjoy time on my own."', f'team = "{"x" * 120}"'), ('team = "I enjoy time on my own."', "team = []"),
    ('pole = "RI"\norigin = "article-derived"', 'pole = "RI"'),
    ("[scale]", '[[doubtful]]\nlanguage = "en"\nwhere = "D1A"\nwhy = "?"\n[scale]'),
]


@pytest.mark.parametrize(("old", "new"), SHAPES)
def test_what_the_schema_refuses_the_product_refuses_too(old, new):
    assert ENGLISH.count(old) == 1
    broken = ENGLISH.replace(old, new)
    assert not accepts(broken)
    with pytest.raises(Invalid):
        read_inventory(broken, "ours.toml")


def properties(schema: Mapping[str, object]) -> set[str]:
    """Every key that the schema knows, at any depth."""
    found: set[str] = set()
    for name, value in schema.items():
        if isinstance(value, Mapping):
            found |= properties(value) | (set(value) if name == "properties" else set())
    return found


def test_the_guide_names_every_key_of_the_schema():
    told = set(re.findall(r"\w+", " ".join(re.findall(r"`[^`]+`", GUIDE[:GUIDE.index("```toml")]))))
    assert properties(SCHEMA) - told == set()


def test_the_guide_says_the_numbers_that_are_checked():
    for name, language in (("English", "en"), ("German", "de"), ("French", "fr"), ("Spanish", "es")):
        one = RULES[language]
        assert f"| {name} | {one.characters} | {longest(language, 'family')} | {one.words} | {one.words + 2} |" in GUIDE
    assert f"| any other | {OTHER.characters} | {longest('xx', 'family')} | not counted |" in GUIDE
    for form, counts in FORMS.items():
        total = sum(counts.values())
        row = " | ".join(map(str, counts.values()))
        assert re.search(rf"\| {form} \| [^|]+ \| {re.escape(row)} \| {total // MOST_REVERSED} of {total} \|", GUIDE)


def test_the_example_of_the_guide_is_a_whole_inventory_with_nothing_to_say_against():
    ours = read_inventory(EXAMPLE, "our-choir.toml")
    assert (ours.id, ours.forms, ours.contexts, len(ours.questionnaires)) == ("our-choir", ("short",), ("team",), 2)
    assert advices(ours, "our-choir.toml") == ()


def texts(value: object) -> int:
    """How many texts stand in a table, at any depth."""
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return isinstance(value, str) + sum(map(texts, inside))


def test_the_guide_says_how_many_texts_there_are_and_how_many_are_doubtful():
    for text, said in ((BALANCE, "*balance* has {} texts in each language ({} of them"),
                       (TEAM_CLIMATE, "*team climate* {} ({} statements)")):
        body = tomllib.loads(text)
        for language in body["languages"]:
            statements = sum(texts(item[language]) for item in body["item"])
            words = texts(body["language"][language]) + sum(texts(facet[language]) for facet in body["facet"])
            assert said.format(words + statements, statements) in GUIDE
    doubts = [len(tomllib.loads(text)["doubtful"]) for text in (BALANCE, TEAM_CLIMATE)]
    assert "{} in *balance* and {} in *team climate*".format(*doubts) in GUIDE
