"""What a number of people may carry, on real closed rounds and over every surface: the snapshot, what phones are shown,
the stage scene by scene, and the exports. Expected values: the table "what n may carry" of docs/privacy.md."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from export_readers import said as said_in
from rooms import LIBRARY, Clock, Room, new_room, sessions_in

from workshop.export.method import chapters
from workshop.inventory import Item, Questionnaire
from workshop.results import ItemTable, Snapshot, to_json
from workshop.sessions import Sessions
from workshop.stage.payload import payload
from workshop.takehome import exported, summary_of

ENGLISH = LIBRARY.locales["en"]
HIDDEN = ENGLISH.text("common.hidden")
SHAPES = tuple(ENGLISH.table("export")["shape"].values())
PEOPLE = (2, 4, 5, 7, 8, 11, 12, 15, 16, 29, 30, 31)
DARK = ("DD", "ID", "RD", "RI")
# Heights 1 to 3 of leaning and standing: low, middle and high sides, in four corners of the plane.
HEIGHTS = ((1, 1), (3, 3), (1, 3), (2, 2))


@dataclass(frozen=True)
class Carries:
    """The most that may be seen: classes of items, sides and the plane (0 none; 9 every point), and what else."""

    pooled: bool = False
    items: int = 0
    dark: bool = False
    shape: bool = False
    sides: int = 0
    median: bool = False
    numbers: bool = False

    @property
    def anything(self) -> bool:
        return self.pooled or self.items > 0


NOTHING, POOLED, ITEMS = Carries(), Carries(pooled=True), Carries(items=3)
SHAPED = Carries(items=3, dark=True, shape=True, sides=3)
FINE = Carries(items=9, dark=True, shape=True, sides=5, median=True)
ALL = Carries(items=9, dark=True, shape=True, sides=5, median=True, numbers=True)
EVERY_POINT = Carries(items=9, dark=True)
OPEN_SHAPED = Carries(items=9, dark=True, shape=True, sides=3)

LARGE = (SHAPED, SHAPED, FINE, FINE, ALL, ALL)
TABLE = {
    "held": dict(zip(PEOPLE, (NOTHING, NOTHING, POOLED, POOLED, ITEMS, ITEMS, *LARGE), strict=True)),
    "blocks": dict(zip(PEOPLE, (NOTHING,) * 4 + (ITEMS, ITEMS, *LARGE), strict=True)),
    "open": dict(zip(PEOPLE, (NOTHING, *(EVERY_POINT,) * 5, OPEN_SHAPED, OPEN_SHAPED, FINE, FINE, ALL, ALL),
                     strict=True)),
}
FORMATS = ("csv", "json", "html")
CELLS = [(level, n) for level, row in TABLE.items() for n in row]
CSV_KINDS: Mapping[str, Callable[[Carries], bool]] = {
    "pooled answers": lambda may: may.pooled, "pole": lambda may: may.sides > 0, "plane": lambda may: may.sides > 0,
    "median": lambda may: may.median, "middle half": lambda may: may.median, "mean": lambda may: may.numbers,
    "alpha": lambda may: may.numbers, "interval of alpha": lambda may: may.numbers,
}


@dataclass(frozen=True, repr=False)
class Surfaces:
    """Everything that one closed round lets anybody see; `rows` are the counts of the files for programs, by format;
    `chapters` are the texts about method in its page."""

    may: Carries
    asked: Questionnaire
    snapshot: Snapshot
    shown: Mapping[str, Any]
    stage: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, str]
    rows: Mapping[str, list[dict[str, str]]]
    chapters: frozenset[str]


def answers(person: int, items: tuple[Item, ...]) -> dict[str, int]:
    """Varied enough for every table to pass, and nobody skips."""
    heights = dict(zip("DI", HEIGHTS[person % 4], strict=True))
    found = {}
    for place, item in enumerate(items):
        y = heights["D" if "D" in item.pole.removeprefix("R")[0] else "I"] + (person // 4 + place) % 3
        found[item.id] = y if item.keyed == 1 else 6 - y
    return found


def closed_room(sessions: Sessions, clock: Clock, level: str, n: int) -> Room:
    """A closed round of n people; the host has revealed what can be revealed."""
    room = new_room(sessions, clock, n, is_open=True, protection=level)
    items = sessions.questionnaire(room.workshop).items
    for person, token in enumerate(room.tokens):
        room.answer(token, answers(person, items))
    room.act("close_round")
    if TABLE[level][n].anything:
        room.act("reveal_dark")
    return room


def stages(room: Room) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The stage at every step of every scene."""
    for scene in room.workshop.agenda:
        steps = 1
        step = 0
        while step < steps:
            room.act("goto", scene=scene.id, step=step)
            drawn = payload(room.sessions, room.code)
            steps, step = drawn["steps"], step + 1
            yield f"{scene.id} {step}", drawn


