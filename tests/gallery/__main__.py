"""Draws the gallery into a folder: a PNG a sheet, and a page that shows all of them as small as from the back row."""

import argparse
from html import escape
from pathlib import Path

from PIL import Image

from tests.gallery import golden
from tests.gallery.screen import screens
from tests.gallery.sheets import Sheet, sheets

SMALL = (480, 270)


def main() -> None:
    """`python -m tests.gallery [folder] [--only part-of-a-name …]`."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("data/local/gallery"))
    parser.add_argument("--only", nargs="+", default=[""], metavar="PART", help="parts of the names to draw")
    parser.add_argument("--theme", choices=("bright", "dark"), help="one theme instead of both")
    parser.add_argument("--golden", action="store_true", help="write down what the pictures say, and draw nothing")
    given = parser.parse_args()
    if given.golden:
        golden.FILE.write_text(golden.golden(), encoding="utf-8")
        return
    wanted = [sheet for sheet in sheets() if any(part in sheet.name for part in given.only)
              and given.theme in (None, sheet.theme)]
    complaints = draw(given.folder, wanted)
    print(f"{len(wanted)} pictures in {given.folder}, {complaints} complaints of the browser")


def draw(folder: Path, wanted: list[Sheet]) -> int:
    """Writes the pictures; how often the browser complained."""
    folder.mkdir(parents=True, exist_ok=True)
    with screens() as windows:
        for sheet in wanted:
            picture = windows[sheet.theme].picture(sheet)
            picture.save(folder / f"{sheet.name}_{sheet.theme}.png")
            picture.resize(SMALL, Image.Resampling.LANCZOS).save(folder / f"{sheet.name}_{sheet.theme}_small.png")
        told = [line for window in windows.values() for line in window.complaints]
    (folder / "index.html").write_text(index(wanted), encoding="utf-8")
    return len(told)


def index(wanted: list[Sheet]) -> str:
    """All of them on one page."""
    hung = "\n".join(f'<figure><a href="{name}.png"><img src="{name}_small.png" width="480" height="270" '
                     f'alt="{escape(sheet.body["text"])}"></a><figcaption>{name}</figcaption></figure>'
                     for sheet in wanted for name in [f"{sheet.name}_{sheet.theme}"])
    return ('<!doctype html><meta charset="utf-8"><title>Gallery</title><style>body{font:16px system-ui;display:flex;'
            f'flex-wrap:wrap;gap:16px}}figure{{margin:0}}</style>\n{hung}\n')


if __name__ == "__main__":
    main()
