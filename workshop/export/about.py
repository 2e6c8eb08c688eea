"""What every format says about its workshop, in the same words and order."""

from collections.abc import Iterator
from dataclasses import dataclass

from workshop.export.language import Language, language
from workshop.export.summary import Summary
from workshop.inventory import Scene


@dataclass(frozen=True)
class Fact:
    """A term and what is to be said of it."""

    name: str
    text: str


@dataclass(frozen=True)
class Note:
    """The host's note on a scene."""

    scene: str
    text: str


def title(summary: Summary) -> str:
    """The workshop's title; never empty."""
    return summary.title.strip() or language(summary.language).text("page.untitled")


def meta(summary: Summary) -> tuple[str, ...]:
    """Day, kind of room, and how many answered."""
    speak = language(summary.language)
    known = (speak.day(summary.day), speak.text(f"context.{summary.context}"))
    if not summary.rounds:
        return known
    latest = summary.rounds[-1]
    return (*known, speak.text("page.answered", n=latest.n, seats=max(latest.n, latest.seats)))


def facts(summary: Summary) -> tuple[Fact, ...]:
    """Day, room, inventory, question, protection and its numbers, what was held back, and what it is not."""
    speak = language(summary.language)
    return tuple(Fact(speak.text(f"about.{name}"), text) for name, text in _facts(summary, speak))


def _facts(summary: Summary, speak: Language) -> Iterator[tuple[str, str]]:
    day, context, *_ = meta(summary)
    yield "day", day
    yield "context", context
    yield "inventory", inventory_line(summary)
    yield "question", summary.questionnaire.stem
    if summary.grouping:
        yield "grouping", f"{summary.grouping['question']} {' · '.join(summary.grouping['options'])}"
    yield "protection", summary.sentence
    yield "numbers", protection_numbers(summary, speak)
    yield "held_back", speak.text("page.held_back" if summary.held_back else "about.nothing_held_back")
    if summary.imported:
        yield "imported", speak.text("about.imported_text")
    if summary.rehearsal:
        yield "rehearsal", speak.text("page.rehearsal")


def protection_numbers(summary: Summary, speak: Language) -> str:
    """The numbers of the level in a sentence."""
    key = {"open": "about.numbers_open", "blocks": "about.numbers_blocks"}.get(summary.level, "about.numbers_value")
    return speak.text(key, k=summary.k, m=summary.m, tau=summary.tau, level=speak.text(f"level.{summary.level}"))


def foot(summary: Summary) -> tuple[str, ...]:
    """The lines under the pictures; the first belongs beside the sign for "less is more here"."""
    speak = language(summary.language)
    pooled = bool(summary.rounds) and any(pole.pooled for pole in summary.rounds[-1].poles)
    first = [speak.text("common.less_is_more") + ".", speak.text("page.foot_pooled" if pooled else "page.foot"),
             *([speak.text("page.held_back")] if summary.held_back else [])]
    return " ".join(first), speak.text("page.foot_promise")


def inventory_line(summary: Summary) -> str:
    """Which inventory, in which version and form."""
    speak = language(summary.language)
    return speak.text("about.inventory_value", inventory=summary.inventory, version=summary.questionnaire.version,
                      form=speak.text(f"form.{summary.form}", items=len(summary.questionnaire.items)))


def scene_title(scene: Scene, speak: Language) -> str:
    """What the run-sheet calls a scene."""
    return scene.title.strip() or speak.text(f"common.scene.{scene.kind}")


def notes(summary: Summary) -> tuple[Note, ...]:
    """The ticked notes in the order of the run-sheet."""
    speak = language(summary.language)
    return tuple(Note(scene_title(scene, speak), summary.notes[scene.id])
                 for scene in summary.agenda if scene.id in summary.notes)


def agenda(summary: Summary) -> tuple[Fact, ...]:
    """Each scene with its minutes."""
    speak = language(summary.language)
    return tuple(Fact(scene_title(scene, speak), speak.text("about.minutes", minutes=scene.minutes))
                 for scene in summary.agenda)
