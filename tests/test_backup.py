"""A backup holds what may outlive the laptop and nothing else; a restore brings back nobody who was forgotten."""

import errno
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from rooms import MONDAY, Clock, bytes_on_disk, new_room, open_sessions, sessions_in

from workshop.errors import Conflict, Invalid, Missing, Unavailable
from workshop.export import ALL_FORMATS
from workshop.published import PublishedRound
from workshop.room import Phase
from workshop.settings import Settings
from workshop.store import StoreRefused
from workshop.store.backup import KEPT, LEFT_OUT, back_up_live
from workshop.store.keeping import back_up, restore_from
from workshop.store.restoring import read_backup
from workshop.takehome import exported


def settings(folder):
    return Settings(database=folder / "bothand.duckdb", keys=folder / "keys")


@pytest.fixture
def home(tmp_path):
    """The folder of the installation that is backed up."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def elsewhere(tmp_path):
    """The folder of another installation."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


@pytest.fixture
def backup(tmp_path):
    """Where the backup goes."""
    return tmp_path / "kept.duckdb"


def closed_room(sessions, title="Closed", **fields):
    room = new_room(sessions, Clock(), 14, is_open=True, title=title, **fields)
    room.answer_each(3)
    room.act("close_round")
    return room


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """A closed installation with one workshop in every phase, and what each holds; made once, never touched."""
    folder = tmp_path_factory.mktemp("installation")
    with sessions_in(folder) as sessions:
        made = {"review": closed_room(sessions, "In review"), "sealed": closed_room(sessions, "Sealed")}
        sessions.note(made["sealed"].code, made["sealed"].workshop.agenda[1].id, "A private note.").result(10)
        made["sealed"].act("reveal_dark")
        made["sealed"].act("seal")
        made["again"] = closed_room(sessions, "Second round open")
        made["again"].act("open_round")
        made["again"].answer_each(4)
        made["open"] = new_room(sessions, Clock(), 9, is_open=True, title="First round open")
        made["open"].answer_each(5)
        made["lobby"] = new_room(sessions, Clock(), 3, title="Lobby", helpline="0800 111")
        sessions.create({"title": "Draft", "form": "short"}).result(10)
        return folder, {title: (sessions.workshop(room.code), sessions.snapshots(room.code))
                        for title, room in made.items()}


@pytest.fixture
def rooms(home, installation):
    """That installation as the test's own home, and what its workshops hold."""
    folder, held = installation
    shutil.copytree(folder, home, dirs_exist_ok=True)
    return held


def by_title(sessions):
    return {one.title: one for one in sessions.workshops()}


def test_everything_that_may_come_back_does(home, elsewhere, backup, rooms):
    back_up(settings(home), backup)
    assert restore_from(settings(elsewhere), backup, over=False).workshops == 6
    with sessions_in(elsewhere, Clock(MONDAY + 1)) as sessions:
        found = by_title(sessions)
        phases = {title: one.phase for title, one in found.items()}
        assert phases == {"In review": Phase.SEALED, "Sealed": Phase.SEALED, "Second round open": Phase.SEALED,
                          "First round open": Phase.DRAFT, "Lobby": Phase.DRAFT, "Draft": Phase.DRAFT}
        for name in ("review", "sealed", "again"):
            workshop, snapshots = rooms[name]
            assert sessions.snapshots(workshop.code) == snapshots[:1]
        sealed = rooms["sealed"][0]
        assert sessions.workshop(sealed.code) == sealed
        assert sessions.workshop(sealed.code).notes
        assert found["Lobby"].helpline == "0800 111"
        assert [found["Second round open"].round, found["First round open"].round] == [1, 0]


def test_a_draft_that_came_back_can_be_held(home, elsewhere, backup, rooms):
    back_up(settings(home), backup)
    restore_from(settings(elsewhere), backup, over=False)
    with sessions_in(elsewhere) as sessions:
        code = by_title(sessions)["First round open"].code
        sessions.act(code, "open_lobby").result(10)
        token = sessions.join(code, None).result(10).token
        sessions.act(code, "open_round").result(10)
        sessions.answer(code, 1, token, {}).result(10)
        assert sessions.create({"title": "Another"}).result(10).id > max(one.id for one, _ in rooms.values())


