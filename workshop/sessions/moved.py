"""A laptop that changes its network: rooms are told the new address, and seats of the old one that stay silent can be
dropped. A phone at the new address is a new seat, since its cookie belongs to the old one."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from workshop.room import Phase, Workshop
from workshop.sessions.act import Act

if TYPE_CHECKING:
    from workshop.sessions.facade import Sessions

LOOK_EVERY = 1.0
OPEN = (Phase.LOBBY, Phase.ANSWERING, Phase.REVIEW)


class Moved:
    """Seats from before the address changed that have not been heard since; in memory only, never kept."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._lock = threading.Lock()
        self._silent: dict[str, frozenset[bytes]] = {}
        self._told = ""
        self._looked = float("-inf")

    def look(self) -> None:
        """At most once a second: whether the address is another one by now."""
        if time.monotonic() - self._looked < LOOK_EVERY:
            return
        self._looked = time.monotonic()
        base, reached = self._sessions.addressing.base, not self._sessions.addressing.loopback
        for workshop in self._sessions.store.live():
            if workshop.phase in OPEN and reached and workshop.base != base:
                self._sessions.do(workshop.code, partial(self._move, base=base))
            elif workshop.phase in OPEN and base != self._told:
                self._sessions.telling.stir(workshop.code, counting=False)
        self._told = base

    def _move(self, act: Act, *, base: str) -> None:
        code, seats = act.workshop.code, act.tx.seats(act.workshop)
        if act.workshop.base:
            tags = frozenset(seat.tag for seat in seats)
            act.tx.once_kept(lambda: self._silent.update({code: tags}))
        act.change(base=base)

    def heard(self, code: str, tag: bytes) -> None:
        """A phone has asked for the room's state: its seat is not silent."""
        if tag in self._silent.get(code, ()):
            with self._lock:
                self._silent[code] = self._silent[code] - {tag}

    def silent(self, workshop: Workshop) -> int:
        """Seats of the old address whose phones have neither sent nor been heard at the new one.

        None while a round in blocks is open: who has sent is told in fives there, and one by one this would tell it.
        """
        if _in_fives(workshop):
            return 0
        seats = (self._sessions.store.seat(workshop, tag) for tag in self._silent.get(workshop.code, ()))
        return sum(seat is not None and not seat.finished for seat in seats)

    def drop(self, code: str) -> Future[int]:
        """Their places are gone, so that counts are of people who are here; what was sent stays."""
        return self._sessions.do(code, self._drop)

    def _drop(self, act: Act) -> int:
        if _in_fives(act.workshop):
            return 0
        found = (act.tx.seat(act.workshop, tag) for tag in self._silent.get(act.workshop.code, ()))
        gone = [seat for seat in found if seat is not None and not seat.finished]
        for seat in gone:
            act.tx.drop_seat(act.workshop, seat.tag)
        return len(gone)

    def forgotten(self, code: str) -> None:
        """The workshop is gone."""
        self._silent.pop(code, None)


def _in_fives(workshop: Workshop) -> bool:
    return workshop.level == "blocks" and workshop.phase == Phase.ANSWERING
