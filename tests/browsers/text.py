"""Browsers without pictures or scripts, at a terminal of their own."""

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import termios
from dataclasses import dataclass
from pathlib import Path

ROWS, COLUMNS = 60, 100
QUIET, SETTLED, PATIENCE = 0.3, 2.0, 20.0


@dataclass(frozen=True)
class Kind:
    """How a browser is told things: `first` takes to the first stop, `lower` goes down inside a field, `save` asks
    for the name of a file and empties the answer."""

    name: str
    options: tuple[str, ...]
    first: str
    next: str
    enter: str
    lower: str
    save: str
    leave: str


LYNX = Kind("lynx", ("-nopause",), "", "\t", "\r", "\x1bOB", "p\r\x15", "qy")
W3M = Kind("w3m", (), "\t", "\t", "\r", "j", "S", "qy")
LYNX_SETTINGS = "PERSISTENT_COOKIES:TRUE\nACCEPT_ALL_COOKIES:TRUE\nCHARACTER_SET:utf-8\n"


def installed(kind: Kind) -> bool:
    """Whether it is here."""
    return shutil.which(kind.name) is not None


@dataclass
class TextBrowser:
    """One person at a terminal, whose cookies lie in a folder."""

    kind: Kind
    home: Path

    @property
    def environ(self) -> dict[str, str]:
        """Nothing of ours but where programs are."""
        jar = self.home / "cookies"
        settings = self.home / "lynx.cfg"
        settings.write_text(f"{LYNX_SETTINGS}COOKIE_FILE:{jar}\nCOOKIE_SAVE_FILE:{jar}\n")
        return {"PATH": os.environ["PATH"], "TERM": "xterm", "LANG": "C.UTF-8", "HOME": str(self.home),
                "LYNX_CFG": str(settings)}

    def read(self, url: str) -> str:
        """The page as text."""
        command = [self.kind.name, "-dump", *(("-nolist",) if self.kind == LYNX else ()), url]
        found = subprocess.run(command, env=self.environ, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                               timeout=60, check=True)
        return " ".join(found.stdout.split())

    def walk(self, url: str, *keys: str, keep: bool = False) -> str:
        """Opens the page, presses keys and leaves; with `keep` the page that stands there then, as text."""
        file = self.home / "kept.txt"
        file.unlink(missing_ok=True)
        saving = (*self.kind.save, f"{file}\r") if keep else ()
        child, line = pty.fork()
        if child == 0:
            os.execvpe(self.kind.name, [self.kind.name, *self.kind.options, url], self.environ)
        fcntl.ioctl(line, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        _until_quiet(line, PATIENCE, SETTLED)
        for key in keys:
            os.write(line, key.encode())
            _until_quiet(line, SETTLED, QUIET)
        _until_quiet(line, SETTLED, SETTLED)
        for key in (*saving, *self.kind.leave):
            os.write(line, key.encode())
            _until_quiet(line, SETTLED, QUIET)
        os.close(line)
        os.waitpid(child, 0)
        return " ".join(file.read_text("utf-8").split()) if keep else ""

    def stop(self, number: int) -> tuple[str, ...]:
        """The keys that lead to the nth stop of a page and press it."""
        return (*self.kind.first, *self.kind.next * (number - 1), self.kind.enter)

    def choice(self, number: int) -> tuple[str, ...]:
        """The keys that open the field one stands on, and take its nth option."""
        return (self.kind.enter, *(self.kind.lower,) * number, self.kind.enter)


def _until_quiet(line: int, first: float, quiet: float) -> None:
    """Reads what is drawn, until nothing comes any more; for the first of it there is more time."""
    wait = first
    while select.select([line], [], [], wait)[0]:
        wait = quiet
        try:
            if not os.read(line, 65_536):
                return
        except OSError:  # it has ended
            return
