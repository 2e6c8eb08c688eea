"""Stopping: open streams end first, and no connection may hold the process longer than a moment."""

import asyncio
import logging
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

import uvicorn

from workshop.process.promptness import attend

PATIENCE = 1  # seconds that connections get to end by themselves

Handler = Callable[[int, FrameType | None], Any]


def leave_quietly() -> None:
    """Both ways of stopping end the process with exit status 0: uvicorn repeats the signal once it is done."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)


def close_first(close: Callable[[], None]) -> None:
    """Has `close` run on the event loop before the server starts to wait for its connections.

    Call from the event loop; does nothing off the main thread, where no signals arrive.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        then = signal.getsignal(number)
        if callable(then):
            _bound(then)
            signal.signal(number, _closing(loop, close, then))


def _closing(loop: asyncio.AbstractEventLoop, close: Callable[[], None], then: Handler) -> Handler:
    def handle(number: int, frame: FrameType | None) -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # a cut stream is no news now
        loop.call_soon_threadsafe(close)
        then(number, frame)

    return handle


def _bound(handler: Handler) -> None:
    # The handler is a method of the server that Streamlit made; there is no other way to its settings.
    server = getattr(handler, "__self__", None)
    if isinstance(server, uvicorn.Server):
        server.config.timeout_graceful_shutdown = PATIENCE
        server.config.encoded_headers = []  # no "server: uvicorn"
        attend(server)


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
