"""The plane: leaning by standing, steps that rise where both rise, and people in boxes."""

from collections.abc import Iterator, Mapping
from typing import Any

from workshop.figures.canvas import Block, Label, Mark, Path
from workshop.figures.letters import fit, width
from workshop.figures.outlines import arch, box, ring
from workshop.figures.rows import HUES, TONES, Subject
from workshop.inventory import Pole
from workshop.results import Cell, Plane

LEFT, TOP, SIDE = 212, 46, 712
TEXT = 988
# Class limits of a 0-100 score, as the tables of poles have them.
LIMITS: Mapping[int, tuple[float, ...]] = {5: (0, 12.5, 37.5, 62.5, 87.5, 100), 3: (0, 37.5, 62.5, 100)}
TREADS: Mapping[int, tuple[int, ...]] = {5: (0, 1, 2, 3, 4), 3: (0, 2, 4)}
WORDS = ("low", "middle", "high")
RISER, INSET, FURTHER, RING = 8.9, 11.4, 62.5, 14
SIDES: tuple[Pole, ...] = ("DL", "IL")
VERBS: tuple[tuple[str, Pole], ...] = (("lean", "DL"), ("be_leaned_on", "DL"), ("stand", "IL"), ("let_stand", "IL"))


def idea(subject: Subject) -> Iterator[Mark]:
    """The plane without people, and the four verbs."""
    yield from _ground(5)
    yield from _names(subject)
    yield from _in_between(subject)
    yield from _further(subject)
    yield from _arch()
    for index, (verb, pole) in enumerate(VERBS):
        y = 566 + index * 62
        yield Block(f"{HUES[pole]}.1", TEXT, y - 25, 26, 26, verb)
        yield Label(TEXT + 44, y, subject.say(f"idea.{verb}"), 40, bold=True)


def plane(subject: Subject) -> Iterator[Mark]:
    """The plane with its boxes, or with one sentence where they are held back."""
    shown = plane_of(subject)
    yield from _ground(shown.bins if shown else 5)
    for cell in shown.cells if shown else ():
        yield from _box(cell, LIMITS[shown.bins] if shown else ())
    yield from _names(subject)
    yield from _in_between(subject)
    yield from _further(subject)
    beside = TEXT + width(subject.say("plane.further"), 44, bold=True) + 24
    yield from arch(beside, TOP + 40, 56) if shown and top_box(shown) else _arch()
    for index, line in enumerate((subject.say("plane.boxes") if shown else subject.hidden, subject.say("plane.steps"))):
        yield Label(TEXT, 702 + 48 * index, line, 36, ink="ink_soft")


def plane_of(subject: Subject) -> Plane | None:
    """The plane of the snapshot, if it has one."""
    return subject.snapshot.plane if subject.snapshot else None


def top_box(shown: Plane) -> bool:
    """Whether the highest tread holds a box of its own, so that the arch would hide its number."""
    return shown.bins == 5 and any((cell.x, cell.y) == (4, 4) for cell in shown.cells)


def across(score: float) -> float:
    """Where a score of leaning lies on the sheet, px."""
    return LEFT + score / 100 * SIDE


def down(score: float) -> float:
    """Where a score of standing lies on the sheet, px from the top."""
    return TOP + (1 - score / 100) * SIDE


def _arch() -> Iterator[Mark]:
    """The arch on the highest tread, over any box."""
    return arch(LEFT + SIDE - 75, TOP + 10, 62)


def _ground(bins: int) -> Iterator[Mark]:
    """L-shaped treads of min(leaning, standing), each with its riser."""
    right, bottom = LEFT + SIDE, TOP + SIDE
    for index, (limit, step) in enumerate(zip(LIMITS[bins], TREADS[bins], strict=False)):
        x, y = across(limit), down(limit)
        if index:
            edge = f"M{x} {TOP}V{y}H{right}V{y + RISER}H{x - RISER}V{TOP}Z"
            yield Path(edge, "riser", opacity=round(0.34 + 0.14 * step, 2), name="riser")
        yield Path(f"M{x} {TOP}H{right}V{y}H{x}Z", f"step.{step}", name="tread")
    yield Path(f"M{LEFT} {TOP}V{bottom}H{right}", None, "border", 2.1, name="axes")


