"""Summary -> single pictures for slides and walls, as SVG that scales or as PNG."""

import struct
import zlib
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

from workshop.errors import Missing
from workshop.export.about import inventory_line, protection_numbers
from workshop.export.choice import PICTURES, PictureName
from workshop.export.language import clean, language
from workshop.export.paper import drawing
from workshop.export.summary import Summary
from workshop.export.typeset import picture_bytes

Form = Literal["svg", "png"]
_TITLES: Mapping[PictureName, str] = {
    "sides": "picture.sides", "plane": "picture.plane", "edges": "picture.edges",
    "gets_in_the_way": "picture.gets_in_the_way", "shapes": "shapes.title", "then_now": "picture.then_now",
}
_PARTS: Mapping[PictureName, tuple[str, ...]] = {
    "sides": ("sides",), "plane": ("map",), "edges": ("edges", "more_edges", "chose"), "gets_in_the_way": ("dark",),
    "shapes": ("shapes",), "then_now": ("then_now",)}
_PNG_HEAD = 33


def picture_names(summary: Summary) -> tuple[PictureName, ...]:
    """The pictures that this summary has."""
    return _names(drawing(summary))


def picture_makers(summary: Summary, form: Form,
                   wanted: Collection[str] = PICTURES) -> dict[PictureName, Callable[[], bytes]]:
    """What makes each of the wanted ones that there are."""
    data = drawing(summary)
    return {name: partial(_picture, name, data, summary, form) for name in _names(data) if name in wanted}


def picture(summary: Summary, name: str, form: Form) -> bytes:
    """One picture. Raises Missing for one that the room has not seen, or that was not chosen."""
    data = drawing(summary)
    for known in _names(data):
        if known == name:
            return _picture(known, data, summary, form)
    raise Missing("unknown_picture", f"There is no picture {name!r} here. "
                                     f"There are: {', '.join(_names(data)) or 'none'}.")


def _names(data: Mapping[str, Any]) -> tuple[PictureName, ...]:
    return tuple(name for name in PICTURES if data["sheet"][_PARTS[name][0]])


def _picture(name: PictureName, data: Mapping[str, Any], summary: Summary, form: Form) -> bytes:
    speak = language(summary.language)
    title = speak.text(_TITLES[name])
    small_print = [f"{inventory_line(summary)}.", f"{summary.sentence} ({protection_numbers(summary, speak)})",
                   speak.text("page.foot_picture")]
    own = {**data, "part": name, "picture_title": title, "small_print": small_print,
           "sheet": {part: data["sheet"][part] for part in _PARTS[name]}}
    body = picture_bytes("picture.typ", own, form)
    told = _told(name, data, title)
    return _svg_told(body, title, told) if form == "svg" else _png_told(body, title, told)


def _told(name: PictureName, data: Mapping[str, Any], title: str) -> str:
    """The picture in words."""
    where = " · ".join((data["title"], *data["meta"]))
    return clean(f"{title}. {where}. {' '.join(_WORDS[name](data['sheet'], data['words']))}")


def _lines(shape: Mapping[str, Any]) -> str:
    return "; ".join(line["label"] for side in shape["sides"] for line in side["lines"])


_WORDS: Mapping[PictureName, Callable[[Mapping[str, Any], Mapping[str, Any]], list[str]]] = {
    "sides": lambda sheet, _: [side["label"] for side in sheet["sides"]],
    "gets_in_the_way": lambda sheet, _: [side["label"] for side in sheet["dark"]],
    "plane": lambda sheet, _: [sheet["map"]["alt"]],
    "edges": lambda sheet, _: [f"{one['name']} {one['n']}." for one in (*sheet["edges"], *sheet["more_edges"])],
    "shapes": lambda sheet, _: [f"{shape['title']}: {_lines(shape)}." for shape in sheet["shapes"]],
    "then_now": lambda sheet, words: [
        f"{words['then']} {pair['before']['label']}; {words['now']} {pair['now']['label']}."
        for pair in sheet["then_now"]["pairs"]],
}


def _svg_told(body: bytes, title: str, told: str) -> bytes:
    """Its letters are outlines, so its words stand beside them, for search and for those who listen."""
    text = body.decode()
    start = text.index(">", text.index("<svg")) + 1
    label = f' role="img" aria-label={quoteattr(told)}'
    words = f"<title>{escape(title)}</title><desc>{escape(told)}</desc>"
    return f"{text[:start - 1]}{label}>{words}{text[start:]}".encode()


def _png_told(body: bytes, title: str, told: str) -> bytes:
    """The same words as international text chunks, right after the head."""
    chunks = b"".join(_text_chunk(name, text) for name, text in (("Title", title), ("Description", told)))
    return body[:_PNG_HEAD] + chunks + body[_PNG_HEAD:]


def _text_chunk(name: str, text: str) -> bytes:
    data = b"iTXt" + name.encode() + b"\x00\x00\x00\x00\x00" + text.encode()
    return struct.pack(">L", len(data) - 4) + data + struct.pack(">L", zlib.crc32(data))
