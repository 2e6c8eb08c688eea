"""Aggregation in an in-memory DuckDB: filled for one release, asked, emptied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

import duckdb
import numpy as np
import pyarrow as pa

from workshop.inventory import Questionnaire
from workshop.release import Counts, PooledTally
from workshop.store.file import OPTIONS

SQL = Path(__file__).parent / "sql"
_ALONE = Lock()
Grid = tuple[tuple[int, ...], ...]
FiveClasses = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class Response:
    """One seat's answers of a round: the release that takes it in, or None, a point (0 = skipped) per item, and
    the number of its group, 0 = none given."""

    release: int | None
    points: bytes
    group: int = 0


@dataclass(frozen=True)
class Spread:
    """Variances of n people who answered all of a pole's shown items, each times n (n - 1): of the items, in
    inventory order, and of their sum."""

    n: int
    items: tuple[int, ...]
    total: int


@contextmanager
def aggregates(questionnaire: Questionnaire, responses: Sequence[Response]) -> Iterator[Aggregates]:
    """The responses of one round, as long as the block lasts. Unreleased ones count as release 0."""
    with _ALONE:
        connection = _memory()
        try:
            _fill(connection, "items", _items(questionnaire))
            _fill(connection, "answers", _answers(questionnaire, responses))
            yield Aggregates(connection, questionnaire)
        finally:
            for table in ("items", "answers", "scores"):
                connection.execute(f"drop table if exists {table}")


@cache
def _memory() -> duckdb.DuckDBPyConnection:
    """An empty database in memory, opened once: opening one takes as long as a whole release."""
    connection = duckdb.connect(":memory:", config=OPTIONS)
    connection.execute("set enable_external_access = false")
    return connection


def warm_up() -> None:
    """Opens the memory and loads what the first release would have to wait for."""
    _fill(_memory(), "answers", pa.table({"seat": pa.array([], pa.int32())}))
    _memory().execute("drop table answers")


def _fill(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    connection.register("given", rows)
    connection.execute(f"create or replace table {table} as select * from given")
    connection.unregister("given")


class Aggregates:
    """Counts of one filled in-memory database."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, questionnaire: Questionnaire) -> None:
        self._connection = connection
        self._questionnaire = questionnaire

    def item_counts(self) -> dict[str, dict[int, Counts]]:
        """People by raw point, for each item id and release."""
        return self._by_item(self._connection.execute(_sql("item_counts")).fetchall())

    def _by_item(self, rows: Sequence[tuple[int, int, int, int]]) -> dict[str, dict[int, Counts]]:
        ids, points = self._questionnaire.ids, self._questionnaire.scale.points
        found: dict[str, dict[int, list[int]]] = {id: {} for id in ids}
        for item, part, point, people in rows:
            found[ids[item]].setdefault(part, [0] * (points + 1))[point] = people
        return {id: {part: tuple(row) for part, row in parts.items()} for id, parts in found.items()}

    def pooled(self, pole: str) -> PooledTally:
        """Answers, and people who gave them, of those who answered every item of a pole."""
        values = {"pole": pole, "points": self._questionnaire.scale.points}
        people, low, mid, high, *holders, low_mid, mid_high = self._connection.execute(
            _sql("pooled"), values).fetchall()[0]
        return PooledTally(people, (low, mid, high), (holders[0], holders[1], holders[2]), low_mid, mid_high)

    def score(self, shown: Sequence[str]) -> None:
        """Scores every pole over the shown items; needed before pole_classes, plane and spreads."""
        self._connection.execute(_sql("scores"), self._shown(shown) | {"points": self._questionnaire.scale.points})

    def pole_classes(self, pole: str) -> FiveClasses:
        """People in each of the five classes of a pole's score."""
        counts = [0] * 5
        for place, people in self._connection.execute(
                "select class, count(*) from scores where pole = ? group by class", [pole]).fetchall():
            counts[place] = people
        return (counts[0], counts[1], counts[2], counts[3], counts[4])

    def group_sizes(self) -> dict[int, int]:
        """People in each group."""
        return dict(self._connection.execute("select grp, count(distinct seat) from answers group by grp").fetchall())

    def item_counts_by_group(self) -> dict[str, dict[int, Counts]]:
        """People by raw point, for each item id and group."""
        rows = self._connection.execute(_sql("group_item_counts")).fetchall()
        return self._by_item(rows)

    def pole_classes_by_group(self, pole: str) -> dict[int, FiveClasses]:
        """People in each of the five classes of a pole's score, for each group."""
        counts: dict[int, list[int]] = {}
        for group, place, people in self._connection.execute(_sql("group_pole_classes"), {"pole": pole}).fetchall():
            counts.setdefault(group, [0] * 5)[place] = people
        return {group: (row[0], row[1], row[2], row[3], row[4]) for group, row in counts.items()}

    def plane(self) -> Grid:
        """People by independence class (rows) and dependence class (columns), five of each."""
        grid = [[0] * 5 for _ in range(5)]
        for x, y, people in self._connection.execute(
                "select d.class, i.class, count(*) from scores as d join scores as i using (seat)"
                " where d.pole = 'DL' and i.pole = 'IL' group by all").fetchall():
            grid[y][x] = people
        return tuple(tuple(row) for row in grid)

    def spreads(self, shown: Sequence[str]) -> dict[str, Spread]:
        """How the answers to the items that were scored vary, for each pole that somebody answered whole."""
        rows = self._connection.execute(_sql("reliability"), self._shown(shown)).fetchall()
        return {pole: Spread(n, tuple(items), total) for pole, n, items, total in rows}

    def _shown(self, shown: Sequence[str]) -> dict[str, object]:
        return {"shown": [place for place, id in enumerate(self._questionnaire.ids) if id in set(shown)]}


def _items(questionnaire: Questionnaire) -> pa.Table:
    items = questionnaire.items
    return pa.table({
        "item": pa.array(range(len(items)), pa.int32()),
        "pole": [item.pole for item in items],
        "keyed": pa.array([item.keyed for item in items], pa.int8()),
    })


def _answers(questionnaire: Questionnaire, responses: Sequence[Response]) -> pa.Table:
    n, m = len(responses), len(questionnaire.items)
    points = np.frombuffer(b"".join(one.points for one in responses), np.uint8)
    return pa.table({
        "seat": np.repeat(np.arange(n, dtype=np.int32), m),
        "grp": np.repeat(np.array([one.group for one in responses], np.int32), m),
        "release": np.repeat(np.array([one.release or 0 for one in responses], np.int32), m),
        "item": np.tile(np.arange(m, dtype=np.int32), n),
        "point": points.astype(np.int8),
    })


@cache
def _sql(name: str) -> str:
    return (SQL / f"{name}.sql").read_text("utf-8")
