"""Readers that are not ours: what each file says to a program that knows nothing of the product."""

import io
import re
import struct
import zipfile
import zlib

import openpyxl
import pikepdf
import pyarrow.parquet


def said(name: str, body: bytes) -> str:
    """Every text and number in a file, by the ending of its name."""
    return READERS[name.rpartition(".")[2]](body)


def _text(body: bytes) -> str:
    return body.decode("utf-8-sig")


def _page(body: bytes) -> str:
    """A page without the drawing library, which is the same in every one."""
    return re.sub(r"<script>/\*\*\n\* plotly.*?</script>", "", body.decode(), flags=re.DOTALL)


def _parquet(body: bytes) -> str:
    table = pyarrow.parquet.read_table(io.BytesIO(body))
    meta = {key.decode(): value.decode() for key, value in table.schema.metadata.items() if key != b"ARROW:schema"}
    return "\n".join([*meta.values(), *(" ".join(str(cell) for cell in row.values() if cell is not None)
                                        for row in table.to_pylist())])


def _workbook(body: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(body))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None]
    footers = [sheet.oddFooter.left.text or "" for sheet in book]
    return "\n".join([book.properties.title or "", book.properties.description or "", *footers, *cells])


def _svg(body: bytes) -> str:
    return "\n".join(re.findall(r"<title>(.*?)</title><desc>(.*?)</desc>", body.decode())[0])


def _png(body: bytes) -> str:
    return "\n".join(text for _, text in png_texts(body))


def png_texts(body: bytes) -> list[tuple[str, str]]:
    """The names and texts of a picture's international text chunks; every checksum is checked."""
    at, found = 8, []
    while at < len(body):
        size, kind = struct.unpack_from(">L4s", body, at)
        data = body[at + 8:at + 8 + size]
        assert zlib.crc32(kind + data) == struct.unpack_from(">L", body, at + 8 + size)[0]
        if kind == b"iTXt":
            name, text = data.split(b"\x00\x00\x00\x00\x00", 1)
            found.append((name.decode(), text.decode()))
        at += 12 + size
    return found


def _zip(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "\n".join(said(name, archive.read(name)) for name in archive.namelist()
                         if name.endswith(tuple(READERS)))


def pdf_text(body: bytes) -> str:
    """The text of a PDF, page by page, read through its fonts' own maps."""
    with pikepdf.open(io.BytesIO(body)) as document:
        told = [str(document.docinfo.get("/Title", "")), *map(_page_text, document.pages), *_alternatives(document)]
    return re.sub(r"[ \u200b]+", " ", "\n".join(told).replace("\u200b", ""))


def _page_text(page: pikepdf.Page) -> str:
    fonts = {name: _to_unicode(font) for name, font in page.resources.get("/Font", {}).items()}
    told, known = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                known = fonts[str(operands[0])]
            case "Tj":
                told.append(_decoded(bytes(operands[0]), known))
            case "TJ":
                told += [_decoded(bytes(part), known) for part in operands[0] if isinstance(part, pikepdf.String)]
            case "ET":
                told.append(" ")
    return "".join(told)


def _decoded(codes: bytes, known: dict[int, str]) -> str:
    return "".join(known.get(int.from_bytes(codes[at:at + 2], "big"), "?") for at in range(0, len(codes), 2))


def _to_unicode(font: pikepdf.Object) -> dict[int, str]:
    text = font["/ToUnicode"].read_bytes().decode("latin-1")
    known = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, value in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            known[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, value in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int.from_bytes(bytes.fromhex(value), "big")
            known |= {code: chr(start + place) for place, code in enumerate(range(int(first, 16), int(last, 16) + 1))}
    return known


def _alternatives(document: pikepdf.Pdf) -> list[str]:
    """The words that stand for pictures."""
    return [str(thing["/Alt"]) for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing]


READERS = {"csv": _text, "json": _text, "html": _page, "txt": _text, "parquet": _parquet, "xlsx": _workbook,
           "pdf": pdf_text, "svg": _svg, "png": _png, "zip": _zip}
