"""Versions of what each room may see, and the streams that are told when they change.

A version says nothing but "the same as before" or "not": it is opaque and differs after a restart.
"""

import asyncio
import secrets
import threading
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Literal

Topic = Literal["state", "phone", "stage"]
TOPICS: tuple[Topic, ...] = ("state", "phone", "stage")


@dataclass
class _Room:
    numbers: dict[Topic, int] = field(default_factory=lambda: dict.fromkeys(TOPICS, 0))
    keys: dict[Topic, Hashable] = field(default_factory=dict)
    listeners: set["Listener"] = field(default_factory=set)


class Listener:
    """One open stream: woken on the event loop whenever one of its topics moved, or there is nothing more to hear.

    `over` says that the room was forgotten, or that the process stops.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, topics: frozenset[Topic]) -> None:
        self.loop = loop
        self.topics = topics
        self.woken = asyncio.Event()
        self.over = False

    async def wait(self, seconds: float) -> bool:
        """False when nothing happened for so long."""
        try:
            await asyncio.wait_for(self.woken.wait(), seconds)
        except TimeoutError:
            return False
        self.woken.clear()
        return True


class Hub:
    """Versions and listeners of all rooms. `announce` may be called from any thread."""

    def __init__(self) -> None:
        self._boot = secrets.token_hex(4)
        self._rooms: dict[str, _Room] = {}
        self._lock = threading.Lock()
        self.closed = False

    def version(self, code: str, topic: Topic) -> str:
        """The present version of one room's topic."""
        with self._lock:
            room = self._rooms.get(code)
            return f"{self._boot}.{room.numbers[topic] if room else 0}"

    def rooms(self) -> tuple[str, ...]:
        """The codes of the rooms that anything is known of."""
        with self._lock:
            return tuple(self._rooms)

    def announce(self, code: str, keys: dict[Topic, Hashable]) -> bool:
        """Moves the version of every topic whose key differs from before, and wakes the room's listeners."""
        with self._lock:
            room = self._room(code)
            changed = [topic for topic, key in keys.items() if room.keys.get(topic) != key]
            for topic in changed:
                room.keys[topic] = keys[topic]
                room.numbers[topic] += 1
            listeners = tuple(one for one in room.listeners if not one.topics.isdisjoint(changed))
        _wake(listeners)
        return bool(changed)

    def listen(self, code: str, topics: Iterable[Topic]) -> Listener:
        """A new listener on the running event loop; give it back with `leave`."""
        listener = Listener(asyncio.get_running_loop(), frozenset(topics))
        with self._lock:
            self._room(code).listeners.add(listener)
        return listener

    def leave(self, code: str, listener: Listener) -> None:
        """The stream has ended."""
        with self._lock:
            if code in self._rooms:
                self._rooms[code].listeners.discard(listener)

    def close(self) -> None:
        """Ends every stream."""
        self.closed = True
        with self._lock:
            listeners = tuple(one for room in self._rooms.values() for one in room.listeners)
        _end(listeners)

    def rest(self, code: str) -> None:
        """Nothing is expected of the room any more: its versions stay, what they stood for is let go."""
        with self._lock:
            if code in self._rooms:
                self._rooms[code].keys.clear()

    def forget(self, code: str) -> None:
        """The room is gone; its streams end by themselves."""
        with self._lock:
            room = self._rooms.pop(code, None)
        _end(tuple(room.listeners) if room else ())

    def _room(self, code: str) -> _Room:
        return self._rooms.setdefault(code, _Room())


def _end(listeners: tuple[Listener, ...]) -> None:
    for listener in listeners:
        listener.over = True
    _wake(listeners)


def _wake(listeners: tuple[Listener, ...]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[Listener]] = {}
    for listener in listeners:
        by_loop.setdefault(listener.loop, []).append(listener)
    for loop, group in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_set_all, group)


def _set_all(group: list[Listener]) -> None:
    for listener in group:
        listener.woken.set()
