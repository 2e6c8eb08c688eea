"""The snapshots as other programs and a later import read them."""

import hashlib
import json

import pytest
from export_samples import large_room, small_room, summary, two_rounds
from jsonschema import Draft202012Validator

from workshop.export import export
from workshop.results import from_json
from workshop.settings import DATA


def body_of(given):
    return json.loads(export("json", given).body)


def test_snapshots_come_back_as_they_were():
    given = two_rounds()
    assert tuple(from_json(one) for one in body_of(given)["snapshots"]) == given.rounds


def test_damage_can_be_noticed():
    body = body_of(large_room())
    digest = body.pop("sha256")
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"
    assert hashlib.sha256(text.encode()).hexdigest() == digest


def test_it_says_what_it_is_about():
    body = body_of(summary(rehearsal=True))
    assert body["bothand"] == 1
    assert body["rehearsal"] is True
    assert body["protection"] == {"level": "held", "k": 5, "m": 1, "tau": 2,
                                  "sentence": summary().sentence}
    assert body["inventory"]["version"] == "1.0.0"
    assert len(body["items"]) == 24
    assert body["items"][0] == {"id": "D1A", "facet": "D1", "facet_name": "Generosity", "pole": "DL", "keyed": 1,
                                "text": "I give freely to a teammate, just because I want to."}


def test_halves_of_characters_and_controls_cannot_break_it():
    assert body_of(summary(title="a\ud800b\x00c"))["title"] == "a�bc"


@pytest.fixture(scope="module")
def schema():
    """What a summary holds, as it is published."""
    found = json.loads((DATA / "summary.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


@pytest.mark.parametrize("given", [
    summary, two_rounds, small_room, large_room, lambda: summary(snapshots=()), lambda: summary("deep"),
    lambda: summary(notes={"idea": "x"}, prompts=True, rehearsal=True, revealed=False),
    lambda: large_room(grouping={"question": "Which?", "options": ["a", "b"]}, imported=True)])
def test_every_summary_fits_its_published_schema(schema, given):
    assert [error.message for error in schema.iter_errors(body_of(given()))] == []


@pytest.mark.parametrize(("place", "value"), [
    (("bothand",), 2), (("code",), "../etc"), (("seats",), []), (("snapshots", 0, "answers"), []),
    (("snapshots", 0, "items", 0, "counts"), [-1]), (("snapshots", 0, "released"), False), (("sha256",), "x")])
def test_what_is_no_summary_does_not_fit(schema, place, value):
    body = found = body_of(summary())
    for name in place[:-1]:
        found = found[name]
    found[place[-1]] = value
    assert list(schema.iter_errors(body))
