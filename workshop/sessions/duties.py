"""What happens by itself: growing pictures, rounds that close, fresh keys, sealing, expiry; overdue ones first."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from workshop.errors import WorkshopError
from workshop.room import Phase, Workshop
from workshop.sessions import life, mending, rounds
from workshop.sessions.act import Act
from workshop.sessions.collections import REKEY_AFTER, rekey
from workshop.sessions.facts import SEAL_AFTER_DAYS, seals_on
from workshop.sessions.gathering import close_by_itself
from workshop.sessions.steady import Steady
from workshop.store import Transaction

if TYPE_CHECKING:
    from workshop.sessions.facade import Sessions

LOG = logging.getLogger("bothand")
TICK = 0.25
LOOK_EVERY = 1.0
DAY = 86_400
MONTH = 365 * DAY / 12
SURE_AFTER = 7 * DAY  # between the first look that finds a workshop too old, and the one that forgets it


class Duties:
    """A thread that ticks four times a second and does next to nothing on most ticks."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._stop = threading.Event()
        self._looked = 0.0
        self._expired = 0.0
        self._steady = Steady()
        self._thread = threading.Thread(target=self._run, name="duties", daemon=True)

    def start(self) -> None:
        """Puts the keys in order, does what is overdue, then ticks."""
        self.settle()
        self._thread.start()

    def stop(self) -> None:
        """Returns when the thread has ended."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def settle(self) -> None:
        """After a start: keys that nothing needs are destroyed, what was lost with a key is made good and said,
        what was left marked gets its fresh key, what is overdue happens."""
        self._sweep(always=True)
        for workshop in self._sessions.store.live():
            if mending.harmed(self._sessions.vault, workshop):
                self._do(workshop, mending.mend)
        self.look(everything=True)

    def tick(self) -> None:
        """One beat: counts that waited, pictures that grow, and once a second the rest."""
        self._sessions.telling.tell_waiting()
        for code in self._sessions.telling.take_growing():
            workshop = self._sessions.store.workshop(code)
            if workshop is not None:
                self._do(workshop, _grow)
        now = self._sessions.clock()
        if not 0 <= now - self._looked < LOOK_EVERY:
            self._looked = now
            self.look()

    def look(self, *, everything: bool = False) -> None:
        """Does whatever is due in any workshop; `everything`: marked collections do not wait."""
        self._sweep()
        now = self._sessions.clock()
        steady = self._steady.look(now)
        for workshop in self._sessions.store.live():
            for verb in _due(workshop, now, everything=everything):
                if steady or verb is not _seal:
                    self._do(workshop, verb)
        if steady and not 0 <= now - self._expired < DAY / 24:
            self._expired = now
            self._expire(now)

    def _expire(self, now: float) -> None:
        """Forgets what two looks, a week apart, find too old; a look in between that does not begins anew."""
        keep_for = self._sessions.settings.archive_months * MONTH
        for workshop in self._sessions.workshops():
            old = workshop.sealed_at is not None and now >= workshop.sealed_at + keep_for
            if old and workshop.expiring is not None and now >= workshop.expiring + SURE_AFTER:
                self._wait(self._sessions.forget_workshop(workshop.code))
            elif old != (workshop.expiring is not None) or (workshop.expiring or 0.0) > now:
                self._do(workshop, _expiring if old else _fresh)
        self._sessions.store.rewrite_if_due()

    def _sweep(self, *, always: bool = False) -> None:
        """Destroys keys that nothing names: a crash left them, or the disk refused when their time came."""
        vault, store = self._sessions.vault, self._sessions.store
        if always or set(vault.names()) - life.keys_of_all(store.live()):
            self._wait(store.transact(self._sweeping))

    def _sweeping(self, tx: Transaction) -> None:
        """Asked only once the whole batch is durable: a round that a later verb of it opened needs its key, and one
        that was just closed may yet have to be opened again."""
        def sweep() -> None:
            self._sessions.vault.keep_only(life.keys_of_all(self._sessions.store.live()))
        tx.once_kept(sweep)

    def _do(self, workshop: Workshop, verb: Callable[[Act], object]) -> None:
        self._wait(self._sessions.do(workshop.code, verb))

    def _wait(self, future: Any) -> None:
        try:
            future.result(30)
        except (WorkshopError, TimeoutError) as error:
            if (code := getattr(error, "code", "timeout")) != "unknown_code":  # forgotten meanwhile: nothing is due
                LOG.warning("a duty could not be done and is tried again: %s", code)

    def _run(self) -> None:
        while not self._stop.wait(TICK):
            try:
                self.tick()
            except Exception:
                LOG.exception("a duty failed and is tried again")


def _due(workshop: Workshop, now: float, *, everything: bool) -> list[Callable[[Act], object]]:
    verbs: list[Callable[[Act], object]] = []
    if rounds.round_due(workshop, now):
        verbs.append(_finish)
    if any(rounds.gathering_due(one, now) for one in workshop.collections):
        verbs.append(_end_gathering)
    wait = 0.0 if everything else REKEY_AFTER
    if any(one.marked is not None and not 0 <= now - one.marked < wait for one in workshop.collections):
        verbs.append(_rekey)
    if seal_due(workshop, now) and workshop.phase != Phase.ANSWERING:
        verbs.append(_seal)
    return verbs


def seal_due(workshop: Workshop, now: float) -> bool:
    """A week after the last close or the opening of the lobby, or the day after the next meeting."""
    if workshop.phase in (Phase.DRAFT, Phase.SEALED):
        return False
    if workshop.next_meeting:
        day = seals_on(workshop)
        return day is not None and datetime.fromtimestamp(now, UTC).date() >= date.fromisoformat(day)
    return now >= (workshop.last_close or workshop.lobby_at or now) + SEAL_AFTER_DAYS * DAY


# each verb looks again inside its transaction: what was due may have happened meanwhile


def _finish(act: Act) -> None:
    if rounds.round_due(act.workshop, act.now):
        rounds.finish_round(act)


def _grow(act: Act) -> None:
    rounds.release_if_due(act)


def _end_gathering(act: Act) -> None:
    for collection in act.workshop.collections:
        if rounds.gathering_due(collection, act.now):
            close_by_itself(act, collection.kind)


def _rekey(act: Act) -> None:
    for collection in act.workshop.collections:
        if collection.marked is not None:
            rekey(act, collection)


def _expiring(act: Act) -> None:
    act.change(expiring=act.now)


def _fresh(act: Act) -> None:
    act.change(expiring=None)


def _seal(act: Act) -> None:
    if act.workshop.phase in (Phase.LOBBY, Phase.REVIEW):
        life.seal(act)
