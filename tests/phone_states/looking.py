"""What is looked for in a state: its sentence, a way on, and nothing wider than the screen."""

import re
from pathlib import Path

from PIL import Image

from tests.phone_states.phone import Phone
from tests.phone_states.states import State

WIDTHS = (320, 360, 768)
SCHEMES = ("light", "dark")
HEIGHTS = {320: 568, 360: 640, 768: 1024}
ACROSS, EDGE, TALLEST = 8, 12, 900


def faults(phone: Phone, one: State) -> list[str]:
    """In words; empty where all is well."""
    seen = phone.page.locator("body").inner_text()
    texts = {"sentence": one.says, "way on": one.way}
    missing = [f"no {what}: {key}" for what, key in texts.items() if not phone.words(key).search(seen)]
    return missing + wider(phone)


def wider(phone: Phone) -> list[str]:
    """At which of the widths the page needs scrolling to the side."""
    found = []
    for width in WIDTHS:
        phone.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        needed = phone.page.evaluate("document.documentElement.scrollWidth")
        found += [f"{needed} pixels wide at {width}"] if needed > width else []
    return found


def pictures(phone: Phone, one: State, out: Path) -> list[str]:
    """One for each width and scheme; returns no faults, so that it may stand beside those who do."""
    out.mkdir(parents=True, exist_ok=True)
    for scheme in SCHEMES:
        phone.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in WIDTHS:
            unrolled(phone, width)
            phone.page.screenshot(path=out / f"{slug(one.name)}_{width}_{scheme}.png")
    return []


def unrolled(phone: Phone, width: int) -> None:
    """A screen as high as the page, so that what sticks to an edge stands where it belongs."""
    phone.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    needed = phone.page.evaluate("document.documentElement.scrollHeight")
    phone.page.set_viewport_size({"width": width, "height": max(needed, HEIGHTS[width])})


def slug(name: str) -> str:
    return re.sub(r"\W+", "_", name.lower()).strip("_")


def sheet(folder: Path) -> None:
    """All pictures of one width and scheme beside each other, to be looked at in one glance."""
    for scheme in SCHEMES:
        paths = sorted(folder.glob(f"*_360_{scheme}.png"), key=lambda path: path.stat().st_mtime)
        if paths:
            together([Image.open(path).convert("RGB") for path in paths]).save(folder / f"sheet_{scheme}.png")


def together(screens: list[Image.Image]) -> Image.Image:
    small = [one.crop((0, 0, one.width, min(one.height, 2 * TALLEST))).reduce(2) for one in screens]
    width, height = small[0].width + EDGE, TALLEST + EDGE
    rows = -(-len(small) // ACROSS)
    whole = Image.new("RGB", (ACROSS * width, rows * height), "#888")
    for n, one in enumerate(small):
        whole.paste(one, (n % ACROSS * width, n // ACROSS * height))
    return whole
