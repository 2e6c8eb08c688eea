"""Whatever is told is on the disk by then, by content and by name; what a killed process left half done goes."""

import errno
import os
import random
from pathlib import Path

import duckdb
import pytest
from rooms import MONDAY, Clock, new_room, open_sessions, sessions_in

from tests.crash.cuts import Disk, images
from tests.crash.traced import Step
from workshop import __main__ as command_line
from workshop import durable, signin
from workshop.durable import make_folder, write_whole
from workshop.errors import Unavailable
from workshop.sessions.duties import Duties
from workshop.settings import Settings
from workshop.signin import KEY_FILE, LIST_FILE, Signin, facilitator_key
from workshop.store import StoreRefused
from workshop.store.backup import back_up_live
from workshop.store.file import open_file
from workshop.store.keeping import restore_from
from workshop.store.rewriting import rewrite_file
from workshop.vault import Vault


@pytest.fixture
def steps(monkeypatch):
    """What this process syncs and renames, in order: by name, folders with a slash at the end."""
    done, fsync, replace = [], os.fsync, Path.replace

    def syncs(descriptor):
        path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        done.append(f"sync {path.name}{'/' if path.is_dir() else ''}")
        fsync(descriptor)

    def replaces(path, target):
        done.append(f"rename to {Path(target).name}")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", syncs)
    monkeypatch.setattr(Path, "replace", replaces)
    return done


@pytest.fixture
def settings(tmp_path):
    return Settings(database=tmp_path / "home" / "bothand.duckdb", keys=tmp_path / "home" / "keys")


def test_a_file_is_synced_then_named_then_its_folder_is_synced(tmp_path, steps):
    write_whole(tmp_path / "one", b"whole")
    assert steps == ["sync one.part", "rename to one", f"sync {tmp_path.name}/"]


def test_every_folder_that_is_made_is_synced_where_it_stands(tmp_path, steps):
    make_folder(tmp_path / "one" / "two")
    assert steps == [f"sync {tmp_path.name}/", "sync one/"]
    make_folder(tmp_path / "one" / "two")
    assert len(steps) == 2


def test_a_database_is_durable_by_name_before_any_key_can_belong_to_it(tmp_path, steps):
    (tmp_path / "home").mkdir()
    open_file(tmp_path / "home" / "bothand.duckdb").close()
    assert steps == ["sync home/"]


def test_a_fresh_log_is_durable_by_name_before_anybody_is_told(tmp_path, steps):
    with sessions_in(tmp_path / "home") as sessions:
        steps.clear()
        new_room(sessions, Clock())
        assert "sync home/" in steps
        sessions.store._checkpoint()  # folds the log into the file
        steps.clear()
        sessions.store.transact(lambda tx: None).result(20)
        assert steps == ["sync home/", "sync bothand.duckdb.log-note", "sync home/"]


def test_a_rewritten_file_is_durable_by_name_after_its_old_log_is_gone(tmp_path, steps):
    path = tmp_path / "home" / "bothand.duckdb"
    open_sessions(tmp_path / "home", Clock()).store.close()
    steps.clear()
    rewrite_file(path)
    assert steps == ["sync home/", "rename to bothand.duckdb", "sync home/"]


def test_a_backup_is_durable_by_name_before_anybody_is_told(tmp_path, steps):
    with sessions_in(tmp_path / "home") as sessions:
        back_up_live(sessions.store, tmp_path / "kept.duckdb", MONDAY)
    assert steps[-1] != "rename to kept.duckdb"
    assert f"sync {tmp_path.name}/" in steps[steps.index("rename to kept.duckdb"):]


@pytest.mark.parametrize("act", [lambda door, session: door.sign_out(session),
                                 lambda door, session: door.sign_out_everywhere()])
def test_who_is_signed_out_stays_so_also_if_the_power_fails_at_once(settings, steps, act):
    door = Signin(settings)
    session = door.admit(3_600)
    steps.clear()
    act(door, session)
    assert steps == ["sync consoles.part-json", f"rename to {LIST_FILE}", "sync keys/"]


def no_room(*_given, **_named):
    raise OSError(errno.ENOSPC, "no space")


def test_who_is_signed_out_on_a_full_disk_is_not_back_after_a_restart(settings, monkeypatch, caplog):
    door = Signin(settings)
    session, other = door.admit(3_600), door.admit(3_600)
    monkeypatch.setattr(signin, "write_whole", no_room)
    door.sign_out(session)
    assert (door.valid(session), door.valid(other)) == (False, True)
    assert not Signin(settings).valid(session)
    assert "everybody signs in anew" in caplog.text


def test_a_host_can_sign_in_on_a_full_disk(settings, monkeypatch):
    door = Signin(settings)
    monkeypatch.setattr(signin, "write_whole", no_room)
    assert door.valid(door.admit(3_600))


@pytest.mark.parametrize("left", [b"", b"\0" * 23, b"short\n", b"\xff\xfe"])
def test_what_is_left_of_a_key_that_was_never_written_whole_is_no_key(settings, left):
    make_folder(settings.database.parent)
    path = settings.database.parent / KEY_FILE
    path.write_bytes(left)
    key = facilitator_key(settings)
    assert len(key) >= 16
    assert path.read_text() == f"{key}\n"
    assert facilitator_key(settings) == key


