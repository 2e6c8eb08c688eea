"""What a workshop's export is made of: the released snapshots, and what the host adds."""

from collections.abc import Collection

from workshop.errors import Conflict
from workshop.export import Exported, Summary, export
from workshop.room import Workshop
from workshop.sessions import Sessions
from workshop.sessions.state import protection_sentence


def summary_of(sessions: Sessions, code: str, notes: Collection[str] = ()) -> Summary:
    """One workshop as its export tells it; `notes` are the scenes whose private note the host ticked.

    Raises Conflict before the first close.
    """
    workshop = sessions.workshop(code)
    snapshots = tuple(one for one in sessions.snapshots(code) if one.final)
    if not _closed(sessions, workshop):
        raise Conflict("wrong_phase", "There is nothing to export before the first round is closed.")
    questionnaire = sessions.questionnaire(workshop)
    return Summary(
        title=workshop.title, code=workshop.code, day=_day(sessions, workshop), context=workshop.context,
        language=workshop.language, inventory=sessions.library.inventories[workshop.inventory].title,
        form=workshop.form, level=workshop.level, k=workshop.k, m=workshop.m, tau=workshop.tau,
        sentence=protection_sentence(sessions.library, workshop), questionnaire=questionnaire,
        agenda=workshop.agenda, notes={id: text for id, text in workshop.notes.items() if id in set(notes)},
        snapshots=snapshots, rehearsal=workshop.rehearsal, revealed=workshop.revealed,
    )


def exported(sessions: Sessions, code: str, format: str, notes: Collection[str] = ()) -> Exported:
    """One file. Raises Missing for an unknown format, NotBuilt for one that is not part of this version."""
    return export(format, summary_of(sessions, code, notes))


def _closed(sessions: Sessions, workshop: Workshop) -> bool:
    rounds = (sessions.store.round(workshop, number) for number in range(1, workshop.round + 1))
    return any(round is not None and round.final for round in rounds)


def _day(sessions: Sessions, workshop: Workshop) -> str:
    rounds = (sessions.store.round(workshop, number) for number in range(1, workshop.round + 1))
    return next((round.day for round in rounds if round is not None and round.final), workshop.created)
