"""What a scene is made from, and what it is made into."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workshop.figures import PictureKind, Subject
from workshop.inventory import Locale, Questionnaire
from workshop.sessions.facts import Facts
from workshop.theme import ThemeName

Block = Mapping[str, Any]


@dataclass(frozen=True)
class Room:
    """The facts of a workshop with the words and statements to show them in; `qr` only while phones may join."""

    facts: Facts
    questionnaire: Questionnaire
    locale: Locale
    theme: ThemeName
    qr: Mapping[str, str | int] | None

    def say(self, key: str, **slots: object) -> str:
        """A text of the stage."""
        return self.locale.text(f"stage.{key}", **slots)

    def lines(self, key: str, **slots: object) -> tuple[str, ...]:
        """A list of texts, of any area."""
        return tuple(line.format(**slots) for line in self.locale.lines(key))

    @property
    def subject(self) -> Subject:
        """What its pictures are of."""
        return Subject(self.facts.snapshot, self.questionnaire, self.locale, self.facts.step,
                       self.facts.before, self.facts.around)

    @property
    def code(self) -> str:
        """The code as it is read aloud: "G7M 4QX"."""
        return f"{self.facts.code[:3]} {self.facts.code[3:]}"


@dataclass(frozen=True)
class Content:
    """One scene: a headline, then either a picture or columns of blocks; `source` stands at the lower left,
    `foot` at the lower right."""

    headline: str
    layout: str = "card"
    columns: tuple[tuple[Block, ...], ...] = ()
    picture: PictureKind | None = None
    steps: int = 1
    source: str = ""
    foot: tuple[Block, ...] = ()


def text(style: str, words: str, strong: str = "") -> Block:
    """A paragraph; `strong` is its first words, set bold."""
    return {"kind": "text", "style": style, "text": words, "strong": strong}


def sized(style: str, words: str, most: int) -> Block:
    """A large paragraph, set smaller where it has more than `most` characters."""
    return text(style if len(words) <= most else f"{style} long", words)


def mark() -> Block:
    """The arch, for a screen that waits."""
    return {"kind": "mark"}


def timer(facts: Facts, words: str, over: str) -> tuple[Block, ...]:
    """Time to the scene's end with its track; nothing where the scene has no minutes."""
    seconds = facts.scene.minutes * 60 + facts.extended
    if facts.scene.minutes <= 0 or seconds <= 0:
        return ()
    times = {"ends": facts.scene_started + seconds, "seconds": seconds}
    return ({"kind": "timer", "text": words, "over": over, **times},)


def note(words: str, sign: str = "") -> Block:
    """A line at the lower right; `sign` is "less", "joined", "line", "warm" or "cool"."""
    return {"sign": sign, "text": words}