def surfaces(room: Room, may: Carries) -> Surfaces:
    sessions, code = room.sessions, room.code
    drawn = dict(stages(room))
    files = {format: exported(sessions, code, format).body.decode("utf-8-sig") for format in FORMATS}
    method = frozenset(text for chapter in chapters(summary_of(sessions, code))
                       for text in (chapter.title, *chapter.paragraphs))
    rows = {format: read(exported(sessions, code, format).body) for format, read in ROWS.items()}
    return Surfaces(may, sessions.questionnaire(room.workshop), room.snapshot, sessions.shown(code, 1), drawn, files,
                    rows, method)


def rows_of_csv(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def rows_of_parquet(body: bytes) -> list[dict[str, str]]:
    return [worded(row) for row in pyarrow.parquet.read_table(io.BytesIO(body)).to_pylist()]


def rows_of_workbook(body: bytes) -> list[dict[str, str]]:
    """Of the sheet with every count; none where there is nothing to count."""
    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True)
    title = ENGLISH.text("export.sheets.every")
    lines = list(book[title].iter_rows(values_only=True)) if title in book.sheetnames else []
    names = next((line for line in lines if line[0] == "round"), ())
    return [worded(dict(zip(names, line, strict=True))) for line in lines[lines.index(names) + 1:]] if names else []


def worded(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in row.items()}


ROWS = {"csv": rows_of_csv, "parquet": rows_of_parquet, "xlsx": rows_of_workbook}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], Surfaces]:
    """The surfaces of a closed round of n people at a level."""
    known: dict[tuple[str, int], Surfaces] = {}

    def of(level: str, n: int) -> Surfaces:
        if (level, n) not in known:
            with sessions_in(tmp_path_factory.mktemp("room"), clock := Clock()) as sessions:
                known[level, n] = surfaces(closed_room(sessions, clock, level, n), TABLE[level][n])
        return known[level, n]
    return of


@pytest.fixture
def cell(seen, level, n) -> Surfaces:
    return seen(level, n)


every_cell = pytest.mark.parametrize(("level", "n"), CELLS)


def classes(table: ItemTable) -> int:
    """Classes an item's table tells apart; 9 where every point stands for itself."""
    return 0 if table.bins is None else 9 if all(len(points) == 1 for points in table.bins) else len(table.bins)


# ---- the snapshot


@pytest.mark.sample(11)
@every_cell
def test_a_snapshot_carries_no_more_than_its_people(cell, n):
    may, snapshot = cell.may, cell.snapshot
    assert (snapshot.released, snapshot.n) == ((True, n) if may.anything else (False, 0))
    assert all(classes(table) <= may.items for table in snapshot.items)
    assert all(table.counts is None for table in snapshot.items if table.pole in DARK and not may.dark)
    assert all(table.shape is None for table in snapshot.items) or may.shape
    assert all(pole.pooled == may.pooled and (pole.pooled or may.sides) for pole in snapshot.poles)
    assert all((pole.classes or 0) <= (3 if may.pooled else may.sides) for pole in snapshot.poles)
    assert all(pole.median is None and pole.middle is None for pole in snapshot.poles) or may.median
    assert snapshot.plane is None or snapshot.plane.bins <= may.sides
    assert snapshot.statistics is None or may.numbers


