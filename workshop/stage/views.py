"""Pure: what a room may see -> the stage's JSON. One idea a scene."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from workshop import figures
from workshop.inventory import Locale, Questionnaire, SceneKind
from workshop.sessions.facts import Facts
from workshop.stage import pictures, scenes
from workshop.stage.room import Block, Content, Room
from workshop.theme import ThemeName

SCENES: Mapping[SceneKind, Callable[[Room], Content]] = {
    "agreements": scenes.agreements, "join": scenes.join, "idea": pictures.idea, "answering": scenes.answering,
    "reflection": scenes.reflection, "predict": pictures.predict, "light": pictures.light, "prompt": scenes.prompt,
    "plane": pictures.plane, "dark": pictures.dark, "edges": pictures.edges, "words": scenes.words,
    "close": scenes.close, "then_now": pictures.then_now,
}

NOTHING: Mapping[str, Any] = {"steps": 1, "headline": "", "text": "", "source": "", "figure": None, "table": None,
                              "view": None}


def view(facts: Facts, questionnaire: Questionnaire, locale: Locale, theme: ThemeName,
         qr: Mapping[str, str | int] | None) -> dict[str, Any]:
    """The contract's `stage` without its version, and a `view`: the scene in blocks, its corner and its foot."""
    kept: dict[str, Any] = {"scene": {"id": facts.scene.id, "kind": facts.scene.kind}, "step": facts.step,
                            "blank": facts.blank, "hold": facts.hold}
    if facts.blank:
        return {**kept, **NOTHING}
    room = Room(facts, questionnaire, locale, theme, qr if _open_to_phones(facts) else None)
    content = scenes.draft(room) if facts.phase == "draft" else SCENES[facts.scene.kind](room)
    return {**kept, "steps": content.steps, "headline": content.headline, "text": _text(content, room),
            "source": content.source, "figure": _figure(content, room), "table": _table(content, room),
            "view": {"layout": content.layout, "columns": content.columns, "corner": _corner(room),
                     "foot": content.foot}}


def _open_to_phones(facts: Facts) -> bool:
    """A code is shown only while phones may join, and never one that leads nowhere but to this computer."""
    return not (facts.locked or facts.loopback or facts.phase == "draft")


def _figure(content: Content, room: Room) -> dict[str, Any] | None:
    if content.picture is None:
        return None
    return {**figures.draw(content.picture, room.subject, room.theme), "config": dict(figures.CONFIG)}


def _table(content: Content, room: Room) -> Mapping[str, Any] | None:
    return figures.table(content.picture, room.subject) if content.picture else None


def _text(content: Content, room: Room) -> str:
    if content.picture:
        return figures.alt(content.picture, room.subject)
    return " ".join(words for column in content.columns for block in column for words in _spoken(block))


def _spoken(block: Block) -> Iterator[str]:
    if block["kind"] == "count":
        yield f"{block['n']}{block['of']}"
    elif block["kind"] == "words":
        yield ", ".join(block["words"])
    elif block.get("text"):
        yield f"{block.get('strong', '')}{block['text']}"


def _corner(room: Room) -> dict[str, Any]:
    """Room name, code and small QR while phones may join; then the name alone. Rehearsals say so everywhere."""
    large = room.facts.scene.kind == "join" and room.qr is not None and room.facts.phase != "draft"
    return {
        "room": "" if large else room.facts.room_name,
        "code": room.code if room.qr and not large else "",
        "qr": None if large else room.qr,
        "rehearsal": room.say("rehearsal") if room.facts.rehearsal else "",
        "large": large,
    }
