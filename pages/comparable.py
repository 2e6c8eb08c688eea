"""Which workshops may stand beside each other: the same inventory and kind of room, twelve people or more in each."""

from pages.desk import sessions
from workshop.results import Snapshot
from workshop.room import Workshop

FEWEST = 12
MOST = 6


def latest(workshop: Workshop) -> Snapshot | None:
    """Its last closed round with enough people, if there is one; a rehearsal has none."""
    snapshot = sessions().snapshot(workshop.code)
    fits = snapshot.released and snapshot.final and snapshot.n >= FEWEST and not workshop.rehearsal
    return snapshot if fits else None


def beside(workshop: Workshop) -> tuple[Workshop, ...]:
    """The others that can stand beside this one, oldest first; none where this one is too small itself."""
    if latest(workshop) is None:
        return ()
    found = (one for one in sessions().workshops() if one.code != workshop.code and alike(one, workshop)
             and latest(one) is not None)
    return tuple(sorted(found, key=lambda one: (one.created, one.id)))


def alike(one: Workshop, other: Workshop) -> bool:
    """Whether they asked the same statements, of the same kind of room."""
    return (one.inventory, one.context) == (other.inventory, other.context)
