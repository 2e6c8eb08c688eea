"""ETags from versions, and the stage's JSON made once for each version and theme."""

import json
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

MOST_KEPT = 16


def tagged(version: str) -> dict[str, str]:
    """Headers that let a browser keep an answer until its version moves."""
    return {"etag": f'W/"{version}"', "cache-control": "no-cache"}


def not_modified(request: Request, headers: dict[str, str]) -> Response | None:
    """304 where the asker already has this version."""
    known = [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]
    return Response(status_code=304, headers=headers) if headers["etag"] in known else None


class StageCache:
    """The stage's JSON as text, by room and theme, as long as its version stands."""

    def __init__(self, payload: Callable[[str, str], Mapping[str, Any]]) -> None:
        self._payload = payload
        self._kept: OrderedDict[tuple[str, str], tuple[str, str]] = OrderedDict()
        self._lock = threading.Lock()

    def parts(self, code: str, theme: str, version: str) -> tuple[str, str]:
        """The picture, and an end with the server's time and the version, so that its timers stay right."""
        with self._lock:
            kept = self._kept.get((code, theme))
        if kept is None or kept[0] != version:
            body = {name: value for name, value in self._payload(code, theme).items() if name not in ("now", "version")}
            kept = (version, json.dumps(body, ensure_ascii=False, separators=(",", ":"))[:-1])
            with self._lock:
                self._kept[code, theme] = kept
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
        return kept[1], f',"now":{time.time():.3f},"version":{json.dumps(version)}}}'


class Squeezer:
    """JSON answers whose long first part is the same for many: compressed once, finished for each."""

    def __init__(self) -> None:
        self._begun: OrderedDict[str, tuple[bytes, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def response(self, request: Request, first: str, last: str, headers: Mapping[str, str]) -> Response:
        """Compressed where the asker can read that."""
        vary = {**headers, "vary": "accept-encoding"}
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(first + last, media_type="application/json", headers=vary)
        done, begun = self._start(first)
        squeezed = done + begun.compress(last.encode()) + begun.flush()
        return Response(squeezed, media_type="application/json", headers={**vary, "content-encoding": "gzip"})

    def _start(self, first: str) -> tuple[bytes, Any]:
        with self._lock:
            if first not in self._begun:
                begun = zlib.compressobj(6, zlib.DEFLATED, 31)
                self._begun[first] = (begun.compress(first.encode()), begun)
                while len(self._begun) > MOST_KEPT:
                    self._begun.popitem(last=False)
            done, begun = self._begun[first]
            return done, begun.copy()
