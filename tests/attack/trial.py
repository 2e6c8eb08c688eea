"""One workshop on trial: played, read, attacked, and played again as its twin."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.attack.collected import directions_resolved, edges_resolved
from tests.attack.judging import How, Verdict, judged
from tests.attack.knowing import Pooled, pooled_knowledge
from tests.attack.plans import Plan
from tests.attack.playing import Played, Player
from tests.attack.reading import foretold, told
from tests.attack.subtraction import left_over, subtracted
from tests.attack.twins import compared, twin_of
from tests.attack.worlds import RoundSeen, published
from tests.rooms import Clock
from workshop.release import Policy
from workshop.sessions import Sessions


@dataclass
class Outcome:
    """What came of one workshop. `resolved` are persons by round; `misread` rounds whose bytes the attacker's own
    knowledge of the rules does not foretell; `told_apart` is a surface that told the room from its twin; `failed` is
    what ended the trial before its end."""

    plan: Plan
    people: int = 0
    rounds: int = 0
    how: Counter[How] = field(default_factory=Counter)
    resolved: set[tuple[int, int]] = field(default_factory=set)
    by_subtraction: int = 0
    by_collections: int = 0
    misread: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    twin_answers: int = 0
    told_apart: str = ""
    bytes: int = 0
    pooled: list[Pooled] = field(default_factory=list)
    failed: str = ""


def tried(sessions: Sessions, clock: Clock, plan: Plan, *, seconds: float, again: Sessions | None = None,
          known: bool = False, stuffed: bool = False) -> Outcome:
    """The whole trial; `again` are other sessions for the twin, `known` asks for people who pool what they know."""
    outcome, began = Outcome(plan), clock.now
    played = Player(sessions, clock, plan, stuffed=stuffed, everything=again is not None).play()
    rounds = list(rounds_of(sessions, played))
    verdicts = [_attacked(seen, played, outcome, seconds, reading=not stuffed) for seen in rounds]
    for seen in rounds if known else ():
        outcome.pooled += pooled_knowledge(seen, plan.name)
    if again is not None and not outcome.resolved:
        clock.now = began
        twin = compared(again, clock, played, twin_of(rounds, verdicts, played, plan.name))
        outcome.twin_answers, outcome.told_apart = twin.answers, twin.told_apart
    outcome.bytes = sum(len(text) for _, text in played.recorder.said)
    return outcome


def _attacked(seen: RoundSeen, played: Played, outcome: Outcome, seconds: float, *, reading: bool) -> Verdict:
    said = [(people, results) for number, people, results in played.recorder.results
            if number == seen.number and results["released"]]
    if reading and told(said[-1][1]) != foretold(seen, published(seen, seen.rows)):
        outcome.misread.append(f"{outcome.plan.name} round {seen.number}")
    verdict = judged(seen, f"{outcome.plan.name}/{seen.number}", seconds)
    found = set(verdict.resolved)
    owners = {entry.owner for entry in seen.entries}
    taken = set().union(*({*subtracted(seen, said, owner), *left_over(seen, said[-1][1], owner)}
                          for owner in _attackers(owners)))
    entered = set().union(*(edges_resolved(seen, played.taps.get(seen.number, {}), owner)
                            | directions_resolved(seen, played.told.get(seen.number, {}), owner) for owner in owners))
    outcome.by_subtraction += len({person for person, _ in taken})
    outcome.by_collections += len(entered)
    outcome.people += len(owners)
    outcome.rounds += 1
    outcome.how += verdict.how
    outcome.resolved |= {(seen.number, person) for person, _ in found | taken} | {(seen.number, one) for one in entered}
    outcome.undecided += [f"{outcome.plan.name} round {seen.number}: {seen.asked.items[one.item].id}"
                          for one in verdict.undecided]
    return verdict


def _attackers(owners: set[int]) -> list[int]:
    """Subtraction is tried by a few: it needs nothing of the attacker but his own answers."""
    return sorted(owners)[:3]


def rounds_of(sessions: Sessions, played: Played) -> Iterator[RoundSeen]:
    """The rounds of which anything was published."""
    workshop = sessions.workshop(played.recorder.code)
    asked = sessions.questionnaire(workshop)
    options = tuple(workshop.grouping["options"]) if workshop.grouping else ()
    for number, entries in played.entries.items():
        if entries:
            yield RoundSeen(number, Policy(workshop.level, workshop.k, workshop.m, workshop.tau), asked,
                            tuple(entries), played.before_close.get(number, 0), options, workshop.revealed)
