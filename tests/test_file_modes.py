"""Whatever the product writes on the laptop's disk is for its owner alone."""

import os
import stat
from pathlib import Path

import httpx
import pytest
from rooms import Clock, new_room, sessions_in

from workshop.settings import Settings
from workshop.store.file import open_file
from workshop.store.keeping import back_up, restore_from

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
OTHERS = 0o077


def open_to_others(folder: Path) -> list[str]:
    """Everything below a folder that somebody else could read or write."""
    return [f"{stat.filemode(path.lstat().st_mode)} {path.relative_to(folder)}" for path in sorted(folder.rglob("*"))
            if path.lstat().st_mode & OTHERS]


@pytest.fixture(autouse=True)
def careless():
    """Somebody whose files are open to everybody unless a program sees to it."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_everything_that_a_running_process_writes_is_its_owners_alone(start_server, tmp_path):
    made = tmp_path / "made" / "here"
    server = start_server(folder=tmp_path, BOTHAND_DATABASE=str(made / "b.duckdb"))
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {server.key}"}, timeout=10) as api:
        code = api.post("/api/workshops", json={"title": "A room"}).json()["code"]
        api.post(f"/api/workshops/{code}/actions", json={"action": "open_lobby"})
        assert api.get("/api/backup").status_code == 200
        server.sign_in()
        found = {path.name for path in tmp_path.rglob("*")}
        assert {"b.duckdb", "b.duckdb.wal", "keys", "consoles.json"} <= found
        assert open_to_others(made) == []


def test_a_database_that_was_open_to_others_is_closed_to_them(tmp_path):
    path = tmp_path / "b.duckdb"
    open_file(path).close()
    path.chmod(0o666)
    open_file(path).close()
    assert open_to_others(tmp_path) == []


def test_a_backup_is_closed_to_others_while_it_is_written_and_so_is_what_it_restores(tmp_path, monkeypatch):
    settings = Settings(database=tmp_path / "bothand.duckdb", keys=tmp_path / "keys")
    with sessions_in(tmp_path, Clock()) as sessions:
        new_room(sessions, Clock(), 2)
    seen: list[str] = []
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda path, to: (seen.extend(open_to_others(tmp_path)), replace(path, to))[1])
    back_up(settings, tmp_path / "backup")
    restore_from(settings, tmp_path / "backup", over=True)
    assert seen == open_to_others(tmp_path) == []


def test_rewriting_the_file_leaves_it_closed_to_others(tmp_path):
    with sessions_in(tmp_path, Clock()) as sessions:
        room = new_room(sessions, Clock(), 2)
        sessions.forget_workshop(room.code).result(10)
        sessions.store.rewrite_if_due()
        sessions.store.transact(lambda _: None).result(10)
    assert open_to_others(tmp_path) == []
