"""What the host does in a workshop's life, in its phases and out of them."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from life_bench import NAMES, NEEDS, PHASES, SCENES, TABLES
from life_phones import FACETS, Phones, seeds
from life_rules import directions_are, edges_are

from workshop.errors import Missing
from workshop.takehome import exported

LEVELS = st.sampled_from(("held", "blocks", "blocks", "open"))
FEW_AND_MANY = ([0, 0, 1, 1, 2, 0, 1, 0, 0], [0, 1, 2], [0, 1])
CONTEXTS = st.sampled_from(("team", "team", "family", "partner", "class"))


class Host(Phones):
    """Doors, rounds, collections, the stage, and the end."""

    @rule(actions=st.lists(st.sampled_from(sorted(PHASES)), min_size=3, max_size=6, unique=True))
    def several_out_of_phase(self, actions: Sequence[str]) -> None:
        for action in actions:
            self.out_of_phase(action)

    def out_of_phase(self, action: str) -> None:
        if self.phase not in PHASES[action]:
            self.refused(action, lambda: self.way.act(self.code, action, NEEDS.get(action, {})))
        elif self.phase == "answering" and self.model.level.level == "blocks" and "lock" in action:
            self.refused(action, lambda: self.way.act(self.code, action))

    def everything_out_of_phase(self) -> None:
        """Also a change of what only a draft may change."""
        for action in sorted(PHASES):
            self.out_of_phase(action)
        if self.phase != "draft":
            self.refused("edit", lambda: self.way.edit(self.code, {"title": "Another room"}))

    @precondition(lambda self: self.phase in ("lobby", "review"))
    @rule(action=st.sampled_from(("lock", "unlock", "let_in")), seats=st.integers(1, 3), come=st.integers(0, 4))
    def door(self, action: str, seats: int, come: int) -> None:
        model = self.model
        if action == "let_in" and not model.locked:
            self.refused("let_in", lambda: self.way.act(self.code, "let_in", {"seats": seats}))
            self.act("lock")
        self.act(action, **({"seats": seats} if action == "let_in" else {}))
        model.locked, model.let_in = action != "unlock", seats if action == "let_in" else 0
        self.acted()
        newcomers = [name for name in NAMES if name not in model.people]
        for name in newcomers[:come]:
            self.joins(name)

    # rounds

    @precondition(lambda self: self.phase in ("lobby", "review"))
    @rule(hours=st.sampled_from((0, 0, 1, 72)))
    def open_round(self, hours: int) -> None:
        closes = {"closes_at": self.clock.now + hours * 3_600} if hours else {}
        if not self.model.may_open():
            return self.refused("too few", lambda: self.way.act(self.code, "open_round", closes))
        self.act("open_round", **closes)
        self.model.open_round(closes.get("closes_at"))
        return self.acted()

    @precondition(lambda self: self.phase in ("lobby", "review"))
    @rule(scene=st.sampled_from(("answering", "light", "plane")), share=st.integers(1, 3), seed=seeds,
          late=st.sampled_from((0, 4, 9)))
    def begin_a_round(self, scene: str, share: int, seed: int, late: int) -> None:
        self.open_round(0)
        self.goto(scene)
        self.crowd_answers(share, seed, late)
        self.tick()
        if self.phase == "answering":
            self.counted_ones_can_change_nothing(seed)

    @precondition(lambda self: self.phase == "answering")
    @rule(share=st.integers(1, 2), seed=seeds)
    def end_a_round(self, share: int, seed: int) -> None:
        self.crowd_answers(share, seed, 0)
        self.close_round(0)

    @precondition(lambda self: self.phase in ("lobby", "review"))
    @rule(seed=seeds)
    def hold_a_round_of_everybody(self, seed: int) -> None:
        self.crowd(34)
        self.open_round(0)
        self.end_a_round(1, seed)

    @precondition(lambda self: self.phase == "answering")
    @rule(grace=st.sampled_from((0, 0, 20)))
    def close_round(self, grace: int) -> None:
        self.act("close_round", grace=grace)
        if grace:
            self.saw("a round is about to close")
            self.model.closing = self.clock.now + grace
        else:
            self.model.finish_round()
        self.acted()

    @precondition(lambda self: self.phase == "answering")
    @rule()
    def think_better_of_closing(self) -> None:
        self.close_round(20)
        self.cancel_close()

    @precondition(lambda self: self.phase == "answering" and self.model.closing)
    @rule()
    def cancel_close(self) -> None:
        self.act("cancel_close")
        self.model.closing = None
        self.acted()

    @rule(level=st.sampled_from(("open", "blocks", "held")))
    def raise_protection(self, level: str) -> None:
        if self.phase in ("lobby", "review") and self.model.raise_to(level):
            self.act("raise_protection", level=level)
            self.acted()
        else:
            self.refused("raise", lambda: self.way.act(self.code, "raise_protection", {"level": level}))

    @rule()
    def reveal_dark(self) -> None:
        may = self.model.dark and any(one.taken for one in self.model.rounds.values()) and self.phase != "sealed"
        if not may:
            self.refused("reveal", lambda: self.way.act(self.code, "reveal_dark"))
        else:
            self.act("reveal_dark")
            self.model.revealed = True
            if any(item.counts for item in self.snapshot().items if item.pole in ("DD", "ID", "RD", "RI")):
                self.saw("R14: tables are revealed")
            self.acted()

    # collections

    @rule(kind=st.sampled_from(("edges", "directions")))
    def close_collection(self, kind: str) -> None:
        if kind not in self.model.collections:
            return self.refused(f"close_{kind}", lambda: self.way.act(self.code, f"close_{kind}"))
        self.act(f"close_{kind}")
        own = Counter(self.model.end(kind).values())
        if kind == "edges":
            shown = tuple((one.facet, one.n) for one in self.snapshot().edges)
            edges_are({**dict.fromkeys(FACETS, 0), **own}, shown, self.model.level)
            self.saw(f"R13: edges are {'shown' if shown else 'hidden'}")
            if "others" in dict(shown):
                self.saw("R13: edges of few are together")
        else:
            ways = own["up"], own["same"], own["down"]
            directions_are(ways, self.snapshot().directions or {}, self.model.level)
            told = (self.snapshot().directions or {}).get("D")
            self.saw(f"R13: directions are {'shown' if told else 'hidden'}")
        return self.acted()

    @precondition(lambda self: self.phase == "review")
    @rule(seed=seeds, finish=st.booleans())
    def collect_everything(self, seed: int, finish: bool) -> None:
        """After one more round, of all who are here."""
        self.open_round(0)
        if self.phase == "answering":
            self.end_a_round(1, seed)
            self.choose_edges(FEW_AND_MANY[seed % 3], 24)
            self.tell_directions(FEW_AND_MANY[seed % 2], 24)
            self.hold_a_word_wall(24, finish=finish)

    @precondition(lambda self: "edges" in self.model.collections)
    @rule(choices=st.lists(st.integers(0, 4), min_size=2, max_size=6) | st.sampled_from(FEW_AND_MANY),
          count=st.sampled_from((4, 6, 9, 24)))
    def choose_edges(self, choices: Sequence[int], count: int) -> None:
        self.crowd_enters("edges", choices, count)
        self.close_collection("edges")

    @precondition(lambda self: "directions" in self.model.collections)
    @rule(choices=st.lists(st.integers(0, 2), min_size=2, max_size=6) | st.sampled_from(FEW_AND_MANY),
          count=st.sampled_from((4, 24)))
    def tell_directions(self, choices: Sequence[int], count: int) -> None:
        self.crowd_enters("directions", choices, count)
        self.close_collection("directions")

    @precondition(lambda self: self.phase == "review" and not self.model.waiting)
    @rule(count=st.sampled_from((8, 24, 24)), finish=st.booleans())
    def hold_a_word_wall(self, count: int, finish: bool) -> None:
        self.goto("words")
        self.crowd_enters("words", range(5), count)
        if "words" in self.model.collections:
            self.close_words()
        if self.model.waiting and finish:
            self.approve_word(count, approved=True)
            self.finish_words()

    @precondition(lambda self: "words" in self.model.collections and not self.model.waiting)
    @rule()
    def close_words(self) -> None:
        self.act("close_words")
        self.model.close_words()
        if self.model.waiting:
            assert sorted(word.text for word in self.way.pending_words(self.code)) == self.model.pending
            self.saw("R13: words wait for the host")
        self.acted()

    @precondition(lambda self: self.model.waiting)
    @rule(place=st.integers(0, 4), approved=st.booleans())
    def approve_word(self, place: int, approved: bool) -> None:
        word = self.way.pending_words(self.code)[place % len(self.model.pending)]
        self.unseen(lambda: self.way.act(self.code, "approve_word", {"id": word.id, "approved": approved}))
        (self.model.approved.add if approved else self.model.approved.discard)(word.text)
        self.saw("host: approve_word")
        self.acted()

    @precondition(lambda self: self.model.waiting)
    @rule()
    def finish_words(self) -> None:
        self.act("finish_words")
        self.model.waiting = False
        self.model.end("words")
        assert sorted(self.snapshot().words or ()) == sorted(self.model.approved)
        if self.model.approved:
            self.saw("R13: approved words are shown")
        self.acted()

    # the end

    @precondition(lambda self: self.phase in ("lobby", "review"))
    @rule(sure=st.integers(0, 3))
    def seal(self, sure: int) -> None:
        if sure == 0:
            self.act("seal")
            self.model.seal()

    @precondition(lambda self: self.phase == "sealed")
    @rule(on=st.booleans())
    def archive(self, on: bool) -> None:
        self.act("archive", on=on)
        self.model.archived = on

    @rule(sure=st.integers(0, 3), level=LEVELS, context=CONTEXTS, dark=st.booleans(), grouped=st.booleans())
    def forget_workshop(self, sure: int, level: str, context: str, dark: bool, grouped: bool) -> None:
        if not sure or self.phase == "sealed":
            self.forgotten()
            self.made(level, context, dark, grouped)

    def forgotten(self) -> None:
        """Nothing of it is left."""
        self.saw(f"forgotten in {self.phase}")
        self.way.forget_workshop(self.code).result(10)
        for table in TABLES:
            assert self.rows(f"select count(*) from {table}") == [(0,)]
        assert self.sessions.vault.names() == ()
        assert isinstance(self.way.join(self.code, NAMES[0]).exception(10), Missing)
        self.model.phase = "gone"

    # the stage

    @rule(scene=st.sampled_from(SCENES))
    def goto(self, scene: str) -> None:
        if self.phase != "sealed":
            self.act("goto", scene=scene)
            self.model.scene, self.model.step = scene, self.model.step if scene == self.model.scene else 0
            self.acted()

    @precondition(lambda self: self.phase != "sealed")
    @rule(steps=st.sampled_from((-1, 1, 1, 1)), meant=st.sampled_from(("here", "here", "elsewhere", "")))
    def walk(self, steps: int, meant: str) -> None:
        """Of two consoles that press at once, the second one moves nothing."""
        model, action = self.model, "next" if steps > 0 else "back"
        if meant == "elsewhere":
            other = next(scene for scene in SCENES if scene != model.scene)
            return self.refused("moved on", lambda: self.way.act(self.code, action, {"from": other}))
        here = {"from": model.scene, "from_step": model.step} if meant else {}
        self.act(action, **here)
        model.walk(steps)
        return self.acted()

    @precondition(lambda self: self.phase != "sealed")
    @rule(what=st.sampled_from(("blank", "hold")))
    def cover(self, what: str) -> None:
        """On where it is off, off where it is on."""
        on = not (self.model.blank if what == "blank" else self.model.held)
        self.act(what, on=on)
        if what == "blank":
            self.model.blank = on
        else:
            self.model.held = on
            self.kept = self.on_stage() if on and not self.model.blank else ""
        self.acted()

    @precondition(lambda self: self.phase != "sealed")
    @rule(seconds=st.sampled_from((60, -30)))
    def extend(self, seconds: int) -> None:
        self.act("extend", seconds=seconds)
        self.acted()

    @rule(scene=st.sampled_from(SCENES))
    def note(self, scene: str) -> None:
        """A host's own words go into files only if the host wants it."""
        self.seen = ""
        self.sessions.note(self.code, scene, "planted-note").result(10)
        assert self.sessions.workshop(self.code).notes[scene] == "planted-note"
        assert "planted-note" not in self.outside()
        if any(one.final for one in self.model.rounds.values()):
            assert b"planted-note" not in exported(self.sessions, self.code, "json").body
        self.saw("host: note")