@pytest.mark.sample(12)
@every_cell
def test_what_may_be_seen_is_seen_where_answers_differ(cell):
    may, snapshot = cell.may, cell.snapshot
    finest = max((classes(table) for table in snapshot.items), default=0)
    # In blocks three people stand in every class, so eight cannot fill three, nor sixteen every point.
    assert finest == may.items or (snapshot.level == "blocks" and 0 < finest < may.items and snapshot.n in (8, 11, 16))
    assert any(table.counts for table in snapshot.items if table.pole in DARK) == may.dark
    assert any(table.shape for table in snapshot.items) == may.shape
    assert max((pole.classes or 0 for pole in snapshot.poles if not pole.pooled), default=0) == may.sides
    assert any(pole.counts for pole in snapshot.poles if pole.pooled) == may.pooled
    assert any(pole.median is not None for pole in snapshot.poles) == may.median
    assert (snapshot.plane.bins if snapshot.plane else 0) == may.sides
    assert (snapshot.statistics is not None) == may.numbers
    if may.numbers:
        assert all(None not in known.values() for known in snapshot.statistics["poles"].values())
        assert set(snapshot.statistics["poles"]) == {"DL", "IL", "DD", "ID"}


@pytest.mark.parametrize(("scored", "classes", "median", "mean"), [
    (11, 0, False, False), (12, 3, False, False), (15, 3, False, False), (16, 5, True, False), (29, 5, True, False),
    (30, 5, True, True)])
def test_a_side_carries_what_the_people_with_a_place_on_it_can(sessions, clock, scored, classes, median, mean):
    room = new_room(sessions, clock, 31, is_open=True)
    items = sessions.questionnaire(room.workshop).items
    for person, token in enumerate(room.tokens):
        given = answers(person, items)
        room.answer(token, {item.id: given[item.id] for item in items if item.pole != "IL" or person < scored})
    room.act("close_round")
    leaning, standing = (room.snapshot.pole(id) for id in ("DL", "IL"))
    assert (leaning.n, leaning.classes, leaning.median is not None) == (31, 5, True)
    assert (standing.n, standing.classes or 0) == (scored if classes else 0, classes)
    assert (standing.median is not None) == median
    known = room.snapshot.statistics["poles"]
    assert known["DL"]["alpha"] is not None
    assert ("IL" in known and known["IL"]["mean"] is not None and known["IL"]["alpha"] is not None) == mean
    assert mean or "IL" not in known


# ---- what phones are shown


@pytest.mark.sample(12)
@every_cell
def test_phones_are_shown_no_statistics_and_no_middle_below_sixteen(cell):
    assert cell.shown["statistics"] is None
    assert all(pole["median"] is None and pole["middle"] is None for pole in cell.shown["poles"]) or cell.may.median
    assert all(table["shape"] is None for table in cell.shown["items"]) or cell.may.shape
    known = {table["id"]: table for table in to_json(cell.snapshot)["items"]}
    assert all(table == known[table["id"]] for table in cell.shown["items"])


# ---- the stage


def said(drawn: Mapping[str, Any]) -> list[str]:
    """Every word of the stage that can be read or heard: texts, tables, and the letters in a picture."""
    parts = (drawn["headline"], drawn["text"], drawn["source"], drawn["table"], drawn["view"])
    return [*strings(parts), *said_by(drawn["figure"])]


def said_by(picture: Any) -> list[str]:
    """The letters in a picture, and those that appear when somebody points at it."""
    names = ("text", "hovertext", "hovertemplate", "customdata", "title", "name", "ticktext", "alt")
    return [text for name in names for text in strings(under(picture, name))]


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from strings(part)


def under(value: Any, name: str) -> list[Any]:
    """Whatever stands under a name, however deep."""
    if isinstance(value, Mapping):
        return [part for key, inside in value.items() for part in ([inside] if key == name else under(inside, name))]
    return [part for inside in value for part in under(inside, name)] if isinstance(value, list | tuple) else []


@every_cell
def test_the_stage_says_no_percentage_shape_or_statistic_at_any_n(cell):
    # Percent, means and alpha are for the results explorer and the method page, shape words for explorer and exports.
    for scene, drawn in cell.stage.items():
        words = said(drawn)
        assert not [text for text in words if "%" in text], scene
        assert not [text for text in words for word in SHAPES if text.strip().lower().startswith(word)], scene
        assert not [text for text in words if re.search(r"\b(alpha|median|average|mean\W+\d)", text.lower())], scene


@every_cell
def test_the_stage_counts_people_only_where_the_snapshot_does(cell):
    for scene, drawn in cell.stage.items():
        kind, table = drawn["scene"]["kind"], drawn["table"]
        counts = [one for row in (table or {"rows": []})["rows"] for one in row if isinstance(one, int)]
        if kind in ("light", "dark"):
            assert bool(counts) == (cell.may.items > 0 and (kind == "light" or cell.may.dark)
                                    or (kind == "light" and cell.may.pooled)), scene
        elif kind == "plane":
            assert bool(counts) == (cell.may.sides > 0), scene
        else:
            assert not counts, scene


