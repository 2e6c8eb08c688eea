"""My page for phones without JavaScript: made from one submission, shown once, kept nowhere.

What mine.js draws from the phone's own copy, in the same words and the same order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from html import escape
from typing import Literal

from workshop import scoring
from workshop.inventory import Facet, Locale, Questionnaire
from workshop.inventory.locale import lowered
from workshop.phone import assets, words
from workshop.phone.page import environment
from workshop.room import Workshop
from workshop.scoring import Profile

Hue = Literal["w", "c"]
OFTEN_FROM = Fraction(125, 2)
PIXELS = 3  # of the drawing, for each of the hundred steps of a side
SIDE = 300


@dataclass(frozen=True)
class Bar:
    """A light facet: `step` of the scale's anchors, 0 where it was skipped."""

    name: str
    step: int
    word: str


@dataclass(frozen=True)
class Signal:
    """A dark facet that is there at least sometimes, and what helps."""

    hue: Hue
    title: str
    helps: str
    practice: str


@dataclass(frozen=True)
class Place:
    """Where someone stands, roughly."""

    sentence: str
    text: str
    drawing: str


@cache
def policy() -> str:
    """The content policy of this page: one style, nothing else."""
    return assets.policy_of(_style())


def _style() -> str:
    return assets.style() + "".join(assets.mine_rules())


def mine_page(workshop: Workshop, questionnaire: Questionnaire, locale: Locale,
              answers: Mapping[str, int | None]) -> str:
    """The whole page. Raises Invalid for answers that do not belong to the questionnaire."""
    own = scoring.profile(questionnaire, answers)
    facets = questionnaire.facets
    return environment().get_template("mine.html").render(
        language=locale.language, direction=locale.text("common.language.direction"), code=workshop.code,
        style=_style(), rehearsal=workshop.rehearsal, points=questionnaire.scale.points,
        words=words.mine_words(locale, questionnaire), plain=locale.table("phone.plain"),
        sides=[(side, hue, _bars(questionnaire, locale, own, pole))
               for side, hue, pole in (("D", "w", "DL"), ("I", "c", "IL"))],
        has_plane=words.has_plane(questionnaire), place=_place(questionnaire, locale, own),
        ring=locale.text("phone.mine.ring", n=len(questionnaire.items)),
        edges=[facets[id] for id in own.edges], next_edge=own.next_edge,
        signals=_signals(questionnaire, locale, own), seldom=_seldom(questionnaire, locale, own),
        unfinished=[facets[id] for id in own.unfinished if questionnaire.referent == "self"],
        unsafe=words.unsafe(locale), helpline=workshop.helpline or words.unsafe(locale)["helpline"],
    )


def _bars(questionnaire: Questionnaire, locale: Locale, own: Profile, pole: str) -> list[Bar]:
    facets = [facet for facet in questionnaire.asked if facet.pole == pole]
    scored = sorted(facets, key=lambda facet: -_height(own, facet))
    return [_bar(questionnaire, locale, facet.name, own.facets[facet.id]) for facet in scored]


def _height(own: Profile, facet: Facet) -> Fraction:
    score = own.facets[facet.id]
    return Fraction(-1) if score is None else score


def _bar(questionnaire: Questionnaire, locale: Locale, name: str, score: Fraction | None) -> Bar:
    if score is None:
        return Bar(name, 0, locale.text("phone.page.skipped"))
    scale = questionnaire.scale
    step = 1 + int(score / 100 * (scale.points - 1) + Fraction(1, 2))
    return Bar(name, step, lowered(scale.anchors[step - 1]))


def _place(questionnaire: Questionnaire, locale: Locale, own: Profile) -> Place | None:
    dl, il = own.poles["DL"], own.poles["IL"]
    if not words.has_plane(questionnaire) or dl is None or il is None:
        return None
    sentence = _sentence(locale, own)
    text = locale.text(f"common.region.{own.region}.text") if own.region else ""
    label = locale.text("phone.mine.place_label", text=sentence)
    sem = scoring.SEM[questionnaire.form]
    return Place(sentence, text, drawing(locale, float(dl), float(il), float(sem), label))


def _sentence(locale: Locale, own: Profile) -> str:
    if len(own.near) > 1:
        return locale.text("phone.mine.near_both")
    if own.near:
        return locale.text("common.region.near", a=_short(locale, own.region), b=_short(locale, own.near[0]))
    name = locale.text(f"common.region.{own.region}.name") if own.region else locale.text("phone.mine.both")
    return f"{name}."


def _short(locale: Locale, region: str | None) -> str:
    return locale.text(f"common.region.{region}.short") if region else words.both_short(locale)


def drawing(locale: Locale, dl: float, il: float, sem: float, label: str) -> str:
    """The plane with the dot and its ring in place."""
    at = f'cx="{PIXELS * dl:g}" cy="{SIDE - PIXELS * il:g}"'
    return words.plane(locale).replace("<circle ", f"<circle {at} ") \
        .replace('class="ring"', f'class="ring" r="{PIXELS * sem:g}"') \
        .replace('aria-label=""', f'aria-label="{escape(label)}"')


def _signals(questionnaire: Questionnaire, locale: Locale, own: Profile) -> list[Signal]:
    if questionnaire.referent == "team":
        return []
    shown = sorted(own.signals, key=lambda signal: -_height(own, questionnaire.facets[signal[0]]))
    return [_signal(questionnaire, locale, own, id, antidote) for id, antidote in shown]


def _signal(questionnaire: Questionnaire, locale: Locale, own: Profile, id: str, antidote: str | None) -> Signal:
    facet = questionnaire.facets[id]
    tone = locale.text("common.tone.high" if _height(own, facet) > OFTEN_FROM else "common.tone.middle")
    helps = locale.within(questionnaire.facets[antidote].name) if antidote else ""
    return Signal("w" if facet.pole == "DD" else "c", locale.text("phone.mine.told", name=facet.name, word=tone),
                  locale.text("phone.mine.helps", name=helps) if helps else "", facet.practice)


def _seldom(questionnaire: Questionnaire, locale: Locale, own: Profile) -> str:
    if questionnaire.referent == "team":
        return ""
    told = {id for id, _ in own.signals}
    rest = [locale.within(facet.name) for facet in questionnaire.asked
            if facet.pole in ("DD", "ID") and facet.id not in told and own.facets[facet.id] is not None]
    return locale.text("phone.mine.less", names=", ".join(rest)) if rest else ""
