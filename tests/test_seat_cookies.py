"""The cookie of a phone's seat: what it looks like, where it goes, and when it ends."""

import httpx
import pytest

from workshop.sessions.seats import TOKEN, fresh_token

HOSTED = "https://workshop.example"
AT_THE_PROXY = {"Host": "workshop.example", "Origin": HOSTED}


@pytest.fixture(scope="module")
def hosted(start_server):
    """A server behind a proxy that holds the certificate of its public address; its key."""
    server = start_server(BOTHAND_PUBLIC_URL=HOSTED)
    with httpx.Client(base_url=server.url, timeout=10) as client:
        yield client, {"Authorization": f"Bearer {server.key}"}


@pytest.fixture
def lobby(hosted):
    """The code of an open room."""
    client, key = hosted
    code = client.post("/api/workshops", headers=key, json={"title": "A room"}).json()["code"]
    client.post(f"/api/workshops/{code}/actions", headers=key, json={"action": "open_lobby"})
    return code


def test_a_token_has_one_shape():
    assert all(TOKEN.fullmatch(fresh_token()) for _ in range(100))
    for other in ("a" * 21, "a" * 23, "a" * 22, "a" * 21 + "Q\n", "ä" * 21 + "Q", "a" * 20 + ";Q", ""):
        assert not TOKEN.fullmatch(other)


@pytest.mark.parametrize("path", ["/j/{code}", "/api/workshops/{code}/seats"])
def test_behind_a_proxy_with_tls_the_cookie_is_for_tls_and_this_host_only(hosted, lobby, path):
    client, _ = hosted
    method = "POST" if path.startswith("/api") else "GET"
    answer = client.request(method, path.format(code=lobby), headers=AT_THE_PROXY)
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(f"__host-seat_{lobby.lower()}=")
    assert {"httponly", "secure", "path=/", "samesite=lax"} <= set(cookie.split("; "))
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


def test_behind_a_proxy_with_tls_the_consoles_own_server_sets_no_cookie_without_it_either(hosted):
    cookies = hosted[0].get("/_stcore/health", headers=AT_THE_PROXY).headers.get_list("set-cookie")
    assert cookies
    assert all("; secure" in cookie.lower() for cookie in cookies)


def test_over_tls_a_page_that_came_without_it_is_a_foreign_one(hosted, lobby):
    path = f"/api/workshops/{lobby}/seats"
    changed_on_its_way = {**AT_THE_PROXY, "Origin": HOSTED.replace("https", "http")}
    assert hosted[0].post(path, headers=changed_on_its_way).status_code == 403
    assert hosted[0].post(path, headers={**AT_THE_PROXY, "Origin": "ftp://workshop.example"}).status_code == 403
    assert hosted[0].post(path, headers=AT_THE_PROXY).status_code == 201


def test_on_the_laptop_itself_nothing_pretends_to_be_tls(hosted, lobby):
    answer = hosted[0].get(f"/j/{lobby}")
    assert answer.headers["set-cookie"].startswith(f"seat_{lobby}=")
    assert "secure" not in answer.headers["set-cookie"].lower()
    assert "strict-transport-security" not in answer.headers


def test_over_tls_a_cookie_that_any_host_could_have_set_gives_no_seat(hosted, lobby):
    client, _ = hosted
    planted = {"Cookie": f"seat_{lobby}={fresh_token()}"}
    assert client.post(f"/api/workshops/{lobby}/seats", headers={**AT_THE_PROXY, **planted}).status_code == 201
    answer = client.get(f"/j/{lobby}", headers={**AT_THE_PROXY, **planted})
    assert "set-cookie" in answer.headers


@pytest.mark.parametrize("made_up", ["a" * 16, "a" * 22, "%00" * 8, "x" * 64, "1; seat=2", "A" * 23])
def test_a_token_that_was_never_made_here_is_replaced_by_one_that_was(hosted, lobby, made_up):
    client, _ = hosted
    brought = {"Cookie": f"seat_{lobby}={made_up}", "Origin": str(client.base_url).rstrip("/")}
    answer = client.post(f"/api/workshops/{lobby}/seats", headers=brought)
    assert answer.status_code == 201
    assert TOKEN.fullmatch(answer.cookies[f"seat_{lobby}"])
    assert answer.cookies[f"seat_{lobby}"] != made_up


def test_once_a_room_is_over_phones_let_go_of_their_cookie(hosted, lobby):
    client, key = hosted
    own = {"Origin": str(client.base_url).rstrip("/")}
    token = client.post(f"/api/workshops/{lobby}/seats", headers=own).cookies[f"seat_{lobby}"]
    client.post(f"/api/workshops/{lobby}/actions", headers=key, json={"action": "seal"})
    carried = {**own, "Cookie": f"seat_{lobby}={token}"}
    for method, path in (("GET", f"/j/{lobby}"), ("GET", f"/api/workshops/{lobby}"),
                         ("DELETE", f"/api/workshops/{lobby}/seats"), ("GET", f"/api/workshops/{lobby}/stage")):
        answer = client.request(method, path, headers=carried)
        assert answer.status_code == 410
        assert f"seat_{lobby}=" in answer.headers["set-cookie"]
        assert "max-age=0" in answer.headers["set-cookie"].lower()
