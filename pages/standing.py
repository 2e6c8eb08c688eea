"""Where a room stands, in sentences: whether more is to come, and what the host should know."""

from collections.abc import Iterator

from pages import rehearsing
from pages.days import day_of, moment
from pages.pace import clock
from pages.words import say, shared
from workshop.release import enough_seats, grows
from workshop.results import Snapshot
from workshop.room import Counts, Phase, Workshop
from workshop.sessions import Sessions
from workshop.sessions.collections import DAMAGED
from workshop.sessions.facts import seals_on
from workshop.sessions.mending import KEY_LOST

ARRIVING = ("agreements", "join")  # while people walk in, a small number is no news


def standing(workshop: Workshop, counts: Counts, sessions: Sessions) -> Iterator[str]:
    """The round, and when the workshop ends by itself."""
    snapshot = sessions.snapshot(workshop.code)
    if workshop.phase == Phase.DRAFT:
        yield say("standing.draft")
    elif workshop.phase == Phase.LOBBY:
        yield say("standing.lobby_locked" if workshop.locked else "standing.lobby")
    elif workshop.phase == Phase.ANSWERING:
        yield from answering(workshop, snapshot, sessions)
    else:
        yield review(workshop, snapshot)
    day = seals_on(workshop)
    if day and workshop.phase in (Phase.LOBBY, Phase.REVIEW):
        yield say("standing.seals", day=day_of(day))


def answering(workshop: Workshop, snapshot: Snapshot, sessions: Sessions) -> Iterator[str]:
    """While the round is open."""
    if workshop.closing_at is not None:
        yield say("standing.closing", left=clock(max(0.0, workshop.closing_at - sessions.clock())))
    if not workshop.growing:
        yield say("standing.held", round=workshop.round)
    elif snapshot.released and snapshot.round == workshop.round:
        yield say("standing.growing", round=workshop.round, n=snapshot.n)
    else:
        yield say("standing.waiting", round=workshop.round, k=workshop.k)
    if workshop.closes_at is not None:
        yield say("standing.closes", at=moment(workshop.closes_at))


def review(workshop: Workshop, snapshot: Snapshot) -> str:
    """Once it is closed."""
    if not snapshot.released or snapshot.round != workshop.round:
        return say("standing.nothing", round=workshop.round)
    return say("standing.held_back" if snapshot.held_back else "standing.up_to_date", round=workshop.round)


def warnings(workshop: Workshop, counts: Counts, sessions: Sessions) -> Iterator[str]:
    """What should not be overlooked."""
    if workshop.phase != Phase.DRAFT and sessions.addressing.loopback and not workshop.rehearsal:
        yield say("warning.alone")
    if workshop.phase in (Phase.LOBBY, Phase.REVIEW) and not enough_seats(workshop.context, counts.joined):
        yield say("warning.partners", n=counts.joined)
    if workshop.phase == Phase.LOBBY and workshop.level == "blocks" and not grows("blocks", counts.joined):
        yield say("warning.blocks")
    if workshop.phase == Phase.LOBBY and 0 < counts.joined < workshop.k and workshop.here.kind not in ARRIVING:
        yield say("warning.few", k=workshop.k, n=counts.joined)
    if silent := sessions.moved.silent(workshop):
        yield say("warning.moved", n=silent)
    if workshop.notice == KEY_LOST:
        yield say("warning.key_lost")
    if workshop.notice == DAMAGED:
        yield say("warning.damaged")
    if workshop.notice.startswith("raised:"):
        yield say("warning.raised", level=shared(f"level.{workshop.level}.name"))
    if workshop.held is not None:
        yield say("warning.hold")
    if workshop.blank:
        yield say("warning.blank")
    if told := rehearsing.complaint(workshop.code):
        yield told
