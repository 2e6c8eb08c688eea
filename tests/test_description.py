"""The OpenAPI description: it names every route, right, field, parameter and action that there is, and no other."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from fastapi.routing import APIRoute
from rooms import Room, new_room

from workshop import stage
from workshop.api.application import application
from workshop.api.description import OPERATIONS, complete
from workshop.api.facilitators import lines
from workshop.api.participants import participants
from workshop.api.shapes import FIELDS, LINE, STAGE, STATE, action_shape
from workshop.sessions import creation
from workshop.sessions.actions import ACTIONS
from workshop.web import Misses


@pytest.fixture
def app(sessions):
    house = SimpleNamespace(sessions=sessions, settings=sessions.settings, signin=None, hub=sessions.hub)
    return application(house, participants(house), Misses())


@pytest.fixture
def closed(sessions, clock) -> Room:
    room = new_room(sessions, clock, 12, is_open=True, form="short")
    room.answer_each()
    room.act("close_round")
    return room


def operations(api) -> Iterator[tuple[str, str, dict]]:
    return ((method, path, one) for path, methods in api["paths"].items() for method, one in methods.items())


def test_every_route_is_described_and_nothing_that_is_not_there(app):
    routes = {(method.lower(), route.path) for route in app.routes if isinstance(route, APIRoute)
              for method in route.methods if route.include_in_schema}
    described = {(method, path) for method, path, _ in operations(app.openapi())}
    assert described == set(OPERATIONS)
    assert routes <= described


def test_rights_parameters_and_answers_are_said_of_each(app):
    api = app.openapi()
    assert set(api["components"]["securitySchemes"]) == {"key", "console", "seat"}
    for method, path, operation in operations(api):
        statuses = set(operation["responses"])
        named = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}
        assert ("404" in statuses) == ("{code}" in path)
        assert ("401" in statuses) == ({"key": []} in operation["security"])
        assert ("413" in statuses) == (method != "get")
        for status, answer in operation["responses"].items():
            assert status == "304" or answer["content"], (method, path, status)
    state = next(one for method, path, one in operations(api) if (method, path) == ("get", "/workshops/{code}"))
    assert [one["name"] for one in state["parameters"]] == ["code", "for"]


def test_no_reference_leads_nowhere(app):
    api = app.openapi()
    known = {f"#/components/schemas/{name}" for name in api["components"]["schemas"]}

    def references(part) -> Iterator[str]:
        if isinstance(part, dict):
            yield from ([part["$ref"]] if "$ref" in part else [])
            part = list(part.values())
        for one in part if isinstance(part, list) else ():
            yield from references(one)
    assert set(references(api)) <= known


def test_fields_and_actions_are_those_of_the_product():
    assert set(FIELDS) == set(creation.FIELDS)
    assert {one["properties"]["action"]["const"] for one in action_shape()["oneOf"]} == set(ACTIONS)


def test_shapes_say_all_that_is_sent(closed, sessions):
    closed.act("goto", scene="light")
    state = sessions.state(closed.code)
    assert set(state) == set(STATE["properties"]) == set(STATE["required"])
    assert set(lines(sessions)[0]) == set(LINE["properties"])
    drawn = stage.payload(sessions, closed.code)
    assert {*drawn, "version"} - {"view"} == set(STAGE["properties"])


def test_a_description_is_completed_from_what_the_routes_say(app):
    plain = {"paths": {"/health": {"get": {"summary": "up?"}}}}
    assert complete(plain)["paths"]["/health"]["get"]["security"] == []
