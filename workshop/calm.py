"""A small page with a headline and a few lines, for whoever stands at a door: no script, nothing to load."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from workshop import theme
from workshop.inventory import Locale, load_library, preferred

TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined,
                        autoescape=select_autoescape(), trim_blocks=True)
HEADERS = {"cache-control": "no-store", "referrer-policy": "no-referrer", "x-content-type-options": "nosniff",
           "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
                                      "base-uri 'none'; frame-ancestors 'none'"}
COLOURS = ("ground", "ink", "ink_soft", "accent", "on_accent")


@cache
def _locales() -> Mapping[str, Locale]:
    return load_library().locales


def words(request: Request) -> Locale:
    """What these pages say, in the reader's language."""
    return preferred(_locales(), request.headers.get("accept-language", ""))


def calm(locale: Locale, headline: str, lines: tuple[str, ...] = (), status: int = 200, *, action: str = "",
         button: str = "", back: str = "") -> HTMLResponse:
    """The page; `action` is where its one button posts to, `back` a link to the console."""
    page = TEMPLATES.get_template("calm.html").render(
        language=locale.language, direction=locale.text("common.language.direction"), style=style(),
        headline=headline, lines=lines, action=action, button=button, back=back)
    return HTMLResponse(page, status, HEADERS)


@cache
def style() -> str:
    """Both themes, chosen by the browser; without quotes, so that it may stand in a template as it is."""
    return TEMPLATES.get_template("calm.css").render(bright=_colours("bright"), dark=_colours("dark"))


def _colours(name: theme.ThemeName) -> str:
    tokens = theme.tokens(name)
    return ":root{" + ";".join(f"--{colour.replace('_', '-')}:{tokens[colour]}" for colour in COLOURS) + "}"
