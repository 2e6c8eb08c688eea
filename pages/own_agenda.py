"""An agenda of one's own: which scenes, in which order, for how many minutes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, get_args

import streamlit as st

from pages.desk import sessions
from pages.words import locale, say
from workshop.inventory import Scene, SceneKind

ROWS = "own_rows"
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
    from_scene: Scene | None = None


def begin(agenda: Sequence[Scene]) -> None:
    """The rows of an agenda; none where there is no own one yet."""
    numbers = count()
    keep([Row(next(numbers), scene.kind, scene.minutes, scene) for scene in agenda])


def start_from() -> None:
    """The first time that an own agenda is chosen it starts as the usual hour."""
    if not rows():
        begin(sessions().library.agendas[START].scenes)


def rows() -> list[Row]:
    """The scenes as they stand."""
    return list(st.session_state.get(ROWS, ()))


def keep(changed: Sequence[Row]) -> None:
    """Takes these rows in place of the ones before."""
    st.session_state[ROWS] = tuple(changed)


def draw() -> None:
    """A line a scene."""
    shown = rows()
    with st.container(key="own_agenda", gap="small"):
        for place, row in enumerate(shown):
            line(row, place, last=place + 1 == len(shown))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(say("agenda.add"), key="quiet_add_scene", type="tertiary", on_click=add)
            st.caption(say("agenda.total", scenes=len(shown), minutes=sum(row.minutes for row in shown)))


def line(row: Row, place: int, *, last: bool) -> None:
    """What happens, for how long, and the ways to move it."""
    kind, minutes, moves = st.columns([5, 2, 4], vertical_alignment="center")
    kind.selectbox(say("agenda.scene"), KINDS, key=f"kind_{row.number}", index=KINDS.index(row.kind),
                   format_func=name, label_visibility="collapsed", on_change=change, args=(row, "kind"))
    minutes.number_input(say("agenda.minutes"), 0, LONGEST, row.minutes, key=f"minutes_{row.number}",
                         label_visibility="collapsed", on_change=change, args=(row, "minutes"))
    with moves, st.container(horizontal=True, gap="small"):
        for way, to, off in (("up", place - 1, place == 0), ("down", place + 1, last)):
            st.button(say(f"agenda.{way}"), key=f"quiet_{way}_{row.number}", type="tertiary", disabled=off,
                      on_click=move, args=(place, to))
        st.button(say("agenda.remove"), key=f"quiet_remove_{row.number}", type="tertiary", on_click=remove,
                  args=(place,))


def name(kind: str) -> str:
    """What a kind of scene is called."""
    return locale().text(f"common.scene.{kind}")


def change(row: Row, what: str) -> None:
    """Another kind, or other minutes."""
    value = st.session_state[f"{what}_{row.number}"]
    keep([replace(one, **{what: value}) if one.number == row.number else one for one in rows()])


def move(place: int, to: int) -> None:
    """One place up or down."""
    changed = rows()
    changed.insert(to, changed.pop(place))
    keep(changed)


def remove(place: int) -> None:
    """Leaves a scene out."""
    keep([row for at, row in enumerate(rows()) if at != place])


def add() -> None:
    """A prompt at the end, to be changed."""
    number = max((row.number for row in rows()), default=-1) + 1
    keep([*rows(), Row(number, "prompt", NEW_MINUTES)])


def scenes() -> list[Mapping[str, Any]]:
    """As the contract takes them, each with an id of its own."""
    taken: set[str] = set()
    return [_scene(row, taken) for row in rows()]


def _scene(row: Row, taken: set[str]) -> Mapping[str, Any]:
    id = next(name for name in _names(row.kind) if name not in taken)
    taken.add(id)
    scene = row.from_scene
    kept = {} if scene is None or scene.kind != row.kind else {"title": scene.title, "say": scene.say}
    facet = {"facet": scene.facet} if scene and scene.kind == row.kind == "prompt" and scene.facet else {}
    return {"id": id, "kind": row.kind, "minutes": row.minutes, **kept, **facet}


def _names(kind: str) -> Iterator[str]:
    yield kind
    yield from (f"{kind}{number}" for number in count(2))
