"""The few outlines that pictures share: ring, badge, arrow, box, and the arch."""

from collections.abc import Iterator

from workshop.figures.canvas import Path

CURVE = 0.5523  # how far a cubic curve's handles reach to look like a quarter of a circle

# The mark in a field of 100 x 100: two legs and the stone where they meet, arcs written as cubic curves.
ARCH = (
    ("warm.1", (("M", 10, 90), ("C", 10, 66.24, 19.4, 43.44, 36.15, 26.58), ("C", 41.15, 29.43, 45.8, 32.86, 50, 36.8),
                ("C", 35.32, 50.6, 27, 69.85, 27, 90), ("Z",))),
    ("cool.1", (("M", 90, 90), ("C", 90, 66.24, 80.6, 43.44, 63.85, 26.58), ("C", 58.85, 29.43, 54.2, 32.86, 50, 36.8),
                ("C", 64.68, 50.6, 73, 69.85, 73, 90), ("Z",))),
    ("plum.2", (("M", 36.15, 26.58), ("C", 40.37, 22.33, 45.02, 18.53, 50, 15.2),
                ("C", 54.98, 18.53, 59.63, 22.33, 63.85, 26.58), ("C", 58.85, 29.43, 54.2, 32.86, 50, 36.8),
                ("C", 45.8, 32.86, 41.15, 29.43, 36.15, 26.58), ("Z",))),
)


def arch(x: float, y: float, size: float) -> Iterator[Path]:
    """The mark in a square of `size` px with its upper left corner at x, y."""
    scale = size / 92
    for fill, steps in ARCH:
        yield Path(" ".join(_placed(step, x - 4 * scale, y - 6 * scale, scale) for step in steps), fill, name="arch")


def _placed(step: tuple[str | float, ...], x: float, y: float, scale: float) -> str:
    letter, *numbers = step
    places = (f"{(x, y)[index % 2] + float(number) * scale:.2f}" for index, number in enumerate(numbers))
    return f"{letter}{' '.join(places)}"


def ring(x: float, y: float, radius: float, *, fill: str | None = None, stroke: str = "ink_soft",
         width: float = 2, name: str = "ring") -> Path:
    """A circle round x, y."""
    k = radius * CURVE
    left, right, top, bottom = x - radius, x + radius, y - radius, y + radius
    d = (f"M{left} {y}C{left} {y - k} {x - k} {top} {x} {top}C{x + k} {top} {right} {y - k} {right} {y}"
         f"C{right} {y + k} {x + k} {bottom} {x} {bottom}C{x - k} {bottom} {left} {y + k} {left} {y}Z")
    return Path(d, fill, stroke, width, name=name)


def badge(x: float, y: float, id: str) -> Iterator[Path]:
    """The ringed arrow down that says "less is more here", 28 px, centred on x, y, beside the statement `id`."""
    yield ring(x, y, 13, name=f"badge {id} ring")
    yield Path(f"M{x} {y - 7.5}V{y + 6.5}M{x - 6} {y + 0.8}L{x} {y + 6.8}L{x + 6} {y + 0.8}", None, "ink_soft", 2.4,
               name=f"badge {id}")


def arrow(x: float, y: float) -> Path:
    """An arrow to the right, 34 px, starting at x on the line y."""
    return Path(f"M{x + 2} {y}H{x + 32}M{x + 23} {y - 8}L{x + 32} {y}L{x + 23} {y + 8}", None, "ink_soft", 2.4,
                name="arrow")


def box(x: float, y: float, w: float, h: float, radius: float = 7) -> str:
    """The path of a rectangle with rounded corners."""
    right, bottom = x + w, y + h
    return (f"M{x + radius} {y}H{right - radius}Q{right} {y} {right} {y + radius}V{bottom - radius}"
            f"Q{right} {bottom} {right - radius} {bottom}H{x + radius}Q{x} {bottom} {x} {bottom - radius}"
            f"V{y + radius}Q{x} {y} {x + radius} {y}Z")
