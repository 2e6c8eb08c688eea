"""The typed table as pandas, polars and Arrow read it."""

import io
import json
from datetime import date

import pandas
import polars
import pyarrow as pa
import pyarrow.parquet
from export_samples import large_room, small_room, summary, two_rounds

from workshop.export import export
from workshop.export.csv_tables import COLUMNS


def arrow(given):
    return pyarrow.parquet.read_table(io.BytesIO(export("parquet", given).body))


def test_it_has_the_columns_of_the_long_csv_with_types():
    table = arrow(summary())
    assert tuple(table.column_names) == COLUMNS
    assert table.schema.field("people").type == pa.int32()
    assert table.schema.field("date").type == pa.date32()
    assert table.schema.field("points").type == pa.list_(pa.int16())
    assert table.schema.field("keyed").type == pa.int8()
    assert table["date"].unique().to_pylist() == [date(2026, 11, 24)]


def test_polars_counts_everybody_once():
    frame = polars.read_parquet(io.BytesIO(export("parquet", summary()).body))
    items = frame.filter((polars.col("kind") == "item") & polars.col("people").is_not_null())
    sums = items.group_by("id").agg(polars.col("people").sum(), polars.col("n").first())
    assert (sums["people"] == sums["n"]).all()
    assert frame["people"].dtype == polars.Int32
    assert items["points"].dtype == polars.List(polars.Int16)


def test_pandas_reads_the_same_as_from_csv():
    table = pandas.read_parquet(io.BytesIO(export("parquet", large_room()).body))
    lines = pandas.read_csv(io.BytesIO(export("csv", large_room()).body))
    lines = lines[lines.kind.isin(table.kind.unique())]
    assert len(table) == len(lines)
    assert table.people.fillna(-1).tolist() == lines.people.fillna(-1).tolist()
    assert table.value.fillna(-1).tolist() == lines.value.fillna(-1).tolist()


def test_what_is_held_back_is_null_and_says_so():
    (row,) = [row for row in arrow(summary()).to_pylist() if row["id"] == "D2A"]
    assert (row["people"], row["points"], row["note"]) == (None, None, "not enough different answers to show")


def test_pooled_answers_are_never_people():
    rows = [row for row in arrow(small_room()).to_pylist() if row["kind"] == "pooled answers"]
    assert sum(row["answers"] for row in rows if row["id"] == "DL") == 48
    assert {row["people"] for row in rows} == {None}


def test_metadata_carries_what_explains_the_table():
    meta = {name.decode(): value.decode() for name, value in arrow(
        two_rounds(notes={"idea": "Calm."}, prompts=True)).schema.metadata.items()}
    assert (meta["title"], meta["code"], meta["date"], meta["held_back"]) == (
        "How we lean, how we stand", "CFH234", "2026-11-24", "yes")
    assert json.loads(meta["notes"]) == [["Idea", "Calm."]]
    assert any("(Lubinski" in text for _, text in json.loads(meta["method"]))
    assert dict(json.loads(meta["about"]))["Inventory"].startswith("Both sides 1.0.0")
    assert json.loads(meta["questions"])


def test_several_workshops_can_be_put_together():
    both = pa.concat_tables([arrow(summary()).unify_dictionaries(), arrow(large_room()).unify_dictionaries()])
    assert both.num_rows == arrow(summary()).num_rows + arrow(large_room()).num_rows
