"""The phone's script against browsers of five years ago over plain http: its grammar, and what it takes from them.

The script is taken apart; the browser at hand tells which of its names are a browser's own; those have to stand in the
lists below, which hold nothing that came after 2019 and nothing that needs https. A name that is new here is looked up
first, and listed by hand.
"""

import re

import pytest

from tests.script_names import Token, alone, members, tokens
from workshop.phone import assets


def listed(names: str) -> frozenset[str]:
    """A list to read, as a set."""
    return frozenset(names.split())


FILES = (*assets.DOOR_SCRIPTS, *assets.MINE_SCRIPTS)
SIGNS = listed("! % ( ) * + , - . / : ; < = > ? [ ] ^ { | } !== && ** ++ -- ... <= === => >= >>> ||")
YOUNG_WORDS = {"class", "async", "await", "import", "export", "static", "yield", "BigInt", "globalThis", "WeakRef"}
GLOBALS = listed("""AbortController Blob Date EventSource JSON Math Object Promise Set clearTimeout document fetch
localStorage location requestAnimationFrame sessionStorage setTimeout window""")
MEMBERS = listed("""SQRT2 abort abs activeElement add addEventListener append assign body ceil children className click
close concat contains createElement cssRules data dataset delete documentElement endsWith error filter find floor focus
forEach getElementById getItem head hidden id imul includes innerHTML insertRule join key keys labels lang length map
min name now ok onkeydown padEnd parentNode parse persisted pop preventDefault push querySelector querySelectorAll
random readyState reduce reload removeItem repeat replace replaceWith scrollTo setAttribute setItem signal size slice
some sort split startsWith status stopPropagation stringify style styleSheets submit target test textContent then
toLocaleDateString toLowerCase trim value width""")
# Names of ours that some browser happens to have as well: variables, and what stands in the page's own values.
OUR_GLOBALS = {"event", "name", "open", "status", "stop"}
OUR_MEMBERS = listed("""a anchors code e form items locked lower message next options promise prompt r rev reversed
round rules s state stop text title version view open""")
EVERY_NAME = """() => {
  const inside = new Set(), names = Object.getOwnPropertyNames(window);
  for (const name of names) {
    const one = Object.getOwnPropertyDescriptor(window, name).value;
    for (const owner of one && one !== window && /function|object/.test(typeof one) ? [one, one.prototype] : [])
      if (owner) Object.getOwnPropertyNames(owner).forEach(each => inside.add(each));
  }
  return [names, [...inside]];
}"""
YOUNG_STYLE = r":has\(|:is\(|:where\(|@container|@layer|@scope|color-mix|oklch|\d(dvh|cqw)|&:|subgrid|accent-color:auto"


@pytest.fixture(scope="module")
def script():
    return [token for name in FILES for token in tokens(assets.read(name))]


@pytest.fixture
def browsers_own(phone_context):
    page = phone_context().new_page()
    return [set(names) for names in page.evaluate(EVERY_NAME)]


def test_the_grammar_is_that_of_2019(script):
    assert {token.text for token in script if token.kind == "sign"} <= SIGNS
    assert {token.text for token in script if token.kind == "name"} & YOUNG_WORDS == set()
    assert [token for token in script if token.kind == "name" and token.text[0] in "#@"] == []
    assert [token for token in script if token.kind == "number" and re.search(r"_|\dn$", token.text)] == []
    patterns = [token.text for token in script if token.kind == "pattern"]
    assert [text for text in patterns if "(?<" in text or re.search(r"/[a-z]*[dsvy][a-z]*$", text)] == []


def test_every_name_of_a_browser_was_there_in_2019_and_works_without_https(script, browsers_own):
    its_globals, its_members = browsers_own
    assert (alone(script) & its_globals) - GLOBALS - OUR_GLOBALS == set()
    assert (members(script) & its_members) - MEMBERS - OUR_MEMBERS == set()


def test_the_lists_hold_no_name_that_nobody_uses(script):
    assert GLOBALS - alone(script) == set()
    assert MEMBERS - members(script) == set()


@pytest.mark.parametrize(("line", "seen"), [
    ("a?.b", Token("sign", "?.")), ("a ?? b", Token("sign", "??")), ("a ||= 1", Token("sign", "||=")),
    ("x = 1_000", Token("number", "1_000")), ("f(1n)", Token("number", "1n")), ("x = /(?<=a)b/s", Token("pattern",
     "/(?<=a)b/s")), ("this.#y", Token("name", "#y")), ("crypto.subtle", Token("name", "crypto"))])
def test_what_is_too_young_is_seen_as_what_it_is(line, seen):
    assert seen in list(tokens(line))


def test_the_style_asks_for_nothing_that_an_old_browser_would_drop_a_screen_for():
    assert re.findall(YOUNG_STYLE, assets.read("phone.css") + assets.read("mine.css")) == []
