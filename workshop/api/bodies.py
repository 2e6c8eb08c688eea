"""Reading JSON bodies, with the contract's words for what does not fit."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from workshop.errors import BadRequest, Invalid, WrongType

MOST_NESTING = 20


async def json_body(request: Request, *, optional: bool = False) -> dict[str, Any]:
    """The body as a JSON object. Raises WrongType, BadRequest or Invalid."""
    body = await request.body()
    if optional and not body:
        return {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise WrongType("not_json", "This address reads JSON only. Send it with the header "
                                    "“Content-Type: application/json”.")
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadRequest("broken_json", "The body is not valid JSON, so nothing was changed.") from error
    if not isinstance(found, dict):
        raise Invalid("not_an_object", "The body has to be a JSON object, like {\"answers\": {}}.")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def only(body: Mapping[str, Any], *names: str) -> None:
    """Raises Invalid for a field that is not known."""
    unknown = sorted(set(body) - set(names))
    if unknown:
        raise Invalid("unknown_field", f"There is no field {unknown[0]!r} here. Known are {', '.join(names)}.")


def whole(text: str) -> int:
    """A round number from an address. Raises Invalid."""
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise Invalid("round", "The round has to be a whole number.")
    return int(text)
