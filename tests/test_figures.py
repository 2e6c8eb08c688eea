"""Pictures say exactly what the snapshot says, in the order and the shape that were promised."""

from collections import Counter, defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
import stage_samples as samples
from hypothesis import given
from hypothesis import strategies as st

from workshop import figures
from workshop.figures import Subject, rows
from workshop.figures.canvas import GAP, Label, as_figure, render
from workshop.figures.chosen import ordered as ordered_edges
from workshop.figures.comparing import pair_of
from workshop.figures.letters import cut, fit, width, wrap
from workshop.figures.rows import Row, Segment
from workshop.figures.segments import widths
from workshop.figures.sides import COLUMN, GUTTER
from workshop.figures.treads import LIMITS, RING, across, down, on_further_level
from workshop.inventory import Scale
from workshop.results import Cell, EdgeCount, ItemTable, Plane, Snapshot

ASKED = samples.questionnaire()
ROOMS = [*product(("short", "standard", "deep"), ("partner", "team", "family", "class"), ("en",)),
         *product(("standard", "deep"), ("partner", "team"), ("de", "fr", "es"))]
FIVE, SEVEN = Scale(5, ("",) * 5), Scale(7, ("",) * 7)


def subject(n=26, asked=ASKED, step=0, **changes) -> Subject:
    return Subject(samples.snapshot(n, asked, **changes), asked, samples.LOCALE, step)


def every_picture(asked=ASKED, n=26):
    """All kinds, in all their steps."""
    shown = replace(samples.snapshot(n, asked, seats=n + 2), edges=samples.EDGES, then_now=True)
    before = samples.snapshot(24, asked, seed=4)
    steps = {"both_sides": "light", "gets_in_the_way": "dark", "then_now": "then_now"}
    for kind in ("both_sides", "pooled", "empty_bars", "idea", "plane", "gets_in_the_way", "edges", "then_now"):
        for step in range(figures.steps(steps[kind], asked) if kind in steps else 1):
            yield kind, Subject(shown, asked, samples.LOCALE, step, before)


def bars(drawing):
    """Every bar that stands for people: its statement, tone, people, left and right edge, and middle."""
    for trace in drawing["data"]:
        if trace["type"] == "bar":
            for (id, n), left, wide, y in zip(trace["customdata"], trace["base"], trace["x"], trace["y"], strict=True):
                if n is not None:
                    yield id, trace["name"], n, left, left + wide, y


def labels(drawing):
    """Every text: words, x, y, size, weight, side, colour."""
    words = drawing["data"][-1]
    font = words["textfont"]
    return list(zip(words["text"], words["x"], words["y"], font["size"], font["weight"], words["textposition"],
                    font["color"], strict=True))


def names(drawing, column):
    """Facet names of one column from top to bottom."""
    known = {facet.name for facet in ASKED.facets.values()}
    found = [(y, text) for text, x, y, *_ in labels(drawing) if text in known and x == column]
    return [text for _, text in sorted(found)]


def tones(snapshot, item, scale=FIVE):
    """People by tone, straight from the published table."""
    table, sums = snapshot.item(item), Counter()
    for points, people in zip(table.bins, table.counts, strict=True):
        sums[rows.tone_of(points, scale)] += people
    return {tone: n for tone, n in sums.items() if n}


# ---- numbers


@pytest.mark.parametrize("n", [8, 10, 14, 26, 60, 300])
@pytest.mark.parametrize("form", ["short", "standard", "deep"])
def test_the_counts_in_the_bars_are_the_snapshots(n, form):
    asked = samples.questionnaire(form)
    drawn = defaultdict(dict)
    for step in range(figures.steps("light", asked)):
        one = subject(n, asked, step)
        for id, paint, people, *_ in bars(figures.draw("both_sides", one, "bright")):
            item, tone = id.split()
            assert paint == f"{rows.HUES[asked.item(item).pole]}.{tone}"
            drawn[item][int(tone)] = people
    shown = {table.id for table in one.snapshot.items if table.counts is not None and table.pole in ("DL", "IL")}
    assert drawn == {item: tones(one.snapshot, item) for item in shown}


