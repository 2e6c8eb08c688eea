"""What every export promises: the same bytes, the same facts, nothing that the room has not seen."""

import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from export_readers import said
from export_samples import large_room, questionnaire, snapshot, summary, two_rounds
from rooms import new_room

from workshop.errors import Invalid, Missing
from workshop.export import ALL_FORMATS, Choice, chosen, export
from workshop.inventory import DARK_POLES
from workshop.takehome import summary_of

ROOT = Path(__file__).resolve().parent.parent
WHOLE = tuple(format for format in ALL_FORMATS if format not in ("svg", "png"))
HASHES = """
import sys; sys.path[:0] = [{root!r}, {tests!r}]
import time
from hashlib import sha256
from export_samples import large_room
from workshop.export import ALL_FORMATS, export
there = time.localtime({moment})
time.time, time.localtime = (lambda: {moment}), (lambda *given: there)
print([(format, sha256(export(format, large_room()).body).hexdigest()) for format in ALL_FORMATS])
"""


def read(format, given, variant=""):
    file = export(format, given, variant)
    return said(file.name, file.body)


@pytest.mark.parametrize("format", ALL_FORMATS)
def test_the_same_summary_gives_the_same_bytes(format):
    assert export(format, two_rounds()).body == export(format, two_rounds()).body


def test_bytes_depend_on_neither_process_nor_day_nor_hash_seed_nor_time_zone():
    outputs = set()
    for seed, zone, moment in (("1", "UTC", 1_790_000_000), ("77", "Pacific/Auckland", 1_930_000_000)):
        script = HASHES.format(root=str(ROOT), tests=str(ROOT / "tests"), moment=moment)
        done = subprocess.run([sys.executable, "-c", script], env={"PYTHONHASHSEED": seed, "TZ": zone},
                              capture_output=True, text=True, check=True)
        outputs.add(done.stdout)
    assert outputs == {str([(format, sha256(export(format, large_room()).body).hexdigest())
                            for format in ALL_FORMATS]) + "\n"}


@pytest.mark.parametrize("format", ALL_FORMATS)
def test_the_order_in_which_rounds_are_given_does_not_matter(format):
    given = two_rounds()
    turned = replace(given, snapshots=given.snapshots[::-1])
    assert export(format, turned).body == export(format, given).body


def test_an_unknown_format_names_the_known_ones():
    with pytest.raises(Missing, match="pdf, html, xlsx, csv, parquet, json, svg, png, zip"):
        export("docx", summary())


@pytest.mark.parametrize(("format", "words"), [("pdf", "a4, letter"), ("csv", "long, wide"), ("html", "Leave it out"),
                                               ("svg", "sides, plane")])
def test_an_unknown_variant_names_the_known_ones(format, words):
    with pytest.raises(Invalid, match=words):
        export(format, summary(), "sideways")


@pytest.mark.parametrize(("format", "variant", "name"), [
    ("csv", "", "bothand-2026-11-24-how-we-lean-how-we-stand-CFH234.csv"),
    ("csv", "wide", "bothand-2026-11-24-how-we-lean-how-we-stand-CFH234-wide.csv"),
    ("pdf", "a4", "bothand-2026-11-24-how-we-lean-how-we-stand-CFH234.pdf"),
    ("pdf", "letter", "bothand-2026-11-24-how-we-lean-how-we-stand-CFH234-letter.pdf"),
    ("svg", "gets_in_the_way", "bothand-2026-11-24-how-we-lean-how-we-stand-CFH234-gets-in-the-way.svg"),
])
def test_a_file_name_sorts_by_day_and_says_what_it_is(format, variant, name):
    assert export(format, summary(), variant).name == name


@pytest.mark.parametrize(("title", "words"), [("", ""), ("Straße & Größe", "strasse-grosse-"), ("🎉", ""),
                                              ("../../etc", "etc-"), ("=HYPERLINK(\"x\")", "hyperlink-x-"),
                                              ("x" * 500, "x" * 40 + "-")])
