"""An inventory's file that is gone: told once where the host looks, and everything else works on."""

import logging
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages import gate
from workshop import house as houses
from workshop.errors import Missing

NAVIGATION = str(Path(__file__).resolve().parent.parent / "pages" / "navigation.py")


@pytest.fixture
def house(tmp_path, monkeypatch):
    """Two rooms; the inventory that the first one asks was lost while the process was stopped."""
    for name in ("BOTHAND_KEYS", "BOTHAND_PUBLIC_URL", "BOTHAND_FACILITATOR_KEY", "BOTHAND_PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BOTHAND_DATABASE", str(tmp_path / "bothand.duckdb"))
    houses.house.cache_clear()
    before = houses.house().sessions
    shelf = before.library.inventories
    shelf.take_in("mine.toml", shelf["balance"].source.replace('id = "balance"', 'id = "mine"', 1).encode())
    for title, inventory in (("Lost", "mine"), ("Found", "balance")):
        code = before.create({"title": title, "inventory": inventory, "checklist": True}).result().code
        before.act(code, "open_lobby").result()
    houses.house().close()
    (tmp_path / "inventories" / "mine.toml").unlink()
    houses.house.cache_clear()
    yield houses.house()
    houses.house().close()
    houses.house.cache_clear()


@pytest.fixture
def codes(house):
    """The codes of the two rooms by their title."""
    return {workshop.title: workshop.code for workshop in house.sessions.workshops()}


@pytest.fixture
def console(house, monkeypatch):
    """A signed-in console on one of its pages."""
    session = house.signin.redeem(house.signin.one_time().rpartition("/")[2])
    monkeypatch.setattr(gate, "session", lambda: session)

    def page(name: str = "", **query: str) -> AppTest:
        at = AppTest.from_file(NAVIGATION, default_timeout=20)
        if name:
            at.switch_page(f"{name}.py")
        for field, value in query.items():
            at.query_params[field] = value
        at.run()
        assert not at.exception
        return at
    return page


def test_home_tells_of_it_once_and_lists_the_others(console):
    at = console()
    assert [header.value for header in at.header].count("An inventory is missing") == 1
    assert "Found" in [text.value for text in at.text]
    assert "mine" in " ".join(caption.value for caption in at.caption)


@pytest.mark.parametrize("page", ["live", "results", "series"])
def test_its_own_pages_say_what_to_do(console, codes, page):
    at = console(page, code=codes["Lost"])
    assert [title.value for title in at.title] == ["An inventory is missing"]
    assert "Put it back" in at.markdown[-1].value


def test_its_phones_are_told_and_the_other_room_goes_on(house, codes, caplog):
    caplog.set_level(logging.WARNING)
    house.duties.settle()
    house.duties.tick()
    with pytest.raises(Missing, match="mine"):
        house.sessions.state(codes["Lost"])
    assert house.sessions.join(codes["Found"], None).result(5).created
    assert house.sessions.act(codes["Lost"], "seal").result(5).sealed_at
    assert caplog.records == []


def test_home_goes_on_when_another_console_forgets_a_workshop_meanwhile(house, codes, console, monkeypatch):
    house.sessions.act(codes["Found"], "seal").result(5)
    every = house.sessions.workshops()
    house.sessions.forget_workshop(codes["Found"]).result(5)
    monkeypatch.setattr(type(house.sessions), "workshops", lambda _sessions: every)
    at = console()
    assert [title.value for title in at.title] == ["Workshops"]
