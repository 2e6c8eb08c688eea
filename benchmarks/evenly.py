"""Whether the time of a reply tells what somebody answered.

    uv run python benchmarks/evenly.py [--times 2000]

A real server and two phones with the deep form. In turns by lot, one leaves every statement out and the other answers
every one: sends, asks how the room stands, takes it back; and, without a script, sends the form and asks for My page.
Prints for each request both medians and how often a reply to the one came sooner than a reply to the other: 50 % tells
nothing, and within the margin chance alone does as much (95 %).
"""

import argparse
import http.client
import json
import random
import re
import statistics
import sys
import tempfile
import time
from bisect import bisect_left, bisect_right
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

import httpx  # noqa: E402
from hosting import Host  # noqa: E402
from live import launch  # noqa: E402

LENGTH = 1_200
Times = dict[str, dict[str, list[float]]]


class Phone:
    """One seat on one connection that stays open."""

    def __init__(self, host: Host, seat: httpx.Client, point: int | None) -> None:
        self.code, self.point = host.code, point
        self.line = http.client.HTTPConnection(urlsplit(host.url).netloc)
        self.head = {"Cookie": f"seat_{host.code}={seat.cookies[f'seat_{host.code}']}", "Origin": host.url,
                     "Accept-Encoding": "gzip"}
        page = seat.get(f"/j/{host.code}").text
        self.items = re.findall(r"<select id=(\w+)", page)
        self.fields = dict(re.findall(r'<input type="hidden" name="(token|round)" value="([^"]*)">', page))

    def timed(self, method: str, path: str, body: str | None = None, kind: str = "application/json") -> float:
        """Seconds until the reply is there."""
        began = time.perf_counter()
        self.line.request(method, path, body, {**self.head, **({"Content-Type": kind} if body else {})})
        reply = self.line.getresponse()
        reply.read()
        taken = time.perf_counter() - began
        assert reply.status == 200, reply.status
        return taken

    def round(self) -> dict[str, float]:
        """One of each request."""
        room = f"/api/workshops/{self.code}"
        answers = json.dumps({"answers": dict.fromkeys(self.items, self.point), "group": None}, separators=(",", ":"))
        form = urlencode({**dict.fromkeys(self.items, self.point or 0), **self.fields, "page": "mine"})
        return {
            "send": self.timed("PUT", f"{room}/rounds/1/answers", answers.ljust(LENGTH)),
            "how the room stands": self.timed("GET", f"{room}?for=phone"),
            "take it back": self.timed("DELETE", f"{room}/rounds/1/answers"),
            "My page without a script": self.timed("POST", f"/j/{self.code}/answers", form,
                                                   "application/x-www-form-urlencoded"),
        }


def sooner(ours: list[float], others: list[float]) -> float:
    """How often one of ours is less than one of the others; equal ones count half."""
    ranked = sorted(others)
    wins = sum(len(ranked) - (bisect_left(ranked, one) + bisect_right(ranked, one)) / 2 for one in ours)
    return wins / (len(ours) * len(others))


def measured(host: Host, times: int) -> Times:
    """By request, then by what was answered."""
    host.create(form="deep", dark=True).act("open_lobby").join(8).act("open_round")
    phones = {"left out": Phone(host, host.people[0], None), "answered": Phone(host, host.people[1], 5)}
    found: Times = defaultdict(lambda: defaultdict(list))
    for _ in range(times):
        for name in random.sample(list(phones), 2):
            for request, seconds in phones[name].round().items():
                found[request][name].append(seconds)
    return found


def main() -> None:
    """Prints a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=2000)
    times = parser.parse_args().times
    margin = 1.96 * ((2 * times + 1) / (12 * times * times)) ** 0.5
    with tempfile.TemporaryDirectory() as folder:
        server = launch(Path(folder)).wait_until_healthy()
        try:
            with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {server.key}"}) as api:
                found = measured(Host(api, server.url), times)
        finally:
            server.stop()
    print(f"| request, {times:,} of each kind | all left out | all answered | left out came sooner, ± {margin:.1%} |")
    print("|---|---|---|---|")
    for request, kinds in found.items():
        medians = (f"{1000 * statistics.median(kinds[name]):.2f} ms" for name in ("left out", "answered"))
        print(f"| {request} | {' | '.join(medians)} | {sooner(kinds['left out'], kinds['answered']):.1%} |")


if __name__ == "__main__":
    main()
