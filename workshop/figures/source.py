"""The line under a picture: how many people it holds, and how they are protected."""

from workshop.figures.rows import Subject
from workshop.results import Snapshot


def source(kind: str, subject: Subject) -> str:
    """ "26 of 28 answered · answers are shown only in groups of 5 or more"; "" for pictures without people."""
    snapshot = subject.snapshot
    if snapshot is None or not snapshot.released or kind in ("idea", "empty_bars"):
        return ""
    if kind == "then_now" and subject.before:
        return _joined(subject.say("source.then_now", then=subject.before.n, now=snapshot.n),
                       _protection(kind, snapshot, subject))
    if kind == "edges":
        chosen = sum(edge.n for edge in snapshot.edges or ())
        return _joined(subject.say("source.chose", n=chosen, seats=snapshot.seats), subject.say("source.edges"))
    return _joined(_answered(snapshot, subject), _protection(kind, snapshot, subject))


def _joined(*parts: str) -> str:
    return " · ".join(parts)


def _answered(snapshot: Snapshot, subject: Subject) -> str:
    if not snapshot.final:
        return subject.say("source.still", n=snapshot.n)
    return subject.say("source.answered", n=snapshot.n, seats=max(snapshot.seats, snapshot.n))


def _protection(kind: str, snapshot: Snapshot, subject: Subject) -> str:
    if kind == "plane" and snapshot.plane and all(cell.n >= 3 for cell in snapshot.plane.cells):
        return subject.say("source.boxes")
    if snapshot.level == "open":
        return subject.say("source.open")
    return subject.say("source.groups", k=snapshot.k)
