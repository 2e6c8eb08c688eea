"""Seats: join, answer, follow the room, be forgotten. The seat is in an HttpOnly cookie."""

import asyncio
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Door:
    """Who comes in, and to what."""

    house: House

    def phone(self, request: Request, code: str) -> str | None:
        """The token of the phone that asks."""
        return seat_token(request, self.house.settings, code)

    def writer(self, request: Request, code: str) -> str | None:
        """The same for a write: refuses other pages."""
        require_origin(request, self.house.settings, may_be_missing=self.has_key(request))
        return self.phone(request, code)

    def has_key(self, request: Request) -> bool:
        """Whether a script with the facilitator's key asks."""
        return has_key(request, self.house.signin)


def participants(house: House) -> APIRouter:
    """The routes of phones, and of stages."""
    router, door = APIRouter(tags=["participants"]), Door(house)
    for group in (_seats, _state, _events, _stage, _answers, _gatherings, _shown):
        group(router, door)
    return router


def _seats(router: APIRouter, door: Door) -> None:
    sessions, settings = door.house.sessions, door.house.settings

    @router.post(f"{ROOM}/seats", status_code=201, summary="Join; 200 where this phone already has a seat")
    async def join(request: Request, code: str) -> Response:
        token = door.writer(request, code)
        joined = await asyncio.wrap_future(sessions.join(code, token))
        response = JSONResponse({"joined": True}, 201 if joined.created else 200, NO_STORE)
        set_seat_cookie(response, request, settings, code, joined.token)
        return response

    @router.delete(f"{ROOM}/seats", summary="Forget me; 200 also without a seat")
    async def leave(request: Request, code: str) -> Response:
        token = door.writer(request, code)
        await asyncio.wrap_future(sessions.leave(code, token))
        response = JSONResponse({"forgotten": True}, headers=NO_STORE)
        if sessions.seat(code, token) is None:
            drop_seat_cookie(response, request, settings, code)
        return response


def _state(router: APIRouter, door: Door) -> None:
    sessions, settings, hub = door.house.sessions, door.house.settings, door.house.hub
    states = Squeezer()

    @router.get(ROOM, summary="The state of the room, and of the asking phone's seat")
    async def state(request: Request, code: str) -> Response:
        token, for_phone = door.phone(request, code), _for_phone(request)
        workshop = sessions.workshop(code)
        if workshop.phase == Phase.SEALED and not door.has_key(request):
            not_sealed(workshop)
        if seat_cookie(request, settings, code) in request.cookies:
            return states.response(request, *sessions.state_parts(code, token, for_phone=for_phone), NO_STORE)
        tag = tagged(hub.version(code, "phone" if for_phone else "state"))
        return not_modified(request, tag) or states.response(
            request, *sessions.state_parts(code, for_phone=for_phone), tag)


def _events(router: APIRouter, door: Door) -> None:
    sessions, hub = door.house.sessions, door.house.hub

    @router.get(f"{ROOM}/events", summary="Server-sent events: state and stage, with their versions")
    async def events(request: Request, code: str) -> Response:
        not_sealed(sessions.workshop(code))
        return EventStream(hub, code, for_phone=_for_phone(request))


def _stage(router: APIRouter, door: Door) -> None:
    sessions, hub = door.house.sessions, door.house.hub
    scenes = Squeezer()
    pictures = StageCache(lambda code, theme: stage.payload(sessions, code, THEMES[theme]))

    @router.get(f"{ROOM}/stage", summary="What the projector shows")
    async def on_stage(request: Request, code: str, theme: str = "bright") -> Response:
        theme = request.query_params.get("theme", theme)
        not_sealed(sessions.workshop(code))
        if theme not in THEMES:
            raise Invalid("theme", "The theme has to be bright or dark.")
        version = hub.version(code, "stage")
        tag = tagged(f"{version}.{theme}")
        return not_modified(request, tag) or scenes.response(request, *pictures.parts(code, theme, version), tag)


def _answers(router: APIRouter, door: Door) -> None:
    sessions = door.house.sessions

    @router.put(f"{ROUND}/answers", summary="All answers of a round at once")
    async def answer(request: Request, code: str, round: str) -> Response:
        token, body = door.writer(request, code), await json_body(request)
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
        token = door.writer(request, code)
        await asyncio.wrap_future(sessions.withdraw(code, whole(round), token))
        return JSONResponse({"withdrawn": True}, headers=NO_STORE)


def _gatherings(router: APIRouter, door: Door) -> None:
    sessions = door.house.sessions

    @router.put(f"{ROUND}/edge", summary="Choose one growing edge")
    async def edge(request: Request, code: str, round: str) -> Response:
        token, body = door.writer(request, code), await json_body(request)
        only(body, "facet")
        if not isinstance(body.get("facet"), str):
            raise Invalid("facet", "The facet has to be the id of a light side, like \"I5\".")
        await asyncio.wrap_future(sessions.choose_edge(code, whole(round), token, body["facet"]))
        return _saved()

    @router.put(f"{ROUND}/direction", summary="The direction of one's own change, from round 2 on")
    async def direction(request: Request, code: str, round: str) -> Response:
        token, body = door.writer(request, code), await json_body(request)
        only(body, *AXES)
        await asyncio.wrap_future(sessions.tell_direction(code, whole(round), token, body))
        return _saved()

    @router.put(f"{ROUND}/word", summary="One word")
    async def word(request: Request, code: str, round: str) -> Response:
        token, body = door.writer(request, code), await json_body(request)
        only(body, "text")
        await asyncio.wrap_future(sessions.say_word(code, whole(round), token, body.get("text")))
        return _saved()


def _shown(router: APIRouter, door: Door) -> None:
    sessions = door.house.sessions

    @router.get(f"{ROUND}/shown", summary="What of a round's snapshot has been on the stage")
    async def shown(request: Request, code: str, round: str) -> Response:
        del request
        return JSONResponse(sessions.shown(code, whole(round)), headers=NO_STORE)


def _for_phone(request: Request) -> bool:
    return request.query_params.get("for") == "phone"


def _saved() -> Response:
    return Response(SAVED, media_type="application/json", headers=NO_STORE)

