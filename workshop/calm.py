"""A small page with a headline and a few lines, for whoever stands at a door: no script, nothing to load."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from workshop import theme
from workshop.inventory import Locale, load_library, preferred

TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined,
                        autoescape=select_autoescape(), trim_blocks=True)
POLICY = ("default-src 'none'; style-src 'unsafe-inline'; {script}form-action 'self'; base-uri 'none'; "
          "frame-ancestors 'none'")
HEADERS = {"cache-control": "no-store", "referrer-policy": "no-referrer", "x-content-type-options": "nosniff",
           "content-security-policy": POLICY.format(script="")}
COLOURS = ("ground", "ink", "ink_soft", "accent", "on_accent")


@cache
def _locales() -> Mapping[str, Locale]:
    return load_library().locales


def words(request: Request) -> Locale:
    """What these pages say, in the reader's language."""
    return preferred(_locales(), request.headers.get("accept-language", ""))


def calm(locale: Locale, headline: str, lines: tuple[str, ...] = (), status: int = 200, *,
         buttons: Mapping[str, str] = {}, links: Mapping[str, str] = {}, back: str = "", script: str = "",
         field: tuple[str, str] | None = None) -> HTMLResponse:
    """The page; `buttons` by where they post to, `links` by where they lead, `back` a link to the console, `script` the
    one that may run, `field` name and label of what is typed unseen."""
    page = TEMPLATES.get_template("calm.html").render(
        language=locale.language, direction=locale.text("common.language.direction"), style=style(),
        headline=headline, lines=lines, buttons=buttons, links=links, back=back, script=script,
        field=field)
    allowed = f"script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'; " if script else ""
    # Without any referrer a browser would send a form with no Origin, and every write needs ours.
    referrer = {"referrer-policy": "same-origin"} if buttons else {}
    return HTMLResponse(page, status, {
        **HEADERS, **referrer, "content-security-policy": POLICY.format(script=allowed)})


@cache
def style() -> str:
    """Both themes, chosen by the browser; without quotes, so that it may stand in a template as it is."""
    return TEMPLATES.get_template("calm.css").render(bright=_colours("bright"), dark=_colours("dark"))


def _colours(name: theme.ThemeName) -> str:
    tokens = theme.tokens(name)
    return ":root{" + ";".join(f"--{colour.replace('_', '-')}:{tokens[colour]}" for colour in COLOURS) + "}"
