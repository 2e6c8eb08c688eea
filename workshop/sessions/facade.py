"""One object for all surfaces: reads from committed memory, verbs as futures that are done once durable."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeVar, cast

from workshop.errors import Missing
from workshop.events import Hub
from workshop.inventory import Library, Locale, Questionnaire
from workshop.published import PublishedRound
from workshop.release import Level, Policy
from workshop.results import Snapshot
from workshop.results import snapshot as snapshot_of
from workshop.room import Counts, Seat, Workshop
from workshop.sessions import actions, creation, gathering, importing, life, seats
from workshop.sessions.act import Act, Ground, not_sealed, questionnaire_of, secret_name, unknown_code, well_formed
from workshop.sessions.addressing import Addressing
from workshop.sessions.facts import Facts, blanked, facts_of, held, to_json
from workshop.sessions.moved import Moved
from workshop.sessions.prepared import Prepared
from workshop.sessions.scenes import latest_release, seen
from workshop.sessions.state import asking_part, fixed_part, locale_of, opened_round, shown_part
from workshop.sessions.telling import Telling
from workshop.settings import Settings
from workshop.store import Transaction
from workshop.store.duckdb import DuckDBStore
from workshop.vault import Vault

T = TypeVar("T")


class Sessions:
    """All workshops of one installation. Reads never wait; verbs return futures and raise WorkshopError.

    Raises Unavailable where the vault's keys belong to another database.
    """

    def __init__(self, settings: Settings, library: Library, store: DuckDBStore, vault: Vault, hub: Hub,
                 clock: Callable[[], float] = time.time) -> None:
        self.settings = settings
        self.library = library
        self.hub = hub
        self.clock = clock
        self.store = store
        self.vault = vault
        vault.claim(store.identity)
        self.addressing = Addressing(settings)
        self.telling = Telling(self)
        self.moved = Moved(self)
        self._ground = Ground(vault, library, self._facts_in)
        self.prepared = Prepared(store)

    # reading

    def workshop(self, code: str) -> Workshop:
        """Raises Missing `unknown_code`."""
        found = self.store.workshop(code) if well_formed(code) else None
        if found is None:
            raise unknown_code()
        return found

    def workshops(self) -> tuple[Workshop, ...]:
        """Newest first."""
        return self.store.workshops()

    def questionnaire(self, workshop: Workshop) -> Questionnaire:
        """What this workshop asks."""
        return questionnaire_of(self.library, workshop)

    def locale(self, workshop: Workshop) -> Locale:
        """The words of its language."""
        return locale_of(self.library, workshop)

    def counts(self, code: str) -> Counts:
        """As everybody knows them by now: the host's page learns of nobody sooner than the stage does."""
        return self.telling.counts(self.workshop(code))

    def snapshot(self, code: str, round: int | None = None) -> Snapshot:
        """One round, or the latest with a release; nothing released: an empty one of the present round."""
        workshop = self.workshop(code)
        if round is not None and not 1 <= round <= max(workshop.round, 1):
            raise Missing("unknown_round", f"This workshop has no round {round}.")
        number = round or self._latest(workshop) or workshop.round
        return self._snapshot(workshop, number) or Snapshot(code, number, workshop.level, workshop.k)

    def snapshots(self, code: str) -> tuple[Snapshot, ...]:
        """Every round with a release, oldest first."""
        workshop = self.workshop(code)
        found = (self._snapshot(workshop, number) for number in range(1, workshop.round + 1))
        return tuple(snapshot for snapshot in found if snapshot and snapshot.released)

    def seat(self, code: str, token: str | None) -> Seat | None:
        """The seat of a cookie token."""
        workshop = self.workshop(code)
        if not token or not self.vault.holds(secret_name(workshop)):
            return None
        tag = self.vault.tag(secret_name(workshop), token)
        self.moved.heard(code, tag)
        return self.store.seat(workshop, tag)

    def state(self, code: str, token: str | None = None, *, for_phone: bool = False) -> dict[str, Any]:
        """The contract's `state`; raises Gone for a sealed workshop."""
        state: dict[str, Any] = json.loads(self.state_json(code, token, for_phone=for_phone))
        return state

    def state_json(self, code: str, token: str | None = None, *, for_phone: bool = False) -> str:
        """The same as text."""
        return "".join(self.state_parts(code, token, for_phone=for_phone))

    def state_parts(self, code: str, token: str | None = None, *, for_phone: bool = False) -> tuple[str, str]:
        """The same in two: what is made once for each change, and what depends on the asker."""
        workshop = self.workshop(code)
        asking = asking_part(workshop, self.telling.counts(workshop), self.seat(code, token), for_phone=for_phone)
        asking["version"] = self.hub.version(code, "phone" if for_phone else "state")
        return self._fixed_json(workshop), "," + json.dumps(asking)[1:]

    def shown(self, code: str, round: int) -> Mapping[str, Any]:
        """The contract's `shown`."""
        workshop = not_sealed(self.workshop(code))
        return shown_part(self.snapshot(code, opened_round(workshop, round)), workshop.shown.get(str(round), ()))

    def facts(self, code: str) -> Facts:
        """Everything the stage may know."""
        workshop = self.workshop(code)
        if workshop.held is not None:
            facts = held(workshop.held)
        else:
            facts = self._facts(workshop, self.telling.counts(workshop), self._latest(workshop))
        return blanked(facts, workshop) if workshop.blank else facts

    def join_url(self, code: str) -> str:
        """What the QR code says."""
        return self.addressing.join_url(code)

    def address(self) -> str:
        """Host and port for people who type."""
        return self.addressing.address

    # acting

    def create(self, fields: Mapping[str, Any]) -> Future[Workshop]:
        """A new draft."""
        return self.store.transact(lambda tx: creation.create(self._ground, tx, fields, self.clock()))

    def edit(self, code: str, fields: Mapping[str, Any]) -> Future[Workshop]:
        """A changed draft."""
        return self._verb(code, lambda act: creation.edit(self.library, act.tx, act.workshop, fields, act.now))

    def act(self, code: str, action: str, parameters: Mapping[str, Any] | None = None, *,
            trusted: bool = False) -> Future[Workshop]:
        """Any action of the contract; `trusted` when the request carried the facilitator's key."""
        values = actions.checked(action, parameters or {})
        if action == "open_lobby":
            values["trusted"] = trusted

        def verb(act: Act) -> Workshop:
            actions.in_phase(action, act)
            actions.ACTIONS[action].verb(act, **values)
            gathering.open_words(act)
            seen(act)
            return act.workshop
        return self._verb(code, verb)

    def import_summary(self, body: bytes) -> Future[Workshop]:
        """A sealed workshop from the JSON summary of another installation; raises at once for what is none."""
        read = importing.read_summary(body, self.library, self.clock())
        return self.store.transact(lambda tx: importing.keep_summary(tx, read))

    def note(self, code: str, scene: str, text: str) -> Future[Workshop]:
        """The host's private note on a scene."""
        return self._verb(code, lambda act: life.note(act, scene, text))

    def forget_workshop(self, code: str) -> Future[None]:
        """It and everything of it."""
        future = self._verb(code, life.forget_workshop)
        future.add_done_callback(lambda done: self.telling.forgotten(code) if not done.exception() else None)
        return future

    def join(self, code: str, token: str | None) -> Future[seats.Joined]:
        """A seat."""
        return self._verb(code, lambda act: seats.join(act, token), counting=True)

    def leave(self, code: str, token: str | None) -> Future[None]:
        """Forget me."""
        return self._verb(code, lambda act: seats.leave(act, token), counting=True)

    def answer(self, code: str, round: int, token: str | None, answers: Mapping[str, object],
               group: str | None = None) -> Future[None]:
        """All answers of a round."""
        return self._verb(code, lambda act: seats.answer(act, round, token, answers, group), counting=True)

    def withdraw(self, code: str, round: int, token: str | None) -> Future[None]:
        """Take them back."""
        return self._verb(code, lambda act: seats.withdraw(act, round, token), counting=True)

    def choose_edge(self, code: str, round: int, token: str | None, facet: str) -> Future[None]:
        """One edge."""
        return self._verb(code, lambda act: seats.choose_edge(act, round, token, facet), counting=True)

    def tell_direction(self, code: str, round: int, token: str | None,
                       directions: Mapping[str, object]) -> Future[None]:
        """Up, same or down on each axis."""
        return self._verb(code, lambda act: seats.tell_direction(act, round, token, directions), counting=True)

    def say_word(self, code: str, round: int, token: str | None, text: object) -> Future[None]:
        """One word."""
        return self._verb(code, lambda act: seats.say_word(act, round, token, text), counting=True)

    def pending_words(self, code: str) -> tuple[gathering.Word, ...]:
        """The words that wait for the host's approval; nothing before the words are closed, or after."""
        collection = self.workshop(code).collection("words")
        if collection is None or not collection.pending:
            return ()
        return self._verb(code, lambda act: gathering.words_of(act, collection), counting=True).result(5)

    def form_token(self, code: str, token: str) -> str:
        """The hidden field that proves a form was served to this phone."""
        secret = secret_name(self.workshop(code))
        key = self.vault.tag(secret, "form") if self.vault.holds(secret) else b"not open yet"
        return hmac.new(key, f"{code}:{token}".encode(), hashlib.sha256).hexdigest()[:32]

    def do(self, code: str, verb: Callable[[Act], T]) -> Future[T]:
        """A verb of the product's own accord; see workshop/sessions/duties.py."""
        def run(act: Act) -> T:
            value = verb(act)
            seen(act)
            return value
        return self._verb(code, run)

    def _verb(self, code: str, verb: Callable[[Act], T], *, counting: bool = False) -> Future[T]:
        def run(tx: Transaction) -> T:
            workshop = tx.workshop(code) if well_formed(code) else None
            if workshop is None:
                raise unknown_code()
            value = verb(Act(self._ground, tx, self.clock(), workshop))
            tx.once_kept(partial(self.telling.stir, code, counting=counting))
            return value
        return self.store.transact(run)

    # what the pictures are made of

    def _facts_in(self, act: Act) -> dict[str, Any]:
        return to_json(self._facts(act.workshop, self.telling.counts(act.workshop), latest_release(act)))

    def _facts(self, workshop: Workshop, counts: Counts, latest: int | None) -> Facts:
        snapshot = self._snapshot(workshop, latest) if latest else None
        before = self._snapshot(workshop, latest - 1) if latest and latest > 1 else None
        return facts_of(workshop, counts, snapshot, before, self.join_url(workshop.code), self.address(),
                        loopback=self.addressing.loopback)

    def _latest(self, workshop: Workshop) -> int | None:
        for number in range(workshop.round, 0, -1):
            round = self.store.round(workshop, number)
            if round is not None and round.releases:
                return number
        return None

    def _snapshot(self, workshop: Workshop, number: int) -> Snapshot | None:
        round = self.store.round(workshop, number)
        if round is None:
            return None
        return self.prepared.snapshot(workshop, number, round, lambda: snapshot_of(
            workshop.code, round, _policy_of(round, workshop), self.questionnaire(workshop), self.locale(workshop),
            revealed=workshop.revealed))

    def _fixed_json(self, workshop: Workshop) -> str:
        return self.prepared.fixed(workshop, lambda: json.dumps(
            fixed_part(self.library, workshop, self.questionnaire(workshop)), ensure_ascii=False,
            separators=(",", ":"))[:-1])

    def fixed_key(self, workshop: Workshop) -> str:
        """Changes whenever anything that everybody may know of the workshop changes, counts aside."""
        return self._fixed_json(workshop)


def _policy_of(round: PublishedRound, workshop: Workshop) -> Policy:
    """A round is read under the numbers it ran under, also after protection was raised."""
    return Policy(cast("Level", round.level), round.k, workshop.m, workshop.tau)
