"""What a participant does: join, answer, change, withdraw, choose an edge, be forgotten."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from workshop.errors import Conflict, Forbidden
from workshop.room import Collection, CollectionKind, Phase, Seat
from workshop.sessions.act import Act, not_sealed
from workshop.sessions.ballots import ballot_of, direction_ballot, edge_ballot, group_number, word_ballot
from workshop.sessions.collections import enter, seat_of, tag_of, take_out
from workshop.sessions.state import opened_round

MOST_SEATS = 2_000
TOKEN_BYTES = 16
TOKEN = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]")  # so many bytes, written as the cookie has them
COUNTED = ("already_counted", "Your answers were counted and you asked to be forgotten. "
                              "This phone can join again after the round is closed.")


@dataclass(frozen=True)
class Joined:
    """The cookie token of a phone's seat, and whether the seat is new."""

    token: str
    created: bool


def fresh_token() -> str:
    """128 random bits, fit for a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def join(act: Act, token: str | None) -> Joined:
    """A seat for this phone; the one it has, if it has one."""
    workshop = not_sealed(act.workshop)
    if workshop.phase == Phase.DRAFT:
        raise Conflict("wrong_phase", "This workshop is not open yet. Wait until the host opens the room.")
    token = token or fresh_token()
    seat = seat_of(act, token)
    if seat is not None:
        if seat.forgotten:
            raise Conflict(*COUNTED)
        return Joined(token, created=False)
    _admit(act)
    act.tx.put_seat(workshop, Seat(tag_of(act, token)))
    return Joined(token, created=True)


def _admit(act: Act) -> None:
    workshop = act.workshop
    if act.tx.counts(workshop).joined >= MOST_SEATS:
        raise Conflict("room_full", f"This room is full: it has {MOST_SEATS} phones. Please tell the host.")
    if not workshop.locked:
        return
    if workshop.let_in < 1:
        raise Conflict("locked", "The room is locked right now. Ask the host to let you in, then try again.")
    act.change(let_in=workshop.let_in - 1)


def leave(act: Act, token: str | None) -> None:
    """Forgets a phone: its seat, and whatever of its answers no release took in. Nothing where it has no seat."""
    not_sealed(act.workshop)
    seat = seat_of(act, token)
    if seat is None:
        return
    for collection in act.workshop.collections:
        if collection.pending:
            continue  # words that wait are joined and shuffled already: they belong to nobody any more
        if collection.kind != "answers" or (seat.sent and not seat.used):
            take_out(act, collection, seat.tag)
    if seat.used and act.workshop.phase == Phase.ANSWERING:
        act.tx.put_seat(act.workshop, replace(seat, sent=False))
    else:
        act.tx.drop_seat(act.workshop, seat.tag)


def answer(act: Act, round: int, token: str | None, answers: Mapping[str, object], group: str | None) -> None:
    """All answers of a round at once; the last ones sent before a release count."""
    collection, seat = _open_seat(act, round, token)
    ballot = ballot_of(act.questionnaire, answers, group_number(act.workshop.grouping, group))
    enter(act, collection, seat.tag, ballot, again=seat.sent)
    if not seat.sent:
        act.tx.put_seat(act.workshop, replace(seat, sent=True))


def withdraw(act: Act, round: int, token: str | None) -> None:
    """Takes a seat's answers back; the seat stays. Nothing where none were sent."""
    collection, seat = _open_seat(act, round, token)
    if seat.sent:
        take_out(act, collection, seat.tag)
        act.tx.put_seat(act.workshop, replace(seat, sent=False))


def choose_edge(act: Act, round: int, token: str | None, facet: str) -> None:
    """One light facet, changeable until the edges are closed."""
    seat = _seat(act, token)
    collection = _gathering(act, "edges", round, "Edges are not being collected right now. "
                                                 "Your page still has them for yourself.")
    enter(act, collection, seat.tag, edge_ballot(act.questionnaire, facet), again=True)


def tell_direction(act: Act, round: int, token: str | None, directions: Mapping[str, object]) -> None:
    """Whether a person went up, stayed or went down on each axis; only this leaves the phone."""
    seat = _seat(act, token)
    collection = _gathering(act, "directions", round, "Directions are not being collected right now.")
    enter(act, collection, seat.tag, direction_ballot(directions), again=True)


def say_word(act: Act, round: int, token: str | None, text: object) -> None:
    """One word, changeable until the host closes the words."""
    seat = _seat(act, token)
    collection = _gathering(act, "words", round, "Words are not being collected right now.")
    if collection.pending:
        raise Conflict("wrong_phase", "The host has closed the words, so none can be added or changed.")
    enter(act, collection, seat.tag, word_ballot(text), again=True)


def _gathering(act: Act, kind: CollectionKind, round: int, sentence: str) -> Collection:
    collection = act.workshop.collection(kind)
    if collection is None or collection.round != round:
        opened_round(act.workshop, round)
        raise Conflict("wrong_phase", sentence)
    return collection


def _open_seat(act: Act, round: int, token: str | None) -> tuple[Collection, Seat]:
    seat = _seat(act, token)
    opened_round(act.workshop, round)
    collection = act.workshop.collection("answers")
    if collection is None or collection.round != round:
        raise Conflict("round_closed", "This round is closed, so nothing more can be sent or changed in it.")
    if seat.used:
        raise Conflict("already_counted", "Your answers have been mixed in with everyone else’s and can no longer "
                                          "be changed or taken back.")
    return collection, seat


def _seat(act: Act, token: str | None) -> Seat:
    not_sealed(act.workshop)
    seat = seat_of(act, token)
    if seat is None:
        raise Forbidden("no_seat", "This phone has not joined the room. Open the page again and tap Join.")
    if seat.forgotten:
        raise Conflict(*COUNTED)
    return seat
