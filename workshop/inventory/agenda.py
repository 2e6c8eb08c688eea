"""Run-sheets: scenes from data/agendas/ or from a request."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn, get_args

from workshop.errors import Invalid
from workshop.inventory.source import Place, Source
from workshop.inventory.table import Refuser, Table, whole

SceneKind = Literal["agreements", "join", "idea", "answering", "reflection", "predict", "light", "prompt",
                    "plane", "dark", "edges", "words", "close", "then_now"]
KINDS: tuple[SceneKind, ...] = get_args(SceneKind)
MOST_SCENES = 60
ID = r"[a-z0-9][a-z0-9_-]{0,39}"
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


def agenda_of(scenes: Sequence[Mapping[str, Any]], titles: Mapping[str, str] | None = None,
              facets: Collection[str] | None = None) -> tuple[Scene, ...]:
    """Scenes from a request, 1 to 60 of them.

    `titles` by kind fill in where a scene has none; `facets`, if given, are the ones a prompt scene may name.
    Raises Invalid, naming the scene and the mend.
    """
    given = _Given()
    if not isinstance(scenes, list | tuple) or not all(isinstance(scene, Mapping) for scene in scenes):
        given.refuse((), "The agenda has to be a list of scenes, each with id, kind and minutes.")
    tables = [Table(given, ("scene", index), scene) for index, scene in enumerate(scenes)]
    for table in tables:
        table.only("id", "kind", "minutes", "title", "say", "facet")
    return _checked(given, tables, [_scene(table, table, titles or {}, facets) for table in tables])


def read_agenda(text: str, name: str, facets: Collection[str] | None = None) -> Agenda:
    """Raises Invalid that names `name`, the line and the mend; `facets` as for agenda_of."""
    source = Source(name, text, "agenda")
    top = whole(source)
    top.only("id", "languages", "title", "scene")
    languages = top.languages()
    top.table("title").only(*languages)
    tables = top.tables("scene")
    for table in tables:
        table.only("id", "kind", "minutes", "facet", *languages)
        for language in languages:
            table.table(language).only("title", "say")
    wordings = {language: _checked(source, tables, [_scene(table, table.table(language), None, facets)
                                                    for table in tables]) for language in languages}
    id = top.word("id", ID, "half-day")
    return Agenda(id, top.table("title").text(languages[0], 60), wordings[languages[0]], wordings)


class _Given:
    """Refuses scenes that stand in no file, by their number."""

    def refuse(self, place: Place, message: str) -> NoReturn:
        """Raises Invalid naming the scene, counted from 1."""
        where = f"Scene {int(place[1]) + 1}: " if len(place) > 1 else ""
        raise Invalid("agenda", where + message)


def _scene(table: Table, wording: Table, titles: Mapping[str, str] | None, facets: Collection[str] | None) -> Scene:
    """One scene; without `titles` it needs a title of its own."""
    kind = table.choice("kind", KINDS)
    return Scene(
        id=table.word("id", ID, "light"),
        kind=kind,
        minutes=table.number("minutes", range(601)),
        title=wording.text("title", 60, None if titles is None else titles.get(kind, "")),
        say=wording.text("say", 600, ""),
        facet=_facet(table, kind, facets),
    )


def _facet(table: Table, kind: SceneKind, facets: Collection[str] | None) -> str | None:
    """The facet of a prompt scene; no other kind has one."""
    if kind != "prompt":
        if table.body.get("facet") is not None:
            table.refuse("facet", "only a prompt scene has a facet; remove it, or make the kind \"prompt\".")
        return None
    facet = table.text("facet", 8, PROMPT_FACET)
    if facets is not None and facet not in facets:
        table.refuse("facet", f"{facet!r} is not a facet of the inventory. Choose one of {', '.join(facets)}.")
    return facet


def _checked(whole: Refuser, tables: Sequence[Table], scenes: Sequence[Scene]) -> tuple[Scene, ...]:
    """The scenes, if there are 1 to 60 of them, each with an id of its own."""
    if not 1 <= len(scenes) <= MOST_SCENES:
        whole.refuse((), f"The agenda has {len(scenes)} scenes; it needs 1 to {MOST_SCENES}.")
    seen: set[str] = set()
    for table, scene in zip(tables, scenes, strict=True):
        if scene.id in seen:
            table.refuse("id", f"another scene is called {scene.id!r} too; give this one an id of its own, "
                               f"like \"{scene.id.rstrip('0123456789')}2\".")
        seen.add(scene.id)
    return tuple(scenes)
