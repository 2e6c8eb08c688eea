"""The participant's page: one small request, plain forms underneath, a little script on top."""

from workshop.phone.page import warm
from workshop.phone.routes import routes

__all__ = ["routes", "warm"]
