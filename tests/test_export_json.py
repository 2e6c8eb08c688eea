"""The snapshots as other programs and a later import read them."""

import hashlib
import json

from export_samples import large_room, summary, two_rounds

from workshop.export import export
from workshop.results import from_json


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
