"""Summaries that people take home: pure, from the released snapshots only; the same summary gives the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.errors import Invalid, Missing
from workshop.export.bundle import bundle_bytes
from workshop.export.choice import PARTS, PICTURES, Choice, choice_of, chosen
from workshop.export.kinds import KINDS, Kind
from workshop.export.naming import stem
from workshop.export.offer import Offer, offer
from workshop.export.paper import PAPERS, preview_pages
from workshop.export.snapshot_json import VERSION, digest
from workshop.export.summary import Summary

__all__ = ["ALL_FORMATS", "FORMATS", "PAPERS", "PARTS", "PICTURES", "VERSION", "Choice", "Exported", "Offer", "Summary",
           "choice_of", "chosen", "digest", "export", "file_name", "media_type", "offer", "preview_pages"]


@dataclass(frozen=True)
class Exported:
    """A file as it is sent: `name` is safe in a header and on any disk."""

    name: str
    media_type: str
    body: bytes


_ALL: Mapping[str, Kind] = {**KINDS, "zip": Kind("application/zip", bundle_bytes, KINDS["pdf"].variants)}
ALL_FORMATS = tuple(_ALL)
FORMATS = ("pdf", "html", "xlsx", "csv", "json", "parquet", "zip")  # those that the console has buttons for


def export(format: str, summary: Summary, variant: str = "") -> Exported:
    """Raises Missing for an unknown format or picture, Invalid for a variant that the format does not have."""
    kind = _kind(format)
    wanted = _variant(format, kind, variant)
    return Exported(file_name(format, summary, wanted), kind.media_type, kind.write(summary, wanted))


def file_name(format: str, summary: Summary, variant: str = "") -> str:
    """What the file is called, without making it."""
    kind = _kind(format)
    wanted = _variant(format, kind, variant)
    plain = wanted == kind.variants[0] and format not in ("svg", "png")
    return f"{stem(summary)}{'' if plain else f'-{wanted}'.replace('_', '-')}.{format}"


def media_type(format: str) -> str:
    """What a browser calls the format. Raises Missing for an unknown one."""
    return _kind(format).media_type


def _kind(format: str) -> Kind:
    if format not in _ALL:
        raise Missing("unknown_format", f"There is no such format. Choose one of {', '.join(ALL_FORMATS)}.")
    return _ALL[format]


def _variant(format: str, kind: Kind, variant: str) -> str:
    if variant and variant not in kind.variants:
        known = ", ".join(name for name in kind.variants if name)
        raise Invalid("variant", f"{format.upper()} has no variant {variant!r}. "
                                 f"{f'Choose one of {known}.' if known else 'Leave it out.'}")
    return variant or kind.variants[0]
