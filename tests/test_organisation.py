"""Sign-in with an organisation: Streamlit's own sign-in, the real library and a small provider, in this process."""

import asyncio
import re
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace
from urllib.parse import urlsplit

import httpx
import pytest
from identity_provider import CLIENT, KEYS, SECRET, Provider, provider
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from streamlit.runtime.secrets import secrets_singleton
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes

from workshop.errors import Invalid
from workshop.inventory import load_library
from workshop.process import arrivals, layers, organisation, sign_in
from workshop.process.behind import ask
from workshop.process.doors import ConsoleDoors, OwnOrigin
from workshop.process.headers import SecurityHeaders
from workshop.process.invited import FRESH_SECONDS, invited
from workshop.process.organisation import COOKIE, STARTS_A_MINUTE
from workshop.process.sign_in import BACK, ELSEWHERE_SECONDS, START
from workshop.process.testimony import signed
from workshop.settings import TOGETHER, Organisation, Settings, read_settings
from workshop.signin import Signin, session_of

HOME = "http://127.0.0.1:8501"
HOSTED = "https://workshop.example"
PEOPLE = frozenset(("ada@example.org", "@team.example.org", "sub:twenty-four"))
NOW = 1_800_000_000
ISSUER = "https://login.example.org"


# who may come in


def let_in(people: frozenset[str] = PEOPLE, trusts: bool = False, **said: object) -> bool:
    """Whether these claims, laid over those of an honest token, let somebody in; None takes one out."""
    honest = {"iss": ISSUER, "aud": CLIENT, "iat": NOW, "sub": "one", "email": "ada@example.org",
              "email_verified": True}
    claims = {name: value for name, value in {**honest, **said}.items() if value is not None}
    return invited(claims, Organisation(ISSUER, CLIENT, people, trusts_addresses=trusts), NOW)


@pytest.mark.parametrize("said", [
    {}, {"email": "ADA@Example.ORG"}, {"email": "anybody@team.example.org"}, {"email": "a@TEAM.example.org"},
    {"sub": "twenty-four", "email": None}, {"sub": "twenty-four", "email_verified": False}, {"email_verified": "true"},
    {"iss": ISSUER + "/"}, {"aud": [CLIENT, "other"], "azp": CLIENT}, {"iat": NOW - FRESH_SECONDS},
    {"iat": NOW + FRESH_SECONDS},
])
def test_whoever_is_on_the_list_and_is_proved_comes_in(said):
    assert let_in(**said)


@pytest.mark.parametrize("address", [
    "bob@example.org", "ada@example.org.evil.example", "ada@evil.example", "ada+x@example.org", "a.da@example.org",
    "ada@example.org ", " ada@example.org", "ada@example.org\n", "ada@@example.org", "evil.example@ada@example.org",
    "ada@example.org@evil.example", "x@sub.team.example.org", "x@evilteam.example.org", "x@team.example.org.",
    "x@team.example.org@evil.example", '"x@evil.example"@team.example.org', "@team.example.org", "team.example.org",
    "x@evil.example,y@team.example.org", "x@evil.example y@team.example.org", "x\x00@team.example.org",
    "\u0430da@example.org", "ad\u0101@example.org", "x@te\u0430m.example.org", "x@team\uff0eexample.org",
    "x\uff20team.example.org", "ada@\u212a.example.org", "sub:twenty-four", "sub:x@team.example.org", "", 7,
    ["ada@example.org"], {"ada@example.org": 1}, True,
])
def test_an_address_that_only_looks_like_one_of_the_list_does_not(address):
    assert not let_in(email=address)


def test_a_letter_that_becomes_another_in_lower_case_is_not_that_letter():
    assert "\u212a".lower() == "k"
    assert let_in(frozenset({"kay@example.org"}), email="Kay@example.org")
    assert not let_in(frozenset({"kay@example.org"}), email="\u212aay@example.org")


