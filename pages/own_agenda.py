"""An agenda as a list of rows: which scenes, in which order, for how many minutes, and which facet a prompt asks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, get_args

import streamlit as st

from pages.desk import sessions
from pages.words import locale, of, plain, say
from workshop.inventory import Facet, Scene, SceneKind

KINDS: tuple[str, ...] = get_args(SceneKind)
START = "60"
LONGEST = 180
NEW_MINUTES = 5


@dataclass(frozen=True)
class Row:
    """One scene of the editor; `number` is its own, whatever its place; `from_scene` is what it was made from."""

    number: int
    kind: str
    minutes: int
    facet: str | None = None
    from_scene: Scene | None = None

    @property
    def scene(self) -> Scene | None:
        """What it was made from, unless it has become something else."""
        return self.from_scene if self.from_scene and self.from_scene.kind == self.kind else None


@dataclass(frozen=True)
class Editor:
    """The rows of one agenda, kept in the browser's session under a name; `fixed` is the id of a scene that is on,
    and stays."""

    name: str
    facets: Mapping[str, Facet]
    fixed: str = ""

    def begin(self, agenda: Sequence[Scene]) -> None:
        """The rows of an agenda; none where there is no own one yet."""
        numbers = count()
        self.keep([Row(next(numbers), scene.kind, scene.minutes, scene.facet, scene) for scene in agenda])

    def rows(self) -> list[Row]:
        """The scenes as they stand."""
        return list(st.session_state.get(f"{self.name}_rows", ()))

    def keep(self, changed: Sequence[Row]) -> None:
        """Takes these rows in place of the ones before."""
        st.session_state[f"{self.name}_rows"] = tuple(changed)

    def draw(self) -> None:
        """A line a scene, and one more at the end."""
        shown = self.rows()
        with st.container(key=f"{self.name}_agenda", gap="small"):
            for place, row in enumerate(shown):
                self._line(row, place, last=place + 1 == len(shown))
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(say("agenda.add"), key=f"quiet_{self.name}_add", type="tertiary", on_click=self.add)
                st.caption(say("agenda.total", scenes=len(shown), minutes=sum(row.minutes for row in shown)))

    def _line(self, row: Row, place: int, *, last: bool) -> None:
        """What happens, for how long, and the ways to move it."""
        kind, minutes, moves = st.columns([5, 2, 4], vertical_alignment="top")
        this = f"{place + 1}, {name(row.kind)}"
        with kind:
            self._what(row)
        minutes.number_input(f"{say('agenda.minutes')}: {this}", 0, LONGEST, row.minutes, key=self._key("minutes", row),
                             label_visibility="collapsed", on_change=self.change, args=(row, "minutes"))
        with moves, st.container(horizontal=True, vertical_alignment="center", gap="small"):
            for way, to, off in (("up", place - 1, place == 0), ("down", place + 1, last)):
                st.button(of(say(f"agenda.{way}"), this), key=f"quiet_{self._key(way, row)}", type="tertiary",
                          disabled=off, on_click=self.move, args=(place, to))
            if self._is_on(row):
                st.markdown(f":gray[{say('agenda.on')}]")
            else:
                st.button(of(say("agenda.remove"), this), key=f"quiet_{self._key('remove', row)}", type="tertiary",
                          on_click=self.remove, args=(place,))

    def _what(self, row: Row) -> None:
        """The kind of scene, and for a prompt what it asks about. The scene that is on keeps its kind."""
        st.selectbox(say("agenda.scene"), KINDS, key=self._key("kind", row), index=KINDS.index(row.kind),
                     format_func=name, label_visibility="collapsed", on_change=self.change, args=(row, "kind"),
                     disabled=self._is_on(row))
        if row.kind == "prompt":
            ids = [id for id, facet in self.facets.items() if facet.prompts]
            st.selectbox(say("agenda.facet"), ids, key=self._key("facet", row), label_visibility="collapsed",
                         index=ids.index(row.facet) if row.facet in ids else None, placeholder=say("agenda.general"),
                         format_func=lambda id: self.facets[id].name, on_change=self.change, args=(row, "facet"))

    def _is_on(self, row: Row) -> bool:
        return bool(self.fixed) and row.scene is not None and row.scene.id == self.fixed

    def _key(self, what: str, row: Row) -> str:
        return f"{self.name}_{what}_{row.number}"

    def change(self, row: Row, what: str) -> None:
        """Another kind, other minutes, or another facet."""
        value = st.session_state[self._key(what, row)]
        self.keep([replace(one, **{what: value}) if one.number == row.number else one for one in self.rows()])

    def move(self, place: int, to: int) -> None:
        """One place up or down."""
        changed = self.rows()
        changed.insert(to, changed.pop(place))
        self.keep(changed)

    def remove(self, place: int) -> None:
        """Leaves a scene out."""
        self.keep([row for at, row in enumerate(self.rows()) if at != place])

    def add(self) -> None:
        """A prompt at the end, to be changed."""
        number = max((row.number for row in self.rows()), default=-1) + 1
        self.keep([*self.rows(), Row(number, "prompt", NEW_MINUTES)])

    def scenes(self) -> list[Mapping[str, Any]]:
        """As the contract takes them: each keeps its id, or has one that no other has."""
        taken = {row.scene.id for row in self.rows() if row.scene}
        return [self._scene(row, taken) for row in self.rows()]

    def _scene(self, row: Row, taken: set[str]) -> Mapping[str, Any]:
        scene = row.scene
        id = scene.id if scene else next(name for name in names(row.kind) if name not in taken)
        taken.add(id)
        kept = {"title": scene.title, "say": scene.say} if scene else {}
        asks = {"facet": row.facet} if row.kind == "prompt" and row.facet in self.facets else {}
        return {"id": id, "kind": row.kind, "minutes": row.minutes, **kept, **asks}


def usual() -> tuple[Scene, ...]:
    """What an own agenda starts from."""
    return sessions().library.agendas[START].scenes


def name(kind: str) -> str:
    """What a kind of scene is called."""
    return plain(locale().text(f"common.scene.{kind}"))


def names(kind: str) -> Iterator[str]:
    """Ids for scenes of a kind."""
    yield kind
    yield from (f"{kind}{number}" for number in count(2))
