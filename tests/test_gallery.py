"""Every picture in every state says what its room may see: the golden file, and sentences held against the tables."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.gallery import golden
from tests.gallery.rooms import Case, cases
from tests.gallery.sheets import PICTURES, Sheet, pictures, sheets
from workshop.figures import Subject, rows
from workshop.figures.letters import width
from workshop.inventory import LIGHT_POLES

SAID = re.compile(r"(First|Last): (.+?), (seldom|often) for (\d+) of (\d+)\.")
PAIR = re.compile(r"([^.:]+?), (seldom|often): then (\d+) of (\d+), now (\d+) of (\d+)\.")
SCREEN, CORNER = 1728, 330
APART, BETWEEN, SIGN = 48, 32, 40  # px of the foot: before the notes, between them, and of a sign with its space
TONES = {"seldom": rows.LOW, "often": rows.HIGH}
CASES = tuple(cases())
EVERY_CASE = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def hung(case: Case, *kinds: str) -> Iterator[Sheet]:
    """The sheets of some scenes of one room."""
    return (sheet for kind in kinds for sheet in pictures(case, kind, "bright"))


def counted(case: Case, name: str, tone: str) -> set[tuple[int, int]]:
    """People of that tone, of how many, in the tables of the facets of this name."""
    found = set()
    for table in case.snapshot.items:
        if case.asked.facets[table.facet].name == name and table.counts is not None:
            parts = rows.segments(table, case.asked.scale)
            found.add((sum(part.n for part in parts if part.tone == TONES[tone]), table.n))
    return found


def test_the_pictures_say_what_the_golden_file_says():
    """After a wanted change: `python -m tests.gallery --golden`, and read what has changed."""
    assert golden.golden() == golden.FILE.read_text(encoding="utf-8")


@EVERY_CASE
def test_the_sentence_of_a_picture_is_true(case):
    for sheet in hung(case, "light", "dark"):
        for _, name, tone, people, of in SAID.findall(sheet.body["text"]):
            assert (int(people), int(of)) in counted(case, name, tone), (sheet.name, name)


@EVERY_CASE
def test_the_first_and_the_last_of_a_side_really_are(case):
    subject = Subject(case.snapshot, case.asked, None)
    for pole in LIGHT_POLES:
        shown = [row for row in rows.ordered(rows.row_of(item, subject) for item in case.asked.of_pole(pole))
                 if row.segments]
        shares = [rows.keyed_high(row) for row in shown]
        assert shares == sorted(shares, reverse=True)


@EVERY_CASE
def test_then_and_now_are_told_as_the_two_rounds_have_them(case):
    for sheet in hung(case, "then_now"):
        for name, tone, then, of_then, now, of_now in PAIR.findall(sheet.body["text"]):
            before = Case(case.name, case.asked, case.before)
            if sum(facet.name == name.strip() for facet in case.asked.asked) == 1 and case.asked.form != "deep":
                assert (int(now), int(of_now)) in counted(case, name.strip(), tone), (sheet.name, name)
                assert (int(then), int(of_then)) in counted(before, name.strip(), tone), (sheet.name, name)


@EVERY_CASE
def test_boxes_and_edges_are_told_in_full(case):
    for sheet in hung(case, "plane"):
        if sheet.body["figure"] and case.snapshot.plane:
            people = sum(cell.n for cell in case.snapshot.plane.cells)
            assert sum(row[-1] for row in sheet.body["table"]["rows"]) == people
            assert str(len(case.snapshot.plane.cells)) in sheet.body["text"]
    for sheet in hung(case, "edges"):
        if sheet.body["figure"]:
            assert str(sum(edge.n for edge in case.snapshot.edges)) in sheet.body["text"]


@EVERY_CASE
def test_what_is_held_back_is_in_no_picture_sentence_or_table(case):
    hidden = {table.id for table in case.snapshot.items if table.counts is None}
    for sheet in hung(case, *PICTURES):
        if sheet.body["figure"]:
            assert not hidden & {mark.partition(" ")[0] for mark in golden.bars(sheet.body["figure"])}, sheet.name


def test_nothing_in_the_head_or_the_foot_runs_over():
    for sheet in sheets():
        body = sheet.body
        head = next((at for at in (64, 50, 44) if width(body["headline"], at, bold=True) <= SCREEN - CORNER), None)
        notes = [SIGN + width(note["text"], 24) for note in body["view"]["foot"]]
        foot = width(body["source"], 24) + APART + sum(notes) + BETWEEN * max(0, len(notes) - 1)
        assert head, sheet.name
        assert foot <= SCREEN, (sheet.name, foot)


def test_the_gallery_brings_out_every_state():
    states = Counter(table.classes for case in CASES for table in case.snapshot.items)
    assert {None, 2, 3, 5} <= set(states)
    assert {case.snapshot.plane.bins if case.snapshot.plane else None for case in CASES} == {None, 3, 5}
    assert any(pole.pooled and pole.counts for case in CASES for pole in case.snapshot.poles)
    assert any(not case.snapshot.released for case in CASES)
    assert {case.asked.language for case in CASES} == {"en", "de", "fr", "es"}
