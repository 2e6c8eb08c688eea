"""Pure: where a meeting stands in its time."""

from dataclasses import dataclass

from workshop.room import Workshop


@dataclass(frozen=True)
class Pace:
    """Minutes of the whole run-sheet, of it gone and over; seconds of the present scene, gone and planned."""

    minutes: int
    gone: int
    over: int
    seconds: int
    planned: int


def pace(workshop: Workshop, now: float) -> Pace:
    """As planned up to the present scene, and as it is since then."""
    before = workshop.agenda[:workshop.agenda.index(workshop.here)]
    seconds = max(0, int(now - workshop.scene_started))
    planned = max(0, 60 * workshop.here.minutes + workshop.extended)
    return Pace(
        minutes=sum(scene.minutes for scene in workshop.agenda),
        gone=sum(scene.minutes for scene in before) + seconds // 60,
        over=max(0, seconds - planned) // 60, seconds=seconds, planned=planned,
    )


def clock(seconds: float) -> str:
    """ "3:10", or "1:03:10" from an hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
