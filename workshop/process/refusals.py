"""How the process says no: the contract's error shape, before any surface has seen the request."""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workshop.errors import WorkshopError
from workshop.web import error_response

log = logging.getLogger("bothand")

BROKEN = WorkshopError("broken", "Something went wrong here, and it is not your fault. Please try again in a moment.")


async def refuse(error: WorkshopError, scope: Scope, receive: Receive, send: Send) -> None:
    """Answers a request with the error, or turns a websocket away before it opens."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": error.code})
        return
    await error_response(error)(scope, receive, send)


class PlainErrors:
    """ASGI middleware: what no surface caught becomes a sentence for the person and a place in the code for the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except WorkshopError as error:
            answer = error
        except Exception:
            log.exception("A request broke")
            answer = BROKEN
        else:
            return
        if not started:
            await refuse(answer, scope, receive, send)
