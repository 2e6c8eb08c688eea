"""What a process did to the files of one folder, as strace saw it: every step in order, with every byte."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALLS = ("open,openat,creat,close,dup,dup2,dup3,lseek,write,writev,pwrite64,pwritev,pwritev2,fsync,"
         "fdatasync,ftruncate,truncate,fallocate,copy_file_range,sendfile,rename,renameat,renameat2,unlink,unlinkat,"
         "mkdir,mkdirat,rmdir,link,linkat,symlinkat")
# What the model below does not know must not be passed over in silence.
UNKNOWN = {"dup", "dup2", "dup3", "writev", "pwritev", "pwritev2", "truncate", "fallocate", "copy_file_range",
           "sendfile", "renameat", "renameat2", "mkdirat", "link", "linkat", "symlinkat", "creat", "open"}
_CALL = re.compile(r"^(\d+)\s+(\w+)\((.*)\)\s+= (-?\d+)")
_BEGUN = re.compile(r"^(\d+)\s+(\w+)\((.*) <unfinished \.\.\.>$")
_ENDED = re.compile(r"^(\d+)\s+<\.\.\. \w+ resumed>(.*)$")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Step:
    """One step: `what` is write, cut, sync, made, gone, moved or told.

    `node` is a file or folder by a number of its own; names are those of the folder, `told` what the process said.
    """

    what: str
    node: int = 0
    at: int = 0
    data: bytes = b""
    name: str = ""
    into: str = ""
    told: str = ""


def has_strace() -> bool:
    """Whether this system has it."""
    return shutil.which("strace") is not None


def trace(command: list[str], folder: Path, saying: Path, out: Path, environ: dict[str, str]) -> list[Step]:
    """Runs the command; `saying` is the file into which it writes what it tells somebody. Raises where it fails."""
    quiet = ["strace", "-f", "-xx", "-qq", "-s", "4000000", "-e", f"trace={CALLS}", "-o", str(out)]
    subprocess.run([*quiet, *command], check=True, env=environ)
    with out.open(encoding="ascii", errors="replace") as lines:
        return list(_Reader(str(folder), str(saying)).steps(lines))


@dataclass
class _Reader:
    folder: str
    saying: str
    open: dict[int, str] = field(default_factory=dict)
    ends: dict[int, bool] = field(default_factory=dict)  # whether writes go to the end of the file
    place: dict[int, int] = field(default_factory=dict)
    nodes: dict[str, int] = field(default_factory=lambda: {".": 0})
    sizes: dict[int, int] = field(default_factory=lambda: {0: 0})
    fresh: int = 0

    def steps(self, lines: Iterator[str]) -> Iterator[Step]:
        begun: dict[str, str] = {}
        for line in lines:
            if found := _BEGUN.match(line):
                begun[found[1]] = f"{found[1]} {found[2]}({found[3]}"
                continue
            if found := _ENDED.match(line):
                line = begun.pop(found[1]) + found[2]
            if (found := _CALL.match(line)) and int(found[4]) >= 0:
                yield from self._step(found[2], found[3], int(found[4]))

    def _step(self, call: str, given: str, result: int) -> Iterator[Step]:
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(given)]
        first = given.split(",")[0]
        here = self._ours(texts[0].decode()) if texts and call not in ("write", "pwrite64") else ""
        if call == "openat":
            yield from self._opened(texts[0].decode(), here, given, result)
        elif call in ("unlink", "rmdir", "unlinkat") and here:
            self.nodes.pop(here)
            yield Step("gone", name=here)
        elif call == "rename" and here:
            yield self._moved(here, self._ours(texts[1].decode()))
        elif call == "mkdir" and here:
            yield self._made(here, folder=True)
        elif call in UNKNOWN and (here or self.open.get(_number(first), "")):
            raise AssertionError(f"{call} is not understood by this model of a disk")
        elif first.isdigit() and int(first) in self.open:
            yield from self._on_open(call, int(first), given, texts, result)

    def _ours(self, path: str) -> str:
        """The name inside the folder; of the folder itself ".", of others ""."""
        if path == self.folder:
            return "."
        return path.removeprefix(f"{self.folder}/") if path.startswith(f"{self.folder}/") else ""

    def _opened(self, path: str, here: str, given: str, number: int) -> Iterator[Step]:
        self._closed(number)
        if path == self.saying:
            self.open[number] = ">"
        if not here:
            return
        if here not in self.nodes:
            yield self._made(here, folder="O_CREAT" not in given)
        self.open[number], self.place[number] = here, 0
        self.ends[number] = "O_APPEND" in given
        if "O_TRUNC" in given and self.sizes[self.nodes[here]]:
            yield self._cut(self.nodes[here], 0)
        self.open[number] = str(self.nodes[here])

    def _closed(self, number: int) -> None:
        for known in (self.open, self.ends, self.place):
            known.pop(number, None)

    def _made(self, here: str, *, folder: bool) -> Step:
        self.fresh += 1
        self.nodes[here], self.sizes[self.fresh] = self.fresh, 0
        return Step("made", self.fresh, at=int(folder), name=here)

    def _moved(self, here: str, there: str) -> Step:
        self.nodes[there] = self.nodes.pop(here)
        return Step("moved", self.nodes[there], name=here, into=there)

    def _cut(self, node: int, length: int) -> Step:
        self.sizes[node] = length
        return Step("cut", node, at=length)

    def _on_open(self, call: str, number: int, given: str, texts: list[bytes], result: int) -> Iterator[Step]:
        if self.open[number] == ">":
            if call == "write":
                yield Step("told", told=texts[0].decode())
            elif call == "close":
                self._closed(number)
            return
        node = int(self.open[number])
        if call == "close":
            self._closed(number)
        elif call == "lseek":
            self.place[number] = result
        elif call in ("fsync", "fdatasync"):
            yield Step("sync", node)
        elif call == "ftruncate":
            yield self._cut(node, int(given.split(",")[1]))
        elif call in ("write", "pwrite64"):
            yield self._written(call, number, node, given, texts[0][:result])

    def _written(self, call: str, number: int, node: int, given: str, data: bytes) -> Step:
        if call == "pwrite64":
            at = int(given.rsplit(",", 1)[1])
        else:
            at = self.sizes[node] if self.ends[number] else self.place[number]
            self.place[number] = at + len(data)
        self.sizes[node] = max(self.sizes[node], at + len(data))
        return Step("write", node, at=at, data=data)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else -1
