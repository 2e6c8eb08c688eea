"""The pictures' colours, seen with three colour-vision deficiencies and on a washed-out projector.

Distance: Euclidean in OKLab (Ottosson 2020). Deuteranopia and protanopia: Machado, Oliveira and Fernandes 2009,
severity 1; tritanopia: the same, and Brettel, Viénot and Mollon 1997. Washed out: every colour under 35 % of white
light in sRGB.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from test_theme import channels, contrast, hatched

from workshop import theme
from workshop.theme import THEMES

Colour = Sequence[float]
MACHADO = {
    "deutan": ((.367322, .860646, -.227968), (.280085, .672501, .047413), (-.011820, .042940, .968881)),
    "protan": ((.152286, 1.052583, -.204868), (.114503, .786281, .099216), (-.003882, -.048116, 1.051998)),
    "tritan": ((1.255528, -.076749, -.178779), (-.078411, .930809, .147602), (.004733, .691367, .303900)),
}
BRETTEL = (((1.01277, .13548, -.14826), (-.01243, .86812, .14431), (.07589, .80500, .11911)),
           ((.93678, .18979, -.12657), (.06154, .81526, .12320), (-.37562, 1.12767, .24796)))
PLANE_OF_BRETTEL = (.03901, -.02788, -.01113)
CONES = ((.4122214708, .5363325363, .0514459929), (.2119034982, .6806995451, .1073969566),
         (.0883024619, .2817188376, .6299787005))
LAB = ((.2104542553, .7936177850, -.0040720468), (1.9779984951, -2.4285922050, .4505937099),
       (.0259040371, .7827717662, -.8086757660))


def linear(c: float) -> float:
    return c / 12.92 if c <= .04045 else ((c + .055) / 1.055) ** 2.4


def coded(c: float) -> float:
    kept = min(1.0, max(0.0, c))
    return 12.92 * kept if kept <= .0031308 else 1.055 * kept ** (1 / 2.4) - .055


def times(matrix: Sequence[Colour], colour: Colour) -> Colour:
    return tuple(sum(m * c for m, c in zip(row, colour, strict=True)) for row in matrix)


def seen(matrix: Sequence[Colour], colour: Colour) -> Colour:
    return tuple(coded(c) for c in times(matrix, [linear(c) for c in colour]))


def brettel(colour: Colour) -> Colour:
    side = sum(n * linear(c) for n, c in zip(PLANE_OF_BRETTEL, colour, strict=True)) >= 0
    return seen(BRETTEL[0 if side else 1], colour)


def washed(colour: Colour) -> Colour:
    return tuple(.65 * c + .35 for c in colour)


VIEWS: dict[str, Callable[[Colour], Colour]] = {
    "plain": tuple, "deutan": lambda colour: seen(MACHADO["deutan"], colour), "washed": washed,
    "protan": lambda colour: seen(MACHADO["protan"], colour), "tritan": lambda colour: seen(MACHADO["tritan"], colour),
    "tritan after Brettel": brettel}
EVERYWHERE = pytest.mark.parametrize("name", THEMES)
SEEN = pytest.mark.parametrize("view", VIEWS)


def lab(colour: Colour) -> Colour:
    cones = times(CONES, [linear(c) for c in colour])
    return times(LAB, [max(0.0, cone) ** (1 / 3) for cone in cones])


def apart(one: Colour, other: Colour, view: str) -> float:
    through = VIEWS[view]
    pairs = zip(lab(through(one)), lab(through(other)), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** .5


def needs(view: str, far: float, washed_out: float) -> float:
    return washed_out if view == "washed" else far


def test_the_simulations_are_those_of_their_authors():
    """Grey stays grey in each; a dichromat's red and green come closer; white is OKLab (1, 0, 0)."""
    assert lab((1, 1, 1)) == pytest.approx((1, 0, 0), abs=1e-3)
    for view in VIEWS:
        grey = VIEWS[view]((.5, .5, .5))
        assert max(grey) - min(grey) < .02, view
    red, green = (.8, .3, .2), (.3, .6, .2)
    assert apart(red, green, "deutan") < .5 * apart(red, green, "plain")
    assert apart(red, green, "protan") < .9 * apart(red, green, "plain")


@EVERYWHERE
@SEEN
@pytest.mark.parametrize("pole", ["warm", "cool"])
def test_seldom_sometimes_and_often_are_told_apart(name, view, pole):
    colours = theme.tokens(name)
    tones = [channels(tone) for tone in colours[pole]]
    solid = theme.group("hatch")["solidity"]
    shadows = [hatched(*pair) for pair in zip(colours[f"{pole}_shadow"], colours[f"{pole}_hatch"], solid, strict=True)]
    for row in (tones, shadows):
        assert min(apart(one, other, view) for one, other in pairwise(row)) >= needs(view, .1, .06)


@EVERYWHERE
@SEEN
def test_leaning_standing_and_skipped_are_told_apart(name, view):
    colours = theme.tokens(name)
    for warm, cool in zip(colours["warm"], colours["cool"], strict=True):
        assert apart(channels(warm), channels(cool), view) >= needs(view, .08, .06)
    for pole in ("warm", "cool"):
        assert apart(channels(colours["skip"]), channels(colours[pole][1]), view) >= needs(view, .08, .06)


@EVERYWHERE
@SEEN
def test_each_tread_of_the_plane_is_told_from_the_next(name, view):
    steps = [channels(step) for step in theme.tokens(name)["step"]]
    assert min(apart(one, other, view) for one, other in pairwise(steps)) >= needs(view, .03, .02)


@EVERYWHERE
def test_a_washed_out_projector_still_shows_words_counts_and_often(name):
    colours = theme.tokens(name)
    ground = washed(channels(colours["ground"]))
    for ink in ("ink", "ink_soft"):
        assert contrast(washed(channels(colours[ink])), ground) >= 3
    for pole in ("warm", "cool"):
        assert contrast(washed(channels(colours[pole][2])), ground) >= 3
        for count, tone in zip(colours[f"on_{pole}"], colours[pole], strict=True):
            assert contrast(washed(channels(count)), washed(channels(tone))) >= 2.2
