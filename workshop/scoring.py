"""Pure: one response -> poles, shadows, legs, reach, lean, facets, edges, signals and region.

Everything is exact rational arithmetic, so that a score of 50 or 62.5 is on the line and not beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, sqrt
from typing import Literal

from workshop.errors import Invalid
from workshop.inventory import LIGHT_POLES, FormName, Item, Pole, Questionnaire

Axis = Literal["D", "I"]
Aggregation = Literal["minimum", "geometric"]
Region = Literal["finding_footing", "leaning_on_others", "standing_alone", "something_unsettled",
                 "moving_toward_interdependence"]
Score = Fraction | None

AXES: tuple[Axis, ...] = ("D", "I")
LIGHT: Mapping[Axis, Pole] = {"D": "DL", "I": "IL"}
DARK: Mapping[Axis, Pole] = {"D": "DD", "I": "ID"}
PEACE: Mapping[Axis, Pole] = {"D": "RD", "I": "RI"}

LIGHT_LINE = Fraction(125, 2)
SHADOW_LINE = Fraction(50)
SHADOW_WEIGHT = Fraction(1, 2)
MIDDLE = Fraction(50)
MOST_EDGES = 3
SEM: Mapping[FormName, Fraction] = {"standard": Fraction(15, 2), "deep": Fraction(5)}


@dataclass(frozen=True)
class Profile:
    """What one response says, for the eyes of the one who gave it; scores 0-100, None where too few were answered.

    `strengths` are the answered light facets with p_f - mean(answered light p), highest first; `edges` at most
    three light facets, lowest first, which are only a `next_edge` where none is at "sometimes" or less; `signals`
    the dark facets at "sometimes" or more, each with its antidote; `unfinished` the facets of RD and RI at
    "sometimes" or less; `near` the regions across a line closer than one standard error of measurement, closest
    first. A region is None too where both light sides are high and skipped dark items leave open which of two it is.
    """

    poles: Mapping[Pole, Score]
    shadows: Mapping[Axis, Score]
    legs: Mapping[Axis, Score]
    floor: Score
    reach: Fraction | float | None
    lean: Score
    facets: Mapping[str, Score]
    strengths: tuple[tuple[str, Fraction], ...]
    edges: tuple[str, ...]
    next_edge: bool
    signals: tuple[tuple[str, str | None], ...]
    unfinished: tuple[str, ...]
    region: Region | None
    near: tuple[Region | None, ...]


def keyed(x: int, key: int, points: int) -> int:
    """The answer turned so that more is more of the facet: y = x, or y = K + 1 - x where key = -1.

    x raw answer, K points, both 1..K. Raises Invalid outside. Reference: method, "Scores".

    >>> keyed(2, 1, 5), keyed(2, -1, 5)
    (2, 4)
    """
    if not 1 <= x <= points:
        raise Invalid("answer", f"An answer is a number from 1 to {points}, or none; {x} is not.")
    return x if key == 1 else points + 1 - x


def pomp(y: int, points: int) -> Fraction:
    """Percent of the maximum possible: p = 100 (y - 1) / (K - 1), 0..100.

    y keyed answer 1..K, K points. Reference: Cohen, Cohen, Aiken & West 1999.

    >>> pomp(3, 5), pomp(6, 7)
    (Fraction(50, 1), Fraction(250, 3))
    """
    return Fraction(100 * (y - 1), points - 1)


def mean_answered(ps: Sequence[Score]) -> Score:
    """Mean of the answered p, 0..100, where a >= ceil(2m/3) of m are answered; else None, never imputed.

    >>> mean_answered([Fraction(25), Fraction(100), None])
    Fraction(125, 2)
    >>> mean_answered([Fraction(25), None]) is None
    True
    """
    answered = [p for p in ps if p is not None]
    return sum(answered, Fraction()) / len(answered) if answered and len(answered) >= ceil(Fraction(2 * len(ps), 3)) \
        else None


def leg(pole: Score, shadow: Score, weight: Fraction = SHADOW_WEIGHT) -> Score:
    """L = P (1 - w S / 100), 0..100: a light pole, held back by its own shadow; a full one halves it at w = 1/2.

    P light pole, S shadow, both 0..100, w 0..1; None where either is.

    >>> leg(Fraction(80), Fraction(50))
    Fraction(60, 1)
    """
    return None if pole is None or shadow is None else pole * (1 - weight * shadow / 100)


def reach(leg_d: Score, leg_i: Score, aggregation: Aggregation = "minimum") -> Fraction | float | None:
    """R = min(L_D, L_I), 0..100: you can climb as high as your lower leg; "geometric" is G = sqrt(L_D L_I) >= R.

    None where a leg is. Never 100 - |D - I|: two low legs are as balanced as two high ones.

    >>> reach(Fraction(100), Fraction(40)), reach(Fraction(90), Fraction(40), "geometric")
    (Fraction(40, 1), 60.0)
    """
    if leg_d is None or leg_i is None:
        return None
    return min(leg_d, leg_i) if aggregation == "minimum" else sqrt(leg_d * leg_i)


def region(dl: Score, il: Score, shadows: Iterable[Score]) -> Region | None:
    """The region of a profile: DL and IL against T = 62.5, then the shadows against S* = 50, both closed below.

    None where a pole is missing, or where both are high and the shadows cannot tell.

    >>> region(Fraction(125, 2), Fraction(62), [])
    'leaning_on_others'
    """
    return None if dl is None or il is None else _named(dl >= LIGHT_LINE, il >= LIGHT_LINE, unsettled(shadows))


def unsettled(shadows: Iterable[Score]) -> bool | None:
    """Whether a shadow is at S* = 50 or more; None where the missing one could be.

    >>> unsettled([Fraction(50), None]), unsettled([Fraction(49), None])
    (True, None)
    """
    known = tuple(shadows)
    if any(shadow is not None and shadow >= SHADOW_LINE for shadow in known):
        return True
    return None if None in known or not known else False


def near(dl: Fraction, il: Fraction, shadows: Iterable[Score], sem: Fraction) -> tuple[Region | None, ...]:
    """The regions across the lines closer than one SEM, |P - T| < SEM: across the closest, the other, then both.

    None among them stands for both strengths with shadows that cannot tell.

    >>> near(Fraction(64), Fraction(60), [Fraction(0), Fraction(0)], Fraction(15, 2))
    ('finding_footing', 'moving_toward_interdependence', 'standing_alone')
    """
    gaps = {"D": abs(dl - LIGHT_LINE), "I": abs(il - LIGHT_LINE)}
    close = sorted((axis for axis in AXES if gaps[axis] < sem), key=lambda axis: gaps[axis])
    crossings = [*close, "DI"] if len(close) == len(AXES) else close
    shaded = unsettled(shadows)
    return tuple(_named((dl >= LIGHT_LINE) != ("D" in crossed), (il >= LIGHT_LINE) != ("I" in crossed), shaded)
                 for crossed in crossings)


def _named(high_d: bool, high_i: bool, shaded: bool | None) -> Region | None:
    if high_d and high_i:
        return None if shaded is None else "something_unsettled" if shaded else "moving_toward_interdependence"
    return "leaning_on_others" if high_d else "standing_alone" if high_i else "finding_footing"


def profile(questionnaire: Questionnaire, answers: Mapping[str, int | None],
            aggregation: Aggregation = "minimum") -> Profile:
    """One response scored: raw answers by item id, None or left out where skipped.

    Raises Invalid for an unknown item and an answer outside the scale. The short form and a questionnaire without
    dark items give no region; without dark items there are no shadows, and so no legs and no reach.
    """
    ps = _ps(questionnaire, answers)
    poles: dict[Pole, Score] = {pole: mean_answered(_of_pole(questionnaire, ps, pole))
                                for pole in (*LIGHT.values(), *DARK.values())}
    shadows = {axis: mean_answered(_shades(questionnaire, ps, axis)) for axis in AXES}
    legs = {axis: leg(poles[LIGHT[axis]], shadows[axis]) for axis in AXES}
    facets = {facet.id: mean_answered([ps[item.id] for item in questionnaire.items if item.facet == facet.id])
              for facet in questionnaire.asked}
    edges, next_edge = _edges(questionnaire, facets)
    dl, il = poles["DL"], poles["IL"]
    here, across = _placed(questionnaire, dl, il, tuple(shadows.values()))
    return Profile(
        poles=poles,
        shadows=shadows,
        legs=legs,
        floor=None if dl is None or il is None else min(dl, il),
        reach=reach(legs["D"], legs["I"], aggregation),
        lean=None if dl is None or il is None else dl - il,
        facets=facets,
        strengths=_strengths(questionnaire, ps, facets),
        edges=edges,
        next_edge=next_edge,
        signals=_signals(questionnaire, facets),
        unfinished=_unfinished(questionnaire, facets),
        region=here,
        near=across,
    )


def _placed(questionnaire: Questionnaire, dl: Score, il: Score,
            shadows: Sequence[Score]) -> tuple[Region | None, tuple[Region | None, ...]]:
    """The region and its neighbours; neither for the short form, which is too rough, nor without dark items."""
    sem = SEM.get(questionnaire.form)
    if dl is None or il is None or sem is None or not questionnaire.dark:
        return None, ()
    return region(dl, il, shadows), near(dl, il, shadows, sem)


def _ps(questionnaire: Questionnaire, answers: Mapping[str, int | None]) -> dict[str, Score]:
    """Every item's p by id, None where it was skipped."""
    unknown = next((id for id in answers if id not in questionnaire.ids), None)
    if unknown is not None:
        raise Invalid("answer", f"{unknown!r} is not an item of this questionnaire.")
    return {item.id: _p(item, answers.get(item.id), questionnaire.scale.points) for item in questionnaire.items}


