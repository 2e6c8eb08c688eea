"""The page's own files, read once: each with its hash, its type and, where it pays, its gzip."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from workshop import theme

HERE = Path(__file__).parent / "assets"
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2",
         ".svg": "image/svg+xml; charset=utf-8", ".txt": "text/plain; charset=utf-8"}
PACKED = frozenset({".js", ".css", ".svg", ".txt"})


@dataclass(frozen=True)
class File:
    """One file as it is sent; `digest` goes into its address, so that it can be kept for ever."""

    name: str
    type: str
    body: bytes
    packed: bytes | None
    digest: str

    @property
    def address(self) -> str:
        """Where the page asks for it."""
        return f"/assets/stage/{self.name}?h={self.digest}"


@cache
def files() -> Mapping[str, File]:
    """Every file by name. The style sheet starts with the colours and names the fonts by their hash."""
    plain = {path.name: _file(path.name, path.read_bytes()) for path in sorted(HERE.iterdir()) if path.suffix in TYPES}
    style = plain["stage.css"].body.decode()
    for name, file in plain.items():
        style = style.replace(f"url({name})", f"url({file.address})")
    return {**plain, "stage.css": _file("stage.css", (theme.css() + style).encode())}


def _file(name: str, body: bytes) -> File:
    suffix = Path(name).suffix
    packed = gzip.compress(body, 9, mtime=0) if suffix in PACKED else None
    return File(name, TYPES[suffix], body, packed, sha256(body).hexdigest()[:16])