@pytest.mark.parametrize("verified", [False, "false", "no", "", 0, [], ["true"], {"true": 1}, "TRUE "])
def test_an_address_that_is_not_verified_proves_nothing(verified):
    assert not let_in(email_verified=verified)
    assert not let_in(trusts=True, email_verified=verified)


def test_silence_about_an_address_counts_only_where_the_settings_trust_the_provider():
    assert not let_in(email_verified=None)
    assert let_in(trusts=True, email_verified=None)


@pytest.mark.parametrize("said", [
    {"iss": "https://login.example.org.evil.example"}, {"iss": "https://login.example.org//"}, {"iss": None},
    {"iss": "http://login.example.org"}, {"iss": ["https://login.example.org"]},
    {"aud": "another"}, {"aud": None}, {"aud": []}, {"aud": ["another"]}, {"aud": "another", "azp": CLIENT},
    {"aud": [CLIENT, "another"], "azp": "another"}, {"azp": "another"},
    {"iat": NOW - FRESH_SECONDS - 1}, {"iat": NOW + FRESH_SECONDS + 1}, {"iat": None}, {"iat": str(NOW)},
    {"iat": float("nan")}, {"iat": float("inf")},
    {"email": None, "sub": "twenty-five"}, {"email": None, "sub": None}, {"email": None, "sub": ["twenty-four"]},
])
def test_another_providers_word_or_one_for_another_or_an_old_one_does_not(said):
    assert not let_in(**said)


def test_a_token_without_a_signature_is_told_from_one_with_it():
    assert signed("eyJhbGciOiJSUzI1NiJ9.e30.x")
    for token in ("", "x", ".e30.", "bnVsbA.e30.", "W10.e30.", "e30.e30.", "eyJhbGciOiJub25lIn0.e30.",
                  "eyJhbGciOiJOb25lIn0.e30.", "eyJhbGciOiJIUzI1NiJ9.e30.x", "eyJhbGciOjd9.e30.", "\u00e4.e30."):
        assert not signed(token), token


# the settings

WHOLE = {"BOTHAND_OIDC_ISSUER": ISSUER, "BOTHAND_OIDC_CLIENT_ID": CLIENT, "BOTHAND_OIDC_CLIENT_SECRET": SECRET,
         "BOTHAND_OIDC_PEOPLE": "Ada@Example.org, @team.example.org sub:A-b", "BOTHAND_PUBLIC_URL": HOSTED}


def test_the_settings_are_read_as_they_are_written():
    found = read_settings(WHOLE).organisation
    assert found == Organisation(ISSUER, CLIENT, frozenset(("ada@example.org", "@team.example.org", "sub:A-b")), SECRET)
    assert found.metadata == ISSUER + "/.well-known/openid-configuration"
    assert SECRET not in repr(found)
    for written in (ISSUER + "/", found.metadata):
        assert read_settings({**WHOLE, "BOTHAND_OIDC_ISSUER": written}).organisation.issuer == ISSUER
    assert read_settings({**WHOLE, "BOTHAND_OIDC_TRUST_ADDRESSES": "1"}).organisation.trusts_addresses
    assert read_settings({"BOTHAND_PUBLIC_URL": HOSTED}).organisation is None


@pytest.mark.parametrize(("name", "value"), [
    *((name, "") for name in TOGETHER), *((name, " ") for name in TOGETHER),
    ("BOTHAND_PUBLIC_URL", ""), ("BOTHAND_PUBLIC_URL", "http://workshop.example"),
    ("BOTHAND_OIDC_ISSUER", "login.example.org"), ("BOTHAND_OIDC_ISSUER", "http://login.example.org"),
    ("BOTHAND_OIDC_ISSUER", ISSUER + "?x"), ("BOTHAND_OIDC_ISSUER", "https://"),
    ("BOTHAND_OIDC_PEOPLE", "*"), ("BOTHAND_OIDC_PEOPLE", "@"), ("BOTHAND_OIDC_PEOPLE", "@org"),
    ("BOTHAND_OIDC_PEOPLE", "*@example.org"), ("BOTHAND_OIDC_PEOPLE", "ada"), ("BOTHAND_OIDC_PEOPLE", "sub:"),
    ("BOTHAND_OIDC_PEOPLE", "ada@example.org, example.org"), ("BOTHAND_OIDC_PEOPLE", ","),
    ("BOTHAND_OIDC_PEOPLE", "ad\u0430@example.org"), ("BOTHAND_OIDC_TRUST_ADDRESSES", "maybe"),
])
def test_a_setting_that_cannot_be_right_is_refused_by_its_name(name, value):
    with pytest.raises(Invalid) as refused:
        read_settings({**WHOLE, name: value})
    assert name in refused.value.message