def test_a_file_name_is_safe_whatever_the_title(title, words):
    assert export("json", summary(title=title)).name == f"bothand-2026-11-24-{words}CFH234.json"
    assert export("json", summary(title=title, rehearsal=True)).name.startswith("bothand-rehearsal-2026-11-24-")


@pytest.mark.parametrize("format", WHOLE)
def test_every_export_carries_its_facts(format):
    text = read(format, summary(notes={"idea": "A calm start."}))
    for fact in ("How we lean, how we stand", "team", "Both sides", "1.0.0", "never for fewer than 5 people",
                 "Some tables are not shown: not enough different answers to show.", "A calm start.",
                 "Pairs prompt", "not a test or a diagnosis", "100 (y − 1) / (K − 1)", "no norms"):
        assert fact in text, fact
    assert "2026-11-24" in text or "24 November 2026" in text


@pytest.mark.parametrize("format", ["svg", "png"])
def test_a_single_picture_says_what_it_is_and_what_room_it_is_of(format):
    text = read(format, summary(), "plane")
    assert "Where we could grow together. How we lean, how we stand · 24 November 2026 · a team · 26 of 28" in text
    assert "26 people on a plane" in text


@pytest.mark.parametrize("format", ALL_FORMATS)
def test_the_dark_side_is_in_no_export_before_its_reveal(format):
    hidden = large_room(revealed=False)
    body = export(format, hidden).body
    assert body == export(format, replace(hidden, snapshots=hidden.rounds)).body
    assert all(table.pole not in DARK_POLES for one in hidden.rounds for table in one.items)
    assert "When leaning goes too far" not in said(f"x.{format}", body)
    if format not in ("svg", "png"):
        assert export(format, replace(hidden, revealed=True)).body != body


def test_agreement_on_the_dark_side_goes_with_it():
    agreement = {"items": {"D1A": 0.5, "DD1A": 0.25}, "poles": {"DL": 0.5, "DD": 0.25}}
    given = large_room(revealed=False)
    given = replace(given, snapshots=(replace(given.snapshots[0], statistics={"poles": {}, "response_style": False,
                                                                              "agreement": agreement}),))
    assert given.rounds[0].statistics["agreement"] == {"items": {"D1A": 0.5}, "poles": {"DL": 0.5}}


@pytest.mark.parametrize("format", ALL_FORMATS)
def test_a_round_without_a_release_is_left_out(format):
    asked = questionnaire()
    waiting = replace(snapshot(asked, round=2), released=False)
    given = summary()
    assert export(format, replace(given, snapshots=(*given.snapshots, waiting))).body == export(format, given).body


@pytest.mark.parametrize("format", WHOLE)
def test_notes_of_scenes_that_are_not_in_the_agenda_stay_out(format):
    assert "secret" not in read(format, summary(notes={"elsewhere": "secret"}))


@pytest.mark.parametrize("format", WHOLE)
def test_a_workshop_without_any_round_can_be_exported(format):
    assert read(format, summary(snapshots=()))


@pytest.mark.parametrize("format", ["svg", "png"])
def test_a_picture_that_is_not_there_names_those_that_are(format):
    with pytest.raises(Missing, match="There are: sides, plane, edges, shapes"):
        export(format, summary(revealed=False), "gets_in_the_way")


@pytest.mark.parametrize("form", ["short", "standard", "deep"])
def test_every_form_goes_into_every_format(form):
    for format in ALL_FORMATS:
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


def test_a_rehearsal_and_an_import_are_marked_in_every_format():
    for format in ALL_FORMATS:
        assert "ehearsal" in read(format, summary(rehearsal=True)) or format in ("svg", "png", "parquet")
        if format in WHOLE and format != "json":
            assert "whether somebody made it up" in read(format, summary(imported=True))


# ---- what a summary may add up to

