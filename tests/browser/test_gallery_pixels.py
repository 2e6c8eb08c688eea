"""A few sheets of the gallery, photographed: every bar has its token's colour where it should be, and no other."""

import pytest

from tests.gallery.rooms import cases
from tests.gallery.screen import Screen
from tests.gallery.sheets import pictures, sheets
from workshop.figures.canvas import colour
from workshop.theme import THEMES

LEFT, TOP = 96, 134  # where the sheet of 1728 x 870 lies on the stage
LOOKED_AT = (("n026", "light"), ("two_classes", "light"), ("pooled", "light"), ("n300", "edges"), ("n060", "then_now"))
NEAR = 6
SIZES = ((1024, 768), (1280, 800), (1920, 1080), (1920, 1200), (3840, 2160))
# What stands outside the stage or would need a scrollbar, and the smallest text in px of a 1080p screen.
LOOK = """() => {
  const page = document.documentElement, stage = document.body.getBoundingClientRect();
  const outside = page.scrollWidth > innerWidth || page.scrollHeight > innerHeight ? ["a scrollbar"] : [];
  let least = Infinity;
  for (const node of document.querySelectorAll("body :not(.apart):not(.apart *):not(script)")) {
    const place = node.getBoundingClientRect();
    const words = [...node.childNodes].some(one => one.nodeType === 3 && one.textContent.trim());
    if (!words || !place.width || node.closest("template, #js-plotly-tester")) continue;
    if (place.left < stage.left - 1 || place.right > stage.right + 1 || place.top < stage.top - 1
        || place.bottom > stage.bottom + 1) outside.push(node.textContent);
    const scale = node.ownerSVGElement ? node.getScreenCTM().a : 1;
    least = Math.min(least, parseFloat(getComputedStyle(node).fontSize) * scale * 1920 / stage.width);
  }
  return {outside, least};
}"""


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


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_scene_fits_every_screen_and_is_read_from_the_back_row(chromium, size):
    screen = Screen(chromium, "bright", size)
    looks = {sheet.name: screen.show(sheet).evaluate(LOOK) for sheet in sheets()
             if sheet.theme == "bright" and (sheet.name.startswith("scene_") or "_n026" in sheet.name)}
    screen.close()
    assert {name: look["outside"] for name, look in looks.items() if look["outside"]} == {}
    assert min(look["least"] for look in looks.values()) >= 23.9
    assert len(looks) > 15
