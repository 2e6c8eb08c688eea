"""Pure: which tables may be published, and what n may show."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["open", "blocks", "held"]


@dataclass(frozen=True)
class Policy:
    """The numbers of a protection level as fixed for one workshop: k people before anything is shown,
    m before anything changes, tau people in every class that is drawn."""

    level: Level
    k: int
    m: int
    tau: int


@dataclass(frozen=True)
class Cell:
    """A rectangle of the plane in bin numbers from 0 (x: dependence, y: independence) and the people in it."""

    x: int
    y: int
    w: int
    h: int
    n: int


@dataclass(frozen=True)
class Plane:
    """`bins` is 3 or 5 a side; only rectangles with people in them are listed."""

    bins: int
    cells: tuple[Cell, ...]
