"""What the summaries of the largest workshop cost: 1,000 people, 48 statements, 3 rounds, 4 groups.

    uv run python benchmarks/exports.py

Prints, for each format in a fresh process, size, time of the first and of the next, and the memory added; then how
long phones wait for their answers while a server makes one archive after another.
"""

import asyncio
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import httpx  # noqa: E402
from live import Server, launch  # noqa: E402
from rooms import Clock, new_room, sessions_in  # noqa: E402

from workshop.export import ALL_FORMATS, Choice  # noqa: E402
from workshop.takehome import exported  # noqa: E402

PEOPLE, ROUNDS, GROUPS = 1_000, 3, ("North", "East", "South", "West")
PHONES, SECONDS = 40, 12
EVERYTHING = Choice(prompts=True)
MOST_SECONDS, MOST_MEGABYTES, MOST_KILOBYTES = 2.0, 150.0, {"html": 2_000}


def fill(folder: Path) -> str:
    """The workshop in a database of its own; returns its code."""
    rng = random.Random(1)  # noqa: S311
    with sessions_in(folder) as sessions:
        grouping = {"question": "Where do you work?", "options": list(GROUPS)}
        room = new_room(sessions, Clock(), PEOPLE, title="The largest room", form="deep", grouping=grouping)
        for number in range(1, ROUNDS + 1):
            room.act("open_round")
            waiting = [sessions.answer(room.code, number, token, {item: rng.choice((1, 2, 3, 4, 5, None))
                                                                  for item in room.items}, GROUPS[place % 4])
                       for place, token in enumerate(room.tokens)]
            for one in waiting:
                one.result(60)
            room.act("close_round")
            for token in room.tokens[:600]:
                sessions.choose_edge(room.code, number, token, rng.choice(("D1", "D2", "I1", "I5", "I7"))).result(60)
            room.act("close_edges")
        room.act("reveal_dark")
        return room.code


def measure(folder: Path, code: str, format: str) -> dict[str, float]:
    """One format in this process: kilobytes, seconds of the first and the next, of processor, megabytes added."""
    with sessions_in(folder) as sessions:
        sessions.snapshots(code)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        times, work = [], []
        for _ in range(2):
            start, worked = time.perf_counter(), time.process_time()
            body = exported(sessions, code, format, EVERYTHING).body
            times.append(time.perf_counter() - start)
            work.append(time.process_time() - worked)
        added = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {"kilobytes": len(body) / 1000, "first": times[0], "next": times[1], "work": work[0],
            "megabytes": added / 1024}


def in_fresh_processes(folder: Path, code: str) -> list[str]:
    """Prints a line a format; returns those that take too much. Seconds are of the processor: the wall has guests."""
    over = []
    print(f"{'format':<9}{'kB':>8}{'first s':>10}{'(CPU)':>8}{'next s':>9}{'MB added':>10}")
    for format in ALL_FORMATS:
        done = subprocess.run([sys.executable, __file__, str(folder), code, format], capture_output=True, text=True,
                              check=True)
        told = json.loads(done.stdout)
        print(f"{format:<9}{told['kilobytes']:>8.0f}{told['first']:>10.2f}{told['work']:>8.2f}"
              f"{told['next']:>9.2f}{told['megabytes']:>10.0f}")
        if (told["work"] > MOST_SECONDS or told["megabytes"] > MOST_MEGABYTES
                or told["kilobytes"] > MOST_KILOBYTES.get(format, told["kilobytes"])):
            over.append(format)
    return over


async def waits(server: Server, code: str, *, exporting: bool) -> None:
    """How long each answer took, with or without archives being made meanwhile."""
    key, own = {"Authorization": f"Bearer {server.key}"}, {"Origin": server.url}
    fresh = httpx.Limits(max_keepalive_connections=0)  # making forty phones takes longer than a kept line lives
    async with httpx.AsyncClient(base_url=server.url, timeout=60, limits=fresh) as client:
        room = (await client.post("/api/workshops", json={"title": "Live", "checklist": True},
                                  headers=key)).json()["code"]
        at = f"/api/workshops/{room}"
        await client.post(f"{at}/actions", json={"action": "open_lobby"}, headers=key)
        seats = [dict((await httpx.AsyncClient().post(f"{server.url}{at}/seats", headers=own)).cookies)
                 for _ in range(PHONES)]
        await client.post(f"{at}/actions", json={"action": "open_round"}, headers=key)
        stop, times, made = time.monotonic() + SECONDS, [], [0]

        async def phone(cookies: dict[str, str]) -> None:
            rng = random.Random(str(cookies))  # noqa: S311
            async with httpx.AsyncClient(base_url=server.url, cookies=cookies, headers=own, timeout=30) as one:
                while time.monotonic() < stop:
                    await asyncio.sleep(rng.random() * 2)
                    start = time.perf_counter()
                    answer = await one.put(f"{at}/rounds/1/answers", json={"answers": {"D1A": rng.randint(1, 5)}})
                    assert answer.status_code == 200
                    times.append(time.perf_counter() - start)

        async def host() -> None:
            while exporting and time.monotonic() < stop:
                assert (await client.get(f"/api/workshops/{code}/export/zip", headers=key)).status_code == 200
                made[0] += 1

        await asyncio.gather(host(), *map(phone, seats))
    told = sorted(times)
    print(f"{'with' if exporting else 'without'} exports: {len(told)} answers, "
          f"p50 {statistics.median(told) * 1000:.0f} ms, p95 {told[int(len(told) * .95)] * 1000:.0f} ms, "
          f"longest {told[-1] * 1000:.0f} ms, {made[0]} archives")


def while_people_answer(folder: Path, code: str) -> None:
    with sessions_in(folder) as sessions:
        summary = exported(sessions, code, "json", EVERYTHING).body
    server = launch(Path(tempfile.mkdtemp())).wait_until_healthy()
    try:
        taken = httpx.post(f"{server.url}/api/import", content=summary, timeout=30,
                           headers={"Authorization": f"Bearer {server.key}"})
        assert taken.status_code == 201, taken.text
        for exporting in (False, True):
            asyncio.run(waits(server, code, exporting=exporting))
    finally:
        server.stop()


def main() -> None:
    if len(sys.argv) == 4:
        print(json.dumps(measure(Path(sys.argv[1]), sys.argv[2], sys.argv[3])))
        return
    with tempfile.TemporaryDirectory() as folder:
        code = fill(Path(folder))
        over = in_fresh_processes(Path(folder), code)
        while_people_answer(Path(folder), code)
    if over:
        sys.exit(f"more than is allowed: {', '.join(over)}")


if __name__ == "__main__":
    main()
