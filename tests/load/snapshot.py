"""The largest snapshot, alone and with a full archive: `uv run python -m tests.load.snapshot --archive 10000`.

In this process, in a temporary folder. The archive is one sealed workshop, many times over in the database's file.
Prints a Markdown table.
"""

import argparse
import random
import tempfile
import time
from pathlib import Path

import duckdb

from tests.load.measure import Times, markdown
from tests.rooms import Clock, Room, new_room, open_sessions
from workshop.published import PublishedRound
from workshop.sessions import Sessions
from workshop.sessions.publishing import Release, publish
from workshop.store.aggregate import Response

TIMES = 7


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures the snapshot of the largest round.")
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--archive", type=int, default=0, help="older workshops in the database")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(markdown(rows(Path(folder), options.people, options.archive)))


def rows(folder: Path, people: int, archive: int) -> list[tuple[str, str]]:
    """What one run measured."""
    clock = Clock()
    if archive:
        filled(folder, clock, archive)
    before = time.perf_counter()
    sessions = open_sessions(folder, clock)
    opened = time.perf_counter() - before
    try:
        listed = len(sessions.workshops())
        room = answered(sessions, clock, people)
        alone = snapshots(sessions, room, people)
        before = time.perf_counter()
        room.act("close_round")
        closed = time.perf_counter() - before
    finally:
        sessions.store.close()
    return [("workshops in the database", f"{listed:,}"), ("database opened", f"{1000 * opened:.0f} ms"),
            (f"snapshot, {people:,} people × {len(room.items)} statements", str(alone)),
            ("close: decrypted, snapshot, written, answers and key destroyed", f"{1000 * closed:.0f} ms")]


def filled(folder: Path, clock: Clock, archive: int) -> None:
    """One real sealed workshop of thirty people, and its copies under numbers and codes of their own."""
    sessions = open_sessions(folder, clock)
    room = new_room(sessions, clock, 30, is_open=True)
    room.answer_each()
    room.act("close_round")
    room.act("seal")
    sessions.store.close()
    with duckdb.connect(str(folder / "bothand.duckdb")) as file:
        (first, code), = file.execute("select id, code from workshops").fetchall()
        each = f"generate_series({first + 1}, {first + archive - 1}) as copies (number)"
        digits = "".join(f"|| substr('ACDEFHJKMNPRTVWXY', 1 + (number // {17 ** place}) % 17, 1)" for place in range(4))
        file.execute(f"""insert into workshops select number, 'ZZ' {digits}, sealed,
                         replace(replace(body, '"{code}"', concat('"ZZ' {digits}, '"')),
                                 '"id": {first},', concat('"id": ', number, ','))
                         from (select * from workshops where id = {first}), {each}""")
        for table in ("rounds", "published"):
            file.execute(f"insert into {table} select number, original.* exclude (workshop) "
                         f"from (select * from {table} where workshop = {first}) original, {each}")


def answered(sessions: Sessions, clock: Clock, people: int) -> Room:
    """An open round of the deep form in which everybody has sent."""
    room = new_room(sessions, clock, is_open=False, form="deep")
    waiting = [sessions.join(room.code, None) for _ in range(people)]
    room.tokens += [one.result(60).token for one in waiting]
    room.act("open_round")
    rng, items = random.Random(1), room.items
    sent = [sessions.answer(room.code, 1, token, {item: rng.choice((None, 1, 2, 3, 4, 5)) for item in items})
            for token in room.tokens]
    for each in sent:
        each.result(60)
    return room


def snapshots(sessions: Sessions, room: Room, people: int) -> Times:
    """The same snapshot several times over, from scored responses to the rows that a round publishes."""
    questionnaire = sessions.questionnaire(room.workshop)
    rng = random.Random(2)
    responses = [Response(1, bytes(rng.randint(0, 5) for _ in room.items)) for _ in range(people)]
    release = Release(1, room.workshop.policy, single=True, whole=True)
    empty, times = PublishedRound(0, "", 0, "", n=people), Times()
    for _ in range(TIMES):
        before = time.perf_counter()
        publish(empty, (), release, questionnaire, responses)
        times.add(time.perf_counter() - before)
    return times


if __name__ == "__main__":
    main()
