"""What is measured: times, the server's processor and memory, and a Markdown table of it all."""

import os
import resource
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Times:
    """Durations in seconds."""

    seconds: list[float] = field(default_factory=list)

    def add(self, seconds: float) -> None:
        self.seconds.append(seconds)

    def at(self, share: float) -> float:
        """The time that so many of all stay under, in milliseconds."""
        if not self.seconds:
            return float("nan")
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def __str__(self) -> str:
        shares = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0))
        return " / ".join(f"{name} {self.at(share):.0f}" for name, share in shares) + f" ms (n {len(self.seconds)})"


@dataclass(frozen=True)
class Usage:
    """What a process has used so far: processor seconds, megabytes now and at most; nan where the system is silent."""

    cpu: float
    rss: float
    peak: float


def usage(pid: int) -> Usage:
    """From /proc, where there is one."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    except OSError:
        return Usage(float("nan"), float("nan"), float("nan"))
    rss, peak = (int(status[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return Usage((int(fields[11]) + int(fields[12])) / TICKS, rss, peak)


def allow_many_files() -> None:
    """Every phone holds a stream."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def markdown(rows: Sequence[tuple[str, str]]) -> str:
    return "\n".join(["| what | measured |", "|---|---|", *(f"| {what} | {measured} |" for what, measured in rows)])
