"""The verbs of a workshop. Telling the room is part of every verb, so that no screen can forget it."""

from workshop.sessions.facade import Sessions
from workshop.sessions.facts import Facts
from workshop.sessions.seats import Joined, fresh_token

__all__ = ["Facts", "Joined", "Sessions", "fresh_token"]
