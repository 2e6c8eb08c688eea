"""A process in which things break: what people read, and what the log does not quote."""

import time
from collections.abc import Iterator

import httpx
import pytest
from live import ROOT, Server, launch
from playwright.sync_api import Browser

BREAKING = """
import runpy, sys, threading
from workshop import web
from workshop.sessions import Sessions

whole = Sessions.workshops

def broken(*_):
    raise ValueError("telltale-word")

def broken_for_consoles(sessions):
    return broken() if "script" in threading.current_thread().name else whole(sessions)

web.Misses.count = broken
Sessions.workshops = broken_for_consoles
runpy.run_path(sys.argv[1], run_name="__main__")
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    """Asking for an unknown room breaks here, and so does the console's list of workshops."""
    folder = tmp_path_factory.mktemp("breaking")
    (folder / "breaking.py").write_text(BREAKING)
    server = launch(folder, "-m", "breaking", PYTHONPATH=str(ROOT))
    yield server.wait_until_healthy()
    server.stop()


def test_a_route_that_breaks_is_a_sentence_and_quotes_nobody(server):
    answers = [httpx.get(f"{server.url}{path}") for path in ("/api/workshops/222222", "/j/222222")]
    for answer in answers:
        assert answer.status_code == 500
        assert answer.json()["error"]["code"] == "broken"
        assert answer.headers["x-content-type-options"] == "nosniff"
    until = time.monotonic() + 10  # what the process has said is read by a thread of its own
    while server.errors.count("ValueError at breaking.py:9") < 2 and time.monotonic() < until:
        time.sleep(0.02)
    assert server.errors.count("ValueError at breaking.py:9") == 2
    assert "telltale" not in server.errors + server.output + "".join(answer.text for answer in answers)


def test_a_console_page_that_breaks_says_so_kindly(server, chromium: Browser):
    page = chromium.new_page()
    page.goto(server.sign_in_link)
    page.get_by_text("Something went wrong on this page").first.wait_for()
    shown = page.inner_text("body")
    page.close()
    assert not any(word in shown for word in ("telltale", "Streamlit", "Traceback", "Google"))
    assert "Uncaught" in server.errors
    assert "telltale" not in server.errors + server.output
