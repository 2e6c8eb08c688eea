"""What the process writes to its log: warnings and errors, with nothing in them about a person."""

import logging
import sys
import time
import traceback
from types import TracebackType

REPEATED_SECONDS = 60.0
NO_NEWS = ("Invalid HTTP request received.", "Unsupported upgrade request.")  # whoever likes to can send a million

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def keep_discreet() -> None:
    """From here on every library's log tells of an exception its kind and place only."""
    logging.disable(logging.INFO)
    logging.setLogRecordFactory(discreet_record)
    for name in ("uvicorn.error", "asyncio"):
        log = logging.getLogger(name)
        log.filters[:] = [Seldom()]


class OneLine(logging.LogRecord):
    """Whatever is told of one event stands on one line, so that none can be made up inside of another."""

    broke = ""

    def getMessage(self) -> str:
        """The message, and what broke."""
        return " | ".join([*super().getMessage().splitlines(), *([self.broke] if self.broke else [])])


class Seldom(logging.Filter):
    """No line for what anybody in the network can cause, and any other line once a minute: else they fill a disk."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[object, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is written."""
        if record.msg in NO_NEWS:
            return False
        line, now = (str(record.msg).partition("\n")[0], getattr(record, "broke", "")), time.monotonic()
        self._said = {line: at for line, at in self._said.items() if now - at < REPEATED_SECONDS}
        return self._said.setdefault(line, now) == now


def discreet_record(
    name: str, level: int, path: str, line: int, message: object, values: tuple[object, ...] = (),
    raised: Raised | None = None, function: str | None = None, stack: str | None = None,
) -> logging.LogRecord:
    """A log record without an exception's own text, which may quote what somebody typed."""
    record = OneLine(name, level, path, line, message, values, None, function, stack)
    if raised and raised[0]:
        record.broke = f"{raised[0].__name__} at {place(raised[2])}"
    return record


def place(trace: TracebackType | None) -> str:
    """The innermost frames as file:line, innermost first."""
    frames = traceback.extract_tb(trace)[-6:]
    return " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))


def say(sentence: str) -> None:
    """One line for whoever started the process, beside what is printed for the facilitator."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
