"""The store in one DuckDB file: one writer thread, group commit, committed values in memory for reading."""

from __future__ import annotations

import logging
import secrets
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
from workshop.store.file import open_file, read_identity
from workshop.store.flush import flush
from workshop.store.leftovers import sweep
from workshop.store.overlay import Memory, Writes, count_finished, settle
from workshop.store.rewriting import rewrite_file, rewriting_due
from workshop.store.rows import read_rounds, read_workshops, seat_of
from workshop.store.sentences import gone, plain, stopping
from workshop.store.transaction import DuckDBTransaction
from workshop.store.witness import Witness, log_bytes

T = TypeVar("T")
Verb = Callable[[Transaction], Any]
Waiting = tuple[Verb, "Future[Any]"]

LOG = logging.getLogger("bothand")
BATCH = 1_000
QUEUE = 10_000
LOG_BYTES = 16 * 1024 * 1024  # of the write-ahead log, before it is folded into the file


class DuckDBStore:
    """Opens or creates the file at `path`; raises StoreRefused with a sentence where that cannot be."""

    def __init__(self, path: Path) -> None:
        path = path.resolve()  # a link is followed once: rewriting would put a file in its place and leave the old one
        self._path = path
        self._connection = open_file(path)
        sweep(path)
        if rewriting_due(self._connection):
            self._connection.close()
            _rewritten(path)
            self._connection = open_file(path)
        warm_up()
        self._memory = _load(self._connection)
        self.identity = read_identity(self._connection)
        self._queue: Queue[Waiting | None] = Queue(QUEUE)
        self._entering = threading.Lock()
        self._reading = threading.Lock()
        self._rewriting = False
        self._closed = False
        self._checkpoint_at = LOG_BYTES
        self._witness = Witness(path)
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
            try:
                with self._connection.cursor() as cursor:
                    return read(cursor)
            except duckdb.Error as error:
                raise plain(error) from error

    # writing: one thread, in batches

    def transact(self, verb: Callable[[Transaction], T]) -> Future[T]:
        """Runs a verb alone among all verbs; the future is done after the commit."""
        future: Future[T] = Future()
        with self._entering:
            try:
                if self._closed:
                    future.set_exception(stopping())
                else:
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
        """Finishes what is queued, then closes the file. Whatever comes later is refused."""
        with self._entering:
            self._closed = True
        self._queue.put(None)
        self._thread.join(10)
        self._connection.close()
        self._witness.close()

    def _work(self) -> None:
        while (batch := self._next_batch()) is not None:
            self._commit(batch)
            if self._rewriting:
                self._rewriting = False
                self._rewrite()
            elif log_bytes(self._path) > self._checkpoint_at:
                self._checkpoint()

    def _rewrite(self) -> None:
        with self._reading:
            self._connection.close()
            _rewritten(self._path)
            self._open_again()

    def _checkpoint(self) -> None:
        """Between two batches; where the disk refuses, the log grows on and it is tried again later."""
        with self._reading:
            try:
                self._connection.execute("checkpoint")
                self._checkpoint_at = LOG_BYTES
            except duckdb.Error:
                LOG.warning("the log of the database could not be folded into its file; it is tried again later")
                self._checkpoint_at = log_bytes(self._path) + LOG_BYTES
                self._open_again()

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
        if not self._path.exists():  # what is written to a deleted file is lost, however well it is synced
            for _, future in batch:
                _tell(future, gone())
            return
        writes, number = Writes(), secrets.randbits(62)
        answers: list[Any] = []
        try:
            self._run(batch, number, writes, answers)
            settle(self._memory, writes)
        except Exception as error:  # noqa: BLE001 - whatever it was, the batch is taken back and halved
            if not self._holds(number, writes):
                self._again(batch, error)
                return
        self._witness.note()
        _do_all(writes.kept)
        for (_, future), answer in zip(batch, answers, strict=True):
            _tell(future, answer)

    def _run(self, batch: Sequence[Waiting], number: int, writes: Writes, answers: list[Any]) -> None:
        self._connection.begin()
        unflushed = Writes()
        for verb, _ in batch:
            transaction = DuckDBTransaction(self._connection, self._memory, writes, unflushed)
            try:
                answers.append(verb(transaction))
            except WorkshopError as refusal:
                answers.append(refusal)
                _do_all(transaction.own.lost)
                continue
            except BaseException:
                writes.lost += transaction.own.lost
                raise
            writes.add(transaction.own)
            unflushed.add(transaction.own)
            if transaction.own.orderly:
                flush(self._connection, self._memory, unflushed)
        flush(self._connection, self._memory, unflushed)
        self._connection.execute("update batch set number = ?", [number])
        self._connection.commit()

    def _holds(self, number: int, writes: Writes) -> bool:
        """Takes the batch back, unless its commit broke and the disk has it nevertheless."""
        try:
            self._connection.rollback()
        except duckdb.Error:
            with self._reading:
                self._open_again()
                held = self._last_batch()
        else:
            held = None
            _do_all(writes.lost)
        return held == number

    def _last_batch(self) -> int | None:
        """None where the file cannot be opened: keys that nothing names are swept later."""
        try:
            return int(self._connection.execute("select number from batch").fetchall()[0][0])
        except duckdb.Error:
            return None

    def _again(self, batch: Sequence[Waiting], error: Exception) -> None:
        if len(batch) == 1:
            _tell(batch[0][1], plain(error))
            return
        half = len(batch) // 2
        self._commit(batch[:half])
        self._commit(batch[half:])

    def _open_again(self) -> None:
        """Closed and opened as by a new start; nobody may be reading."""
        self._connection.close()
        try:
            self._connection = open_file(self._path)
            self._memory = _load(self._connection)
        except (StoreRefused, duckdb.Error, OSError) as error:
            # Every further verb is refused with a sentence, until there is room or the file is back.
            LOG.warning("the database could not be opened again; the next request tries once more: %s",
                        type(error).__name__)
            self._connection.close()


def _rewritten(path: Path) -> None:
    try:
        rewrite_file(path)
    except (StoreRefused, duckdb.Error, OSError):
        LOG.warning("the database could not be rewritten without what was forgotten; it is tried again")


def _do_all(acts: Sequence[Callable[[], None]]) -> None:
    """What follows a commit, or its loss. None of it may end the thread that writes."""
    for act in acts:
        try:
            act()
        except Exception:
            LOG.exception("something that had to follow could not be done; what has to do with keys is tried again")


def _tell(future: Future[Any], answer: object) -> None:
    """Nothing where whoever asked has gone meanwhile."""
    if not future.set_running_or_notify_cancel():
        return
    if isinstance(answer, Exception):
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
