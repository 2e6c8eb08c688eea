"""What a workshop's export is made of: the released snapshots, and what the host adds."""

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import Lock

from workshop.errors import Conflict
from workshop.export import Choice, Exported, Offer, Summary, chosen, export, file_name, offer, preview_pages
from workshop.published import PublishedRound
from workshop.room import Workshop
from workshop.sessions import Sessions
from workshop.sessions.state import protection_sentence

# Two at once would take twice the memory and, while a round is open, twice the processor from the room.
_ONE_AT_A_TIME = Lock()
_TURN = 0.0005


def summary_of(sessions: Sessions, code: str, choice: Choice | None = None) -> Summary:
    """One workshop as its export tells it, with what the host chose of it.

    Raises Conflict before the first close, Missing for a chosen round without a picture.
    """
    return chosen(_whole(sessions, code), choice or Choice())


def offered(sessions: Sessions, code: str, choice: Choice) -> Offer:
    """What this workshop has to choose from. Raises Conflict before the first close."""
    return offer(_whole(sessions, code), choice)


def _whole(sessions: Sessions, code: str) -> Summary:
    workshop = sessions.workshop(code)
    snapshots = tuple(one for one in sessions.snapshots(code) if one.final)
    if not _closed(sessions, workshop):
        sessions.workshop(code)  # which says so where it was forgotten meanwhile
        raise Conflict("wrong_phase", "There is nothing to export before the first round is closed.")
    inventory = sessions.library.inventories[workshop.inventory]
    return Summary(
        title=workshop.title, code=workshop.code, day=_day(sessions, workshop), context=workshop.context,
        language=workshop.language, inventory=inventory.titles[workshop.language],
        form=workshop.form, level=workshop.level, k=workshop.k, m=workshop.m, tau=workshop.tau,
        sentence=protection_sentence(sessions.library, workshop), questionnaire=sessions.questionnaire(workshop),
        agenda=workshop.agenda, notes=workshop.notes, snapshots=snapshots, rehearsal=workshop.rehearsal,
        revealed=workshop.revealed, imported=workshop.imported, grouping=workshop.grouping,
    )


def named(sessions: Sessions, code: str, format: str, variant: str = "") -> str:
    """What a file will be called."""
    return file_name(format, _whole(sessions, code), variant)


def exported(sessions: Sessions, code: str, format: str, choice: Choice | Collection[str] = (),
             variant: str = "") -> Exported:
    """One file. `choice` may be just the scenes whose note goes along.

    Raises Missing for an unknown format, round or picture, Invalid for an unknown variant.
    """
    wanted = choice if isinstance(choice, Choice) else Choice(notes=frozenset(choice))
    summary = summary_of(sessions, code, wanted)
    with _ONE_AT_A_TIME, _letting_others_in():
        return export(format, summary, variant)


def previewed(sessions: Sessions, code: str, choice: Choice, paper: str) -> tuple[bytes, ...]:
    """The page for the wall as PNG, made like a file and kept nowhere; a second one where it needs two."""
    summary = summary_of(sessions, code, choice)
    with _ONE_AT_A_TIME, _letting_others_in():
        return preview_pages(summary, paper)


@contextmanager
def _letting_others_in() -> Iterator[None]:
    """Python lets other threads in only every five milliseconds, and an answer needs several turns: oftener, here."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _closed(sessions: Sessions, workshop: Workshop) -> bool:
    return any(round is not None and round.final for round in _rounds(sessions, workshop))


def _day(sessions: Sessions, workshop: Workshop) -> str:
    days = (round.day for round in _rounds(sessions, workshop) if round is not None and round.final)
    return next(days, workshop.created)


def _rounds(sessions: Sessions, workshop: Workshop) -> Iterator[PublishedRound | None]:
    return (sessions.store.round(workshop, number) for number in range(1, workshop.round + 1))