FIRST = 100_003
# Digests, fonts, colours, and where a bar begins that has half of sometimes to its left.
NO_COUNTS = r"""[0-9a-f]{64}|sha256-[\w+/=]+|base64,[\w+/=]+|\#[0-9A-Fa-f]{6}|"base":\[[^]]*\]"""


def in_primes(given):
    """The same summary with counts that no other number resembles, and every number that may be said of them."""
    state, known = [FIRST], set()

    def fresh(counts):
        made = []
        for _ in counts or ():
            state[0] += 2 * len(known) + 7_919
            made.append(state[0])
            known.add(state[0])
        return tuple(made) if counts is not None else None

    def table(one):
        counts = fresh(one.counts)
        known.update({sum(counts), *pairs(counts)} if counts else ())
        return replace(one, counts=counts, n=sum(counts)) if counts else replace(one, n=0)

    def pairs(counts):
        """Tones of a table with every answer: the ends, and the middle with the skipped."""
        return (counts[0] + counts[1], counts[2] + counts[5], counts[3] + counts[4]) if len(counts) == 6 else ()

    made = []
    for one in given.rounds:
        cells = tuple(replace(cell, n=n) for cell, n in zip(one.plane.cells, fresh(one.plane.cells), strict=True))
        edges = tuple(replace(edge, n=n) for edge, n in zip(one.edges, fresh(one.edges), strict=True))
        known.update({sum(cell.n for cell in cells), sum(edge.n for edge in edges)})
        n, seats = fresh((1, 2))
        groups = tuple(replace(group, n=fresh((1,))[0], items=tuple(map(table, group.items)),
                               poles=tuple(map(table, group.poles))) for group in one.groups or ())
        ways = {axis: people and dict(zip(people, fresh(people), strict=True))
                for axis, people in (one.directions or {}).items()}
        made.append(replace(one, n=n, seats=seats, items=tuple(map(table, one.items)), groups=groups or None,
                            poles=tuple(map(table, one.poles)), plane=replace(one.plane, cells=cells), edges=edges,
                            directions=ways or None))
    return replace(given, snapshots=tuple(made)), known


@pytest.mark.parametrize("given", [summary, two_rounds, large_room])
def test_all_formats_together_say_no_number_that_the_tables_do_not_hold(given):
    marked, known = in_primes(given())
    common = common_counts(marked)
    for format, variant in [(one, variant) for one in ALL_FORMATS for variant in VARIANTS.get(one, ("",))]:
        if variant == "then_now" and given is not two_rounds:
            continue
        text = re.sub(NO_COUNTS, " ", read(format, marked, variant))
        found = {int(number) for number in re.findall(r"(?<![\w.])\d{6,}(?!\w)", text)}
        assert found - known - common == set(), (format, variant)
        assert len(found) > 2, (format, variant)


# The archive holds these very files, and the other paper the same pages.
VARIANTS = {"zip": (), "csv": ("long", "wide"), "svg": ("sides", "plane", "edges", "then_now"),
            "png": ("sides",)}


def common_counts(given):
    """What a comparison of two rounds may pool: whole classes of one table."""
    totals = set()
    for table in (table for one in given.rounds for table in one.items if table.counts):
        for first in range(len(table.counts)):
            totals |= {sum(table.counts[first:last]) for last in range(first + 1, len(table.counts) + 1)}
            totals |= {sum(table.counts[first:last]) + table.counts[-1] for last in range(first + 1, len(table.counts))}
    return totals


def test_rooms_that_differ_in_what_is_held_back_take_the_same_bytes_home(sessions, clock):
    """Nobody who reads every format learns which of the two rooms it was: all said always, or all said never."""
    always, never = (told_alike(sessions, clock, held_back) for held_back in (5, 1))
    assert any(table.counts is None for table in always.rounds[0].items)
    assert always == never
    for format in ALL_FORMATS:
        assert export(format, always).body == export(format, never).body


