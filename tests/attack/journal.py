"""What came of each workshop, a JSON line at once, so that an interrupted run goes on where it was.

Several runs may be put together by writing their files one after the other.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from tests.attack.knowing import Pooled
from tests.attack.plans import SIZES, plan_number
from tests.attack.trial import Outcome


@dataclass(frozen=True)
class Task:
    """One workshop; `missing` is the rule that is taken out of it, if any."""

    level: str
    number: int
    seed: int
    seconds: float
    missing: str = ""
    sizes: tuple[int, ...] = SIZES

    @property
    def key(self) -> tuple[str, int, int, str]:
        """Which workshop it is, whatever time the solver has."""
        return self.level, self.number, self.seed, self.missing


@dataclass
class Journal:
    """Outcomes by task, in a file if there is one."""

    path: Path | None = None
    known: dict[tuple[str, int, int, str], tuple[float, Outcome]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for line in _whole_lines(self.path):
            task, outcome = read(line)
            self._keep(task, outcome)

    def of(self, task: Task) -> Outcome | None:
        """What came of it, unless it failed, or the solver has more time now for what it could not decide then."""
        seconds, outcome = self.known.get(task.key, (0.0, None))
        if outcome is None or outcome.failed or (outcome.undecided and seconds < task.seconds):
            return None
        return outcome

    def add(self, task: Task, outcome: Outcome) -> Outcome:
        """One more, on disk before anything else happens."""
        self._keep(task, outcome)
        if self.path is not None:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(written(task, outcome) + "\n")
                file.flush()
                os.fsync(file.fileno())
        return outcome

    def _keep(self, task: Task, outcome: Outcome) -> None:
        if not outcome.failed or task.key not in self.known:
            self.known[task.key] = (task.seconds, outcome)


def _whole_lines(path: Path | None) -> Iterator[dict[str, Any]]:
    """A line that an interruption tore is cut off, so that the next one begins anew."""
    if path is None or not path.exists():
        return
    text = path.read_bytes()
    end = text.rfind(b"\n") + 1
    if end < len(text):
        os.truncate(path, end)
    yield from map(json.loads, text[:end].decode("utf-8").splitlines())


def written(task: Task, outcome: Outcome) -> str:
    """A line of the journal."""
    said = {one.name: getattr(outcome, one.name) for one in fields(outcome) if one.name != "plan"}
    said |= {"resolved": sorted(outcome.resolved), "pooled": [vars(one) for one in outcome.pooled]}
    asked = {name: value for name, value in vars(task).items() if name != "sizes" or value != SIZES}
    return json.dumps({"task": asked, "people": outcome.plan.people, "outcome": said})


def read(line: Mapping[str, Any]) -> tuple[Task, Outcome]:
    """The line's workshop, drawn again from its seed, and what came of it."""
    task = Task(**{**line["task"], "sizes": tuple(line["task"].get("sizes", SIZES))})
    said = dict(line["outcome"])
    said |= {"how": Counter(said["how"]), "resolved": {(number, person) for number, person in said["resolved"]},
             "pooled": [Pooled(**one) for one in said["pooled"]]}
    plan = plan_number(task.level, task.number, task.seed, task.sizes)
    if plan.people != line["people"]:
        raise ValueError(f"workshop {task.key} is drawn otherwise by now: begin a journal of its own")
    return task, Outcome(plan, **said)
