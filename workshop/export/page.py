"""Summary -> one self-contained page: readable without a script, on paper and on a phone."""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from workshop import theme
from workshop.export.about import agenda, facts, foot, notes
from workshop.export.explore import explored
from workshop.export.language import clean, language
from workshop.export.method import chapters
from workshop.export.sheet import sheet
from workshop.export.summary import Summary
from workshop.export.tables import numbers, tables
from workshop.settings import ROOT

TEMPLATES = Path(__file__).parent / "templates"
FONTS = ROOT / "workshop" / "stage" / "assets"
FAMILY = "Atkinson Hyperlegible Next"


def page_bytes(summary: Summary) -> bytes:
    """UTF-8 HTML under a policy that lets only its own script run and nothing be fetched.

    Pictures and tables need no script; with one, a part opens in which pictures answer when pointed at.
    """
    css, closer = style(), explored(summary)
    scripts = (plotly(), boot()) if closer else ()
    page = _environment().get_template("page.html").render(
        summary=summary, sheet=sheet(summary), tables=tables(summary), numbers=numbers(summary),
        chapters=chapters(summary), facts=facts(summary), agenda=agenda(summary), notes=notes(summary),
        foot=foot(summary), speak=language(summary.language).text,
        css=css, explored=closer, scripts=scripts, policy=policy(css, scripts))
    return page.encode()


def policy(css: str, scripts: Sequence[str] = ()) -> str:
    """The content security policy of a page with this one style sheet and these scripts."""
    # Plotly makes an empty style element and fills it rule by rule: the hash of nothing lets it.
    styles = _sources((css, "") if scripts else (css,))
    scripted = f"script-src {_sources(scripts)}; img-src data: blob:; " if scripts else ""
    return f"default-src 'none'; {scripted}style-src {styles}; font-src data:; base-uri 'none'; form-action 'none'"


def _sources(texts: Sequence[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


@cache
def plotly() -> str:
    """The drawing library as it stands in the page: bars and points only, with its licence."""
    return (FONTS / "plotly-basic.min.js").read_text("utf-8")


@cache
def boot() -> str:
    """What draws the pictures."""
    return (TEMPLATES / "explore.js").read_text("utf-8")


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