def _box(cell: Cell, limits: tuple[float, ...]) -> Iterator[Mark]:
    left, right = across(limits[cell.x]) + INSET, across(limits[cell.x + cell.w]) - INSET
    top, bottom = down(limits[cell.y + cell.h]) + INSET, down(limits[cell.y]) - INSET
    outline = box(left, top, right - left, bottom - top)
    yield Path(outline, "ground", opacity=0.42, name="box")
    yield Path(outline, None, "ink", 2.1, name=f"box {cell.x} {cell.y} {cell.w} {cell.h}: {cell.n}")
    number, size = fit(str(cell.n), right - left - 8, (44, 40, 36, 32, 28, 24), bold=True)
    beside = min(18.5, (right - left - width(number, size, bold=True)) / 2)
    yield Label(left + beside, top + 34 + 0.36 * size, number, size, bold=True)


def _names(subject: Subject) -> Iterator[Mark]:
    """Words for scores along both sides: three tones at a quarter, a half and three quarters."""
    for tone, score in zip(TONES, (25, 50, 75), strict=True):
        word = subject.locale.text(f"common.tone.{WORDS[tone]}")
        yield Label(across(score), TOP + SIDE + 38, word, 26, ink="ink_soft", anchor="center")
        yield Label(LEFT - 20, down(score) + 9, word, 26, ink="ink_soft", anchor="right")
    yield Label(LEFT + SIDE, TOP + SIDE + 84, subject.side("DL"), 32, bold=True, anchor="right")
    for index, line in enumerate((subject.say("plane.standing_1"), subject.say("plane.standing_2"))):
        yield Label(LEFT - 20, TOP + 26 + 40 * index, line, 32, bold=True, anchor="right")


def _in_between(subject: Subject) -> Iterator[Mark]:
    """A ring, told apart by the same ring before its words: a line to them would run through boxes of people."""
    x, y = across(50), down(50)
    for left in (x, TEXT + RING):
        yield ring(left, y, RING, fill="ground", stroke="ink", width=4, name="in between")
    yield Label(TEXT + 2 * RING + 18, y + 12, subject.say("plane.between"), 36, bold=True)
    yield Label(TEXT + 2 * RING + 18, y + 58, subject.say("plane.not_inter"), 36)


def _further(subject: Subject) -> Iterator[Mark]:
    """The bracket at the treads where both are often or more, and what they are called."""
    x, bottom = LEFT + SIDE, down(FURTHER)
    yield Path(f"M{x + 14} {TOP + 1.5}H{x + 26}V{bottom - 2}H{x + 14}M{x + 26} {TOP + 71}H{x + 40}", None, "ink", 2,
               name="further level")
    yield Label(TEXT, TOP + 85, subject.say("plane.further"), 44, bold=True)
    for index, key in enumerate(("plane.further_1", "plane.further_2")):
        yield Label(TEXT, TOP + 137 + 48 * index, subject.say(key), 36)


def on_further_level(shown: Plane) -> int:
    """People in boxes that lie wholly where both are often or more."""
    low = LIMITS[shown.bins].index(FURTHER)
    return sum(cell.n for cell in shown.cells if cell.x >= low and cell.y >= low)


def alt(subject: Subject) -> str:
    """The boxes in one sentence."""
    shown = plane_of(subject)
    axes = subject.say("alt.plane", leaning=subject.side("DL"), standing=subject.side("IL"))
    if shown is None or not shown.cells:
        return f"{axes.rstrip('.')}: {subject.hidden}."
    counts = [cell.n for cell in shown.cells]
    boxes = subject.say("alt.boxes", boxes=len(counts), least=min(counts), most=max(counts))
    further = on_further_level(shown)
    return " ".join((axes, boxes, *([subject.say("alt.further", n=further)] if further else [])))


def idea_alt(subject: Subject) -> str:
    """The model in one sentence."""
    return subject.say("alt.idea", leaning=subject.side("DL"), standing=subject.side("IL"))


def table(subject: Subject) -> Mapping[str, Any]:
    """One row a box: its stretch on both sides and its people, highest standing first."""
    shown = plane_of(subject)
    columns = [*(subject.side(pole) for pole in SIDES), subject.say("table.people")]
    if shown is None:
        return {"columns": columns, "rows": [[subject.hidden, "", ""]]}
    cells = sorted(shown.cells, key=lambda cell: (-cell.y, cell.x))
    limits = [subject.locale.number(limit) for limit in LIMITS[shown.bins]]
    return {"columns": columns, "rows": [[f"{limits[cell.x]}–{limits[cell.x + cell.w]}",
                                          f"{limits[cell.y]}–{limits[cell.y + cell.h]}", cell.n] for cell in cells]}
