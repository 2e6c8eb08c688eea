"""A round: opened, released, closed. Closing is final."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from workshop.errors import Conflict, Invalid
from workshop.published import PublishedRound, PublishedTable
from workshop.release import Level, enough_seats, grows, may_close, may_release, raised, then_now
from workshop.room import Collection, Phase, Seat, Workshop
from workshop.sessions.act import Act, veil_name
from workshop.sessions.ballots import group_in, points_of
from workshop.sessions.collections import DAMAGED, end_collection, open_collection, opened
from workshop.sessions.gathering import close_all, open_after_close
from workshop.sessions.publishing import Release, publish
from workshop.store import Entry
from workshop.store.aggregate import Response
from workshop.vault import Damaged

MOST_GRACE = 600
LONGEST_OPEN = 12 * 7 * 86_400
OPEN_FOR = 86_400
LEVELS: tuple[Level, ...] = ("open", "blocks", "held")


def open_round(act: Act, closes_at: float | None = None) -> Workshop:
    """The next round: every phone that is here may answer."""
    workshop = act.workshop
    seats = act.tx.counts(workshop).joined
    if not enough_seats(workshop.context, seats):
        raise Conflict("too_few", f"A round with partners needs at least 8 phones (four couples); {seats} are here. "
                                  "With fewer, too much could be guessed.")
    if closes_at is not None and not act.now < closes_at <= act.now + LONGEST_OPEN:
        raise Invalid("closes_at", "The closing time has to lie ahead, at most twelve weeks.")
    close_all(act)
    _turn_seats(act)
    blocks = workshop.level == "blocks"
    act.change(
        phase=Phase.ANSWERING, round=workshop.round + 1, opened_at=act.now, closing_at=None,
        closes_at=closes_at if closes_at is not None else _own_closing(act), seats_at_open=seats,
        growing=grows(workshop.level, seats), pictures=False, notice="",
        locked=workshop.locked or blocks, locked_by_blocks=blocks and not workshop.locked,
    )
    _new_round(act, seats)
    return act.workshop


def _own_closing(act: Act) -> float | None:
    at = act.workshop.closes_at
    return at if at is not None and at > act.now else None


def _new_round(act: Act, seats: int) -> None:
    workshop = act.workshop
    open_collection(act, "answers")
    if workshop.dark and not workshop.revealed:
        name = act.vault.make(veil_name(workshop, workshop.round))
        act.tx.if_lost(lambda: act.vault.destroy(name))
    day = datetime.fromtimestamp(act.now, UTC).date().isoformat()
    act.tx.put_round(workshop, PublishedRound(workshop.round, workshop.level, workshop.k, day, seats=seats))


def _turn_seats(act: Act) -> None:
    for seat in act.tx.seats(act.workshop):
        act.tx.put_seat(act.workshop, Seat(seat.tag, sent_before=seat.sent, used_before=seat.used))


def close_round(act: Act, grace: float = 0) -> Workshop:
    """At once, or after so many seconds in which it can be called off."""
    if not 0 <= grace <= MOST_GRACE:
        raise Invalid("grace", f"The grace has to be 0 to {MOST_GRACE} seconds.")
    if grace > 0:
        return act.change(closing_at=act.now + grace)
    return finish_round(act)


def cancel_close(act: Act) -> Workshop:
    """Calls a closing off that has not happened."""
    if act.workshop.closing_at is None:
        raise Conflict("wrong_phase", "The round is not about to close, so there is nothing to call off.")
    return act.change(closing_at=None)


def finish_round(act: Act) -> Workshop:
    """Publishes what may be published, destroys the rest, opens the choice of edges: one transaction."""
    collection = act.collection("answers")
    ballots = _ballots(act, collection)
    fresh = sum(one.entry.release is None for one in ballots)
    if may_close(fresh, first=collection.releases == 0, policy=act.workshop.policy):
        round = _publish(act, _take(act, collection, ballots), fresh=fresh, final=True)
    else:
        round = _publish_scores(act, collection, ballots)
    end_collection(act, act.collection("answers"))
    round = replace(round, final=True, then_now=_then_now(act, round))
    act.tx.put_round(act.workshop, round)
    _forget_the_forgotten(act)
    unlocked = not act.workshop.locked_by_blocks and act.workshop.locked
    act.change(phase=Phase.REVIEW, closing_at=None, closes_at=None, last_close=act.now,
               locked=unlocked, locked_by_blocks=False)
    open_after_close(act)
    return act.workshop


def _publish_scores(act: Act, collection: Collection, ballots: Sequence["Ballot"]) -> PublishedRound:
    """Nothing more is taken in at close: poles and plane still come, over whoever was released before."""
    if collection.releases == 0:
        return replace(act.round(), seats=act.tx.counts(act.workshop).joined)
    released = [one for one in ballots if one.entry.release is not None]
    return _publish(act, released, fresh=0, final=True)


def release_if_due(act: Act) -> Workshop | None:
    """A release in mid-round, where the round grows and its rules allow one now; None where not."""
    workshop, collection = act.workshop, act.workshop.collection("answers")
    if collection is None or not workshop.growing or not (workshop.pictures or workshop.level == "open"):
        return None
    if not _may_release(act, collection, act.tx.counts(workshop).finished - act.round().n):
        return None
    ballots = _ballots(act, collection)
    fresh = sum(one.entry.release is None for one in ballots)
    if not _may_release(act, collection, fresh):  # fewer where an entry is damaged
        return None
    act.tx.put_round(workshop, _publish(act, _take(act, collection, ballots), fresh=fresh, final=False))
    return act.workshop


def _may_release(act: Act, collection: Collection, fresh: int) -> bool:
    counts = act.tx.counts(act.workshop)
    return fresh > 0 and may_release(fresh, first=collection.releases == 0, seats=counts.joined,
                                     finished=counts.finished, policy=act.workshop.policy)


@dataclass(frozen=True)
class Ballot:
    """One seat's locked entry, the points in it, and its group."""

    entry: Entry
    points: bytes
    group: int


