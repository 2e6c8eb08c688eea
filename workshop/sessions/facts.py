"""What a room may see, as one frozen value: the stage is a pure function of it, and `hold` keeps it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from workshop import results
from workshop.inventory import Scene
from workshop.results import Snapshot
from workshop.room import Counts, Phase, Workshop

SEAL_AFTER_DAYS = 7
# Scenes that say how many people are here or have finished; the others carry no counts at all.
COUNTING = frozenset({"agreements", "join", "idea", "answering"})


@dataclass(frozen=True)
class Facts:
    """Times are epoch seconds; `address` is host:port for people who type; `seals_on` an ISO day;
    `snapshot` the latest released one, `before` that of the round before it; `loopback` where no other device
    can come in; `growing` False where pictures of this round come once."""

    code: str
    title: str
    room_name: str
    phase: str
    round: int
    language: str
    inventory: str
    form: str
    context: str
    dark: bool
    rehearsal: bool
    scene: Scene
    step: int
    scenes: int
    scene_started: float
    extended: int
    blank: bool
    hold: bool
    locked: bool
    joined: int
    finished: int
    closing_at: float | None
    level: str
    k: int
    helpline: str
    next_meeting: str | None
    seals_on: str | None
    join_url: str
    address: str
    revealed: bool
    snapshot: Snapshot | None
    before: Snapshot | None
    m: int = 1
    loopback: bool = False
    growing: bool = True
    around: bool = False


def facts_of(workshop: Workshop, counts: Counts, snapshot: Snapshot | None, before: Snapshot | None,
             join_url: str, address: str, *, loopback: bool) -> Facts:
    """Everything the stage of this workshop may know right now."""
    shown = counts if workshop.here.kind in COUNTING else Counts()
    return Facts(
        code=workshop.code, title=workshop.title, room_name=workshop.room_name, phase=workshop.phase.value,
        round=workshop.round, language=workshop.language, inventory=workshop.inventory, form=workshop.form,
        context=workshop.context, dark=workshop.dark, rehearsal=workshop.rehearsal, scene=workshop.here,
        step=workshop.step, scenes=len(workshop.agenda), scene_started=workshop.scene_started,
        extended=workshop.extended, blank=workshop.blank, hold=False, locked=workshop.locked,
        joined=shown.joined, finished=shown.finished, closing_at=workshop.closing_at, level=workshop.level,
        k=workshop.k, helpline=workshop.helpline, next_meeting=workshop.next_meeting,
        seals_on=seals_on(workshop), join_url=join_url, address=address, revealed=workshop.revealed,
        snapshot=snapshot, before=before, m=workshop.m, loopback=loopback,
        growing=workshop.growing or workshop.round == 0, around=workshop.around,
    )


def to_json(facts: Facts) -> dict[str, Any]:
    """Plain values, for keeping what the stage holds."""
    return asdict(facts)


def from_json(body: Mapping[str, Any]) -> Facts:
    """The inverse of to_json."""
    return Facts(**{
        **body,
        "scene": Scene(**body["scene"]),
        "snapshot": body["snapshot"] and results.from_json(body["snapshot"]),
        "before": body["before"] and results.from_json(body["before"]),
    })


def held(body: Mapping[str, Any]) -> Facts:
    """What the stage keeps while on hold."""
    return replace(from_json(body), hold=True, blank=False)


def on_stage(workshop: Workshop) -> tuple[str, int]:
    """The scene, by its id, and the step that the stage is on, held or not."""
    held = workshop.held
    return (held["scene"]["id"], held["step"]) if held else (workshop.scene, workshop.step)


def blanked(facts: Facts, workshop: Workshop) -> Facts:
    """A black stage stays on the scene where it went black: where the host goes meanwhile is nobody's business."""
    scene = next((one for one in workshop.agenda if one.id == workshop.blank_scene), facts.scene)
    return replace(facts, scene=scene, step=workshop.blank_step, blank=True)


def seals_on(workshop: Workshop) -> str | None:
    """The day on which the workshop seals itself: the day after the next meeting, else a week after the last
    close, or after the lobby opened."""
    if workshop.phase in (Phase.DRAFT, Phase.SEALED):
        return None
    if workshop.next_meeting:
        return (date.fromisoformat(workshop.next_meeting) + timedelta(days=1)).isoformat()
    since = workshop.last_close or workshop.lobby_at or 0.0
    return (datetime.fromtimestamp(since, UTC) + timedelta(days=SEAL_AFTER_DAYS)).date().isoformat()