def test_every_count_is_printed_inside_its_bar():
    drawing = figures.draw("both_sides", subject(300), "bright")
    texts = {(text, x, y + size / 4) for text, x, y, size, *_ in labels(drawing)}
    for _, _, people, left, right, middle in bars(drawing):
        half = width(str(people), 32, bold=True) / 2
        inside = [x for text, x, y in texts if text == str(people) and left <= x - half and x + half <= right
                  and abs(y - middle) < 24]
        assert len(inside) == 1


def test_dark_bars_hold_the_snapshots_counts_on_plates():
    one = subject()
    drawing = figures.draw("gets_in_the_way", one, "dark")
    dark = {item.id for item in ASKED.items if item.pole in ("DD", "ID")}
    drawn = defaultdict(dict)
    for id, paint, people, *_ in bars(drawing):
        item, tone = id.split()
        assert "_shadow" in paint
        drawn[item][int(tone)] = people
    assert drawn == {item: tones(one.snapshot, item) for item in dark if one.snapshot.item(item).counts is not None}
    plates = next(trace for trace in drawing["data"] if trace["name"] == "plate")
    assert len(plates["x"]) == sum(len(tones) for tones in drawn.values())


def test_pooled_answers_are_drawn_whole():
    one = subject(7, seed=5)
    assert {pole.id for pole in one.snapshot.poles if pole.counts} == {"DL", "IL"}
    drawn = Counter()
    for id, _, answers, *_ in bars(figures.draw("pooled", one, "bright")):
        drawn[id.split()[0]] += answers
    assert drawn == {pole.id: 8 * pole.n for pole in one.snapshot.poles}
    said = figures.alt("pooled", one)
    assert all(f"{8 * pole.n} answers from {pole.n} people" in said for pole in one.snapshot.poles)


def test_boxes_of_the_plane_are_the_snapshots():
    one = subject(60)
    drawing = figures.draw("plane", one, "bright")
    boxes = [shape["name"] for shape in drawing["layout"]["shapes"] if shape["name"].startswith("box ")]
    assert boxes == [f"box {cell.x} {cell.y} {cell.w} {cell.h}: {cell.n}" for cell in one.snapshot.plane.cells]
    printed = {(text, x) for text, x, *_ in labels(drawing)}
    limits = LIMITS[one.snapshot.plane.bins]
    for cell in one.snapshot.plane.cells:
        left, right = across(limits[cell.x]), across(limits[cell.x + cell.w])
        assert any(text == str(cell.n) and left < x < right for text, x in printed)


# ---- three tones


@pytest.mark.parametrize(("scale", "points", "tone"), [
    (FIVE, (1,), 0), (FIVE, (1, 2), 0), (FIVE, (3,), 1), (FIVE, (0,), 1), (FIVE, (3, 0), 1), (FIVE, (4, 5), 2),
    (FIVE, (1, 2, 3, 0), 1), (FIVE, (3, 4, 5, 0), 1), (SEVEN, (3,), 1), (SEVEN, (5,), 1), (SEVEN, (6, 7), 2),
    (SEVEN, (2,), 0), (SEVEN, (7,), 2)])
def test_classes_get_the_tone_of_the_ladder(scale, points, tone):
    assert rows.tone_of(points, scale) == tone


def test_a_table_with_all_points_is_drawn_in_three_tones():
    table = ItemTable("D1A", "D1", "DL", 26, 5, ((1,), (2,), (3,), (4,), (5,), (0,)), ("",) * 6, (2, 3, 6, 8, 5, 2))
    assert rows.segments(table, FIVE) == (Segment(0, 5), Segment(1, 8), Segment(2, 13))


@pytest.mark.parametrize(("bins", "end", "words"), [
    (((1, 2, 3, 0), (4, 5)), "less", "sometimes or less"),
    (((1, 2), (3, 4, 5, 0)), "more", "sometimes or more")])
def test_in_two_classes_the_merged_one_takes_the_middle_tone_and_says_so(bins, end, words):
    one = in_two_classes("I7A", bins)  # "I enjoy time on my own." leaves room for the words beside it
    row = rows.row_of(ASKED.item("I7A"), one)
    assert row.merged == end
    assert [part.tone for part in row.segments] == ([1, 2] if end == "less" else [0, 1])
    assert words in [text for text, *_ in labels(figures.draw("both_sides", one, "bright"))]
    assert figures.signs_of("both_sides", one) == ("less",)


