"""A first start has something to look at; once forgotten it stays forgotten."""

import pytest

from workshop.house import open_house
from workshop.sessions.example import FILE, example_code, lay_out
from workshop.settings import Settings


@pytest.fixture
def house(tmp_path):
    """A fresh installation."""
    house = open_house(Settings(database=tmp_path / "bothand.duckdb", keys=tmp_path / "keys"))
    yield house
    house.close()


def test_the_example_has_two_rounds_and_every_picture(house):
    lay_out(house.sessions)
    (workshop,) = house.sessions.workshops()
    assert (workshop.code, workshop.phase, workshop.imported) == (example_code(), "sealed", True)
    first, second = house.sessions.snapshots(workshop.code)
    for snapshot in (first, second):
        assert (snapshot.n, snapshot.plane is not None, bool(snapshot.edges)) == (26, True, True)
        assert {item.pole for item in snapshot.items} == {"DL", "IL", "DD", "ID", "RD", "RI"}
    assert first.words
    assert second.then_now
    assert second.directions
    assert workshop.notes


def test_once_forgotten_it_does_not_come_back(house):
    lay_out(house.sessions)
    house.sessions.forget_workshop(example_code()).result()
    lay_out(house.sessions)
    assert house.sessions.workshops() == ()


def test_where_there_is_a_workshop_already_no_example_is_laid_out(house):
    house.sessions.create({"title": "Ours"}).result()
    lay_out(house.sessions)
    assert [workshop.title for workshop in house.sessions.workshops()] == ["Ours"]


def test_a_file_that_does_not_fit_is_left_out_and_keeps_nothing_from_starting(house, monkeypatch, tmp_path, caplog):
    changed = tmp_path / "example.json"
    changed.write_bytes(FILE.read_bytes().replace(b"boat builders", b"tent builders"))
    monkeypatch.setattr("workshop.sessions.example.FILE", changed)
    lay_out(house.sessions)
    assert house.sessions.workshops() == ()
    assert "damaged_file" in caplog.text
