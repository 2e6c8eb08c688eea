"""The workbook as another program reads it: values with their types, native charts, frozen heads, no formula."""

import io
import json
import zipfile

import openpyxl
import pytest
from export_samples import large_room, small_room, summary, two_rounds

from workshop.export import Choice, chosen, export

HEAD = 4


def book(given):
    return openpyxl.load_workbook(io.BytesIO(export("xlsx", given).body))


def records(sheet):
    """The rows of a table sheet as mappings; empty cells are left out."""
    head = [cell.value for cell in sheet[HEAD]]
    return [{name: value for name, value in zip(head, row, strict=True) if value is not None}
            for row in sheet.iter_rows(min_row=HEAD + 1, values_only=True)]


def test_sheets_are_those_that_the_room_has_something_for():
    usual = set(book(summary()).sheetnames)
    assert book(summary()).sheetnames == ["Read me", "Pictures", "Both sides", "What gets in the way",
                                          "Both sides 0 to 100", "The plane", "Edges and words", "Every count"]
    assert book(small_room()).sheetnames == ["Read me", "Pictures", "All answers of a side", "Every count"]
    assert book(summary(snapshots=())).sheetnames == ["Read me"]
    assert {"Then and now"} == set(book(two_rounds()).sheetnames) - usual
    assert {"By group", "For readers of numbers"} == set(book(large_room()).sheetnames) - usual


def test_a_statement_stands_with_its_counts_as_numbers():
    rows = {row["Facet"]: row for row in records(book(summary())["Both sides"])}
    assert rows["Trust"] == {"Round": 1, "Facet": "Trust", "Statement": "I let a teammate carry something that "
                             "matters to me.", "People": 26, "seldom": 5, "sometimes or skipped": 3, "often": 18}
    assert rows["Understanding"]["sometimes or less"] == 15
    assert "seldom" not in rows["Understanding"]
    assert rows["Boundaries"]["Less is more"] == "yes"
    held = rows["Support"]
    assert held["Held back"] == "not enough different answers to show"
    assert "People" not in held
    points = rows["Emotional differentiation"]
    assert [points[name] for name in ("Almost never", "Seldom", "Sometimes", "Often", "Almost always", "skipped")] == [
        3, 3, 5, 8, 5, 2]


def test_every_count_is_there_as_in_json():
    given = large_room()
    body = json.loads(export("json", given).body)
    people = sum(sum(table["counts"]) for table in body["snapshots"][0]["items"] if table["counts"])
    rows = records(book(given)["Every count"])
    assert people == sum(row["people"] for row in rows if row["kind"] == "item" and "group" not in row
                         and "people" in row)


@pytest.mark.parametrize("given", [summary, two_rounds, large_room, small_room])
def test_heads_are_frozen_filters_are_on_and_no_cell_is_a_formula(given):
    for sheet in book(given()).worksheets:
        assert {cell.data_type for row in sheet for cell in row if cell.value is not None} <= {"s", "n"}
        if sheet.title in ("Read me", "Pictures"):
            continue
        assert sheet.freeze_panes == f"B{HEAD + 1}"
        assert sheet.auto_filter.ref.startswith(f"A{HEAD}:")
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, int(sheet.page_setup.fitToHeight)) == (1, 0)


def test_charts_are_native_and_their_series_point_at_the_sheet():
    charts = book(summary())["Pictures"]._charts
    assert len(charts) == 7
    first = charts[0]
    assert (first.tagname, first.grouping, first.barDir) == ("barChart", "percentStacked", "bar")
    assert [series.val.numRef.f for series in first.series] == [
        "'Both sides'!$F$5:$F$12", "'Both sides'!$G$5:$G$12", "'Both sides'!$H$5:$H$12", "'Both sides'!$J$5:$J$12"]
    assert first.series[0].cat.strRef.f == "'Both sides'!$B$5:$B$12"
    assert len(book(small_room())["Pictures"]._charts) == 2


def test_charts_name_their_statements_from_the_top_and_count_to_the_right():
    for chart in book(summary())["Pictures"]._charts:
        assert (chart.x_axis.delete in (None, False), chart.x_axis.scaling.orientation) == (True, "maxMin")
        assert (chart.y_axis.delete, chart.y_axis.scaling.orientation) == (True, "minMax")


def test_two_statements_of_one_facet_stand_in_a_chart_in_their_own_words():
    series = book(summary("deep"))["Pictures"]._charts[0].series[0]
    assert series.cat.strRef.f == "'Both sides'!$C$5:$C$20"


def test_rows_are_as_tall_as_their_text():
    """Programs that do not see to that themselves drew one line over the other."""
    page = book(summary())["Read me"]
    long = max((row for row in page.iter_rows() if isinstance(row[1].value, str)), key=lambda row: len(row[1].value))
    assert page.row_dimensions[long[0].row].height >= 15 * len(long[1].value) / 101


def test_charts_say_what_they_are_to_those_who_listen():
    with zipfile.ZipFile(io.BytesIO(export("xlsx", summary()).body)) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert drawing.count("descr=") == 7


def test_a_picture_that_was_not_chosen_has_no_chart_and_keeps_its_table():
    given = book(chosen(summary(), Choice(pictures=frozenset({"plane"}))))
    assert given["Pictures"]._charts == []
    assert "Both sides" in given.sheetnames


def test_the_first_sheet_says_what_it_is():
    told = "\n".join(str(cell) for row in book(summary(notes={"idea": "Calm."}))["Read me"].values for cell in row)
    for words in ("How we lean, how we stand", "24 November 2026 · a team · 26 of 28 answered", "Both sides 1.0.0",
                  "Every count as one row", "Pairs prompt", "Calm.", "not a test or a diagnosis"):
        assert words in told
    assert book(summary()).properties.created.date().isoformat() == "2026-11-24"
