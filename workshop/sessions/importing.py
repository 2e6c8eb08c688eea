"""The JSON summary of another installation as a sealed workshop of this one, marked as imported."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from workshop.errors import BadRequest, Conflict, Invalid, WorkshopError
from workshop.export import VERSION, digest
from workshop.inventory import Inventory, Library, Questionnaire, agenda_of
from workshop.published import PublishedRound
from workshop.release import Level, Policy, policy
from workshop.results import Snapshot, from_json, snapshot, to_json
from workshop.room import OWN_AGENDA, Phase, Workshop
from workshop.sessions.act import well_formed
from workshop.sessions.creation import FIELDS
from workshop.sessions.life import MOST_NOTE
from workshop.sessions.republishing import Room, published_again
from workshop.store import Transaction

Body = Mapping[str, Any]
LEVELS: Mapping[str, Level] = {"open": "open", "blocks": "blocks", "held": "held"}
MOST_ROUNDS = 99
_OWN = frozenset({"foreign_inventory", "foreign_language", "rehearsal_file", "inconsistent_file"})
_UNFIT = (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)


@dataclass(frozen=True)
class Imported:
    """What was read, ready to be kept; its number is not given yet."""

    workshop: Workshop
    rounds: tuple[PublishedRound, ...]


def read_summary(text: bytes, library: Library, now: float) -> Imported:
    """Raises BadRequest or Invalid that says in a sentence why this file cannot be imported."""
    body = _parsed(text)
    _ours(body)
    try:
        return _imported(body, library, now)
    except WorkshopError as refused:
        if refused.code in _OWN:
            raise
        raise _inconsistent() from refused
    except _UNFIT as error:
        raise _inconsistent() from error


def keep_summary(tx: Transaction, read: Imported) -> Workshop:
    """Raises Conflict where a workshop with this code is here already."""
    workshop = replace(read.workshop, id=tx.new_id())
    if tx.code_taken(workshop.code):
        raise Conflict("already_here", f"A workshop with the code {workshop.code} is here already. If it is the same "
                                       "one, nothing is missing; forget it first if the file is to take its place.")
    tx.put_workshop(workshop)
    for round in read.rounds:
        tx.put_round(workshop, round)
    return workshop


# ---- is it a file of ours, whole, and of a version that is known here


def _parsed(text: bytes) -> Body:
    try:
        body = json.loads(text.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise BadRequest("not_a_summary", "This file is not JSON, so it cannot be a summary. Export the workshop as "
                                          "JSON where it was held, and take that file.") from error
    if not isinstance(body, dict) or "bothand" not in body:
        raise Invalid("foreign_file", "This file is not a summary of Bothand. Export the workshop as JSON where it "
                                      "was held, and take that file.")
    return body


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of two values under one name every reader takes the one it likes."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _ours(body: Body) -> None:
    if type(body["bothand"]) is int and body["bothand"] > VERSION:
        raise Invalid("newer_file", "This summary was made by a newer version of Bothand. Import it with that version, "
                                    "or a later one.")
    try:
        whole = body["bothand"] == VERSION and digest(body) == body.get("sha256")
    except (ValueError, TypeError, RecursionError) as error:
        raise _damaged() from error
    if not whole:
        raise _damaged()


def _damaged() -> Invalid:
    return Invalid("damaged_file", "This summary was damaged or changed on its way: its checksum does not fit. "
                                   "Get the file again from where it was exported.")


def _inconsistent() -> Invalid:
    return Invalid("inconsistent_file", "This summary contradicts itself or the rules that every summary keeps, "
                                        "so nothing of it was taken. Get the file again from where it was exported.")


# ---- what it says


def _imported(body: Body, library: Library, now: float) -> Imported:
    if body["rehearsal"]:
        raise Invalid("rehearsal_file", "This is the summary of a rehearsal. Rehearsals have no place in an archive.")
    asked = _questionnaire(body, library)
    workshop = _workshop(body, asked, library, now)
    snapshots = [from_json(one) for one in body["snapshots"]]
    numbers = [one.round for one in snapshots]
    if numbers != sorted(set(numbers)):
        raise _inconsistent()
    rounds = tuple(_round(one, given, workshop, asked, library, body["day"])
                   for one, given in zip(snapshots, body["snapshots"], strict=True))
    return Imported(replace(workshop, round=max(numbers, default=0),
                            words=any(one.words for one in snapshots)), rounds)


def _questionnaire(body: Body, library: Library) -> Questionnaire:
    """What was asked, if this installation has the very same statements."""
    about = body["inventory"]
    inventory = library.inventories.get(str(about["id"]))
    if inventory is None:
        raise Invalid("foreign_inventory", f"This summary is about the inventory {str(about['id'])[:40]!r}, which is "
                                           "not installed here. Put its file into data/inventories and start again.")
    if inventory.version != about["version"]:
        raise _other_version(inventory, str(about["version"]))
    if body["language"] not in library.locales or body["language"] not in inventory.languages:
        raise Invalid("foreign_language", f"This summary is in the language {str(body['language'])[:20]!r}, which is "
                                          "not installed here.")
    asked = inventory.questionnaire(about["form"], body["context"], about["dark"], body["language"])
    told = [_said(one) for one in body["items"]], about["stem"], _written(about["scale"])
    if told != ([_said(asdict(item)) for item in asked.items], asked.stem, _written(asdict(asked.scale))):
        raise _other_version(inventory, str(about["version"]))
    return asked


def _said(item: Body) -> tuple[Any, ...]:
    return tuple(item[name] for name in ("id", "facet", "pole", "keyed", "text"))


def _other_version(inventory: Inventory, version: str) -> Invalid:
    return Invalid("foreign_inventory", f"This summary was made with the inventory {inventory.id} in the version "
                                        f"{version[:20]}, or with other wordings than here, where it is "
                                        f"{inventory.version}. Import it where the same file is installed.")


def _workshop(body: Body, asked: Questionnaire, library: Library, now: float) -> Workshop:
    if not well_formed(body["code"]):
        raise _inconsistent()
    fields: dict[str, Any] = {}
    for name in ("title", "context", "language", "grouping"):
        fields |= FIELDS[name](name, body[name], library, now)
    agenda = agenda_of(body["agenda"])
    own = _protection(body["protection"], body["context"])
    return Workshop(
        id=0, code=body["code"], room_name="", created=date.fromisoformat(body["day"]).isoformat(),
        inventory=asked.inventory, form=asked.form, dark=asked.dark, level=own.level, k=own.k, m=own.m, tau=own.tau,
        checklist=True, agenda_id=OWN_AGENDA, agenda=agenda, notes=_notes(body["notes"], {one.id for one in agenda}),
        phase=Phase.SEALED, sealed_at=now, scene=agenda[0].id, revealed=body["revealed"] is True, imported=True,
        growing=own.level == "open" or body["protection"]["sentence"] == _grown(library, body["language"], own),
        **fields,
    )


def _grown(library: Library, language: str, own: Policy) -> str:
    """What a room is told whose pictures grew in blocks."""
    return library.locales[language].text("common.level.blocks.sentence", k=own.k, m=own.m)


def _protection(given: Body, context: str) -> Policy:
    """The numbers as they were, if they are no lower than the level's own."""
    least = policy(LEVELS[given["level"]], context)
    found = Policy(least.level, given["k"], given["m"], given["tau"])
    numbers = ((found.k, least.k), (found.m, least.m), (found.tau, least.tau))
    if any(type(number) is not int or not floor <= number <= MOST_ROUNDS for number, floor in numbers):
        raise _inconsistent()
    return found


def _notes(given: Body, scenes: set[str]) -> dict[str, str]:
    if not all(scene in scenes and isinstance(text, str) and len(text) <= MOST_NOTE for scene, text in given.items()):
        raise _inconsistent()
    return dict(given)


def _round(one: Snapshot, given: Body, workshop: Workshop, asked: Questionnaire, library: Library,
           day: str) -> PublishedRound:
    """The round, if it gives the same snapshot again."""
    if one.code != workshop.code or one.k < policy(LEVELS[one.level], workshop.context).k:
        raise _inconsistent()
    ran = Policy(LEVELS[one.level], one.k, workshop.m, workshop.tau)
    options = tuple((workshop.grouping or {}).get("options", ()))
    round = published_again(one, day, Room(asked, ran, options))
    again = snapshot(workshop.code, round, ran, asked, library.locales[workshop.language], revealed=workshop.revealed)
    if _written(to_json(again)) != _written(given):
        raise _inconsistent()
    return round


def _written(given: Any) -> str:
    """As text, in which 1, 1.0 and true are three things."""
    return json.dumps(given, sort_keys=True)
