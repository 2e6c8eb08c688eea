"""Sign-in with an organisation (OpenID Connect) by what Streamlit's `st.login` does, behind two addresses of ours.

Streamlit talks with the provider and proves what that says. Its own addresses stay shut all the same, and its cookies
never reach a browser, so that nothing is left there that would sign anybody in: what it has found is looked at once,
here, and the right comes from our own list of signed-in browsers.
"""

import importlib
import secrets
import time
import warnings
from collections import Counter
from collections.abc import Callable
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from workshop.calm import calm, words
from workshop.errors import Invalid, TooMany
from workshop.house import House
from workshop.process import arrivals
from workshop.process.behind import Answer, ask
from workshop.process.entrance import wrong_method
from workshop.process.invited import invited
from workshop.process.sign_in import BACK, ELSEWHERE_SECONDS, START, Doors, refusing
from workshop.process.testimony import SESSION, Unsign, testimony
from workshop.sessions.seats import TOKEN
from workshop.settings import Organisation, Settings, secure
from workshop.signin import HOST_ONLY
from workshop.web import NO_STORE, over_tls

COOKIE = "bothand_away"
STREAMLITS_BACK = "/oauth2callback"
STARTS_A_MINUTE = 20  # from one address; each makes the server ask the provider
PROVIDER = "default"  # as Streamlit calls the only one
COOKIE_SECRET = secrets.token_hex(32)  # what Streamlit signs with; what it signs is read once, within minutes

GET_ONLY = HTTPException(405, headers={"allow": "GET"})

Begin = Callable[[str], str]


def streamlits_secrets(settings: Settings) -> dict[str, Any] | None:
    """What `st.login` wants in a secrets.toml, from our settings. Raises Invalid where its library is missing."""
    organisation = settings.organisation
    if organisation is None:
        return None
    _bring_library()
    return {"auth": {
        "redirect_uri": f"{settings.public_url}{BACK}",
        "cookie_secret": COOKIE_SECRET,
        "client_id": organisation.client_id,
        "client_secret": organisation.client_secret,
        "server_metadata_url": organisation.metadata,
        "client_kwargs": {"scope": "openid email", "prompt": "select_account"},
    }}


def _bring_library() -> None:
    """Now, so that nobody in the room waits when somebody signs in."""
    try:
        with warnings.catch_warnings():
            importlib.import_module("authlib.deprecate")  # which has its own warnings shown, whatever was said before
            warnings.simplefilter("ignore")  # of the version of the library that it asks others with
            importlib.import_module("authlib.integrations.starlette_client")
    except ImportError as error:
        raise Invalid("setting", "Sign-in with an organisation needs the package Authlib. Start Bothand with “uv run "
                                 "--extra organisation app.py”, or leave the settings BOTHAND_OIDC_… out.") from error


def layer(house: House, begin: Begin, unsign: Unsign) -> tuple[Middleware, ...]:
    """The middleware, or none. `begin` gives the address to which `st.login` would send a browser, `unsign` reads a
    cookie that Streamlit signed."""
    organisation = house.settings.organisation
    if organisation is None:
        return ()
    return (Middleware(SignInWithOrganisation, house=house, organisation=organisation, begin=begin, unsign=unsign),)


