"""The one family of errors, each fit to show a person: what happened, and what to do."""


class WorkshopError(Exception):
    """Something a person asked for cannot be done; nothing was changed.

    `code` is a short stable word for programs, `message` one or two plain sentences for people,
    `status` the HTTP status a route answers with.
    """

    status = 500

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class BadRequest(WorkshopError):
    """The request cannot be read."""

    status = 400


class SignInNeeded(WorkshopError):
    """The facilitator's key or the console's cookie is missing."""

    status = 401


class Forbidden(WorkshopError):
    """Understood and refused: a foreign Origin, a missing seat, a form token that does not fit."""

    status = 403


class Missing(WorkshopError):
    """No such workshop, round, scene or word."""

    status = 404


class Conflict(WorkshopError):
    """Right request, wrong moment: phase, round, lock or a race that somebody else won."""

    status = 409


class Gone(WorkshopError):
    """The workshop is sealed."""

    status = 410


class TooLarge(WorkshopError):
    """The body is over its limit."""

    status = 413


class WrongType(WorkshopError):
    """The body is of a type this route does not read."""

    status = 415


class Invalid(WorkshopError):
    """A field is unknown, out of its range or missing."""

    status = 422


class TooMany(WorkshopError):
    """Too many misses from one place; try again shortly."""

    status = 429


class NotBuilt(WorkshopError):
    """Named in the contract and not part of this version."""

    status = 501


class Unavailable(WorkshopError):
    """The store is full, busy or closed; nothing was saved, try again."""

    status = 503
