"""The store: durable before acknowledged, refused verbs leave nothing, what was forgotten leaves the file."""

import subprocess
import sys
import threading
import time

import duckdb
import pytest
from rooms import bytes_on_disk, new_room, open_sessions, sessions_in

from workshop.errors import Conflict, Unavailable
from workshop.published import PublishedRound, PublishedTable
from workshop.room import Seat
from workshop.sessions.duties import Duties
from workshop.store import Entry, StoreRefused
from workshop.store.duckdb import DuckDBStore

ROUND = PublishedRound(1, "held", 5, "2026-11-25", n=12, seats=14, releases=1, final=True, tables=(
    PublishedTable("item", "D1A", 12, ((1, 2), (3, 0), (4, 5)), (2, 3, 7), 1),
    PublishedTable("item", "D2A", 0),
    PublishedTable("pole", "DL", 12, ((0.0, 37.5), (37.5, 62.5), (62.5, 100.0)), (2, 4, 6), 1),
    PublishedTable("plane", "", 12, ((3,), (0, 0, 3, 2), (1, 2, 2, 1)), (5, 7), 1),
))


@pytest.fixture
def store(sessions):
    return sessions.store


def test_what_is_published_reads_back_after_a_restart_as_it_was(tmp_path, clock):
    sessions = open_sessions(tmp_path, clock)
    room = new_room(sessions, clock, 3)
    sessions.store.transact(lambda tx: tx.put_round(tx.workshop(room.code), ROUND)).result(5)
    before = room.workshop
    sessions.store.close()
    with sessions_in(tmp_path, clock) as again:
        assert again.store.round(again.workshop(room.code), 1) == ROUND
        assert again.workshop(room.code) == before
        assert again.counts(room.code).joined == 3


def test_a_refused_verb_leaves_nothing_even_after_it_wrote(lobby, store):
    def writes_then_refuses(tx):
        tx.put_seat(tx.workshop(lobby.code), Seat(b"x" * 16))
        raise Conflict("no", "No.")

    with pytest.raises(Conflict):
        store.transact(writes_then_refuses).result(5)
    assert store.seat(lobby.workshop, b"x" * 16) is None
    assert store.counts(lobby.workshop).joined == 12


def test_a_verb_that_breaks_takes_none_of_its_neighbours_with_it(lobby, store):
    gate = threading.Event()
    store.transact(lambda tx: gate.wait(5))
    futures = [store.transact(lambda tx, n=n: tx.put_seat(tx.workshop(lobby.code), Seat(bytes([n]) * 16)))
               for n in range(20)]
    broken = store.transact(lambda tx: 1 / 0)
    futures += [store.transact(lambda tx, n=n: tx.put_seat(tx.workshop(lobby.code), Seat(bytes([n]) * 16)))
                for n in range(20, 40)]
    gate.set()
    for future in futures:
        future.result(5)
    with pytest.raises(ZeroDivisionError):
        broken.result(5)
    assert store.counts(lobby.workshop).joined == 52


def test_a_row_the_database_refuses_is_refused_alone(lobby, store):
    gate = threading.Event()
    store.transact(lambda tx: gate.wait(5))
    good = store.transact(lambda tx: tx.put_seat(tx.workshop(lobby.code), Seat(b"g" * 16)))
    bad = store.transact(lambda tx: tx.put_entry("c", Entry(b"t", "not bytes", "not a number"), again=False))
    gate.set()
    good.result(5)
    with pytest.raises(Unavailable, match="Nothing was changed"):
        bad.result(5)
    assert store.seat(lobby.workshop, b"g" * 16)


def test_a_seat_that_leaves_and_comes_back_in_one_batch_has_one_row(tmp_path, clock):
    sessions = open_sessions(tmp_path, clock)
    room = new_room(sessions, clock, 2)
    gate = threading.Event()
    sessions.store.transact(lambda tx: gate.wait(5))
    seat = Seat(b"s" * 16)
    verbs = [
        lambda tx: tx.put_seat(tx.workshop(room.code), seat),
        lambda tx: tx.entries("any"),  # flushes in the middle of the batch
        lambda tx: tx.put_seat(tx.workshop(room.code), Seat(seat.tag, sent=True)),
        lambda tx: tx.entries("any"),
        lambda tx: tx.drop_seat(tx.workshop(room.code), seat.tag),
        lambda tx: tx.entries("any"),
        lambda tx: tx.put_seat(tx.workshop(room.code), Seat(seat.tag, sent=True, used=True)),
    ]
    futures = [sessions.store.transact(verb) for verb in verbs]
    gate.set()
    for future in futures:
        future.result(5)
    assert room.counts.joined == 3
    sessions.store.close()
    with sessions_in(tmp_path, clock) as again:
        assert again.counts(room.code).joined == 3
        assert again.store.seat(again.workshop(room.code), seat.tag) == Seat(seat.tag, sent=True, used=True)


def test_entries_replace_each_other_and_know_their_release(store):
    store.transact(lambda tx: tx.put_entry("c", Entry(b"a", b"first"), again=False)).result(5)
    store.transact(lambda tx: tx.put_entry("c", Entry(b"a", b"second"), again=True)).result(5)
    store.transact(lambda tx: tx.put_entry("c", Entry(b"b", b"other"), again=False)).result(5)
    store.transact(lambda tx: tx.take_entries("c", [b"a"], 3)).result(5)
    found = store.transact(lambda tx: tx.entries("c")).result(5)
    assert set(found) == {Entry(b"a", b"second", 3), Entry(b"b", b"other")}
    store.transact(lambda tx: tx.drop_entry("c", b"a")).result(5)
    assert store.transact(lambda tx: tx.entries("c")).result(5) == (Entry(b"b", b"other"),)


