"""What goes over the HTTP interface, as JSON Schemas: the contract's state, stage and snapshot, and every body."""

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, get_args

from workshop.export.bundle import SCHEMA
from workshop.inventory import SceneKind
from workshop.sessions.act import CODE_LENGTH, CODE_LETTERS
from workshop.sessions.actions import ACTIONS
from workshop.sessions.ballots import AXES, DIRECTIONS, MOST_WORD

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
ANY_WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
YES_OR_NO: Schema = {"type": "boolean"}
LEVEL: Schema = {"enum": ["held", "blocks", "open"]}
CONTEXT: Schema = {"enum": ["partner", "team", "family", "class"]}
FORM: Schema = {"enum": ["short", "standard", "deep"]}
PHASE: Schema = {"enum": ["draft", "lobby", "answering", "review", "sealed"]}
DAY: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
CODE: Schema = {"type": "string", "pattern": f"^[{CODE_LETTERS}{CODE_LETTERS.lower().lstrip('0123456789')}]"
                                             f"{{{CODE_LENGTH}}}$"}
ROUND: Schema = {"type": "integer", "minimum": 1, "maximum": 999_999}


def only(required: Mapping[str, Schema], may: Mapping[str, Schema] | None = None) -> Schema:
    """An object with these properties and no others."""
    return {**some(required), "properties": {**required, **(may or {})}, "additionalProperties": False}


def some(required: Mapping[str, Schema]) -> Schema:
    """An object with these properties; more may come with a later version."""
    return {"type": "object", "properties": dict(required), "required": list(required)}