def test_no_seat_no_entry_and_no_dark_table_is_in_a_backup(home, backup, rooms):
    with duckdb.connect(str(home / "bothand.duckdb"), read_only=True) as live:
        hidden = [bytes(row[0]) for table, column in (("seats", "tag"), ("entries", "locked"), ("veiled", "locked"))
                  for row in live.execute(f"select {column} from {table}").fetchall()]
    secrets = [path.read_bytes()[:32] for path in (home / "keys").glob("*.key")]
    assert len(hidden) > 50
    assert secrets
    back_up(settings(home), backup)
    body = backup.read_bytes()
    assert not [one for one in (*hidden, *secrets) if one in body]
    with duckdb.connect(str(backup), read_only=True) as kept:
        assert [kept.execute(f"select count(*) from {table}").fetchone()[0] for table in LEFT_OUT] == [0, 0, 0]
        dark = kept.execute("select count(*) from published where workshop = ? and (id like 'DD%' or id like 'ID%')",
                            [rooms["review"][0].id]).fetchone()[0]
    assert dark == 0


def test_answers_of_an_open_round_are_not_in_a_backup_in_any_level(home, backup):
    with sessions_in(home) as sessions:
        room = new_room(sessions, Clock(), 12, is_open=True, protection="open")
        room.act("goto", scene=next(one.id for one in room.workshop.agenda if one.kind == "light"))
        room.answer_each()
        room.tick()
        assert sessions.snapshots(room.code)
        back_up_live(sessions.store, backup, MONDAY)
    assert len(read_backup(backup)["published"]) == 0


def test_a_backup_is_made_while_people_answer(home, backup):
    with sessions_in(home) as sessions:
        room = closed_room(sessions)
        room.act("open_round")
        waiting = [sessions.answer(room.code, 2, token, {}) for token in room.tokens]
        back_up_live(sessions.store, backup, MONDAY)
        assert [one.result(10) for one in waiting] == [None] * 14
        room.act("close_round")
    assert len(read_backup(backup)["rounds"]) == 1


def test_a_backup_is_for_its_owner_only_and_never_over_another_file(home, backup, rooms):
    back_up(settings(home), backup)
    assert backup.stat().st_mode & 0o077 == 0
    before = backup.read_bytes()
    with pytest.raises(Conflict, match="already"):
        back_up(settings(home), backup)
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir() if "part" in path.name] == []


def test_there_has_to_be_a_database(elsewhere, backup):
    with pytest.raises(Missing, match="no database"):
        back_up(settings(elsewhere), backup)
    assert list(elsewhere.iterdir()) == []


# ---- forgotten stays forgotten


def test_who_was_forgotten_since_stays_forgotten(home, backup, rooms):
    back_up(settings(home), backup)
    code, title = rooms["sealed"][0].code, b"Sealed"
    with sessions_in(home) as sessions:
        sessions.forget_workshop(code).result(10)
    kept = restore_from(settings(home), backup, over=True)
    assert (kept.workshops, kept.forgotten, kept.unread) == (5, 1, False)
    with sessions_in(home) as sessions:
        assert title.decode() not in by_title(sessions)
    assert title not in bytes_on_disk(home)


def test_who_was_forgotten_before_is_not_in_the_backup_at_all(home, backup, rooms):
    with sessions_in(home) as sessions:
        sessions.forget_workshop(rooms["sealed"][0].code).result(10)
    back_up(settings(home), backup)
    assert b"A private note." not in backup.read_bytes()
    assert len(read_backup(backup)["forgotten"]) == 1


def test_a_second_restore_of_the_same_backup_brings_nobody_back(home, elsewhere, backup, rooms):
    back_up(settings(home), backup)
    with sessions_in(elsewhere):
        pass
    restore_from(settings(elsewhere), backup, over=True)
    with sessions_in(elsewhere) as sessions:
        sessions.forget_workshop(rooms["sealed"][0].code).result(10)
    assert restore_from(settings(elsewhere), backup, over=True).forgotten == 1


