"""The projector's page and its files."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from workshop.errors import Gone, Missing
from workshop.inventory import Locale
from workshop.room import Phase, Workshop
from workshop.stage.files import File, files

if TYPE_CHECKING:
    from workshop.house import House

# Plotly adds an empty style element and fills it by rules; the hash is that of the empty text.
STAGE_POLICY = ("default-src 'none'; script-src 'self'; style-src 'self' "
                "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; img-src 'self' data:; font-src 'self'; "
                "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'")
HEADERS = {"Content-Security-Policy": STAGE_POLICY, "X-Content-Type-Options": "nosniff",
           "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache"}
FOR_EVER = "public, max-age=31536000, immutable"
TEMPLATES = Environment(loader=PackageLoader("workshop.stage"), autoescape=True, undefined=StrictUndefined,
                        trim_blocks=True, lstrip_blocks=True)


def routes(house: "House") -> list[BaseRoute]:
    """`/stage/{code}` and `/assets/stage/{file}`."""
    return [Route("/stage/{code}", _page(house)), Route("/assets/stage/{file}", asset)]


def _page(house: "House") -> Callable[[Request], HTMLResponse]:
    def stage(request: Request) -> HTMLResponse:
        code, look = request.path_params["code"].upper(), theme_of(request)
        try:
            workshop = house.sessions.workshop(code)
        except Missing:
            locale = house.library.locales["en"]
            return _card(locale, look, locale.text("stage.gone.missing"), Missing.status)
        locale = house.sessions.locale(workshop)
        if workshop.phase == Phase.SEALED:
            return _card(locale, look, locale.text("stage.gone.headline"), Gone.status)
        return _live(workshop, locale, look)

    return stage


def theme_of(request: Request) -> str:
    """The theme asked for; bright where none or an unknown one is named."""
    return "dark" if request.query_params.get("theme") == "dark" else "bright"


def _live(workshop: Workshop, locale: Locale, look: str) -> HTMLResponse:
    return _html("page.html", 200, **_words(locale, look), code=workshop.code, gone=locale.text("stage.gone.headline"),
                 qr=locale.text("stage.join_here"))


def _card(locale: Locale, look: str, headline: str, status: int) -> HTMLResponse:
    return _html("card.html", status, **_words(locale, look), headline=headline)


def _words(locale: Locale, look: str) -> Mapping[str, Any]:
    return {"language": locale.language, "direction": locale.text("common.language.direction"), "theme": look}


def _html(template: str, status: int, **slots: object) -> HTMLResponse:
    return HTMLResponse(TEMPLATES.get_template(template).render(files=files(), **slots), status, HEADERS)


def asset(request: Request) -> Response:
    """One file; kept for ever under its hash, asked for again under any other."""
    found = files().get(request.path_params["file"])
    if found is None:
        return Response("There is no such file.", 404, media_type="text/plain")
    lasting = request.query_params.get("h") == found.digest
    headers = {"Cache-Control": FOR_EVER if lasting else "no-cache", "X-Content-Type-Options": "nosniff",
               "Vary": "Accept-Encoding"}
    return _sent(found, headers, packed="gzip" in request.headers.get("accept-encoding", ""))


def _sent(found: File, headers: dict[str, str], *, packed: bool) -> Response:
    if packed and found.packed is not None:
        return Response(found.packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=found.type)
    return Response(found.body, headers=headers, media_type=found.type)
