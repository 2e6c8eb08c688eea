"""The projector's page and its files."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from workshop.errors import Gone, Missing, TooMany
from workshop.inventory import Locale, preferred
from workshop.room import Phase, Workshop
from workshop.stage.files import File, files
from workshop.stage.payload import follow
from workshop.web import Misses

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
    """`/stage/{code}`, the test picture beside it (no code is spelled like that), and `/assets/stage/{file}`."""
    follow(house.sessions)
    stage = Stage(house)
    return [Route("/stage/test", stage.test), Route("/stage/{code}", stage.page), Route("/assets/stage/{file}", asset)]


class Stage:
    """Answers for the page; whoever guesses too many codes has to wait."""

    def __init__(self, house: "House") -> None:
        self._house = house
        self._misses = Misses()

    async def page(self, request: Request) -> HTMLResponse:
        """The live page, or a still card that says why there is none."""
        look, any_locale = theme_of(request), self._any_locale(request)
        try:
            workshop = self._house.sessions.workshop(request.path_params["code"].upper())
        except Missing as error:
            try:
                self._misses.count(request)
            except TooMany as limit:
                return _card(any_locale, look, "too_many", limit.status)
            return _card(any_locale, look, "missing", error.status)
        locale = self._house.sessions.locale(workshop)
        return _card(locale, look, "headline", Gone.status) if workshop.phase == Phase.SEALED else \
            _live(workshop, locale, look)

    def _any_locale(self, request: Request) -> Locale:
        return preferred(self._house.library.locales, request.headers.get("accept-language", ""))

    async def test(self, request: Request) -> HTMLResponse:
        """Sizes, tones and corners, to be looked at from the back row before people come."""
        locale = self._any_locale(request)
        return _html("test.html", 200, **_words(locale, theme_of(request)), words=locale.table("stage.test"))


def theme_of(request: Request) -> str:
    """The theme asked for; bright where none or an unknown one is named."""
    return "dark" if request.query_params.get("theme") == "dark" else "bright"


def _live(workshop: Workshop, locale: Locale, look: str) -> HTMLResponse:
    return _html("page.html", 200, **_words(locale, look), code=workshop.code, gone=locale.text("stage.gone.headline"),
                 qr=locale.text("stage.join_here"))


def _card(locale: Locale, look: str, why: str, status: int) -> HTMLResponse:
    return _html("card.html", status, **_words(locale, look), headline=locale.text(f"stage.gone.{why}"))


def _words(locale: Locale, look: str) -> Mapping[str, Any]:
    return {"language": locale.language, "direction": locale.text("common.language.direction"), "theme": look}


def _html(template: str, status: int, **slots: object) -> HTMLResponse:
    return HTMLResponse(TEMPLATES.get_template(template).render(files=files(), **slots), status, HEADERS)


async def asset(request: Request) -> Response:
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