def _ballots(act: Act, collection: Collection) -> list[Ballot]:
    questionnaire, ballots = act.questionnaire, []
    for entry in act.tx.entries(collection.id):
        plain = opened(act, collection, entry)
        if plain is not None:
            ballots.append(Ballot(entry, points_of(plain, questionnaire), group_in(plain)))
    return ballots


def _take(act: Act, collection: Collection, ballots: Sequence[Ballot]) -> list[Ballot]:
    """Everything finished at this instant is taken in: from now on these seats are frozen."""
    number = collection.releases + 1
    tags = [one.entry.tag for one in ballots if one.entry.release is None]
    act.tx.take_entries(collection.id, tags, number)
    for tag in tags:
        seat = act.tx.seat(act.workshop, tag)
        if seat is not None:
            act.tx.put_seat(act.workshop, replace(seat, used=True))
    act.change_collection(collection, releases=number)
    return [replace(one, entry=replace(one.entry, release=one.entry.release or number)) for one in ballots]


def _publish(act: Act, ballots: Sequence[Ballot], *, fresh: int, final: bool) -> PublishedRound:
    workshop, before = act.workshop, act.round()
    collection, n = act.collection("answers"), before.n + fresh
    # Poles and plane of fewer people than the items have would tell of those whose entries were damaged.
    release = Release(collection.releases, workshop.policy, single=final and collection.releases == 1,
                      whole=(final or workshop.level == "open") and len(ballots) == n,
                      groups=tuple(workshop.grouping["options"]) if final and workshop.grouping else (),
                      final=final)
    responses = [Response(one.entry.release, one.points, one.group) for one in ballots]
    light, dark = publish(before, _veiled(act), release, act.questionnaire, responses)
    if not workshop.revealed:
        _veil(act, dark)
        dark = ()
    return replace(before, n=n, seats=act.tx.counts(workshop).joined, releases=collection.releases,
                   tables=(*light, *dark))


