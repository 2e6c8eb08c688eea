"""Published tables as the rows a picture draws: three tones, in order, in columns and steps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from workshop.inventory import Item, Locale, Pole, Questionnaire, Scale, SceneKind
from workshop.results import ItemTable, Snapshot

MOST_ROWS = 8
LOW, MIDDLE, HIGH = 0, 1, 2
TONES = (LOW, MIDDLE, HIGH)
TONE_NAMES = ("low", "middle_or_skipped", "high")
Hue = Literal["warm", "cool"]
Merged = Literal["", "less", "more"]
Sign = Literal["line", "joined", "less"]
# Which end has joined the middle.
ENDS: Mapping[Merged, int] = {"less": LOW, "more": HIGH}
HUES: dict[Pole, Hue] = {"DL": "warm", "DD": "warm", "RD": "warm", "IL": "cool", "ID": "cool", "RI": "cool"}
LIGHT: tuple[Pole, ...] = ("DL", "IL")
# Standing before leaning, as the reference has it; making peace comes last and is not a dark side.
DARK_STEPS: tuple[tuple[Pole, ...], ...] = (("ID", "DD"), ("RI", "RD"))

NO_WORDS = Locale("", {})


@dataclass(frozen=True)
class Subject:
    """What a picture is of: a round's snapshot (None before any), its statements, the words, and which step;
    `before` is the snapshot of the round before, for comparing; `around` sets both sides' bars around "sometimes"."""

    snapshot: Snapshot | None
    questionnaire: Questionnaire
    locale: Locale
    step: int = 0
    before: Snapshot | None = None
    around: bool = False

    def say(self, key: str, **slots: object) -> str:
        """A text of the stage's own words."""
        return self.locale.text(f"stage.{key}", **slots)

    def tone(self, tone: int) -> str:
        """The word for a tone."""
        return self.locale.text(f"common.tone.{TONE_NAMES[tone]}")

    def side(self, pole: Pole) -> str:
        """What a pole is called in the room."""
        return self.locale.text(f"common.pole.{pole}.name")

    def classes(self, merged: Merged) -> str:
        """The words of a table in two classes, "" for any other."""
        low, high = ("low_or_middle", "high") if merged == "less" else ("low", "middle_or_high")
        return " · ".join(self.locale.text(f"common.tone.{name}") for name in (low, high)) if merged else ""

    def joined(self, merged: Merged) -> str:
        """The words of the class that two tones share, "" where there is none."""
        name = "low_or_middle" if merged == "less" else "middle_or_high"
        return self.locale.text(f"common.tone.{name}") if merged else ""

    @property
    def hidden(self) -> str:
        """The one sentence for whatever is held back."""
        return self.locale.text("common.hidden")


@dataclass(frozen=True)
class Segment:
    """`n` people who said so, `tone` 0 seldom, 1 sometimes, 2 often."""

    tone: int
    n: int


@dataclass(frozen=True)
class Row:
    """One statement; `segments` is None where its table is held back; `merged` names the words of a table in two
    classes, "" where there are three."""

    item: Item
    name: str
    segments: tuple[Segment, ...] | None
    merged: Merged = ""


@dataclass(frozen=True)
class Column:
    """Rows under each other; `first` unless it goes on from the column before it."""

    pole: Pole
    rows: tuple[Row, ...]
    first: bool = True


def tone_of(points: Iterable[int], scale: Scale) -> int:
    """The tone of one class: low and high are the two outer points of each end, all else is middle."""
    held = set(points)
    if held <= {1, 2}:
        return LOW
    return HIGH if held <= {scale.points - 1, scale.points} else MIDDLE


def segments(table: ItemTable | None, scale: Scale) -> tuple[Segment, ...] | None:
    """The counts in three tones at most, empty ones left out; None where the table is held back."""
    if table is None or table.counts is None or table.bins is None:
        return None
    sums = dict.fromkeys(TONES, 0)
    for points, people in zip(table.bins, table.counts, strict=True):
        sums[tone_of(points, scale)] += people
    return tuple(Segment(tone, n) for tone, n in sums.items() if n)


def merged(table: ItemTable | None, scale: Scale) -> Merged:
    """Which end a table in two classes has joined to the middle: "less" the low one, "more" the high one."""
    if table is None or table.bins is None:
        return ""
    drawn = {tone_of(points, scale) for points in table.bins}
    if drawn == {MIDDLE, HIGH}:
        return "less"
    return "more" if drawn == {LOW, MIDDLE} else ""


