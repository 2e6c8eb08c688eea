"""Summary -> one self-contained page: readable without a script, on paper and on a phone."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from workshop import theme
from workshop.export.language import clean, language
from workshop.export.method import chapters
from workshop.export.sheet import sheet
from workshop.export.summary import Summary
from workshop.settings import ROOT

TEMPLATES = Path(__file__).parent / "templates"
FONTS = ROOT / "workshop" / "stage" / "assets"
FAMILY = "Atkinson Hyperlegible Next"


def page_bytes(summary: Summary) -> bytes:
    """UTF-8 HTML under a policy that lets no script run and nothing be fetched."""
    css = style()
    page = _environment().get_template("page.html").render(
        summary=summary, sheet=sheet(summary), chapters=chapters(summary), speak=language(summary.language).text,
        css=css, policy=policy(css))
    return page.encode()


def policy(css: str) -> str:
    """The content security policy of a page with this one style sheet."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return (f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; "
            "form-action 'none'")


@cache
def style() -> str:
    """Fonts, tokens of the bright theme and the page's own rules, exactly as they stand in the page."""
    return "\n".join((*(_font(weight) for weight in (400, 600)), theme.css(),
                      (TEMPLATES / "page.css").read_text("utf-8")))


def _font(weight: int) -> str:
    data = base64.b64encode((FONTS / f"AtkinsonHyperlegibleNext-{weight}.woff2").read_bytes()).decode()
    return (f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:normal;'
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}")


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
                       finalize=_finalize)


def _finalize(value: object) -> object:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
