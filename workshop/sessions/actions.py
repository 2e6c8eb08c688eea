"""The actions of a facilitator: which parameters each takes, in which phases it may come, and its verb."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workshop.errors import Conflict, Invalid
from workshop.room import Phase
from workshop.sessions import gathering, life, rounds, scenes
from workshop.sessions.act import Act
from workshop.sessions.facts import on_stage

DRAFT, LOBBY, ANSWERING, REVIEW, SEALED = Phase
MOVING = (LOBBY, ANSWERING, REVIEW)
Kind = type | tuple[type, ...]


@dataclass(frozen=True)
class Action:
    """`needs` and `may` are parameters and their types; `from` reaches the verb as `from_scene`."""

    verb: Callable[..., object]
    phases: tuple[Phase, ...]
    needs: Mapping[str, Kind] = field(default_factory=dict)
    may: Mapping[str, Kind] = field(default_factory=dict)


def blank(act: Act, on: bool) -> None:
    """A black stage, or the picture again."""
    if on and not act.workshop.blank:
        scene, step = on_stage(act.workshop)
        act.change(blank_scene=scene, blank_step=step)
    act.change(blank=on)


def hold(act: Act, on: bool) -> None:
    """The stage keeps what it shows, across releases and restarts, or follows again."""
    if not on:
        act.change(held=None)
    elif act.workshop.held is None:
        act.change(held=act.ground.facts(act))


def around(act: Act, on: bool) -> None:
    """The bars of both sides around "sometimes", or all beginning on one line again."""
    act.change(around=on)


def _close_words(act: Act) -> None:
    if act.collection("words").pending:
        act.refuse_phase("The words are closed already and wait for your approval.")
    gathering.close_words(act)


def _finish_words(act: Act) -> None:
    gathering.pending(act)
    gathering.finish_words(act)


NUMBER = (int, float)
ACTIONS: dict[str, Action] = {
    "open_lobby": Action(life.open_lobby, (DRAFT,)),
    "lock": Action(life.lock, (LOBBY, REVIEW, ANSWERING)),
    "unlock": Action(life.unlock, (LOBBY, REVIEW, ANSWERING)),
    "let_in": Action(life.let_in, (LOBBY, REVIEW, ANSWERING), {"seats": int}),
    "open_round": Action(rounds.open_round, (LOBBY, REVIEW), may={"closes_at": NUMBER}),
    "raise_protection": Action(rounds.raise_protection, (LOBBY, REVIEW), {"level": str}),
    "close_round": Action(rounds.close_round, (ANSWERING,), may={"grace": NUMBER}),
    "cancel_close": Action(rounds.cancel_close, (ANSWERING,)),
    "next": Action(scenes.next_scene, MOVING, may={"from": str, "from_step": int}),
    "back": Action(scenes.back, MOVING, may={"from": str, "from_step": int}),
    "goto": Action(scenes.goto, MOVING, {"scene": str}, {"step": int, "from": str, "from_step": int}),
    "blank": Action(blank, MOVING, {"on": bool}),
    "hold": Action(hold, MOVING, {"on": bool}),
    "around": Action(around, MOVING, {"on": bool}),
    "extend": Action(scenes.extend, MOVING, {"seconds": int}),
    "change_agenda": Action(scenes.change_agenda, MOVING, {"agenda": list}, {"was": list}),
    "reveal_dark": Action(rounds.reveal_dark, MOVING),
    "close_edges": Action(gathering.close_edges, MOVING),
    "close_directions": Action(gathering.close_directions, MOVING),
    "close_words": Action(_close_words, MOVING),
    "approve_word": Action(gathering.approve_word, MOVING, {"id": str, "approved": bool}),
    "finish_words": Action(_finish_words, MOVING),
    "seal": Action(life.seal, (LOBBY, REVIEW)),
    "archive": Action(life.archive, (SEALED,), {"on": bool}),
}
NOT_WHILE_BLOCKS_ANSWER = ("lock", "unlock", "let_in")


def checked(action: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as the verb takes them. Raises Invalid that names what does not fit."""
    known = ACTIONS.get(action)
    if known is None:
        raise Invalid("unknown_action", f"There is no action {action!r}. Known are {', '.join(ACTIONS)}.")
    unknown = sorted(set(parameters) - set(known.needs) - set(known.may))
    if unknown:
        raise Invalid("unknown_parameter", f"The action {action} takes no {unknown[0]!r}.")
    for name in known.needs:
        if name not in parameters:
            raise Invalid(name, f"The action {action} needs {name}.")
    for name, value in parameters.items():
        _fits(action, name, value, {**known.needs, **known.may}[name])
    return {"from_scene" if name == "from" else name: value for name, value in parameters.items() if value is not None}


def _fits(action: str, name: str, value: Any, kind: Kind) -> None:
    wanted = kind if isinstance(kind, tuple) else (kind,)
    if value is None and name in ACTIONS[action].may:
        return
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        words = {int: "a whole number", float: "a number", str: "text", bool: "true or false", list: "a list"}
        raise Invalid(name, f"The parameter {name} of {action} has to be {words[wanted[-1]]}.")
    if isinstance(value, float) and not math.isfinite(value):
        raise Invalid(name, f"The parameter {name} of {action} has to be a number.")


def in_phase(action: str, act: Act) -> None:
    """Raises Conflict `wrong_phase` where the action may not come now."""
    workshop, known = act.workshop, ACTIONS[action]
    blocked = (action in NOT_WHILE_BLOCKS_ANSWER and workshop.phase == ANSWERING and workshop.level == "blocks")
    if workshop.phase not in known.phases or blocked:
        raise Conflict("wrong_phase", f"The action {action} is not possible while the workshop is in "
                                      f"“{workshop.phase.value}”. Nothing was changed.")