def test_without_the_library_the_start_says_what_to_do(monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "authlib"] + ["authlib"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(Invalid, match="--extra organisation"):
        organisation.streamlits_secrets(read_settings(WHOLE))
    assert organisation.streamlits_secrets(read_settings({})) is None


# there and back


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Provider]:
    """The organisation's provider."""
    with provider() as running:
        yield running


@pytest.fixture(scope="module")
def locales():
    """What is said at the doors."""
    return load_library()


class Browser:
    """One browser at an installation that signs in with an organisation; each has cookies of its own."""

    def __init__(self, app: Starlette, base: str) -> None:
        self.app = app
        self.base = base
        self.cookies = httpx.Cookies()

    def get(self, address: str, method: str = "GET", **headers: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, client=("192.0.2.77", 5000))
            async with httpx.AsyncClient(transport=transport, base_url=self.base, cookies=self.cookies) as client:
                answer = await client.request(method, address, headers=headers)
                self.cookies = client.cookies
                return answer
        return asyncio.run(ask())

    def way_back(self) -> str:
        """Leaves, and is signed in over there; the address to which that sends it."""
        return httpx.get(self.get(START).headers["location"]).headers["location"]

    @property
    def session(self) -> str | None:
        """Its right to the console."""
        return session_of(dict(self.cookies))


@pytest.fixture
def house(tmp_path, elsewhere, locales):
    """An installation whose organisation is the small provider."""
    elsewhere.forget()
    organisation = Organisation(elsewhere.url, CLIENT, PEOPLE, SECRET)
    settings = Settings(database=tmp_path / "b.duckdb", keys=tmp_path / "keys", public_url=HOME,
                        organisation=organisation)
    return SimpleNamespace(settings=settings, signin=Signin(settings), library=locales)


def app_of(house) -> Starlette:
    """Our doors, and behind them what Streamlit's own application has there."""
    secrets_singleton.merge_programmatic_secrets(organisation.streamlits_secrets(house.settings))
    return Starlette(
        routes=[*layers.routes(house), *create_auth_routes("")],
        middleware=[*doors_of(house), Middleware(SessionMiddleware, secret_key="k" * 32,
                                                 session_cookie="_streamlit_session")])


def doors_of(house) -> list[Middleware]:
    """What of the real process has a say here, in its order."""
    return [Middleware(SecurityHeaders, scripts=(), settings=house.settings),
            Middleware(OwnOrigin, settings=house.settings), Middleware(ConsoleDoors, signin=house.signin),
            *organisation.layer(house, generate_login_redirect_url, decode_signed_value)]


@pytest.fixture
def browser(house) -> Iterator[Browser]:
    """A browser that nobody has signed in."""
    yield Browser(app_of(house), HOME)
    secrets_singleton._reset()


def other(browser: Browser) -> Browser:
    """Another browser at the same installation."""
    return Browser(browser.app, browser.base)


