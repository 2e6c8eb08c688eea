"""Whatever a host or a room types comes out as text: no formula, no markup, no command, no broken file."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
import zipfile
from dataclasses import replace

import openpyxl
import pikepdf
import pyarrow.parquet
import pytest
from export_readers import pdf_text, png_texts, said
from export_samples import large_room, summary
from hypothesis import given, settings
from hypothesis import strategies as some

from workshop.export import ALL_FORMATS, export
from workshop.export.glyphs import print_safe, printable
from workshop.export.language import clean
from workshop.inventory import Scene
from workshop.results import GroupTables

HOSTILE = {
    "formula": '=HYPERLINK("http://evil.example","click")', "command": "=cmd|'/c calc'!A0", "plus": "+1+1",
    "minus": "-2+3", "at": "@SUM(1)", "array": "{=1+1}", "tab": "\t=1+1", "fullwidth": "＝1+1",
    "script": "</title><script>alert(1)</script>", "image": '<img src=x onerror="alert(1)">', "comment": "<!-- ]]>",
    "entity": "&lt;b&gt; &amp;", "brace": "{{ 7*7 }} {% raw %} %{x}", "plotly": "<b>bold</b> <a href='http://x'>x</a>",
    "import": '#import "/etc/passwd": *', "panic": '#panic("x") #eval("1")', "math": "$x^2$ *b* _i_ `r` @ref <label>",
    "backslash": "\\u{41} \\n \\", "quotes": "\"'`„“‚‘«»", "sql": "'; drop table workshops; --",
    "footer": "&P &N &[Page] &\"Arial\"&8", "right_to_left": "\u202eevil\u202c \u2066x\u2069 \u200f",
    "arabic": "مرحبا بكم",
    "hebrew": "שלום", "greek": "Ισορροπία", "emoji": "🎉👩‍💻🏳️‍🌈👍🏽", "combining": "e\u0301" + "\u0301" * 40,
    "controls": "a\x00b\x07c\x1b[31md\x7f\x9b", "marks": "\ufeffa\u2028b\u2029c\u0085d", "surrogate": "a\ud800b",
    "noncharacter": "a\ufffe\uffffb\ufdd0", "private": "\ue000\U000f0000", "long_word": "x" * 500,
    "long_text": "word " * 100, "wide": "﷽" * 60, "blank": "   ", "nothing": "", "newlines": "a\r\nb\rc\n\nd",
    "astral": "𝕿𝖍𝖊 𒀱 🀄", "accents": "Žluťoučký kůň, größer, naïveté, İstanbul, œuvre",
}


def room(text):
    """A room of sixty in which every text that somebody can type is this one."""
    given = large_room(title=text, sentence=text, inventory=text, notes={"idea": text},
                       grouping={"question": text, "options": [text, "b"]},
                       agenda=(Scene("idea", "idea", 3, title=text, say=text),))
    one = given.snapshots[0]
    groups = tuple(GroupTables(text or "x", group.n, group.items, group.poles) for group in one.groups[:1])
    return replace(given, snapshots=(replace(one, words=(text or "x",), groups=groups),))


@pytest.fixture(params=HOSTILE, scope="module")
def text(request):
    """One hostile text after the other."""
    return HOSTILE[request.param]


def body(format, text, variant=""):
    return export(format, room(text), variant).body


def test_json_gives_the_text_back(text):
    told = json.loads(body("json", text))
    assert told["title"] == clean(text)
    assert told["notes"]["idea"] == clean(text)
    assert told["snapshots"][0]["words"] == [clean(text or "x")]


@pytest.mark.parametrize("variant", ["long", "wide"])
def test_csv_stays_one_table_without_a_formula(text, variant):
    rows = list(csv.reader(io.StringIO(body("csv", text, variant).decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert rows[1][0].lstrip("'") == clean(text).lstrip("'")
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(tuple("=+@＝")) or cell[:1] == "\t"]


@pytest.mark.sample(11)
def test_a_workbook_holds_text_and_numbers_only(text):
    book = openpyxl.load_workbook(io.BytesIO(body("xlsx", text)))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    title = clean(text).strip()
    assert book.worksheets[0]["A1"].value.replace("\r", "").strip() == (title or "A workshop")
    with zipfile.ZipFile(io.BytesIO(body("xlsx", text))) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
        assert not [name for name in archive.namelist() if "externalLink" in name or "vba" in name.lower()]


def test_parquet_gives_the_text_back(text):
    table = pyarrow.parquet.read_table(io.BytesIO(body("parquet", text)))
    assert table["title"].unique().to_pylist() == [clean(text)]
    assert table.schema.metadata[b"title"].decode() == clean(text)


@pytest.mark.sample(6)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_paper_prints_what_its_font_has_and_names_the_rest(text, paper):
    file = body("pdf", text, paper)
    with pikepdf.open(io.BytesIO(file)) as document:
        assert str(document.docinfo["/Title"]).replace("\u200b", "") == (print_safe(clean(text)) or "A workshop")
        assert len(document.pages) < 20
    shown = print_safe(clean(text))
    if shown:
        assert shown.split()[0][:20] in pdf_text(file)


@pytest.mark.sample(17)
@pytest.mark.parametrize("form", ["svg", "png"])
def test_pictures_are_whole_and_say_their_title_as_text(text, form):
    file = body(form, text)
    if form == "png":
        told = dict(png_texts(file))["Description"]
    else:
        root = ElementTree.fromstring(file)
        assert not [one.tag for one in root.iter() if one.tag.rpartition("}")[2] in ("script", "a", "foreignObject")]
        assert not [name for one in root.iter() for name in one.attrib if name.startswith("on")]
        told = next(one.text for one in root if one.tag.endswith("desc"))
    assert (clean(text).strip().split() or ["A workshop"])[0] in told


@pytest.mark.sample(3)
def test_the_archive_is_whole_and_its_names_are_plain(text):
    with zipfile.ZipFile(io.BytesIO(body("zip", text))) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            assert name.isascii()
            assert ".." not in name
            assert not name.startswith("/")


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(some.text(max_size=60))
def test_any_text_at_all_can_be_typeset(text):
    given = summary(title=text, notes={"idea": text})
    assert export("pdf", given).body.startswith(b"%PDF-1.7")
    assert export("svg", given).body


@settings(max_examples=300, deadline=None)
@given(some.text())
def test_what_is_printed_is_in_the_font(text):
    assert all(ord(letter) in printable() for letter in print_safe(text))


def test_a_picture_in_a_title_is_named():
    assert print_safe("Team day 🎉") == "Team day [party popper]"
    assert print_safe("Ω → x\u202f!") == "Ω -> x\u00a0!"
    assert print_safe("Ж") == "[U+0416]"


def test_everything_that_the_product_itself_prints_is_in_the_font():
    from workshop.inventory import load_library
    library = load_library()
    for locale in library.locales.values():
        for key, words in locale.texts.items():
            if key.startswith(("export.", "common.")):
                assert print_safe(words) == words.replace("\n", " ").strip(), key
    for inventory in library.inventories.values():
        for asked in inventory.questionnaires.values():
            for words in (asked.stem, *asked.scale.anchors, *(item.text for item in asked.items),
                          *(part for facet in asked.facets.values() for part in (facet.name, facet.practice,
                                                                                 *facet.prompts))):
                assert print_safe(words).replace("\u00a0", " ") == words.replace("\u202f", " ").replace(
                    "\u00a0", " ").strip(), words


def test_every_format_was_tried():
    assert set(ALL_FORMATS) == {"json", "csv", "xlsx", "parquet", "pdf", "svg", "png", "zip", "html"}
    assert "alert(1)" in said("x.html", body("html", HOSTILE["script"])).replace("&lt;", "<")