def told_alike(sessions, clock, held_back):
    """The summary of twelve people who give the same answer to the first statement, under one and the same code."""
    room = new_room(sessions, clock, 12, is_open=True, form="short", dark=False)
    first, *others = room.items
    for place, token in enumerate(room.tokens):
        room.answer(token, {first: held_back, **{item: 1 + (place + at) % 5 for at, item in enumerate(others)}})
    room.act("close_round")
    given = summary_of(sessions, room.code)
    return replace(given, code="CFH234", snapshots=tuple(replace(one, code="CFH234") for one in given.snapshots))


# ---- what a host lets in


def test_a_choice_takes_away_and_never_adds():
    given = large_room(notes={"idea": "quiet"}, revealed=False)
    whole = chosen(given, Choice(notes=frozenset({"idea", "elsewhere"})))
    assert (whole.revealed, whole.notes) == (False, {"idea": "quiet"})
    bare = chosen(replace(given, revealed=True), Choice(edges=False, words=False, dark=False))
    assert (bare.revealed, bare.notes, bare.rounds[0].edges, bare.rounds[0].words) == (False, {}, None, None)


@pytest.mark.parametrize("format", WHOLE)
def test_what_was_not_chosen_is_in_no_format(format):
    given = chosen(two_rounds(notes={"idea": "quiet note"}), Choice(edges=False, words=False, dark=False))
    text = read(format, given)
    for word in ("quiet note", "slower", "The small steps we chose", "When leaning goes too far"):
        assert word not in text, word


@pytest.mark.sample(3)
@pytest.mark.parametrize("format", WHOLE)
def test_questions_go_in_where_they_were_chosen(format):
    question = "What does “showing up” look like here?"
    assert question not in read(format, summary()).replace("\\u201c", "“").replace("\\u201d", "”")
    assert question.split("”")[0][-10:] in read(format, chosen(summary(), Choice(prompts=True)))


def test_rounds_can_be_chosen_and_unknown_ones_are_named():
    assert [one.round for one in chosen(two_rounds(), Choice(rounds=frozenset({2}))).rounds] == [2]
    with pytest.raises(Missing, match="There are: 1, 2"):
        chosen(two_rounds(), Choice(rounds=frozenset({3})))


def test_a_picture_that_was_not_chosen_is_drawn_nowhere_and_its_table_stays():
    given = chosen(summary(), Choice(pictures=frozenset({"sides"})))
    page = read("html", given)
    assert "Where we could grow together" not in page
    assert "Where we meet, where we differ" not in page
    assert "The plane" in page
    with pytest.raises(Missing, match="There are: sides"):
        export("svg", given, "plane")


# ---- the archive of everything


def test_the_archive_holds_every_format_and_checks_itself():
    with zipfile.ZipFile(io.BytesIO(export("zip", two_rounds()).body)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    stem = "bothand-2026-11-24-how-we-lean-how-we-stand-CFH234"
    on_a_slide = ("sides", "plane", "edges", "gets-in-the-way")
    pictures = {f"pictures/{stem}-{name}.png" for name in on_a_slide} | {
        f"pictures/{stem}-{name}.svg" for name in (*on_a_slide, "shapes", "then-now")}
    assert set(files) == pictures | {"README.txt", "SHA256SUMS", "method.md", "summary.schema.json"} | {
        f"{stem}{ending}" for ending in (".pdf", ".html", ".xlsx", ".csv", "-wide.csv", ".parquet",
                                         ".json")}
    sums = dict(reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: sha256(body).hexdigest() for name, body in files.items()}
    assert files[f"{stem}.pdf"] == export("pdf", two_rounds()).body
    with zipfile.ZipFile(io.BytesIO(export("zip", two_rounds(), "letter").body)) as archive:
        assert archive.read(f"{stem}.pdf") == export("pdf", two_rounds(), "letter").body
    for name in sums:
        assert name.startswith(("pictures/", "summary.schema", "README")) or name in files["README.txt"].decode()