def test_the_way_there_and_back_signs_this_browser_in_for_half_a_day(browser, house, elsewhere):
    left = browser.get(START)
    assert left.status_code == 303
    assert left.headers["location"].startswith(f"{elsewhere.url}/authorize?")
    assert left.headers["cache-control"] == "no-store"
    back = httpx.get(left.headers["location"]).headers["location"]
    assert back.startswith(f"{HOME}{BACK}?")
    home = browser.get(back)
    assert (home.status_code, home.headers["location"]) == (303, "/")
    assert f"Max-Age={ELSEWHERE_SECONDS};" in home.headers["set-cookie"]
    assert "httponly" in home.headers["set-cookie"].lower()
    assert house.signin.valid(browser.session)
    assert set(elsewhere.asked) == {"/.well-known/openid-configuration", "/authorize", "/token", "/keys"}
    (sent,) = elsewhere.sent
    assert sent["scope"] == "openid email"
    assert (sent["response_type"], sent["code_challenge_method"]) == ("code", "S256")
    assert len(sent["state"]) >= 30 > 20 <= len(sent["nonce"])


def test_somebody_of_whom_the_provider_has_much_to_say_comes_in_too(browser, elsewhere):
    elsewhere.claims = {"groups": [f"a group with a long name, {number}" for number in range(400)]}
    assert browser.get(browser.way_back()).headers["location"] == "/"


@pytest.mark.parametrize("seconds", [-110, 110])
def test_the_providers_clock_may_differ_by_two_minutes(browser, elsewhere, seconds):
    now = int(time.time()) + seconds
    elsewhere.claims = {"iat": now, "nbf": now, "exp": now + 60}
    assert browser.get(browser.way_back()).status_code == 303


def test_nothing_of_streamlits_own_sign_in_ever_reaches_the_browser(browser):
    for answer in (browser.get(START), browser.get(other(browser).way_back()), browser.get(browser.way_back())):
        assert "_streamlit" not in str(answer.headers.raw) + answer.text
    assert set(browser.cookies) == {COOKIE, "bothand_console"}


@pytest.mark.parametrize("address", ["/auth/login", "/auth/login?provider=x", "/auth/logout", "/oauth2callback",
                                     "/oauth2callback?code=1&state=2"])
def test_streamlits_own_addresses_stay_shut(browser, house, address):
    signed_in = f"bothand_console={house.signin.admit(60)}"
    for cookie in ("", signed_in):
        refused = browser.get(address, cookie=cookie)
        assert (refused.status_code, "set-cookie" in refused.headers) == (404, False)


def test_of_what_a_browser_sends_streamlit_is_told_nothing():
    heard = []

    async def streamlit(scope, receive, send):
        heard.append((scope["path"], scope["query_string"], scope["headers"], await receive()))
        await send({"type": "http.response.start", "status": 302, "headers": [(b"location", b"/")]})

    brought = [(b"host", b"here"), (b"cookie", b"_streamlit_user=forged"), (b"x-forwarded-host", b"evil.example")]
    scope = {"type": "http", "method": "GET", "path": "/any", "query_string": b"next=evil", "headers": brought}
    assert asyncio.run(ask(streamlit, scope, "/auth/login?provider=default", "own=1")).status == 302
    assert heard == [("/auth/login", b"provider=default", [(b"host", b"here"), (b"cookie", b"own=1")],
                      {"type": "http.request", "body": b"", "more_body": False})]


def test_over_tls_of_a_proxy_the_cookies_are_for_tls_and_this_host_only(house, elsewhere):
    settings = Settings(database=house.settings.database, keys=house.settings.keys, public_url=HOSTED,
                        organisation=house.settings.organisation)
    house = SimpleNamespace(settings=settings, signin=house.signin, library=house.library)
    behind_proxy = Browser(app_of(house), "http://workshop.example")  # as the proxy asks us
    left = behind_proxy.get(START)
    back = urlsplit(httpx.get(left.headers["location"]).headers["location"])
    assert f"{back.scheme}://{back.netloc}" == HOSTED
    cookie = left.headers["set-cookie"]
    home = behind_proxy.get(f"{back.path}?{back.query}", cookie=cookie.partition(";")[0])
    for line in (cookie, home.headers["set-cookie"]):
        assert line.startswith("__Host-bothand_")
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= set(line.lower().split("; "))
        assert "domain" not in line.lower()
    secrets_singleton._reset()


