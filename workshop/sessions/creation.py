"""A new workshop from the fields of a request, each checked and named when it does not fit."""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from workshop.errors import Conflict, Invalid
from workshop.inventory import Library, Locale, Scene, agenda_of
from workshop.release import policy
from workshop.room import OWN_AGENDA, Phase, Workshop
from workshop.sessions.act import CODE_LENGTH, CODE_LETTERS, Ground, questionnaire_of
from workshop.sessions.rounds import LONGEST_OPEN
from workshop.store import Transaction

MOST_TITLE = 120
MOST_HELPLINE = 600
LONGEST_MEETING = 84
MOST_OPTIONS = 6
MOST_OPTION = 40
# Also half letters that no file can hold, and marks that turn the order of letters around, so that a text reads as
# another one; languages that run from right to left do without them.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LATEST = 1e12  # seconds; also says no to what is no number


def create(ground: Ground, tx: Transaction, fields: Mapping[str, Any], now: float) -> Workshop:
    """A draft. Raises Invalid that names the field and the mend."""
    if "title" not in fields:
        raise Invalid("title", "A workshop needs a title.")
    library = ground.library
    blank = Workshop(id=tx.new_id(), code=_free_code(tx), title="", room_name="",
                     created=datetime.fromtimestamp(now, UTC).date().isoformat(),
                     agenda=library.agendas["60"].scenes)
    workshop = _laid_over(library, blank, fields, now)
    tx.put_workshop(workshop)
    return workshop


def edit(library: Library, tx: Transaction, workshop: Workshop, fields: Mapping[str, Any], now: float) -> Workshop:
    """A draft with these fields changed."""
    if workshop.phase != Phase.DRAFT:
        raise Conflict("wrong_phase", "The room is open, so the workshop cannot be edited any more. "
                                      "Duplicate it to start a changed one.")
    if "rehearsal" in fields and fields["rehearsal"] != workshop.rehearsal:
        raise Conflict("rehearsal", "Whether a workshop is a rehearsal is decided when it is made.")
    changed = _laid_over(library, workshop, fields, now)
    tx.put_workshop(changed)
    return changed


def _laid_over(library: Library, workshop: Workshop, fields: Mapping[str, Any], now: float) -> Workshop:
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise Invalid("unknown_field", f"There is no field {unknown[0]!r}. Known are {', '.join(FIELDS)}.")
    values: dict[str, Any] = {}
    for name, value in fields.items():
        values.update(FIELDS[name](name, value, library, now))
    after = replace(workshop, **values)
    if not workshop.room_name or after.language != workshop.language:
        after = replace(after, room_name=_room_name(library.locales[after.language]))
    return _fitted(library, after)


def _fitted(library: Library, workshop: Workshop) -> Workshop:
    """What follows from the fields together: class rules, numbers of the level, the first scene."""
    if workshop.context == "class" and not workshop.all_16 and (workshop.form != "short" or workshop.dark):
        raise Invalid("all_16", "With a class that is not all 16 or older only the short form without the harder "
                                "statements may be used: form \"short\", dark false. If all are 16 or older, say so.")
    questionnaire_of(library, workshop)
    workshop = replace(workshop, agenda=_worded(library, workshop))
    numbers = policy(workshop.level, workshop.context)
    return replace(workshop, k=numbers.k, m=numbers.m, tau=numbers.tau, scene=workshop.agenda[0].id)


def _worded(library: Library, workshop: Workshop) -> tuple[Scene, ...]:
    """The run-sheet in the workshop's language; an own one is checked against the inventory it prompts from."""
    if workshop.agenda_id != OWN_AGENDA:
        return library.agendas[workshop.agenda_id].scenes_in(workshop.language)
    titles = library.locales[workshop.language].table("common.scene")
    facets = library.inventories[workshop.inventory].facets
    return agenda_of([asdict(scene) for scene in workshop.agenda], titles, facets)


# one field each: (name, value, library, now) -> the workshop's fields

Change = dict[str, Any]
Field = Callable[[str, Any, Library, float], Change]


def _text(most: int, *, needed: bool) -> Field:
    def read(name: str, value: Any, _library: Library, _now: float) -> Change:
        if not isinstance(value, str) or CONTROL.search(value):
            raise Invalid(name, f"The {name} has to be text, without control characters.")
        text = value.strip()
        if needed and not text:
            raise Invalid(name, f"The {name} is empty. Write a few words that the room may read.")
        if len(text) > most:
            raise Invalid(name, f"The {name} is {len(text)} characters long; at most {most} fit.")
        return {name: text}
    return read