@every_cell
def test_the_stage_tells_statements_apart_from_eight_on_only(cell):
    if cell.may.items:
        return
    statements = {item.text for item in cell.asked.items}
    for scene, drawn in cell.stage.items():
        rows = (drawn["table"] or {"rows": []})["rows"]
        told = [row for row in rows if statements & set(map(str, row)) and any(isinstance(one, int) for one in row)]
        assert not told, scene


# ---- exports


@every_cell
@pytest.mark.parametrize("format", ROWS)
def test_files_for_programs_have_no_kind_of_row_that_their_people_cannot_carry(cell, format):
    rows = cell.rows[format]
    kinds = {row["kind"] for row in rows if HIDDEN not in row["note"]}
    for kind, allowed in CSV_KINDS.items():
        assert (kind in kinds) == allowed(cell.may), kind
    counted = [row for row in rows if row["kind"] == "item" and row["people"]]
    assert bool(counted) == (cell.may.items > 0)
    assert max((int(row["class"]) for row in counted), default=0) <= {0: 0, 3: 3, 9: 6}[cell.may.items]
    assert any(row["note"] for row in counted) == cell.may.shape
    assert any(row["pole"] in DARK for row in counted) == cell.may.dark
    assert not [row for row in rows if row["kind"] not in ("method", "agenda") and "%" in "".join(row.values())]


@every_cell
def test_a_json_export_holds_the_snapshot_and_nothing_beside_it(cell):
    snapshots = json.loads(cell.files["json"])["snapshots"]
    assert snapshots == ([json.loads(json.dumps(to_json(cell.snapshot)))] if cell.may.anything else [])


class Reader(HTMLParser):
    """Everything on a page that can be read or heard, and what its pictures say when pointed at."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        self.inside = "data" if given.get("type") == "application/json" else tag
        self.texts += [value for name, value in attrs if name in ("aria-label", "title", "alt") and value]

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "data":
            self.texts += [re.sub(r"%\{[^}]*\}", "", text) for text in said_by(json.loads(data))]
        elif self.inside not in ("style", "script") and data.strip():
            self.texts.append(data.strip())


@every_cell
def test_a_page_to_take_home_says_no_more_than_its_people_carry(cell):
    # The chapters about method speak of percent and alpha in general.
    texts = [text for text in Reader(cell.files["html"]).texts if text not in cell.chapters]
    numbers = ENGLISH.table("export")["numbers"]
    assert not [text for text in texts if "%" in text and not cell.may.numbers]
    assert (numbers["alpha"] in texts and numbers["mean"] in texts) == cell.may.numbers
    assert numbers["response_style"] not in texts or cell.may.numbers
    assert any(word in texts for word in SHAPES) == cell.may.shape
    assert (ENGLISH.text("export.tables.median") in texts) == (cell.may.sides > 0)


# ---- the files for programs and for paper


@pytest.mark.sample(2)
@pytest.mark.parametrize("n", [7, 8, 11, 12, 29, 30])
def test_workbook_parquet_and_paper_say_no_more_than_their_people_carry(tmp_path, n):
    with sessions_in(tmp_path, Clock()) as sessions:
        room = closed_room(sessions, Clock(), "held", n)
        method = [text for chapter in chapters(summary_of(sessions, room.code)) for text in chapter.paragraphs]
        files = {format: said_in(f"x.{format}", exported(sessions, room.code, format).body)
                 for format in ("xlsx", "parquet", "pdf")}
    may, alpha = TABLE["held"][n], ENGLISH.text("export.numbers.alpha")
    codes = r"\b(shared_high|shared_low|two_camps|middle|leaning_high|leaning_low|spread)\b"
    for format, text in files.items():
        for paragraph in method:
            text = text.replace(paragraph, "")
        shaped = any(word in text for word in SHAPES) or (format == "parquet" and re.search(codes, text) is not None)
        assert shaped == may.shape, format
        assert (alpha.lower() in text.lower()) == may.numbers, format
        assert "%" not in text or may.numbers, format
