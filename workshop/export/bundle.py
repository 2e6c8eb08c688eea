"""Summary -> ZIP: every format and every picture, a note on what is what, and checksums."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from functools import partial

from workshop.export.about import facts, meta, title
from workshop.export.choice import PICTURES, PictureName
from workshop.export.kinds import KINDS
from workshop.export.language import clean, language
from workshop.export.naming import stem
from workshop.export.pictures import Form, picture_makers
from workshop.export.summary import Summary
from workshop.settings import DATA, ROOT

Maker = Callable[[], bytes]
SCHEMA = DATA / "summary.schema.json"
METHOD = ROOT / "docs" / "method.md"
_START = (1980, 1, 1, 0, 0, 0)
# As pixels only what fits a slide: the longer ones would take more memory than all other files together.
_PICTURES: Mapping[Form, tuple[PictureName, ...]] = {
    "svg": PICTURES, "png": ("sides", "plane", "edges", "gets_in_the_way")}
_TABLES = (("html", ""), ("xlsx", ""), ("csv", "long"), ("csv", "wide"), ("parquet", ""), ("json", ""))


def bundle_bytes(summary: Summary, paper: str = "a4") -> bytes:
    """Members in one order and stamped alike, so that the same summary gives the same bytes.

    One after the other is made, packed and let go: together they would take several times the memory.
    """
    out, sums = io.BytesIO(), []
    makers = _makers(summary, paper)
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(makers, key=_place):
            body = makers[name]()
            sums.append(f"{hashlib.sha256(body).hexdigest()}  {name}\n")
            _pack(archive, name, body)
        _pack(archive, "SHA256SUMS", "".join(sums).encode())
    return out.getvalue()


def _place(name: str) -> tuple[bool, str]:
    """Pictures first: what they are painted on is gone again before the pages need their room."""
    return not name.startswith("pictures/"), name


def _makers(summary: Summary, paper: str) -> dict[str, Maker]:
    """What makes each file, by its name."""
    name = stem(summary)
    return {
        **{_named(name, format, variant): partial(KINDS[format].write, summary, variant)
           for format, variant in _TABLES},
        **{f"pictures/{name}-{picture.replace('_', '-')}.{form}": making for form, wanted in _PICTURES.items()
           for picture, making in picture_makers(summary, form, wanted).items()},
        f"{name}.pdf": partial(KINDS["pdf"].write, summary, paper),
        "README.txt": lambda: _read_me(summary).encode(), SCHEMA.name: SCHEMA.read_bytes,
        METHOD.name: METHOD.read_bytes,
    }


def _named(name: str, format: str, variant: str) -> str:
    return f"{name}{'' if variant == KINDS[format].variants[0] else f'-{variant}'}.{format}"


def _read_me(summary: Summary) -> str:
    speak, name = language(summary.language), stem(summary)
    lines = [title(summary), " · ".join(meta(summary)), "", speak.text("files.intro"), ""]
    lines += [f"{name}{ending}\n    {speak.text(f'files.{key}')}" for ending, key in (
        (".pdf", "pdf"), (".html", "html"), (".xlsx", "xlsx"), (".csv", "csv"),
        ("-wide.csv", "csv_wide"), (".parquet", "parquet"), (".json", "json"))]
    lines += [f"{METHOD.name}\n    {speak.text('method.whole.title')}"]
    lines += [f"pictures/\n    {speak.text('files.pictures')}", f"SHA256SUMS\n    {speak.text('files.sums')}", ""]
    lines += [f"{fact.name}: {fact.text}" for fact in facts(summary)]
    return clean("\n".join((*lines, "", speak.text("page.foot_promise"), "")))


def _pack(archive: zipfile.ZipFile, name: str, body: bytes) -> None:
    member = zipfile.ZipInfo(name, _START)
    member.create_system, member.external_attr = 3, 0o100644 << 16
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, body, compresslevel=6)
