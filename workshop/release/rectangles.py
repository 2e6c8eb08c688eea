"""The plane: people on a grid of two scores, in rectangles that nobody can be found in."""

from dataclasses import dataclass
from itertools import product

from workshop.release.levels import Policy
from workshop.release.showing import shows

# The five classes of a score that make low, middle and high.
THIRDS = ((0, 1), (2,), (3, 4))
FEWEST_PEOPLE = 3
FEWEST_RECTANGLES = 3

Grid = tuple[tuple[int, ...], ...]


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


def plane(grid: Grid, policy: Policy) -> Plane | None:
    """The finest plane that may be published, its rectangles by y and x, or None = held back.

    grid[y][x] are the people in each pair of the five classes, y independence and x dependence.
    """
    if [len(row) for row in grid] != [5] * 5:
        raise ValueError("the grid of a plane is 5 by 5")
    # open has no exception here: the rule for the plane names none, and R1's are about n and points.
    least = max(FEWEST_PEOPLE, policy.tau)
    finest = shows(sum(map(sum, grid)), policy).plane
    grids = {5: (grid, _coarse(grid)), 3: (_coarse(grid),), 0: ()}[finest]
    planes = (Plane(len(one), _filled(_merged(_cells(one), least))) for one in grids)
    return next((drawn for drawn in planes if len(drawn.cells) >= FEWEST_RECTANGLES), None)


def _coarse(grid: Grid) -> Grid:
    return tuple(tuple(sum(grid[y][x] for y, x in product(rows, columns)) for columns in THIRDS)
                 for rows in THIRDS)


def _cells(grid: Grid) -> list[Cell]:
    return [Cell(x, y, 1, 1, people) for y, row in enumerate(grid) for x, people in enumerate(row)]


def _filled(cells: list[Cell]) -> tuple[Cell, ...]:
    return tuple(sorted((cell for cell in cells if cell.n), key=lambda cell: (cell.y, cell.x)))


def _merged(cells: list[Cell], least: int) -> list[Cell]:
    while small := [cell for cell in cells if 0 < cell.n < least]:
        source = min(small, key=lambda cell: (cell.n, cell.y, cell.x))
        candidates = [_enclosing(source, other, cells) for other in cells if _share_an_edge(source, other)]
        best = min(candidates, key=_preference)
        cells = [*(cell for cell in cells if not _overlap(cell, best)), best]
    return cells


def _preference(cell: Cell) -> tuple[int, int, int, int, int]:
    # Area, people, y, x are the rule's; two that tie in all of them differ in height, the flatter wins.
    return cell.w * cell.h, cell.n, cell.y, cell.x, cell.h


def _enclosing(one: Cell, other: Cell, cells: list[Cell]) -> Cell:
    box = _around([one, other])
    while (cut := _around([cell for cell in cells if _overlap(cell, box)])) != box:
        box = cut
    return box


def _around(cells: list[Cell]) -> Cell:
    x, y = min(cell.x for cell in cells), min(cell.y for cell in cells)
    right, top = max(cell.x + cell.w for cell in cells), max(cell.y + cell.h for cell in cells)
    return Cell(x, y, right - x, top - y, sum(cell.n for cell in cells))


def _overlap(one: Cell, other: Cell) -> bool:
    return _common(one, other) == (True, True)


def _share_an_edge(one: Cell, other: Cell) -> bool:
    beside = one.x + one.w == other.x or other.x + other.w == one.x
    stacked = one.y + one.h == other.y or other.y + other.h == one.y
    across, along = _common(one, other)
    return (beside and along) or (stacked and across)


def _common(one: Cell, other: Cell) -> tuple[bool, bool]:
    across = one.x < other.x + other.w and other.x < one.x + one.w
    along = one.y < other.y + other.h and other.y < one.y + one.h
    return across, along
