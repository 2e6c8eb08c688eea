"""Summary -> PDF: one page of picture and words for the wall, then the details. A4 or Letter."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from workshop import theme
from workshop.export.about import agenda, facts, foot, notes
from workshop.export.glyphs import print_safe
from workshop.export.language import Language, clean, language
from workshop.export.lines import Side
from workshop.export.method import chapters
from workshop.export.sheet import Sheet, sheet
from workshop.export.summary import Summary
from workshop.export.tables import numbers, tables
from workshop.export.typeset import page_pictures, pdf_bytes

PAPERS: Mapping[str, str] = {"a4": "a4", "letter": "us-letter"}
_LONGEST_SHORT = 70
_WORDS: Mapping[str, str] = {
    "low": "common.tone.low", "middle": "common.tone.middle", "middle_or_skipped": "common.tone.middle_or_skipped",
    "high": "common.tone.high", "hidden": "common.hidden", "leaning": "common.pole.DL.name",
    "plane": "picture.plane", "plane_note": "picture.plane_note", "edges": "picture.edges", "closing": "picture.words",
    "dark": "picture.gets_in_the_way", "human": "picture.human", "shapes": "shapes.title",
    "shapes_about": "shapes.about", "then_now": "picture.then_now", "then": "picture.then", "now": "picture.now",
    "prompts": "prompts.title", "prompts_note": "prompts.note", "tables": "tables.title",
    "tables_intro": "tables.intro", "about": "about.title", "agenda": "about.agenda", "notes": "about.notes",
    "method": "method.title",
}
_COLOURS = ("ink", "ink_soft", "inset", "rule", "border", "accent", "riser", "step", "plum", "warm", "on_warm",
            "warm_shadow", "warm_hatch", "cool", "on_cool", "cool_shadow", "cool_hatch")


def paper_bytes(summary: Summary, paper: str = "a4") -> bytes:
    """KeyError for a paper that is not in PAPERS."""
    return pdf_bytes("summary.typ", {**drawn(summary), "paper": PAPERS[paper], "details": True})


def preview_pages(summary: Summary, paper: str = "a4") -> tuple[bytes, ...]:
    """The page for the wall as PNG, without the details: two where plane, edges and words need a second one."""
    return page_pictures("summary.typ", {**drawing(summary), "paper": PAPERS[paper], "details": False})


def drawn(summary: Summary) -> dict[str, Any]:
    """Everything that the pages print."""
    speak = language(summary.language)
    return {
        **drawing(summary), "tables": [asdict(table) for table in tables(summary)],
        "numbers": [asdict(table) for table in numbers(summary)],
        "facts": [asdict(fact) for fact in facts(summary)], "agenda": [asdict(scene) for scene in agenda(summary)],
        "notes": [{"scene": _seen(note.scene, speak.text("about.notes")), "lines": _lines(note.text)}
                  for note in notes(summary)],
        "chapters": [asdict(chapter) for chapter in chapters(summary)],
    }


def drawing(summary: Summary) -> dict[str, Any]:
    """Everything that pictures are drawn from, by themselves or on the pages."""
    speak = language(summary.language)
    shown = sheet(summary)
    return {
        "title": _seen(shown.heading, speak.text("page.untitled")), "short": _short(shown.heading),
        "meta": shown.meta, "day": [int(part) for part in summary.day.split("-")], "lang": summary.language,
        "rtl": speak.text("common.language.direction") == "rtl", "description": summary.sentence,
        "rehearsal": speak.text("page.rehearsal") if summary.rehearsal else "",
        "running": speak.text("page.running"), "nothing": "" if summary.rounds else speak.text("page.nothing"),
        "heading_size": 24 if len(shown.heading) <= 60 else 18 if len(shown.heading) <= 120 else 13,
        "lead_size": 12.8 if len(" ".join(shown.lead)) <= 420 else 11,
        "words": _words(speak), "colours": {name: theme.tokens("bright")[name] for name in _COLOURS},
        "sheet": _plain(shown), "foot": foot(summary),
    }


def _words(speak: Language) -> dict[str, Any]:
    return {**{name: speak.text(key) for name, key in _WORDS.items()},
            "plane_up": speak.text("picture.plane_up").split("|")}


def _seen(text: str, instead: str) -> str:
    """A heading must not come out empty: nothing but marks that cannot be printed is no heading."""
    return clean(text) if print_safe(clean(text)) else instead


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_SHORT else f"{title[:_LONGEST_SHORT].rstrip()}…"


def _lines(text: str) -> list[str]:
    return [line for line in clean(text).split("\n") if line.strip()]


def _plain(shown: Sheet) -> dict[str, Any]:
    """As plain values; a side knows itself in words."""
    return {**asdict(shown), "sides": _sides(shown.sides), "dark": _sides(shown.dark)}


def _sides(sides: tuple[Side, ...]) -> list[dict[str, Any]]:
    return [{**asdict(side), "label": side.label} for side in sides]
