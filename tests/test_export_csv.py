"""The long table as a spreadsheet and a data frame read it."""

import csv
import io

import pandas
import pytest
from export_samples import large_room, small_room, summary

from workshop.export import export
from workshop.export.csv_tables import COLUMNS, defused


def records(given):
    return list(csv.DictReader(io.StringIO(export("csv", given).body.decode("utf-8-sig"), newline="")))


def test_it_is_one_table_with_a_byte_order_mark_and_crlf():
    body = export("csv", summary(notes={"idea": "one\ntwo"})).body
    assert body.startswith(b"\xef\xbb\xbftitle,date,")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert body.count(b"\r\n") == len(rows)


def test_pandas_reads_it_as_it_is():
    frame = pandas.read_csv(io.BytesIO(export("csv", summary()).body))
    items = frame[(frame.kind == "item") & frame.people.notna()]
    assert (items.groupby("id").people.sum() == items.groupby("id").n.first()).all()
    assert set(frame.title) == {"How we lean, how we stand"}


def test_a_count_says_which_answers_it_holds():
    rows = [row for row in records(summary()) if row["id"] == "D3A"]
    assert [(row["points"], row["label"]) for row in rows] == [("1|2|3|0", "sometimes or less"), ("4|5", "often")]
    assert rows[0]["text"].startswith("I try to see it")


def test_a_table_that_is_held_back_is_one_row_without_a_count():
    (row,) = [row for row in records(summary()) if row["id"] == "D2A"]
    assert (row["people"], row["note"]) == ("", "not enough different answers to show")


def test_pooled_answers_are_never_counted_as_people():
    pooled = [row for row in records(small_room()) if row["kind"] == "pooled answers"]
    assert sum(int(row["answers"]) for row in pooled if row["id"] == "DL") == 48
    assert all(row["people"] == "" and row["n"] == "6" for row in pooled)


def test_every_kind_of_table_is_there():
    kinds = {row["kind"] for row in records(large_room(notes={"idea": "x"}))}
    assert kinds == {"item", "pole", "median", "middle half", "plane", "edge", "direction", "word", "mean", "alpha",
                     "interval of alpha", "question", "protection", "held back", "agenda", "note", "method"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "＝1", "－1", "  =cmd|'/c calc'!A0"])
def test_a_formula_is_defused(text):
    assert str(defused(text)).startswith("'")


def test_numbers_and_plain_words_stay_as_they_are():
    assert [defused(-5), defused(0.5), defused("a = b"), defused("")] == [-5, 0.5, "a = b", ""]


def test_a_hostile_title_and_group_stay_text():
    rows = records(large_room(title='=HYPERLINK("http://x","y")'))
    assert {row["title"] for row in rows} == {"'=HYPERLINK(\"http://x\",\"y\")"}
    assert {row["group"] for row in rows} == {"", "Day shift", "'=Night shift"}


def test_rehearsals_are_marked_on_every_row():
    assert {row["rehearsal"] for row in records(summary(rehearsal=True))} == {"yes"}
