"""The life of a workshop around its rounds: lobby, lock, seal, forget."""

from collections.abc import Iterable
from functools import partial

from workshop.errors import Conflict, Invalid, Missing
from workshop.room import Phase, Workshop
from workshop.sessions.act import Act, secret_name, veil_name
from workshop.sessions.gathering import close_all
from workshop.sessions.rounds import drop_veil
from workshop.sessions.seats import MOST_SEATS

MOST_NOTE = 4_000


def open_lobby(act: Act, *, trusted: bool = False) -> Workshop:
    """Phones may join. The host's checklist has to be ticked, unless a script with the key asks, or it rehearses."""
    workshop = act.workshop
    if not (workshop.checklist or workshop.rehearsal or trusted):
        raise Conflict("checklist", "Please read and tick the checklist first: it is about the safety of the room.")
    name = act.vault.make(act.secret)
    act.tx.if_lost(lambda: act.vault.destroy(name))
    return act.change(phase=Phase.LOBBY, lobby_at=act.now, scene=workshop.agenda[0].id, step=0,
                      scene_started=act.now, extended=0)


def lock(act: Act) -> Workshop:
    """Nobody else may join."""
    return act.change(locked=True, let_in=0)


def unlock(act: Act) -> Workshop:
    """Everybody may join again."""
    return act.change(locked=False, locked_by_blocks=False, let_in=0)


def let_in(act: Act, seats: int) -> Workshop:
    """So many more may join while the room is locked."""
    if not 1 <= seats <= MOST_SEATS:
        raise Invalid("seats", f"The number to let in has to be 1 to {MOST_SEATS}.")
    if not act.workshop.locked:
        raise Conflict("not_locked", "The room is not locked, so everybody can join already.")
    return act.change(let_in=seats)


def seal(act: Act) -> Workshop:
    """Secrets destroyed, seats gone, what is not revealed gone; snapshots and notes stay."""
    close_all(act)
    workshop = act.workshop
    for seat in act.tx.seats(workshop):
        act.tx.drop_seat(workshop, seat.tag)
    for number in range(1, workshop.round + 1):
        drop_veil(act, number)
    act.tx.once_kept(lambda: act.vault.destroy(act.secret))
    return act.change(phase=Phase.SEALED, sealed_at=act.now, held=None, blank=False, locked=False, let_in=0)


def archive(act: Act, on: bool) -> Workshop:
    """On or off the home page."""
    return act.change(archived=on)


def note(act: Act, scene: str, text: str) -> Workshop:
    """The host's private note on a scene; an empty one is deleted."""
    if all(one.id != scene for one in act.workshop.agenda):
        raise Missing("unknown_scene", f"The run-sheet has no scene {scene!r}.")
    if len(text) > MOST_NOTE:
        raise Invalid("note", f"The note is {len(text)} characters long; at most {MOST_NOTE} fit.")
    notes = {id: kept for id, kept in act.workshop.notes.items() if id != scene}
    return act.change(notes={**notes, scene: text} if text.strip() else notes)


def forget_workshop(act: Act) -> None:
    """The workshop and everything of it, in any phase; its keys are destroyed."""
    workshop = act.workshop
    act.tx.drop_workshop(workshop)
    for name in keys_of(workshop):
        act.tx.once_kept(partial(act.vault.destroy, name))


def keys_of(workshop: Workshop) -> set[str]:
    """Every key in the vault that this workshop still needs."""
    if workshop.phase in (Phase.DRAFT, Phase.SEALED):
        return set()
    veiled = range(1, workshop.round + 1) if workshop.dark and not workshop.revealed else ()
    veils = {veil_name(workshop, number) for number in veiled}
    return {secret_name(workshop), *veils, *(collection.key for collection in workshop.collections)}


def keys_of_all(workshops: Iterable[Workshop]) -> set[str]:
    """Every key that any of these needs; no other has a place in the vault."""
    return {name for workshop in workshops for name in keys_of(workshop)}
