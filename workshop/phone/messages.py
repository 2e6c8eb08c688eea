"""Pages that say one thing and what to do about it: an unknown code, a room that is over, a refusal."""

from collections.abc import Sequence

from starlette.responses import HTMLResponse, Response

from workshop.errors import WorkshopError
from workshop.inventory import Locale
from workshop.phone import assets, words
from workshop.phone.page import environment
from workshop.room import Workshop
from workshop.web import in_words

HEADERS = {"cache-control": "no-store", "referrer-policy": "no-referrer"}


def unknown_page(locale: Locale, error: WorkshopError) -> Response:
    """404, or 429 after too many guesses: a field to type the code again."""
    if error.status == 404:
        return _page(locale, 404, locale.text("phone.error.unknown"), locale.text("phone.error.unknown_text"), ask=True)
    return _page(locale, error.status, locale.text("phone.error.sorry"), in_words(error, locale).message, ask=True)


def sealed_page(locale: Locale) -> Response:
    """410: there is nothing behind this address any more."""
    return _page(locale, 410, locale.text("phone.page.sealed"), locale.text("phone.page.sealed_text"))


def how_page(locale: Locale, workshop: Workshop) -> Response:
    """How this is anonymous, for those who are in the room already: the promise, and where it ends."""
    first, *more = words.promise(locale, workshop.level, workshop.k, workshop.m)
    return _page(locale, 200, locale.text("phone.page.how"), first, lines=(*more, *words.limits(locale)),
                 code=workshop.code)


def refusal_page(locale: Locale, error: WorkshopError, code: str) -> Response:
    """What could not be done, and the way back."""
    return _page(locale, error.status, locale.text("phone.error.sorry"), in_words(error, locale).message, code=code)


def _page(locale: Locale, status: int, title: str, text: str, *, code: str = "", ask: bool = False,
          lines: Sequence[str] = ()) -> Response:
    html = environment().get_template("message.html").render(
        language=locale.language, direction=locale.text("common.language.direction"), style=assets.style(),
        title=title, text=text, code=code, ask_code=ask, lines=lines, words=locale.table("phone.error"),
    )
    return HTMLResponse(html, status, {**HEADERS, "content-security-policy": assets.policy_of(assets.style())})
