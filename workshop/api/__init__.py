"""The HTTP contract for scripts and for the pages of phone and stage: thin, over sessions."""

from workshop.api.application import routes

__all__ = ["routes"]
