"""A workshop of a fictional group, so that a first start has something to look at. Once forgotten it stays so."""

import json
import logging
from functools import cache
from typing import TYPE_CHECKING

from workshop.errors import WorkshopError
from workshop.settings import DATA

if TYPE_CHECKING:
    from workshop.sessions.facade import Sessions

FILE = DATA / "examples" / "boat_builders.json"
LOG = logging.getLogger("bothand")
PATIENCE = 20


def lay_out(sessions: "Sessions") -> None:
    """Once for each installation, and only where there is no workshop yet. Without it all else works."""
    mark = sessions.settings.database.parent / "example-shown"
    if mark.exists() or sessions.workshops():
        return
    try:
        sessions.import_summary(FILE.read_bytes()).result(PATIENCE)
        mark.touch()
    except (WorkshopError, OSError, TimeoutError) as error:
        LOG.warning("the example workshop could not be laid out: %s", getattr(error, "code", "file"))


@cache
def example_code() -> str:
    """The code of that workshop; empty where the file is gone."""
    return str(json.loads(FILE.read_bytes())["code"]) if FILE.exists() else ""
