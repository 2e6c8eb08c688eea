"""Sign-in with an organisation by the real process: one that asks a small provider on this machine."""

import re
from collections.abc import Iterator

import httpx
import pytest
from identity_provider import CLIENT, SECRET, Provider, provider
from live import Server, free_port, launch
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from workshop.signin import COOKIE

PEOPLE = "ada@example.org, @team.example.org"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Provider]:
    """The organisation's provider."""
    with provider() as running:
        yield running


@pytest.fixture(scope="module")
def hosted(start_server, elsewhere) -> Server:
    """An installation that signs in with it."""
    return start_server(**settings(elsewhere))


def settings(elsewhere: Provider, **other: str) -> dict[str, str]:
    """What has to be set."""
    port = str(free_port())
    return {"BOTHAND_PORT": port, "BOTHAND_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "BOTHAND_OIDC_ISSUER": elsewhere.url, "BOTHAND_OIDC_CLIENT_ID": CLIENT,
            "BOTHAND_OIDC_CLIENT_SECRET": SECRET, "BOTHAND_OIDC_PEOPLE": PEOPLE, **other}


def console(server: Server, session: str) -> None:
    """Opens the console's own connection as this browser."""
    with connect(server.url.replace("http", "ws") + "/_stcore/stream", origin=server.url, proxy=None,
                 additional_headers={"Cookie": f"{COOKIE}={session}"}, subprotocols=["streamlit", "xsrf"]):
        pass


def test_whoever_is_on_the_list_comes_to_the_console_and_nobody_else(hosted, elsewhere):
    with httpx.Client(base_url=hosted.url, follow_redirects=True) as ada, httpx.Client(base_url=hosted.url) as eve:
        assert "/sign-in/organisation" in ada.get("/").text
        home = ada.get("/sign-in/organisation")
        assert (home.status_code, str(home.url)) == (200, f"{hosted.url}/")
        assert "window.prerenderReady" in home.text, "the console's page"
        assert ada.get("/api/workshops").status_code == 200
        console(hosted, ada.cookies[COOKIE])
        elsewhere.claims = {"email": "eve@evil.example", "sub": "two"}
        back = httpx.get(eve.get("/sign-in/organisation").headers["location"]).headers["location"]
        answer = eve.get(back)
        assert (answer.status_code, COOKIE in eve.cookies) == (403, False)
        for shut in ("/auth/login", "/auth/logout", "/oauth2callback"):
            assert ada.get(shut).status_code == 404
        assert "_streamlit" not in " ".join([*ada.cookies, *eve.cookies])
        session = ada.cookies[COOKIE]
        assert ada.post("/sign-out", headers={"origin": hosted.url}).status_code == 200
        with pytest.raises(InvalidStatus):
            console(hosted, session)
    assert hosted.errors == ""
    assert not re.search("ada|eve|example.org", hosted.output)


@pytest.mark.long
def test_the_start_ends_with_a_sentence_where_a_setting_is_missing(tmp_path, elsewhere):
    one = launch(tmp_path, **settings(elsewhere, BOTHAND_OIDC_PEOPLE=""))
    assert one.process.wait(90) == 1
    one.stop()
    assert one.errors.count("\n") == 1
    assert "BOTHAND_OIDC_PEOPLE must be set too" in one.errors


@pytest.mark.long
def test_a_person_signs_in_and_out_again_in_a_real_browser(hosted, elsewhere, chromium):
    elsewhere.forget()
    page = chromium.new_page()
    page.goto(hosted.url)
    page.get_by_role("link", name="Sign in with your organisation").click()
    page.get_by_role("heading", name="Workshops").wait_for()
    assert page.url == f"{hosted.url}/"
    assert [cookie["name"] for cookie in page.context.cookies() if "streamlit_user" in cookie["name"]] == []
    page.goto(f"{hosted.url}/sign-out")
    page.get_by_role("button", name="Sign out here").click()
    page.get_by_role("link", name="Sign in with your organisation").wait_for()
    elsewhere.claims = {"email": "eve@evil.example"}
    page.get_by_role("link", name="Sign in with your organisation").click()
    page.get_by_role("heading", name="You are not on the list").wait_for()
    elsewhere.broken = True
    page.get_by_role("link", name="Try again").click()
    page.get_by_role("heading", name="Your organisation does not answer").wait_for()
    page.close()
    assert "HTTPStatusError" in hosted.errors, "what was wrong with the provider, for whoever runs this"
    assert not re.search(r"eve|evil|ada@|example\.org", hosted.errors)
