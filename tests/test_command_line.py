"""The command line says what it did, or in one sentence why not and what to do."""

import json

import pytest
from live import free_port

from workshop.__main__ import address, main
from workshop.settings import DATA, Settings

INVENTORY = DATA / "inventories" / "balance.toml"


@pytest.fixture
def here(server, monkeypatch, tmp_path):
    """The environment of somebody who has the server running, in a folder of his own."""
    monkeypatch.setenv("BOTHAND_DATABASE", str(server.database))
    monkeypatch.setenv("BOTHAND_PORT", server.url.rpartition(":")[2])
    monkeypatch.setenv("BOTHAND_FACILITATOR_KEY", server.key)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def code(here, capsys):
    assert main(["rehearse", "--people", "12", "--pace", "fast"]) == 0
    return capsys.readouterr().out.split("Code ")[1].partition(",")[0]


def test_a_rehearsal_ends_with_its_code_and_its_stage(here, capsys):
    assert main(["rehearse", "--people", "9", "--pace", "fast", "--form", "short", "--seed", "4"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert "9 of 9 sent answers" in last
    assert "/stage/" in last


def test_workshops_are_listed_with_their_phase(code, capsys):
    assert main(["list"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith(code))
    assert "review" in line
    assert line.endswith("Rehearsal (rehearsal)")


def test_an_export_is_written_once_and_never_over_another(code, here, capsys):
    assert main(["export", code, "--format", "json"]) == 0
    name = capsys.readouterr().out.strip()
    assert json.loads((here / name).read_text("utf-8"))["code"] == code
    assert main(["export", code, "--format", "json"]) == 1
    assert "--output" in capsys.readouterr().err
    assert main(["export", code, "--format", "csv", "--output", "mine.csv"]) == 0
    assert (here / "mine.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_file_that_cannot_be_written_is_named(code, capsys):
    assert main(["export", code, "--output", "no/such/folder/x.html"]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_an_inventory_that_is_fine_is_called_fine(capsys):
    assert main(["inventory", "check", str(INVENTORY)]) == 0
    assert "balance 1.0.0" in capsys.readouterr().out


def test_an_inventory_with_a_mistake_names_the_line(tmp_path, capsys):
    broken = tmp_path / "own.toml"
    broken.write_text(INVENTORY.read_text("utf-8").replace('pole = "DL"', 'pole = "XX"', 1), "utf-8")
    assert main(["inventory", "check", str(broken)]) == 1
    message = capsys.readouterr().err
    assert "own.toml" in message
    assert "line" in message


@pytest.mark.parametrize(("content", "words"), [(None, "cannot be read"), (b"\xff\xfe\x00", "UTF-8")])
def test_a_file_that_is_no_text_is_refused(tmp_path, capsys, content, words):
    file = tmp_path / "own.toml"
    if content is not None:
        file.write_bytes(content)
    assert main(["inventory", "check", str(file)]) == 1
    assert words in capsys.readouterr().err


def test_without_a_server_it_says_how_to_start_one(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("BOTHAND_DATABASE", str(tmp_path / "none.duckdb"))
    monkeypatch.setenv("BOTHAND_PORT", str(free_port()))
    monkeypatch.delenv("BOTHAND_FACILITATOR_KEY", raising=False)
    assert main(["list"]) == 1
    assert "uv run app.py" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
    monkeypatch.setenv("BOTHAND_FACILITATOR_KEY", "a-key-of-enough-letters")
    assert main(["list"]) == 1
    assert "uv run app.py" in capsys.readouterr().err


def test_a_setting_that_does_not_fit_is_named(monkeypatch, capsys):
    monkeypatch.setenv("BOTHAND_PORT", "many")
    assert main(["list"]) == 1
    assert "BOTHAND_PORT" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["dance"], ["export"], ["rehearse", "--people", "many"]])
def test_what_is_not_understood_ends_with_status_two(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(("host", "expected"), [("", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::", "127.0.0.1"),
                                                ("::1", "[::1]"), ("box.local", "box.local")])
def test_the_server_is_asked_where_it_listens(host, expected):
    assert address(Settings(host=host, port=99)) == f"http://{expected}:99"
