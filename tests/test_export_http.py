"""Ways out and back over a real server: downloads with a choice, import, backup; the same from the command line."""

import json
import sys
import time
from urllib.parse import urlencode

import httpx
import pytest
from export_readers import said
from live import launch
from rooms import LIBRARY, new_room

from workshop.__main__ import main
from workshop.errors import Missing
from workshop.export import ALL_FORMATS
from workshop.sessions.example import example_code
from workshop.store.backup import Kept
from workshop.takehome import exported

OWN_SERVER = True  # stops it, and counts what is there

ASKED = LIBRARY.inventories["balance"].questionnaire("standard", "team", True, "en").ids


@pytest.fixture(scope="module")
def held(api, server):
    """The code of a workshop of twelve whose first round is closed."""
    code = api.post("/api/workshops", json={"title": "What we said", "checklist": True}).json()["code"]
    room, own = f"/api/workshops/{code}", {"Origin": server.url}
    api.post(f"{room}/actions", json={"action": "open_lobby"})
    seats = [dict(httpx.post(f"{server.url}{room}/seats", headers=own).cookies) for _ in range(12)]
    api.post(f"{room}/actions", json={"action": "open_round"})
    for place, cookies in enumerate(seats):
        answers = {item: 1 + (place * (at + 2) + at) % 5 for at, item in enumerate(ASKED)}
        with httpx.Client(base_url=server.url, cookies=cookies, headers=own) as phone:
            assert phone.put(f"{room}/rounds/1/answers", json={"answers": answers}).status_code == 200
    api.post(f"{room}/actions", json={"action": "close_round"})
    return code


def download(api, code, format, **asked):
    return api.get(f"/api/workshops/{code}/export/{format}{f'?{urlencode(asked, doseq=True)}' if asked else ''}")


@pytest.mark.sample(4)
@pytest.mark.parametrize("format", ALL_FORMATS)
def test_every_format_can_be_downloaded_under_a_name_of_its_own(api, held, format):
    answer = download(api, held, format)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    name = answer.headers["content-disposition"].split('filename="')[1].rstrip('"')
    assert name.startswith("bothand-20")
    assert name.endswith(f".{format}")
    assert "What we said" in said(name, answer.content)


@pytest.mark.parametrize(("format", "asked", "ending"), [
    ("csv", {"variant": "wide"}, "-wide.csv"), ("pdf", {"variant": "letter"}, "-letter.pdf"),
    ("svg", {"variant": "shapes"}, "-shapes.svg"),
    ("html", {"without": ["edges", "words"], "with": "prompts"}, ".html"),
    ("json", {"round": "1", "picture": ["sides", "plane"]}, ".json")])
def test_a_choice_travels_in_the_address(api, held, format, asked, ending):
    answer = download(api, held, format, **asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].rstrip('"').endswith(ending)


@pytest.mark.parametrize(("asked", "status", "words"), [
    ({"round": "x"}, 422, "whole number"), ({"round": "7"}, 404, "There are: 1"), ({"picture": "pie"}, 422, "sides"),
    ({"with": "names"}, 422, "edges, words, prompts, dark"), ({"variant": "a3"}, 422, "a4, letter"),
    ({"seats": "all"}, 422, "no parameter")])
def test_a_choice_that_does_not_fit_says_what_does(api, held, asked, status, words):
    answer = download(api, held, "pdf", **asked)
    assert answer.status_code == status
    assert words in answer.json()["error"]["message"]


def test_exports_imports_and_backups_are_for_the_facilitator_alone(server, held):
    for method, path in (("GET", f"/api/workshops/{held}/export/csv"), ("POST", "/api/import"),
                         ("GET", "/api/backup")):
        assert httpx.request(method, f"{server.url}{path}").status_code == 401
    assert httpx.get(f"{server.url}/api/summary.schema.json").json()["title"] == "A Bothand summary"


def test_a_foreign_page_cannot_import(server, console_cookie):
    refused = httpx.post(f"{server.url}/api/import", content=b"{}", cookies=console_cookie,
                         headers={"Origin": "https://elsewhere.example"})
    assert refused.status_code == 403


def test_an_import_may_be_larger_than_other_uploads(api):
    padded = json.dumps({"x": "y" * 3_000_000}).encode()
    assert api.post("/api/import", content=padded).json()["error"]["code"] == "foreign_file"
    assert api.post("/api/workshops", content=padded).status_code == 413
    large = api.post("/api/import", content=b" " * (8 * 1024 * 1024 + 1))
    assert (large.status_code, "8 MiB" in large.text) == (413, True)


def test_the_same_workshop_cannot_be_imported_where_it_was_held(api, held):
    refused = api.post("/api/import", content=download(api, held, "json").content)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "already_here")


def test_a_backup_leaves_nothing_beside_the_database(api, server, held):
    answer = api.get("/api/backup")
    assert answer.status_code == 200
    assert b"What we said" in answer.content
    until = time.monotonic() + 5
    while list(server.database.parent.glob(".backup-*")) and time.monotonic() < until:
        time.sleep(0.05)
    assert list(server.database.parent.glob(".backup-*")) == []


