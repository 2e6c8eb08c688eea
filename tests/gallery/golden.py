"""What every picture of the gallery says, in a form that a person can compare: `python -m tests.gallery --golden`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.gallery.sheets import Sheet, sheets

FILE = Path(__file__).with_name("golden.txt")


def golden() -> str:
    """The pictures of one theme: numbers and words do not depend on it."""
    return "\n".join(line for sheet in sheets() if sheet.theme == "bright" and not sheet.name.startswith("scene_")
                     for line in lines(sheet)) + "\n"


def lines(sheet: Sheet) -> Iterator[str]:
    """Headline, source, sentence, foot, and every bar with its people."""
    body = sheet.body
    yield f"# {sheet.name}"
    yield f"{body['headline']} | {body['source']} | {' · '.join(note['text'] for note in body['view']['foot'])}"
    yield body["text"]
    if body["figure"]:
        yield from (f"  {statement}: {counts}" for statement, counts in bars(body["figure"]).items())
        names = [shape["name"] for shape in body["figure"]["layout"]["shapes"]]
        yield from (f"  {name}" for name in names if name.startswith("box "))
        if any(name.startswith("middle ") for name in names):
            yield "  around " + " ".join(dict.fromkeys(places(body["figure"])))


def places(figure: dict[str, Any]) -> Iterator[str]:
    """Where the line stands that bars are set around, px from the left of the sheet."""
    paths = (shape["path"] for shape in figure["layout"]["shapes"] if shape["name"].startswith("middle "))
    return (path[1:].partition(",")[0] for path in paths)


def bars(figure: dict[str, Any]) -> dict[str, str]:
    """The bars that stand for people, by statement from top to bottom: tone and people."""
    found: dict[str, list[tuple[float, float, str]]] = {}
    for trace in (trace for trace in figure["data"] if trace["type"] == "bar"):
        for (mark, n), left, y in zip(trace["customdata"], trace["base"], trace["y"], strict=True):
            if n is not None:
                found.setdefault(mark.rpartition(" ")[0] or mark, []).append((left, y, f"{trace['name']}={n}"))
    places = {name: (min(parts)[0] >= 900, min(y for _, y, _ in parts)) for name, parts in found.items()}
    return {name: " ".join(words for _, _, words in sorted(found[name]))
            for name in sorted(found, key=places.__getitem__)}
