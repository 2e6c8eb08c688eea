"""A workshop in a line or two."""

from pages.desk import sessions
from pages.words import locale, say, shared
from workshop.room import Phase, Workshop


def about(workshop: Workshop) -> str:
    """ "team · standard, 24 statements · held, groups of 5 or more"."""
    statements = len(sessions().questionnaire(workshop).items)
    who = say(f"about.{'class_16' if workshop.context == 'class' and workshop.all_16 else workshop.context}")
    what = say("about.form" if workshop.dark else "about.form_light", form=say(f"form.{workshop.form}"), n=statements)
    return " · ".join((who, what, protection(workshop)))


def protection(workshop: Workshop) -> str:
    """ "held, groups of 5 or more"."""
    return say("about.protection", level=locale().within(shared(f"level.{workshop.level}.name")), k=workshop.k)


def where(workshop: Workshop) -> str:
    """Which scene of how many, and how many people are in."""
    counts = sessions().telling.counts(workshop)
    place = workshop.agenda.index(workshop.here) + 1
    key = "finished" if workshop.phase == Phase.ANSWERING or workshop.round else "joined"
    return say(f"about.where_{key}", place=place, scenes=len(workshop.agenda), joined=counts.joined,
               finished=counts.finished)


def answered(workshop: Workshop) -> str:
    """How many people the latest pictures hold; empty before any."""
    snapshot = sessions().snapshot(workshop.code)
    return say("about.answered", n=snapshot.n, seats=max(snapshot.n, snapshot.seats)) if snapshot.released else ""
