"""What every response tells the browser, and what it lets a console page load."""

import asyncio
import re

import httpx
import pytest
from live import Server

from workshop.process.console import index_page
from workshop.process.headers import SecurityHeaders, inline_scripts
from workshop.settings import Settings

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def directives(response: httpx.Response) -> dict[str, str]:
    """The response's content policy by directive."""
    parts = (part.strip().partition(" ") for part in response.headers["content-security-policy"].split(";"))
    return {name: values for name, _, values in parts}


@pytest.fixture(scope="module")
def console(server: Server, console_cookie: dict[str, str]):
    """A signed-in browser's requests."""
    with httpx.Client(base_url=server.url, cookies=console_cookie, timeout=10) as client:
        yield client


@pytest.mark.parametrize("path", [
    "/", "/live", "/j/", "/j/222222", "/stage/222222", "/api/health", "/api/nothing", "/api/docs", "/sign-in/nothing",
    "/nothing", "/assets/stage/AtkinsonHyperlegibleNext-400.woff2", "/_stcore/health", "/_stcore/metrics",
    "/_stcore/host-config", "/assets/stage/mark.svg",
])
def test_every_response_carries_the_same_protection(console, path):
    response = console.get(path)
    assert {name: response.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert "camera=()" in response.headers["permissions-policy"]
    assert len(response.headers.get_list("content-security-policy")) == 1
    assert "default-src" in directives(response)
    assert directives(response)["frame-ancestors"] in ("'none'", "'self'")
    kind = response.headers.get("content-type", "")  # a redirect has no body
    assert "charset=utf-8" in kind.lower() or not re.match(r"text/|[^;]+xml", kind)


@pytest.mark.parametrize("path", ["/", "/j/222222", "/stage/222222", "/api/health", "/_stcore/metrics"])
def test_no_response_says_what_serves_it(console, path):
    assert not {"server", "x-powered-by"} & set(console.get(path).headers)


@pytest.mark.parametrize("path", [
    "/", "/live", "/j/222222", "/stage/222222", "/api/workshops", "/api/nothing", "/sign-in/nothing", "/sign-out",
    "/media/0123456789abcdef.pdf", "/_stcore/health", "/api/docs",
])
def test_no_browser_keeps_what_may_be_private(console, path):
    assert console.get(path).headers["cache-control"] in ("no-store", "no-cache"), "no-cache: asks each time"


def test_a_connection_without_tls_is_not_told_to_come_back_over_tls(console):
    assert "strict-transport-security" not in console.get("/").headers


def test_the_console_runs_no_script_but_its_own(console):
    policy = directives(console.get("/"))
    assert policy["script-src"].split() == ["'self'", *inline_scripts(index_page())]
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["frame-src"] == "'self'"
    assert "unsafe-eval" not in str(policy)


def test_the_console_talks_to_its_own_host_only(console, server):
    host = server.url.removeprefix("http://")
    assert directives(console.get("/"))["connect-src"].split() == ["'self'", f"ws://{host}", f"wss://{host}"]


def test_a_made_up_host_does_not_get_into_the_policy(console):
    policy = console.get("/", headers={"Host": "evil.example;script-src *"}).headers["content-security-policy"]
    assert "evil" not in policy
    assert "*" not in policy


def test_every_inline_script_of_the_installed_console_page_is_named():
    page = index_page().read_text("utf-8")
    assert len(inline_scripts(index_page())) == len(re.findall(r"<script(?![^>]*src=)", page)) > 0
    assert all(re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", source) for source in inline_scripts(index_page()))


def test_nobody_else_may_frame_the_stage_but_the_console_may(console):
    assert directives(console.get("/stage/222222"))["frame-ancestors"] == "'self'"


def test_an_answer_that_is_no_page_may_load_nothing(console):
    assert directives(console.get("/api/health"))["default-src"] == "'none'"


def test_a_response_keeps_a_policy_of_its_own():
    async def page(_scope, _receive, send):
        headers = [(b"content-security-policy", b"default-src 'self'"), (b"Referrer-Policy", b"same-origin")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    hosted = Settings(public_url="https://here")
    headers = asked(SecurityHeaders(page, scripts=(), settings=hosted), "/j/222222").headers
    assert headers.get_list("content-security-policy") == ["default-src 'self'"]
    assert headers.get_list("referrer-policy") == ["same-origin"]
    assert headers["cache-control"] == "no-store"
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


def asked(app, path: str) -> httpx.Response:
    """One GET of an ASGI application, without a server."""
    async def get():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            return await client.get(path)

    return asyncio.run(get())