def test_numbers_forgotten_in_another_database_are_other_workshops(home, elsewhere, backup, rooms):
    back_up(settings(home), backup)
    with sessions_in(elsewhere) as sessions:
        for _ in range(6):
            code = sessions.create({"title": "Tried"}).result(10).code
            sessions.forget_workshop(code).result(10)
    assert restore_from(settings(elsewhere), backup, over=True).workshops == 6


# ---- what is refused, and what is left as it was


def test_a_database_is_replaced_only_by_an_explicit_word(home, backup, rooms):
    back_up(settings(home), backup)
    before = (home / "bothand.duckdb").read_bytes()
    with pytest.raises(Conflict, match="--replace"):
        restore_from(settings(home), backup, over=False)
    assert (home / "bothand.duckdb").read_bytes() == before
    with sessions_in(home) as sessions:
        assert sessions.workshop(rooms["review"][0].code).phase == Phase.REVIEW


def test_keys_of_what_was_replaced_are_destroyed_and_the_server_starts(home, backup, rooms):
    back_up(settings(home), backup)
    assert list((home / "keys").glob("*.key"))
    restore_from(settings(home), backup, over=True)
    assert list((home / "keys").glob("*.key")) == []
    with sessions_in(home) as sessions:
        assert len(sessions.workshops()) == 6


def test_keys_of_yet_another_database_are_left_alone(home, elsewhere, backup, rooms):
    back_up(settings(home), backup)
    with sessions_in(elsewhere) as sessions:
        new_room(sessions, Clock(), 2, is_open=True)
    keys = sorted(path.name for path in (elsewhere / "keys").iterdir())
    foreign = replace(settings(elsewhere), database=elsewhere / "fresh.duckdb")
    with pytest.raises(Unavailable, match="belong to another database"):
        restore_from(foreign, backup, over=True)
    assert sorted(path.name for path in (elsewhere / "keys").iterdir()) == keys
    assert not foreign.database.exists()


