"""Nouns that the tests share: a real server, its API, a real browser, a phone."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import chromium_here
import httpx
import pytest
from hypothesis import settings
from live import Server, launch
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from rooms import Clock, Room, new_room, sessions_in
from sampling import left_out

from workshop.sessions import Sessions

# Of the modules with a browser these begin, so that no worker waits for another at the end.
LONGEST = ("test_whole_workshop.py", "test_console_pages.py")

StartServer = Callable[..., Server]
NewPhone = Callable[..., BrowserContext]

# Each of the many processes started here would compile every module anew where the environment forbids to keep that.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Everybody here talks to this machine alone: the world's authorities, 20 ms for each client, are left unread.
os.environ.pop("SSL_CERT_FILE", None)
os.environ["SSL_CERT_DIR"] = str(Path(__file__).parent)

# A busy machine is no fault of what is tested.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="module")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Starts servers with settings of the test's own; `folder` keeps one database over a restart."""
    running: list[Server] = []

    def start(folder: Path | None = None, **environ: str) -> Server:
        running.append(launch(folder or tmp_path_factory.mktemp("server"), **environ))
        return running[-1].wait_until_healthy()

    yield start
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all modules that leave others in peace."""
    server = launch(tmp_path_factory.mktemp("shared")).wait_until_healthy()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest) -> Server:
    """The server that modules share, or one for the module alone where that says OWN_SERVER = True."""
    if getattr(request.module, "OWN_SERVER", False):
        return request.getfixturevalue("start_server")()
    return request.getfixturevalue("shared_server")


@pytest.fixture(scope="module")
def api(server: Server) -> Iterator[httpx.Client]:
    """The HTTP interface with the facilitator's key."""
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {server.key}"}, timeout=10) as client:
        yield client


@pytest.fixture(scope="module")
def console_cookie(server: Server) -> dict[str, str]:
    """The cookie of a signed-in console; the first of a server uses its printed link up."""
    return server.console


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser. Modules that use it run last: while it is open, no other event loop can run in this thread."""
    if not chromium_here.present():
        pytest.fail(chromium_here.SORRY, pytrace=False)
    expect.set_options(timeout=15_000)  # for machines with other work; what is there sooner is seen sooner
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_here.installed(), args=chromium_here.ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def phone_context(chromium: Browser) -> Iterator[NewPhone]:
    """Makes phones: small touch screens, each with its own cookies and storage."""
    phones: list[BrowserContext] = []

    def phone(**options) -> BrowserContext:
        screen = {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 2}
        phones.append(chromium.new_context(**{**screen, "is_mobile": True, "has_touch": True, **options}))
        return phones[-1]

    yield phone
    for context in phones:
        context.close()


def opens_browser(item: pytest.Item) -> bool:
    """Whether a test needs the real browser."""
    return "chromium" in getattr(item, "fixturenames", ())


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="every case of every test, also what takes long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--long") and not any("::" in arg for arg in config.args):
        out = left_out(items)
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in set(out)]
    with_browser = {item.path for item in items if opens_browser(item)}
    items.sort(key=lambda item: (item.path in with_browser, item.path.name not in LONGEST))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """One worker brings the browser where it is missing: no test starts before every worker has collected."""
    first = os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0"
    if not first or session.config.option.collectonly or not any(map(opens_browser, session.items)):
        return
    if not chromium_here.present():
        chromium_here.install()


@pytest.fixture
def clock() -> Clock:
    """A clock that the test moves."""
    return Clock()


@pytest.fixture
def sessions(tmp_path: Path, clock: Clock) -> Iterator[Sessions]:
    """The verbs of a workshop over a real database in a folder of the test's own."""
    with sessions_in(tmp_path, clock) as sessions:
        yield sessions


@pytest.fixture
def lobby(sessions: Sessions, clock: Clock) -> Room:
    """A room with twelve phones in the lobby."""
    return new_room(sessions, clock, 12)


@pytest.fixture
def open_round(sessions: Sessions, clock: Clock) -> Room:
    """A room with twelve phones and an open first round."""
    return new_room(sessions, clock, 12, is_open=True)


@pytest.fixture
def closed_round(open_round: Room) -> Room:
    """A room of twelve whose first round is closed."""
    open_round.answer_each()
    open_round.act("close_round")
    return open_round
