"""What on the phone has to be seen stands out from its ground, and nothing has to be seen to follow a text.

WCAG 2.2: 1.4.11, three to one for what is no text, and 1.3.3.
"""

import re

import pytest
from test_theme import SHAPE, channels, contrast

from workshop import theme
from workshop.inventory import load_library
from workshop.phone import assets
from workshop.theme import THEMES

# Short name in the style, and each ground that it stands on there.
EDGES = {
    "b": "gsn",    # the edge of a box, also of one in the closing strip; the line under a link
    "a": "grsn",   # the chosen answer, the line of progress on its own, the ring of the focus
    "w": "gr", "c": "gr",  # the five parts of a light side, and those that are not filled
    "k": "g",      # the mark
}

LOCALES = load_library().locales
PLACES_AND_COLOURS = {
    "en": "(?:on|to) the (?:left|right)|above|below|top|bottom|upper|lower|green|red|blue|purple|plum|colou?r",
    "de": "links|rechts|oben|unten|grün\\w*|rot\\w*|blau\\w*|lila|farb\\w*",
    "fr": "gauche|droite|dessus|dessous|haut|bas|vert|rouge|bleu|violet|couleur",
    "es": "izquierda|derecha|arriba|abajo|encima|debajo|verde|rojo|azul|morado|color",
}


def colour(name, short):
    token, tone = assets.COLOURS[short]
    value = theme.tokens(name)[token]
    return channels(value if tone is None else value[tone])


@pytest.mark.parametrize("name", THEMES)
def test_edges_lines_and_marks_stand_out_from_what_they_stand_on(name):
    weak = [(edge, ground) for edge, grounds in EDGES.items() for ground in grounds
            if contrast(colour(name, edge), colour(name, ground)) < SHAPE]
    assert weak == []


def test_the_style_draws_its_edges_in_these_colours():
    style = assets.read("phone.css") + assets.read("mine.css")
    assert ".box{width:100%;min-height:3.25rem;background:var(--s);border:1px solid var(--b)" in style
    assert ".thin{height:4px;border-radius:2px;background:var(--r)" in style
    assert ".thin i{display:block;height:100%;background:var(--a)}" in style
    assert ":focus-visible{outline:3px solid var(--a)" in style
    assert "text-decoration-color:var(--b)" in style
    assert ".w .on{background:var(--w)}\n.c .on{background:var(--c)}" in style


@pytest.mark.parametrize("language", sorted(LOCALES))
def test_no_text_sends_a_reader_to_a_place_or_a_colour(language):
    """But for the axes of the plane, which its own sentence tells as well."""
    sensed = re.compile(rf"\b({PLACES_AND_COLOURS[language]})\b", re.IGNORECASE)
    texts = {key: text for key, text in LOCALES[language].texts.items()
             if key.startswith("phone.") and not key.startswith("phone.mine.axis_")}
    assert {key: text for key, text in texts.items() if sensed.search(text)} == {}