class SignInWithOrganisation:
    """ASGI middleware: the way to the provider and the way back, for GET alone."""

    def __init__(self, app: ASGIApp, house: House, organisation: Organisation, begin: Begin, unsign: Unsign) -> None:
        self.app = app
        self.settings = house.settings
        self.organisation = organisation
        self.doors = Doors(house.signin, house.settings)
        self.begin = begin
        self.unsign = unsign
        self.away = arrivals.Arrivals()
        self.starts = Starts()
        self.wrong_method = wrong_method(house.library.locales)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = {START: self.leave, BACK: self.back}.get(scope.get("path", "")) if scope["type"] == "http" else None
        if door is None:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        answer = await refusing(door)(request) if scope["method"] == "GET" else self.wrong_method(request, GET_ONLY)
        await answer(scope, receive, send)

    async def leave(self, request: Request) -> Response:
        """Off to the provider, with a state that only this browser can bring back."""
        if request.headers.get("host", "").lower() != urlsplit(self.settings.public_url or "").netloc.lower():
            return _elsewhere(request, f"{self.settings.public_url}{START}")
        if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return _asked(request)
        self.starts.count(request)
        answer = await self._ask(request, self.begin(PROVIDER))
        kept, state = answer.cookies.get(SESSION, ""), dict(parse_qsl(urlsplit(answer.location).query)).get("state", "")
        if not (kept and state and secure(answer.location)):
            return _page(request, "silent", 503)
        brought = request.cookies.get(self._cookie(request), "")
        token = brought if TOKEN.fullmatch(brought) else secrets.token_urlsafe(16)
        self.away.sent(token, state, kept)
        response = RedirectResponse(answer.location, 303, NO_STORE)
        response.set_cookie(self._cookie(request), token, max_age=arrivals.SECONDS, path="/", httponly=True,
                            samesite="lax", secure=over_tls(request, self.settings))
        return response

    async def back(self, request: Request) -> Response:
        """Home, for somebody on the list who has left from this browser and comes back the first time."""
        told = dict(request.query_params)
        kept = self.away.back(request.cookies.get(self._cookie(request), ""), told.get("state", ""))
        if kept is None or not self._plausible(request):
            return _page(request, "lost", 403)
        query = urlencode({"code": told["code"], "state": told["state"]})
        answer = await self._ask(request, f"{STREAMLITS_BACK}?{query}", f"{SESSION}={kept}")
        claims = testimony(answer.cookies, self.unsign, COOKIE_SECRET)
        if claims is None:
            return _page(request, "lost", 403)
        if not invited(claims, self.organisation, time.time()):
            return _page(request, "unknown", 403)
        session = self.doors.signin.admit(ELSEWHERE_SECONDS, outlives=False)
        return self.doors.to_console(request, session, ELSEWHERE_SECONDS)

    def _plausible(self, request: Request) -> bool:
        """A code, no error, nothing twice, and from no other provider. What an error says goes on to no log."""
        told = request.query_params
        once = len(told.multi_items()) == len(told.keys())
        ours = told.get("iss", self.organisation.issuer).removesuffix("/") == self.organisation.issuer
        return once and ours and bool(told.get("code")) and "error" not in told

    async def _ask(self, request: Request, address: str, cookie: str = "") -> Answer:
        try:
            return await ask(self.app, request.scope, address, cookie)
        except TimeoutError:
            return Answer()

    def _cookie(self, request: Request) -> str:
        return f"{HOST_ONLY if over_tls(request, self.settings) else ''}{COOKIE}"


class Starts:
    """How often browsers at one address have set off within a minute; nothing of it is written anywhere."""

    def __init__(self) -> None:
        self._since = 0.0
        self._counts: Counter[str] = Counter()

    def count(self, request: Request) -> None:
        """Once more; raises TooMany where it is too often."""
        if time.monotonic() - self._since > 60:
            self._since, self._counts = time.monotonic(), Counter()
        address = request.client.host if request.client else ""
        self._counts[address] += 1
        if self._counts[address] > STARTS_A_MINUTE:
            raise TooMany("too_many", "Too many sign-ins were begun from here. Wait a minute, or use a one-time link: "
                                      "those work on.")


def _page(request: Request, what: Literal["lost", "silent", "unknown"], status: int) -> Response:
    """What happened, and the way to try again."""
    say = words(request).text
    return calm(words(request), say(f"console.organisation.{what}"), (say(f"console.organisation.{what}_how"),), status,
                links={START: say("console.organisation.again")})


def _asked(request: Request) -> Response:
    """Another page has sent this browser here: nobody is signed in without having pressed anything of ours."""
    say = words(request).text
    return calm(words(request), say("console.passphrase.title"), links={START: say("console.organisation.go")})


def _elsewhere(request: Request, address: str) -> Response:
    """The provider sends people back to one address only, so they have to leave from there."""
    say = words(request).text
    return calm(words(request), say("console.organisation.elsewhere"), (), 400, links={address: address})
