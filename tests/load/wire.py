"""A light HTTP/1.1 client on asyncio streams, so that a thousand phones cost less than the server they try."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

PATIENCE = 30.0
Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Reply:
    """One answer; `size` in bytes on the wire, headers counted."""

    status: int
    headers: dict[str, str]
    body: bytes
    size: int

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Wire:
    """One kept-alive connection; a closed one is opened anew."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._ends: Ends | None = None

    async def request(self, method: str, path: str, headers: dict[str, str] | None = None, body: Any = None) -> Reply:
        """Raises OSError, EOFError or TimeoutError where there is no answer."""
        async with asyncio.timeout(PATIENCE):
            if self._ends:
                # The server may have closed a kept connection a moment ago; browsers open another then, too.
                with suppress(OSError, EOFError):
                    return await self._over(self._ends, method, path, headers, body)
            return await self._over(await self._open(), method, path, headers, body)

    async def _over(self, ends: Ends, method: str, path: str, headers: dict[str, str] | None, body: Any) -> Reply:
        reader, writer = ends
        writer.write(self._head(method, path, headers or {}, body))
        await writer.drain()
        return await read_reply(reader)

    async def events(self, path: str, headers: dict[str, str]) -> AsyncIterator[tuple[str, Any]]:
        """Server-sent events as (name, data), until the stream ends."""
        reader, writer = await self._open()
        writer.write(self._head("GET", path, {"Accept": "text/event-stream", **headers}, None))
        status, _, _ = await read_head(reader)
        if status != 200:
            raise OSError(f"the stream answered {status}")
        name = ""
        async for line in _lines(reader):
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data: "):
                yield name, json.loads(line[6:])

    def close(self) -> None:
        if self._ends is not None:
            self._ends[1].close()

    async def _open(self) -> Ends:
        self.close()
        self._ends = await asyncio.open_connection(self.host, self.port)
        return self._ends

    def _head(self, method: str, path: str, headers: dict[str, str], body: Any) -> bytes:
        content = b"" if body is None else json.dumps(body, separators=(",", ":")).encode()
        own = {"Host": f"{self.host}:{self.port}", **headers}
        if body is not None:
            own |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in own.items()), "", ""]
        return "\r\n".join(lines).encode() + content


async def read_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], int]:
    """Status, headers by lower-case name, and their bytes."""
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines) if name}
    return int(first.split()[1]), headers, len(head)


async def read_reply(reader: asyncio.StreamReader) -> Reply:
    status, headers, size = await read_head(reader)
    if headers.get("transfer-encoding") == "chunked":
        chunks = [chunk async for chunk in _chunks(reader)]
        return Reply(status, headers, b"".join(chunks), size + sum(len(chunk) + 8 for chunk in chunks) + 5)
    length = int(headers.get("content-length", "0"))
    body = await reader.readexactly(length) if length and status not in (204, 304) else b""
    return Reply(status, headers, body, size + len(body))


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while size := int((await reader.readline()).split(b";")[0], 16):
        yield await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readline()


async def _lines(reader: asyncio.StreamReader) -> AsyncIterator[str]:
    rest = b""
    async for chunk in _chunks(reader):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line.decode()