def _choice(*words: str, into: str | None = None) -> Field:
    def read(name: str, value: Any, _library: Library, _now: float) -> Change:
        if value not in words:
            raise Invalid(name, f"The {name} has to be one of {', '.join(words)}.")
        return {into or name: value}
    return read


def _flag(name: str, value: Any, _library: Library, _now: float) -> Change:
    if not isinstance(value, bool):
        raise Invalid(name, f"The field {name} has to be true or false.")
    return {name: value}


def _inventory(name: str, value: Any, library: Library, _now: float) -> Change:
    if not isinstance(value, str) or value not in library.inventories:
        raise Invalid(name, f"There is no inventory {value!r}. Known are {', '.join(library.inventories)}.")
    return {name: value}


def _language(name: str, value: Any, library: Library, _now: float) -> Change:
    if not isinstance(value, str) or value not in library.locales:
        raise Invalid(name, f"There is no language {value!r}. Known are {', '.join(library.locales)}.")
    return {name: value}


def _agenda(_name: str, value: Any, library: Library, _now: float) -> Change:
    if isinstance(value, list):
        return {"agenda_id": OWN_AGENDA, "agenda": agenda_of(value)}
    found = library.agendas.get(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
    if found is None:
        raise Invalid("agenda", f"There is no agenda {value!r}. Known are {', '.join(library.agendas)}; "
                                "or send a list of scenes.")
    return {"agenda_id": found.id, "agenda": found.scenes}


def _closes_at(name: str, value: Any, _library: Library, now: float) -> Change:
    if value is None:
        return {name: None}
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LATEST:
        raise Invalid(name, "The closing time has to be a number of seconds since 1970, or null.")
    if not now < value <= now + LONGEST_OPEN:
        raise Invalid(name, "The closing time has to lie ahead, at most twelve weeks.")
    return {name: float(value)}


def _next_meeting(name: str, value: Any, _library: Library, now: float) -> Change:
    if value in (None, ""):
        return {name: None}
    today = datetime.fromtimestamp(now, UTC).date()
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else today
    except ValueError:
        day = today
    if not today < day <= today + timedelta(days=LONGEST_MEETING):
        raise Invalid(name, "The next meeting has to be a day like 2026-01-31, after today, "
                            "at most twelve weeks ahead.")
    return {name: day.isoformat()}


def _grouping(_name: str, value: Any, _library: Library, _now: float) -> Change:
    if value is None:
        return {"grouping": None}
    fits = isinstance(value, dict) and set(value) == {"question", "options"} and isinstance(value["options"], list)
    texts = [value["question"], *value["options"]] if fits else []
    if not fits or not all(isinstance(text, str) and text.strip() and not CONTROL.search(text) for text in texts):
        raise Invalid("grouping", "The grouping needs a question and a list of options, each a short text.")
    question, *options = (" ".join(text.split()) for text in texts)
    if not 2 <= len(options) <= MOST_OPTIONS or len(set(options)) < len(options):
        raise Invalid("grouping", f"The grouping question needs 2 to {MOST_OPTIONS} different options.")
    if len(question) > MOST_TITLE or max(map(len, options)) > MOST_OPTION:
        raise Invalid("grouping", f"The question may have {MOST_TITLE} letters, an option {MOST_OPTION}.")
    return {"grouping": {"question": question, "options": options}}


FIELDS: dict[str, Field] = {
    "title": _text(MOST_TITLE, needed=True),
    "inventory": _inventory,
    "form": _choice("short", "standard", "deep"),
    "context": _choice("partner", "team", "family", "class"),
    "dark": _flag,
    "all_16": _flag,
    "language": _language,
    "protection": _choice("held", "blocks", "open", into="level"),
    "grouping": _grouping,
    "words": _flag,
    "helpline": _text(MOST_HELPLINE, needed=False),
    "checklist": _flag,
    "agenda": _agenda,
    "closes_at": _closes_at,
    "next_meeting": _next_meeting,
    "rehearsal": _flag,
}


def _free_code(tx: Transaction) -> str:
    while tx.code_taken(code := "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))):
        pass
    return code


def _room_name(locale: Locale) -> str:
    return f"{secrets.choice(locale.lines('common.room.first'))} {secrets.choice(locale.lines('common.room.second'))}"
