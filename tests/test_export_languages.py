"""Every format in every language: its own words in it, no English left over, and still one page for the wall."""

import io
import re

import pikepdf
import pytest
from export_readers import pdf_text, said
from export_samples import LIBRARY, small_room, two_rounds
from rooms import new_room

from workshop.export import ALL_FORMATS, export
from workshop.export.glyphs import print_safe
from workshop.takehome import summary_of

OTHERS = tuple(name for name in LIBRARY.locales if name != "en")
WHOLE = tuple(format for format in ALL_FORMATS if format not in ("svg", "png", "zip"))
TELLING = ("about.title", "about.protection", "method.limits.title", "page.running", "picture.human")


def spoken(language, made=two_rounds):
    """A workshop that was held in this language; only what people typed is in English."""
    inventory, locale = LIBRARY.inventories["balance"], LIBRARY.locales[language]
    return made(language=language, questionnaire=inventory.questionnaire("standard", "team", True, language),
                inventory=inventory.titles[language], notes={"idea": "x"}, prompts=True,
                sentence=locale.text("common.level.held.sentence", k=5, m=1))


def plain(text):
    """As a reader of any format gives it: without the spaces that only a typesetter tells apart."""
    return re.sub(r"\s+", " ", print_safe(text).replace("\u00a0", " ").replace("&#39;", "'"))


@pytest.mark.sample(9)
@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("format", WHOLE)
def test_every_format_speaks_the_language_of_its_workshop(format, language):
    file = export(format, spoken(language))
    text = plain(said(file.name, file.body))
    english, own = (LIBRARY.locales[name].texts for name in ("en", language))
    assert plain(spoken(language).questionnaire.stem) in text
    assert plain(own["common.hidden"]) in text or format == "json"
    for key in TELLING if format in ("pdf", "html") else ("method.limits.title",):
        assert plain(own[f"export.{key}"]) in text, key
        assert english[f"export.{key}"] not in text or own[f"export.{key}"] == english[f"export.{key}"], key
    assert english["common.hidden"] not in text
    assert english["export.page.held_back"] not in text


@pytest.mark.sample(4)
@pytest.mark.parametrize("language", LIBRARY.locales)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_page_for_the_wall_is_one_page_in_every_language(language, paper):
    own, body = LIBRARY.locales[language].texts, export("pdf", spoken(language), paper).body
    with pikepdf.open(io.BytesIO(body)) as document:
        assert str(document.Root.Lang) == language
        first = pikepdf.new()
        first.pages.append(document.pages[0])
        out = io.BytesIO()
        first.save(out)
    text = plain(pdf_text(out.getvalue()))
    for key in ("picture.plane", "picture.edges", "picture.words", "page.foot_promise"):
        assert plain(own[f"export.{key}"]) in text, key


@pytest.mark.parametrize("language", OTHERS)
def test_a_small_room_speaks_its_language_too(language):
    text = plain(pdf_text(export("pdf", spoken(language, small_room)).body))
    assert plain(LIBRARY.locales[language].text("export.page.pooled", answers=48, people=6)) in text


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("form", ["svg", "png"])
def test_a_picture_says_its_title_in_the_language_of_its_workshop(form, language):
    file = export(form, spoken(language), "plane")
    assert plain(LIBRARY.locales[language].texts["export.picture.plane"]) in plain(said(file.name, file.body))


def test_a_workshop_is_summed_up_in_the_language_it_was_held_in(sessions, clock):
    room = new_room(sessions, clock, 8, is_open=True, language="de", form="short", dark=False)
    room.answer_each()
    room.act("close_round")
    given = summary_of(sessions, room.code)
    assert (given.inventory, given.questionnaire.language) == ("Beide Seiten", "de")
    assert given.sentence == LIBRARY.locales["de"].text("common.level.held.sentence", k=5, m=1)