def in_two_classes(item, bins=((1, 2, 3, 0), (4, 5)), others=()):
    """A room that may see these statements only, each in two classes."""
    tables = tuple(ItemTable(id, ASKED.item(id).facet, ASKED.item(id).pole, 20, 2, bins, ("", ""), (7, 13))
                   for id in (item, *others))
    return Subject(replace(Snapshot("G7M4QX", 1, "held", 5, n=20, released=True), items=tables), ASKED, samples.LOCALE)


def blocks(drawing, item):
    """Every bar of one statement: its paint, left edge, width, upper edge and height."""
    return [(trace["name"], left, wide, y - high / 2, high) for trace in drawing["data"] if trace["type"] == "bar"
            for (id, _), left, wide, y, high in zip(trace["customdata"], trace["base"], trace["x"], trace["y"],
                                                    trace["width"], strict=True) if id.startswith(item)]


def test_a_block_of_two_tones_carries_the_joined_one_as_a_strip_at_its_foot():
    drawing = figures.draw("both_sides", in_two_classes("I7A"), "bright")
    found = {paint: place for paint, *place in blocks(drawing, "I7A")}
    assert set(found) == {"cool.0", "cool.1", "cool.2"}
    strip, middle, high = (found[f"cool.{tone}"] for tone in (0, 1, 2))
    assert strip[:2] == middle[:2]
    assert middle[2] + middle[3] == pytest.approx(strip[2])
    assert middle[3] + strip[3] == high[3] == 46


def test_long_wordings_beside_a_joined_table_neither_wrap_nor_thin_the_bars():
    drawing = figures.draw("both_sides", in_two_classes("I2A", others=("D1A", "I7A")), "bright")
    said = [text for text, *_ in labels(drawing)]
    assert ASKED.item("I2A").text in said
    assert "sometimes or less · often" not in said  # on no row, where it does not fit on every row
    assert figures.signs_of("both_sides", in_two_classes("I2A")) == ("joined", "less")
    assert {high for paint, *_, high in blocks(drawing, "I2A") if paint == "cool.2"} == {46}


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_wordings_of_two_lines_leave_bars_of_forty(language):
    asked = samples.questionnaire(language=language)
    drawing = figures.draw("both_sides", subject(26, asked), "bright")
    for item in (item for item in asked.items if item.pole in ("DL", "IL")):
        assert {sum(high for *_, high in same) for same in columns_of(blocks(drawing, item.id))} <= {40}


def columns_of(found):
    """The blocks of one row, those that stand on each other together."""
    return [[one for one in found if one[1] == left] for left in {one[1] for one in found}]


# ---- order


def row(item, *parts, merged=""):
    return Row(ASKED.item(item), item, tuple(Segment(tone, n) for tone, n in parts) or None, merged)


def test_rows_come_in_the_order_of_the_keyed_share_of_often():
    rows_ = [row("D1A", (0, 5), (2, 5)), row("D2A", (1, 2), (2, 8)), row("D5A", (0, 6), (2, 4)),
             row("D4A", (0, 7), (2, 3))]
    assert [one.item.id for one in rows.ordered(rows_)] == ["D2A", "D5A", "D1A", "D4A"]


def test_ties_and_held_back_rows_stay_in_inventory_order_held_back_last():
    rows_ = [row("D1A"), row("D2A", (0, 5), (2, 5)), row("D3A"), row("D4A", (0, 10), (2, 10)),
             row("D6A", (2, 9), (0, 1))]
    assert [one.item.id for one in rows.ordered(rows_)] == ["D6A", "D2A", "D4A", "D1A", "D3A"]


def test_a_row_whose_strong_end_joined_the_middle_stands_below_every_row_that_shows_it():
    rows_ = [row("D1A", (0, 12), (1, 8), merged="more"), row("D2A", (0, 18), (2, 2))]
    assert [one.item.id for one in rows.ordered(rows_)] == ["D2A", "D1A"]
    assert rows.keyed_high(rows_[0]) == Fraction(0)


