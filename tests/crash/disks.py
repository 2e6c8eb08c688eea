"""Disks without room: a small memory disk where it can be mounted, else a limit on how long files may grow."""

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MEGABYTE = 1024 * 1024


@contextmanager
def small_disk(folder: Path, megabytes: int = 24) -> Iterator[Path]:
    """An empty disk of that size; raises OSError where this system does not let us mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs"]
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(done.stderr.strip())
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=False)


def may_mount(folder: Path) -> bool:
    """Whether small disks can be had here."""
    with suppress(OSError), small_disk(folder, 1):
        return True
    return False


@contextmanager
def no_room(folder: Path, left: int = 0) -> Iterator[None]:
    """The disk of this folder is full but for so many bytes, as long as the block lasts."""
    filler = folder / "somebody-elses-film"
    with filler.open("wb", buffering=0) as file:
        with suppress(OSError):
            while True:
                file.write(b"\1" * 65_536)
        with suppress(OSError):
            while True:
                file.write(b"\1" * 512)
    if left:
        with filler.open("r+b") as file:
            file.truncate(max(0, filler.stat().st_size - left))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def no_growth(pid: int, longest: int) -> Iterator[None]:
    """No file of that process grows beyond so many bytes, as long as the block lasts."""
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (longest, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