def _p(item: Item, x: int | None, points: int) -> Score:
    return None if x is None else pomp(keyed(x, item.keyed, points), points)


def _of_pole(questionnaire: Questionnaire, ps: Mapping[str, Score], pole: Pole) -> list[Score]:
    return [ps[item.id] for item in questionnaire.of_pole(pole)]


def _shades(questionnaire: Questionnaire, ps: Mapping[str, Score], axis: Axis) -> list[Score]:
    """The dark items of an axis as they are, the peace items turned round: each item weighs the same."""
    peace = _of_pole(questionnaire, ps, PEACE[axis])
    return _of_pole(questionnaire, ps, DARK[axis]) + [None if p is None else 100 - p for p in peace]


def _answered(questionnaire: Questionnaire, facets: Mapping[str, Score],
              poles: Sequence[Pole]) -> list[tuple[str, Fraction]]:
    """The facets of these poles that have a score, in inventory order."""
    scored = ((facet.id, facets[facet.id]) for facet in questionnaire.asked if facet.pole in poles)
    return [(id, p) for id, p in scored if p is not None]


def _strengths(questionnaire: Questionnaire, ps: Mapping[str, Score],
               facets: Mapping[str, Score]) -> tuple[tuple[str, Fraction], ...]:
    """Only to order a person's own strengths: never averaged over people, where it means nothing."""
    light = [p for pole in LIGHT_POLES for p in _of_pole(questionnaire, ps, pole) if p is not None]
    if not light:
        return ()
    mean = sum(light, Fraction()) / len(light)
    deviations = ((id, p - mean) for id, p in _answered(questionnaire, facets, LIGHT_POLES))
    return tuple(sorted(deviations, key=lambda deviation: -deviation[1]))


def _edges(questionnaire: Questionnaire, facets: Mapping[str, Score]) -> tuple[tuple[str, ...], bool]:
    """At most three light facets, lowest first, ties in inventory order; and whether all were above "sometimes"."""
    lowest = sorted(_answered(questionnaire, facets, LIGHT_POLES), key=lambda scored: scored[1])
    low = [scored for scored in lowest if scored[1] <= MIDDLE]
    return tuple(id for id, _ in (low or lowest)[:MOST_EDGES]), bool(lowest) and not low


def _signals(questionnaire: Questionnaire, facets: Mapping[str, Score]) -> tuple[tuple[str, str | None], ...]:
    dark = _answered(questionnaire, facets, tuple(DARK.values()))
    return tuple((id, questionnaire.facets[id].antidote) for id, p in dark if p >= MIDDLE)


def _unfinished(questionnaire: Questionnaire, facets: Mapping[str, Score]) -> tuple[str, ...]:
    peace = _answered(questionnaire, facets, tuple(PEACE.values()))
    return tuple(id for id, p in peace if p <= MIDDLE)
