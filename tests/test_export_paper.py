"""The sheet for the wall, read by a PDF library: one page first, tagged, its own fonts, nothing hidden in it."""

import io
import re
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest
from export_readers import pdf_text
from export_samples import large_room, questionnaire, small_room, snapshot, summary, two_rounds

from workshop import theme
from workshop.export import export
from workshop.results import EdgeCount

SAMPLES = {"standard": summary, "two_rounds": two_rounds, "small": small_room, "large": large_room,
           "deep": lambda: summary("deep"), "short": lambda: summary("short"), "bare": lambda: summary(snapshots=())}
SIZES = {"a4": (595.276, 841.89), "letter": (612, 792)}


def opened(given, paper="a4"):
    return pikepdf.open(io.BytesIO(export("pdf", given, paper).body))


def page_text(given, number, paper="a4"):
    """The text of one page, counted from 1."""
    with opened(given, paper) as document:
        alone = pikepdf.new()
        alone.pages.append(document.pages[number - 1])
        out = io.BytesIO()
        alone.save(out)
    return pdf_text(out.getvalue())


@pytest.mark.sample(7)
@pytest.mark.parametrize("paper", SIZES)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_first_page_holds_picture_and_words_and_its_foot(name, paper):
    given = SAMPLES[name]()
    text = page_text(given, 1, paper)
    assert "How we lean, how we stand 24 November 2026 · a team" in text
    assert "A conversation aid, not a test or a diagnosis. Tables, method and limits follow." in text
    assert "The tables" not in text
    assert ("Leaning on others" in text) == bool(given.rounds)


@pytest.mark.sample(4)
@pytest.mark.parametrize("name", ["standard", "two_rounds", "large", "short"])
@pytest.mark.parametrize("paper", SIZES)
def test_plane_edges_and_words_stand_on_the_first_page_too(name, paper):
    text = page_text(SAMPLES[name](), 1, paper)
    for word in ("Where we could grow together", "The small steps we chose", "Our closing words", "lighter"):
        assert word in text


def test_a_small_room_has_a_page_for_the_wall_too():
    """One bar a side, and under it what it puts together; nothing of any one statement."""
    text = page_text(small_room(), 1)
    for words in ("48 answers from 6 people", "When a teammate has a hard day, I show up for them.",
                  "I enjoy time on my own."):
        assert words in text
    assert "not enough different answers" not in text


@pytest.mark.parametrize("paper", SIZES)
def test_a_full_room_still_has_its_one_page(paper):
    """Sixteen edges, sixty words and the longest statements: what does not fit moves, nothing is cut off."""
    asked = questionnaire()
    facets = [facet.id for facet in asked.asked if facet.pole in ("DL", "IL")]
    full = replace(snapshot(asked, n=60), edges=tuple(EdgeCount(facet, 3) for facet in facets),
                   words=tuple(f"wordwordword{number}" for number in range(60)))
    given = summary(title="A title as long as a host may write it, " * 3, snapshots=(full,))
    first, everything = page_text(given, 1, paper), pdf_text(export("pdf", given, paper).body)
    assert "Tables, method and limits follow." in first
    assert "wordwordword59" in everything
    assert everything.count("Asking for help") >= 3


@pytest.mark.parametrize("paper", SIZES)
def test_pages_have_the_size_of_the_paper(paper):
    with opened(summary(), paper) as document:
        sizes = {tuple(round(float(side), 1) for side in page.mediabox[2:]) for page in document.pages}
        assert sizes == {tuple(round(side, 1) for side in SIZES[paper])}
        assert 4 <= len(document.pages) <= 9


def test_it_is_tagged_and_says_its_language_and_title():
    with opened(large_room(notes={"idea": "x"})) as document:
        root = document.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "en"
        assert root.ViewerPreferences.DisplayDocTitle
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        with document.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert document.pdf_version == "1.7"


def tagged(document):
    """Every element of the structure, by its kind."""
    found = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)
             and thing.get("/Type") == "/StructElem" or isinstance(thing, pikepdf.Dictionary) and "/S" in thing
             and "/P" in thing and "/K" in thing]
    return [(str(thing.S), thing) for thing in found]


def test_every_picture_has_words_and_every_table_heads():
    with opened(two_rounds()) as document:
        elements = tagged(document)
        figures = [thing for kind, thing in elements if kind == "/Figure"]
        assert len(figures) > 10
        assert all(str(thing.Alt) for thing in figures)
        kinds = {kind for kind, _ in elements}
        assert {"/H1", "/H2", "/H3", "/Table", "/THead", "/TH", "/TD", "/P"} <= kinds
        assert sum(kind == "/H1" for kind, _ in elements) == 1
        heads = [thing for kind, thing in elements if kind == "/TH"]
        assert all(str(thing.A.Scope if isinstance(thing.A, pikepdf.Dictionary) else thing.A[0].Scope) == "/Column"
                   for thing in heads)
    assert "Trust: 5 seldom, 3 sometimes or skipped, 18 often" in pdf_text(export("pdf", summary()).body)


def test_fonts_are_ours_and_embedded_and_pictures_are_drawn_not_painted():
    with opened(large_room()) as document:
        fonts = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)
                 and thing.get("/Type") == "/FontDescriptor"]
        assert {re.sub(r"^/[A-Z]{6}\+", "", str(font.FontName)) for font in fonts} == {
            "AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-SemiBold"}
        assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)
        assert [thing for thing in document.objects if isinstance(thing, pikepdf.Stream)
                and thing.get("/Subtype") == "/Image"] == []


def test_nothing_acts_and_nothing_is_hidden_in_it():
    with opened(summary(notes={"idea": "https://example.org"})) as document:
        body = b"".join(thing.unparse() for thing in document.objects if isinstance(thing, pikepdf.Dictionary))
        for name in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/EmbeddedFile", b"/OpenAction", b"/AA"):
            assert name + b" " not in body, name
        assert document.attachments == {}
        assert set(document.docinfo.keys()) <= {"/Title", "/Subject", "/Creator", "/CreationDate", "/ModDate",
                                                "/Producer"}
        assert str(document.docinfo["/CreationDate"]).startswith("D:20261124")


def test_a_rehearsal_is_marked_on_every_page():
    with opened(summary(rehearsal=True)) as document:
        pages = len(document.pages)
    for number in range(1, pages + 1):
        assert "Rehearsal" in page_text(summary(rehearsal=True), number)


def luminance(colour):
    parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("family", ["warm", "cool", "warm_shadow", "cool_shadow"])
def test_tones_can_be_told_apart_in_grey(family):
    """Each tone is at least 1.5:1 from the next, the order is always seldom to often, and counts stand in the bars."""
    tones = [luminance(colour) for colour in theme.tokens("bright")[family]]
    assert all((lighter + 0.05) / (darker + 0.05) >= 1.5 for lighter, darker in pairwise(tones))


def test_steps_of_the_plane_rise_in_grey_and_their_edges_show():
    tokens = theme.tokens("bright")
    steps = [luminance(colour) for colour in tokens["step"]]
    assert steps == sorted(steps, reverse=True)
    assert all((step + 0.05) / (luminance(tokens["riser"]) + 0.05) >= 2 for step in steps)
