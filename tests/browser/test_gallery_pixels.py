"""A few sheets of the gallery, photographed: every bar has its token's colour where it should be, and no other."""

import pytest

from tests.gallery.rooms import cases
from tests.gallery.screen import Screen
from tests.gallery.sheets import pictures
from workshop.figures.canvas import colour
from workshop.theme import THEMES

LEFT, TOP = 96, 134  # where the sheet of 1728 x 870 lies on the stage
LOOKED_AT = (("n026", "light"), ("two_classes", "light"), ("pooled", "light"), ("n300", "edges"), ("n060", "then_now"))
NEAR = 6


@pytest.fixture(scope="module", params=THEMES)
def screen(request, chromium):
    """A projector that shows sheets instead of a room."""
    screen = Screen(chromium, request.param, (1920, 1080))
    yield screen
    screen.close()
    assert screen.complaints == []


@pytest.mark.long
@pytest.mark.parametrize(("room", "kind"), LOOKED_AT)
def test_bars_are_where_and_what_the_figure_says(screen, room, kind):
    case = next(case for case in cases() if case.name == room)
    sheet = next(pictures(case, kind, screen.theme))
    picture = screen.picture(sheet)
    for trace in (one for one in sheet.body["figure"]["data"] if one["type"] == "bar" and one["name"] != "empty"):
        wanted = tuple(bytes.fromhex(colour(screen.theme, trace["name"])[1:]))
        for left, wide, middle in zip(trace["base"], trace["x"], trace["y"], strict=True):
            for x in (left + 2.5, left + wide - 2.5):
                seen = picture.getpixel((round(LEFT + x - 0.5), round(TOP + middle)))
                assert max(abs(one - other) for one, other in zip(seen, wanted, strict=True)) <= NEAR, trace["name"]
