"""What a workshop has to be after each verb, said again without a database, keys or threads."""

from collections import Counter
from dataclasses import dataclass, field, replace

from life_records import DAY, ORDER, Person, Round, Sent, numbers

from workshop.release import Policy

PICTURES = ("light", "plane", "dark", "edges", "words", "then_now")


@dataclass
class Model:
    """One workshop; `collections` are the open ones beside the answers, with what each phone entered; `sights` counts
    what happened in it, for whoever wants to know that something did."""

    level: Policy
    now: float
    context: str = "team"
    agenda: tuple[tuple[str, int], ...] = ()
    grouped: bool = False
    dark: bool = True
    words: bool = True
    phase: str = "lobby"
    round: int = 0
    rounds: dict[int, Round] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    collections: dict[str, dict[str, str]] = field(default_factory=dict)
    opened: dict[str, float] = field(default_factory=dict)
    pending: list[str] = field(default_factory=list)
    approved: set[str] = field(default_factory=set)
    waiting: bool = False
    locked: bool = False
    by_blocks: bool = False
    let_in: int = 0
    scene: str = "agreements"
    step: int = 0
    blank: bool = False
    held: bool = False
    pictures: bool = False
    stirred: bool = False
    revealed: bool = False
    closing: float | None = None
    opened_at: float = 0.0
    closes_at: float | None = None
    lobby_at: float = 0.0
    last_close: float | None = None
    shown: dict[int, set[str]] = field(default_factory=dict)
    notice: str = ""
    archived: bool = False
    sights: Counter[str] = field(default_factory=Counter)

    def saw(self, what: str) -> None:
        self.sights[what] += 1

    # people

    @property
    def joined(self) -> int:
        return len(self.people)

    @property
    def finished(self) -> int:
        return sum(one.finished for one in self.people.values())

    def may_join(self, name: str) -> bool:
        """Whether a phone gets a seat, or has one."""
        if name in self.people:
            return not self.people[name].gone
        return not self.locked or self.let_in > 0

    def join(self, name: str) -> None:
        if name not in self.people:
            self.let_in -= self.locked
            self.people[name] = Person()
        self._stir()

    def leave(self, name: str) -> None:
        """Nothing where there is no seat."""
        person = self.people.get(name)
        if person is not None:
            for kind, entered in self.collections.items():
                if not (kind == "words" and self.waiting):
                    entered.pop(name, None)
            if person.release is not None and self.phase == "answering":
                self.people[name] = replace(person, gone=True)
            else:
                del self.people[name]
        self._stir()

    def may_answer(self, name: str) -> bool:
        person = self.people.get(name)
        return self.phase == "answering" and person is not None and person.release is None

    def answer(self, name: str, sent: Sent | None) -> None:
        self.people[name] = replace(self.people[name], sent=sent)
        self._stir()

    def _stir(self) -> None:
        self.stirred = self.stirred or (self.phase == "answering" and self.rounds[self.round].growing)

    # rounds

    def may_open(self) -> bool:
        """Partners need four couples."""
        return self.phase in ("lobby", "review") and (self.context != "partner" or self.joined >= 8)

    def open_round(self, closes_at: float | None = None) -> None:
        self.close_all()
        self.people = {name: Person(sent_before=one.finished, used_before=one.release is not None)
                       for name, one in self.people.items()}
        self.round += 1
        growing = self.level.level == "open" or (self.level.level == "blocks" and self.joined >= 19)
        self.rounds[self.round] = Round(self.level, growing, self.joined, grouped=self.grouped, sights=self.sights)
        self.phase, self.opened_at, self.closing, self.pictures = "answering", self.now, None, False
        self.closes_at, self.notice = closes_at, ""
        self.by_blocks = self.level.level == "blocks" and not self.locked
        self.locked = self.locked or self.level.level == "blocks"
        self._stir()

    @property
    def fresh(self) -> list[str]:
        return [name for name, one in self.people.items() if one.finished and one.release is None]

    def tick(self) -> None:
        """A release in mid-round where everything asks for it."""
        stirred, self.stirred = self.stirred, False
        here = self.rounds.get(self.round)
        if not stirred or self.phase != "answering" or here is None or not here.growing:
            return
        if self.pictures or self.level.level == "open":
            least = self.level.k if not here.taken else self.level.m
            to_come = self.joined - self.finished
            enough = to_come == 0 or to_come >= self.level.m + max(2, -(-self.joined // 8))
            if len(self.fresh) >= least and (self.level.level == "open" or enough):
                self._take()
                self.saw(f"{self.level.level}: a release in mid-round")
            elif len(self.fresh) >= least:
                self.saw("R3: too few to come")
        self._stir()
        self.see()

    def _take(self) -> None:
        here, fresh = self.rounds[self.round], self.fresh
        number = len(here.taken) + 1
        here.taken[number] = [sent for name in fresh if (sent := self.people[name].sent)]
        for name in fresh:
            self.people[name] = replace(self.people[name], release=number)

    def finish_round(self) -> None:
        here = self.rounds[self.round]
        least = self.level.k if not here.taken else self.level.m
        if len(self.fresh) >= least and not (self.level.level == "held" and here.taken):
            self._take()
        elif self.fresh:
            self.saw("R3: a leftover is destroyed" if here.taken else "R5: too few for anything")
        here.final, here.then_now = True, self._then_now()
        if self.round > 1:
            self.saw(f"R8: {'' if here.then_now else 'not '}compared")
        self.people = {name: one for name, one in self.people.items() if not one.gone}
        self.phase, self.closing, self.last_close = "review", None, self.now
        if self.by_blocks:
            self.locked = self.by_blocks = False
        self._open("edges")
        if self.round > 1:
            self._open("directions")

    def _then_now(self) -> bool:
        before, here = self.rounds.get(self.round - 1), self.rounds[self.round]
        if before is None or not before.taken or not here.taken:
            return False
        stayed = sum(one.release is not None and one.used_before for one in self.people.values())
        least = max(self.level.m, self.level.k)
        return all(moved == 0 or moved >= least for moved in (before.n - stayed, here.n - stayed))

    # collections

    def _open(self, kind: str) -> None:
        self.collections[kind], self.opened[kind] = {}, self.now

    def end(self, kind: str) -> dict[str, str]:
        """What was entered in it; it is closed for good."""
        self.rounds[self.round].tables.add(kind)
        return self.collections.pop(kind)

    def close_all(self) -> None:
        for kind in tuple(self.collections):
            if kind == "words":
                self.waiting, self.pending = False, []
            self.end(kind)

    def open_words(self) -> None:
        wanted = self.words and self.phase == "review" and self.scene == "words"
        if wanted and "words" not in self.collections and "words" not in self.rounds[self.round].tables:
            self._open("words")

    def close_words(self) -> None:
        """Enough of them wait for the host, equal ones joined; too few are gone."""
        said = list(self.collections["words"].values())
        if len(said) >= max(10, self.level.k):
            self.waiting, self.pending, self.approved = True, sorted(set(said)), set()
        else:
            self.saw("R13: too few words")
            self.end("words")

    # scenes and time

    def walk(self, steps: int) -> None:
        """One step on or back, over the edge of a scene into the next; at the ends nothing."""
        every = [(scene, step) for scene, many in self.agenda for step in range(many)]
        here = every.index((self.scene, self.step)) + steps
        self.scene, self.step = every[min(max(here, 0), len(every) - 1)]

    def see(self) -> None:
        """What the room has been shown after any action; nothing while the stage is black or held."""
        covered = self.blank or self.held
        if self.phase not in ("answering", "review") or self.scene not in PICTURES or covered:
            return
        self.pictures = self.pictures or self.phase == "answering"
        latest = max((number for number, one in self.rounds.items() if one.taken), default=0)
        if latest and (self.scene != "dark" or self.revealed):
            self.shown.setdefault(latest, set()).add(self.scene)

    def look(self, *, steady: bool = True) -> None:
        """What is due by the clock; asked of the state before, done in order. After a leap nothing is sealed."""
        ends = self.closes_at or self.opened_at + DAY
        due_round = self.phase == "answering" and self.now >= min(ends, self.closing or ends)
        due = [kind for kind in self.collections
               if self.now >= self.opened[kind] + DAY and not (kind == "words" and self.waiting)]
        due_seal = self.phase in ("lobby", "review") and self.now >= (self.last_close or self.lobby_at) + 7 * DAY
        if due_round:
            self.saw("a round closes by itself")
            self.finish_round()
            self.see()
        for kind in due:
            self.saw("a collection closes by itself")
            self.close_words() if kind == "words" else self.end(kind)
            self.see()
        if due_seal:
            self.saw("a workshop seals itself" if steady else "a leap seals nothing")
        if due_seal and steady:
            self.seal()

    def seal(self) -> None:
        self.close_all()
        self.phase, self.people, self.locked, self.let_in = "sealed", {}, False, 0
        self.blank = self.held = False

    def raise_to(self, level: str) -> bool:
        """Whether protection could be raised."""
        if ORDER.index(level) <= ORDER.index(self.level.level):
            return False
        more, self.notice = numbers(level, self.context), f"raised:{level}"
        self.level = Policy(level, max(self.level.k, more.k), max(self.level.m, more.m),
                            max(self.level.tau, more.tau))
        return True