def test_an_entry_written_after_a_whole_replacement_in_the_same_batch_stays(store):
    gate = threading.Event()
    store.transact(lambda tx: gate.wait(5))
    store.transact(lambda tx: tx.put_entry("c", Entry(b"a", b"old"), again=False))
    store.transact(lambda tx: tx.replace_entries("c", [Entry(b"a", b"fresh")]))
    last = store.transact(lambda tx: tx.put_entry("c", Entry(b"b", b"later"), again=False))
    gate.set()
    last.result(5)
    assert set(store.transact(lambda tx: tx.entries("c")).result(5)) == {Entry(b"a", b"fresh"), Entry(b"b", b"later")}


def test_a_file_held_by_another_process_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "bothand.duckdb"
    script = f"import duckdb, time; c = duckdb.connect({str(path)!r}); print('open', flush=True); time.sleep(30)"
    other = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreRefused, match="in use by another process") as refused:
            DuckDBStore(path)
        assert refused.value.code == "database_held"
    finally:
        other.kill()
        other.wait()
        other.stdout.close()


def test_a_file_of_a_newer_version_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "bothand.duckdb"
    DuckDBStore(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("insert into schema_version values (999)")
    before = path.read_bytes()
    with pytest.raises(StoreRefused, match="newer version") as refused:
        DuckDBStore(path)
    assert refused.value.code == "database_newer"
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "bothand.duckdb"
    path.write_bytes(b"this is not a database" * 1000)
    with pytest.raises(StoreRefused, match="damaged"):
        DuckDBStore(path)
    assert path.read_bytes() == b"this is not a database" * 1000


def test_a_folder_that_cannot_be_made_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreRefused, match="cannot be written"):
        DuckDBStore(tmp_path / "file" / "bothand.duckdb")


def test_nothing_is_acknowledged_once_the_file_is_moved_away_and_all_goes_on_once_it_is_back(tmp_path, clock):
    home = tmp_path / "home"
    with sessions_in(home, clock) as sessions:
        room = new_room(sessions, clock, 1)
        home.rename(tmp_path / "elsewhere")
        with pytest.raises(Unavailable, match="moved or deleted") as refused:
            room.join()
        assert refused.value.code == "database_gone"
        assert not home.exists()
        assert room.counts.joined == 1
        (tmp_path / "elsewhere").rename(home)
        room.join()
    with sessions_in(home, clock) as again:
        assert again.counts(room.code).joined == 2


def test_a_forgotten_title_leaves_the_file_once_no_round_is_open(tmp_path, clock):
    with sessions_in(tmp_path, clock) as sessions:
        room = new_room(sessions, clock, 2, title="Unforgettable-Peridot")
        sessions.note(room.code, "light", "Noted-Chrysoprase").result(5)
        kept = new_room(sessions, clock, 3, title="Kept-Beryl")
        assert b"Unforgettable-Peridot" in bytes_on_disk(tmp_path)
        sessions.forget_workshop(room.code).result(5)
        sessions.store.rewrite_if_due()
        deadline = time.monotonic() + 10
        while b"Unforgettable-Peridot" in bytes_on_disk(tmp_path) and time.monotonic() < deadline:
            time.sleep(0.05)
        left = bytes_on_disk(tmp_path)
        assert b"Unforgettable-Peridot" not in left
        assert b"Noted-Chrysoprase" not in left
        assert kept.counts.joined == 3
        kept.join()
    with sessions_in(tmp_path, clock) as again:
        assert again.counts(kept.code).joined == 4


def test_a_forgotten_title_leaves_the_file_at_the_latest_at_the_next_start(tmp_path, clock):
    with sessions_in(tmp_path, clock) as sessions:
        room = new_room(sessions, clock, title="Unforgettable-Peridot")
        sessions.forget_workshop(room.code).result(5)
    with sessions_in(tmp_path, clock) as again:
        assert again.workshops() == ()
        assert b"Unforgettable-Peridot" not in bytes_on_disk(tmp_path)


def test_numbers_of_forgotten_workshops_are_not_given_again(sessions, clock):
    first = new_room(sessions, clock)
    number = first.workshop.id
    sessions.forget_workshop(first.code).result(5)
    assert new_room(sessions, clock).workshop.id > number


def test_forgetting_and_answering_again_in_one_batch_leaves_one_row(sessions, clock):
    room = new_room(sessions, clock, 1, is_open=True)
    (token,), collection = room.tokens, room.workshop.collection("answers")
    room.answer(token, 1)
    gate = threading.Event()
    sessions.store.transact(lambda tx: gate.wait(5))
    sessions.withdraw(room.code, 1, token)
    sessions.leave(room.code, token)
    sessions.join(room.code, token)
    last = sessions.answer(room.code, 1, token, dict.fromkeys(room.items, 5))
    gate.set()
    last.result(5)
    rows = sessions.store._connection.cursor().execute(
        "select count(*) from entries where collection = ?", [collection.id]).fetchall()
    assert rows == [(1,)]


def test_a_key_is_not_swept_away_by_a_batch_that_is_taken_back(sessions, clock):
    room = new_room(sessions, clock, 12, is_open=True)
    room.answer_each()
    sessions.vault.make("entries-stray")
    gate = threading.Event()
    sessions.store.transact(lambda tx: gate.wait(5))
    closing = sessions.act(room.code, "close_round")
    sweep = sessions.store.transact(Duties(sessions)._sweeping)
    broken = sessions.store.transact(lambda tx: 1 / 0)
    gate.set()
    for future in (closing, sweep):
        future.result(5)
    with pytest.raises(ZeroDivisionError):
        broken.result(5)
    assert (room.snapshot.n, room.workshop.notice) == (12, "")
    assert "entries-stray" not in sessions.vault.names()
