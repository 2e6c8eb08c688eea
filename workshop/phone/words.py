"""What the phone says, put together from the locale's files."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from workshop.inventory import Facet, Locale, Questionnaire
from workshop.phone import assets
from workshop.release import Level

SECONDS_A_STATEMENT = 10


def minutes(questionnaire: Questionnaire) -> int:
    """About how long a form takes; two minutes at least, so that the sentence needs no singular."""
    return max(2, -(-len(questionnaire.items) * SECONDS_A_STATEMENT // 60))


def intro(locale: Locale, questionnaire: Questionnaire) -> str:
    """What will be asked, in one line."""
    about = questionnaire.context if questionnaire.referent == "self" else "whole_team"
    return locale.text(f"phone.door.intro_{about}", n=len(questionnaire.items),
                       minutes=minutes(questionnaire))


def page_words(locale: Locale, *, at_the_door: bool) -> dict[str, str]:
    """What the page's script says; what is said before a phone answers only where it may still be needed."""
    door = {name: text for name, text in locale.table("phone.door").items() if not name.startswith("intro_")}
    return {**(door if at_the_door else {}), **locale.table("phone.page")}


def promise(locale: Locale, level: Level, k: int, m: int) -> list[str]:
    """The three sentences before Join."""
    return [line.format(k=k, m=m) for line in locale.lines(f"common.level.{level}.promise")]


def limits(locale: Locale) -> list[str]:
    """What stands behind "How is this anonymous?"."""
    return [*locale.lines("common.limits.lines"), locale.text("common.safety.start")]


def heads(locale: Locale, joined: int | None, room: str) -> tuple[str, ...]:
    """How many phones are here, where this phone may know, and the room's name, line by line."""
    if not joined:
        return (locale.text("phone.page.look_up", room=room),)
    count = locale.text("phone.page.phones_one" if joined == 1 else "phone.page.phones", n=joined)
    return count, locale.text("phone.page.same_room", room=room)


def unsafe(locale: Locale) -> dict[str, str]:
    """The note that everybody gets, whatever they answered."""
    names = {"title": "title", "text": "page", "helpline": "no_helpline", "emergency": "emergency"}
    return {name: locale.text(f"common.safety.{key}") for name, key in names.items()}


def mine_words(locale: Locale, questionnaire: Questionnaire) -> dict[str, str]:
    """The sentences of My page, with their slots open; about a team they say how this person sees it."""
    of_team = questionnaire.referent == "team"
    own = {**locale.table("phone.mine"), **(locale.table("phone.team") if of_team else {})}
    return {
        **own, "only_here": f"{own['only_here']} {locale.text('common.snapshot_sentence')}",
        "near": locale.table("common.region")["near"], "both_short": both_short(locale),
        "D": locale.text(f"common.pole.DL.{'name' if of_team else 'own'}"),
        "I": locale.text(f"common.pole.IL.{'name' if of_team else 'own'}"),
    }


def both_short(locale: Locale) -> str:
    """The name of either region where both strengths are, inside a sentence."""
    return locale.text("common.region.something_unsettled.short")


def plane(locale: Locale) -> str:
    """The empty plane as SVG, with the names of its corners; the ring and the dot are the phone's to place."""
    words = locale.table("phone.mine")
    drawing = assets.read("plane.svg").strip()
    for name in ("corner_both", "corner_stand", "corner_lean", "corner_foot", "axis_x", "axis_y"):
        drawing = drawing.replace("{" + name + "}", str(words[name]))
    return drawing


def has_plane(questionnaire: Questionnaire) -> bool:
    """Whether a place on the plane can be told: not of a team, not from the short form, not without the dark
    statements."""
    return questionnaire.referent == "self" and questionnaire.dark and questionnaire.form != "short"


def tones(locale: Locale) -> dict[str, str]:
    """The three words for a dark facet."""
    return {tone: locale.text(f"common.tone.{tone}") for tone in ("low", "middle", "high")}


def regions(locale: Locale) -> dict[str, Mapping[str, str]]:
    """Name, short name and private text of each region."""
    return {id: dict(texts) for id, texts in locale.table("common.region").items() if isinstance(texts, Mapping)}


def mine_asset(locale: Locale, questionnaire: Questionnaire) -> str:
    """My page's words and the script that draws it."""
    return "".join(mine_parts(locale, questionnaire))


def mine_parts(locale: Locale, questionnaire: Questionnaire) -> tuple[str, str, str]:
    """The words, what the page adds to style and drawing, and the script."""
    said: dict[str, Any] = {
        "words": mine_words(locale, questionnaire),
        "lower": locale.lowers_names,
        "team": questionnaire.referent == "team",
        "tones": tones(locale),
        "facets": {facet.id: _facet(facet) for facet in questionnaire.facets.values()},
        "unsafe": unsafe(locale),
    }
    drawn: dict[str, Any] = {"rules": assets.mine_rules()}
    if has_plane(questionnaire):
        said["regions"], drawn["plane"] = regions(locale), plane(locale)
    return (f"'use strict';\ntexts = {dumped(said)};\n", f"Object.assign(texts, {dumped(drawn)});\n",
            assets.mine_script())


def _facet(facet: Facet) -> dict[str, Any]:
    full = {"name": facet.name, "practice": facet.practice, "antidote": facet.antidote,
            "prompt": facet.prompts[0] if facet.pole in ("RD", "RI") else ""}
    return {name: value for name, value in full.items() if value}


def mine_address(locale: Locale, questionnaire: Questionnaire) -> str:
    """Where My page's words and script are, named so that a browser may keep them for ever."""
    one = questionnaire
    name = ".".join((one.inventory, one.form, one.context, "dark" if one.dark else "light", one.language))
    return f"/assets/phone/mine.{name}.js?h={content_hash(mine_asset(locale, questionnaire))}"


def content_hash(text: str) -> str:
    """Twelve characters that change with the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def dumped(value: object) -> str:
    """JSON that can stand inside a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
