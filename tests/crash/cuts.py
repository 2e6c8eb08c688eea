"""What a disk may hold after a power cut: of everything since the last fsync, any part may be missing.

The model is the strict one of POSIX: what is written to a file stays for sure once that file is synced, and a name in
a folder once that folder is. Common file systems promise more.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash.traced import Step

SECTOR = 512
Names = dict[str, int]


@dataclass
class Disk:
    """What is safe, and what is on its way: contents by node, names by path."""

    safe: dict[int, bytes] = field(default_factory=lambda: {0: b""})
    written: dict[int, list[Step]] = field(default_factory=dict)
    names: Names = field(default_factory=lambda: {".": 0})
    renamed: list[Step] = field(default_factory=list)
    now: Names = field(default_factory=lambda: {".": 0})
    folders: set[int] = field(default_factory=lambda: {0})
    changes: dict[int, int] = field(default_factory=dict)

    def take(self, step: Step) -> None:
        """The next step of the process."""
        if step.what in ("write", "cut"):
            self.written.setdefault(step.node, []).append(step)
            self.changes[step.node] = self.changes.get(step.node, 0) + 1
        elif step.what in ("made", "gone", "moved"):
            self._named(step)
        elif step.what == "sync" and step.node in self.folders:
            self._folder_synced(next(name for name, node in self.now.items() if node == step.node))
        elif step.what == "sync":
            self.safe[step.node] = applied(self.safe[step.node], self.written.pop(step.node, []))

    def _named(self, step: Step) -> None:
        if step.what == "made":
            self.safe[step.node] = b""
            if step.at:
                self.folders.add(step.node)
        renamed(self.now, step)
        self.renamed.append(step)

    def _folder_synced(self, folder: str) -> None:
        mine = [step for step in self.renamed if _folder_of(step.name) == folder]
        for step in mine:
            renamed(self.names, step)
        self.renamed = [step for step in self.renamed if _folder_of(step.name) != folder]


@dataclass(frozen=True)
class Image:
    """One disk after one cut: files by name, folders, and by which of its changes a file is known to be whole."""

    files: dict[str, bytes]
    folders: tuple[str, ...]
    changes: dict[str, tuple[int, int | None]]

    def key(self) -> tuple[object, ...]:
        """The same for disks that hold the same."""
        return (tuple(sorted((name, hash(body)) for name, body in self.files.items())), self.folders,
                tuple(sorted(self.changes.items(), key=repr)))

    def write(self, folder: Path) -> None:
        """As files of a real folder."""
        for name in self.folders:
            (folder / name).mkdir(parents=True, exist_ok=True)
        for name, body in self.files.items():
            path = folder / name
            path.write_bytes(body)
            path.chmod(0o600)


def images(disk: Disk, rng: random.Random, chances: int) -> Iterator[Image]:
    """The four plain ones, nothing or everything kept of names and of contents, and so many of chance."""
    for keep_names in (0.0, 1.0):
        for keep_bytes in (0.0, 1.0):
            yield _image(disk, rng, keep_names, keep_bytes)
    for _ in range(chances):
        yield _image(disk, rng, rng.choice((0.0, 0.5, 0.9, 1.0)), rng.choice((0.0, 0.3, 0.7, 1.0, -1.0)))


def _image(disk: Disk, rng: random.Random, keep_names: float, keep_bytes: float) -> Image:
    """`keep_bytes` -1: every file keeps what was written up to some sector, and nothing after it."""
    names = dict(disk.names)
    for step in disk.renamed:
        if rng.random() < keep_names:
            renamed(names, step)
    whole, files, changes = {**names}, {}, {}
    for name, node in sorted(whole.items()):
        if node in disk.folders or not _reachable(name, names):
            continue
        files[name], kept = _content(disk, rng, node, keep_bytes)
        changes[name] = (node, kept)
    folders = tuple(sorted(name for name, node in names.items() if node in disk.folders and _reachable(name, names)))
    return Image(files, folders, changes)


def _reachable(name: str, names: Names) -> bool:
    return name == "." or (_folder_of(name) in names and _reachable(_folder_of(name), names))


def _content(disk: Disk, rng: random.Random, node: int, keep: float) -> tuple[bytes, int | None]:
    """A file's bytes, and its number of changes where it is whole as of one of them."""
    waiting, changes = disk.written.get(node, []), disk.changes.get(node, 0)
    if not waiting or keep == 0.0:
        return disk.safe[node], changes - len(waiting)
    if keep == 1.0:
        return applied(disk.safe[node], waiting), changes
    parts = [part for step in waiting for part in _sectors(step)]
    if keep < 0:
        return applied(disk.safe[node], parts[:rng.randrange(len(parts) + 1)]), None
    return applied(disk.safe[node], [part for part in parts if rng.random() < keep]), None


def _sectors(step: Step) -> Iterator[Step]:
    if step.what == "cut":
        yield step
        return
    place = step.at
    while place < step.at + len(step.data):
        end = min(step.at + len(step.data), (place // SECTOR + 1) * SECTOR)
        yield Step("write", step.node, at=place, data=step.data[place - step.at:end - step.at])
        place = end


def applied(content: bytes, steps: Sequence[Step]) -> bytes:
    """What a file holds after these writes; a hole reads as zeros."""
    body = bytearray(content)
    for step in steps:
        if step.what == "cut":
            body[:] = body[:step.at].ljust(step.at, b"\0")
        else:
            body.extend(bytes(max(0, step.at - len(body))))
            body[step.at:step.at + len(step.data)] = step.data
    return bytes(body)


def renamed(names: Names, step: Step) -> None:
    """A name made, gone or moved; nothing where the disk has never heard of what it names."""
    if step.what == "made":
        names[step.name] = step.node
    elif step.what == "gone":
        names.pop(step.name, None)
    elif step.name in names:
        names[step.into] = names.pop(step.name)


def _folder_of(name: str) -> str:
    if name == ".":
        return ""
    return name.rpartition("/")[0] or "."