def test_the_picture_shows_that_order_and_the_one_sentence_for_what_is_held_back():
    shown = samples.snapshot(26, ASKED)
    nothing = {"classes": None, "bins": None, "labels": None, "counts": None}
    held = tuple(replace(table, **nothing) if table.id in ("D2A", "D8A") else table for table in shown.items)
    drawing = figures.draw("both_sides", Subject(replace(shown, items=held), ASKED, samples.LOCALE), "bright")
    column = names(drawing, 0)
    assert column[-2:] == ["Support", "Ease with closeness"]
    assert [text for text, *_ in labels(drawing)].count("not enough different answers to show") == 2
    assert not [id for id, *_ in bars(drawing) if id.startswith(("D2A", "D8A"))]


def test_a_held_back_row_is_drawn_the_same_whatever_it_hides():
    first, second = (subject(14, seed=seed, unanimous=True) for seed in (1, 2))
    assert figures.draw("both_sides", first, "bright") == figures.draw("both_sides", second, "bright")


def test_reversed_statements_keep_their_wording_and_wear_the_badge():
    drawing = figures.draw("both_sides", subject(), "bright")
    badges = [shape["name"] for shape in drawing["layout"]["shapes"] if shape["name"].startswith("badge")]
    reversed_ = [item.id for item in ASKED.items if item.keyed == -1 and item.pole in ("DL", "IL")]
    assert sorted(badges) == sorted([*(f"badge {id}" for id in reversed_), *(f"badge {id} ring" for id in reversed_)])
    assert "I hide it from a teammate when I feel hurt." in [text for text, *_ in labels(drawing)]


# ---- layout


@pytest.mark.parametrize(("form", "context", "language"), ROOMS)
def test_every_text_is_at_least_24_px_and_stays_on_the_sheet(form, context, language):
    asked = samples.questionnaire(form, context, language=language)
    for kind, one in every_picture(asked):
        for text, x, y, size, weight, side, _ in labels(figures.draw(kind, one, "bright")):
            wide = width(text, size, bold=weight == 600)
            left = x - wide * {"middle right": 0, "middle center": 0.5, "middle left": 1}[side]
            assert size >= 24, (kind, text)
            assert left >= -1, (kind, text)
            assert left + wide <= figures.WIDTH + 1, (kind, text)
            assert 0 < y + size / 2 <= figures.HEIGHT, (kind, text)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
@pytest.mark.parametrize("form", ["short", "standard", "deep"])
def test_what_is_held_back_stays_in_its_column(form, language):
    """The sentence is half as long again in three of the four languages: it then stands on two lines."""
    asked, locale = samples.questionnaire(form, language=language), samples.LIBRARY.locales[language]
    hidden = replace(samples.snapshot(26, asked), then_now=True)
    hidden = replace(hidden, items=tuple(replace(item, counts=None, bins=None) for item in hidden.items))
    words = set(locale.text("common.hidden").split())
    for kind in ("both_sides", "then_now"):
        found = [(text, x, y) for text, x, y, *_ in labels(figures.draw(kind, Subject(hidden, asked, locale, 0, hidden),
                                                                        "bright")) if set(text.split()) <= words]
        assert found
        assert all(x % (COLUMN + GUTTER) + width(text, 24) <= COLUMN + 1 for text, x, _ in found)
        assert len({(x, y) for _, x, y in found}) == len(found)


@pytest.mark.parametrize(("form", "context", "language"), ROOMS)
def test_no_name_or_wording_runs_into_a_bar(form, context, language):
    asked = samples.questionnaire(form, context, language=language)
    for kind, one in every_picture(asked):
        drawing = figures.draw(kind, one, "bright")
        stretches = [(left, right, middle) for *_, left, right, middle in bars(drawing)]
        for text, x, y, size, weight, side, _ in labels(drawing):
            if side == "middle right" and not text.isdigit():
                end = x + width(text, size, bold=weight == 600)
                crossed = [1 for left, right, middle in stretches if abs(middle - y) < 16 and x < right and end > left]
                assert not crossed, (kind, text)


def test_all_statements_are_written_in_full():
    for form, context, language in ROOMS:
        asked = samples.questionnaire(form, context, language=language)
        for kind, one in every_picture(asked):
            whole = " ".join(facet.practice for facet in asked.facets.values())
            cut_short = [text for text, *_ in labels(figures.draw(kind, one, "bright"))
                         if text.endswith("…") and text not in whole]
            assert not cut_short, (form, context, language, kind)


