"""What a plain form sends: read, checked against the phone that it was served to, and put into the room's terms.

Whatever is chosen, its value is as long as any other's: a skip is 0, shorter texts have blanks at their end.
"""

import hmac
import random
import string
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from workshop.errors import BadRequest, Forbidden, Invalid, WrongType
from workshop.inventory import Questionnaire
from workshop.sessions import Sessions

MOST_FIELDS = 200
OWN_FIELDS = frozenset({"round", "token", "page", "group"})
AS_THEY_ARE = frozenset(string.ascii_letters + string.digits + "*-._ ")
URLENCODED = "application/x-www-form-urlencoded"


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form by name, the last of each. Raises WrongType or BadRequest."""
    if request.headers.get("content-type", URLENCODED).partition(";")[0].strip().lower() != URLENCODED:
        raise WrongType("wrong_type", "This address reads forms only. Go back to the workshop's page and press there.")
    try:
        body = (await request.body()).decode()
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise BadRequest("unreadable", "This form cannot be read. Go back to the workshop's page and send it once "
                                       "more.") from None


def require_own_form(sessions: Sessions, code: str, token: str | None, form: Mapping[str, str]) -> str:
    """The cookie's token, if the form was served to the phone that brings it; else raises Forbidden."""
    if token is None:
        raise Forbidden("no_cookie", sessions.locale(sessions.workshop(code)).text("phone.door.cookies"))
    sent = form.get("token", "").encode()
    if not hmac.compare_digest(sent, sessions.form_token(code, token).encode()):
        raise Forbidden("form_token", sessions.locale(sessions.workshop(code)).text("phone.error.missing_token"))
    return token


def round_of(form: Mapping[str, str]) -> int:
    """The round the form was made for. Raises Invalid."""
    text = form.get("round", "")
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise Invalid("round", "This form does not say which round it is for. Go back and load the page again.")
    return int(text)


def answers_of(form: Mapping[str, str]) -> dict[str, int | None]:
    """Answers by item id; 0 and nothing are "no answer yet". Raises Invalid for what is no number."""
    return {name: _point(name, text) for name, text in form.items() if name not in OWN_FIELDS}


def _point(name: str, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 3):
        raise Invalid("answer", f"The answer to {name[:20]} is not one of those on the page. Go back and choose again.")
    return int(text) or None


def chosen(form: Mapping[str, str], name: str) -> str:
    """The text of a choice, without the blanks that made it as long as the others."""
    return form.get(name, "").strip()


def evened(texts: Iterable[str]) -> dict[str, str]:
    """What a form sends for each of these texts, in as many bytes as for the longest."""
    sizes = {text: _sent_bytes(text) for text in texts}
    most = max(sizes.values(), default=0)
    return {text: text + " " * (most - size) for text, size in sizes.items()}


def _sent_bytes(text: str) -> int:
    """As browsers write a field: these as they are, a blank as +, any other byte as %XX."""
    return sum(1 if chr(byte) in AS_THEY_ARE else 3 for byte in text.encode())


def at_random(questionnaire: Questionnaire) -> dict[str, int | None]:
    """What a phone sends in a rehearsal, whatever was tapped."""
    dice = random.SystemRandom()
    return {id: dice.randint(1, questionnaire.scale.points) for id in questionnaire.ids}
