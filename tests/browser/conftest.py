"""Nouns for the tests that look at one phone: a host, a lobby, a visit, a phone on its first card."""

import pytest
from hosting import Host
from playwright.sync_api import Page
from thumbs import begin, join


@pytest.fixture
def host(api, server):
    host = Host(api, server.url)
    yield host
    host.close()


@pytest.fixture
def phone_lobby(host):
    return host.create().act("open_lobby")


@pytest.fixture
def visit(phone_context):
    """Opens the room's page on a fresh phone; pages that complain fail the test."""
    complaints = []

    def open_page(host: Host, script: str = "", **options) -> Page:
        context = phone_context(**options)
        if script:
            context.add_init_script(script)
        page = context.new_page()
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
