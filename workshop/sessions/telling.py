"""Telling the room: versions move when public bytes change, counts at most once a second."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import TYPE_CHECKING

from workshop.errors import Missing
from workshop.room import Counts, Phase, Workshop
from workshop.sessions.facts import Facts
from workshop.sessions.state import public_counts

if TYPE_CHECKING:
    from workshop.sessions.facade import Sessions

LOG = logging.getLogger("bothand")
COUNTS_EVERY = 1.0


class Telling:
    """What of each workshop has been told, and what waits to be."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._told: dict[str, Counts] = {}
        self._told_at: dict[str, float] = {}
        self._waiting: set[str] = set()
        self._growing: set[str] = set()
        self._drawn: dict[str, tuple[Facts, Hashable]] = {}
        self._drawing: Callable[[str], Hashable] | None = None
        self._lock = threading.Lock()

    def counts(self, workshop: Workshop) -> Counts:
        """The public counts as last told: they belong to the present version."""
        told = self._told.get(workshop.code)
        return told if told is not None else public_counts(workshop, self._sessions.store.counts(workshop))

    def draw_with(self, drawing: Callable[[str], Hashable]) -> None:
        """`drawing` gives for a code something that is equal as long as its stage shows the same."""
        self._drawing = drawing

    def stir(self, code: str, *, counting: bool) -> None:
        """A verb of this workshop is durable: tell the room now, or within a second where only counts moved."""
        workshop = self._sessions.store.workshop(code)
        if workshop is None:
            return
        if workshop.growing and workshop.phase == Phase.ANSWERING:
            with self._lock:
                self._growing.add(code)
        if counting and time.monotonic() - self._told_at.get(code, 0.0) < COUNTS_EVERY:
            with self._lock:
                self._waiting.add(code)
            return
        self._tell(workshop)

    def tell_waiting(self) -> None:
        """Tells every room whose counts have waited for a second, or whose address is another one."""
        self._sessions.moved.look()
        now = time.monotonic()
        with self._lock:
            due = {code for code in self._waiting if now - self._told_at.get(code, 0.0) >= COUNTS_EVERY}
            self._waiting -= due
        for code in due:
            workshop = self._sessions.store.workshop(code)
            if workshop is not None:
                self._tell(workshop)

    def take_growing(self) -> set[str]:
        """Rooms whose pictures may have grown since the last call."""
        with self._lock:
            growing, self._growing = self._growing, set()
        return growing

    def forgotten(self, code: str) -> None:
        """The workshop is gone."""
        self._let_go(code)
        self._sessions.hub.forget(code)

    def _let_go(self, code: str) -> None:
        self._told.pop(code, None)
        self._told_at.pop(code, None)
        self._drawn.pop(code, None)
        with self._lock:
            self._waiting.discard(code)
            self._growing.discard(code)
        self._sessions.moved.forgotten(code)
        self._sessions.prepared.let_go(code)

    def _tell(self, workshop: Workshop) -> None:
        sessions, code = self._sessions, workshop.code
        if workshop.inventory not in sessions.library.inventories:
            return  # nobody can be shown anything of it until the file is back
        counts = public_counts(workshop, sessions.store.counts(workshop))
        self._told[code] = counts
        self._told_at[code] = time.monotonic()
        with suppress(Missing):  # forgotten while it is being told
            self._announce(workshop, counts)
        if sessions.store.workshop(code) is None:
            self.forgotten(code)
        elif workshop.sealed_at is not None:
            self._let_go(code)
            sessions.hub.rest(code)

    def _announce(self, workshop: Workshop, counts: Counts) -> None:
        round = self._sessions.store.round(workshop, workshop.round)
        fixed = (self._sessions.fixed_key(workshop), round.releases if round else 0)
        self._sessions.hub.announce(workshop.code, {"state": (fixed, counts), "phone": fixed,
                                                    "stage": self._on_stage(workshop.code)})

    def _on_stage(self, code: str) -> Hashable:
        """What is drawn: facts that change nothing on the stage move no version of it."""
        facts, known = self._sessions.facts(code), self._drawn.get(code)
        if known is None or known[0] != facts:
            known = self._drawn[code] = (facts, self._draw(code, facts))
        return known[1]

    def _draw(self, code: str, facts: Facts) -> Hashable:
        try:
            return self._drawing(code) if self._drawing else facts
        except Missing:
            return facts  # the workshop was forgotten at this moment
        except Exception:
            LOG.exception("what the stage shows could not be drawn")
            return facts
