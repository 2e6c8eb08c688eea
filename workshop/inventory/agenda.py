"""Run-sheets: scenes from data/agendas/ or from a request."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn, get_args

from workshop.errors import Invalid
from workshop.inventory.source import Place, Source
from workshop.inventory.table import Table, whole

SceneKind = Literal["agreements", "join", "idea", "answering", "reflection", "predict", "light", "prompt",
                    "plane", "dark", "edges", "words", "close", "then_now"]
KINDS: tuple[SceneKind, ...] = get_args(SceneKind)
MOST_SCENES = 60
PROMPT_FACET = "D4"


@dataclass(frozen=True)
class Scene:
    """One step of a run-sheet; `minutes` >= 0; `facet` names the facet of a prompt scene, if any."""

    id: str
    kind: SceneKind
    minutes: int
    title: str = ""
    say: str = ""
    facet: str | None = None


@dataclass(frozen=True)
class Agenda:
    """A run-sheet from data/agendas/; `scenes` and `title` are in its first language, `wordings` in each."""

    id: str
    title: str
    scenes: tuple[Scene, ...]
    wordings: Mapping[str, tuple[Scene, ...]] = field(default_factory=dict, repr=False)

    def scenes_in(self, language: str) -> tuple[Scene, ...]:
        """The scenes with titles and words to say in `language`, or in the first language where it has none."""
        return self.wordings.get(language, self.scenes)


def agenda_of(scenes: Sequence[Mapping[str, Any]], titles: Mapping[str, Any] | None = None) -> tuple[Scene, ...]:
    """Scenes from a request, 1 to 60 of them; `titles` by kind fill in where a scene has none.

    Raises Invalid, naming the scene and the mend.
    """
    given = _Given()
    if not isinstance(scenes, list | tuple) or not all(isinstance(scene, Mapping) for scene in scenes):
        given.refuse((), "the agenda has to be a list of scenes, each with id, kind and minutes.")
    tables = [Table(given, ("scene", index), scene) for index, scene in enumerate(scenes)]
    for table in tables:
        table.only("id", "kind", "minutes", "title", "say", "facet")
    return _checked(tables, [_scene(table, table, titles or {}) for table in tables])


class _Given:
    """Refuses scenes that stand in no file, by their number."""

    def refuse(self, place: Place, message: str) -> NoReturn:
        where = f"Scene {int(place[1]) + 1}: " if len(place) > 1 else ""
        raise Invalid("agenda", where + message)


def read_agenda(text: str, name: str) -> Agenda:
    """Raises Invalid that names `name`, the line and the mend."""
    top = whole(Source(name, text, "agenda"))
    top.only("id", "languages", "title", "scene")
    languages = top.texts("languages", 20)
    tables = top.tables("scene")
    for table in tables:
        table.only("id", "kind", "minutes", "facet", *languages)
        for language in languages:
            table.table(language).only("title", "say")
    wordings = {language: _checked(tables, [_scene(table, table.table(language), {}) for table in tables])
                for language in languages}
    id = top.word("id", r"[a-z0-9][a-z0-9_-]{0,39}", "half-day")
    return Agenda(id, top.table("title").text(languages[0], 60), wordings[languages[0]], wordings)


def _scene(table: Table, wording: Table, titles: Mapping[str, Any]) -> Scene:
    kind = table.choice("kind", KINDS)
    facet = table.text("facet", 8, PROMPT_FACET) if kind == "prompt" else None
    if kind != "prompt" and table.body.get("facet") is not None:
        table.refuse("facet", "only a prompt scene has a facet; remove it or make the kind \"prompt\".")
    return Scene(
        id=table.word("id", r"[a-z0-9][a-z0-9_-]{0,39}", "light"),
        kind=kind,
        minutes=table.number("minutes", range(601)),
        title=wording.text("title", 60, str(titles.get(kind, ""))),
        say=wording.text("say", 600, ""),
        facet=facet,
    )


def _checked(tables: Sequence[Table], scenes: Sequence[Scene]) -> tuple[Scene, ...]:
    """The scenes, if there are 1 to 60 with an id of their own."""
    seen: Counter[str] = Counter()
    for table, scene in zip(tables, scenes, strict=True):
        seen[scene.id] += 1
        if seen[scene.id] > 1:
            table.refuse("id", f"another scene is called {scene.id!r} too; call this one {_another(scene.id)!r}.")
    return tuple(scenes)


def _another(id: str) -> str:
    return re.sub(r"\d*$", "", id) + "2"
