"""The method page: complete, true to what the program does, and named by every summary that goes home."""

import io
import re
import zipfile

import pytest
from export_readers import said
from export_samples import summary

from workshop import scoring
from workshop.export import FORMATS, export
from workshop.inventory import load_library
from workshop.release.showing import ITEMS_FROM, PEOPLE_FOR_PERCENT, PEOPLE_FOR_POINTS, PEOPLE_FOR_SHAPE
from workshop.settings import ROOT

PAGE = (ROOT / "docs" / "method.md").read_text("utf-8")
BALANCE = load_library().inventories["balance"].questionnaire("deep", "team", True, "en")


@pytest.mark.parametrize("format", [one for one in FORMATS if one != "zip"])
def test_every_summary_names_the_method_page(format):
    assert "docs/method.md" in re.sub(r"\s+", "", said(f"x.{format}", export(format, summary()).body))


def test_everything_to_take_home_holds_the_method_page_itself():
    with zipfile.ZipFile(io.BytesIO(export("zip", summary()).body)) as archive:
        assert archive.read("method.md").decode() == PAGE
        assert "method.md" in archive.read("README.txt").decode()


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_a_summary_in_another_language_names_it_too(language):
    assert "docs/method.md" in said("x.csv", export("csv", summary(language=language)).body)


@pytest.mark.parametrize("words", [
    "No validation sample has answered them", "not a test and not a diagnosis",
    "What is the article's and what is ours", "interdependence theory", "Kelley and Thibaut", "Singelis",
    "What the pictures can and cannot say", "What we would not defend in front of a psychometrician", "References",
    "Lubinski, Tellegen and Butcher 1983"])
def test_it_says_what_it_is_and_what_it_is_not(words):
    assert words in PAGE


def test_it_tells_whose_idea_each_facet_is():
    table = PAGE[PAGE.index("| | from the article | ours |"):PAGE.index("| the antidote rule")]
    article, ours = (set(), set())
    for row in table.splitlines()[2:]:
        _, _, theirs, added, _ = row.split("|")
        article |= {facet.id for facet in BALANCE.asked if facet.name.lower() in theirs.lower()}
        ours |= {facet.id for facet in BALANCE.asked if facet.name.lower() in added.lower()}
    named = {facet.id: facet.origin for facet in BALANCE.asked if facet.pole not in ("RD", "RI")}
    assert ours == {id for id, origin in named.items() if origin == "ours"}
    assert article - ours == {id for id, origin in named.items() if origin == "article"}


def test_it_says_the_numbers_that_the_program_uses():
    assert f"DL and IL = {float(scoring.LIGHT_LINE)} " in PAGE
    assert f"shadows at {scoring.SHADOW_LINE}" in PAGE
    rows = [f"| {ITEMS_FROM} to {PEOPLE_FOR_SHAPE - 1} |", f"| {PEOPLE_FOR_SHAPE} to {PEOPLE_FOR_POINTS - 1} |",
            f"| {PEOPLE_FOR_POINTS} to {PEOPLE_FOR_PERCENT - 1} |", f"| {PEOPLE_FOR_PERCENT} and more |"]
    assert [row for row in rows if row not in PAGE] == []
    assert f"about {float(scoring.SEM['standard'])} points" in PAGE


def test_its_formulas_are_set_and_closed():
    text = re.sub(r"```.+?```", "", PAGE, flags=re.DOTALL)
    assert text.count("$") % 2 == 0
    formulas = re.findall(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", text, re.DOTALL)
    assert len(formulas) > 40
    for one in (block or inline for block, inline in formulas):
        assert one.count("{") == one.count("}"), one
        assert one.count(r"\left") == one.count(r"\right"), one
        assert one == one.strip() or "\n" in one, one


def test_every_work_that_is_cited_stands_among_the_references():
    body, _, references = PAGE.partition("## 10. References")
    cited = set(re.findall(r"\(?([A-Z][a-z]+)(?:, [A-Z][a-z]+)*(?: and [A-Z][a-z]+)? (\d{4})\)?", body))
    assert len(cited) >= 6
    assert [work for work in cited if not (work[0] in references and work[1] in references)] == []


def test_every_source_of_a_formula_stands_among_the_references():
    _, _, references = PAGE.partition("## 10. References")
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "workshop" / "statistics").glob("*.py"))
    cited = {(name, year) for name, year in re.findall(r"([A-Z][a-z]+)(?:, [A-Z][a-z]+)*(?: & [A-Z][a-z]+)? (\d{4})",
                                                         sources)}
    assert len(cited) > 15
    assert sorted(work for work in cited if not re.search(rf"{work[0]}[^·]* {work[1]}", references)) == []
