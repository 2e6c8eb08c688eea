"""The door for facilitators: a link that signs one browser in, once."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from workshop.house import House
from workshop.signin import COOKIE, SIGNED_IN_SECONDS
from workshop.web import NO_STORE

USED = ("This sign-in link has been used, or is too old. Start Bothand again for a fresh one, "
        "or ask somebody who is signed in to add this browser.")


def routes(house: House) -> list[BaseRoute]:
    """`/sign-in/{once}`."""

    async def sign_in(request: Request) -> Response:
        if request.method == "HEAD" or "prefetch" in request.headers.get("sec-purpose", ""):
            return Response(status_code=204, headers=NO_STORE)  # a look ahead must not use the link up
        session = house.signin.redeem(request.path_params["once"])
        if session is None:
            return PlainTextResponse(USED, 410, NO_STORE)
        response = RedirectResponse("/", 303, NO_STORE)
        response.set_cookie(COOKIE, session, max_age=SIGNED_IN_SECONDS, httponly=True, samesite="lax",
                            secure=request.url.scheme == "https")
        return response

    return [Route("/sign-in/{once}", sign_in)]
