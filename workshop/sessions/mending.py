"""What was lost with a missing or damaged key, made good at the next start as far as it can be, and said."""

from workshop.room import Phase, Workshop
from workshop.sessions import life, rounds
from workshop.sessions.act import Act, veil_name
from workshop.sessions.collections import DAMAGED, end_collection
from workshop.sessions.gathering import close_all
from workshop.vault import Vault

KEY_LOST = "key_lost"


def harmed(vault: Vault, workshop: Workshop) -> bool:
    """Whether a key that this workshop needs is missing or damaged."""
    return not all(vault.holds(name) for name in life.keys_of(workshop))


def mend(act: Act) -> None:
    """Collections, dark tables, seats: in this order, since closing a round needs its seats."""
    for collection in act.workshop.collections:
        if not act.vault.holds(collection.key):
            _close_empty(act, collection.id)
    for number in range(1, act.workshop.round + 1):
        if act.workshop.dark and not act.workshop.revealed and not act.vault.holds(veil_name(act.workshop, number)):
            _veil_anew(act, number)
    if not act.vault.holds(act.secret):
        _seat_anew(act)


def _close_empty(act: Act, id: str) -> None:
    """A collection whose key is gone holds nothing that could be read."""
    collection = next(one for one in act.workshop.collections if one.id == id)
    if collection.kind == "answers":
        act.tx.replace_entries(collection.id, ())
        rounds.finish_round(act)
    else:
        end_collection(act, collection)
    act.change(notice=KEY_LOST)


def _veil_anew(act: Act, number: int) -> None:
    """Dark tables of an open round come again from its answers; those of a closed one are lost."""
    lost = act.tx.veiled(act.workshop, number) is not None
    act.tx.put_veiled(act.workshop, number, None)
    _make(act, veil_name(act.workshop, number))
    if lost and not (act.workshop.phase == Phase.ANSWERING and number == act.workshop.round):
        act.change(notice=DAMAGED)


def _seat_anew(act: Act) -> None:
    """Without the secret no phone is known any more: what was sent is counted now, and everybody joins again."""
    close_all(act)
    if act.workshop.phase == Phase.ANSWERING:
        rounds.finish_round(act)
    for seat in act.tx.seats(act.workshop):
        act.tx.drop_seat(act.workshop, seat.tag)
    _make(act, act.secret)
    act.change(reseated=act.workshop.round, notice=DAMAGED)


def _make(act: Act, name: str) -> None:
    act.vault.make(name)
    act.tx.if_lost(lambda: act.vault.destroy(name))
