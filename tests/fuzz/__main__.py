"""Random requests at a running server: `uv run python -m tests.fuzz --examples 200`.

Loopback only, in a folder of its own. First requests out of the OpenAPI description, then bytes that are no requests.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import httpx

from tests.fuzz.contract import ask
from tests.fuzz.rooms_in_phases import Rooms, host_of
from tests.fuzz.wire import bombard, target_in
from tests.live import launch


def main() -> int:
    """Prints what was answered, then every complaint; 1 where there is one."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--examples", type=int, default=100, help="of each kind, for each operation and asker")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="bothand-fuzz-") as folder:
        server = launch(Path(folder)).wait_until_healthy(120)
        try:
            wrong = _all(server.url, server.key, chosen.examples, chosen.seed)
        finally:
            stopped = server.stop()
    wrong += [f"the server stopped with {stopped}"] if stopped else []
    wrong += [f"it logged: {server.errors[-2_000:]}"] if "A request broke" in server.errors else []
    print("\n".join(wrong) or "Nothing was wrong.")
    return bool(wrong)


def _all(url: str, key: str, examples: int, seed: int) -> list[str]:
    asked = ask(url, key, examples, seed)
    print(f"{asked.requests} requests out of the description")
    for operation, statuses in asked.statuses.items():
        print(f"  {operation}: {', '.join(map(str, sorted(statuses)))}")
    with host_of(url, key) as host:
        hits = bombard(target_in(Rooms(host, url)), max(1, examples // 10), seed)
    print(f"{sum(hits.statuses.values())} connections of other bytes: {dict(sorted(hits.statuses.items()))}")
    healthy = httpx.get(f"{url}/api/health", timeout=5).status_code == 200
    return [*asked.wrong, *hits.wrong, *([] if healthy else ["the server is not well afterwards"])]


if __name__ == "__main__":
    sys.exit(main())
