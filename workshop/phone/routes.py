"""The participant's routes: the page, and the plain forms on it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from workshop import web
from workshop.errors import Invalid, Missing, WorkshopError
from workshop.house import House
from workshop.inventory import Locale, preferred
from workshop.phone import assets, forms, messages, mine, words
from workshop.phone.packed import SEAM, Opening, levelled
from workshop.phone.page import Pages, Visit
from workshop.phone.views import view_of
from workshop.room import Phase, Workshop
from workshop.sessions.seats import fresh_token

FOR_EVER = "public, max-age=31536000, immutable"
PLAIN = {"vary": "accept-encoding"}
GZIP = {**PLAIN, "content-encoding": "gzip"}


@dataclass(frozen=True)
class Asset:
    """A file that browsers keep; `tag` changes with it."""

    plain: bytes
    packed: bytes
    tag: str


@dataclass(frozen=True)
class Post:
    """A form that this phone was served and has sent."""

    request: Request
    workshop: Workshop
    form: dict[str, str]
    token: str

    @property
    def code(self) -> str:
        """The code of its workshop."""
        return self.workshop.code


Endpoint = Callable[[Request], Awaitable[Response]]
Act = Callable[[Post], Awaitable[Response | None]]


def routes(house: House) -> list[BaseRoute]:
    """Everything under /j/, and My page's words under /assets/phone/."""
    phones = Phones(house)
    acts = {"join": phones.join, "answers": phones.answers, "withdraw": phones.withdraw, "edge": phones.edge,
            "direction": phones.direction, "word": phones.word, "forget": phones.forget}
    return [
        Route("/j/", phones.typed_code),
        Route("/j/{code}", phones.page),
        Route("/j/{code}/how", phones.how),
        *(Route(f"/j/{{code}}/{name}", phones.posting(act), methods=["POST"]) for name, act in acts.items()),
        *(Route(f"/j/{{code}}/{name}", back) for name in acts),
        Route("/assets/phone/{name}", phones.mine_asset),
    ]


