"""Many workshops on trial, one process or several, and what came of them by level and size."""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from tests.attack.journal import Journal, Task
from tests.attack.plans import SIZES, Plan, plan_number
from tests.attack.trial import Outcome, tried
from tests.attack.without import LEVELS, without
from tests.rooms import Clock, sessions_in

BANDS = ((5, 7), (8, 11), (12, 15), (16, 29), (30, 60), (61, 300))
POOLED_EVERY, TWIN_EVERY = 5, 4
SIZES_WITHOUT = {"R9": (24, 28, 30, 32, 36, 45)}


@dataclass
class Line:
    """All workshops of one level and band of sizes."""

    workshops: int = 0
    rounds: int = 0
    people: int = 0
    resolved: int = 0
    undecided: int = 0
    twins: int = 0
    told_apart: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)
    how: Counter[str] = field(default_factory=Counter)
    bytes: int = 0
    pooled: Counter[tuple[int, str]] = field(default_factory=Counter)
    who: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """One more workshop; of one that failed nothing is known."""
        if outcome.failed:
            self.failed.append(f"{outcome.plan.name}: {outcome.failed}")
            return
        self.workshops += 1
        self.rounds += outcome.rounds
        self.people += outcome.people
        self.resolved += len(outcome.resolved)
        self.undecided += outcome.how["undecided"]
        self.twins += outcome.twin_answers > 0
        self.bytes += outcome.bytes
        self.how += outcome.how
        self.misread += outcome.misread
        self.silent += outcome.undecided
        self.told_apart += [f"{outcome.plan.name}: {outcome.told_apart}"] if outcome.told_apart else []
        self.who += [f"{outcome.plan.name}: {sorted(outcome.resolved)[:4]}"] if outcome.resolved else []
        for one in outcome.pooled:
            self.pooled[one.size, "rooms"] += 1
            self.pooled[one.size, "lot"] += one.by_lot
            self.pooled[one.size, "worst"] += one.worst


@contextmanager
def sessions_of_their_own(clock: Clock) -> Iterator[tuple]:
    """Two installations in memory: one for the workshop, one for its twin."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as here, tempfile.TemporaryDirectory(dir=memory) as there, \
            sessions_in(Path(here), clock) as one, sessions_in(Path(there), clock) as other:
        yield one, other


def one_trial(task: Task) -> Outcome:
    """Played, attacked, played again as its twin."""
    plan, clock = plan_number(task.level, task.number, task.seed, task.sizes), Clock()
    with sessions_of_their_own(clock) as (sessions, again), without(*([task.missing] if task.missing else [])):
        compare = None if task.missing or task.level == "open" or task.number % TWIN_EVERY else again
        return tried(sessions, clock, plan, seconds=task.seconds, again=compare, stuffed=task.missing == "R7",
                     known=not task.missing and task.level != "open" and task.number % POOLED_EVERY == 0)


def outcomes(tasks: Sequence[Task], jobs: int, until: float, journal: Journal) -> Iterator[Outcome]:
    """In any order, those of the journal first; whatever has not begun by then is left out."""
    found = [(task, journal.of(task)) for task in tasks]
    yield from (outcome for _, outcome in found if outcome is not None)
    waiting = (task for task, outcome in found if outcome is None)
    with ProcessPoolExecutor(jobs) as pool:
        running: dict[Future[Outcome], Task] = {}
        while True:
            if time.monotonic() < until:
                running |= {pool.submit(one_trial, task): task for task in islice(waiting, jobs - len(running))}
            if not running:
                return
            done = next(as_completed(running))
            yield journal.add(running[done], _came_of(done, running.pop(done)))


def _came_of(done: Future[Outcome], task: Task) -> Outcome:
    """Its outcome, or how it failed: one workshop must not end a night's run."""
    error = done.exception()
    if error is None:
        return done.result()
    return Outcome(plan_number(task.level, task.number, task.seed, task.sizes), failed=repr(error)[:300])


def band_of(plan: Plan) -> tuple[int, int]:
    """The band of its size."""
    return next(band for band in BANDS if plan.people <= band[1])


@dataclass(frozen=True)
class Missed:
    """What the attacker found without a rule: in which workshop, the how-many-th he tried; `over`: there was time."""

    rule: str
    tries: int
    resolved: int = 0
    plan: Plan | None = None
    over: bool = True


def first_success(rule: str, seed: int, seconds: float, until: float, journal: Journal, most: int = 80) -> Missed:
    """The first workshop without this rule in which somebody is resolved."""
    for number in range(most):
        task = Task(LEVELS[rule], number, seed, seconds, rule, SIZES_WITHOUT.get(rule, SIZES))
        outcome = journal.of(task)
        if outcome is None and time.monotonic() >= until:
            return Missed(rule, number, over=False)
        outcome = outcome or journal.add(task, one_trial(task))
        if outcome.resolved:
            return Missed(rule, number + 1, len(outcome.resolved), outcome.plan)
    return Missed(rule, most)