def test_marks_have_names_of_their_own_so_that_changes_can_be_followed():
    for form in ("short", "standard", "deep"):
        for kind, one in every_picture(samples.questionnaire(form)):
            for trace in figures.draw(kind, one, "bright")["data"]:
                assert len(set(trace["ids"])) == len(trace["ids"]), (form, kind, trace["name"])


def test_plotly_accepts_every_picture_in_both_themes():
    for theme in ("bright", "dark"):
        for kind, one in every_picture():
            figure = as_figure(figures.draw(kind, one, theme))
            assert figure.layout.width == 1728
            assert figure.layout.height == 870


def test_named_functions_give_the_same_pictures_as_go_figures():
    one = subject()
    made = figures.both_sides(one.snapshot, ASKED, samples.LOCALE, "bright").to_plotly_json()
    assert [trace["name"] for trace in made["data"]] == \
        [trace["name"] for trace in figures.draw("both_sides", one, "bright")["data"]]
    assert len(figures.plane(one.snapshot, ASKED, samples.LOCALE, "dark").layout.shapes) > 10
    assert figures.gets_in_the_way(one.snapshot, ASKED, samples.LOCALE, "dark").data
    assert figures.edges(replace(one.snapshot, edges=samples.EDGES), ASKED, samples.LOCALE, "dark").data
    assert figures.empty_bars(ASKED, samples.LOCALE, "dark").data
    assert figures.idea(ASKED, samples.LOCALE, "dark").data
    assert figures.pooled(samples.snapshot(6, ASKED), ASKED, samples.LOCALE, "dark").data
    assert figures.then_now(one.snapshot, one.snapshot, ASKED, samples.LOCALE, "dark").data


def test_no_picture_can_be_shared_to_a_cloud_or_touched():
    assert figures.CONFIG["showSendToCloud"] is False
    assert figures.CONFIG["plotlyServerURL"] == ""
    assert figures.CONFIG["displaylogo"] is False
    assert figures.CONFIG["staticPlot"] is True


def test_nothing_of_a_persons_own_can_be_found_by_hovering():
    for kind, one in every_picture():
        drawing = figures.draw(kind, one, "bright")
        assert drawing["layout"]["hovermode"] is False
        assert {trace["hoverinfo"] for trace in drawing["data"]} == {"skip"}


def test_markup_in_words_is_shown_as_it_is_written():
    drawing = render([Label(0, 40, 'A <b>bold</b> & <a href="x">linked</a> name', 32)], "bright")
    assert drawing["data"][-1]["text"] == ['A &lt;b&gt;bold&lt;/b&gt; &amp; &lt;a href="x"&gt;linked&lt;/a&gt; name']


def test_dark_sides_are_hatched_and_each_has_what_helps_beside_it():
    drawing = figures.draw("gets_in_the_way", subject(), "bright")
    hatched = [trace for trace in drawing["data"] if "_shadow" in trace["name"]]
    assert len(hatched) == 6
    assert all(trace["marker"]["pattern"]["shape"] == "/" for trace in hatched)
    said = [text for text, *_ in labels(drawing)]
    for facet in ("DD1", "DD2", "DD3", "ID1", "ID2", "ID3"):
        antidote = ASKED.facets[ASKED.facets[facet].antidote]
        assert antidote.name in said
        assert ASKED.facets[facet].practice in said


def test_making_peace_is_not_hatched():
    last = figures.steps("dark", ASKED) - 1
    drawing = figures.draw("gets_in_the_way", subject(step=last), "bright")
    assert not [trace["name"] for trace in drawing["data"] if "_shadow" in trace["name"]]
    assert {id.split()[0] for id, *_ in bars(drawing)} <= {"RDA", "RIA"}


# ---- steps


@pytest.mark.parametrize(("form", "light", "dark"), [("short", 1, 2), ("standard", 1, 2), ("deep", 2, 3)])
def test_a_long_picture_comes_in_steps(form, light, dark):
    asked = samples.questionnaire(form)
    assert figures.steps("light", asked) == light
    assert figures.steps("dark", asked) == dark
    assert figures.steps("predict", asked) == figures.steps("plane", asked) == figures.steps("join", asked) == 1


def test_without_dark_statements_there_is_one_step():
    assert figures.steps("dark", samples.questionnaire(dark=False)) == 1