class Phones:
    """The endpoints; each is thin over the sessions of a house."""

    def __init__(self, house: House) -> None:
        self.sessions = house.sessions
        self.library = house.library
        self.settings = house.settings
        self.misses = web.Misses()
        self.pages = Pages()
        self._asset = lru_cache(maxsize=64)(self._written_asset)

    # reading

    async def page(self, request: Request) -> Response:
        """The page for where this phone stands; a phone without a token gets one."""
        code = request.path_params["code"]
        try:
            workshop = self._workshop(request, code)
        except WorkshopError as error:
            return messages.unknown_page(self._any_locale(request), error)
        if workshop.phase == Phase.SEALED:
            return messages.sealed_page(self.sessions.locale(workshop))
        known = web.seat_token(request, self.settings, code)
        token = known or fresh_token()
        visit = self._visit(workshop, token, changing="change" in request.query_params)
        packed = _takes_gzip(request)
        response = _own_page(self.pages.render(visit, packed=packed), door=visit.at_the_door, packed=packed)
        if known is None:
            web.set_seat_cookie(response, request, self.settings, code, token)
        return response

    async def how(self, request: Request) -> Response:
        """What everybody reads before joining, for those who have joined."""
        try:
            workshop = self._workshop(request, request.path_params["code"])
        except WorkshopError as error:
            return messages.unknown_page(self._any_locale(request), error)
        locale = self.sessions.locale(workshop)
        over = workshop.phase == Phase.SEALED
        return messages.sealed_page(locale) if over else messages.how_page(locale, workshop)

    def _workshop(self, request: Request, code: str) -> Workshop:
        """Guessing codes is slowed down; a code that exists is always answered."""
        try:
            return self.sessions.workshop(code)
        except Missing:
            self.misses.count(request)
            raise

    def _visit(self, workshop: Workshop, token: str, *, changing: bool) -> Visit:
        state = self.sessions.state(workshop.code, token, for_phone=True)
        return Visit(workshop, self.sessions.questionnaire(workshop), self.sessions.locale(workshop), state,
                     self.sessions.form_token(workshop.code, token), view_of(state, changing=changing))

    async def typed_code(self, request: Request) -> Response:
        """From the field of the 404 page to the room, however the code was typed."""
        code = "".join(filter(str.isalnum, request.query_params.get("code", "").upper()))[:12]
        if code:
            return RedirectResponse(f"/j/{quote(code)}", 303, messages.HEADERS)
        return messages.unknown_page(self._any_locale(request), Missing("unknown_code", ""))

    def _any_locale(self, request: Request) -> Locale:
        return preferred(self.library.locales, request.headers.get("accept-language", ""))

    async def mine_asset(self, request: Request) -> Response:
        """My page's words and script, under one address for ever the same."""
        try:
            asset = self._asset(request.path_params["name"])
        except (WorkshopError, KeyError, ValueError):
            return Response(status_code=404)
        packed = _takes_gzip(request)
        headers = {"cache-control": FOR_EVER if request.query_params.get("h") == asset.tag else "no-cache",
                   **(GZIP if packed else PLAIN)}
        return Response(asset.packed if packed else asset.plain, headers=headers, media_type="text/javascript")

    def _written_asset(self, name: str) -> Asset:
        _, inventory, form, context, dark, language, ending = name.split(".")
        if dark not in ("dark", "light") or ending != "js":
            raise KeyError(name)
        one = self.library.inventories[inventory].questionnaire(form, context, dark == "dark", language)
        parts = words.mine_parts(self.library.locales[language], one)
        opening = Opening(SEAM.join(parts))
        return Asset(opening.plain, opening.ended("", packed=True), words.content_hash("".join(parts)))

    # acting

    def posting(self, act: Act) -> Endpoint:
        """An endpoint that reads a form, checks that it is this phone's own, acts, and goes back to the page."""
        async def endpoint(request: Request) -> Response:
            code = request.path_params["code"]
            try:
                web.require_origin(request, self.settings, may_be_missing=True)
                workshop = self._workshop(request, code)
                form = await forms.read_form(request)
                token = forms.require_own_form(self.sessions, code, web.seat_token(request, self.settings, code), form)
                return await act(Post(request, workshop, form, token)) or _back(code)
            except WorkshopError as error:
                return self._refusal(request, error)
        return endpoint

    def _refusal(self, request: Request, error: WorkshopError) -> Response:
        code = request.path_params["code"]
        try:
            locale = self.sessions.locale(self.sessions.workshop(code))
        except Missing:
            return messages.unknown_page(self._any_locale(request), error)
        if error.status == 410:
            return messages.sealed_page(locale)
        return messages.refusal_page(locale, error, code)

    async def join(self, post: Post) -> Response | None:
        """A seat for the token of this phone, so that a join whose reply was lost makes no second one; `fresh` is
        the next person on the same phone, who gets a token of his own and the welcome page."""
        if "fresh" not in post.form:
            await asyncio.wrap_future(self.sessions.join(post.code, post.token))
            return None
        response = _back(post.code)
        web.set_seat_cookie(response, post.request, self.settings, post.code, fresh_token())
        return response

    async def answers(self, post: Post) -> Response | None:
        """All answers of the form at once; with `page=mine` My page instead of the way back."""
        one = self.sessions.questionnaire(post.workshop)
        given = forms.at_random(one) if post.workshop.rehearsal else forms.answers_of(post.form)
        round, group = forms.round_of(post.form), forms.chosen(post.form, "group") or None
        await asyncio.wrap_future(self.sessions.answer(post.code, round, post.token, given, group))
        if post.form.get("page") != "mine":
            return None
        own = mine.mine_page(post.workshop, one, self.sessions.locale(post.workshop), given)
        packed = _takes_gzip(post.request)
        headers = {**messages.HEADERS, "content-security-policy": mine.policy(), **(GZIP if packed else PLAIN)}
        return HTMLResponse(levelled(own, packed=packed), headers=headers)

    async def withdraw(self, post: Post) -> None:
        """Takes the answers back."""
        await asyncio.wrap_future(self.sessions.withdraw(post.code, forms.round_of(post.form), post.token))

    async def edge(self, post: Post) -> None:
        """One growing edge."""
        facet = forms.chosen(post.form, "facet")
        if not facet:
            raise Invalid("nothing_chosen", self._nothing_chosen(post))
        await asyncio.wrap_future(
            self.sessions.choose_edge(post.code, forms.round_of(post.form), post.token, facet))

    async def direction(self, post: Post) -> None:
        """Up, same or down on both axes."""
        directions = {axis: forms.chosen(post.form, axis) for axis in ("D", "I")}
        if not all(directions.values()):
            raise Invalid("nothing_chosen", self._nothing_chosen(post))
        round = forms.round_of(post.form)
        await asyncio.wrap_future(self.sessions.tell_direction(post.code, round, post.token, directions))

    async def word(self, post: Post) -> None:
        """One word for the wall."""
        round = forms.round_of(post.form)
        await asyncio.wrap_future(self.sessions.say_word(post.code, round, post.token, post.form.get("text", "")))

    def _nothing_chosen(self, post: Post) -> str:
        return self.sessions.locale(post.workshop).text("phone.error.nothing_chosen")

    async def forget(self, post: Post) -> Response:
        """Empties the seat, and drops the cookie where nothing has to be remembered until the close."""
        await asyncio.wrap_future(self.sessions.leave(post.code, post.token))
        response = _back(post.code)
        if self.sessions.seat(post.code, post.token) is None:
            web.drop_seat_cookie(response, post.request, self.settings, post.code)
        return response


def _takes_gzip(request: Request) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "").lower()


def _own_page(body: bytes, *, door: bool, packed: bool) -> Response:
    headers = {**messages.HEADERS, "content-security-policy": assets.policy(door=door), **(GZIP if packed else PLAIN)}
    return Response(body, headers=headers, media_type="text/html")


async def back(request: Request) -> Response:
    """From the address of a form, which somebody reloads or has bookmarked, to the page that it stood on."""
    return _back(request.path_params["code"])


def _back(code: str) -> Response:
    return RedirectResponse(f"/j/{quote(code)}", 303, messages.HEADERS)
