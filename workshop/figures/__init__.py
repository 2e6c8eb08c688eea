"""Pure: snapshot -> pictures. Every picture is one fixed sheet of 1728 x 870 px, to be scaled by whoever shows it,
and comes with a sentence, a table and a line of source that say the same in words."""

from workshop.figures.canvas import CONFIG, HEIGHT, WIDTH, Figure, as_figure
from workshop.figures.pictures import PictureKind, alt, draw, signs_of, table
from workshop.figures.rows import Subject, steps
from workshop.figures.source import source
from workshop.inventory import Locale, Questionnaire
from workshop.results import Snapshot
from workshop.theme import ThemeName

__all__ = ["CONFIG", "HEIGHT", "WIDTH", "Figure", "PictureKind", "Subject", "alt", "both_sides", "draw", "edges",
           "empty_bars", "gets_in_the_way", "idea", "plane", "pooled", "signs_of", "source", "steps", "table",
           "then_now"]


def both_sides(snapshot: Snapshot, questionnaire: Questionnaire, locale: Locale, theme: ThemeName,
               step: int = 0) -> Figure:
    """The light statements of both sides in three tones, sorted by the keyed share of "often"."""
    return as_figure(draw("both_sides", Subject(snapshot, questionnaire, locale, step), theme))


def pooled(snapshot: Snapshot, questionnaire: Questionnaire, locale: Locale, theme: ThemeName) -> Figure:
    """Very small rooms: all answers of a side in one bar."""
    return as_figure(draw("pooled", Subject(snapshot, questionnaire, locale), theme))


def empty_bars(questionnaire: Questionnaire, locale: Locale, theme: ThemeName) -> Figure:
    """One light statement a facet with nothing in its bar, for guessing."""
    return as_figure(draw("empty_bars", Subject(None, questionnaire, locale), theme))


def idea(questionnaire: Questionnaire, locale: Locale, theme: ThemeName) -> Figure:
    """The plane without people."""
    return as_figure(draw("idea", Subject(None, questionnaire, locale), theme))


def plane(snapshot: Snapshot, questionnaire: Questionnaire, locale: Locale, theme: ThemeName) -> Figure:
    """Leaning by standing with people in boxes."""
    return as_figure(draw("plane", Subject(snapshot, questionnaire, locale), theme))


def gets_in_the_way(snapshot: Snapshot, questionnaire: Questionnaire, locale: Locale, theme: ThemeName,
                    step: int = 0) -> Figure:
    """The dark statements, each with what helps beside it; the last step is about making peace."""
    return as_figure(draw("gets_in_the_way", Subject(snapshot, questionnaire, locale, step), theme))


def edges(snapshot: Snapshot, questionnaire: Questionnaire, locale: Locale, theme: ThemeName) -> Figure:
    """How many chose which growing edge."""
    return as_figure(draw("edges", Subject(snapshot, questionnaire, locale), theme))


def then_now(before: Snapshot, snapshot: Snapshot, questionnaire: Questionnaire, locale: Locale, theme: ThemeName,
             step: int = 0) -> Figure:
    """Two rounds beside each other in the classes that both have."""
    return as_figure(draw("then_now", Subject(snapshot, questionnaire, locale, step, before), theme))
