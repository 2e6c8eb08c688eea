"""The fields of a workshop while they are being filled in: kept by the browser's session, sent whole, lost never."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages import gate, grouping
from pages.days import epoch_of, local
from pages.desk import PATIENCE, hush, sessions, tell
from pages.own_agenda import Editor, usual
from pages.words import locale, readable, say
from workshop.errors import Invalid, WorkshopError
from workshop.inventory import FormName, Inventory
from workshop.room import Workshop

OWN = "own"
DEFAULTS: Mapping[str, Any] = {
    "title": "", "context": "team", "all_16": None, "form": "standard", "dark": True, "agenda": "60",
    "next_meeting": None, "protection": "held", "helpline": "", "inventory": "balance", "language": "en",
    "closes_day": None, "closes_time": None, "words": False, "group_question": "", "group_options": "",
}


@dataclass(frozen=True)
class Refusal:
    """What is wrong with a field, in a sentence to stand beside it for as long as the field is as it `was`."""

    field: str
    message: str
    was: str


def begin(workshop: Workshop | None, *, fresh: bool) -> None:
    """Fills the fields once: from a workshop, where there is one; `fresh` leaves out what belongs to its day."""
    whose = (workshop.code if workshop else "", fresh)
    if st.session_state.get("draft_of") == whose:
        hold()
        fit()
        return
    st.session_state["draft_of"] = whose
    for name, value in (values_of(workshop, fresh=fresh) if workshop else usual_values()).items():
        st.session_state[name_of(name)] = value
    ticked = bool(workshop and workshop.checklist and not fresh)
    for place in range(len(locale().lines("common.checklist.lines"))):
        st.session_state[name_of(f"tick_{place}")] = ticked
    own_agenda().begin(workshop.agenda if workshop and workshop.agenda_id == OWN else ())
    st.session_state.pop("refused", None)


def usual_values() -> dict[str, Any]:
    """What a new workshop begins with: in the console's own language, where its inventory speaks it."""
    known = sessions().library.inventories[DEFAULTS["inventory"]].languages
    return {**DEFAULTS, "language": readable(known)}


def hold() -> None:
    """Streamlit forgets a field that is not on the page at the moment; said again, it stays."""
    for name in DEFAULTS:
        st.session_state[name_of(name)] = st.session_state.get(name_of(name), DEFAULTS[name])


def fit() -> None:
    """What the inventory chosen does not have gives way to what it has."""
    has = inventory()
    usual = "standard" if "standard" in has.forms else has.forms[0]
    for name, known, instead in (("context", has.contexts, has.contexts[0]), ("form", has.forms, usual),
                                 ("language", languages(), readable(languages()))):
        if value(name) not in known:
            st.session_state[name_of(name)] = instead


def languages() -> tuple[str, ...]:
    """The languages that both the inventory and the surfaces speak; those of the surfaces where there is none."""
    known = tuple(sessions().library.locales)
    return tuple(one for one in known if one in inventory().languages) or known


def values_of(workshop: Workshop, *, fresh: bool) -> dict[str, Any]:
    """A workshop as the fields have it."""
    closes = None if fresh or workshop.closes_at is None else local(workshop.closes_at)
    return {
        **{name: getattr(workshop, name) for name in ("title", "context", "form", "dark", "helpline", "inventory",
                                                      "language", "words")},
        "all_16": workshop.all_16 if workshop.context == "class" else None,
        "agenda": workshop.agenda_id, "protection": workshop.level,
        "next_meeting": None if fresh or not workshop.next_meeting else local(workshop.next_meeting),
        "closes_day": closes and closes.date(), "closes_time": closes and closes.time(),
        **grouping.fields(workshop.grouping),
    }


def name_of(field: str) -> str:
    """The field's key in the session."""
    return f"draft_{field}"


def value(field: str) -> Any:
    """What the field holds now."""
    return st.session_state.get(name_of(field), DEFAULTS.get(field))


def inventory() -> Inventory:
    """The inventory chosen."""
    shelf = sessions().library.inventories
    if value("inventory") not in shelf:  # an own one, deleted meanwhile
        st.session_state[name_of("inventory")] = DEFAULTS["inventory"]
    return shelf[value("inventory")]


def own_agenda() -> Editor:
    """The agenda of one's own, from which prompts may ask about any light facet."""
    asked = inventory().questionnaire(inventory().forms[0], value("context"), dark(), value("language"))
    return Editor("own", asked.facets)


def start_own_agenda() -> None:
    """The first time that an own agenda is chosen it starts as the usual hour."""
    if not own_agenda().rows():
        own_agenda().begin(usual())


def young() -> bool:
    """A class in which not everybody is known to be 16: the short form, light statements only."""
    return value("context") == "class" and value("all_16") is not True


def form() -> FormName:
    """The form in force."""
    chosen: FormName = value("form")
    return "short" if young() else chosen


def dark() -> bool:
    """Whether the harder statements are in."""
    return not young() and bool(value("dark"))


def ticked() -> bool:
    """Whether every line of the checklist is."""
    return all(value(f"tick_{place}") for place in range(len(locale().lines("common.checklist.lines"))))


def fields() -> dict[str, Any]:
    """As the contract takes them. Raises Invalid for a field that is not filled in."""
    if not value("title").strip():
        raise Invalid("title", say("create.title_needed"))
    if value("context") == "class" and value("all_16") is None:
        raise Invalid("all_16", say("create.all_16_needed"))
    if not ticked():
        raise Invalid("checklist", say("create.checklist_needed"))
    meeting = value("next_meeting")
    return {
        "title": value("title"), "context": value("context"), "all_16": value("all_16") is True, "form": form(),
        "dark": dark(), "agenda": own_agenda().scenes() if value("agenda") == OWN else value("agenda"),
        "next_meeting": meeting.isoformat() if meeting else None, "protection": value("protection"),
        "helpline": value("helpline"), "inventory": value("inventory"), "language": value("language"),
        "words": value("words") is True, "closes_at": epoch_of(value("closes_day"), value("closes_time")),
        "grouping": grouping.asked(value("group_question"), value("group_options")), "checklist": True,
    }


def keep(code: str | None) -> None:
    """Makes the workshop, or changes the draft; a field that does not fit says so beside itself."""
    if not gate.signed_in():
        return
    hush()
    st.session_state.pop("refused", None)
    try:
        given = fields()
        verb = sessions().edit(code, given) if code else sessions().create(given)
        st.session_state["kept"] = verb.result(PATIENCE).code
        st.session_state.pop("draft_of")
    except WorkshopError as error:
        st.session_state["refused"] = Refusal(error.code, error.message, as_it_is(error.code))
        tell(error.message)
    except TimeoutError:
        tell(say("notice.slow"))


def kept() -> str | None:
    """The code of the workshop just made or changed, once."""
    code: str | None = st.session_state.pop("kept", None)
    return code


def as_it_is(field: str) -> str:
    """A field, to be compared with itself later."""
    parts: dict[str, Callable[[], object]] = {
        "checklist": ticked, "agenda": lambda: (value("agenda"), own_agenda().rows()),
        "closes_at": lambda: (value("closes_day"), value("closes_time")),
        "grouping": lambda: (value("group_question"), value("group_options")),
    }
    return repr(parts[field]() if field in parts else value(field))


def refusal(*of: str) -> None:
    """Draws what is wrong with any of these fields, right where they are."""
    refused: Refusal | None = st.session_state.get("refused")
    if refused is not None and refused.field in of and refused.was == as_it_is(refused.field):
        with st.container(key=f"refusal_{refused.field}"):
            st.text(refused.message)