def _then_now(act: Act, round: PublishedRound) -> bool:
    before = act.tx.round(act.workshop, round.round - 1)
    if before is None or not before.releases or not round.releases or before.round <= act.workshop.reseated:
        return False
    stayed = sum(seat.used and seat.used_before for seat in act.tx.seats(act.workshop))
    return then_now(before.n - stayed, round.n - stayed, act.workshop.policy)


def _forget_the_forgotten(act: Act) -> None:
    for seat in act.tx.seats(act.workshop):
        if seat.forgotten:
            act.tx.drop_seat(act.workshop, seat.tag)


# dark tables, until they are revealed


def _veil(act: Act, dark: Sequence[PublishedTable]) -> None:
    workshop = act.workshop
    name = veil_name(workshop, workshop.round)
    if dark and act.vault.holds(name):
        plain = json.dumps([asdict(table) for table in dark]).encode()
        act.tx.put_veiled(workshop, workshop.round, act.vault.lock(name, plain, name.encode()))


def _veiled(act: Act, round: int | None = None) -> tuple[PublishedTable, ...]:
    number = round or act.workshop.round
    name, locked = veil_name(act.workshop, number), act.tx.veiled(act.workshop, number)
    if locked is None or not act.vault.holds(name):
        return ()
    try:
        rows = json.loads(act.vault.unlock(name, locked, name.encode()))
    except Damaged:
        act.change(notice=DAMAGED)
        return ()
    return tuple(PublishedTable(**{**row, "bins": _tuples(row["bins"]),
                                   "counts": row["counts"] and tuple(row["counts"])}) for row in rows)


def _tuples(bins: list[list[float]] | None) -> tuple[tuple[float, ...], ...] | None:
    return None if bins is None else tuple(tuple(part) for part in bins)


def reveal_dark(act: Act) -> Workshop:
    """Shows the dark tables of every round so far, and of those to come."""
    if not act.workshop.dark:
        raise Conflict("no_dark", "This workshop was made without the harder statements, so there are none to show.")
    rounds = [act.tx.round(act.workshop, number) for number in range(1, act.workshop.round + 1)]
    if not any(round and round.releases for round in rounds):
        raise Conflict("wrong_phase", "Nothing has been released yet. Close a round first.")
    if act.workshop.revealed:
        return act.workshop
    for round in rounds:
        if round is not None:
            act.tx.put_round(act.workshop, replace(round, tables=(*round.tables, *_veiled(act, round.round))))
            drop_veil(act, round.round)
    return act.change(revealed=True)


def drop_veil(act: Act, round: int) -> None:
    """Deletes a round's locked dark tables and destroys their key."""
    name = veil_name(act.workshop, round)
    act.tx.put_veiled(act.workshop, round, None)
    act.tx.once_kept(lambda: act.vault.destroy(name))


def raise_protection(act: Act, level: str) -> Workshop:
    """A higher level for the rounds to come; phones are told."""
    known = next((one for one in LEVELS if one == level), None)
    if known is None:
        raise Invalid("level", "The level has to be open, blocks or held.")
    try:
        policy = raised(act.workshop.policy, known, act.workshop.context)
    except ValueError as error:
        raise Conflict("never_lowered", "Protection can be raised between rounds, never lowered.") from error
    return act.change(level=policy.level, k=policy.k, m=policy.m, tau=policy.tau, notice=f"raised:{policy.level}",
                      growing=grows(policy.level, act.tx.counts(act.workshop).joined))


def gathering_due(collection: Collection, now: float) -> bool:
    """A collection beside the answers ends by itself after a day; words that wait have ended already."""
    return collection.kind != "answers" and not collection.pending and now >= collection.opened + OPEN_FOR


def round_due(workshop: Workshop, now: float) -> bool:
    """Whether the open round has to close now: grace over, closing time reached, or a day gone by."""
    if workshop.phase != Phase.ANSWERING or workshop.opened_at is None:
        return False
    ends = workshop.closes_at or workshop.opened_at + OPEN_FOR
    return now >= min(ends, workshop.closing_at or ends)

