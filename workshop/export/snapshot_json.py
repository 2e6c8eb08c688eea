"""Summary -> JSON: the snapshots of the HTTP contract with everything that explains them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from workshop.export.language import clean, language
from workshop.export.method import chapters
from workshop.export.prompts import prompts
from workshop.export.summary import Summary
from workshop.results import to_json

VERSION = 1


def json_bytes(summary: Summary) -> bytes:
    """`bothand` is the version of this shape; `sha256` is of the same text without it, to notice damage."""
    body = _cleaned(_body(summary))
    return _text({**body, "sha256": digest(body)}).encode()


def digest(body: Mapping[str, Any]) -> str:
    """Of everything but the digest itself, written out as this version writes it; ValueError where it cannot be."""
    return hashlib.sha256(_text({name: part for name, part in body.items() if name != "sha256"}).encode()).hexdigest()


def _text(body: Mapping[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def _body(summary: Summary) -> dict[str, Any]:
    return {
        "bothand": VERSION,
        "title": summary.title, "code": summary.code, "day": summary.day, "context": summary.context,
        "language": summary.language, "rehearsal": summary.rehearsal, "revealed": summary.revealed,
        "imported": summary.imported,
        "protection": {"level": summary.level, "k": summary.k, "m": summary.m, "tau": summary.tau,
                       "sentence": summary.sentence},
        "held_back": language(summary.language).text("page.held_back") if summary.held_back else None,
        "grouping": summary.grouping and {name: summary.grouping[name] for name in ("question", "options")},
        "inventory": _inventory(summary),
        "items": [_item(summary, id) for id in summary.questionnaire.ids],
        "agenda": [asdict(scene) for scene in summary.agenda],
        "notes": {scene.id: summary.notes[scene.id] for scene in summary.agenda if scene.id in summary.notes},
        "questions": [{"facet": one.name, "questions": list(one.questions)} for one in prompts(summary)],
        "snapshots": [to_json(snapshot) for snapshot in summary.rounds],
        "method": [asdict(chapter) for chapter in chapters(summary)],
    }


def _inventory(summary: Summary) -> dict[str, Any]:
    asked = summary.questionnaire
    return {"id": asked.inventory, "title": summary.inventory, "version": asked.version, "form": summary.form,
            "dark": asked.dark, "stem": asked.stem, "scale": asdict(asked.scale)}


def _item(summary: Summary, id: str) -> dict[str, Any]:
    item = summary.questionnaire.item(id)
    return {**asdict(item), "facet_name": summary.questionnaire.facets[item.facet].name}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(name): _cleaned(part) for name, part in value.items()}
    return [_cleaned(part) for part in value] if isinstance(value, list | tuple) else value