def each(item: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": item}


def or_null(schema: Schema) -> Schema:
    """The same, or nothing."""
    return {"anyOf": [schema, {"type": "null"}]}


def ref(name: str) -> Schema:
    """A schema of the description's components."""
    return {"$ref": f"#/components/schemas/{name}"}


def true(name: str) -> Schema:
    """The answer to a write that was done."""
    return only({name: {"const": True}})


ERROR = only({"error": only({"code": TEXT, "message": TEXT})})
GROUPING = only({"question": TEXT, "options": each(TEXT)})
COUNTS = some({"joined": WHOLE, "finished": WHOLE})
SCENE = {**some({"id": TEXT, "kind": {"enum": list(get_args(SceneKind))}}), "description": "a scene of a run-sheet"}
OWN_SCENE = {"type": "object", "required": ["id", "kind", "minutes"], "properties": {
    "id": TEXT, "kind": {"enum": list(get_args(SceneKind))}, "minutes": WHOLE, "title": TEXT, "facet": or_null(TEXT)}}

STATE = some({
    "code": CODE, "title": TEXT, "phase": PHASE, "round": WHOLE, "version": TEXT, "room_name": TEXT,
    "context": CONTEXT, "language": TEXT, "locked": YES_OR_NO, "rehearsal": YES_OR_NO, "stem": TEXT,
    "helpline": TEXT, "next_meeting": or_null(DAY), "seals_on": or_null(DAY), "scene": TEXT, "now": NUMBER,
    "closing_at": or_null(NUMBER), "closes_at": or_null(NUMBER),
    "open": each({"enum": ["answers", "edges", "directions", "words"]}),
    "protection": some({"level": LEVEL, "k": WHOLE, "m": WHOLE, "tau": WHOLE, "sentence": TEXT}),
    "grouping": or_null(GROUPING), "notice": TEXT,
    "counts": {"type": "object", "properties": {"joined": WHOLE, "finished": WHOLE}},
    "inventory": some({
        "id": TEXT, "version": TEXT, "form": FORM, "scale": some({"points": {"enum": [5, 7]}, "anchors": each(TEXT)}),
        "items": each(some({"id": TEXT, "text": TEXT, "facet": TEXT, "keyed": {"enum": [1, -1]},
                            "pole": {"enum": ["DL", "IL", "DD", "ID", "RD", "RI"]}})),
    }),
    "seat": some({"joined": YES_OR_NO, "sent": YES_OR_NO, "frozen": YES_OR_NO}),
})
STAGE = some({
    "scene": SCENE, "step": WHOLE, "steps": WHOLE, "headline": TEXT, "text": TEXT, "source": TEXT,
    "figure": or_null({"type": "object", "description": "a Plotly figure"}),
    "table": or_null(some({"columns": each(TEXT), "rows": {"type": "array", "items": {"type": "array"}}})),
    "blank": YES_OR_NO, "hold": YES_OR_NO, "now": NUMBER, "version": TEXT,
})
LINE = some({"code": CODE, "title": TEXT, "phase": PHASE, "round": WHOLE, "created": DAY, "form": FORM,
             "context": CONTEXT, "language": TEXT, "protection": LEVEL, "rehearsal": YES_OR_NO,
             "archived": YES_OR_NO, "imported": YES_OR_NO, "counts": COUNTS})
CREATED = some({"code": CODE, "join_url": TEXT, "stage_url": TEXT})
IMPORTED = some({"code": CODE, "title": TEXT, "imported": {"const": True}, "trust": TEXT})
WAITING = each(some({"id": TEXT, "text": TEXT, "approved": YES_OR_NO}))

# ---- what comes in

FIELDS: Mapping[str, Schema] = {
    "title": {"type": "string", "minLength": 1, "maxLength": 120}, "inventory": TEXT, "form": FORM,
    "context": CONTEXT, "dark": YES_OR_NO, "all_16": YES_OR_NO, "language": TEXT, "protection": LEVEL,
    "grouping": or_null(GROUPING), "words": YES_OR_NO, "helpline": {"type": "string", "maxLength": 600},
    "checklist": YES_OR_NO, "agenda": {"anyOf": [TEXT, ANY_WHOLE, each(OWN_SCENE)]}, "closes_at": or_null(NUMBER),
    "next_meeting": or_null(TEXT), "rehearsal": YES_OR_NO,
}
ANSWERS = only({"answers": {"type": "object", "additionalProperties": {"type": ["integer", "null"]}}},
               {"group": or_null(TEXT)})
EDGE = only({"facet": TEXT})
DIRECTION = only({axis: {"enum": list(DIRECTIONS)} for axis in AXES})
WORD = only({"text": {"type": "string", "minLength": 1, "maxLength": MOST_WORD}})
SUMMARY: Schema = {"type": "object", "required": ["bothand", "sha256"],
                   "description": "a summary as /api/summary.schema.json says"}
_PARAMETERS: Mapping[str, Schema] = {
    "seats": ANY_WHOLE, "closes_at": NUMBER, "level": LEVEL, "grace": NUMBER, "from": TEXT, "from_step": ANY_WHOLE,
    "scene": TEXT, "step": ANY_WHOLE, "on": YES_OR_NO, "seconds": ANY_WHOLE, "agenda": each(OWN_SCENE),
    "was": each(OWN_SCENE), "id": TEXT, "approved": YES_OR_NO,
}


def action_shape() -> Schema:
    """One shape for each action, with its own parameters."""
    return {"oneOf": [
        only({"action": {"const": name}, **{one: _PARAMETERS[one] for one in action.needs}},
             {one: or_null(_PARAMETERS[one]) for one in action.may})
        for name, action in ACTIONS.items()]}


# ---- snapshots: the same schema that summaries carry, also before anything was released


def components() -> dict[str, Schema]:
    """Everything that is referred to by name."""
    text = SCHEMA.read_text("utf-8").replace("#/$defs/", "#/components/schemas/")
    parts: dict[str, Schema] = json.loads(text)["$defs"]
    early = {"round": WHOLE, "released": YES_OR_NO}
    snapshot = {**parts["snapshot"], "properties": {**parts["snapshot"]["properties"], **early}}
    results = deepcopy(snapshot)
    results["properties"]["pending_words"] = WAITING
    return {**parts, "snapshot": snapshot, "results": results, "state": STATE, "stage": STAGE, "error": ERROR}
