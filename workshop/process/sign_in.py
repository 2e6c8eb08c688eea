"""The small pages that sign a browser in and out. Opening a link changes nothing yet: only its button redeems it, which
the page's own script presses, so that a program that looks ahead at links does not use one up."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from urllib.parse import parse_qsl

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from workshop.calm import calm, words
from workshop.errors import TooMany, WorkshopError
from workshop.house import House
from workshop.settings import Settings
from workshop.signin import COOKIE, HOST_ONLY, Signin, fits, session_of
from workshop.web import over_tls, require_origin

HERE_SECONDS = 30 * 86_400
ELSEWHERE_SECONDS = 12 * 3_600
WRONG_A_MINUTE = 10
FIELD = "passphrase"
START = "/sign-in/organisation"
BACK = f"{START}/back"
# A page that is drawn ahead, in case somebody should go there, waits until somebody does.
PRESS = ("const go=()=>document.forms[0].requestSubmit();"
         "document.prerendering?document.addEventListener('prerenderingchange',go,{once:true}):go()")

Endpoint = Callable[[Request], Awaitable[Response]]


def routes(house: House) -> list[BaseRoute]:
    """`/sign-in/{once}`, `/sign-out`, and `/sign-in` where there is a passphrase or an organisation."""
    doors, settings = Doors(house.signin, house.settings), house.settings
    other = Route("/sign-in", refusing(doors.other), methods=["GET", *(["POST"] if settings.passphrase else [])])
    return [*([other] if settings.passphrase or settings.organisation else []),
            Route("/sign-in/{once}", refusing(doors.link), methods=["GET", "POST"]),
            Route("/sign-out", refusing(doors.leave), methods=["GET", "POST"])]


class Doors:
    """The endpoints."""

    def __init__(self, signin: Signin, settings: Settings) -> None:
        self.signin = signin
        self.settings = settings
        self._one_at_a_time = asyncio.Lock()
        self._wrong: list[float] = []

    async def link(self, request: Request) -> Response:
        """The button, while the link is good; pressed, it signs this browser in."""
        once = request.path_params["once"]
        if request.method != "POST":
            return _enter(request) if self.signin.good(once) else self._used(request)
        require_origin(request, self.settings)
        session = self.signin.redeem(once, lasting(request))
        return self._used(request) if session is None else self.to_console(request, session, lasting(request))

    async def other(self, request: Request) -> Response:
        """Asks for the passphrase, or leads to the organisation. A passphrase is tried one at a time, and not without
        end: each try costs memory and a tenth of a second."""
        if request.method != "POST":
            return self._ask(request)
        require_origin(request, self.settings)
        typed = dict(parse_qsl((await request.body()).decode("utf-8", "replace"), max_num_fields=5)).get(FIELD, "")
        async with self._one_at_a_time:
            self._slow_down()
            if not await asyncio.to_thread(fits, typed, self.settings.passphrase or ""):
                self._wrong.append(time.monotonic())
                return self._ask(request, wrong=True)
        return self.to_console(request, self.signin.admit(lasting(request)), lasting(request))

    def _ask(self, request: Request, *, wrong: bool = False) -> Response:
        locale = words(request)
        say = locale.text
        asked = self.settings.passphrase is not None
        return calm(locale, say("console.passphrase.title"), (say("console.passphrase.wrong"),) if wrong else (),
                    403 if wrong else 200, buttons={"/sign-in": say("console.link.go")} if asked else {},
                    links={START: say("console.organisation.go")} if self.settings.organisation else {},
                    field=(FIELD, say("console.passphrase.label")) if asked else None)

    def _slow_down(self) -> None:
        """By count of all wrong tries: whoever guesses can change the address, but not the passphrase."""
        since = time.monotonic() - 60
        self._wrong = [at for at in self._wrong if at > since]
        if len(self._wrong) >= WRONG_A_MINUTE:
            raise TooMany("too_many", "Too many wrong passphrases. Wait a minute, or use a one-time link: "
                                      "those work on.")

    def _used(self, request: Request) -> Response:
        if self.signin.valid(session_of(request.cookies)):
            return RedirectResponse("/", 303, {"cache-control": "no-store"})
        locale = words(request)
        say = locale.text
        return calm(locale, say("console.link.title"), (say("console.link.text"), say("console.link.how")), 403)

    async def leave(self, request: Request) -> Response:
        """Asks once; then this browser, or every one, is off the list."""
        if request.method != "POST":
            return _sure(request, "organisation" if self.settings.organisation else "text")
        require_origin(request, self.settings)
        if "everywhere" in request.query_params and self.signin.valid(session_of(request.cookies)):
            self.signin.sign_out_everywhere()
        self.signin.sign_out(session_of(request.cookies) or "")
        return self.to_console(request, "", 0)

    def to_console(self, request: Request, session: str, seconds: int) -> Response:
        """Home, with a fresh session in the cookie, or with the cookie gone where it is empty; the one that this
        browser had before is over."""
        before = session_of(request.cookies)
        if self.signin.valid(before):
            self.signin.sign_out(before or "")
        response = RedirectResponse("/", 303, {"cache-control": "no-store"})
        secure = over_tls(request, self.settings)
        response.set_cookie(f"{HOST_ONLY if secure else ''}{COOKIE}", session, max_age=seconds, path="/",
                            httponly=True, samesite="lax", secure=secure)
        return response


def lasting(request: HTTPConnection) -> int:
    """How many seconds a session of this browser lasts."""
    return HERE_SECONDS if on_this_machine(request) else ELSEWHERE_SECONDS


def on_this_machine(request: HTTPConnection) -> bool:
    """Whether the browser came by a loopback name: it is on the laptop itself."""
    host = request.url.hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refusing(endpoint: Endpoint) -> Endpoint:
    """What cannot be done is said on a page: people come here, not programs."""
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except WorkshopError as error:
            return calm(words(request), words(request).text("phone.error.sorry"), (error.message,), error.status)
    return answer


def _enter(request: Request) -> Response:
    locale = words(request)
    say = locale.text
    return calm(locale, say("console.link.enter"), (say("console.link.once"),), script=PRESS,
                buttons={request.url.path: say("console.link.go")})


def _sure(request: Request, text: str) -> Response:
    locale = words(request)
    say = locale.text
    buttons = {"/sign-out": say("console.leave.yes"), "/sign-out?everywhere": say("console.leave.everywhere")}
    return calm(locale, say("console.leave.title"), (say(f"console.leave.{text}"),), buttons=buttons,
                back=say("console.leave.no"))
