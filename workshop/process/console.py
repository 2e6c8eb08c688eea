"""How Streamlit serves the console: quiet, private, in our colours."""

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workshop import theme
from workshop.settings import Settings

QUIET: Mapping[str, Any] = {
    "browser.gatherUsageStats": False,
    "browser.serverAddress": "localhost",  # else Streamlit would ask outside for our public address
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "logger.enableRich": False,  # it would print whole tracebacks, with what somebody typed
    "logger.hideWelcomeMessage": True,
    "runner.magicEnabled": False,
    "runner.postScriptGC": False,  # everything imported is frozen; a collection after each run costs 60 ms
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.showEmailPrompt": False,
}

# Said although they are the defaults: somebody's own Streamlit settings must not open what is shut here.
SHUT: Mapping[str, Any] = {
    "client.allowedOrigins": [],
    "global.developmentMode": False,
    "server.baseUrlPath": "",
    "server.corsAllowedOrigins": [],
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.maxMessageSize": 32,  # MB, of which a browser may send 2
    "server.maxUploadSize": 1,
    "server.maxWidgetStateSize": 2,
    "server.scriptHealthCheckEnabled": False,
}

FONT = "Atkinson Hyperlegible Next"
FACES = "/assets/stage/AtkinsonHyperlegibleNext-{weight}.woff2"


def options(settings: Settings) -> dict[str, Any]:
    """Streamlit's settings by their dotted names. Nothing of it asks another machine for anything."""
    return {**QUIET, **SHUT, **_listening(settings), **_look()}


def index_page() -> Path:
    """The page that every console address answers with."""
    spec = importlib.util.find_spec("streamlit")
    folders = spec.submodule_search_locations if spec else None
    return Path(next(iter(folders or ()))) / "static" / "index.html"


def _listening(settings: Settings) -> dict[str, Any]:
    place = {"server.port": settings.port} | ({"server.address": settings.host} if settings.host else {})
    if settings.tls_cert is None:
        return place
    return place | {"server.sslCertFile": str(settings.tls_cert), "server.sslKeyFile": str(settings.tls_key)}


def _look() -> dict[str, Any]:
    family = f"'{FONT}', {theme.group('type')['fallback']}"
    sizes = theme.group("type")["console"]
    radius = f"{theme.group('radius')['control']}px"
    weights = theme.group("type")["weights"]
    return {
        "theme.font": family,
        "theme.headingFont": family,
        "theme.baseFontSize": sizes["body"],
        "theme.headingFontSizes": [f"{sizes[name]}px" for name in ("title", "lead", "body")],
        "theme.headingFontWeights": [weights[-1]] * 3,
        "theme.baseRadius": radius,
        "theme.buttonRadius": radius,
        "theme.showWidgetBorder": True,
        "theme.fontFaces": [
            {"family": FONT, "url": FACES.format(weight=weight), "weight": str(weight)} for weight in weights
        ],
        **_colours("light", theme.tokens("bright")),
        **_colours("dark", theme.tokens("dark")),
    }


def _colours(name: str, tokens: Mapping[str, Any]) -> dict[str, Any]:
    """Streamlit writes white on its primary colour, whatever the theme: hence the deep accent."""
    return {
        f"theme.{name}.primaryColor": tokens["accent_deep"],
        f"theme.{name}.backgroundColor": tokens["ground"],
        f"theme.{name}.secondaryBackgroundColor": tokens["surface"],
        f"theme.{name}.textColor": tokens["ink"],
        f"theme.{name}.borderColor": tokens["rule"],
        f"theme.{name}.linkColor": tokens["accent"],
        f"theme.{name}.grayTextColor": tokens["ink_soft"],
    }
