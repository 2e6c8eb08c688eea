"""ETags from versions, and the stage's JSON made once for each version and theme."""

import json
import threading
import time
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

    def text(self, code: str, theme: str, version: str) -> str:
        """Ends with the server's time and the version, so that a kept picture's timers stay right."""
        with self._lock:
            kept = self._kept.get((code, theme))
        if kept is None or kept[0] != version:
            body = {name: value for name, value in self._payload(code, theme).items() if name not in ("now", "version")}
            kept = (version, json.dumps(body, ensure_ascii=False, separators=(",", ":")))
            with self._lock:
                self._kept[code, theme] = kept
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
        return f'{kept[1][:-1]},"now":{time.time():.3f},"version":{json.dumps(version)}}}'
