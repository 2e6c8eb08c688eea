"""The page that every phone gets, whatever its state: an opening that many share and an end of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workshop.inventory import Facet, Locale, Questionnaire, in_order
from workshop.phone import assets, words
from workshop.phone.forms import evened
from workshop.phone.packed import SEAM, Opening, Openings
from workshop.phone.views import View
from workshop.room import Workshop
from workshop.sessions.ballots import DIRECTIONS

# What the script needs of the state; the rest comes with the first change.
WANTED = ("phase", "round", "version", "title", "room_name", "locked", "rehearsal", "helpline", "seals_on", "now",
          "closing_at", "open", "protection", "counts", "seat", "notice", "grouping")
TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """Where the templates are, everything in them escaped."""
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, auto_reload=False)


def warm() -> None:
    """Makes templates, style and scripts ready, for which the first phones of a process would have to wait."""
    for name in ("opening.html", "ending.html"):
        environment().get_template(name)
    assets.style()
    for door in (True, False):
        assets.policy(door=door)


@dataclass(frozen=True)
class Visit:
    """One phone at the door: the contract's state as it may know it, and the hidden token of its forms."""

    workshop: Workshop
    questionnaire: Questionnaire
    locale: Locale
    state: Mapping[str, Any]
    token: str
    view: View

    @property
    def at_the_door(self) -> bool:
        """Whether the page still has what is said before the first statement, and not yet the statements' form."""
        return self.view != "answering"


class Pages:
    """Renders visits, keeping the openings that are in use."""

    def __init__(self) -> None:
        self._openings = Openings()

    def render(self, visit: Visit, *, packed: bool) -> bytes:
        """The page of a visit, as gzip where `packed`."""
        opening = self._openings.get(_kind(visit), lambda: written_opening(visit))
        return opening.ended(written_ending(visit), packed=packed)

    def opening(self, visit: Visit) -> Opening:
        """The shared part alone."""
        return self._openings.get(_kind(visit), lambda: written_opening(visit))


def _kind(visit: Visit) -> tuple[object, ...]:
    one = visit.workshop
    return (one.id, one.code, one.title, one.room_name, one.language, one.inventory, one.form, one.context, one.dark,
            one.level, one.k, one.m, one.rehearsal, str(one.grouping), visit.at_the_door)


def written_opening(visit: Visit) -> str:
    """Head, style, script, words, and the statements as a plain form where they can be answered.

    Seams stand between parts of different kind, which are packed one by one.
    """
    one, locale = visit.questionnaire, visit.locale
    return environment().get_template("opening.html").render(
        language=locale.language, direction=locale.text("common.language.direction"),
        style=assets.style(), script=assets.page_script(door=visit.at_the_door), data=words.dumped(_data(visit)),
        code=visit.workshop.code, room=visit.workshop.room_name, rehearsal=visit.workshop.rehearsal, view=visit.view,
        items=in_order(one.items, visit.workshop.code) if not visit.at_the_door else (),
        anchors=one.scale.anchors, stem=one.stem, grouping=visit.workshop.grouping, groups=_groups(visit.workshop),
        title=visit.workshop.title, page=locale.table("phone.page"), plain=locale.table("phone.plain"), seam=SEAM,
    )


def _groups(workshop: Workshop) -> dict[str, str]:
    """What the form sends for each group; none given comes first."""
    return evened(["", *workshop.grouping["options"]]) if workshop.grouping else {}


def _data(visit: Visit) -> dict[str, Any]:
    workshop, one, locale = visit.workshop, visit.questionnaire, visit.locale
    door = visit.at_the_door
    return {
        "code": workshop.code, "mine": words.mine_address(locale, one), "form": one.form,
        "words": words.page_words(locale, at_the_door=door), **(_door(visit) if door else {}),
        "stem": one.stem, "anchors": one.scale.anchors, "items": _statements(one, told=door),
        "reversed": [item.id for item in one.items if item.keyed < 0],
    }


def _door(visit: Visit) -> dict[str, Any]:
    workshop, locale = visit.workshop, visit.locale
    return {
        "intro": words.intro(locale, visit.questionnaire), "limits": words.limits(locale),
        "promise": words.promise(locale, workshop.level, workshop.k, workshop.m),
    }


def _statements(one: Questionnaire, *, told: bool) -> dict[str, dict[str, str]]:
    """By pole, the text empty where the form on the page tells it; a facet is an id without the letter of the form."""
    return {pole: {item.id: item.text if told else "" for item in one.of_pole(pole)}
            for pole in dict.fromkeys(item.pole for item in one.items)}


def written_ending(visit: Visit) -> str:
    """What only this phone gets."""
    locale, state = visit.locale, visit.state
    return environment().get_template("ending.html").render(
        view=visit.view, state=state, token=visit.token, page=words.page_words(locale, at_the_door=True),
        plain=locale.table("phone.plain"), mine=words.mine_words(locale, visit.questionnaire),
        unsafe=words.unsafe(locale), of_team=visit.questionnaire.referent == "team", **_door(visit),
        notice=_notice(visit), closing=_closing(visit), texts=_text(visit), edges=_edges(visit),
        ways=evened(["", *DIRECTIONS]),
        heads=words.heads(locale, state["counts"].get("joined"), visit.workshop.room_name),
        seals=state["seals_on"] and locale.text("phone.page.seals", day=locale.day(state["seals_on"])),
        data=words.dumped({"token": visit.token, "state": {name: state[name] for name in WANTED}}),
    )


def _text(visit: Visit) -> str:
    if visit.view in ("answering", "welcome", "received"):
        return ""
    return words.page_words(visit.locale, at_the_door=True)[f"{visit.view}_text"]


def _notice(visit: Visit) -> str:
    kind = visit.state["notice"].partition(":")[0]
    return visit.locale.text(f"phone.page.{kind}", sentence=visit.state["protection"]["sentence"]) if kind else ""


def _closing(visit: Visit) -> str:
    at = visit.state["closing_at"]
    left = round(at - visit.state["now"]) if at else 0
    return visit.locale.text("phone.plain.closing", n=left) if left > 0 else ""


def _edges(visit: Visit) -> list[tuple[Facet, str]]:
    """Each light facet, and what its button sends."""
    state = visit.state
    if "edges" not in state["open"] or not state["seat"]["joined"]:
        return []
    light = [facet for facet in visit.questionnaire.asked if facet.pole in ("DL", "IL")]
    sent = evened(facet.id for facet in light)
    return [(facet, sent[facet.id]) for facet in light]