def test_a_session_by_an_organisation_ends_with_the_process_and_others_do_not(browser, house):
    browser.get(browser.way_back())
    link = house.signin.redeem(house.signin.one_time().rpartition("/")[2])
    again = Signin(house.settings)
    assert (again.valid(browser.session), again.valid(link)) == (False, True)


def test_after_signing_out_only_the_provider_lets_anybody_back(browser, house):
    back = browser.way_back()
    browser.get(back)
    held = httpx.Cookies(browser.cookies)
    assert "still be signed in" in browser.get("/sign-out").text
    assert browser.get("/sign-out", "POST", origin=HOME).status_code == 303
    browser.cookies = held
    for again in ("/", back, BACK):
        browser.get(again)
        assert not house.signin.valid(browser.session)


def test_signing_out_everywhere_ends_sessions_by_an_organisation_too(browser, house):
    browser.get(browser.way_back())
    house.signin.sign_out_everywhere()
    assert not house.signin.valid(browser.session)


@pytest.mark.parametrize("claims", [{"email": "eve@evil.example"}, {"email_verified": False}, {"email_verified": None},
                                    {"email": None}])
def test_somebody_who_is_not_on_the_list_reads_that_and_nothing_else(browser, house, elsewhere, claims):
    elsewhere.claims = claims
    answer = browser.get(browser.way_back())
    assert (answer.status_code, browser.session) == (403, None)
    assert "not on the list" in answer.text
    assert "evil" not in answer.text


@pytest.mark.parametrize("claims", [
    {"aud": "another"}, {"aud": "another", "azp": CLIENT}, {"aud": ["another", CLIENT], "azp": "another"},
    {"iss": "http://127.0.0.1:1"}, {"nonce": "made-up"}, {"nonce": None}, {"exp": 1}, {"exp": None}, {"iat": None},
    {"iat": int(time.time()) - 3_600}, {"iat": int(time.time()) + 3_600, "exp": int(time.time()) + 7_200},
    {"sub": None}, {"nbf": int(time.time()) + 3_600},
], ids="-".join)
def test_a_token_that_is_not_right_lets_nobody_in(browser, elsewhere, claims):
    elsewhere.claims = claims
    assert (browser.get(browser.way_back()).status_code, browser.session) == (403, None)


def test_a_token_that_another_key_has_signed_lets_nobody_in(browser, elsewhere):
    elsewhere.key = KEYS[1]
    assert (browser.get(browser.way_back()).status_code, browser.session) == (403, None)


@pytest.mark.parametrize("methods", [["RS256"], ["RS256", "none"], ["none"], ["HS256", "RS256", "none"]])
def test_a_token_without_a_signature_lets_nobody_in_whatever_the_provider_promises(browser, elsewhere, methods):
    elsewhere.metadata = {"id_token_signing_alg_values_supported": methods}
    elsewhere.header, elsewhere.key = {"alg": "none"}, b""
    assert (browser.get(browser.way_back()).status_code, browser.session) == (403, None)


def test_a_token_that_was_signed_with_what_everybody_knows_lets_nobody_in(browser, elsewhere):
    elsewhere.metadata = {"id_token_signing_alg_values_supported": ["RS256", "HS256"]}
    elsewhere.header = {"alg": "HS256", "kid": "its own"}
    for known in (KEYS[0].as_pem(private=False), SECRET.encode()):
        elsewhere.key = known
        assert (browser.get(browser.way_back()).status_code, browser.session) == (403, None)


@pytest.mark.parametrize("header", ["jwk", "jku", "x5u"])
def test_a_token_that_brings_its_own_key_lets_nobody_in(browser, elsewhere, header):
    mine = KEYS[1].as_dict(private=False)
    elsewhere.key = KEYS[1]
    elsewhere.header = {"alg": "RS256", header: mine if header == "jwk" else f"{elsewhere.url}/elsewhere"}
    assert (browser.get(browser.way_back()).status_code, browser.session) == (403, None)


def test_a_provider_that_has_moved_is_not_run_after(browser, elsewhere):
    elsewhere.moved = True
    assert browser.get(START).status_code == 503
    assert "/elsewhere" not in elsewhere.asked


