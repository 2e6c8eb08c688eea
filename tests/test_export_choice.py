"""A host is offered what the room has seen, and sees the sheet for the wall before it is printed."""

import io
from dataclasses import replace

import pytest
from export_samples import large_room, small_room, summary, two_rounds
from PIL import Image

from workshop.export import PICTURES, Choice, Offer, chosen, export, offer, preview_pages


def test_only_what_holds_something_is_offered():
    assert offer(two_rounds(notes={"idea": "x", "join": " ", "elsewhere": "y"}), Choice()) == Offer(
        (1, 2), ("edges", "words", "prompts", "dark"), ("idea",), PICTURES)
    assert offer(small_room(), Choice()) == Offer((1,), ("prompts",), (), ("sides",))
    assert offer(summary(snapshots=()), Choice()).pictures == ()


@pytest.mark.parametrize(("choice", "gone"), [
    (Choice(dark=False), {"gets_in_the_way"}), (Choice(edges=False), {"edges"}),
    (Choice(rounds=frozenset({1})), {"then_now"}), (Choice(pictures=frozenset({"plane"})), set())])
def test_pictures_are_offered_of_the_rounds_and_parts_that_are_let_in(choice, gone):
    assert set(PICTURES) - set(offer(two_rounds(), choice).pictures) == gone


def test_the_dark_side_is_not_offered_before_the_room_has_seen_it():
    hidden = offer(large_room(revealed=False), Choice())
    assert "dark" not in hidden.parts
    assert "gets_in_the_way" not in hidden.pictures


def size(page: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(page)).size


@pytest.mark.parametrize(("paper", "proportion"), [("a4", 2 ** 0.5), ("letter", 11 / 8.5)])
def test_the_preview_is_the_first_page_on_its_paper(paper, proportion):
    (page,) = preview_pages(summary(), paper)
    wide, high = size(page)
    assert wide > 900
    assert high / wide == pytest.approx(proportion, abs=0.01)


def test_a_preview_changes_with_the_choice_and_with_nothing_else():
    given = summary(notes={"idea": "x"})
    assert preview_pages(given) == preview_pages(given)
    assert preview_pages(given) != preview_pages(replace(given, pictures=frozenset({"plane"})))


@pytest.mark.parametrize("given", [two_rounds(), large_room(revealed=False), small_room()], ids=["2", "large", "small"])
def test_what_a_console_ticks_at_first_makes_the_bytes_that_a_script_gets(given):
    """A console names the pictures that there are, a script names none; a note is in neither."""
    ticked = Choice(pictures=frozenset(offer(given, Choice()).pictures))
    for format in ("html", "json", "csv"):
        assert export(format, chosen(given, ticked)).body == export(format, chosen(given, Choice())).body
