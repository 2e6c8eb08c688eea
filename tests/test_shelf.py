"""An installation's own inventories: taken in whole or not at all, never in place of one that a workshop asks."""

import pytest

from workshop.errors import Conflict, Invalid, Missing, TooLarge
from workshop.house import open_house
from workshop.inventory import Faulty, Shelf, load_library
from workshop.settings import Settings

BALANCE = load_library().inventories["balance"]
TEXT = BALANCE.source.replace('id = "balance"', 'id = "our-team"', 1)
BODY = TEXT.encode()


@pytest.fixture
def shelf(tmp_path):
    """A shelf with one inventory that comes with the product, and an empty folder for own ones."""
    return Shelf({"balance": BALANCE}, tmp_path / "inventories")


def test_an_own_inventory_is_there_at_once_and_after_a_restart(shelf, tmp_path):
    taken = shelf.take_in("download (3).toml", BODY)
    assert shelf["our-team"] is taken
    assert [shelf.is_own(id) for id in shelf] == [False, True]
    again = Shelf({"balance": BALANCE}, tmp_path / "inventories")
    assert list(again) == ["balance", "our-team"]
    assert again["our-team"].source == TEXT
    assert [path.name for path in (tmp_path / "inventories").iterdir()] == ["our-team.toml"]


def test_a_faulty_file_is_refused_by_its_lines_and_leaves_nothing(shelf, tmp_path):
    with pytest.raises(Faulty) as refused:
        shelf.take_in("mine.toml", BODY.replace(b"\nkeyed = 1", b"\nkeyed = 2", 1))
    line = 2 + TEXT[:TEXT.index("\nkeyed = 1")].count("\n")
    assert f"mine.toml, line {line}:" in refused.value.message
    assert list(shelf) == ["balance"]
    assert not (tmp_path / "inventories").exists()


@pytest.mark.parametrize(("body", "error"), [(b"\xff\xfe", Invalid), (b"x" * (1024 * 1024 + 1), TooLarge),
                                             (BALANCE.source.encode(), Invalid)])
def test_what_is_no_text_too_large_or_named_like_ours_is_refused(shelf, body, error):
    with pytest.raises(error):
        shelf.take_in("mine.toml", body)
    assert list(shelf) == ["balance"]


def test_a_file_saved_on_windows_is_the_same_file(shelf):
    assert shelf.take_in("mine.toml", b"\xef\xbb\xbf" + BODY.replace(b"\n", b"\r\n")).source == TEXT


def test_what_a_workshop_asks_is_neither_changed_nor_deleted(shelf):
    shelf.take_in("mine.toml", BODY)
    with pytest.raises(Conflict):
        shelf.take_in("mine.toml", BODY, {"our-team"})
    with pytest.raises(Conflict):
        shelf.take_away("our-team", {"our-team"})
    shelf.take_in("mine.toml", BODY.replace(b'version = "1', b'version = "2', 1), {"balance"})
    shelf.take_away("our-team", {"balance"})
    assert list(shelf) == ["balance"]


def test_ours_cannot_be_deleted(shelf):
    with pytest.raises(Missing):
        shelf.take_away("balance")


def test_an_unreadable_own_file_stops_nothing_and_is_told(tmp_path):
    folder = tmp_path / "inventories"
    folder.mkdir()
    (folder / "broken.toml").write_text("id = ", encoding="utf-8")
    (folder / "other.toml").write_text(TEXT, encoding="utf-8")
    house = open_house(Settings(database=tmp_path / "bothand.duckdb", keys=tmp_path / "keys"))
    try:
        assert set(house.library.inventories.unread) == {"broken.toml", "other.toml"}
        assert "line 1" in house.library.inventories.unread["broken.toml"]
        assert "our-team" not in house.library.inventories
    finally:
        house.close()
