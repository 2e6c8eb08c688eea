"""What is looked for in a state: its sentence, a way on, and nothing too wide, too close, hidden or without a name."""

import re
from collections import Counter
from pathlib import Path

from PIL import Image

from tests.phone_states.phone import Phone
from tests.phone_states.states import State

WIDTHS = (320, 360, 768)
SCHEMES = ("light", "dark")
HEIGHTS = {320: 568, 360: 640, 768: 1024}
ACROSS, EDGE, TALLEST = 8, 12, 900
# As wide as WCAG 2.2 asks under 1.4.12; by a rule, since the page's policy takes no style from elsewhere.
SPACED = ("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}",
          "p{margin-bottom:2em!important}")
SPACING = """rules => {
  const sheet = document.styleSheets[0], cut = [], sunk = one => one.closest('.away');
  rules.forEach(rule => sheet.insertRule(rule, sheet.cssRules.length));
  for (const one of document.querySelectorAll('button,summary,h1,h2,h3,p,li,label,b,small,span')) {
    if (sunk(one) || getComputedStyle(one).display === 'inline') continue;
    if (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1) cut.push(one.innerText);
  }
  const needed = document.documentElement.scrollWidth;
  rules.forEach(() => sheet.deleteRule(sheet.cssRules.length - 1));
  return [cut.filter(text => text), needed];
}"""
# Whatever takes the focus and has something else over its middle then.
COVERED = """() => {
const found = [...document.querySelectorAll('button,summary,a[href],input,select,h1[tabindex]')].filter(one => {
  if (!one.getClientRects().length) return false;
  one.focus();
  const {left, top, width, height} = one.getBoundingClientRect();
  const over = document.elementFromPoint(left + width / 2, top + height / 2);
  return !over || !one.contains(over) && !over.contains(one);
}).map(one => one.innerText || one.id);
document.activeElement.blur();
scrollTo(0, 0);
return found;
}"""
NAMES = """() => [...document.querySelectorAll('button,summary,a[href]')].filter(one => one.getClientRects().length)
  .map(one => one.innerText.trim())"""


def faults(phone: Phone, one: State) -> list[str]:
    """In words; empty where all is well."""
    seen = phone.page.locator("body").inner_text()
    texts = {"sentence": one.says, "way on": one.way}
    missing = [f"no {what}: {key}" for what, key in texts.items() if not phone.words(key).search(seen)]
    return missing + wider(phone) + crowded(phone) + covered(phone) + namesakes(phone)


def crowded(phone: Phone) -> list[str]:
    """What is cut, or wider than the narrowest screen, where a reader wants more room between letters and lines."""
    phone.page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHTS[WIDTHS[0]]})
    cut, needed = phone.page.evaluate(SPACING, SPACED)
    return [f"cut when spaced: {text}" for text in cut] + ([f"{needed} wide when spaced"] if needed > WIDTHS[0] else [])


def covered(phone: Phone) -> list[str]:
    """What lies under a bar that sticks, while it has the focus, on the smallest screen."""
    return [f"covered while it has the focus: {text}" for text in phone.page.evaluate(COVERED)]


def namesakes(phone: Phone) -> list[str]:
    """Buttons and links that have no name, or one that another has too."""
    names = Counter(phone.page.evaluate(NAMES))
    return [f"{n} called {name!r}" for name, n in names.items() if n > 1 or len(name) < 2]


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
