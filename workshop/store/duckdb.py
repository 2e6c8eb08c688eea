"""The store in one DuckDB file: one writer thread, group commit, committed values in memory for reading."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, Full, Queue
from typing import Any, TypeVar

import duckdb

from workshop.errors import Unavailable, WorkshopError
from workshop.published import PublishedRound
from workshop.room import Counts, Phase, Seat, Workshop
from workshop.store import StoreRefused, Transaction
from workshop.store.aggregate import warm_up
from workshop.store.file import open_file
from workshop.store.flush import flush
from workshop.store.overlay import Memory, Writes, count_finished, settle
from workshop.store.rewriting import rewrite_file, rewriting_due
from workshop.store.rows import read_rounds, read_workshops, seat_of
from workshop.store.transaction import DuckDBTransaction

T = TypeVar("T")
Verb = Callable[[Transaction], Any]
Waiting = tuple[Verb, "Future[Any]"]

LOG = logging.getLogger("bothand")
BATCH = 1_000
QUEUE = 10_000


class DuckDBStore:
    """Opens or creates the file at `path`; raises StoreRefused with a sentence where that cannot be."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = open_file(path)
        if rewriting_due(self._connection):
            self._connection.close()
            rewrite_file(path)
            self._connection = open_file(path)
        warm_up()
        self._memory = _load(self._connection)
        self._queue: Queue[Waiting | None] = Queue(QUEUE)
        self._reading = threading.Lock()
        self._rewriting = False
        self._thread = threading.Thread(target=self._work, name="store-writer", daemon=True)
        self._thread.start()

    # reading: committed values only

    def workshop(self, code: str) -> Workshop | None:
        """One workshop, sealed ones included."""
        here = self._memory.workshops.get(code)
        if here is not None or code not in self._memory.sealed:
            return here
        return next(iter(self._read(lambda cursor: read_workshops(cursor, "code = ?", code))), None)

    def workshops(self) -> tuple[Workshop, ...]:
        """All workshops, newest first."""
        sealed = self._read(lambda cursor: read_workshops(cursor, "sealed"))
        return tuple(sorted((*self._memory.workshops.values(), *sealed), key=lambda one: -one.id))

    def live(self) -> tuple[Workshop, ...]:
        """The workshops that are not sealed, in no order; cheap."""
        return tuple(self._memory.workshops.copy().values())

    def seat(self, workshop: Workshop, tag: bytes) -> Seat | None:
        """One seat."""
        return self._memory.seats.get(workshop.id, {}).get(tag)

    def counts(self, workshop: Workshop) -> Counts:
        """Exact counts."""
        return self._memory.counts(workshop.id)

    def round(self, workshop: Workshop, round: int) -> PublishedRound | None:
        """What one round has published."""
        if workshop.sealed_at is None:
            return self._memory.rounds.get((workshop.id, round))
        rounds = self._read(lambda cursor: read_rounds(cursor, workshop.id))
        return next((one for one in rounds if one.round == round), None)

    def _read(self, read: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        with self._reading:
            cursor = self._connection.cursor()
            try:
                return read(cursor)
            finally:
                cursor.close()

    # writing: one thread, in batches

    def transact(self, verb: Callable[[Transaction], T]) -> Future[T]:
        """Runs a verb alone among all verbs; the future is done after the commit."""
        future: Future[T] = Future()
        try:
            self._queue.put_nowait((verb, future))
        except Full:
            future.set_exception(Unavailable("busy", "Too many people are sending at once. Nothing was lost; "
                                                     "it is sent again in a moment."))
        return future

    def rewrite_if_due(self) -> None:
        """Copies the file without the bytes of what was forgotten, when that is due and no round is open."""
        if self._read(rewriting_due) and not any(one.phase == Phase.ANSWERING for one in self.live()):
            self._rewriting = True
            self.transact(lambda _: None)

    def close(self) -> None:
        """Finishes what is queued, then closes the file."""
        self._queue.put(None)
        self._thread.join(10)
        self._connection.close()

    def _work(self) -> None:
        while (batch := self._next_batch()) is not None:
            self._commit(batch)
            if self._rewriting:
                self._rewriting = False
                self._rewrite()

    def _rewrite(self) -> None:
        with self._reading:
            self._connection.close()
            try:
                rewrite_file(self._path)
            except (StoreRefused, duckdb.Error, OSError):
                LOG.warning("the database could not be rewritten without what was forgotten; it is tried again")
            self._connection = open_file(self._path)

    def _next_batch(self) -> list[Waiting] | None:
        first = self._queue.get()
        if first is None:
            return None
        batch = [first]
        while len(batch) < BATCH:
            try:
                waiting = self._queue.get_nowait()
            except Empty:
                break
            if waiting is None:
                self._queue.put(None)
                break
            batch.append(waiting)
        return batch

    def _commit(self, batch: Sequence[Waiting]) -> None:
        writes = Writes()
        try:
            answers = self._run(batch, writes)
            settle(self._memory, writes)
        except Exception as error:  # noqa: BLE001 - whatever it was, the batch is taken back and halved
            self._take_back(writes)
            self._again(batch, error)
            return
        _after(writes)
        for (_, future), answer in zip(batch, answers, strict=True):
            _tell(future, answer)

    def _run(self, batch: Sequence[Waiting], writes: Writes) -> list[Any]:
        self._connection.begin()
        unflushed = Writes()
        answers: list[Any] = []
        for verb, _ in batch:
            transaction = DuckDBTransaction(self._connection, self._memory, writes, unflushed)
            try:
                answers.append(verb(transaction))
            except WorkshopError as refusal:
                answers.append(refusal)
                for act in transaction.own.lost:
                    act()
                continue
            writes.add(transaction.own)
            unflushed.add(transaction.own)
            if transaction.own.orderly:
                flush(self._connection, self._memory, unflushed)
        flush(self._connection, self._memory, unflushed)
        self._connection.commit()
        return answers

    def _take_back(self, writes: Writes) -> None:
        try:
            self._connection.rollback()
        except duckdb.Error:
            self._reopen()
        for act in writes.lost:
            act()

    def _again(self, batch: Sequence[Waiting], error: Exception) -> None:
        if len(batch) == 1:
            batch[0][1].set_exception(plain(error))
            return
        half = len(batch) // 2
        self._commit(batch[:half])
        self._commit(batch[half:])

    def _reopen(self) -> None:
        with self._reading:
            self._connection.close()
            try:
                self._connection = open_file(self._path)
            except StoreRefused:
                return  # every further verb is refused with a sentence until there is room or the file is back
            self._memory = _load(self._connection)


def plain(error: Exception) -> Exception:
    """What went wrong in the database as a sentence for a person; other errors as they are."""
    if not isinstance(error, duckdb.Error | OSError):
        return error
    if "space" in str(error).lower() or "no space left" in str(error).lower():
        return Unavailable("disk_full", "The disk of the host's laptop is full, so nothing was saved. "
                                        "Free some room; then it is sent again by itself.")
    return Unavailable("store_failed", "The host's laptop could not save this. Nothing was changed; "
                                       "please try again in a moment.")


def _after(writes: Writes) -> None:
    for act in writes.kept:
        try:
            act()
        except OSError:  # a key that could not be destroyed now is destroyed at the next start
            LOG.warning("something that had to follow a commit could not be done; it is done at the next start")


def _tell(future: Future[Any], answer: object) -> None:
    if not future.set_running_or_notify_cancel():
        return
    if isinstance(answer, WorkshopError):
        future.set_exception(answer)
    else:
        future.set_result(answer)


def _load(connection: duckdb.DuckDBPyConnection) -> Memory:
    memory = Memory()
    ((memory.last_id,),) = connection.execute(
        "select coalesce(max(id), 0) from (select id from workshops union all select id from forgotten)").fetchall()
    memory.sealed = dict(connection.execute("select code, id from workshops where sealed").fetchall())
    for workshop in read_workshops(connection, "not sealed"):
        memory.workshops[workshop.code] = workshop
        rows = connection.execute("select tag, bits from seats where workshop = ?", [workshop.id]).fetchall()
        memory.seats[workshop.id] = {tag: seat_of(tag, bits) for tag, bits in rows}
        memory.finished[workshop.id] = count_finished(memory.seats[workshop.id].values())
        for round in read_rounds(connection, workshop.id):
            memory.rounds[workshop.id, round.round] = round
    return memory
