"""Rehearsals: simulated people who join and answer through the real HTTP routes, in rehearsal workshops only."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from workshop.errors import Invalid, Unavailable
from workshop.rehearsal.conductor import Rehearsal, Report
from workshop.rehearsal.connection import Connection
from workshop.rehearsal.pace import pace_named
from workshop.rehearsal.people import crowd

__all__ = ["MOST_PEOPLE", "USUAL_SEED", "Report", "rehearse"]

MOST_PEOPLE = 2_000
# Thirty people of this seed fill every picture: a plane of five boxes, both sides, nothing held back.
USUAL_SEED = 10
TITLE = "Rehearsal"


def _quiet(_text: str) -> None:
    """Tells nobody."""


def rehearse(url: str, key: str, people: int = 30, pace: str = "demo", conduct: bool = False, code: str | None = None,
             *, seed: int = USUAL_SEED, fields: Mapping[str, Any] | None = None, certificate: Any = True,
             tell: Callable[[str], None] = _quiet, ready: Callable[[str], None] = _quiet) -> Report:
    """Runs a rehearsal to its end and says what each simulated person sent.

    Without a `code` a rehearsal workshop is made from `fields`; `ready` gets its code as soon as it exists;
    `tell` gets a sentence at every turn. Raises a WorkshopError fit to show, and ends in bounded time.
    """
    if not 1 <= people <= MOST_PEOPLE:
        raise Invalid("people", f"A rehearsal has 1 to {MOST_PEOPLE} people, not {people}.")
    chosen = pace_named(pace)

    async def run() -> Report:
        async with Connection(url, key, certificate) as connection:
            rehearsal = Rehearsal(connection, crowd(people, seed), chosen, seed, tell)
            await rehearsal.enter(code, {"title": TITLE, "words": conduct, **(fields or {}), "rehearsal": True})
            ready(rehearsal.code)
            try:
                async with asyncio.timeout(rehearsal.longest(conduct)):
                    return await (rehearsal.walk() if conduct else rehearsal.show())
            except TimeoutError as error:
                raise Unavailable("too_slow", "The rehearsal took far longer than it should and was stopped. "
                                              "Is the machine busy? Try fewer people.") from error

    return asyncio.run(run())
