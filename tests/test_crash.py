"""A short form of the crash tests; `uv run python -m tests.crash --kills 200 --seed 7` is the long one."""

import json
import os
import subprocess
import sys

import pytest
from live import ROOT, clean_environ
from rooms import new_room, open_sessions

from workshop.store import StoreRefused
from workshop.store.file import open_file
from workshop.store.witness import is_harmed, log_of, note_of, without_broken_end

pytestmark = pytest.mark.timeout(300)  # a few starts of the whole server


def complaints(part: str) -> list[str]:
    """What one part of the short form found wrong."""
    command = [sys.executable, "-m", "tests.crash", "--small", "--json", "--seed", "7", "--parts", part]
    done = subprocess.run(command, cwd=ROOT, env=clean_environ() | {"PYTHONPATH": "."}, capture_output=True, text=True)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)[part]


def test_nothing_that_was_acknowledged_is_lost_when_the_server_is_killed_under_load():
    assert complaints("storm") == []


def test_a_process_that_dies_between_two_steps_leaves_the_state_before_or_after_the_verb():
    assert complaints("steps") == []


def test_torn_or_changed_bytes_end_in_a_sentence_or_in_nothing_lost():
    assert complaints("damage") == []


@pytest.mark.long
def test_a_full_disk_refuses_in_a_sentence_and_loses_nothing():
    assert complaints("full") == []


def test_a_clock_that_jumps_takes_nothing_away():
    assert complaints("clocks") == []


@pytest.mark.long
def test_a_power_cut_at_any_step_takes_nothing_away_that_was_told_and_brings_no_key_back():
    assert complaints("power") == []


@pytest.mark.long
def test_a_standstill_a_rush_and_a_reader_who_does_not_read_hold_nobody_up():
    assert complaints("weather") == []


# what the crashes have shown


@pytest.fixture
def killed(tmp_path, clock):
    """A database as a killed process leaves it: what was received is in the log alone."""
    sessions = open_sessions(tmp_path, clock)
    new_room(sessions, clock, 3)
    kept = {path: path.read_bytes() for path in (sessions.settings.database, log_of(sessions.settings.database))}
    times = [path.stat() for path in kept]
    note = note_of(sessions.settings.database).read_text()
    sessions.store.close()
    for (path, content), was in zip(kept.items(), times, strict=True):
        path.write_bytes(content)
        os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    note_of(sessions.settings.database).write_text(note)
    return sessions.settings.database


def test_a_log_with_more_at_its_end_than_was_acknowledged_opens(killed):
    log_of(killed).write_bytes(log_of(killed).read_bytes() + b"half a record")
    open_file(killed).close()


@pytest.mark.parametrize("harm", [lambda log: log[:-40], lambda log: b"", lambda log: log[:-40] + b"?" + log[-39:]])
def test_a_log_that_lost_or_changed_what_was_acknowledged_is_refused_until_the_note_is_deleted(killed, harm):
    log_of(killed).write_bytes(harm(log_of(killed).read_bytes()))
    assert is_harmed(killed)
    with pytest.raises(StoreRefused, match=r"damaged.*Restore the newest backup"):
        open_file(killed)
    note_of(killed).unlink()
    assert not is_harmed(killed)


@pytest.mark.parametrize("noted", [True, False])
@pytest.mark.parametrize("torn", [bytes(600), (40).to_bytes(8, "little") + b"checksum" + bytes(40)])
def test_a_write_that_a_power_cut_left_with_a_hole_is_left_out_where_nobody_was_told_of_it(killed, noted, torn, caplog):
    whole = log_of(killed).read_bytes()
    if not noted:  # a note of another state of the file: nobody was told of anything in this log
        note_of(killed).write_text(f"1-1 {note_of(killed).read_text().split(maxsplit=1)[1]}")
    log_of(killed).write_bytes(whole + torn)
    connection = open_file(killed)
    assert connection.execute("select count(*) from seats").fetchone() == (3,)
    connection.close()
    assert "nobody was told of it" in caplog.text


def test_a_hole_before_the_last_that_was_told_is_damage(killed):
    whole = log_of(killed).read_bytes()
    log_of(killed).write_bytes(whole[:-300] + bytes(200) + whole[-100:])
    assert not without_broken_end(killed, f"Corrupt WAL file: entry at byte position {len(whole) - 400} is not right")
    with pytest.raises(StoreRefused, match="Restore the newest backup"):
        open_file(killed)
    note_of(killed).unlink()
    open_file(killed).close()  # as the sentence says: without what is missing


def test_a_log_that_was_folded_into_the_file_leaves_nothing_to_miss(killed):
    open_file(killed).close()  # a clean stop: no log is left
    assert not log_of(killed).exists()
    open_file(killed).close()


def test_a_damaged_file_is_called_damaged_and_its_log_stays(killed):
    open_file(killed).close()
    whole = bytearray(killed.read_bytes())
    place = next(place for place in range(3 * 4096 + 100, len(whole)) if whole[place])
    whole[place] ^= 1
    killed.write_bytes(whole)
    log_of(killed).write_bytes(b"")
    with pytest.raises(StoreRefused, match="is damaged and was left as it is"):
        open_file(killed)
    assert killed.read_bytes() == whole