def test_no_step_of_the_deep_form_holds_more_than_two_columns_of_eight():
    asked = samples.questionnaire("deep")
    pages = rows.light_pages(subject(26, asked))
    assert [[len(column.rows) for column in page] for page in pages] == [[8, 8], [8, 8]]
    assert [{column.pole for column in page} for page in pages] == [{"DL"}, {"IL"}]
    assert {row.item.id for page in pages for column in page for row in column.rows} == \
        {item.id for item in asked.items if item.pole in ("DL", "IL")}


def test_a_step_past_the_last_stays_on_the_last():
    assert figures.draw("both_sides", subject(step=7), "bright") == figures.draw("both_sides", subject(), "bright")


# ---- plane


def test_treads_rise_in_steps_of_the_lower_side():
    for bins, treads in ((5, 5), (3, 3)):
        cells = (Cell(0, 0, 1, 1, 4), Cell(1, 1, 1, 1, 5))
        shown = Snapshot("G7M4QX", 1, "held", 5, n=9, released=True, plane=Plane(bins, cells))
        one = Subject(shown, ASKED, samples.LOCALE)
        shapes = figures.draw("plane", one, "bright")["layout"]["shapes"]
        assert len([shape for shape in shapes if shape["name"] == "tread"]) == treads
        assert len([shape for shape in shapes if shape["name"] == "riser"]) == treads - 1


def test_the_middle_of_both_is_marked_as_in_between_and_not_interdependence():
    drawing = figures.draw("plane", subject(), "bright")
    said = [text for text, *_ in labels(drawing)]
    assert "In between" in said
    assert "not interdependence" in said
    ring = next(shape for shape in drawing["layout"]["shapes"] if shape["name"] == "in between")
    assert ring["path"].startswith(f"M{across(50) - RING} {down(50)}")


def test_no_line_runs_through_a_box_of_people():
    """Whatever explains the middle stands beside the plane; over it lie only its ring, the treads and the boxes."""
    shapes = figures.draw("plane", subject(), "bright")["layout"]["shapes"]
    assert {shape["name"].split()[0] for shape in shapes} == {"tread", "riser", "axes", "box", "in", "further", "arch"}
    rings = [shape for shape in shapes if shape["name"] == "in between"]
    assert len(rings) == 2
    assert all("L" not in shape["path"] and "H" not in shape["path"] for shape in rings)


@pytest.mark.parametrize(("plane", "people"), [
    (Plane(5, (Cell(3, 3, 1, 1, 4), Cell(4, 3, 1, 2, 3), Cell(2, 3, 1, 1, 9), Cell(0, 0, 3, 3, 5))), 7),
    (Plane(5, (Cell(2, 3, 3, 2, 12), Cell(0, 0, 2, 2, 3))), 0),
    (Plane(3, (Cell(2, 2, 1, 1, 6), Cell(0, 0, 2, 2, 5))), 6)])
def test_only_boxes_wholly_on_the_further_level_count_there(plane, people):
    assert on_further_level(plane) == people


def test_a_plane_that_may_not_be_shown_draws_no_box():
    drawing = figures.draw("plane", subject(10), "bright")
    assert not [shape for shape in drawing["layout"]["shapes"] if shape["name"].startswith("box")]
    assert "not enough different answers to show" in [text for text, *_ in labels(drawing)]


# ---- edges, then and now


def test_edges_come_most_chosen_first_ties_in_inventory_order_others_last():
    edges = tuple(EdgeCount(facet, n) for facet, n in (("I5", 2), ("others", 9), ("D7", 2), ("D4", 6), ("D1", 2)))
    one = Subject(replace(samples.snapshot(26, ASKED), edges=edges), ASKED, samples.LOCALE)
    assert [edge.facet for edge in ordered_edges(one)] == ["D4", "D1", "D7", "I5", "others"]
    lengths = {id: right - left for id, _, _, left, right, _ in bars(figures.draw("edges", one, "bright"))}
    assert lengths["D4"] == pytest.approx(3 * lengths["D1"])


def test_then_and_now_are_folded_into_the_classes_both_have():
    pair = pair_of(row("D1A", (1, 6), (2, 10), merged="less"), row("D1A", (0, 3), (1, 4), (2, 9)))
    assert pair.both == ((Segment(1, 6), Segment(2, 10)), (Segment(1, 7), Segment(2, 9)))
    assert pair.merged == "less"


