"""The passphrase of a hosted installation: kept as scrypt, asked for by one page, tried a few times a minute."""

import asyncio
import re
from types import SimpleNamespace

import httpx
import pytest
from starlette.applications import Starlette

from workshop import __main__ as command
from workshop import signin
from workshop.errors import Invalid
from workshop.process import sign_in
from workshop.settings import DATA, Settings, read_settings
from workshop.signin import COOKIE, Signin, fits, kept, session_of

WORDS = "  Übung: maple {drum} 9 \t lantern ☕ "
HERE = "http://127.0.0.1"
USUAL = signin.COST


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Scrypt with less work, for the tests' sake."""
    monkeypatch.setattr(signin, "COST", 2**12)


@pytest.fixture
def house(tmp_path):
    """What the small pages need of a hosted installation."""
    settings = Settings(database=tmp_path / "b.duckdb", keys=tmp_path / "keys", passphrase=kept(WORDS))
    return SimpleNamespace(settings=settings, signin=Signin(settings))


@pytest.fixture
def door(house):
    """One browser's requests at the door, one after the other."""
    app = Starlette(routes=sign_in.routes(house))

    def ask(method: str, data: dict[str, str] | None = None, origin: str = HERE, path: str = "/sign-in"):
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
                return await client.request(method, path, data=data, headers={"origin": origin} if origin else {})
        return asyncio.run(send())
    return ask


def test_it_is_kept_as_scrypt_with_a_salt_of_its_own_and_never_as_it_is():
    one, other = kept(WORDS), kept(WORDS)
    assert one != other
    assert "maple" not in one
    assert re.fullmatch(r"scrypt:\d+:8:1:[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+", one)
    assert fits(WORDS, one)
    assert fits(WORDS, other)


def test_each_try_costs_thirty_two_mebibytes():
    assert USUAL * signin.BLOCK * 128 >= 32 * 1024 * 1024


@pytest.mark.parametrize("typed", [WORDS.strip(), WORDS.lower(), WORDS[:-1], WORDS + " ", "", "x" * 2_000])
def test_only_exactly_what_was_chosen_fits(typed):
    assert not fits(typed, kept(WORDS))


@pytest.mark.parametrize("typed", ["", "short", "x" * 14, "x" * 1_001])
def test_a_short_one_is_refused_with_an_advice(typed):
    with pytest.raises(Invalid, match="words"):
        kept(typed)


def test_any_signs_and_a_hundred_of_them_may_be_chosen():
    for typed in ("x" * 15, "p" * 100, "ключ от нашей мастерской", "'; drop table --  "):
        assert fits(typed, kept(typed))


def test_what_a_guesser_tries_first_is_refused_however_it_is_written():
    common = [line for line in (DATA / "passphrases.txt").read_text("utf-8").splitlines() if line[0] != "#"]
    assert len(common) > 50
    of_the_house = ("Bothand Workshop 2026!", "passwordpassword", "our-balance-workshop", "Facilitator-1234567890")
    for typed in (*common, *map(str.upper, common), *of_the_house):
        with pytest.raises(Invalid, match="guesses"):
            kept(typed)


def test_words_of_the_house_may_stand_among_others():
    for typed in ("our room, a lantern and maple drums", "correct horse battery staple"):
        assert fits(typed, kept(typed))


def test_the_right_one_signs_in_and_a_wrong_one_does_not(door, house):
    page = door("GET")
    assert '<input id="typed" type="password" name="passphrase" autocomplete="current-password"' in page.text
    wrong = door("POST", {"passphrase": WORDS.lower()})
    assert (wrong.status_code, "set-cookie" in wrong.headers) == (403, False)
    right = door("POST", {"passphrase": WORDS})
    assert right.status_code == 303
    assert house.signin.valid(session_of(dict(right.cookies)))
    assert COOKIE in right.cookies


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", ""])
def test_no_other_page_tries_it(door, origin):
    refused = door("POST", {"passphrase": WORDS}, origin)
    assert (refused.status_code, "set-cookie" in refused.headers) == (403, False)


def test_guessing_is_slowed_down_and_links_work_on(door, house):
    found = [door("POST", {"passphrase": "a wrong one of many"}).status_code for _ in range(sign_in.WRONG_A_MINUTE + 1)]
    assert found == [403] * sign_in.WRONG_A_MINUTE + [429]
    assert door("POST", {"passphrase": WORDS}).status_code == 429
    link = house.signin.one_time()
    assert door("GET", path=link).status_code == 200


def test_without_one_there_is_no_page_that_asks(tmp_path):
    settings = Settings(database=tmp_path / "b.duckdb", keys=tmp_path / "keys")
    paths = [route.path for route in sign_in.routes(SimpleNamespace(settings=settings, signin=Signin(settings)))]
    assert "/sign-in" not in paths


def test_the_command_makes_what_the_setting_takes(monkeypatch, capsys):
    monkeypatch.setattr(command, "getpass", lambda _: WORDS)
    assert command.main(["passphrase"]) == 0
    line = re.fullmatch(r"BOTHAND_PASSPHRASE='(.*)'\n", capsys.readouterr().out)[1]
    assert fits(WORDS, read_settings({"BOTHAND_PASSPHRASE": line}).passphrase)
    typed = iter(("one of two that differ", "another of two that differ"))
    monkeypatch.setattr(command, "getpass", lambda _: next(typed))
    assert command.main(["passphrase"]) == 1
