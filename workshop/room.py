"""What a workshop is: one frozen value, kept whole in the store, replaced whole by each verb."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Literal

from workshop.inventory import Context, FormName, Scene
from workshop.release import Level, Policy

OWN_AGENDA = "own"  # the agenda's id where its scenes are in no file
CollectionKind = Literal["answers", "edges", "directions", "words"]


class Phase(StrEnum):
    """Where a workshop is in its life."""

    DRAFT = "draft"
    LOBBY = "lobby"
    ANSWERING = "answering"
    REVIEW = "review"
    SEALED = "sealed"


@dataclass(frozen=True)
class Collection:
    """What each seat may enter once while it is open.

    `id` names its entries in the store, `key` its key in the vault; `marked` since when (epoch) something
    was taken out and the rest waits for a fresh key; `opened` epoch; `releases` published so far; `pending`
    once words are closed and wait for the host's approval.
    """

    id: str
    kind: CollectionKind
    round: int
    key: str
    opened: float
    marked: float | None = None
    releases: int = 0
    pending: bool = False


@dataclass(frozen=True)
class Workshop:
    """One workshop. Times are epoch seconds, `created` and `next_meeting` ISO days, `extended` seconds added
    to the present scene; `held` is what the stage keeps while on hold; `shown` the parts of each round's
    snapshot whose scenes have been on the stage; `pictures` once a picture scene came on in this round;
    `blank_scene` and `blank_step` where the stage went black; `around` sets the bars of both sides around "sometimes";
    `growing` where the latest round's pictures come while people answer, or came so;
    `reseated` the last round whose seats are not known any more, since their secret was lost;
    `base` where phones reach it."""

    id: int
    code: str
    title: str
    room_name: str
    created: str
    inventory: str = "balance"
    form: FormName = "standard"
    context: Context = "team"
    dark: bool = True
    all_16: bool = False
    language: str = "en"
    level: Level = "held"
    k: int = 5
    m: int = 1
    tau: int = 2
    grouping: Mapping[str, Any] | None = None
    words: bool = False
    helpline: str = ""
    checklist: bool = False
    agenda_id: str = "60"
    agenda: tuple[Scene, ...] = ()
    closes_at: float | None = None
    next_meeting: str | None = None
    rehearsal: bool = False
    base: str = ""

    phase: Phase = Phase.DRAFT
    round: int = 0
    locked: bool = False
    locked_by_blocks: bool = False
    let_in: int = 0
    scene: str = ""
    step: int = 0
    scene_started: float = 0.0
    extended: int = 0
    blank: bool = False
    blank_scene: str = ""
    blank_step: int = 0
    around: bool = False
    held: Mapping[str, Any] | None = None
    closing_at: float | None = None
    opened_at: float | None = None
    lobby_at: float | None = None
    last_close: float | None = None
    sealed_at: float | None = None
    seats_at_open: int = 0
    growing: bool = False
    pictures: bool = False
    revealed: bool = False
    shown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""
    reseated: int = 0
    archived: bool = False
    expiring: float | None = None
    imported: bool = False
    collections: tuple[Collection, ...] = ()

    @property
    def policy(self) -> Policy:
        """The numbers of its protection level as fixed for it."""
        return Policy(self.level, self.k, self.m, self.tau)

    @property
    def here(self) -> Scene:
        """The present scene of the run-sheet."""
        return next((scene for scene in self.agenda if scene.id == self.scene), self.agenda[0])

    def collection(self, kind: CollectionKind) -> Collection | None:
        """The open collection of a kind, or None."""
        return next((one for one in self.collections if one.kind == kind), None)


def to_json(workshop: Workshop) -> dict[str, Any]:
    """The workshop as plain values."""
    return asdict(workshop)


def from_json(body: Mapping[str, Any]) -> Workshop:
    """The inverse of to_json; unknown names raise TypeError."""
    return Workshop(**{
        **body,
        "phase": Phase(body["phase"]),
        "agenda": tuple(Scene(**scene) for scene in body["agenda"]),
        "shown": {round: tuple(parts) for round, parts in body["shown"].items()},
        "collections": tuple(Collection(**one) for one in body["collections"]),
    })


@dataclass(frozen=True)
class Seat:
    """One phone's place: the tag that its cookie token hashes to, and two bits for this and the last round.

    sent and used: counted; sent alone: received, or left over once the round is closed; used alone:
    forgotten after its answers were counted.
    """

    tag: bytes
    sent: bool = False
    used: bool = False
    sent_before: bool = False
    used_before: bool = False

    @property
    def finished(self) -> bool:
        """Counts as finished in this round."""
        return self.sent or self.used

    @property
    def forgotten(self) -> bool:
        """Its owner asked to be forgotten after the answers were mixed in."""
        return self.used and not self.sent


@dataclass(frozen=True)
class Counts:
    """People in the room."""

    joined: int = 0
    finished: int = 0