def row_of(item: Item, subject: Subject) -> Row:
    """The row of one statement in the subject's snapshot."""
    table = subject.snapshot.item(item.id) if subject.snapshot else None
    scale = subject.questionnaire.scale
    name = subject.questionnaire.facets[item.facet].name
    return Row(item, name, segments(table, scale), merged(table, scale))


def keyed_high(row: Row) -> Fraction:
    """The share who said the keyed end, 0 where that end has joined the middle.

    An end joins the middle because it is the smaller one, so such a row belongs low; and only published counts
    are used, so that no place can tell more than the numbers printed in it.
    """
    shown = row.segments or ()
    end = HIGH if row.item.keyed == 1 else LOW
    return Fraction(sum(part.n for part in shown if part.tone == end), sum(part.n for part in shown) or 1)


def ordered(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Most often first in the keyed direction; held-back rows last; ties, and the held-back, in inventory order."""
    return tuple(sorted(rows, key=lambda row: (row.segments is None, -keyed_high(row))))


def _columns(pole: Pole, rows: tuple[Row, ...]) -> tuple[tuple[Column, ...], ...]:
    """One pole alone, in pages of two columns."""
    half = min(MOST_ROWS, -(-len(rows) // 2))
    parts = [Column(pole, rows[at:at + half], at == 0) for at in range(0, len(rows), half)]
    return tuple(tuple(parts[at:at + 2]) for at in range(0, len(parts), 2))


def guessing(subject: Subject) -> tuple[Column, ...]:
    """Both sides with one statement a facet, in inventory order and empty, for guessing: one page, always."""
    return tuple(Column(pole, _first_of_each(pole, subject)[:MOST_ROWS]) for pole in LIGHT)


def _first_of_each(pole: Pole, subject: Subject) -> tuple[Row, ...]:
    items = {item.facet: item for item in reversed(subject.questionnaire.of_pole(pole))}
    facets = subject.questionnaire.facets
    return tuple(Row(item, facets[item.facet].name, None) for item in reversed(items.values()))


def light_pages(subject: Subject) -> tuple[tuple[Column, ...], ...]:
    """Both sides beside each other where eight rows each are enough, else one side after the other."""
    sides = [(pole, ordered(row_of(item, subject) for item in subject.questionnaire.of_pole(pole))) for pole in LIGHT]
    if all(len(rows) <= MOST_ROWS for _, rows in sides):
        return (tuple(Column(pole, rows) for pole, rows in sides),)
    return tuple(page for pole, rows in sides if rows for page in _columns(pole, rows))


def dark_pages(subject: Subject) -> tuple[tuple[Column, ...], ...]:
    """Both dark sides under each other where eight rows are enough, else one after the other; then making peace."""
    pages: list[tuple[Column, ...]] = []
    for poles in DARK_STEPS:
        columns = tuple(column for pole in poles if (column := _dark_column(pole, subject)).rows)
        together = sum(len(column.rows) for column in columns) <= MOST_ROWS
        pages += [columns] if together and columns else [(column,) for column in columns]
    return tuple(pages)


def _dark_column(pole: Pole, subject: Subject) -> Column:
    return Column(pole, ordered(row_of(item, subject) for item in subject.questionnaire.of_pole(pole)))


def signs(columns: Iterable[Column], *, told: bool, around: bool = False) -> tuple[Sign, ...]:
    """The signs in these rows that want a word at the foot: the line that bars stand around, two tones in one, unless
    the rows have told what they are, and less is more."""
    rows = tuple(row for column in columns for row in column.rows)
    found: Mapping[Sign, bool] = {"line": around and any(row.segments for row in rows),
                                  "joined": not told and any(row.merged for row in rows),
                                  "less": any(row.item.keyed == -1 for row in rows)}
    return tuple(sign for sign, there in found.items() if there)


def page(pages: tuple[tuple[Column, ...], ...], step: int) -> tuple[Column, ...]:
    """The page of a step; past the last it stays on the last, and there may be none."""
    return pages[max(0, min(step, len(pages) - 1))] if pages else ()


def steps(kind: SceneKind, questionnaire: Questionnaire) -> int:
    """How many pictures a scene walks through, at least 1."""
    subject = Subject(None, questionnaire, NO_WORDS)
    if kind in ("light", "then_now"):
        return max(1, len(light_pages(subject)))
    return max(1, len(dark_pages(subject))) if kind == "dark" else 1
