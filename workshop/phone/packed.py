"""Pages that are compressed once and finished for each phone, so that joining costs next to nothing."""

import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable

MOST_OPENINGS = 16
STEP, PLAIN_STEP = 8_192, 32_768  # what levelled pages are a multiple of, as gzip and as they are
SEAM = "\f"  # between parts of different kind: each gets a code of its own, which saves some two per cent
_STORED_FRAME, _GZIP_END = 5, 8
_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"


class Opening:
    """The part of a page that many phones get alike; `ended` adds what only one of them gets.

    The compressor is kept as it stood after the opening: a copy of it goes on with the rest, which costs some
    0.1 ms where packing the whole page anew costs ten.
    """

    def __init__(self, text: str) -> None:
        self.plain = text.replace(SEAM, "").encode()
        self._packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
        self._start = _GZIP_HEADER + b"".join(map(self._pack, text.split(SEAM)))
        self._check = zlib.crc32(self.plain)

    def _pack(self, part: str) -> bytes:
        return self._packer.compress(part.encode()) + self._packer.flush(zlib.Z_BLOCK)

    def ended(self, text: str, *, packed: bool) -> bytes:
        """The whole page, as gzip where `packed`."""
        end = text.encode()
        if not packed:
            return self.plain + end
        packer = self._packer.copy()
        size = (len(self.plain) + len(end)) & 0xFFFFFFFF
        return b"".join((
            self._start, packer.compress(end), packer.flush(),
            zlib.crc32(end, self._check).to_bytes(4, "little"), size.to_bytes(4, "little"),
        ))


class Openings:
    """The openings in use, the least used forgotten first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Opening] = OrderedDict()

    def get(self, key: Hashable, write: Callable[[], str]) -> Opening:
        """The opening known by `key`, written now if it is new."""
        if key not in self._kept:
            self._kept[key] = Opening(write())
        self._kept.move_to_end(key)
        while len(self._kept) > MOST_OPENINGS:
            self._kept.popitem(last=False)
        return self._kept[key]


def levelled(text: str, *, packed: bool) -> bytes:
    """A page as long as any other of its kind, so that a length tells nothing of what stands on it: blanks after its
    end, which gzip carries as they are."""
    plain = text.encode()
    if not packed:
        return plain + b" " * (-len(plain) % PLAIN_STEP)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    start = _GZIP_HEADER + packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH)
    blanks = b" " * (-(len(start) + _STORED_FRAME + _GZIP_END) % STEP)
    stored = b"\x01" + len(blanks).to_bytes(2, "little") + (0xFFFF ^ len(blanks)).to_bytes(2, "little") + blanks
    whole = plain + blanks
    return b"".join((start, stored, zlib.crc32(whole).to_bytes(4, "little"), len(whole).to_bytes(4, "little")))
