"""Colours hold on both grounds. Contrast: WCAG 2.2, relative luminance; 4.5 for text, 3 for shapes."""

import itertools
import tomllib

import pytest

from workshop import theme
from workshop.settings import DATA
from workshop.theme import THEMES

TEXT, SHAPE, HATCH = 4.5, 3.0, 1.4
THEME = pytest.mark.parametrize("name", THEMES)


def channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5))


def luminance(rgb: tuple[float, ...]) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def against(colours, one: str, other: str) -> float:
    return contrast(channels(colours[one]), channels(colours[other]))


def hatched(fill: str, line: str, share: float) -> tuple[float, ...]:
    """What an area of hatching looks like from afar."""
    return tuple(f * (1 - share) + g * share for f, g in zip(channels(fill), channels(line), strict=True))


@THEME
def test_text_can_be_read_on_every_ground(name):
    colours = theme.tokens(name)
    for ink, under in itertools.product(("ink", "ink_soft"), ("ground", "surface", "inset")):
        assert against(colours, ink, under) >= TEXT
    assert all(contrast(channels(colours["ink"]), channels(step)) >= TEXT for step in colours["step"])
    assert against(colours, "on_accent", "accent") >= TEXT
    assert against(colours, "on_skip", "skip") >= TEXT
    assert contrast((1, 1, 1), channels(colours["accent_deep"])) >= TEXT


@THEME
def test_shapes_stand_out_from_the_ground(name):
    colours = theme.tokens(name)
    for shape in ("accent", "accent_deep", "border", "skip", "riser"):
        assert against(colours, shape, "ground") >= SHAPE
    for tone in (*colours["warm"], *colours["cool"], *colours["plum"]):
        assert contrast(channels(tone), channels(colours["ground"])) >= SHAPE


@THEME
def test_counts_can_be_read_on_their_tone(name):
    colours = theme.tokens(name)
    for hue in ("warm", "cool"):
        pairs = zip(colours[f"on_{hue}"], colours[hue], strict=True)
        assert all(contrast(channels(ink), channels(tone)) >= TEXT for ink, tone in pairs)


@THEME
def test_hatching_is_seen_and_stands_out_as_an_area(name):
    colours, shares = theme.tokens(name), theme.group("hatch")["solidity"]
    for hue in ("warm", "cool"):
        for fill, line, share in zip(colours[f"{hue}_shadow"], colours[f"{hue}_hatch"], shares, strict=True):
            assert contrast(channels(fill), channels(line)) >= HATCH
            assert contrast(hatched(fill, line, share), channels(colours["ground"])) >= SHAPE


@THEME
def test_the_tone_for_often_is_the_furthest_from_the_ground(name):
    colours = theme.tokens(name)
    for hue in ("warm", "cool", "warm_shadow", "cool_shadow"):
        away = [contrast(channels(tone), channels(colours["ground"])) for tone in colours[hue]]
        assert away == sorted(away)


def test_both_themes_name_the_same_colours():
    assert list(theme.tokens("bright")) == list(theme.tokens("dark"))


def test_the_style_sheet_holds_every_colour_of_the_file():
    css = theme.css()
    for name in THEMES:
        for token, value in tomllib.loads((DATA / "theme.toml").read_text("utf-8"))[name].items():
            for colour in [value] if isinstance(value, str) else value:
                assert colour in css, token
    assert "--warm-shadow-3:" in css
    assert css.startswith(".bright{--ground:#FBF7F0;")


def test_tokens_cannot_be_changed_by_whoever_reads_them():
    with pytest.raises(TypeError):
        theme.tokens("bright")["ground"] = "#000000"
