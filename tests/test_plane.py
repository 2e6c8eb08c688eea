"""The plane. Expected values: its rule worked by hand, or by an oracle that thinks in sets of squares."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.release import Cell, Plane, Policy, plane, policy

OPEN, BLOCKS, HELD = (policy(level, "team") for level in ("open", "blocks", "held"))
Grid = tuple[tuple[int, ...], ...]
Square = tuple[int, int]
Region = frozenset[Square]

few = st.sampled_from([0, 0, 0, 0, 1, 1, 2, 3, 5])
grids = st.tuples(*[st.tuples(*[few] * 5)] * 5)
policies = st.sampled_from([HELD, BLOCKS, OPEN])


def people(grid: Grid) -> int:
    return sum(map(sum, grid))


def grid_of(squares: dict[Square, int]) -> Grid:
    """People by (x, y) on an otherwise empty grid."""
    return tuple(tuple(squares.get((x, y), 0) for x in range(5)) for y in range(5))


# The oracle: the grid as regions of squares, the rule for merging as its own text says it.
def merged_regions(counts: dict[Square, int]) -> list[Region]:
    regions = [frozenset({square}) for square in counts]

    def heads(region: Region) -> int:
        return sum(counts[square] for square in region)

    def corner(region: Region) -> tuple[int, int]:
        return min(y for _, y in region), min(x for x, _ in region)

    def touch(one: Region, other: Region) -> bool:
        return one != other and any(abs(a - c) + abs(b - d) == 1 for (a, b), (c, d) in product(one, other))

    def enclosing(squares: Region) -> Region:
        xs, ys = [x for x, _ in squares], [y for _, y in squares]
        box = frozenset(product(range(min(xs), max(xs) + 1), range(min(ys), max(ys) + 1)))
        whole = frozenset().union(*(region for region in regions if region & box))
        return box if whole == box else enclosing(whole)

    def wanted(region: Region) -> tuple[int, int, int, int, int]:
        return len(region), heads(region), *corner(region), len({y for _, y in region})

    while small := [region for region in regions if heads(region) in (1, 2)]:
        fewest = min(small, key=lambda region: (heads(region), *corner(region)))
        candidates = {enclosing(fewest | other) for other in regions if touch(fewest, other)}
        best = sorted(candidates, key=wanted)[0]
        regions = [region for region in regions if not region <= best] + [best]
    return [region for region in regions if heads(region)]


def expected_plane(grid: Grid) -> set[tuple[Region, int]] | None:
    """Regions in squares of the plane's own grid with their people, or None where it is hidden."""
    fine = {(x, y): grid[y][x] for x, y in product(range(5), repeat=2)}
    third = (0, 0, 1, 2, 2)
    coarse = {(x, y): sum(grid[b][a] for a, b in fine if (third[a], third[b]) == (x, y))
              for x, y in product(range(3), repeat=2)}
    n = people(grid)
    for counts in ([fine] if n >= 16 else []) + ([coarse] if n >= 12 else []):
        regions = merged_regions(counts)
        if len(regions) >= 3:
            return {(region, sum(counts[square] for square in region)) for region in regions}
    return None


def squares_of(cell: Cell) -> Region:
    return frozenset(product(range(cell.x, cell.x + cell.w), range(cell.y, cell.y + cell.h)))


@settings(max_examples=300)
@given(grids)
def test_the_plane_is_merged_exactly_as_the_rule_says(grid: Grid) -> None:
    drawn = plane(grid, HELD)
    assert (drawn and {(squares_of(cell), cell.n) for cell in drawn.cells}) == expected_plane(grid)


@given(grids, policies)
def test_nobody_is_lost_and_nobody_stands_in_a_small_rectangle(grid: Grid, now: Policy) -> None:
    drawn = plane(grid, now)
    if drawn is None:
        return
    assert people(grid) >= (16 if drawn.bins == 5 else 12)
    assert len(drawn.cells) >= 3
    assert all(cell.n >= 3 for cell in drawn.cells)
    assert sum(cell.n for cell in drawn.cells) == people(grid)
    squares = [square for cell in drawn.cells for square in squares_of(cell)]
    assert len(squares) == len(set(squares))
    assert set(squares) <= set(product(range(drawn.bins), repeat=2))
    assert list(drawn.cells) == sorted(drawn.cells, key=lambda cell: (cell.y, cell.x))


@given(grids)
def test_each_rectangle_counts_the_people_who_stand_in_it(grid: Grid) -> None:
    drawn = plane(grid, HELD)
    if drawn and drawn.bins == 5:
        for cell in drawn.cells:
            assert cell.n == sum(grid[y][x] for x, y in squares_of(cell))


