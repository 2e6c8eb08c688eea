"""Bars around "sometimes": half of it on either side of one line, in every room of the gallery."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.gallery.rooms import cases
from tests.gallery.sheets import pictures
from workshop import figures
from workshop.figures import Subject, rows
from workshop.figures.sides import BARS, COLUMN, GUTTER, NAMES
from workshop.inventory import load_library

LOCALE = load_library().locales["en"]
SHOWN = [case for case in cases() if any(table.counts for table in case.snapshot.items if table.pole in rows.LIGHT)]
EVERY_CASE = pytest.mark.parametrize("case", SHOWN, ids=lambda case: case.name)
Bar = tuple[int, int, float, float]


def drawings(case) -> Iterator[tuple[Subject, dict]]:
    """Each page of the picture, around "sometimes"."""
    for step in range(figures.steps("light", case.asked)):
        subject = Subject(case.snapshot, case.asked, LOCALE, step, around=True)
        yield subject, figures.draw("both_sides", subject, "bright")


def bars(drawing) -> dict[str, list[Bar]]:
    """By statement: tone, people, left and right edge of each part, from the left."""
    found = defaultdict(list)
    for trace in (one for one in drawing["data"] if one["type"] == "bar"):
        for (id, n), left, wide in zip(trace["customdata"], trace["base"], trace["x"], strict=True):
            if n is not None:
                item, tone = id.split()
                found[item].append((int(tone), n, left, left + wide))
    return {item: sorted(parts, key=lambda part: part[2]) for item, parts in found.items()}


def lines(drawing) -> dict[str, float]:
    """Where the line stands beside each statement's bar."""
    paths = (shape for shape in drawing["layout"]["shapes"] if shape["name"].startswith("middle "))
    return {path["name"].split()[1]: float(path["path"][1:].partition(",")[0]) for path in paths}


@EVERY_CASE
def test_half_of_sometimes_stands_on_either_side_of_one_line(case):
    for _, drawing in drawings(case):
        line = lines(drawing)
        assert len({round(x % (COLUMN + GUTTER)) for x in line.values()}) <= 1
        for item, parts in bars(drawing).items():
            middles = [part for part in parts if part[0] == rows.MIDDLE]
            assert [part[0] for part in parts] == sorted(part[0] for part in parts)
            if len(parts) == 3:
                assert sum(middles[0][2:]) / 2 == pytest.approx(line[item], abs=0.5)


@EVERY_CASE
def test_a_row_in_two_classes_meets_the_line_where_they_part(case):
    for subject, drawing in drawings(case):
        line, found = lines(drawing), bars(drawing)
        for item, parts in found.items():
            if rows.merged(subject.snapshot.item(item), case.asked.scale) and len(parts) == 2:
                assert (parts[0][3] + parts[1][2]) / 2 == pytest.approx(line[item], abs=0.5)


@EVERY_CASE
def test_bars_stay_in_their_place_and_hold_the_same_people(case):
    for subject, drawing in drawings(case):
        plain = bars(figures.draw("both_sides", replace(subject, around=False), "bright"))
        around = bars(drawing)
        assert {id: [part[:2] for part in parts] for id, parts in around.items()} == {
            id: [part[:2] for part in parts] for id, parts in plain.items()}
        for parts in around.values():
            start = NAMES if parts[0][2] < COLUMN else COLUMN + GUTTER + NAMES
            assert start - 1 <= parts[0][2]
            assert parts[-1][3] <= start + BARS + 1


def test_the_stage_sets_bars_around_sometimes_only_where_the_host_wants_it():
    case = next(case for case in SHOWN if case.name == "n026")
    (plain,), (around,) = (list(pictures(case, "light", "bright", around=wanted)) for wanted in (False, True))
    assert lines(plain.body["figure"]) == {}
    assert set(lines(around.body["figure"])) == set(bars(around.body["figure"]))
    assert [note["sign"] for note in around.body["view"]["foot"]][:1] == ["line"]
    assert around.body["text"] == plain.body["text"]
    assert around.body["table"] == plain.body["table"]


def test_one_scale_holds_for_all_rows_of_a_page():
    case = next(case for case in SHOWN if case.name == "n026")
    for _, drawing in drawings(case):
        roomy = [(right - left) / n for parts in bars(drawing).values() for _, n, left, right in parts if n >= 8]
        assert max(roomy) - min(roomy) < 1.5
