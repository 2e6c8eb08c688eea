"""The method page: formulas, limits and what is not claimed, with this workshop's own numbers in it."""

from dataclasses import dataclass

from workshop.export.language import language
from workshop.export.rows import TONES, tone_points
from workshop.export.summary import Summary


@dataclass(frozen=True)
class Chapter:
    """A heading and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


def chapters(summary: Summary) -> tuple[Chapter, ...]:
    """In reading order."""
    speak = language(summary.language)
    protection = "protection_open" if summary.level == "open" else "protection"
    names = ("what", "numbers", "tones", "plane", "numbers_from", protection, "limits", "whole")
    slots = _slots(summary)
    return tuple(Chapter(speak.text(f"method.{name}.title"), speak.paragraphs(f"method.{name}.text", **slots))
                 for name in names)


def _slots(summary: Summary) -> dict[str, str]:
    scale, speak = summary.questionnaire.scale, language(summary.language)
    points = tone_points(scale.points)
    anchors = {tone: ", ".join(speak.text("method.quoted", text=scale.anchors[point - 1])
                               for point in sorted(points[tone]) if point)
               for tone in TONES}
    return {"points": str(scale.points), "low": anchors["low"], "high": anchors["high"]}
