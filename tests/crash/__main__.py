"""What is left after the worst: `uv run python -m tests.crash --times 200`. Loopback only, folders of its own."""

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from tests.crash.storm import Storm, summary
from tests.load.measure import markdown


def main() -> int:
    """Prints a table, then every complaint; 1 where there is one."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=200, help="kills under load")
    options.add_argument("--seed", type=int, default=1, help="of the moments and of what is sent")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="bothand-crash-") as folder:
        storm = Storm(Path(folder), random.Random(chosen.seed))
        asyncio.run(storm.run(chosen.times))
    print(markdown([(what, str(found)) for what, found in summary(storm)]))
    print("\n".join(storm.wrong))
    return bool(storm.wrong)


if __name__ == "__main__":
    sys.exit(main())
