"""An address that somebody typed is text in every file that goes home: nothing to click on."""

import io
import re
import zipfile

import openpyxl
import pikepdf
import pytest
from test_export_hostile import room

from workshop.export import export

LURE = "http://evil.example/x www.evil.example someone@evil.example <a href='http://evil.example'>x</a>"


@pytest.fixture(scope="module")
def lured():
    """A room of sixty in which every text that somebody can type is full of addresses."""
    return room(LURE)


def test_the_page_links_to_nothing_outside(lured):
    page = export("html", lured, "").body.decode()
    assert "evil.example" in page
    visible = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert [href for href in re.findall(r"<a\b[^>]*?href=[\"']([^\"']*)", visible) if not href.startswith("#")] == []


def test_the_printed_page_has_no_link_outside(lured):
    with pikepdf.open(io.BytesIO(export("pdf", lured, "").body)) as document:
        actions = [note.get("/A", {}) for page in document.pages for note in page.get("/Annots", [])]
        assert [action for action in actions if "/URI" in action] == []


def test_the_workbook_has_no_link(lured):
    file = export("xlsx", lured, "").body
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(file)) for row in sheet for cell in row]
    assert any("evil.example" in str(cell.value) for cell in cells)
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        assert not any(b"evil.example" in parts.read(name) for name in parts.namelist() if name.endswith(".rels"))
