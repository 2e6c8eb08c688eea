"""What every export promises: the same bytes, the same facts, nothing that the room has not seen."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from export_samples import large_room, questionnaire, snapshot, summary, two_rounds

from workshop.errors import Missing, NotBuilt
from workshop.export import FORMATS, export
from workshop.inventory import DARK_POLES

ROOT = Path(__file__).resolve().parent.parent
HASHES = """
import sys; sys.path[:0] = [{root!r}, {tests!r}]
from hashlib import sha256
from export_samples import large_room
from workshop.export import FORMATS, export
print([sha256(export(format, large_room()).body).hexdigest() for format in FORMATS])
"""


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_summary_gives_the_same_bytes(format):
    assert export(format, two_rounds()).body == export(format, two_rounds()).body


def test_bytes_depend_on_neither_process_nor_hash_seed_nor_time_zone():
    script = HASHES.format(root=str(ROOT), tests=str(ROOT / "tests"))
    outputs = {subprocess.run([sys.executable, "-c", script], env={"PYTHONHASHSEED": seed, "TZ": zone},
                              capture_output=True, text=True, check=True).stdout
               for seed, zone in (("1", "UTC"), ("77", "Pacific/Auckland"))}
    assert len(outputs) == 1


@pytest.mark.parametrize("format", FORMATS)
def test_the_order_in_which_rounds_are_given_does_not_matter(format):
    given = two_rounds()
    turned = replace(given, snapshots=given.snapshots[::-1])
    assert export(format, turned).body == export(format, given).body


@pytest.mark.parametrize("format", ["parquet", "xlsx", "pdf", "zip"])
def test_a_format_of_a_later_version_says_so(format):
    with pytest.raises(NotBuilt) as refused:
        export(format, summary())
    assert refused.value.code == "not_built"
    assert "html" in refused.value.message


def test_an_unknown_format_names_the_known_ones():
    with pytest.raises(Missing, match="csv, json, html"):
        export("docx", summary())


def test_the_file_name_says_code_and_day_and_rehearsal():
    assert export("csv", summary()).name == "bothand-CFH234-2026-11-24.csv"
    assert export("html", summary(rehearsal=True)).name == "bothand-rehearsal-CFH234-2026-11-24.html"


@pytest.mark.parametrize("format", FORMATS)
def test_every_export_carries_its_facts(format):
    text = export(format, summary(notes={"idea": "A calm start."})).body.decode("utf-8-sig")
    for fact in ("How we lean, how we stand", "team", "Both sides", "1.0.0", "never for fewer than 5 people",
                 "Some tables are not shown: not enough different answers to show.", "A calm start.",
                 "Pairs prompt", "not a test or a diagnosis", "100 (y − 1) / (K − 1)", "no norms"):
        assert fact in text, fact
    assert "2026-11-24" in text or "24 November 2026" in text


@pytest.mark.parametrize("format", FORMATS)
def test_the_dark_side_is_in_no_export_before_its_reveal(format):
    hidden = large_room(revealed=False)
    body = export(format, hidden).body.decode("utf-8-sig")
    assert body == export(format, replace(hidden, snapshots=hidden.rounds)).body.decode("utf-8-sig")
    assert all(table.pole not in DARK_POLES for one in hidden.rounds for table in one.items)
    assert "When leaning goes too far" not in body
    assert export(format, replace(hidden, revealed=True)).body.decode("utf-8-sig") != body


@pytest.mark.parametrize("format", FORMATS)
def test_a_round_without_a_release_is_left_out(format):
    asked = questionnaire()
    waiting = replace(snapshot(asked, round=2), released=False)
    given = summary()
    assert export(format, replace(given, snapshots=(*given.snapshots, waiting))).body == export(format, given).body


@pytest.mark.parametrize("format", FORMATS)
def test_notes_of_scenes_that_are_not_in_the_agenda_stay_out(format):
    assert b"secret" not in export(format, summary(notes={"elsewhere": "secret"})).body


@pytest.mark.parametrize("format", FORMATS)
def test_a_workshop_without_any_round_can_be_exported(format):
    assert export(format, summary(snapshots=())).body


@pytest.mark.parametrize("form", ["short", "standard", "deep"])
def test_every_form_goes_into_every_format(form):
    for format in FORMATS:
        assert export(format, summary(form)).body


def test_json_and_csv_agree_on_every_count():
    given = large_room()
    body = json.loads(export("json", given).body)
    people = sum(sum(table["counts"]) for one in body["snapshots"] for table in one["items"] if table["counts"])
    lines = export("csv", given).body.decode("utf-8-sig").splitlines()
    import csv
    rows = list(csv.DictReader(lines))
    assert people == sum(int(row["people"]) for row in rows
                         if row["kind"] == "item" and not row["group"] and row["people"])
