"""A room in which others answered otherwise and the same was published: played again, every byte has to be the same.

What the rules alone do not say is found here: order, timing of versions, rounding, sizes, caches, error messages.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.attack.judging import Verdict
from tests.attack.plans import Row
from tests.attack.playing import Played, Player
from tests.attack.reading import as_told
from tests.attack.suspects import kinds
from tests.attack.worlds import RoundSeen, Rows, blocks_of, item_history, published
from tests.rooms import Clock
from workshop.sessions import Sessions


@dataclass
class Twin:
    """What differs between two plays: how many answers and taps were others, and the first surface that told."""

    answers: int = 0
    told_apart: str = ""
    instead: dict[tuple[int, str], Row] = field(default_factory=dict)
    taps: dict[tuple[int, int], str] = field(default_factory=dict)


def twin_of(rounds: Sequence[RoundSeen], verdicts: Sequence[Verdict], played: Played, seed: str) -> Twin:
    """Answers and taps of another room that looks the same to person 0."""
    rng, twin = random.Random(seed), Twin()
    for seen, verdict in zip(rounds, verdicts, strict=True):
        rows = _otherwise(seen, verdict, rng)
        twin.answers += int((rows != seen.rows).sum())
        twin.instead |= {(seen.number, entry.name): tuple(int(one) for one in row)
                         for entry, row in zip(seen.entries, rows, strict=True)}
    for number, taps in played.taps.items():
        others = [person for person in taps if person != 0]
        facets = rng.sample([taps[person] for person in others], len(others))
        twin.taps |= {(number, person): facet for person, facet in zip(others, facets, strict=True)}
    return twin


def _otherwise(seen: RoundSeen, verdict: Verdict, rng: random.Random) -> Rows:
    """A world found by the attack, or the true one, with people of one kind changing places and hidden items moved."""
    own = [place for place, entry in enumerate(seen.entries) if entry.owner == 0]
    fits = [world for world in verdict.worlds if (world[own] == seen.rows[own]).all()]
    rows = (rng.choice(fits) if fits else seen.rows).copy()
    for kind in kinds(seen):
        others = [int(place) for place in kind if place not in own]
        rows[others] = rows[rng.sample(others, len(others))]
    for item in range(len(seen.asked.items)):
        rows = _hidden_moved(seen, rows, item, own, rng)
    same = as_told(seen, published(seen, rows)) == as_told(seen, published(seen, seen.rows))
    return rows if same else seen.rows


def _hidden_moved(seen: RoundSeen, rows: Rows, item: int, own: list[int], rng: random.Random) -> Rows:
    """Where an item was never shown, all others on one other point, if it would not have been shown then either."""
    wall = item_history(seen, item, blocks_of(seen, rows[:, item]))
    after = rows.copy()
    others = np.setdiff1d(np.arange(len(rows)), own)
    after[others, item] = rng.randint(1, seen.asked.scale.points)
    silent = all(table is None for table in wall) and len(rows) >= 8
    return after if silent and item_history(seen, item, blocks_of(seen, after[:, item])) == wall else rows


def compared(sessions: Sessions, clock: Clock, played: Played, twin: Twin) -> Twin:
    """The twin played on other sessions, byte by byte beside the first play."""
    again = Player(sessions, clock, played.plan, twin.instead, twin.taps).play()
    one, other = played.recorder.said, again.recorder.said
    if len(one) != len(other):
        twin.told_apart = f"{len(one)} and {len(other)} messages"
    for (surface, text), (there, said) in zip(one, other, strict=False):
        if (surface, text) != (there, said):
            twin.told_apart = twin.told_apart or f"{surface} / {there}"
    return twin
