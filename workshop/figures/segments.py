"""How wide the parts of a bar are drawn, and the bar itself."""

from collections.abc import Iterator, Sequence

from workshop.figures.canvas import GAP, Block, Label, Mark
from workshop.figures.letters import width, wrap
from workshop.figures.rows import ENDS, MIDDLE, Merged, Segment

PLATE_SIDE, SIDE, SWATCH, HIDDEN = 10, 4, 22, 24
STRIP = 0.22  # of the height, at the foot of a block that holds two tones


def widths(parts: Sequence[int], total: float, least: Sequence[float]) -> tuple[float, ...]:
    """Widths in proportion to `parts` that fill `total` with gaps between them; none below its `least`.

    The least is what its number needs: 2 of 300 people would be three pixels, and could not be read.
    """
    room = total - GAP * (len(parts) - 1)
    small: set[int] = set()
    while True:
        rest = room - sum(least[at] for at in small)
        share = sum(part for at, part in enumerate(parts) if at not in small) or 1
        short = {at for at, part in enumerate(parts) if at not in small and rest * part / share < least[at]}
        if not short:
            return tuple(least[at] if at in small else rest * part / share for at, part in enumerate(parts))
        small |= short


def leasts(parts: Sequence[Segment], size: int, side: float = SIDE) -> list[float]:
    """What each number needs, with `side` px on either side of it."""
    return [width(str(part.n), size, bold=True) + 2 * side for part in parts]


def bar(parts: Sequence[Segment], paint: str, x: float, y: float, w: float, h: float, size: int, id: str,
        merged: Merged = "") -> Iterator[Mark]:
    """One stacked bar with its counts inside; `paint` names the tones, hatched ones get plates under the counts.

    Where an end has joined the middle, the block has the middle's tone and a strip of the end's at its foot.
    """
    plated = paint.endswith("_shadow")
    side = PLATE_SIDE if plated else SIDE
    least = leasts(parts, size, side)
    for part, wide in zip(parts, widths([part.n for part in parts], w, least), strict=True):
        tone_id, middle = f"{id} {part.tone}", x + wide / 2
        strip = round(h * STRIP) if merged and part.tone == MIDDLE else 0
        high = h - strip
        yield Block(f"{paint}.{part.tone}", x, y, wide, high, tone_id, part.n)
        if merged and strip:
            yield Block(f"{paint}.{ENDS[merged]}", x, y + high, wide, strip, f"{tone_id} too")
        if plated:
            plate, inset = width(str(part.n), size, bold=True) + 2 * side - 2, 2.5 if strip else 5.5
            yield Block("plate", middle - plate / 2, y + inset, plate, high - 2 * inset, tone_id)
        yield Label(middle, baseline(y, high, size), str(part.n), size, bold=True, anchor="center", id=tone_id,
                    ink="ink" if plated else f"on_{paint}.{part.tone}")
        x += wide + GAP


def held_back(words: str, x: float, y: float, room: float, h: float, id: str = "") -> Iterator[Mark]:
    """The sentence in place of a bar of `room` by h: on two lines where one would run out of it."""
    lines = wrap(words, HIDDEN, room, 2)
    line = min(HIDDEN + 4.0, max(HIDDEN, h / len(lines)))
    top = y + (h - line * len(lines)) / 2
    for index, text in enumerate(lines):
        yield Label(x, baseline(top + index * line, line, HIDDEN), text, HIDDEN, ink="ink_soft",
                    id=f"{id}{f' {index}' if index else ''}" if id else "")


def joined_width(words: str, size: int) -> float:
    """What the sign of two tones in one takes, with its words."""
    return SWATCH + 12 + width(words, size) if words else 0


def joined_sign(paint: str, merged: Merged, words: str, right: float, y: float, size: int, id: str) -> Iterator[Mark]:
    """The block of two tones once more, small, before the words for both; it ends at `right`, its words stand on the
    baseline y."""
    left, top, strip = right - joined_width(words, size), y - 0.334 * size - SWATCH / 2, round(SWATCH * STRIP) + 1
    yield Block(f"{paint}.{MIDDLE}", left, top, SWATCH, SWATCH - strip, f"sign {id}")
    yield Block(f"{paint}.{ENDS[merged]}", left, top + SWATCH - strip, SWATCH, strip, f"sign {id} too")
    yield Label(right, y, words, size, ink="ink_soft", anchor="right", id=f"classes {id}")


def baseline(top: float, height: float, size: float) -> float:
    """Where text of `size` sits that is centred in a line of `height`, as browsers do it with this family."""
    return top + height / 2 + 0.334 * size
