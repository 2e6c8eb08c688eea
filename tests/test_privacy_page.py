"""docs/privacy.md against the program: what is kept is named there, with how long, and nothing is kept beside it."""

import re
from html import unescape
from pathlib import Path

import duckdb
import pytest
from rooms import LIBRARY, new_room, sessions_in

from workshop import signin, web
from workshop.inventory.grade import school_years
from workshop.phone import assets
from workshop.phone.messages import how_page
from workshop.phone.words import limits, promise
from workshop.process.sign_in import ELSEWHERE_SECONDS
from workshop.room import Workshop
from workshop.settings import ARCHIVE_MONTHS, Settings
from workshop.signin import Signin
from workshop.store.file import migrate

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "privacy.md").read_text("utf-8")
A_PAGE = 550  # words, printed
# What says on the page that a table of the database is there.
TABLES = {
    "workshops": "titles, helpline, the grouping question, the run-sheet, the host's notes",
    "seats": "a seat: a tag", "entries": "answers of an open round", "rounds": "released tables",
    "published": "released tables", "veiled": "dark tables that are not revealed",
    "forgotten": "the numbers of forgotten workshops", "identity": "which database this is",
    "batch": "a number of the last batch", "schema_version": "the version of its schema",
}
FILES = {"bothand.duckdb": "| database |", "bothand.duckdb.wal": "`….wal`", "bothand.duckdb.log-note": "`….log-note`",
         "owner": "a file `owner`", "consoles.json": "`consoles.json`", "facilitator.key": "`facilitator.key`"}
ON_A_PHONE = {"state.round": "what was tapped", "'seed'": "a random number for the order", "'forget'": "on its way",
              "'mine'": "for My page", "'kept'": "if *Keep* was tapped"}


def section(start, end):
    """One part of the page as words alone."""
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", PAGE.partition(start)[2].partition(end)[0])
    return re.sub(r"[*#`]|^- ", "", text, flags=re.MULTILINE)


@pytest.fixture
def folder(tmp_path, clock):
    """The data folder of an installation with a round open and a console signed in."""
    with sessions_in(tmp_path, clock) as sessions:
        new_room(sessions, clock, 3, is_open=True)
        sessions.vault.claim(sessions.store.identity)
        signed = Signin(Settings(database=tmp_path / "bothand.duckdb", keys=tmp_path / "keys"), clock)
        signed.redeem(signed.one_time().rpartition("/")[2])
        yield tmp_path


def test_every_file_of_an_installation_is_named(folder):
    files = {path.name for path in folder.rglob("*") if path.is_file()}
    assert {name.partition("-")[0] for name in files if name.endswith(".key")} == {
        "entries", "secret", "veil", "facilitator.key"}
    files = {name for name in files if not re.match("(entries|secret|veil)-", name)}
    assert files == set(FILES)
    assert [name for name, said in FILES.items() if said not in PAGE] == []


def test_every_table_of_the_database_is_named(tmp_path):
    with duckdb.connect() as connection:
        migrate(connection, tmp_path)
        tables = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
    assert tables == set(TABLES)
    assert [name for name, said in TABLES.items() if said not in PAGE] == []


def test_what_a_phone_keeps_is_named():
    script = "".join(map(assets.read, (*assets.DOOR_SCRIPTS, *assets.MINE_SCRIPTS)))
    assert set(re.findall(r"\bkeep\(([^,]+),", script)) - {"name"} == set(ON_A_PHONE)
    assert len(re.findall(r"\.setItem\(", script)) == 1, "by keep alone"
    assert "document.cookie" not in script
    assert [name for name, said in ON_A_PHONE.items() if said not in PAGE] == []
    lasting = re.search(r"TWO_HOURS = (\w+), TWELVE_WEEKS = (\w+);", script)
    assert [float(one) / 3_600_000 for one in lasting.groups()] == [2, 12 * 7 * 24]


def test_how_long_things_stay_is_what_is_said():
    day, said = 86_400, PAGE.partition("## What is on the laptop")[2]
    kept = web.SEAT_SECONDS, signin.SIGNED_IN_SECONDS, ELSEWHERE_SECONDS
    assert kept == (12 * 7 * day, 30 * day, 12 * 3_600)
    assert all(text in said for text in ("or 12 weeks |", "30 days on the laptop, 12 hours elsewhere", "2 hours later"))
    assert f"{ARCHIVE_MONTHS} months after sealing" in said


def test_a_seat_has_the_same_four_bits_wherever_they_are_spoken_of():
    assert "tag and four bits" in PAGE
    assert "four bits (sent and used, for this round and the last)" in PAGE
    assert "two bits" not in PAGE


def test_the_page_for_people_in_the_room_is_one_page_and_easy():
    people = section("## For people in the room", "## For hosts")
    assert len(people.split()) <= A_PAGE
    assert school_years([people]) < 7


@pytest.mark.parametrize("language", sorted(LIBRARY.locales))
def test_a_phone_tells_the_limits_in_its_own_language(language):
    lines = LIBRARY.locales[language].lines("common.limits.lines")
    assert len(lines) == len(LIBRARY.locales["en"].lines("common.limits.lines"))
    assert language == "en" or not set(lines) & set(LIBRARY.locales["en"].lines("common.limits.lines"))


@pytest.mark.parametrize("language", sorted(LIBRARY.locales))
def test_who_has_joined_reads_how_it_is_anonymous_in_the_language_of_the_room(language):
    locale = LIBRARY.locales[language]
    room = Workshop(1, "K7QF2M", "A room", "cedar lantern", "2026-01-01", language=language)
    told = unescape(how_page(locale, room).body.decode())
    assert locale.text("phone.page.how") in told
    assert all(line in told for line in promise(locale, room.level, room.k, room.m))
    assert all(line in told for line in limits(locale))
    assert 'href="/j/K7QF2M"' in told
    assert "<script" not in told