@pytest.mark.parametrize("left", [b"", b"[]", b"\0" * 80, b'{"a": null}', b'"text"'])
def test_a_list_of_consoles_that_cannot_be_read_signs_everybody_out(settings, left):
    session = Signin(settings).admit(3_600)
    (settings.keys / LIST_FILE).write_bytes(left)
    assert not Signin(settings).valid(session)


def test_a_key_that_finds_no_room_leaves_nothing_behind(tmp_path, monkeypatch):
    vault = Vault(tmp_path / "keys")
    monkeypatch.setattr(durable.os, "fsync", no_room)
    with pytest.raises(OSError, match="no space"):
        vault.make("entries-1")
    assert list((tmp_path / "keys").iterdir()) == []


def test_a_download_that_finds_no_room_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(durable.os, "fsync", no_room)
    with pytest.raises(Unavailable, match="cannot be written"):
        command_line._write(tmp_path / "kept.duckdb", b"half of it")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("said", "code"), [
    ("FATAL Error: fsync failed!", "disk_failing"), ("IO Error: Could not write: Input/output error", "disk_failing"),
    ("IO Error: Could not write file: No space left on device", "disk_full"),
])
def test_a_first_start_on_a_disk_that_fails_or_is_full_ends_in_a_sentence(tmp_path, monkeypatch, said, code):
    def fails(*_given):
        raise duckdb.FatalException(said)

    with monkeypatch.context() as patch:
        patch.setattr("workshop.store.file.migrate", fails)
        with pytest.raises(StoreRefused, match="The disk that holds") as refused:
            open_file(tmp_path / "bothand.duckdb")
    assert refused.value.code == code
    open_file(tmp_path / "bothand.duckdb").close()


# ---- what a killed process left


def test_copies_that_a_killed_process_left_are_gone_after_the_next_start(tmp_path):
    open_sessions(tmp_path, Clock()).store.close()
    (tmp_path / ".backup-x7f").mkdir()
    left = [tmp_path / ".backup-x7f" / "bothand-backup-2026-11-25.duckdb", tmp_path / "bothand.duckdb.1a2b3c4d.part",
            tmp_path / "bothand.duckdb.1a2b3c4d.part.wal", tmp_path / "bothand.duckdb.rewriting",
            tmp_path / "bothand.duckdb.rewriting.wal"]
    others = [tmp_path / "film.part", tmp_path / "bothand-backup-2026-11-25.duckdb"]
    for path in (*left, *others):
        path.write_bytes(b"a title that is forgotten later")
    open_sessions(tmp_path, Clock()).store.close()
    assert [path for path in left if path.exists()] == []
    assert not (tmp_path / ".backup-x7f").exists()
    assert all(path.exists() for path in others)


class _KilledError(BaseException):
    """As kill -9, for what runs in this process."""


@pytest.mark.parametrize("moment", ["workshop.store.keeping.restore", "workshop.vault.Vault.keep_only"])
def test_a_restore_that_is_killed_leaves_a_database_that_starts(tmp_path, settings, monkeypatch, moment):
    """Of another installation: the keys name the database that is replaced."""
    with sessions_in(tmp_path / "elsewhere") as sessions:
        new_room(sessions, Clock(), title="From elsewhere")
        back_up_live(sessions.store, tmp_path / "kept.duckdb", MONDAY)
    with sessions_in(settings.database.parent) as sessions:
        new_room(sessions, Clock(), 3, is_open=True, title="Here before")

    def killed(*_given, **_named):
        raise _KilledError

    with monkeypatch.context() as patch:
        patch.setattr(moment, killed)
        patch.setattr(Vault, "claim", killed if "restore" in moment else Vault.claim)
        with pytest.raises(_KilledError):
            restore_from(settings, tmp_path / "kept.duckdb", over=True)
    with sessions_in(settings.database.parent) as sessions:
        Duties(sessions).settle()
        assert [one.title for one in sessions.workshops()] == [
            "Here before" if "restore" in moment else "From elsewhere"]
        assert [one.notice for one in sessions.workshops()] == [""]


# ---- the disk that power cuts are tried on


def cut(*steps):
    """What the files may hold after a power cut behind these steps."""
    disk = Disk()
    for step in steps:
        disk.take(step)
    return [image.files for image in images(disk, random.Random(7), 20)]


MADE, WRITTEN, SYNCED = Step("made", 1, name="one"), Step("write", 1, at=0, data=b"x" * 1_024), Step("sync", 1)
NAMED = Step("sync", 0)


def test_what_is_neither_synced_nor_named_may_be_lost_or_torn():
    bodies = [files.get("one") for files in cut(MADE, WRITTEN)]
    assert None in bodies
    assert {b"", b"x" * 1_024} < {body for body in bodies if body is not None}


def test_what_is_synced_may_be_lost_by_its_name_alone():
    assert {files.get("one") for files in cut(MADE, WRITTEN, SYNCED)} == {None, b"x" * 1_024}


def test_what_is_synced_and_named_is_never_lost():
    assert {files.get("one") for files in cut(MADE, WRITTEN, SYNCED, NAMED)} == {b"x" * 1_024}


def test_a_rename_is_whole_or_has_not_happened():
    found = cut(MADE, WRITTEN, SYNCED, NAMED, Step("moved", 1, name="one", into="two"))
    assert {tuple(files) for files in found} == {("one",), ("two",)}
