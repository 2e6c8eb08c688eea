"""Seats: join, answer, follow the room, be forgotten. The seat is in an HttpOnly cookie."""

import asyncio
from typing import Literal

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from workshop import stage
from workshop.api.bodies import json_body, only, whole
from workshop.api.caching import Squeezer, StageCache, not_modified, tagged
from workshop.errors import Invalid
from workshop.house import House
from workshop.room import Phase
from workshop.sessions.act import not_sealed
from workshop.sessions.ballots import AXES
from workshop.web import (
    NO_STORE,
    EventStream,
    drop_seat_cookie,
    has_key,
    require_origin,
    seat_cookie,
    seat_token,
    set_seat_cookie,
)

SAVED = b'{"saved": true}'
ROOM = "/workshops/{code}"
ROUND = "/workshops/{code}/rounds/{round}"
THEMES: dict[str, Literal["bright", "dark"]] = {"bright": "bright", "dark": "dark"}


def participants(house: House) -> APIRouter:
    """The routes of phones, and of stages."""
    router = APIRouter(tags=["participants"])
    sessions, settings, signin = house.sessions, house.settings, house.signin
    states, scenes = Squeezer(), Squeezer()
    pictures = StageCache(lambda code, theme: stage.payload(sessions, code, THEMES[theme]))

    def wrote(request: Request, code: str) -> str | None:
        require_origin(request, settings, may_be_missing=has_key(request, signin))
        return seat_token(request, settings, code)

    @router.post(f"{ROOM}/seats", status_code=201, summary="Join; 200 where this phone already has a seat")
    async def join(request: Request, code: str) -> Response:
        token = wrote(request, code)
        joined = await asyncio.wrap_future(sessions.join(code, token))
        response = JSONResponse({"joined": True}, 201 if joined.created else 200, NO_STORE)
        set_seat_cookie(response, request, settings, code, joined.token)
        return response

    @router.delete(f"{ROOM}/seats", summary="Forget me; 200 also without a seat")
    async def leave(request: Request, code: str) -> Response:
        token = wrote(request, code)
        await asyncio.wrap_future(sessions.leave(code, token))
        response = JSONResponse({"forgotten": True}, headers=NO_STORE)
        if sessions.seat(code, token) is None:
            drop_seat_cookie(response, request, settings, code)
        return response

    @router.get(ROOM, summary="The state of the room, and of the asking phone's seat")
    async def state(request: Request, code: str) -> Response:
        token, for_phone = seat_token(request, settings, code), _for_phone(request)
        workshop = sessions.workshop(code)
        if workshop.phase == Phase.SEALED and not has_key(request, signin):
            not_sealed(workshop)
        if seat_cookie(request, settings, code) in request.cookies:
            return states.response(request, *sessions.state_parts(code, token, for_phone=for_phone), NO_STORE)
        tag = tagged(house.hub.version(code, "phone" if for_phone else "state"))
        return not_modified(request, tag) or states.response(
            request, *sessions.state_parts(code, for_phone=for_phone), tag)

    @router.get(f"{ROOM}/events", summary="Server-sent events: state and stage, with their versions")
    async def events(request: Request, code: str) -> Response:
        not_sealed(sessions.workshop(code))
        return EventStream(house.hub, code, for_phone=_for_phone(request))

    @router.get(f"{ROOM}/stage", summary="What the projector shows")
    async def on_stage(request: Request, code: str, theme: str = "bright") -> Response:
        theme = request.query_params.get("theme", theme)
        not_sealed(sessions.workshop(code))
        if theme not in THEMES:
            raise Invalid("theme", "The theme has to be bright or dark.")
        version = house.hub.version(code, "stage")
        tag = tagged(f"{version}.{theme}")
        return not_modified(request, tag) or scenes.response(request, *pictures.parts(code, theme, version), tag)

    @router.put(f"{ROUND}/answers", summary="All answers of a round at once")
    async def answer(request: Request, code: str, round: str) -> Response:
        token, body = wrote(request, code), await json_body(request)
        only(body, "answers", "group")
        answers, group = body.get("answers"), body.get("group")
        if not isinstance(answers, dict):
            raise Invalid("answers", "The answers have to be an object of item ids and numbers, or null for a skip.")
        if group is not None and not isinstance(group, str):
            raise Invalid("group", "The group has to be text.")
        await asyncio.wrap_future(sessions.answer(code, whole(round), token, answers, group))
        return _saved()

    @router.delete(f"{ROUND}/answers", summary="Withdraw, until the answers are mixed in")
    async def withdraw(request: Request, code: str, round: str) -> Response:
        token = wrote(request, code)
        await asyncio.wrap_future(sessions.withdraw(code, whole(round), token))
        return JSONResponse({"withdrawn": True}, headers=NO_STORE)

    @router.put(f"{ROUND}/edge", summary="Choose one growing edge")
    async def edge(request: Request, code: str, round: str) -> Response:
        token, body = wrote(request, code), await json_body(request)
        only(body, "facet")
        if not isinstance(body.get("facet"), str):
            raise Invalid("facet", "The facet has to be the id of a light side, like \"I5\".")
        await asyncio.wrap_future(sessions.choose_edge(code, whole(round), token, body["facet"]))
        return _saved()

    @router.put(f"{ROUND}/direction", summary="The direction of one's own change, from round 2 on")
    async def direction(request: Request, code: str, round: str) -> Response:
        token, body = wrote(request, code), await json_body(request)
        only(body, *AXES)
        await asyncio.wrap_future(sessions.tell_direction(code, whole(round), token, body))
        return _saved()

    @router.put(f"{ROUND}/word", summary="One word")
    async def word(request: Request, code: str, round: str) -> Response:
        token, body = wrote(request, code), await json_body(request)
        only(body, "text")
        await asyncio.wrap_future(sessions.say_word(code, whole(round), token, body.get("text")))
        return _saved()

    @router.get(f"{ROUND}/shown", summary="What of a round's snapshot has been on the stage")
    async def shown(request: Request, code: str, round: str) -> Response:
        del request
        return JSONResponse(sessions.shown(code, whole(round)), headers=NO_STORE)

    return router


def _for_phone(request: Request) -> bool:
    return request.query_params.get("for") == "phone"


def _saved() -> Response:
    return Response(SAVED, media_type="application/json", headers=NO_STORE)

