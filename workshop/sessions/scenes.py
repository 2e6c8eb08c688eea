"""The run-sheet as a remote: scenes move, the phase does not."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from workshop import figures
from workshop.errors import Conflict, Invalid, Missing
from workshop.inventory import Questionnaire, Scene, agenda_of
from workshop.room import OWN_AGENDA, Phase, Workshop
from workshop.sessions.act import Act

MOST_EXTENSION = 7_200
# The part of a snapshot that a scene shows to the room.
PARTS = {"light": "light", "plane": "plane", "dark": "dark", "edges": "edges", "words": "words",
         "then_now": "then_now"}
PICTURES = frozenset(PARTS)

HoldFacts = Callable[[Act], dict[str, object]]


def steps_of(scene: Scene, questionnaire: Questionnaire) -> int:
    """How many pictures a scene has: more than one where 16 rows would not hold it."""
    return figures.steps(scene.kind, questionnaire)


def next_scene(act: Act, from_scene: str | None = None, from_step: int | None = None) -> Workshop:
    """One step on, or one scene; stays on the last."""
    _still_there(act.workshop, from_scene, from_step)
    if act.workshop.step + 1 < steps_of(act.workshop.here, act.questionnaire):
        return act.change(step=act.workshop.step + 1)
    place = _place(act.workshop)
    if place + 1 == len(act.workshop.agenda):
        return act.workshop
    return _enter(act, act.workshop.agenda[place + 1])


def back(act: Act, from_scene: str | None = None, from_step: int | None = None) -> Workshop:
    """One step back, or to the last step of the scene before; stays on the first."""
    _still_there(act.workshop, from_scene, from_step)
    if act.workshop.step > 0:
        return act.change(step=act.workshop.step - 1)
    place = _place(act.workshop)
    if place == 0:
        return act.workshop
    before = act.workshop.agenda[place - 1]
    return _enter(act, before, steps_of(before, act.questionnaire) - 1)


def goto(act: Act, scene: str, step: int = 0, from_scene: str | None = None,
         from_step: int | None = None) -> Workshop:
    """Straight to a scene, and to a step of it."""
    _still_there(act.workshop, from_scene, from_step)
    found = next((one for one in act.workshop.agenda if one.id == scene), None)
    if found is None:
        raise Missing("unknown_scene", f"The run-sheet has no scene {scene!r}.")
    if not 0 <= step < steps_of(found, act.questionnaire):
        raise Invalid("step", f"The scene {scene!r} has {steps_of(found, act.questionnaire)} steps, counted from 0.")
    if found.id == act.workshop.scene and step == act.workshop.step:
        return act.workshop
    return _enter(act, found, step)


def extend(act: Act, seconds: int) -> Workshop:
    """More time, or less, for the present scene."""
    if not -MOST_EXTENSION <= seconds <= MOST_EXTENSION:
        raise Invalid("seconds", f"The extension has to be between -{MOST_EXTENSION} and {MOST_EXTENSION} seconds.")
    return act.change(extended=act.workshop.extended + seconds)


def seen(act: Act) -> None:
    """Writes down which parts of the latest snapshot the room has been shown, and that pictures may grow."""
    workshop = act.workshop
    covered = workshop.blank or workshop.held is not None
    if workshop.phase not in (Phase.ANSWERING, Phase.REVIEW) or workshop.here.kind not in PICTURES or covered:
        return
    if workshop.phase == Phase.ANSWERING and not workshop.pictures:
        act.change(pictures=True)
    latest = latest_release(act)
    part = PARTS[workshop.here.kind]
    if latest is None or (part == "dark" and not workshop.revealed):
        return
    parts = act.workshop.shown.get(str(latest), ())
    if part not in parts:
        act.change(shown={**act.workshop.shown, str(latest): (*parts, part)})


def latest_release(act: Act) -> int | None:
    """The latest round with a release."""
    for number in range(act.workshop.round, 0, -1):
        round = act.tx.round(act.workshop, number)
        if round is not None and round.releases:
            return number
    return None


def _enter(act: Act, scene: Scene, step: int = 0) -> Workshop:
    same = scene.id == act.workshop.scene
    return act.change(scene=scene.id, step=step, extended=act.workshop.extended if same else 0,
                      scene_started=act.workshop.scene_started if same else act.now)


def _place(workshop: Workshop) -> int:
    return workshop.agenda.index(workshop.here)


def _still_there(workshop: Workshop, from_scene: str | None, from_step: int | None) -> None:
    if from_scene not in (None, workshop.scene) or from_step not in (None, workshop.step):
        raise Conflict("moved_on", "The run-sheet has already moved on, perhaps from another console. "
                                   "Nothing was changed; look at the screen and press again if you still want to.")


def change_agenda(act: Act, agenda: list[Any], was: list[Any] | None = None) -> Workshop:
    """Other scenes while the room is open, checked as at creation. The scene that is on stays on; notes stay too.

    `was` is the agenda as the asking console knew it: where it is another by now, nothing is changed.
    """
    workshop = act.workshop
    if was is not None and was != [asdict(scene) for scene in workshop.agenda]:
        raise Conflict("moved_on", "The run-sheet was changed meanwhile, perhaps from another console. "
                                   "Nothing was changed; look at it and change it again if you still want to.")
    library = act.ground.library
    changed = agenda_of(agenda, library.locales[workshop.language].table("common.scene"),
                        library.inventories[workshop.inventory].facets)
    here = next((scene for scene in changed if scene.id == workshop.scene), None)
    if here is None or here.kind != workshop.here.kind:
        raise Conflict("scene_on", "The scene that the room sees cannot be taken out. Move on first.")
    return act.change(agenda=changed, agenda_id=OWN_AGENDA)
