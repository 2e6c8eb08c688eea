"""Nouns for the tests that look at one phone: a host, a lobby, a visit, a phone on its first card.

All of them share one server. Where the number of cards does not matter a room asks the short form without the harder
sides, six statements.
"""

import httpx
import pytest
from hosting import Host
from live import launch
from playwright.sync_api import Page
from thumbs import begin, join


@pytest.fixture(scope="session")
def phone_server(tmp_path_factory):
    """One server for every phone that a run looks at."""
    server = launch(tmp_path_factory.mktemp("phones")).wait_until_healthy()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def phone_api(phone_server):
    with httpx.Client(base_url=phone_server.url, headers={"Authorization": f"Bearer {phone_server.key}"},
                      timeout=10) as client:
        yield client


@pytest.fixture
def host(phone_api, phone_server):
    host = Host(phone_api, phone_server.url)
    yield host
    host.close()


@pytest.fixture
def phone_lobby(host):
    return host.create().act("open_lobby")


@pytest.fixture
def visit(phone_context):
    """Opens the room's page on a fresh phone; pages that complain fail the test. With `clock` the test moves time."""
    complaints = []

    def open_page(host: Host, script: str = "", *, clock: bool = False, **options) -> Page:
        context = phone_context(**options)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        if clock:
            page.clock.install()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{host.url}/j/{host.code}")
        return page
    yield open_page
    assert complaints == []


@pytest.fixture
def answering(phone_lobby, visit):
    """One phone on its first card, nine people around it."""
    page = visit(phone_lobby)
    join(page)
    phone_lobby.join(9).act("open_round")
    begin(page)
    return phone_lobby, page
