"""Rehearsals: simulated people who join and answer through the real HTTP routes, in rehearsal workshops only."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from workshop.errors import Invalid, Unavailable
from workshop.inventory import Agenda, load_library
from workshop.rehearsal.conductor import Rehearsal, Report
from workshop.rehearsal.connection import Connection
from workshop.rehearsal.pace import pace_named
from workshop.rehearsal.people import crowd

__all__ = ["MOST_PEOPLE", "USUAL_SEED", "Report", "rehearse"]

MOST_PEOPLE = 2_000
# Thirty people of this seed fill every picture: a plane of five boxes, both sides, nothing held back.
USUAL_SEED = 10
USUAL_AGENDA = "60"
TITLE = "Rehearsal"


def _quiet(_text: str) -> None:
    """Tells nobody."""


def rehearse(url: str, key: str, people: int = 30, pace: str = "demo", conduct: bool = False, code: str | None = None,
             *, seed: int = USUAL_SEED, fields: Mapping[str, Any] | None = None, certificate: Any = True,
             tell: Callable[[str], None] = _quiet, ready: Callable[[str], None] = _quiet) -> Report:
    """Runs a rehearsal to its end and says what each simulated person sent.

    Without a `code` a rehearsal workshop is made from `fields`, with one of the run-sheets that are there; a run-sheet
    that sets two rounds beside each other is walked with an earlier meeting played before it. `ready` gets its code
    as soon as it exists; `tell` gets a sentence at every turn. Raises a WorkshopError fit to show, and ends in bounded
    time.
    """
    if not 1 <= people <= MOST_PEOPLE:
        raise Invalid("people", f"A rehearsal has 1 to {MOST_PEOPLE} people, not {people}.")
    chosen, given = pace_named(pace), {"title": TITLE, "words": conduct, **(fields or {}), "rehearsal": True}
    named = given.get("agenda", USUAL_AGENDA)
    agenda = agenda_named(named if isinstance(named, str) else USUAL_AGENDA)

    async def run() -> Report:
        async with Connection(url, key, certificate) as connection:
            rehearsal = Rehearsal(connection, crowd(people, seed), chosen, seed, tell, agenda)
            await rehearsal.enter(code, given)
            ready(rehearsal.code)
            try:
                async with asyncio.timeout(rehearsal.longest(conduct)):
                    return await (rehearsal.walk() if conduct else rehearsal.show())
            except TimeoutError as error:
                raise Unavailable("too_slow", "The rehearsal took far longer than it should and was stopped. "
                                              "Is the machine busy? Try fewer people.") from error

    return asyncio.run(run())


def agenda_named(name: str) -> Agenda:
    """One of the run-sheets in data/agendas; raises Invalid."""
    agendas = load_library().agendas
    if name not in agendas:
        raise Invalid("agenda", f"There is no run-sheet {name!r}. Choose one of {', '.join(sorted(agendas))}.")
    return agendas[name]
