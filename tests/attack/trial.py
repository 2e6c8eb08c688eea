"""One workshop on trial: played, read, attacked, and played again as its twin."""

from collections.abc import Iterator

from attack.playing import Played
from attack.worlds import RoundSeen
from workshop.release import Policy
from workshop.sessions import Sessions


def rounds_of(sessions: Sessions, played: Played) -> Iterator[RoundSeen]:
    """The rounds of which anything was published."""
    workshop = sessions.workshop(played.recorder.code)
    asked = sessions.questionnaire(workshop)
    options = tuple(workshop.grouping["options"]) if workshop.grouping else ()
    for number, entries in played.entries.items():
        if entries:
            yield RoundSeen(number, Policy(workshop.level, workshop.k, workshop.m, workshop.tau), asked,
                            tuple(entries), played.before_close.get(number, 0), options, workshop.revealed)
