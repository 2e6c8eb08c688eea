"""What a database and its keys hold, read with every right there is, for comparing before and after a crash."""

from collections.abc import Iterable
from typing import Any

from tests.crash.script import TOKENS, Stand
from workshop.room import Collection, Phase, Workshop
from workshop.sessions import gathering, life, rounds
from workshop.sessions.act import Act, Ground, secret_name
from workshop.sessions.collections import opened

Standing = dict[str, Any]


def standing(stand: Stand) -> Standing:
    """Everything of all workshops that a crash could spoil, under names that are the same in every run."""
    workshops = sorted(stand.sessions.workshops(), key=lambda one: one.id)
    return {"workshops": [_workshop(stand, workshop) for workshop in workshops]}


def keys_are_right(stand: Stand) -> bool:
    """Whether the vault holds what is needed and nothing else, everything whole."""
    vault, needed = stand.sessions.vault, life.keys_of_all(stand.sessions.store.live())
    return set(vault.names()) == needed and all(map(vault.holds, needed))


def _workshop(stand: Stand, workshop: Workshop) -> Standing:
    store = stand.sessions.store
    counts = store.counts(workshop)
    return {
        "phase": workshop.phase.value, "round": workshop.round, "locked": workshop.locked,
        "closing": workshop.closing_at, "revealed": workshop.revealed, "scene": workshop.scene,
        "notice": workshop.notice, "counts": [counts.joined, counts.finished],
        "seats": _seats(stand, workshop),
        "rounds": [repr(_in_any_order(store.round(workshop, number))) for number in range(1, workshop.round + 1)],
        "entries": stand.sessions.do(workshop.code, _entries).result(20) if workshop.phase != Phase.SEALED else {},
        "veiled": stand.sessions.do(workshop.code, _veiled).result(20) if workshop.phase != Phase.SEALED else [],
    }


def _in_any_order(round: Any) -> Any:
    """Words are shuffled when they are closed, so their order differs from run to run."""
    return round and (round.round, round.n, round.seats, round.releases, round.final, round.then_now,
                      sorted(map(repr, round.tables)))


def _seats(stand: Stand, workshop: Workshop) -> dict[str, str]:
    vault, secret = stand.sessions.vault, secret_name(workshop)
    if not vault.holds(secret):
        return {}
    seats = {token: stand.sessions.store.seat(workshop, vault.tag(secret, token)) for token in TOKENS}
    return {token: f"{seat.sent:d}{seat.used:d}{seat.sent_before:d}{seat.used_before:d}"
            for token, seat in seats.items() if seat is not None}


def _entries(act: Act) -> Standing:
    return {one.kind: _of(act, one) for one in act.workshop.collections}


def _of(act: Act, collection: Collection) -> Any:
    if collection.pending:
        return sorted((word.text.casefold(), word.approved) for word in gathering.words_of(act, collection))
    whose = {act.vault.tag(act.secret, token): token for token in TOKENS}
    found = {}
    for entry in act.tx.entries(collection.id):
        plain = opened(act, collection, entry)
        found[whose.get(entry.tag, "nobody")] = [plain.hex() if plain else "cannot be opened", entry.release]
    return dict(sorted(found.items()))


def _veiled(act: Act) -> list[str]:
    return [repr(rounds._veiled(act, number)) for number in range(1, act.workshop.round + 1)]


def increments(standing: Standing) -> Iterable[int]:
    """How many people each release of the open rounds took in."""
    for workshop in standing["workshops"]:
        taken = [release for _, release in workshop["entries"].get("answers", {}).values() if release]
        yield from (taken.count(release) for release in set(taken))


__all__ = ["Ground", "Standing", "increments", "keys_are_right", "standing"]