@given(grids)
def test_a_grid_of_threes_stays_as_it_is(grid: Grid) -> None:
    tripled = tuple(tuple(3 * count for count in row) for row in grid)
    filled = {(x, y): tripled[y][x] for x, y in product(range(5), repeat=2) if tripled[y][x]}
    if len(filled) >= 3 and people(tripled) >= 16:
        drawn = plane(tripled, HELD)
        assert drawn
        assert {(cell.x, cell.y): cell.n for cell in drawn.cells} == filled
        assert all((cell.w, cell.h) == (1, 1) for cell in drawn.cells)


@given(grids)
def test_a_drawn_plane_is_stable(grid: Grid) -> None:
    drawn = plane(grid, HELD)
    if drawn is None or drawn.bins == 3:
        return
    # Everybody moved to one square of the own rectangle: the same rectangles hold, so nothing merges.
    moved = plane(grid_of({(cell.x, cell.y): cell.n for cell in drawn.cells}), HELD)
    assert moved
    assert {(cell.x, cell.y): cell.n for cell in moved.cells} == {
        (cell.x, cell.y): cell.n for cell in drawn.cells}
    assert plane(grid, HELD) == drawn


@given(grids)
def test_five_by_five_is_tried_before_three_by_three(grid: Grid) -> None:
    drawn = plane(grid, HELD)
    if drawn and drawn.bins == 3 and people(grid) >= 16:
        fine = {(x, y): grid[y][x] for x, y in product(range(5), repeat=2)}
        assert len(merged_regions(fine)) < 3


def test_one_person_joins_the_emptier_neighbour_first() -> None:
    # (0,0) holds one. Up and right are empty, area 2 both and one person both: equal in y and x too, so the
    # flatter wins; then (0..1, 0) joins (2, 0) with its four people: area 3, against area 4 upward.
    grid = grid_of({(0, 0): 1, (2, 0): 4, (4, 4): 6, (0, 4): 5})
    assert plane(grid, HELD) == Plane(5, (Cell(0, 0, 3, 1, 5), Cell(0, 4, 1, 1, 5), Cell(4, 4, 1, 1, 6)))


def test_a_rectangle_never_cuts_another_one() -> None:
    # (3,4) holds one and goes down its empty column until it meets the four of (3,1): 1 x 4 with five people.
    # (4,1) holds two: down first (lowest y), then up square by square, area 3, 4, 5, always less than to the
    # left, where the box around it and the empty (3,0) would cut the 1 x 4 and so has to take it in: 2 x 5.
    # With the column full that is the one way left.
    grid = grid_of({(1, 3): 5, (2, 1): 5, (3, 1): 4, (3, 4): 1, (4, 1): 2})
    assert plane(grid, HELD) == Plane(5, (Cell(3, 0, 2, 5, 7), Cell(2, 1, 1, 1, 5), Cell(1, 3, 1, 1, 5)))


def test_three_by_three_from_twelve_people_and_five_by_five_from_sixteen() -> None:
    twelve = grid_of({(0, 0): 2, (1, 1): 2, (4, 4): 4, (0, 4): 4})
    assert plane(twelve, HELD) == Plane(3, (Cell(0, 0, 1, 1, 4), Cell(0, 2, 1, 1, 4), Cell(2, 2, 1, 1, 4)))
    sixteen = grid_of({(0, 0): 4, (1, 1): 4, (4, 4): 4, (0, 4): 4})
    drawn = plane(sixteen, HELD)
    assert drawn
    assert drawn.bins == 5
    assert len(drawn.cells) == 4
    assert plane(grid_of({(0, 0): 3, (1, 1): 3, (4, 4): 3, (0, 4): 2}), HELD) is None


def test_a_room_in_fewer_than_three_rectangles_has_no_plane() -> None:
    assert plane(grid_of({(0, 0): 8, (4, 4): 8}), HELD) is None
    assert plane(grid_of({(2, 2): 40}), HELD) is None
    assert plane(grid_of({}), HELD) is None


def test_three_by_three_is_tried_where_five_by_five_comes_to_too_little() -> None:
    # (0,0) holds two and grows up the empty side of the plane, square by square (least area, fewest people),
    # until the column is full; then the one way left is right, two columns with ten people. Two rectangles
    # are too few. Of nine squares, three hold somebody, and each enough.
    grid = grid_of({(0, 0): 2, (1, 0): 4, (1, 4): 4, (3, 3): 10})
    assert plane(grid, HELD) == Plane(3, (Cell(0, 0, 1, 1, 6), Cell(0, 2, 1, 1, 4), Cell(2, 2, 1, 1, 10)))


def test_open_merges_small_rectangles_as_well_and_starts_at_twelve() -> None:
    grid = grid_of({(0, 0): 1, (1, 0): 5, (4, 4): 6, (0, 4): 5})
    drawn = plane(grid, OPEN)
    assert drawn
    assert min(cell.n for cell in drawn.cells) >= 3
    assert plane(grid_of({(0, 0): 4, (4, 4): 4, (0, 4): 3}), OPEN) is None


def test_a_grid_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="5 by 5"):
        plane(((12, 0, 0), (0, 0, 0), (0, 0, 0)), HELD)
