"""The sheet for the wall as poppler reads it, where that is installed: text, fonts, tags, pages and nothing else."""

import re
import shutil
import subprocess

import pytest
from export_samples import large_room, small_room, summary, two_rounds

from workshop.export import export

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
# Version 22 takes the mark of suspects for another type, and one colour for each border for a mistake; the standard
# allows both (ISO 32000-1, tables 321 and 344), and qpdf finds nothing.
KNOWN = ("Suspects object is wrong type (boolean)", "Attribute BorderColor value is of wrong type (array)")
HOSTILE = '=1+1 #import "/etc/passwd" </title><script> \u202eevil\u202c 🎉 $x$ *b* ' + "y" * 200


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """What one of poppler's tools says of a summary."""
    folder = tmp_path_factory.mktemp("poppler")

    def ask(tool, given, *options, paper="a4"):
        file = folder / "summary.pdf"
        file.write_bytes(export("pdf", given, paper).body)
        after = ("-",) if tool == "pdftotext" else ()
        done = subprocess.run([tool, *options, str(file), *after], capture_output=True, text=True, check=True,
                              timeout=30)
        assert [line for line in done.stderr.splitlines() if not line.endswith(KNOWN)] == []
        return done.stdout
    return ask


def test_the_text_reads_in_order_and_whole(read):
    given = summary(notes={"idea": "They laughed."})
    first = read("pdftotext", given, "-l", "1")
    places = [first.index(words) for words in (
        "How we lean, how we stand", "24 November 2026 · a team · 26 of 28 answered", "Leaning on others",
        "Standing on our own", "Where we could grow together", "The small steps we chose", "Our closing words",
        "Tables, method and limits follow.")]
    assert places == sorted(places)
    rest = re.sub(r"\s+", " ", read("pdftotext", given, "-f", "2"))
    for words in ("All of it is human.", "They laughed.", "Both sides 1.0.0, standard form, 24 statements",
                  "100 (y − 1) / (K − 1)", "not enough different answers to show"):
        assert words in rest


def test_hostile_text_is_printed_and_does_nothing(read):
    text = read("pdftotext", summary(title=HOSTILE, notes={"idea": HOSTILE}))
    for words in ('=1+1 #import "/etc/passwd" </title><script>', "evil [party popper] $x$ *b*"):
        assert re.sub(r"\s+", " ", text).count(words) >= 2
    assert read("pdfinfo", summary(title=HOSTILE), "-js").strip() == ""
    assert read("pdfinfo", summary(title=HOSTILE), "-url").strip().splitlines()[1:] == []


@pytest.mark.parametrize(("given", "pages"), [(summary, 6), (small_room, 3), (two_rounds, 9), (large_room, 6)])
def test_pages_are_counted_and_nothing_is_said_but_what_is_ours(read, given, pages):
    told = dict(re.findall(r"^([\w ]+?):\s+(.*)$", read("pdfinfo", given()), re.MULTILINE))
    assert int(told["Pages"]) == pages
    assert (told["Title"], told["PDF version"], told["Encrypted"]) == ("How we lean, how we stand", "1.7", "no")
    assert (told["Tagged"], told["JavaScript"], told["Form"], told["Custom Metadata"]) == ("yes", "no", "none", "no")
    assert not {"Author", "Keywords", "Producer"} & set(told)
    assert told["CreationDate"] == told["ModDate"]
    assert told["CreationDate"].startswith("Tue Nov 24 00:00:00 2026")


@pytest.mark.parametrize(("paper", "size"), [("a4", "595.276 x 841.89 pts (A4)"), ("letter", "612 x 792 pts (letter)")])
def test_every_page_has_the_size_of_its_paper(read, paper, size):
    sizes = re.findall(r"Page +\d+ size: +(.*)", read("pdfinfo", summary(), "-f", "1", "-l", "99", paper=paper))
    assert set(sizes) == {size}


def test_both_fonts_are_embedded_and_there_is_no_pixel(read):
    fonts = [line.split() for line in read("pdffonts", large_room()).splitlines()[2:]]
    assert sorted(line[0].partition("+")[2] for line in fonts) == ["AtkinsonHyperlegibleNext-Regular",
                                                                   "AtkinsonHyperlegibleNext-SemiBold"]
    assert all(line[-5:-2] == ["yes", "yes", "yes"] for line in fonts)
    assert len(read("pdfimages", large_room(), "-list").splitlines()) == 2


def test_the_structure_has_one_title_and_a_text_for_every_picture(read):
    told = read("pdfinfo", two_rounds(), "-struct")
    assert len(re.findall(r"^\s+H1\b", told, re.MULTILINE)) == 1
    assert told.count("Figure") > 10
    assert {"Table", "THead", "TH", "TD"} <= set(re.findall(r"\b(Table|THead|TH|TD)\b", told))
