"""Summary -> ZIP: every format and every picture, a note on what is what, and checksums."""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping

from workshop.export.about import facts, meta, title
from workshop.export.choice import PICTURES, PictureName
from workshop.export.kinds import KINDS
from workshop.export.language import clean, language
from workshop.export.naming import stem
from workshop.export.pictures import Form, pictures
from workshop.export.summary import Summary
from workshop.settings import DATA

SCHEMA = DATA / "summary.schema.json"
_START = (1980, 1, 1, 0, 0, 0)
# As pixels only what fits a slide: the longer ones would take more memory than all other files together.
_PICTURES: Mapping[Form, tuple[PictureName, ...]] = {
    "svg": PICTURES, "png": ("sides", "plane", "edges", "gets_in_the_way")}
_TABLES = (("html", ""), ("xlsx", ""), ("csv", "long"), ("csv", "wide"), ("parquet", ""), ("json", ""))


def bundle_bytes(summary: Summary, paper: str = "a4") -> bytes:
    """Members sorted by name and stamped alike, so that the same summary gives the same bytes."""
    files = dict(_files(summary, paper))
    files["README.txt"] = _read_me(summary).encode()
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return _zipped({**files, "SHA256SUMS": sums.encode()})


def _files(summary: Summary, paper: str) -> Iterator[tuple[str, bytes]]:
    name = stem(summary)
    for format, variant in _TABLES:
        kind = KINDS[format]
        more = "" if variant == kind.variants[0] else f"-{variant}"
        yield f"{name}{more}.{format}", kind.write(summary, variant)
    for form, wanted in _PICTURES.items():
        for picture, body in pictures(summary, form, wanted).items():
            yield f"pictures/{name}-{picture.replace('_', '-')}.{form}", body
    yield f"{name}.pdf", KINDS["pdf"].write(summary, paper)
    yield "summary.schema.json", SCHEMA.read_bytes()


def _read_me(summary: Summary) -> str:
    speak, name = language(summary.language), stem(summary)
    lines = [title(summary), " · ".join(meta(summary)), "", speak.text("files.intro"), ""]
    lines += [f"{name}{ending}\n    {speak.text(f'files.{key}')}" for ending, key in (
        (".pdf", "pdf"), (".html", "html"), (".xlsx", "xlsx"), (".csv", "csv"),
        ("-wide.csv", "csv_wide"), (".parquet", "parquet"), (".json", "json"))]
    lines += [f"pictures/\n    {speak.text('files.pictures')}", f"SHA256SUMS\n    {speak.text('files.sums')}", ""]
    lines += [f"{fact.name}: {fact.text}" for fact in facts(summary)]
    return clean("\n".join((*lines, "", speak.text("page.foot_promise"), "")))


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, _START)
            member.create_system, member.external_attr = 3, 0o100644 << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, files[name], compresslevel=6)
    return out.getvalue()
