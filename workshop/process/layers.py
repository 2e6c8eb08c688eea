"""What app.py is made of: the surfaces' routes, and what stands in front of them all."""

from collections.abc import Callable

from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import Scope

from workshop import api, phone, reach, stage
from workshop.house import House
from workshop.process import console, sign_in
from workshop.process.doors import ConsoleDoors, OwnOrigin
from workshop.process.entrance import Entrance, wrong_method
from workshop.process.headers import SecurityHeaders, inline_scripts
from workshop.process.letting_go import LettingGo
from workshop.process.limits import BodyLimit
from workshop.process.refusals import PlainErrors
from workshop.process.shortcut import Shortcut
from workshop.process.streams import StreamLimit
from workshop.web import is_facilitator


def routes(house: House) -> list[BaseRoute]:
    """What the console's own server carries besides Streamlit, the page for strangers last."""
    return [*sign_in.routes(house), *reach.routes(),
            Entrance(house.library.locales, facilitators(house), sign_in.START if house.settings.organisation else "")]


def surfaces(house: House) -> list[BaseRoute]:
    """Phone, stage and API."""
    return [*phone.routes(house), *stage.routes(house), *api.routes(house)]


def handlers(house: House) -> dict[int, Callable[[Request, Exception], Response]]:
    """What people read where a framework would say two words; /api has words of its own."""
    return {405: wrong_method(house.library.locales)}


def facilitators(house: House) -> Callable[[Scope], bool]:
    """Tells of a request whether it carries a facilitator's right."""
    return lambda scope: is_facilitator(HTTPConnection(scope), house.signin)


def middleware(house: House, *by_organisation: Middleware) -> list[Middleware]:
    """Outermost first; `by_organisation` is the layer that signs in with one, where there is one."""
    settings, signed_in = house.settings, facilitators(house)
    return [
        Middleware(SecurityHeaders, scripts=inline_scripts(console.index_page()), settings=settings),
        Middleware(PlainErrors),
        Middleware(OwnOrigin, settings=settings),
        Middleware(ConsoleDoors, signin=house.signin),
        *by_organisation,
        Middleware(BodyLimit, signed_in=signed_in),
        Middleware(StreamLimit),
        Middleware(LettingGo, settings=settings),
        Middleware(Shortcut, routes=surfaces(house), handlers=handlers(house)),
    ]
