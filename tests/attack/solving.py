"""A solver (CP-SAT of OR-Tools) that is asked for a room in which somebody stands elsewhere, or for the proof that
there is none."""

import random
from collections.abc import Callable, Iterator
from itertools import product
from typing import Literal

from tests.attack.conditions import Conditions, Frame
from tests.attack.suspects import Suspicion
from tests.attack.swaps import shown_side
from tests.attack.ways import alike, whole_now
from tests.attack.worlds import RoundSeen, Rows, Seen
from workshop.inventory import LIGHT_POLES
from workshop.release import shows

Said = Literal["none", "found", "time"]
TRIES = 5
WEIGHTS = 100


def decided(seen: RoundSeen, one: Suspicion, truth: Seen, rng: random.Random, seconds: float,
            fits: Callable[[Rows], bool]) -> tuple[Literal["forced", "solver", "undecided"], Rows | None]:
    """"solver" with a room that fits; "forced" where under what was told alone there is none at all."""
    left = list(frames(seen, one, truth))
    for number in range(TRIES):
        for frame in tuple(left):
            said, world = searched(Conditions(seen, one, truth, frame), rng, seconds, fits, near=number > 0)
            if world is not None:
                return "solver", world
            if said == "none":
                left.remove(frame)
        if all(frame.kept != "told" for frame in left):
            return "forced", None
    return "undecided", None


def frames(seen: RoundSeen, one: Suspicion, truth: Seen) -> Iterator[Frame]:
    """From those that are quickly searched to those that leave nothing out."""
    pole, mine = seen.asked.items[one.item].pole, shown_side(seen, one.item, truth)
    sides = {pole: mine} if mine else {}
    planes = bool(mine) and pole in LIGHT_POLES and "plane" in truth.closing.tables
    both = {light: tuple(item for item in truth.closing.items if seen.asked.items[item].pole == light)
            for light in LIGHT_POLES} if planes else sides
    now = tuple((side, whole_now(seen, columns)) for side, columns in both.items())
    yield Frame(sides, "everyone", now)
    yield Frame(sides, "places", now)
    if planes:
        yield Frame(both, "places", now)
    for whole in product(*(_wholes(seen, truth, side, columns) for side, columns in both.items())):
        yield Frame(both, "told", whole)


def _wholes(seen: RoundSeen, truth: Seen, side: str, columns: tuple[int, ...]) -> list[tuple[str, int]]:
    """How many can have answered all of a side, for what was told of its alpha; the truth first."""
    told, now = truth.closing.tables.get(f"alpha {side}"), whole_now(seen, columns)
    if told is None:
        return [(side, now)]
    least = next(people for people in range(len(seen.entries) + 1) if shows(people, seen.policy).percent)
    others = [people for people in range(least, len(seen.entries) + 1) if alike(told, people, len(columns))]
    return [(side, people) for people in sorted(others, key=lambda people: abs(people - now))]


def searched(room: Conditions, rng: random.Random, seconds: float, fits: Callable[[Rows], bool], *,
             near: bool) -> tuple[Said, Rows | None]:
    """A room that fits, if the search comes by one; `near`: through ever nearer rooms, other ones at each search."""
    from ortools.sat.python import cp_model

    class Found(cp_model.CpSolverSolutionCallback):
        world: Rows | None = None

        def on_solution_callback(self) -> None:
            world = room.world(self.value)
            if fits(world):
                self.world = world
                self.stop_search()

    if near:
        room.stay_near(iter(lambda: rng.randint(1, WEIGHTS), 0))
    solver, found = cp_model.CpSolver(), Found()
    # Seconds as the solver counts its own steps: a busy machine comes to the same answers as a quiet one.
    solver.parameters.max_deterministic_time, solver.parameters.num_workers = seconds, 1
    solver.parameters.random_seed = rng.randrange(10**6)
    status = solver.solve(room.model, found)
    if status == cp_model.MODEL_INVALID:
        raise ValueError(room.model.validate())
    return ("none" if status == cp_model.INFEASIBLE else "found" if found.world is not None else "time"), found.world
