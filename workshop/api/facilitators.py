"""The facilitator's routes: with the bearer key, or with the cookie of a signed-in console."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from workshop.api.bodies import json_body, whole
from workshop.errors import Invalid
from workshop.export import choice_of
from workshop.house import House
from workshop.results import to_json
from workshop.room import Counts, Workshop
from workshop.sessions import Sessions
from workshop.takehome import exported
from workshop.web import NO_STORE, has_key, require_facilitator


def facilitators(house: House) -> APIRouter:
    """The routes that need the facilitator's right."""
    router = APIRouter(tags=["facilitator"])
    for group in (_workshops, _actions, _outcomes):
        group(router, house)
    return router


def _allowed(request: Request, house: House) -> bool:
    """Whether it is a script with the key; raises where nobody signed in asks."""
    require_facilitator(request, house.signin, house.settings)
    return has_key(request, house.signin)


def _workshops(router: APIRouter, house: House) -> None:
    sessions = house.sessions

    @router.post("/workshops", status_code=201, summary="A new workshop, as a draft")
    async def create(request: Request) -> Response:
        _allowed(request, house)
        workshop = await asyncio.wrap_future(sessions.create(await json_body(request)))
        base = sessions.addressing.base
        return JSONResponse({"code": workshop.code, "join_url": sessions.join_url(workshop.code),
                             "stage_url": f"{base}/stage/{workshop.code}"}, 201, NO_STORE)

    @router.get("/workshops", summary="All workshops, newest first")
    async def workshops(request: Request) -> Response:
        _allowed(request, house)
        return JSONResponse(await asyncio.to_thread(lines, sessions), headers=NO_STORE)

    @router.patch("/workshops/{code}", summary="Change a draft")
    async def edit(request: Request, code: str) -> Response:
        _allowed(request, house)
        await asyncio.wrap_future(sessions.edit(code, await json_body(request)))
        return _state(house, code)

    @router.delete("/workshops/{code}", summary="Forget a workshop, in any phase")
    async def forget(request: Request, code: str) -> Response:
        _allowed(request, house)
        await asyncio.wrap_future(sessions.forget_workshop(code))
        return JSONResponse({"forgotten": True}, headers=NO_STORE)


def _actions(router: APIRouter, house: House) -> None:
    sessions = house.sessions

    @router.post("/workshops/{code}/actions", summary="One of the actions, in its phases")
    async def act(request: Request, code: str) -> Response:
        trusted, body = _allowed(request, house), await json_body(request)
        action = body.pop("action", None)
        if not isinstance(action, str):
            raise Invalid("action", "The body needs an action, like {\"action\": \"open_lobby\"}.")
        await asyncio.wrap_future(sessions.act(code, action, body, trusted=trusted))
        return _state(house, code)


def _outcomes(router: APIRouter, house: House) -> None:
    sessions = house.sessions

    @router.get("/workshops/{code}/results", summary="The released snapshot of a round")
    async def results(request: Request, code: str, round: str | None = None) -> Response:
        _allowed(request, house)
        snapshot = sessions.snapshot(code, None if round is None else whole(round))
        words = await asyncio.to_thread(sessions.pending_words, code)
        waiting = {"pending_words": [{"id": word.id, "text": word.text, "approved": word.approved} for word in words]}
        return JSONResponse({**to_json(snapshot), **(waiting if words else {})}, headers=NO_STORE)

    @router.get("/workshops/{code}/export/{format}", summary="pdf, html, xlsx, csv, parquet, json, svg, png or zip")
    async def take_home(request: Request, code: str, format: str) -> Response:
        _allowed(request, house)
        asked = {name: request.query_params.getlist(name) for name in request.query_params}
        variant = asked.pop("variant", [""])[-1]
        file = await asyncio.to_thread(exported, sessions, code, format, choice_of(asked), variant)
        return Response(file.body, media_type=file.media_type, headers={
            **NO_STORE, "content-disposition": f'attachment; filename="{file.name}"'})


def _state(house: House, code: str) -> Response:
    return Response(house.sessions.state_json(code), media_type="application/json", headers=NO_STORE)


def lines(sessions: Sessions) -> list[dict[str, Any]]:
    """What the list says of each workshop; sealed ones come from the disk, all in one read."""
    return [_line(workshop, sessions.telling.counts(workshop)) for workshop in sessions.workshops()]


def _line(workshop: Workshop, counts: Counts) -> dict[str, Any]:
    return {"code": workshop.code, "title": workshop.title, "phase": workshop.phase.value, "round": workshop.round,
            "created": workshop.created, "form": workshop.form, "context": workshop.context,
            "language": workshop.language, "protection": workshop.level, "rehearsal": workshop.rehearsal,
            "archived": workshop.archived, "imported": workshop.imported,
            "counts": {"joined": counts.joined, "finished": counts.finished}}
