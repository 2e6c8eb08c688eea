"""How the process says no: the contract's error shape, before any surface has seen the request."""

import logging

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected

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
        reply = _Reply(send)
        try:
            await self.app(scope, receive, reply.send)
        except WorkshopError as error:
            answer = error
        except (ClientDisconnect, WebSocketDisconnected):
            return  # whoever sent it has gone in the middle: there is nobody to answer, and nothing broke
        except Exception:
            log.exception("A request broke")
            answer = BROKEN
        else:
            await reply.release()
            return
        if not reply.started:
            await refuse(answer, scope, receive, send)


class _Reply:
    """Holds a 500 back until the app has ended: FastAPI answers one in its own words, then raises."""

    def __init__(self, send: Send) -> None:
        self.started = False
        self._send = send
        self._held: list[Message] = []

    async def send(self, message: Message) -> None:
        if self._held or message.get("status") == 500:
            self._held.append(message)
        else:
            self.started = True
            await self._send(message)

    async def release(self) -> None:
        for message in self._held:
            await self._send(message)
