"""The scenes that are words: each kind of scene as headline and blocks."""

from workshop.stage.room import Block, Content, Room, mark, note, sized, text, timer

# Characters of a helpline that may be set huge, and large.
MOST_HUGE, MOST_LARGE = 48, 140
FEW_WORDS = 14


def waiting(room: Room, headline: str, words: str) -> Content:
    """A plain card that gives nothing away."""
    return Content(headline, "wait", ((mark(), text("lead", words)),), source=room.say("waiting.foot"))


def draft(room: Room) -> Content:
    """Before the lobby opens."""
    return Content(room.say("draft.headline"), "wait", ((mark(), text("lead", room.say("draft.text"))),))


def agreements(room: Room) -> Content:
    """How we are together, beside what happens to the answers."""
    facts = room.facts
    ours = tuple(text("rule", line) for line in room.lines("stage.agreements.room"))
    few = "" if facts.growing or facts.level != "blocks" else "_few"
    promise = (room.locale.text(f"common.level.{facts.level}.sentence{few}", k=facts.k, m=facts.m),
               *room.lines("stage.agreements.promise"))
    answers = (text("title", room.say("agreements.answers")), *(text("lead par", line) for line in promise))
    return Content(room.say("agreements.headline"), "halves", (ours, answers), source=room.say("agreements.foot"))


def join(room: Room) -> Content:
    """The large code, the address, the room's name and how many are here."""
    facts = room.facts
    here = (text("lead", room.say("join.room_name"), strong=facts.room_name), *_heads(room))
    source, foot = room.say("join.foot"), _groups(room)
    if room.qr is None:
        closed = text("lead soft", room.say("join.locked" if facts.locked else "join.loopback"))
        return Content(room.say("join.headline"), "wait", ((mark(), closed, *here),), source=source, foot=foot)
    address = (text("body soft", room.say("join.point")), sized("address", facts.address, 26),
               text("body soft", room.say("join.then")), text("code", room.code), {"kind": "rule"})
    return Content(room.say("join.headline"), "join", (({"kind": "qr", **room.qr},), (*address, *here)),
                   source=source, foot=foot)


def _heads(room: Room) -> tuple[Block, ...]:
    joined = room.facts.joined
    if not joined:
        return (text("lead", room.say("join.none")),)
    strong = room.say("join.here_one") if joined == 1 else room.say("join.here", n=joined)
    return (text("lead", room.say("join.count"), strong=strong),)


def _groups(room: Room) -> tuple[Block, ...]:
    return () if room.facts.level == "open" else (note(room.say("join.groups", k=room.facts.k)),)


def answering(room: Room) -> Content:
    """Time and how many have finished, once the round is open."""
    facts = room.facts
    if facts.phase == "lobby":
        return Content(room.say("answering.soon"), "wait", ((mark(), *_heads(room)),),
                       source=room.say("answering.foot"))
    open_now = facts.phase == "answering"
    columns = tuple(column for column in (_clock(room) if open_now else (), _finished(room)) if column)
    head = "closing" if facts.closing_at and open_now else "headline" if open_now else "closed"
    foot = (note(_when_shown(room)),) if open_now else ()
    return Content(room.say(f"answering.{head}"), "halves" if len(columns) == 2 else "one", columns,
                   source=room.say("answering.foot") if open_now else "", foot=foot)


def _when_shown(room: Room) -> str:
    if room.facts.level == "blocks":
        return room.say("join.groups", k=room.facts.k)
    return room.say("answering.grow" if room.facts.level == "open" else "answering.locked")


def _clock(room: Room) -> tuple[Block, ...]:
    closing = room.facts.closing_at
    if closing:
        return ({"kind": "timer", "ends": closing, "seconds": 0, "text": room.say("answering.seconds"), "over": ""},)
    return timer(room.facts, room.say("answering.minutes"), room.say("answering.over"))


def _finished(room: Room) -> tuple[Block, ...]:
    facts = room.facts
    fives = facts.level == "blocks" and facts.phase == "answering"
    words = "answered" if facts.phase != "answering" else "fives" if fives else "finished"
    count = {"kind": "count", "n": facts.finished, "of": room.say("answering.of", joined=facts.joined)}
    share = facts.finished / facts.joined if facts.joined else 0.0
    return (count, text("lead soft", room.say(f"answering.{words}")), {"kind": "track", "share": round(share, 4)})


def reflection(room: Room) -> Content:
    """One question for everybody's own page."""
    return Content(room.say("reflection.headline"), "one", ((text("huge", room.say("reflection.first")),
                   text("second", room.say("reflection.second"))),), source=room.say("reflection.foot"))


def prompt(room: Room) -> Content:
    """The two questions of a facet, beside the time for them."""
    facet = room.questionnaire.facets.get(room.facts.scene.facet or "")
    general = (room.say("prompt.first"), room.say("prompt.second"))
    first, *more = facet.prompts if facet and facet.prompts else general
    questions = (sized("huge", first, 70), *(sized("second", line, 90) for line in more[:1]))
    clock = timer(room.facts, room.say("prompt.turn"), room.say("prompt.turn"))
    columns = (questions, clock) if clock else (questions,)
    return Content(room.say("prompt.headline"), "prompt" if clock else "one", columns,
                   source=room.say("prompt.general"), foot=(note(room.say("prompt.seat")),))


def words(room: Room) -> Content:
    """The words the host has let through, or a moment to find one."""
    snapshot = room.facts.snapshot
    if snapshot is None or not snapshot.words:
        return Content(room.say("words.headline"), "one", ((text("huge", room.say("words.first")),
                       text("second", room.say("words.second"))),))
    few = " few" if len(snapshot.words) <= FEW_WORDS else ""
    return Content(room.say("words.headline"), f"words{few}", (({"kind": "words", "words": list(snapshot.words)},),),
                   source=room.say("words.foot"))


def close(room: Room) -> Content:
    """Whom to turn to, what the phone offers, and thanks."""
    facts = room.facts
    help_ = facts.helpline.strip() or room.locale.text("common.safety.no_helpline")
    size = "" if len(help_) <= MOST_HUGE else " long" if len(help_) <= MOST_LARGE else " longest"
    support = (text("title", room.say("close.help")), text(f"help{size}", help_),
               text("body soft", room.locale.text("common.safety.emergency")))
    phone = [text("title", room.say("close.phone")), text("rule", room.say("close.forget")),
             text("rule", room.say("close.keep"))]
    if facts.next_meeting:
        phone.append(text("rule", room.say("close.next", day=room.locale.day(facts.next_meeting))))
    return Content(room.say("close.headline"), "halves closing", (support, tuple(phone)),
                   source=room.say("close.foot") if facts.phase == "review" else "")