def test_a_description_that_gives_another_issuer_than_the_settings_lets_nobody_in(browser, elsewhere):
    elsewhere.metadata = {"issuer": "https://evil.example"}
    elsewhere.claims = {"iss": "https://evil.example"}
    assert (browser.get(browser.way_back()).status_code, browser.session) == (403, None)


# what an attacker tries


def test_the_way_back_works_once(browser, house):
    back, before = browser.way_back(), None
    before = httpx.Cookies(browser.cookies)
    assert browser.get(back).status_code == 303
    for cookies in (browser.cookies, before):
        browser.cookies = httpx.Cookies(cookies)
        assert browser.get(back).status_code == 403


def test_another_browser_cannot_come_back_in_place_of_the_one_that_left(browser, elsewhere):
    back = browser.way_back()
    lured = other(browser)
    lured.get(START)
    for thief in (other(browser), lured):
        assert thief.get(back).status_code == 403
        assert thief.session is None
    assert browser.get(back).status_code == 303, "and whoever tried has not used it up"


def test_somebody_elses_code_is_worth_nothing_with_a_state_of_ones_own(browser, elsewhere):
    stolen = re.search(r"code=([^&]+)", browser.way_back())[1]
    thief = other(browser)
    mine = thief.way_back()
    assert thief.get(re.sub(r"code=[^&]+", f"code={stolen}", mine)).status_code == 403
    assert thief.session is None


@pytest.mark.parametrize("change", [
    lambda back: back + "&code=other", lambda back: back + "&state=other", lambda back: back + "&error=access_denied",
    lambda back: back + "&iss=https%3A%2F%2Fevil.example", lambda back: re.sub(r"state=[^&]+", "state=x", back),
    lambda back: re.sub(r"&?state=[^&]+", "", back), lambda back: re.sub(r"code=[^&]+&?", "", back),
    lambda back: re.sub(r"code=[^&]+", "code=", back), lambda back: back.partition("?")[0],
], ids=["two-codes", "two-states", "error", "other-issuer", "other-state", "no-state", "no-code", "empty-code",
        "nothing"])
def test_a_way_back_that_was_changed_leads_nowhere_and_asks_the_provider_nothing(browser, elsewhere, change):
    back = browser.way_back()
    asked = list(elsewhere.asked)
    assert browser.get(change(back)).status_code == 403
    assert browser.session is None
    assert elsewhere.asked == asked


def test_the_provider_may_say_on_the_way_back_who_it_is(browser, elsewhere):
    assert browser.get(f"{browser.way_back()}&iss={elsewhere.url}").status_code == 303


def test_two_pages_of_one_browser_may_be_on_their_way_at_once(browser):
    one, two = browser.way_back(), browser.way_back()
    assert browser.get(one).status_code == 303
    assert browser.get(two).status_code == 303


def test_a_browsers_own_token_is_made_here_or_not_taken(browser):
    kept = re.compile(rf"{COOKIE}=([\w-]{{22}});")
    for brought in ("made-up", "x" * 5_000):
        made = kept.match(browser.get(START, cookie=f"{COOKIE}={brought}").headers["set-cookie"])[1]
        assert kept.match(browser.get(START, cookie=f"{COOKIE}={made}").headers["set-cookie"])[1] == made


def test_what_went_out_too_long_ago_or_was_crowded_out_does_not_come_back(clock):
    away = arrivals.Arrivals(clock, most=3)
    away.sent("t", "1", "kept")
    clock.move(arrivals.SECONDS + 1)
    assert away.back("t", "1") is None
    for state in "1234":
        away.sent("t", state, f"kept {state}")
    assert [away.back("t", state) for state in "12345"] == [None, "kept 2", "kept 3", "kept 4", None]
    assert away.back("t", "4") is None


def test_a_provider_that_is_down_is_said_in_a_sentence(browser, elsewhere, caplog):
    elsewhere.broken = True
    answer = browser.get(START)
    assert (answer.status_code, "does not answer" in answer.text) == (503, True)
    elsewhere.broken = False
    back = browser.way_back()
    elsewhere.broken = True
    assert browser.get(back).status_code == 403


