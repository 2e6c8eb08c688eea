"""The phone's script: for browsers of five years ago, over plain http, and nothing a policy would have to allow."""

import base64
import hashlib
import re

import pytest

from tests.script_names import tokens
from workshop.inventory import in_order, load_library
from workshop.phone import assets, shortened, words

LIBRARY = load_library()
NOTICES = ("raised", "key_lost", "damaged")  # the room names these itself
FILES = (*assets.DOOR_SCRIPTS, *assets.MINE_SCRIPTS)
# What ES2019, or a browser of 2020, does not know.
TOO_YOUNG = (r"\?\.(?!\d)|\?\?|\|\|=|&&=|replaceAll|replaceChildren|\.at\(|structuredClone|hasOwn\(|matchAll"
             r"|allSettled|Promise\.any|globalThis|import\(|\d_\d|\bBigInt\b|randomUUID|this\.#\w|:has\(")
# What works over https only, or lets a page out of its box.
NEEDS_HTTPS = (r"crypto\b|serviceWorker|wakeLock|clipboard|navigator\.(share|storage|locks|mediaDevices)|Notification"
               r"|caches\b")
UNSAFE = (r"\beval\(|new Function|document\.write|outerHTML|insertAdjacentHTML|setAttribute\('style|javascript:"
          r"|\bon[a-z]+=")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("pattern", [TOO_YOUNG, NEEDS_HTTPS, UNSAFE], ids=["too young", "needs https", "unsafe"])
def test_the_script_uses_nothing_an_old_phone_or_plain_http_lacks(name, pattern):
    code = re.sub(r"//.*", "", assets.read(name))
    assert re.findall(pattern, code) == []


def test_markup_is_only_ever_made_of_our_own_drawing():
    lines = [line.strip() for name in FILES for line in assets.read(name).splitlines() if "innerHTML" in line]
    assert lines == ["plane.innerHTML = texts.plane;   // our own drawing, with nothing of anybody's in it"]


def test_every_request_goes_to_this_site():
    assert not re.findall(r"https?://|//\w+\.\w+", "".join(map(assets.read, FILES)).replace("// ", ""))


@pytest.mark.parametrize("door", [True, False])
def test_the_policy_names_exactly_the_inline_script_and_style(door):
    policy = dict(part.strip().partition(" ")[::2] for part in assets.policy(door=door).split(";"))

    def named(text):
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
    assert policy == {
        "default-src": "'none'", "script-src": f"{named(assets.page_script(door=door))} 'strict-dynamic' 'self'",
        "style-src": named(assets.style()), "connect-src": "'self'", "img-src": "data:", "form-action": "'self'",
        "base-uri": "'none'", "frame-ancestors": "'none'",
    }


def test_tidying_takes_comments_indentation_and_the_room_around_signs_only():
    script = "// one\n  const a = 'x; }';  // two\n\n  if (b) {\n    /* three's */\n    c = a + +b - 'd' * e;\n  }\n"
    assert assets.tidied(script) == "const a='x; }';if(b){c=a + +b-'d'*e}\n"


@pytest.mark.parametrize("name", FILES)
def test_a_tidied_script_says_the_same(name):
    """But for the last semicolon of a block."""
    def said(script):
        every = [token.text for token in tokens(script)]
        return [text for text, after in zip(every, [*every[1:], ""], strict=True) if (text, after) != (";", "}")]
    assert said(assets.tidied(assets.read(name))) == said(assets.read(name))


@pytest.mark.parametrize("name", FILES)
def test_only_names_that_stand_for_themselves_are_shortened(name):
    every = list(tokens(assets.read(name)))
    renamed = [token.text for token in tokens(shortened.shortened(assets.read(name)))]
    inside = []
    for before, (kind, text), after, short in zip(["", *(one.text for one in every)], every,
                                                  [*(one.text for one in every[1:]), ""], renamed, strict=False):
        inside = [*inside, text] if text in ("(", "[", "{") else inside[:-1] if text in (")", "]", "}") else inside
        own = kind == "name" and before != "." and text in shortened.SHORT
        assert short == (shortened.SHORT[text] if own else text)
        if kind == "name" and text in shortened.SHORT:
            key = before in ("{", ",") and inside[-1:] == ["{"] and after in (",", "}", ":")
            assert before != ".", f"{text} is a member"
            assert not key, f"{text} is a key"


def test_short_names_are_nobodys_but_their_own():
    every = {token.text for name in FILES for token in tokens(assets.read(name)) if token.kind == "name"}
    assert set(shortened.SHORT.values()) & every == set()
    assert set(shortened.SHORT) <= every
    assert len(set(shortened.SHORT.values())) == len(shortened.SHORT)


@pytest.mark.parametrize("name", FILES)
def test_tidying_leaves_every_text_as_it_is(name):
    def texts(script):
        return re.findall(r"'(?:[^'\\\n]|\\.)*'", script)
    commented = re.sub(r"(?m)(?:^\s*| {2,})//.*$|/\*.*?\*/", "", assets.read(name))
    assert texts(assets.tidied(assets.read(name))) == texts(commented)


@pytest.mark.parametrize("name", FILES)
def test_no_text_spans_lines_that_tidying_would_join(name):
    assert "`" not in assets.read(name)


def test_every_word_the_script_says_is_there_and_every_word_is_said():
    english = LIBRARY.locales["en"]
    script = "".join(map(assets.read, FILES))
    templates = "".join(path.read_text() for path in (assets.FOLDER.parent / "templates").iterdir())
    python = "".join(path.read_text() for path in assets.FOLDER.parent.glob("*.py"))
    page = words.page_words(english, at_the_door=True)
    quoted = set(re.findall(r"'([a-z_0-9]+)'", script))
    views = {f"{view}_text" for view in quoted}
    for name in page:
        said = name in NOTICES or name in quoted or name in views or f"page.{name}" in templates + python
        assert said, f"nobody says phone.{name}"
    own = words.mine_words(english, LIBRARY.inventories["balance"].questionnaire("deep", "team", True, "en"))
    for name in own:
        assert name in quoted or name in script or f"words.{name}" in templates + python or f'"{name}"' in python, name
    for name in re.findall(r"\bsay\('([a-z_0-9]+)'", script):
        assert name in page
    for name in re.findall(r"\bmine\('([a-z_A-Z0-9]+)'", script):
        assert name in own


def test_nobody_on_the_phone_is_called_a_user_and_nothing_a_score():
    unkind = r"\b(users?|respondents?|scores?|results?|data|submit|error|invalid|please)\b|!"
    english = LIBRARY.locales["en"]
    spoken = {key: text for key, text in english.texts.items() if key.startswith("phone.")}
    found = {key: text for key, text in spoken.items() if re.search(unkind, text, re.IGNORECASE)}
    assert {key for key in found if "lease" not in found[key]} == set()


@pytest.mark.parametrize("form", ["short", "standard", "deep"])
@pytest.mark.parametrize("dark", [True, False])
def test_the_plain_form_starts_and_ends_light_and_keeps_dark_ones_in_the_midst(form, dark):
    one = LIBRARY.inventories["balance"].questionnaire(form, "team", dark, "en")
    poles = [item.pole for item in in_order(one.items, "K7QF2M")]
    assert sorted(poles) == sorted(item.pole for item in one.items)
    assert poles[0] in ("DL", "IL")
    assert poles[-1] in ("DL", "IL")
    if dark:
        peace = sum(pole in ("RD", "RI") for pole in poles)
        assert set(poles[-1 - peace:-1]) == {"RD", "RI"}
