"""The projector's page: only what the room may see, and nothing to press."""

from workshop.stage.payload import follow, payload
from workshop.stage.routes import STAGE_POLICY, routes
from workshop.stage.views import view

__all__ = ["STAGE_POLICY", "follow", "payload", "routes", "view"]
