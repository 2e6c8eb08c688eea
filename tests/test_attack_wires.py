"""What a real server sends, byte for byte: headers, bodies, streams, files, and the console's websocket. The long one:
`uv run python -m tests.attack.wires --rooms 40 --seed 7`."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rooms import Clock, new_room, sessions_in

from tests.attack.files import faults
from tests.attack.listening import Wire
from tests.attack.twins import Twin
from tests.attack.visiting import VARIANTS
from tests.attack.wires import Known, heard, kind_of, known, pair_of_servers
from workshop.errors import Missing
from workshop.export import ALL_FORMATS
from workshop.results import to_json
from workshop.takehome import exported

SEED, SIZES = 7, (7, 8, 12, 16, 20, 24)
ROOMS = [("held", 1), ("held", 3), ("held", 5), ("blocks", 2), ("blocks", 4)]


@pytest.fixture(scope="module")
def pair() -> Iterator[list[Wire]]:
    """Two servers whose clocks stand still alike."""
    with pair_of_servers() as both:
        yield both


@pytest.mark.long
@pytest.mark.parametrize(("level", "number"), ROOMS)
def test_two_servers_that_have_released_the_same_send_the_same_bytes(pair, level, number):
    room = known(level, number, SEED, SIZES)
    found = heard(room, pair)
    assert found.other_answers > 0
    assert {"console", "API", "phone", "stage", "streams", "exports"} <= set(found.messages)
    assert found.wrong == []


def otherwise(room: Known) -> Known:
    """With everybody's answers turned round."""
    points = room.asked.scale.points
    turned = {(seen.number, entry.name): tuple(point and points + 1 - point for point in entry.row)
              for seen in room.rounds for entry in seen.entries if entry.owner}
    return replace(room, twin=Twin(instead=turned))


@pytest.mark.long
def test_two_servers_that_have_released_something_else_are_told_apart_wherever_tables_are_shown(pair):
    found = heard(otherwise(known("held", 3, SEED, (16,))), pair)
    assert {"console", "API", "stage", "exports"} <= set(map(kind_of, found.told_apart))


def taken_home(people: int) -> tuple[dict[str, bytes], dict]:
    """Every file of a closed room, and what the API told of its round."""
    with tempfile.TemporaryDirectory() as folder, sessions_in(Path(folder)) as sessions:
        room, files = new_room(sessions, Clock(), people, is_open=True, form="short"), {}
        room.answer_each()
        room.act("close_round")
        for name in (f"{format}{f'?variant={variant}' if variant else ''}"
                     for format in ALL_FORMATS for variant in VARIANTS.get(format, ("",))):
            format, _, variant = name.partition("?variant=")
            try:
                files[name] = exported(sessions, room.code, format, variant=variant).body
            except Missing:
                continue  # no such picture of this room
        return files, {1: json.loads(json.dumps(to_json(room.snapshot)))}


def test_every_count_of_a_file_was_told_and_every_file_comes_from_the_json_summary_alone():
    files, results = taken_home(12)
    assert {"pdf", "zip", "xlsx", "parquet", "png?variant=sides"} <= set(files)
    assert list(faults(files, results)) == []
    table = next(one for one in results[1]["items"] if one["counts"])
    table["counts"] = [table["counts"][0] + 1, *table["counts"][1:]]
    few = {name: body for name, body in files.items() if name in ("json", "csv?variant=long", "parquet", "xlsx")}
    assert len(list(faults({**few, "html": files["html"][:-1]}, results))) == 5