@pytest.mark.parametrize(("then", "now"), [
    (row("D1A"), row("D1A", (0, 5), (2, 5))), (row("D1A", (0, 5), (2, 5)), row("D1A")),
    (row("D1A", (1, 6), (2, 10), merged="less"), row("D1A", (0, 6), (1, 10), merged="more"))])
def test_then_and_now_without_common_classes_are_held_back(then, now):
    assert pair_of(then, now).both is None


# ---- in words


def test_the_sentence_names_the_strongest_and_the_quietest():
    said = figures.alt("both_sides", subject())
    drawing = figures.draw("both_sides", subject(), "bright")
    for column in (0, 900):
        first, *_, last = names(drawing, column)
        assert f"First: {first}, " in said
        assert f"Last: {last}, " in said


def test_the_table_holds_every_row_with_its_numbers():
    one = subject(14)
    table = figures.table("both_sides", one)
    assert table["columns"] == ["Facet", "Statement", "seldom", "sometimes or skipped", "often"]
    assert len(table["rows"]) == 16
    for name, statement, *counts in table["rows"]:
        item = next(item for item in ASKED.items if statement.startswith(item.text))
        assert name == ASKED.facets[item.facet].name
        if counts[0] == "not enough different answers to show":
            assert one.snapshot.item(item.id).counts is None
        else:
            assert {tone: n for tone, n in enumerate(counts) if n} == tones(one.snapshot, item.id)


def test_every_picture_has_a_sentence():
    for kind, one in every_picture():
        assert len(figures.alt(kind, one)) > 20


@pytest.mark.parametrize(("kind", "changes", "line"), [
    ("both_sides", {}, "26 of 28 answered · answers are shown only in groups of 5 or more"),
    ("both_sides", {"level": "blocks", "k": 8, "final": False, "n": 16},
     "still answering: 16 included · answers are shown only in groups of 8 or more"),
    ("both_sides", {"level": "open", "k": 3}, "26 of 28 answered · this room shows answers as they come"),
    ("plane", {}, "26 of 28 answered · no box holds fewer than 3 people"),
    ("edges", {"edges": samples.EDGES}, "24 of 28 chose one · each edge is shown only if 2 or more chose it"),
    ("idea", {}, "")])
def test_the_line_under_a_picture_says_how_many_and_how_they_are_protected(kind, changes, line):
    shown = replace(samples.snapshot(26, ASKED, seats=28), **changes)
    assert figures.source(kind, Subject(shown, ASKED, samples.LOCALE)) == line


# ---- widths


@given(st.lists(st.integers(1, 400), min_size=1, max_size=3))
def test_parts_of_a_bar_fill_it_and_keep_room_for_their_numbers(parts):
    least = [width(str(part), 32, bold=True) + 8 for part in parts]
    wide = widths(parts, 440, least)
    assert sum(wide) + GAP * (len(parts) - 1) == pytest.approx(440)
    assert all(one >= small - 1e-9 for one, small in zip(wide, least, strict=True))


@given(st.lists(st.integers(5, 40), min_size=2, max_size=3))
def test_parts_with_room_enough_are_in_proportion(parts):
    wide = widths(parts, 440, [0] * len(parts))
    assert all(one * parts[0] == pytest.approx(wide[0] * part) for one, part in zip(wide, parts, strict=True))


@given(st.text(st.characters(codec="latin-1", categories=("L", "N", "P", "Zs")), max_size=120), st.integers(1, 3))
def test_wrapped_lines_fit_and_lose_nothing_but_what_is_marked_as_cut(text, lines):
    wrapped = wrap(text, 24, 300, lines)
    assert len(wrapped) <= lines
    assert all(width(line, 24) <= 300 for line in wrapped)
    if not any(line.endswith("…") for line in wrapped):
        assert "".join(wrapped).replace(" ", "") == "".join(text.split())


def test_a_text_takes_the_first_size_that_fits_and_is_cut_at_the_last():
    assert fit("Support", 200, (32, 24)) == ("Support", 32)
    assert fit("Emotional differentiation", 300, (32, 24), bold=True)[1] == 24
    assert fit("Emotional differentiation", 60, (32, 24), bold=True)[0].endswith("…")
    assert cut("Support", 24, 500) == "Support"