def test_a_provider_that_sends_people_over_an_open_line_is_not_followed(browser, elsewhere):
    elsewhere.metadata = {"authorization_endpoint": "http://login.example.org/authorize"}
    assert browser.get(START).status_code == 503


def test_whoever_sets_off_without_end_is_slowed_down(browser, house):
    found = [browser.get(START).status_code for _ in range(STARTS_A_MINUTE + 1)]
    assert found == [303] * STARTS_A_MINUTE + [429]
    assert browser.get(house.signin.one_time()).status_code == 200


def test_nobody_is_sent_anywhere_that_the_address_names(browser):
    for query in ("next=//evil.example", "redirect_uri=https://evil.example", "provider=evil", "state=evil"):
        assert "evil" not in browser.get(f"{START}?{query}").headers["location"]
    home = browser.get(browser.way_back() + "&next=//evil.example")
    assert home.headers["location"] == "/"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "made-up"])
def test_another_page_can_send_nobody_off_to_sign_in(browser, elsewhere, site):
    answer = browser.get(START, **{"sec-fetch-site": site})
    assert (answer.status_code, elsewhere.asked, dict(browser.cookies)) == (200, [], {})
    assert f'<a href="{START}">' in answer.text
    for own in ("same-origin", "none"):
        assert browser.get(START, **{"sec-fetch-site": own}).status_code == 303


def test_from_another_address_of_this_machine_the_page_leads_to_the_right_one(browser):
    answer = Browser(browser.app, "http://192.0.2.1:8501").get(START)
    assert answer.status_code == 400
    assert f'href="{HOME}{START}"' in answer.text


@pytest.mark.parametrize("method", ["POST", "HEAD", "PUT", "DELETE"])
def test_both_addresses_are_for_reading_alone(browser, method):
    back = browser.way_back()
    for address in (START, back):
        assert browser.get(address, method, origin=HOME).status_code == 405
    assert browser.get(back).status_code == 303


def test_every_answer_carries_the_same_protection(browser, elsewhere):
    elsewhere.claims = {"email": "eve@evil.example"}
    for answer in (browser.get(START), browser.get(browser.way_back()), browser.get(BACK)):
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "content-security-policy" in answer.headers


def test_the_log_says_nothing_of_anybody(browser, elsewhere, caplog):
    browser.get(browser.way_back())
    elsewhere.claims = {"email": "eve@evil.example"}
    browser.get(browser.way_back())
    browser.get(f"{browser.way_back()}&error=access_denied&error_description=eve%40evil.example+has+no+right")
    elsewhere.claims = {"nonce": "eve@evil.example"}
    browser.get(browser.way_back())
    said = caplog.text + str([record.args for record in caplog.records])
    assert not re.search(r"evil|example\.org|eve@|ada@", said)


# where it is offered


def test_strangers_are_shown_the_way_only_where_there_is_one(browser, house):
    for page in ("/", "/sign-in"):
        assert f'<a href="{START}">Sign in with your organisation</a>' in browser.get(page).text
    bare = SimpleNamespace(settings=Settings(keys=house.settings.keys), signin=house.signin, library=house.library)
    assert organisation.layer(bare, generate_login_redirect_url, decode_signed_value) == ()
    shut = Browser(Starlette(routes=layers.routes(bare)), HOME)
    assert START not in shut.get("/").text
    assert shut.get(START).status_code == 403, "taken for a one-time link that is not good"
    assert shut.get(BACK).status_code == 404


def test_a_passphrase_and_an_organisation_may_stand_side_by_side(house):
    both = Settings(keys=house.settings.keys, passphrase="scrypt", organisation=house.settings.organisation)
    page = Browser(Starlette(routes=sign_in.routes(SimpleNamespace(settings=both, signin=house.signin))), HOME)
    assert 'name="passphrase"' in page.get("/sign-in").text
    assert START in page.get("/sign-in").text
