"""A QR code as one compact SVG path."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4


@lru_cache(maxsize=256)
def qr(url: str) -> Mapping[str, str | int]:
    """`d` for a square of `size` modules that counts the quiet zone of four in."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(url)
    rows = code.get_matrix()
    return {"d": "".join(_runs(rows)), "size": len(rows) + 2 * QUIET}


def _runs(rows: list[list[bool]]) -> Iterator[str]:
    for y, row in enumerate(rows):
        x = 0
        for dark, modules in groupby(row):
            length = len(list(modules))
            if dark:
                yield f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z"
            x += length
