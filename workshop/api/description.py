"""The OpenAPI description completed: who may ask, with which parameters, and everything that can be answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from workshop.api import shapes
from workshop.api.shapes import Schema, each, ref, true
from workshop.export import ALL_FORMATS, PARTS, PICTURES, media_type
from workshop.signin import COOKIE

Rights = Literal["anyone", "seat", "facilitator"]
SECURITY: Mapping[Rights, list[dict[str, list[str]]]] = {
    "anyone": [], "seat": [{"seat": []}, {}], "facilitator": [{"key": []}, {"console": []}],
}
SCHEMES = {
    "key": {"type": "http", "scheme": "bearer", "description": "The facilitator's key. Needs no Origin."},
    "console": {"type": "apiKey", "in": "cookie", "name": COOKIE,
                "description": "A signed-in console. Writes need our own Origin."},
    "seat": {"type": "apiKey", "in": "cookie", "name": "seat_{code}",
             "description": "A phone's seat in the workshop with this code, given by POST …/seats. HttpOnly. "
                            "Writes need our own Origin."},
}
REASONS = {
    304: "Nothing has changed since the version in If-None-Match",
    400: "The body cannot be read, or did not arrive in time",
    401: "Neither the key nor a signed-in console", 403: "A foreign Origin, or no seat",
    404: "No such workshop, round, scene, word or format", 409: "Not in this phase, or somebody else came first",
    410: "The workshop is sealed", 413: "The body is over its limit", 415: "The body is not JSON",
    422: "A field is unknown, missing or out of its range", 429: "Too many codes that no workshop has, from one place",
    503: "The store is full, busy or closing; nothing was saved",
}
CODED = (404, 429)
READ = (503,)
WRITE = (400, 403, 413, 503)
BODY = (415, 422)


@dataclass(frozen=True)
class Said:
    """`ok` are the good answers by status: a JSON Schema, a media type, or nothing; `errors` the others."""

    rights: Rights
    ok: Mapping[int, Schema | str | None]
    errors: tuple[int, ...] = ()
    parameters: tuple[Schema, ...] = ()
    body: Schema | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def query(name: str, schema: Schema, about: str) -> Schema:
    """A parameter that may be left out."""
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": about}


FOR = query("for", {"enum": ["phone"]}, "phone: without counts, except `joined` as it was when the round opened")
THEME = query("theme", {"enum": ["bright", "dark"], "default": "bright"}, "for a bright or a dark room")
ONE_ROUND = query("round", shapes.ROUND, "the round; the latest with a release")
CHOICE = (
    query("round", each(shapes.ROUND), "the rounds that go in; all"),
    query("picture", each({"enum": list(PICTURES)}), "the pictures that are drawn; all"),
    query("note", each(shapes.TEXT), "scenes whose private note goes in; none"),
    query("with", each({"enum": list(PARTS)}), "what is added"),
    query("without", each({"enum": list(PARTS)}), "what is left out"),
    query("variant", shapes.TEXT, "pdf: a4 or letter; csv: long or wide; svg and png: the picture"),
)
EXPORTS = ", ".join(dict.fromkeys(media_type(format).partition(";")[0] for format in ALL_FORMATS))
ETAG = {"ETag": "the version, where no seat asks"}
ROOM, ENTRY = "/workshops/{code}", "/workshops/{code}/rounds/{round}"
ENTER = (*CODED, *WRITE, 409, 410)


def _entry(body: Schema) -> Said:
    return Said("seat", {200: true("saved")}, (*ENTER, *BODY), body=body)


OPERATIONS: Mapping[tuple[str, str], Said] = {
    ("get", "/health"): Said("anyone", {200: shapes.only({"status": {"const": "ok"}})}),
    ("get", "/summary.schema.json"): Said("anyone", {200: "application/schema+json"}),
    ("post", f"{ROOM}/seats"): Said("seat", {201: true("joined"), 200: true("joined")}, ENTER),
    ("delete", f"{ROOM}/seats"): Said("seat", {200: true("forgotten")}, (*CODED, *WRITE, 410)),
    ("get", ROOM): Said("seat", {200: ref("state"), 304: None}, (*CODED, *READ, 410), (FOR,), headers=ETAG),
    ("get", f"{ROOM}/events"): Said("anyone", {200: "text/event-stream"}, (*CODED, *READ, 410), (FOR,)),
    ("get", f"{ROOM}/stage"): Said("anyone", {200: ref("stage"), 304: None}, (*CODED, *READ, 410, 422), (THEME,),
                                   headers=ETAG),
    ("put", f"{ENTRY}/answers"): _entry(shapes.ANSWERS),
    ("delete", f"{ENTRY}/answers"): Said("seat", {200: true("withdrawn")}, (*ENTER, 422)),
    ("put", f"{ENTRY}/edge"): _entry(shapes.EDGE),
    ("put", f"{ENTRY}/direction"): _entry(shapes.DIRECTION),
    ("put", f"{ENTRY}/word"): _entry(shapes.WORD),
    ("get", f"{ENTRY}/shown"): Said("anyone", {200: ref("snapshot")}, (*CODED, *READ, 410, 422)),
    ("post", "/workshops"): Said("facilitator", {201: shapes.CREATED}, (*WRITE, *BODY),
                                 body=shapes.only({"title": shapes.FIELDS["title"]}, shapes.FIELDS)),
    ("get", "/workshops"): Said("facilitator", {200: each(shapes.LINE)}, (*READ, 403)),
    ("patch", ROOM): Said("facilitator", {200: ref("state")}, (*CODED, *WRITE, *BODY, 409),
                          body=shapes.only({}, shapes.FIELDS)),
    ("delete", ROOM): Said("facilitator", {200: true("forgotten")}, (*CODED, *WRITE)),
    ("post", f"{ROOM}/actions"): Said("facilitator", {200: ref("state")}, (*CODED, *WRITE, *BODY, 409),
                                      body=shapes.action_shape()),
    ("get", f"{ROOM}/results"): Said("facilitator", {200: ref("results")}, (*CODED, *READ, 403, 422), (ONE_ROUND,)),
    ("get", f"{ROOM}/export/{{format}}"): Said("facilitator", {200: EXPORTS}, (*CODED, *READ, 403, 409, 422), CHOICE),
    ("post", "/import"): Said("facilitator", {201: shapes.IMPORTED}, (*WRITE, 409, 422), body=shapes.SUMMARY),
    ("get", "/backup"): Said("facilitator", {200: "application/octet-stream"}, (*READ, 403)),
}
PATHS = {"code": shapes.CODE, "round": shapes.ROUND, "format": {"enum": list(ALL_FORMATS)}}


def complete(api: dict[str, Any]) -> dict[str, Any]:
    """The description that the routes themselves give, with all that they do not say."""
    for path, operations in api["paths"].items():
        for method, operation in operations.items():
            _complete(operation, OPERATIONS[method, path])
    api["components"] = {"schemas": shapes.components(), "securitySchemes": SCHEMES}
    return api


def _complete(operation: dict[str, Any], said: Said) -> None:
    paths = [{**one, "schema": PATHS[one["name"]]} for one in operation.get("parameters", ()) if one["in"] == "path"]
    operation["parameters"] = [*paths, *said.parameters]
    operation["security"] = SECURITY[said.rights]
    if said.body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": said.body}}}
    errors = sorted({*said.errors, *((401,) if said.rights == "facilitator" else ())})
    operation["responses"] = {
        **{str(status): _good(status, what, said.headers) for status, what in said.ok.items()},
        **{str(status): _bad(status) for status in errors},
    }


def _good(status: int, what: Schema | str | None, headers: Mapping[str, str]) -> dict[str, Any]:
    body: dict[str, Any] = {"description": REASONS.get(status, "Done" if status != 201 else "Made")}
    if headers:
        body["headers"] = {name: {"schema": shapes.TEXT, "description": about} for name, about in headers.items()}
    if isinstance(what, str):
        body["content"] = {one: {"schema": {}} for one in what.split(", ")}
    elif what is not None:
        body["content"] = {"application/json": {"schema": what}}
    return body


def _bad(status: int) -> dict[str, Any]:
    return {"description": REASONS[status], "content": {"application/json": {"schema": ref("error")}}}
