"""The page for strangers: at every address of the console, whoever is not signed in is asked for a room's code."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from workshop import calm
from workshop.inventory import Locale, preferred
from workshop.process.behind import BEHIND

STREAMLITS = ("/_stcore/", "/static/", "/media/")
CODE = re.compile(r"[2-9CFGHJMPQRVWX]{6}", re.IGNORECASE)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined,
                        autoescape=select_autoescape())


class Entrance(Route):
    """The last of our routes: it takes what would go on to Streamlit, unless the facilitator asks for it.

    So nobody in the room loads a console's megabytes, or makes the server run one. `sign_in` is where facilitators go
    on to their organisation, empty for nowhere.
    """

    def __init__(self, locales: Mapping[str, Locale], signed_in: Callable[[Scope], bool], sign_in: str = "") -> None:
        async def stranger(request: Request) -> Response:
            path = request.path_params["path"]
            if request.method not in ("GET", "HEAD"):
                raise HTTPException(405, headers={"allow": "GET, HEAD"})
            if CODE.fullmatch(path):
                return RedirectResponse(f"/j/{path.upper()}", 303, {"cache-control": "no-store"})
            locale = preferred(locales, request.headers.get("accept-language", ""))
            return HTMLResponse(page(locale, sign_in), 404 if path else 200, calm.HEADERS)

        super().__init__("/{path:path}", stranger, methods=METHODS)
        self.signed_in = signed_in

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Nothing for a signed-in browser, nor for Streamlit's own files, nor where we ask Streamlit ourselves."""
        passes = scope["type"] != "http" or BEHIND in scope or scope["path"].startswith(STREAMLITS)
        if passes or self.signed_in(scope):
            return Match.NONE, {}
        return super().matches(scope)


def wrong_method(locales: Mapping[str, Locale]) -> Callable[[Request, Exception], Response]:
    """What an address says that does not take a method, wherever people may have come to it."""
    def answer(request: Request, error: Exception) -> Response:
        headers = error.headers if isinstance(error, HTTPException) else None
        locale = preferred(locales, request.headers.get("accept-language", ""))
        return HTMLResponse(page(locale), 405, {**calm.HEADERS, **(headers or {})})
    return answer


def page(locale: Locale, sign_in: str = "") -> str:
    """Asks for the code, and tells a facilitator where the link is, or where to sign in."""
    return TEMPLATES.get_template("door.html").render(
        language=locale.language, direction=locale.text("common.language.direction"), style=calm.style(),
        words=locale.table("door"), sign_in=sign_in, organisation=locale.text("console.organisation.go"))