def broken(backup, how):
    body = bytearray(backup.read_bytes())
    if how == "cut":
        return bytes(body[:len(body) // 2])
    if how == "empty":
        return b""
    if how == "text":
        return b"not a database"
    for at in range(12_288, len(body), 4_096):
        body[at] ^= 0xFF
    return bytes(body)


@pytest.mark.parametrize("how", ["cut", "empty", "text", "flipped"])
def test_a_damaged_backup_changes_nothing(home, elsewhere, backup, rooms, how):
    back_up(settings(home), backup)
    backup.write_bytes(broken(backup, how))
    before = (home / "bothand.duckdb").read_bytes()
    with pytest.raises(Invalid, match="damaged"):
        restore_from(settings(home), backup, over=True)
    assert (home / "bothand.duckdb").read_bytes() == before


def test_a_database_that_is_no_backup_is_refused(home, elsewhere, rooms, tmp_path):
    copy = shutil.copy(home / "bothand.duckdb", tmp_path / "copy.duckdb")
    with pytest.raises(Invalid, match="not a backup"):
        restore_from(settings(elsewhere), Path(copy), over=False)
    with pytest.raises(Missing, match="no file"):
        restore_from(settings(elsewhere), tmp_path / "nothing", over=False)


def test_a_backup_of_a_newer_version_says_so(home, elsewhere, backup, rooms):
    back_up(settings(home), backup)
    with duckdb.connect(str(backup)) as kept:
        kept.execute("insert into schema_version values (999)")
    with pytest.raises(Invalid, match="newer version"):
        restore_from(settings(elsewhere), backup, over=False)


def test_a_damaged_database_can_be_replaced_and_what_is_not_known_is_said(home, backup, rooms):
    back_up(settings(home), backup)
    (home / "bothand.duckdb").write_bytes(b"rubbish" * 5_000)
    assert restore_from(settings(home), backup, over=True).unread
    with sessions_in(home) as sessions:
        assert len(sessions.workshops()) == 6


def test_what_cannot_be_read_back_is_not_kept(home, backup, rooms, monkeypatch):
    from workshop.store import backup as module
    monkeypatch.setattr(module, "fill", lambda connection, tables: None)
    with pytest.raises(Invalid, match="read back"):
        back_up(settings(home), backup)
    assert not backup.exists()


def test_a_database_that_a_server_holds_is_not_touched(start_server, home, backup, rooms):
    back_up(settings(home), backup)
    server = start_server(folder=home)
    try:
        for refused in (lambda: restore_from(settings(home), backup, over=True),
                        lambda: back_up(settings(home), backup.with_name("second.duckdb"))):
            with pytest.raises(StoreRefused, match="in use by another process"):
                refused()
    finally:
        server.stop()


def test_the_tables_of_a_backup_are_those_of_the_schema():
    from workshop.store.file import MIGRATIONS
    text = "".join(path.read_text("utf-8") for path in sorted(MIGRATIONS.glob("[0-9]*.sql")))
    named = {line.split()[2] for line in text.splitlines() if line.startswith("create table")}
    assert named - {"batch"} == {*KEPT, *LEFT_OUT}, "the number of the last batch tells of no workshop"


# ---- what somebody may do to a file, a folder or a disk


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The backup of one closed round of a short form, to be copied."""
    folder = tmp_path_factory.mktemp("small")
    with sessions_in(folder) as sessions:
        room = new_room(sessions, Clock(), 8, is_open=True, title="Small", form="short", dark=False)
        room.answer_each()
        room.act("close_round")
    back_up(settings(folder), folder / "small.duckdb")
    return folder / "small.duckdb"


@pytest.mark.parametrize("changes", [
    "update workshops set body = 'not json'", "update workshops set body = '{}'", "delete from identity",
    "insert into identity select * from identity", "insert into rounds select * from rounds",
    "insert into workshops select id + 1, code, sealed, body from workshops",
    "insert into published select 99, round, place, kind, id, n, bins, counts, release from published limit 1",
    "alter table workshops drop column sealed", "alter table published alter column n type varchar",
    "drop table backup", "drop table rounds; create view rounds as select * from published",
])
def test_a_backup_that_contradicts_itself_or_has_other_tables_changes_nothing(small, elsewhere, backup, changes):
    shutil.copy(small, backup)
    with duckdb.connect(str(backup)) as kept:
        kept.execute(changes)
    with pytest.raises(Invalid, match="not a backup"):
        restore_from(settings(elsewhere), backup, over=False)
    assert list(elsewhere.iterdir()) == []


def test_nothing_that_anybody_wrote_or_carries_is_among_the_bytes_of_a_backup(home, backup):
    """Words that wait for the host, tokens of seats, the secret names of keys."""
    with sessions_in(home) as sessions:
        room = new_room(sessions, Clock(), 12, is_open=True, words=True, form="short", dark=False)
        room.answer_each()
        room.act("close_round")
        room.act("goto", scene=next(one.id for one in room.workshop.agenda if one.kind == "words"))
        for token in room.tokens:
            sessions.say_word(room.code, 1, token, "quokka").result(10)
        room.act("close_words")
        assert sessions.pending_words(room.code)
        back_up_live(sessions.store, backup, MONDAY)
        collections = [one.key for one in room.workshop.collections if one.key]
    body = backup.read_bytes()
    assert b"A room" in body
    assert [one for one in ("quokka", *room.tokens, *collections) if one.encode() in body] == []


def test_a_backup_that_was_started_as_a_database_brings_no_room_back(small, tmp_path, elsewhere):
    (tmp_path / "mistaken").mkdir()
    mistaken = shutil.copy(small, tmp_path / "mistaken" / "bothand.duckdb")
    with sessions_in(tmp_path / "mistaken") as sessions:
        new_room(sessions, Clock(), 8, is_open=True, title="Begun in a backup").answer_each()
    assert restore_from(settings(elsewhere), Path(mistaken), over=False).workshops == 2
    with sessions_in(elsewhere) as sessions:
        assert {one.phase for one in sessions.workshops()} == {Phase.SEALED, Phase.DRAFT}


def test_a_database_behind_a_link_is_the_one_that_is_replaced(small, home, tmp_path):
    disk = tmp_path / "disk.duckdb"
    (home / "bothand.duckdb").symlink_to(disk)
    with sessions_in(home) as sessions:
        sessions.create({"title": "On the other disk"}).result(10)
    restore_from(settings(home), small, over=True)
    assert (home / "bothand.duckdb").is_symlink()
    assert b"On the other disk" not in disk.read_bytes()
    with sessions_in(home) as sessions:
        (kept,) = sessions.workshops()
        sessions.forget_workshop(kept.code).result(10)
    with sessions_in(home):
        assert b"Small" not in bytes_on_disk(tmp_path)


def test_a_backup_is_never_written_through_a_link(home, backup, tmp_path):
    with sessions_in(home):
        pass
    backup.symlink_to(tmp_path / "nowhere.duckdb")
    with pytest.raises(Conflict, match="already"):
        back_up(settings(home), backup)
    assert not (tmp_path / "nowhere.duckdb").exists()
    with pytest.raises(Missing, match="no folder"):
        back_up(settings(home), tmp_path / "no" / "folder.duckdb")


def test_a_backup_is_not_restored_over_itself(small, tmp_path):
    with pytest.raises(Conflict, match="the backup itself"):
        restore_from(Settings(database=small, keys=tmp_path / "keys"), small, over=True)
    assert read_backup(small)["workshops"].num_rows == 1


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"),
                                   duckdb.IOException("Could not write: No space left on device")])
def test_a_full_disk_leaves_nothing_half_written(small, home, backup, monkeypatch, error):
    restore_from(settings(home), small, over=False)
    before = (home / "bothand.duckdb").read_bytes()

    def full(*_):
        raise error
    monkeypatch.setattr("workshop.store.backup.fill", full)
    monkeypatch.setattr("workshop.store.restoring.fill", full)
    for write in (lambda: back_up(settings(home), backup), lambda: restore_from(settings(home), small, over=True)):
        with pytest.raises(Unavailable, match=r"is full\. Nothing was changed"):
            write()
    assert (home / "bothand.duckdb").read_bytes() == before
    assert [path for path in (*home.iterdir(), *backup.parent.iterdir()) if ".part" in path.name] == []


def test_a_round_that_is_kept_is_whole(home, elsewhere, backup):
    sessions = open_sessions(home, Clock())
    room = closed_room(sessions)
    before: PublishedRound = sessions.store.round(room.workshop, 1)
    back_up_live(sessions.store, backup, MONDAY)
    sessions.store.close()
    restore_from(settings(elsewhere), backup, over=False)
    with sessions_in(elsewhere) as later:
        assert later.store.round(later.workshop(room.code), 1) == before


def test_a_backup_of_an_older_version_is_restored(home, elsewhere, backup, rooms):
    back_up(settings(home), backup)
    with duckdb.connect(str(backup)) as older:
        older.execute("drop table batch")
        older.execute("delete from schema_version where version > 2")
    assert restore_from(settings(elsewhere), backup, over=False).workshops == 6
    with sessions_in(elsewhere) as sessions:
        assert sessions.workshop(rooms["sealed"][0].code) == rooms["sealed"][0]


def test_two_backups_at_once_while_people_answer_are_the_same(home, tmp_path):
    with sessions_in(home) as sessions:
        room = closed_room(sessions)
        room.act("open_round")
        targets = [tmp_path / "one.duckdb", home / "two.duckdb"]  # the folder of the database will do, too
        with ThreadPoolExecutor() as pool:
            made = [pool.submit(back_up_live, sessions.store, target, MONDAY) for target in targets]
            waiting = [sessions.answer(room.code, 2, token, {}) for token in room.tokens]
            assert [one.result(60).workshops for one in made] == [1, 1]
            assert [one.result(60) for one in waiting] == [None] * 14
        assert len({str(read_backup(target)) for target in targets}) == 1


@pytest.mark.long
def test_every_file_that_can_be_exported_is_the_same_byte_for_byte_after_a_restore(home, elsewhere, backup, rooms):
    def files(folder):
        with sessions_in(folder) as sessions:
            return {format: exported(sessions, rooms["sealed"][0].code, format).body for format in ALL_FORMATS}

    before = files(home)
    back_up(settings(home), backup)
    restore_from(settings(elsewhere), backup, over=False)
    after = files(elsewhere)
    assert all(before.values())
    assert [format for format in ALL_FORMATS if before[format] != after[format]] == []
