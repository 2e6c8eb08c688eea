"""The FastAPI application under /api: its routes, its error shape, and its page."""

import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import BaseRoute, Mount, Route

from workshop.api.description import complete
from workshop.api.facilitators import facilitators
from workshop.api.imports import imports
from workshop.api.participants import participants
from workshop.errors import Invalid, Missing, TooMany, WorkshopError
from workshop.house import House
from workshop.web import Misses, error_response, in_words

PAGE_POLICY = "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; frame-ancestors 'none'"
TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape())
NAMES = {400: "bad_request", 401: "sign_in", 403: "forbidden", 404: "not_found", 405: "wrong_method"}
SENTENCES = {
    404: "There is nothing at this address. The page /api/docs lists what there is.",
    405: "This address does not take that method. The page /api/docs lists what it takes.",
}


def routes(house: House) -> list[BaseRoute]:
    """What app.py serves under /api. Hundreds of phones ask at once, so their routes are also reached directly;
    everything else, and every refusal of a method, goes through FastAPI."""
    misses = Misses()
    phones = participants(house)
    direct = [_directly(house, route, misses) for route in phones.routes if isinstance(route, APIRoute)]
    rest = Mount("/api", application(house, phones, misses))
    rest.path_regex = re.compile(rest.path_regex.pattern, re.DOTALL)  # an address may hold the end of a line
    return [*direct, rest]


def _directly(house: House, route: APIRoute, misses: Misses) -> Route:
    def spoken(code: str, error: WorkshopError) -> WorkshopError:
        try:
            return in_words(error, house.sessions.locale(house.sessions.workshop(code)))
        except Missing:
            return error

    async def answer(request: Request) -> Response:
        try:
            response: Response = await route.endpoint(request, **request.path_params)
        except WorkshopError as error:
            return _refused(request, spoken(request.path_params["code"], error), misses)
        return response
    return Route(f"/api{route.path}", answer, methods=list(route.methods or ()))


def _refused(request: Request, error: WorkshopError, misses: Misses) -> Response:
    if error.code == "unknown_code":
        try:
            misses.count(request)
        except TooMany as limit:
            return error_response(limit)
    return error_response(error)


class Described(FastAPI):
    """Whose description also says what the routes themselves do not."""

    def openapi(self) -> dict[str, Any]:
        """Made once."""
        return self.openapi_schema or complete(super().openapi())


def application(house: House, phones: APIRouter, misses: Misses) -> FastAPI:
    """All routes of the contract that answer JSON."""
    app = Described(title="Bothand", version="1", docs_url=None, redoc_url=None, openapi_url="/openapi.json",
                    redirect_slashes=False,
                    description="Live, anonymous workshops about dependence and independence.")

    @app.get("/health", tags=["service"], summary="Whether the service is up")
    async def health() -> Response:
        return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})

    app.include_router(phones)
    app.include_router(facilitators(house))
    app.include_router(imports(house))
    app.add_route("/docs", _page(app), methods=["GET"], include_in_schema=False)
    _answer_errors(app, misses)
    return app


def _answer_errors(app: FastAPI, misses: Misses) -> None:
    async def refused(request: Request, error: Exception) -> Response:
        if not isinstance(error, WorkshopError):
            raise error
        return _refused(request, error, misses)

    async def unfit(_request: Request, error: Exception) -> Response:
        fields = error.errors() if isinstance(error, RequestValidationError) else []
        where = ".".join(str(part) for part in fields[0]["loc"][1:]) if fields else "request"
        return error_response(Invalid("invalid", f"The field {where} does not fit. Nothing was changed."))

    async def http(_request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        sentence = SENTENCES.get(status, "This request could not be answered. Nothing was changed.")
        plain = WorkshopError(NAMES.get(status, "http"), sentence)
        plain.status = status
        headers = error.headers if isinstance(error, HTTPException) else None
        return error_response(plain, headers)

    app.add_exception_handler(WorkshopError, refused)
    app.add_exception_handler(RequestValidationError, unfit)
    app.add_exception_handler(HTTPException, http)


def _page(app: FastAPI) -> Callable[[Request], Awaitable[Response]]:
    """The OpenAPI page: the description itself, readable, without anything from another host."""
    async def page(_request: Request) -> Response:
        template = TEMPLATES.get_template("docs.html")
        style = TEMPLATES.get_template("docs.css").render()
        return HTMLResponse(template.render(api=app.openapi(), style=style, shapes_of=_shapes), headers={
            "content-security-policy": PAGE_POLICY.format(style=_hash(style))})
    return page


def _shapes(body: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Of a body, one for each of its kinds; those without named parts say nothing here."""
    schema = body["content"]["application/json"]["schema"]
    return [shape for shape in schema.get("oneOf", [schema]) if "properties" in shape]


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
