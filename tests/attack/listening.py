"""A real server, and every byte that it sends: status, headers in their order, bodies as they come, streams, and what
the console's websocket carries."""

import re
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.live import ROOT, Server, launch

HOST = "workshop.example"
PATIENCE = 300.0
# Streamlit names its runs, sessions and installation by lot.
LOTS = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NOBODY = b"00000000-0000-0000-0000-000000000000"
STILL_HERE = b": here\n\n"
MEDIA = re.compile(rb"/media/[0-9a-f]+\.[a-z]+")


@dataclass
class Stream:
    """Server-sent events of one room as they come."""

    server: Server
    path: str
    heard: bytes = b""
    taken: int = 0

    def __post_init__(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()
        self._until(b'"version"')

    def _listen(self) -> None:
        with httpx.Client(base_url=self.server.url, timeout=None) as client, \
                client.stream("GET", self.path, headers={"Host": HOST}) as answer:
            self.heard += head_of(answer)
            try:
                for piece in answer.iter_raw():
                    self.heard += b"" if piece == STILL_HERE else piece
            except httpx.HTTPError:
                self.heard += b"(cut)"

    def since(self, version: str) -> bytes:
        """What has come since the last time, once it has told of this version."""
        self._until(version.encode())
        fresh = self.heard[self.taken:]
        self.taken += len(fresh)
        return fresh

    def _until(self, heard: bytes) -> None:
        until = time.monotonic() + PATIENCE
        while heard not in self.heard and time.monotonic() < until:
            time.sleep(0.002)


@dataclass
class Wire:
    """One server and all that has come from it, by surface; `read` is the same without compression."""

    server: Server
    line: Connection
    client: httpx.Client
    console: ClientConnection
    cookie: str
    said: list[tuple[str, bytes]] = field(default_factory=list)
    read: list[tuple[str, bytes]] = field(default_factory=list)
    media: set[bytes] = field(default_factory=set)
    session: str = ""

    def beat(self, what: float | str) -> None:
        """The clock moves, or what happens by itself happens."""
        self.line.send(what)
        self.line.recv()

    def ask(self, surface: str, method: str, path: str, seat: str | None = None, *, host: bool = False,
            headers: dict[str, str] | None = None, body: Any = None) -> httpx.Response:
        """One request of a phone, a stage, or of a host with the key."""
        sent = {"Host": HOST, "Origin": f"http://{HOST}", "Accept-Encoding": "gzip", **(headers or {})}
        sent |= {"Cookie": seat} if seat else {}
        sent |= {"Authorization": f"Bearer {self.server.key}"} if host else {}
        with self.client.stream(method, path, headers=sent, json=body) as answer:
            raw = b"".join(answer.iter_raw())
        self.client.cookies.clear()  # many phones, one connection
        opened = zlib.decompress(raw, 47) if answer.headers.get("content-encoding") == "gzip" else raw
        self.keep(surface, head_of(answer) + raw, head_of(answer) + opened)
        answer._content = opened
        return answer

    def look(self, surface: str, page: str, query: str) -> list[ForwardMsg]:
        """The console's page, drawn anew, and the pictures that belong to it."""
        ask = BackMsg()
        ask.rerun_script.query_string, ask.rerun_script.page_name = query, page
        frames = self._carried(surface, ask, "script_finished")
        for path in sorted(set(MEDIA.findall(b"".join(frames))) - self.media):
            self.media.add(path)
            self.ask(f"{surface} media", "GET", path.decode(), self.cookie)
        return [ForwardMsg.FromString(frame) for frame in frames]

    def take(self, surface: str, file: str) -> bytes:
        """A file by one of the console's buttons."""
        ask = BackMsg()
        ask.backend_operation_request.request_id, ask.backend_operation_request.session_id = "file", self.session
        ask.backend_operation_request.deferred_file.file_id = file
        last = ForwardMsg.FromString(self._carried(surface, ask, "backend_operation_response")[-1])
        return self.ask(surface, "GET", last.backend_operation_response.deferred_file.url, self.cookie).content

    def _carried(self, surface: str, ask: BackMsg, last: str) -> list[bytes]:
        """Everything that comes through the websocket, up to a message of the kind that ends it."""
        frames: list[bytes] = []
        self.console.send(ask.SerializeToString())
        while not frames or ForwardMsg.FromString(frames[-1]).WhichOneof("type") != last:
            frame = self.console.recv(PATIENCE)
            told = ForwardMsg.FromString(frame)
            self.session = told.new_session.initialize.session_id or self.session
            if not told.delta.new_transient.elements:  # a spinner, drawn only by a machine that is slow at this moment
                frames.append(frame)
        for number, frame in enumerate(frames):
            self.keep(f"{surface} frame {number}", LOTS.sub(NOBODY, frame))
        return frames

    def keep(self, surface: str, raw: bytes, opened: bytes | None = None) -> None:
        """What was said there."""
        self.said.append((surface, raw))
        self.read.append((surface, raw if opened is None else opened))


def head_of(answer: httpx.Response) -> bytes:
    """The status and every header, as they came; of the server's clock only that it is told."""
    lines = [f"{answer.http_version} {answer.status_code} {answer.reason_phrase}".encode(),
             *(name + b": " + (b"" if name == b"date" else value) for name, value in answer.headers.raw)]
    return b"\n".join(lines) + b"\n\n"


@contextmanager
def wires(*folders: Path) -> Iterator[list[Wire]]:
    """So many servers that stand still alike."""
    with ExitStack() as stack:
        servers = [_launched(folder, stack) for folder in folders]
        yield [_wired(server, stack) for server in servers]


def _launched(folder: Path, stack: ExitStack) -> Server:
    server = launch(folder, str(ROOT / "tests/attack/frozen.py"), str(folder / "line"),
                    BOTHAND_PUBLIC_URL=f"http://{HOST}")
    stack.callback(server.stop)
    return server


def _wired(server: Server, stack: ExitStack) -> Wire:
    server.wait_until_healthy(600)
    line = stack.enter_context(Client(str(server.database.parent / "line")))
    client = stack.enter_context(httpx.Client(base_url=server.url, timeout=PATIENCE))
    cookie = "; ".join(f"{name}={value}" for name, value in signed_in(server, client).items())
    reached = socket.create_connection(("127.0.0.1", client.base_url.port))
    console = stack.enter_context(connect(
        f"ws://{HOST}/_stcore/stream", sock=reached, origin=f"http://{HOST}", proxy=None, max_size=None,
        additional_headers={"Cookie": cookie}, subprotocols=["streamlit"]))
    return Wire(server, line, client, console, cookie)


def signed_in(server: Server, client: httpx.Client) -> dict[str, str]:
    """The cookie of a console that came through the printed link."""
    path = "/sign-in" + server.sign_in_link.partition("/sign-in")[2]
    return dict(client.post(path, headers={"Host": HOST, "Origin": f"http://{HOST}"}).cookies)
