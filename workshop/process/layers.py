"""What app.py is made of: the surfaces' routes, and what stands in front of them all."""

from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute
from starlette.types import Scope

from workshop import api, phone, stage
from workshop.house import House
from workshop.process import console, entrance
from workshop.process.doors import ConsoleDoors, OwnOrigin
from workshop.process.headers import SecurityHeaders, inline_scripts
from workshop.process.limits import BodyLimit
from workshop.process.refusals import PlainErrors
from workshop.web import is_facilitator


def routes(house: House) -> list[BaseRoute]:
    """Every address that is not Streamlit's."""
    return [*phone.routes(house), *stage.routes(house), *api.routes(house), *entrance.routes(house)]


def middleware(house: House) -> list[Middleware]:
    """Outermost first."""

    def signed_in(scope: Scope) -> bool:
        return is_facilitator(HTTPConnection(scope), house.signin)

    settings = house.settings
    return [
        Middleware(SecurityHeaders, scripts=inline_scripts(console.index_page()), tls=settings.tls_cert is not None),
        Middleware(PlainErrors),
        Middleware(OwnOrigin, settings=settings),
        Middleware(ConsoleDoors, signed_in=signed_in),
        Middleware(BodyLimit, signed_in=signed_in),
    ]
