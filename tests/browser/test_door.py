"""The page for whoever types the address without a code."""

import pytest
from axe_playwright_python.sync_playwright import Axe

OWN_SERVER = True  # signs in


@pytest.fixture(params=["light", "dark"])
def door(phone_context, server, request):
    """The page on a phone, in both themes."""
    page = phone_context(color_scheme=request.param).new_page()
    page.goto(server.url)
    return page


@pytest.fixture(scope="module")
def code(api) -> str:
    """A room whose lobby is open."""
    made = api.post("/api/workshops", json={"title": "A room", "checklist": True}).json()["code"]
    api.post(f"/api/workshops/{made}/actions", json={"action": "open_lobby"})
    return made


@pytest.mark.long
def test_the_code_leads_into_the_room_however_it_is_typed(door, server, code):
    door.get_by_label("Code on the screen").fill(f"{code[:3].lower()} {code[3:]}")
    door.get_by_role("button", name="Go").click()
    door.wait_for_url(f"{server.url}/j/{code}")
    assert door.get_by_role("button", name="Join").is_visible()


def test_everybody_can_use_it(door):
    assert Axe().run(door).violations_count == 0
    assert door.get_by_role("button").bounding_box()["height"] >= 44
    assert door.evaluate("document.documentElement.scrollWidth") == 360


def test_it_fits_with_letters_twice_as_large(door):
    door.add_style_tag(content="html{font-size:200%!important}")
    assert door.evaluate("document.documentElement.scrollWidth") == 360
