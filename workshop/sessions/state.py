"""The contract's `state` and `shown`: what a phone, a script or the console may know of a workshop."""

import time
from collections.abc import Mapping
from typing import Any

from workshop.errors import Missing
from workshop.inventory import Library, Locale, Questionnaire
from workshop.release import finished_shown
from workshop.results import Snapshot
from workshop.results import to_json as snapshot_json
from workshop.room import Counts, Phase, Seat, Workshop
from workshop.sessions.facts import seals_on

LIGHT = ("DL", "IL")
DARK = ("DD", "ID", "RD", "RI")


def public_counts(workshop: Workshop, counts: Counts) -> Counts:
    """As they may be told: in blocks `finished` goes in fives until the round closes."""
    finished = finished_shown(counts.finished, workshop.policy, is_open=workshop.phase == Phase.ANSWERING)
    return Counts(counts.joined, finished)


def protection_sentence(library: Library, workshop: Workshop) -> str:
    """What the level means, in the workshop's language."""
    locale = locale_of(library, workshop)
    few = workshop.level == "blocks" and workshop.round > 0 and not workshop.growing
    return locale.text(f"common.level.{workshop.level}.sentence{'_few' if few else ''}", k=workshop.k, m=workshop.m)


def locale_of(library: Library, workshop: Workshop) -> Locale:
    """The words of the workshop's language, or English."""
    return library.locales.get(workshop.language, library.locales["en"])


def fixed_part(library: Library, workshop: Workshop, questionnaire: Questionnaire) -> dict[str, Any]:
    """What is the same for everybody until the workshop itself changes."""
    return {
        "code": workshop.code, "title": workshop.title, "phase": workshop.phase.value, "round": workshop.round,
        "room_name": workshop.room_name, "context": workshop.context, "language": workshop.language,
        "locked": workshop.locked, "rehearsal": workshop.rehearsal, "stem": questionnaire.stem,
        "helpline": workshop.helpline, "next_meeting": workshop.next_meeting, "seals_on": seals_on(workshop),
        "scene": workshop.scene, "closing_at": workshop.closing_at, "closes_at": workshop.closes_at,
        "open": [collection.kind for collection in workshop.collections if not collection.pending],
        "protection": {"level": workshop.level, "k": workshop.k, "m": workshop.m, "tau": workshop.tau,
                       "sentence": protection_sentence(library, workshop)},
        "grouping": workshop.grouping, "notice": workshop.notice,
        "inventory": _inventory(questionnaire),
    }


def _inventory(questionnaire: Questionnaire) -> dict[str, Any]:
    return {
        "id": questionnaire.inventory, "version": questionnaire.version, "form": questionnaire.form,
        "scale": {"points": questionnaire.scale.points, "anchors": list(questionnaire.scale.anchors)},
        "items": [{"id": item.id, "text": item.text, "facet": item.facet, "pole": item.pole, "keyed": item.keyed}
                  for item in questionnaire.items],
    }


def asking_part(workshop: Workshop, counts: Counts, seat: Seat | None, *, for_phone: bool) -> dict[str, Any]:
    """What depends on who asks and when."""
    joined_then = {"joined": workshop.seats_at_open} if workshop.round else {}
    return {
        "now": round(time.time(), 3),
        "counts": joined_then if for_phone else {"joined": counts.joined, "finished": counts.finished},
        "seat": {"joined": seat is not None and not seat.forgotten, "sent": seat is not None and seat.sent,
                 "frozen": seat is not None and seat.used},
    }


def opened_round(workshop: Workshop, round: int) -> int:
    """The round, if it was ever opened; raises Missing."""
    if not 1 <= round <= workshop.round:
        raise Missing("unknown_round", f"There is no round {round} in this workshop yet. Reload the page.")
    return round


def shown_part(snapshot: Snapshot, shown: tuple[str, ...]) -> Mapping[str, Any]:
    """The part of a snapshot whose scenes have been on the stage."""
    body = snapshot_json(snapshot)
    items = (*(LIGHT if "light" in shown else ()), *(DARK if "dark" in shown else ()))
    poles = (*(LIGHT if "light" in shown else ()), *(("DD", "ID") if "dark" in shown else ()))
    return {
        **body,
        "items": [item for item in body["items"] if item["pole"] in items],
        "poles": [pole for pole in body["poles"] if pole["id"] in poles],
        "plane": body["plane"] if "plane" in shown else None,
        "edges": body["edges"] if "edges" in shown else None,
        "words": body["words"] if "words" in shown else None,
        "then_now": body["then_now"] and "then_now" in shown,
        "directions": body["directions"] if "then_now" in shown else None,
        "groups": None, "statistics": None,
    }
