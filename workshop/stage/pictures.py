"""The scenes that are pictures, or wait for one."""

from workshop import figures
from workshop.figures import PictureKind
from workshop.inventory import DARK_POLES
from workshop.results import Snapshot
from workshop.stage.room import Block, Content, Room, note
from workshop.stage.scenes import waiting

FEW = 8  # from here on statements have pictures of their own


def idea(room: Room) -> Content:
    """The plane without people."""
    return _picture("idea", room, room.say("idea.headline"), source=room.say("idea.foot"))


def predict(room: Room) -> Content:
    """Empty bars, so that the answers can surprise."""
    return _picture("empty_bars", room, room.say("predict.headline"), source=room.say("predict.foot"))


def light(room: Room) -> Content:
    """Both sides; in very small rooms all answers of a side together."""
    snapshot = _released(room)
    if snapshot is None:
        return waiting(room, room.say("light.headline"), _later(room))
    if is_pooled(snapshot):
        return _picture("pooled", room, room.say("light.headline"), foot=(note(room.say("pooled.foot")),))
    steps = figures.steps("light", room.questionnaire)
    side = ("DL", "IL")[min(room.facts.step, 1)] if steps > 1 else "headline"
    return _picture("both_sides", room, room.say(f"light.{side}"), steps=steps)


def is_pooled(snapshot: Snapshot) -> bool:
    """Whether the people of a round are too few for pictures of single statements."""
    shown = any(item.counts is not None for item in snapshot.items)
    return any(pole.pooled for pole in snapshot.poles) or (not shown and snapshot.n < FEW)


def _signs(kind: PictureKind, room: Room) -> tuple[Block, ...]:
    words = {"less": room.locale.text("common.less_is_more"), "joined": room.say("light.joined"),
             "line": room.say("light.line")}
    return tuple(note(words[sign], sign) for sign in figures.signs_of(kind, room.subject))


def plane(room: Room) -> Content:
    """Leaning by standing; only once the round is closed."""
    snapshot = _released(room)
    if snapshot is None or (snapshot.plane is None and not snapshot.final):
        return waiting(room, room.say("plane.headline"), _later(room))
    foot = (note(room.say("plane.foot")),) if snapshot.plane else ()
    return _picture("plane", room, room.say("plane.headline"), foot=foot)


def dark(room: Room) -> Content:
    """What gets in the way, where it has been revealed; the card before says nothing about what is there."""
    snapshot = _released(room)
    there = snapshot is not None and any(item.pole in DARK_POLES for item in snapshot.items)
    if not room.facts.revealed:
        return waiting(room, room.say("dark.headline"), room.say("waiting.host"))
    if not there:
        return waiting(room, room.say("dark.headline"), _later(room))
    steps = figures.steps("dark", room.questionnaire)
    peace = steps > 1 and room.facts.step >= steps - 1
    return _picture("gets_in_the_way", room, room.say("dark.peace" if peace else "dark.headline"), steps=steps,
                    foot=(note(room.say("dark.foot")),))


def edges(room: Room) -> Content:
    """The chosen edges, or the moment to choose one."""
    snapshot = _released(room)
    if snapshot is None or not snapshot.final:
        return waiting(room, room.say("edges.waiting"), _later(room))
    if snapshot.edges is None:
        return waiting(room, room.say("edges.waiting"), room.say("edges.later"))
    if not snapshot.edges:
        return waiting(room, room.say("edges.headline"), room.locale.text("common.hidden"))
    return _picture("edges", room, room.say("edges.headline"),
                    foot=(note(room.say("edges.leaning"), "warm"), note(room.say("edges.standing"), "cool")))


def then_now(room: Room) -> Content:
    """Two rounds beside each other, where the room may compare them."""
    snapshot, before = _released(room), room.facts.before
    if snapshot is None or before is None or not before.released or not snapshot.final:
        return waiting(room, room.say("then_now.headline"), room.say("then_now.waiting"))
    if not snapshot.then_now or is_pooled(snapshot) or is_pooled(before):
        return waiting(room, room.say("then_now.headline"), room.locale.text("common.hidden"))
    steps = figures.steps("then_now", room.questionnaire)
    return _picture("then_now", room, room.say("then_now.headline"), steps=steps)


def _picture(kind: PictureKind, room: Room, headline: str, *, steps: int = 1, source: str = "",
             foot: tuple[Block, ...] = ()) -> Content:
    return Content(headline, "picture", picture=kind, steps=steps, foot=(*foot, *_signs(kind, room)),
                   source=source or figures.source(kind, room.subject))


def _released(room: Room) -> Snapshot | None:
    snapshot = room.facts.snapshot
    return snapshot if snapshot is not None and snapshot.released else None


def _later(room: Room) -> str:
    if room.facts.phase == "review":
        return room.locale.text("common.hidden")
    growing = room.facts.phase == "answering" and room.facts.growing
    return room.say("waiting.growing" if growing else "waiting.after_close")