# ---- the command line


@pytest.fixture
def desk(monkeypatch, tmp_path):
    """The environment of somebody who sits at a server, as a function of it; a folder of his own."""
    monkeypatch.chdir(tmp_path)

    def sit(server):
        monkeypatch.setenv("BOTHAND_DATABASE", str(server.database))
        monkeypatch.setenv("BOTHAND_PORT", server.url.rpartition(":")[2])
        monkeypatch.setenv("BOTHAND_FACILITATOR_KEY", server.key)
        return tmp_path
    return sit


def test_a_choice_can_be_made_on_the_command_line(desk, server, held, capsys):
    folder = desk(server)
    assert main(["export", held, "--format", "pdf", "--variant", "letter", "--without", "dark", "--picture",
                 "sides"]) == 0
    name = capsys.readouterr().out.strip()
    assert name.endswith("-letter.pdf")
    assert (folder / name).read_bytes().startswith(b"%PDF-1.7")
    assert main(["export", held, "--format", "docx"]) == 1
    assert "Choose one of pdf" in capsys.readouterr().err


@pytest.mark.long
def test_a_workshop_moves_to_another_installation(desk, server, start_server, held, capsys):
    folder = desk(server)
    assert main(["export", held, "--format", "json", "--output", "summary.json"]) == 0
    desk(start_server())
    capsys.readouterr()
    assert main(["import", "summary.json"]) == 0
    told = capsys.readouterr().out
    assert f"{held}  What we said is in the archive now" in told
    assert "cannot be told" in told
    assert main(["list"]) == 0
    assert "sealed     What we said" in capsys.readouterr().out
    assert main(["import", "summary.json"]) == 1
    assert "is here already" in capsys.readouterr().err
    (folder / "broken.json").write_text('{"bothand": 1')
    assert main(["import", "broken.json"]) == 1
    assert "not JSON" in capsys.readouterr().err
    assert main(["import", "nothing.json"]) == 1
    assert "cannot be read" in capsys.readouterr().err
    with (folder / "huge.json").open("wb") as huge:
        huge.truncate(9 * 1024 * 1024)
    assert main(["import", "huge.json"]) == 1
    assert "larger than 8 MiB" in capsys.readouterr().err


def test_a_backup_of_a_running_server_comes_back_once_it_is_stopped(desk, tmp_path_factory, capsys):
    server = launch(tmp_path_factory.mktemp("backed")).wait_until_healthy()
    try:
        folder = desk(server)
        with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {server.key}"}) as api:
            code = api.post("/api/workshops", json={"title": "Kept"}).json()["code"]
            assert main(["backup", "kept.duckdb"]) == 0
            assert main(["backup", "kept.duckdb"]) == 1
            assert (folder / "kept.duckdb").stat().st_mode & 0o077 == 0
            api.delete(f"/api/workshops/{code}")
            api.post("/api/workshops", json={"title": "Since"})
        assert main(["restore", "kept.duckdb", "--replace"]) == 1
        assert "in use by another process" in capsys.readouterr().err
    finally:
        server.stop()
    assert main(["restore", "kept.duckdb"]) == 1
    assert "--replace" in capsys.readouterr().err
    assert main(["restore", "kept.duckdb", "--replace"]) == 0
    # The one that is back is the example of a first start.
    assert capsys.readouterr().out == "1 workshop is restored.\n1 was forgotten since, and stays forgotten.\n"
    assert main(["backup", "second.duckdb"]) == 0
    assert capsys.readouterr().out == "second.duckdb\n"
    again = launch(server.database.parent).wait_until_healthy()
    try:
        listed = httpx.get(f"{again.url}/api/workshops", headers={"Authorization": f"Bearer {again.key}"}).json()
        assert [one["code"] for one in listed] == [example_code()]
    finally:
        again.stop()


@pytest.mark.parametrize(("kept", "words"), [
    (Kept(0), "0 workshops are restored.\n"), (Kept(1), "1 workshop is restored.\n"),
    (Kept(2, 1), "2 workshops are restored.\n1 was forgotten since, and stays forgotten.\n"),
    (Kept(1, 2), "1 workshop is restored.\n2 were forgotten since, and stay forgotten.\n")])
def test_a_restore_counts_as_people_speak(monkeypatch, capsys, kept, words):
    monkeypatch.setattr("workshop.store.keeping.restore_from", lambda settings, file, over: kept)
    assert main(["restore", "any.duckdb"]) == 0
    assert capsys.readouterr().out == words


def test_making_a_summary_leaves_the_turns_of_threads_as_they_were(sessions, clock):
    room = new_room(sessions, clock, 8, is_open=True)
    room.answer_each()
    room.act("close_round")
    before = sys.getswitchinterval()
    exported(sessions, room.code, "csv")
    with pytest.raises(Missing):
        exported(sessions, room.code, "docx")
    assert sys.getswitchinterval() == before
