"""What stands nowhere in the product's own code, since it would let something typed become something done."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from live import ROOT

SOURCES = sorted([ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "workshop").rglob("*.py")])
SCRIPTS = sorted(path for kind in ("*.js", "*.html") for path in (ROOT / "workshop").rglob(kind)
                 if not path.name.startswith("plotly"))
OWN_DRAWING = "plane.innerHTML = texts.plane;"  # a file of the product's, with nothing of anybody's in it

# What may stand in a query beside constants: names of tables, and conditions that are constants where they are made.
IN_QUERIES = {"name", "table", "condition", "among"}
NEVER_CALLED = {"eval", "exec", "compile", "__import__", "system", "popen"}
HARMLESS = ("re.compile", "typst.compile")
OF_INTEREST = re.compile(r"execute|\.sql\(|read_workshops|eval|exec\(|compile|__import__|system|popen|shell|subprocess|"
                         r"spawn|\bre\.")
NEVER_IMPORTED = ("pickle", "marshal", "shelve", "dill", "yaml", "xml.etree", "xml.dom", "xml.sax.expatreader", "lxml",
                  "telnetlib", "ftplib", "smtplib", "ldap", "uuid")
NEVER_IN_SCRIPTS = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|__proto__|"
                              r"addEventListener\([\"']message|onmessage|\.postMessage|setTimeout\([\"']|javascript:")


@cache
def calls() -> tuple[tuple[Path, str, ast.Call], ...]:
    """Every call that may be of interest, with its file and the last two parts of its name; read once."""
    texts = ((path, path.read_text("utf-8")) for path in SOURCES)
    return tuple((path, dotted(node.func), node) for path, text in texts if OF_INTEREST.search(text)
                 for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))


def dotted(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return f"{getattr(called.value, 'id', '')}.{called.attr}"
    return getattr(called, "id", "")


def put_into(call: ast.Call) -> Iterator[str]:
    """What stands between the constants of a call's first argument."""
    for part in ast.walk(call.args[0]) if call.args else ():
        if isinstance(part, ast.FormattedValue):
            yield ast.unparse(part.value)


def where(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_a_query_is_made_of_constants_and_every_value_is_bound():
    asked = [call for _, name, call in calls() if name.endswith((".execute", ".executemany", ".sql")) and call.args]
    assert len(asked) > 50
    assert {word for call in asked for word in put_into(call)} == IN_QUERIES
    assert not [call for call in asked if isinstance(call.args[0], ast.BinOp)]


def test_a_condition_of_a_query_is_a_constant_where_it_is_made():
    conditions = [call.args[1] for _, name, call in calls() if name == "read_workshops"]
    assert len(conditions) > 3
    assert all(isinstance(condition, ast.Constant) for condition in conditions)


def test_nothing_typed_is_ever_run():
    for path, name, call in calls():
        assert name in HARMLESS or name.rpartition(".")[2] not in NEVER_CALLED, f"{where(path)}:{call.lineno}"
        assert not any(word.arg == "shell" for word in call.keywords), f"{where(path)}:{call.lineno}"


def test_another_program_is_started_in_one_place_with_fixed_words_and_the_code_of_a_room():
    started = [(where(path), call) for path, name, call in calls()
               if name.startswith(("subprocess.", "os.spawn", "os.exec", "os.posix_spawn"))]
    assert [place for place, _ in started] == ["pages/rehearsing.py"]
    words = [ast.unparse(word) for word in started[0][1].args[0].elts]
    assert [word for word in words if not word.startswith("'")] == ["sys.executable", "code", "str(PEOPLE)"]


def test_nothing_that_reads_objects_or_markup_is_imported():
    wrong = re.compile(rf"^\s*(import|from) ({'|'.join(NEVER_IMPORTED)})\b", re.MULTILINE)
    assert [where(path) for path in SOURCES if wrong.search(path.read_text("utf-8"))] == []


def test_no_pattern_is_made_of_what_somebody_typed():
    patterns = [(where(path), call) for path, name, call in calls() if name.startswith("re.") and call.args]
    named = {(path, call.args[0].id) for path, call in patterns if isinstance(call.args[0], ast.Name)}
    assert {one for one in named if not one[1].isupper()} == {("workshop/inventory/table.py", "pattern")}
    put_in = {word for _, call in patterns for word in put_into(call)}
    assert {word for word in put_in if not word.isupper()} == {"'|'.join(SHORT)", "words"}, "the product's own rules"


def test_hashes_ciphers_and_random_bits_are_the_named_ones_only():
    texts = {path: path.read_text("utf-8") for path in SOURCES}
    used = {name for text in texts.values() for name in re.findall(r"hashlib\.(\w+)", text)}
    assert used == {"sha256", "scrypt"}
    ciphers = {name for text in texts.values() for name in re.findall(r"from cryptography\S* import (.+)", text)}
    assert ciphers == {"AESGCM", "InvalidTag"}
    guessable = {where(path) for path, text in texts.items() if re.search(r"^(import|from) random", text, re.MULTILINE)}
    assert guessable == {"workshop/inventory/order.py", "workshop/phone/forms.py", "workshop/rehearsal/people.py"}


@pytest.mark.parametrize("path", SCRIPTS, ids=where)
def test_a_script_makes_text_of_text_and_listens_to_no_other_page(path):
    assert not NEVER_IN_SCRIPTS.search(path.read_text("utf-8").replace(OWN_DRAWING, ""))
