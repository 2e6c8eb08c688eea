"""An inventory file that cannot be used: every fault with its line and the mend, all of them in one go."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from inventory_texts import BALANCE, ENGLISH, line_of, short_form_only, without

from workshop.errors import Invalid
from workshop.inventory import Faulty, read_inventory
from workshop.inventory.faults import MOST_TOLD
from workshop.inventory.source import MOST_CHARACTERS

SMALL = short_form_only(ENGLISH)
LONG = "I enjoy time on my own in the quiet of the long late hours of every day"

# What is broken: the old words, the new ones, the words on the line to name, lines below them, words of the mend.
DAMAGES = {
    "unknown facet": ('facet = "D3"\nkeyed = 1\n[item.en]\npartner = "I can', 'facet = "D33"\nkeyed = 1\n[item.en]\n'
                      'partner = "I can', 'facet = "D33"', 0, "one of D1, D2"),
    "slip in a key": ('pole = "RI"', 'pole = "RI"\npool = "RI"', 'pool = "RI"', 0, "'pool' is not known here"),
    "slip in a key of an item": ('id = "I7B"', 'id = "I7B"\nkeyd = 1', "keyd", 0, "Known are id, facet, keyed, en"),
    "slip in a key of the scale": ("points = 5", "points = 5\npoint = 5", "point = 5", 0, "'point' is not known here"),
    "slip in a key of the file": ("schema = 1", "schema = 1\nauthor = 1", "author", 0, "Known are schema, id"),
    "unknown pole": ('pole = "RI"', 'pole = "XX"', 'pole = "XX"', 0, "one of DL, IL"),
    "unknown referent": ('referent = "self"', 'referent = "boss"', "referent", 0, "one of self, team"),
    "unknown form": ('"standard", "deep"]', '"standard", "long"]', "forms = [", 0, "'long'"),
    "no form": ('forms = ["short", "standard", "deep"]', "forms = []", "forms = [", 0, "list of one or more"),
    "id with a space": ('id = "balance"', 'id = "our balance"', 'id = "our', 0, "look like 'our-team'"),
    "item id of another facet": ('id = "D3B"', 'id = "D4C"', 'id = "D4C"', 0, "D3A or D3B"),
    "item id twice": ('id = "D3B"', 'id = "D3A"', "I can put into words what my partner", -4, "here twice"),
    "facet id twice": ('id = "D2"\npole', 'id = "D1"\npole', 'name = "Support"', -5, "the facet D1 is here twice"),
    "facet id in small letters": ('id = "D2"\npole', 'id = "d2"\npole', 'name = "Support"', -5, "look like 'D1'"),
    "facet without an id": ('id = "D2"\npole', "pole", 'name = "Support"', -5, "id is missing here"),
    "item without a key": ('facet = "RI"\nkeyed = -1\n', 'facet = "RI"\n', "Old times of being alone still sting.\"\n"
                           "team", -4, "keyed is missing here"),
    "context missing": ('team = "I enjoy time on my own."\n', "", 'class = "I enjoy', -3, "team is missing here"),
    "stem missing": ("class = \"Think of you and your classmates", "# \"", "[language.en.stem]", 0,
                     "class is missing here"),
    "name missing": ('name = "Trust"\n', "", "How is trust built", -1, "name is missing here"),
    "scale missing": ("[scale]\npoints = 5\n", "", "#:schema", 0, "add a line [scale]"),
    "empty text": ('partner = "I enjoy time on my own."', 'partner = " "', 'partner = " "', 0, "text in quotes"),
    "text of two lines": ('partner = "I enjoy time', 'partner = "I enjoy\\ntime', "I enjoy\\ntime", 0, "one line"),
    "text with an arrow that turns": ('partner = "I enjoy time', 'partner = "I enjoy\\u202etime', "u202e", 0,
                                      "invisible character U+202E"),
    "text with a bell": ('partner = "I enjoy time', 'partner = "I enjoy\\u0007time', "u0007", 0, "U+0007"),
    "space at the end": ('name = "Trust"', 'name = "Trust "', 'name = "Trust "', 0, "begins or ends with a space"),
    "number for a text": ('partner = "I enjoy time on my own."', "partner = 7", "partner = 7", 0, "it is 7"),
    "text too long": ('partner = "I enjoy time on my own."', f'partner = "{LONG}."', f'partner = "{LONG}', 0,
                      "at most 70 characters; it has 72"),
    "too many words": ('team = "I enjoy time on my own."', f'team = "{"I am so " * 5}."', "I am so", 0,
                       "at most 14 are read at a glance"),
    "slot in a statement": ('team = "I enjoy time on my own."', 'team = "I enjoy {one}."', "{one}", 0,
                            "has a slot in braces"),
    "slot in a name": ('name = "Trust"', 'name = "Trust {n}"', "{n}", 0, "has a slot in braces"),
    "text twice": ('team = "Time alone wears me down."', 'team = "I enjoy time on my own."', 'partner = "Time alone', 1,
                   "also that of I7A"),
    "text twice but for case": ('team = "Time alone wears me down."', 'team = "I ENJOY time, on my own!"', "I ENJOY", 0,
                                "also that of I7A"),
    "antidote that is not there": ('antidote = "I4"', 'antidote = "I9"', 'antidote = "I9"', 0, "of the pole IL"),
    "antidote of the same side": ('antidote = "I4"', 'antidote = "D1"', 'antidote = "D1"', 0, "has to be of IL"),
    "antidote missing": ('antidote = "I4"\n', "", 'name = "Manipulation"', -6, "antidote is missing"),
    "antidote of a light facet": ('pole = "RI"\n', 'pole = "RI"\nantidote = "I4"\n', 'name = "At peace with standing',
                                  -4, "only facets of the poles DD and ID"),
    "key of two": ('facet = "RI"\nkeyed = -1', 'facet = "RI"\nkeyed = -2', "keyed = -2", 0, "1 or -1"),
    "key in quotes": ('facet = "RI"\nkeyed = -1', 'facet = "RI"\nkeyed = "-1"', 'keyed = "-1"', 0, "whole number"),
    "too many reversed": ('id = "D2A"\nfacet = "D2"\nkeyed = 1', 'id = "D2A"\nfacet = "D2"\nkeyed = -1',
                          "I say yes to my partner", -2, "3 of the 12 of the short form, 5 of the 24"),
    "six points": ("points = 5", "points = 6", "points = 6", 0, "5 or 7"),
    "seven points, five anchors": ("points = 5", "points = 7", "anchors = [", 0, "list of 7 texts in quotes"),
    "two anchors alike": ('"Seldom", "Sometimes"', '"often", "Sometimes"', "anchors = [", 0, "read the same"),
    "anchor too long": ('"Seldom"', '"Seldom, if ever, in my life"', "anchors = [", 0, "at most 24 characters"),
    "short in quotes": ('short = true\nantidote = "I4"', 'short = "yes"\nantidote = "I4"', 'short = "yes"', 0,
                        "true or false"),
    "safe as a number": ("safe = true\n[facet.en]\nname = \"Trust\"", "safe = 1\n[facet.en]\nname = \"Trust\"",
                         "safe = 1", 0, "true or false"),
    "unknown context": ('"family", "class"]', '"family", "club"]', "contexts = [", 0, "'club'"),
    "context twice": ('"family", "class"]', '"family", "class", "class"]', "contexts = [", 0, "'class'"),
    "strange language": ('languages = ["en"]', 'languages = ["English"]', "languages = [", 0, '"pt-BR"'),
    "Indonesian": ('languages = ["en"]', 'languages = ["en", "id"]', "languages = [", 0, '"id-ID"'),
    "one prompt": (', "When does giving turn into a bill?"', "", "What makes giving", 0, "list of 2 texts"),
    "prompts in one text": ('prompts = ["What makes giving feel light?", "When does giving turn into a bill?"]',
                            'prompts = "What makes giving feel light?"', "What makes giving", 0, "it has none"),
    "version of one number": ('version = "1.0.0"', 'version = "1"', 'version = "1"', 0, "'1.0.0'"),
    "schema of another time": ("schema = 1\n", "schema = 2\n", "schema = 2", 0, "whole number, 1"),
    "too few in the short form": ('short = true\nantidote = "I4"\n', 'antidote = "I4"\n', 'name = "Powerlessness"', -5,
                                  "the short form has 1 items of the pole DD and needs 2"),
    "too many in the short form": ('id = "DD2"\n', 'id = "DD2"\nshort = true\n', 'name = "Powerlessness"', -5,
                                   "the short form has 3 items of the pole DD and needs 2"),
    "doubt about nothing": ("[scale]", '[[doubtful]]\nlanguage = "en"\nwhere = "item.D9A"\nwhy = "?"\n\n[scale]',
                            "item.D9A", 0, "name what is there"),
    "doubt about a context that is not": ("[scale]", '[[doubtful]]\nlanguage = "en"\nwhere = "item.D1A.club"\n'
                                          'why = "?"\n\n[scale]', "item.D1A.club", 0, "name what is there"),
    "doubt in a language that is not": ("[scale]", '[[doubtful]]\nlanguage = "xx"\nwhere = "item.D1A"\nwhy = "?"\n\n'
                                        "[scale]", 'language = "xx"', 0, "one of en"),
    "doubt without a reason": ("[scale]", '[[doubtful]]\nlanguage = "en"\nwhere = "item.D1A"\n\n[scale]',
                               'where = "item.D1A"', -2, "why is missing"),
}


def faults_of(text: str) -> Faulty:
    with pytest.raises(Faulty) as refusal:
        read_inventory(text, "ours.toml")
    assert refusal.value.code == "inventory"
    return refusal.value


@pytest.mark.parametrize("name", DAMAGES)
def test_one_damage_is_told_once_with_its_line_and_the_mend(name):
    old, new, where, below, words = DAMAGES[name]
    assert ENGLISH.count(old) == 1
    broken = ENGLISH.replace(old, new)
    (fault,) = faults_of(broken).faults
    assert words in fault.message
    head, _, rest = where.partition("\n")
    place = broken.index(where) if rest else None
    line = broken.count("\n", 0, place) + 1 if place is not None else line_of(broken, head)
    assert fault.line == line + below
    assert faults_of(broken).message == f"ours.toml, line {fault.line}: {fault.message}"


# What rests on the whole is only told when the parts can be read, or is undone by another damage.
OF_THE_WHOLE = {"too few in the short form", "too many in the short form", "too many reversed", "unknown facet",
                "scale missing", "context missing", "text twice", "text twice but for case",
                "antidote that is not there"}


def test_all_faults_of_a_file_are_told_in_one_go():
    broken, done = ENGLISH, []
    for name in (name for name in DAMAGES if name not in OF_THE_WHOLE):
        old, new, *_ = DAMAGES[name]
        if broken.count(old) == 1:
            broken, done = broken.replace(old, new), [*done, name]
    assert len(done) > 25
    found = faults_of(broken).faults
    assert [name for name in done if not any(DAMAGES[name][-1] in fault.message for fault in found)] == []
    assert list(found) == sorted(found)


def test_the_same_fault_in_many_places_is_told_once_with_the_lines():
    message = faults_of(ENGLISH.replace("[item.en]", "[item.es]")).message.splitlines()
    assert len(message) == 2
    assert re.fullmatch(r"ours\.toml, line \d+: the table en is missing here; add a line \[item\.en\] and what belongs "
                        r"under it\. \(also line \d+, \d+, \d+, \d+, \d+ and 42 more\)", message[0])


def test_a_language_that_is_named_and_not_written_is_told_in_three_lines():
    told = faults_of(ENGLISH.replace('languages = ["en"]', 'languages = ["en", "de"]')).message
    assert re.findall(r"add a line (\S+)", told) == ["[language.de]", "[facet.de]", "[item.de]"]


def test_a_language_that_is_written_and_not_named_is_told_in_three_lines():
    told = faults_of(BALANCE.replace('languages = ["en", "de", "fr", "es"]', 'languages = ["en", "de", "fr"]')).message
    assert len(told.splitlines()) == 4  # and the doubtful strings of that language
    assert told.count("'es' is not known here") == 3


def test_a_file_of_nothing_but_faults_keeps_its_message_short():
    text = "".join(f"x{number} = {number}\n" for number in range(1000)) + ENGLISH
    refusal = faults_of(text)
    assert len(refusal.faults) == 1000
    assert len(refusal.message.splitlines()) == MOST_TOLD + 1
    assert refusal.message.endswith("ours.toml: 970 more faults; mend these first.")


def test_a_facet_without_its_first_item_is_refused():
    (fault,) = faults_of(without(ENGLISH, '"I7A"')).faults
    assert fault.message == "the facet I7 has no item I7A; add one."


def test_a_deep_form_with_a_single_item_of_a_facet_is_refused():
    (fault,) = faults_of(without(ENGLISH, '"I7B"')).faults
    assert "the deep form has 15 items of the pole IL and needs 16" in fault.message


def test_a_pole_that_is_missing_altogether_is_refused():
    told = faults_of(ENGLISH.replace('pole = "RI"', 'pole = "RD"')).message
    assert "the short form has 2 items of the pole RD and needs 1" in told
    assert "the deep form has 0 items of the pole RI and needs 2" in told


def test_a_file_with_only_its_head_is_told_what_it_lacks():
    told = faults_of(ENGLISH[:ENGLISH.index("[[facet]]")]).message
    assert "there is no facet here; begin each with a line [[facet]]" in told
    assert "there is no item here; begin each with a line [[item]]" in told


def test_an_inventory_without_a_deep_form_needs_no_second_items():
    light = re.sub(r'\[\[item\]\]\nid = "\w+B"\n(.+\n)+', "", ENGLISH).replace(', "deep"]', "]")
    ours = read_inventory(light, "ours.toml")
    assert ours.forms == ("short", "standard")
    assert len(ours.questionnaire("standard", "team", True, "en").items) == 24


def test_an_inventory_may_have_the_short_form_alone():
    ours = read_inventory(SMALL, "ours.toml")
    assert len(ours.questionnaire("short", "class", True, "en").items) == 12


# ---- files that mean no good


@pytest.mark.parametrize("disguise", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_a_file_from_another_system_reads_the_same_and_keeps_its_lines(disguise):
    ours, balance = read_inventory(disguise(BALANCE), "ours.toml"), read_inventory(BALANCE, "balance.toml")
    assert ours.questionnaires == balance.questionnaires
    broken = disguise(BALANCE.replace('pole = "RI"', 'pole = "XX"'))
    with pytest.raises(Invalid, match=f"line {line_of(broken, 'XX')}: "):
        read_inventory(broken, "ours.toml")


@pytest.mark.parametrize(("text", "words"), [
    ("", "schema is missing"), ("x = " + "[" * 5000, "brackets within brackets"), ("x = " + "9" * 5000, "not readable"),
    ("x = 1\nx = 2", "The same key is there twice"), ("[scale]\n[scale]", "The same table is there twice"),
    ("x = '''\n\n", "missing quote"), ("\x00\x01\x02", "not readable TOML"), ('x = "a\x07b"', "Remove that character"),
    ("\x89PNG\r\n\x1a\n", "not readable TOML"), ("<html>", "not readable TOML"), ("a = 1\rb = 2", "not readable TOML"),
    (ENGLISH + 'id = "twice"', "'id' is not known here"), ("# " + "x" * MOST_CHARACTERS, "at most 1000000 are read"),
    ("facet = 1\nitem = [1]\nlanguage = 3\nscale = []", "there is no facet here"),
])
def test_a_hostile_file_is_refused_in_words(text, words):
    with pytest.raises(Invalid) as refusal:
        read_inventory(text, "ours.toml")
    assert refusal.value.message.startswith("ours.toml")
    assert words in refusal.value.message
    assert len(refusal.value.message) < 6000


def assignments(text: str) -> list[tuple[int, str]]:
    """Every key of the file with its line, the first of each name in each kind of table."""
    found, header = {}, ""
    for number, line in enumerate(text.splitlines(), 1):
        header = line if line.startswith("[") else header
        if match := re.match(r"(\w+) = ", line):
            found.setdefault((header, match.group(1)), number)
    return [(number, key) for (_, key), number in found.items()]


@pytest.mark.parametrize("value", ["7", "-1.5", "true", "[]", "{}", '""', "[[1]]", "[{a = 1}]", "1979-05-27", "nan",
                                   '"' + "x" * 3000 + '"', '"\\u0000"', "[" + "7, " * 3000 + "]"])
def test_a_value_of_a_wrong_kind_is_named_with_its_line_wherever_it_stands(value):
    lines = SMALL.splitlines()
    for number, key in assignments(SMALL):
        broken = "\n".join([*lines[:number - 1], f"{key} = {value}", *lines[number:]])
        if (key, value) in {("short", "true"), ("safe", "true"), ("points", "7")}:
            continue
        refusal = faults_of(broken)
        assert any(fault.line == number for fault in refusal.faults), (key, refusal.message)
        assert all(len(line) < 400 for line in refusal.message.splitlines())


@pytest.mark.parametrize(("old", "new"), [
    ("[scale]", "[[scale]]"), ("[language.en]", "[[language.en]]"), ("[language.en.stem]", "[[language.en.stem]]"),
    ("[[facet]]", "[facet]"), ("[[item]]", "[item]"), ("[facet.en]", "[[facet.en]]"), ("[item.en]", "[[item.en]]"),
    ("[scale]", "[scale.scale]"), ("[item.en]", "[item.en.en]"),
])
def test_a_table_of_a_wrong_kind_is_refused_in_words(old, new):
    with pytest.raises(Invalid, match=r"ours\.toml"):
        read_inventory(SMALL.replace(old, new), "ours.toml")


@settings(max_examples=60, deadline=None)
@given(some.integers(0, len(SMALL)), some.integers(0, 400), some.text(max_size=6))
def test_whatever_is_cut_out_or_put_in_is_read_or_refused_and_nothing_in_between(start, length, put):
    text = SMALL[:start] + put + SMALL[start + length:]
    told = refusal_of(text)
    if isinstance(told, Faulty):
        assert all(1 <= fault.line <= text.count("\n") + 1 for fault in told.faults)
    elif told:
        assert "not readable TOML" in told.message
    else:
        assert len(read_inventory(text, "ours.toml").questionnaires) == 8


def refusal_of(text: str) -> Invalid | None:
    try:
        read_inventory(text, "ours.toml")
    except Invalid as refusal:
        return refusal
    return None


def test_a_large_file_full_of_lists_is_refused_in_a_moment():
    many = "".join(f"a{number} = [\n" + "1,\n" * 150 + "]\n" for number in range(600))
    assert len(faults_of(many + SMALL).faults) == 600
