"""What phones do in a workshop's life, one by one and as a crowd."""

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from life_bench import NAMES, STRANGER
from life_records import Answers, Sent
from life_rules import GROUPS
from life_times import Times

FACETS = ("D2", "D4", "I1", "I2", "I5")
KINDS = ("edges", "directions", "words")
places = st.integers(0, 99)
seeds = st.integers(0, 9)


class Phones(Times):
    """People come, answer, change their minds, choose, and go."""

    def somebody(self, place: int) -> str:
        """Mostly somebody who is here, and of those first who has sent; now and then a stranger."""
        here = sorted(self.model.people, key=lambda name: (not self.model.people[name].finished, name))
        return [*here[:4], *here[-4:], STRANGER][place % (len(here[:4]) + len(here[-4:]) + 1)]

    @rule(place=places)
    def join(self, place: int) -> None:
        self.joins(self.somebody(place))

    @rule(count=st.integers(3, 34))
    def crowd(self, count: int) -> None:
        with self.showing_nothing():
            for name in NAMES[:count]:
                self.joins(name)

    def joins(self, name: str) -> None:
        if self.phase != "sealed" and self.model.may_join(name):
            self.unseen(lambda: self.way.join(self.code, name))
            self.saw("phone: join again" if name in self.model.people else "phone: join")
            self.model.join(name)
        else:
            self.refused("join", lambda: self.way.join(self.code, name))

    @rule(place=places)
    def leave(self, place: int) -> None:
        self.leaves(self.somebody(place))
        if place % 2:
            self.half_a_minute_later()

    @rule(count=st.integers(1, 4))
    def some_leave(self, count: int) -> None:
        """Those who have joined last."""
        for name in sorted(self.model.people)[-count:]:
            self.leaves(name)

    def leaves(self, name: str) -> None:
        if self.phase == "sealed":
            return self.refused("leave", lambda: self.way.leave(self.code, name))
        person = self.model.people.get(name)
        for kind, entered in self.model.collections.items():
            if name in entered and not (kind == "words" and self.model.waiting):
                self.taken_out(kind)
        if self.phase == "answering" and person is not None and person.finished and person.release is None:
            self.taken_out("answers")
        self.unseen(lambda: self.way.leave(self.code, name))
        if person is not None:
            counted = self.phase == "answering" and person.release is not None
            self.saw("R7: who is counted and leaves" if counted else "phone: leave")
        return self.model.leave(name)

    @rule(place=places, seed=seeds)
    def answer(self, place: int, seed: int) -> None:
        self.answers(self.somebody(place), seed)
        if place % 2:
            self.half_a_minute_later()

    @rule(share=st.integers(1, 4), seed=seeds, late=st.sampled_from((0, 4, 9)))
    def crowd_answers(self, share: int, seed: int, late: int) -> None:
        """One in so many, and of those not the last ones."""
        with self.showing_nothing():
            here = sorted(self.model.people)
            for place, name in enumerate(here[:max(0, len(here) - late)]):
                if place % share == 0 and self.model.may_answer(name):
                    self.answers(name, seed + place, GROUPS[place % (2 + seed % 3 * 3) == 0])

    @precondition(lambda self: self.phase == "answering")
    @rule(count=st.integers(1, 9), seed=seeds)
    def a_few_answer(self, count: int, seed: int) -> None:
        waiting = [name for name in sorted(self.model.people) if not self.model.people[name].finished]
        with self.showing_nothing():
            for name in waiting[:count]:
                self.answers(name, seed)
        self.tick()
        self.counted_ones_can_change_nothing(0)

    @precondition(lambda self: self.phase == "answering")
    @rule(count=st.integers(8, 12), seed=seeds)
    def a_block_answers(self, count: int, seed: int) -> None:
        """Each something else, and a second later there may be a release."""
        waiting = [name for name in sorted(self.model.people) if not self.model.people[name].finished]
        with self.showing_nothing():
            for place, name in enumerate(waiting[:count]):
                self.answers(name, seed + place)
        self.tick()
        self.counted_ones_can_change_nothing(0)

    @precondition(lambda self: self.phase == "answering")
    @rule(place=places)
    def counted_ones_can_change_nothing(self, place: int) -> None:
        """R7, of one of them."""
        counted = sorted(name for name, person in self.model.people.items() if person.release is not None)
        if counted:
            name = counted[place % len(counted)]
            self.answers(name, 3)
            self.refused("withdraw", lambda: self.way.withdraw(self.code, self.model.round, name))
            self.saw("R7: who is counted can change nothing")

    @precondition(lambda self: self.phase == "answering")
    @rule(place=places)
    def a_counted_one_leaves(self, place: int) -> None:
        """R7: and stays in every count, and cannot come back before the close."""
        counted = sorted(name for name, person in self.model.people.items() if person.release and not person.gone)
        if counted:
            name = counted[place % len(counted)]
            self.leaves(name)
            self.joins(name)
            self.answers(name, 3)

    def answers(self, name: str, seed: int, group: str | None = None) -> None:
        items = self.sessions.questionnaire(self.sessions.workshop(self.code)).ids
        answers: Answers = {item: (None, 1, 2, 3, 4, 5)[(seed * 7 + place * (1 + seed % 3)) % 6]
                            for place, item in enumerate(items)}
        self.sends(name, Sent(answers, group if self.model.grouped else None), skips_are_said=seed % 2 == 0)

    def sends(self, name: str, sent: Sent, *, skips_are_said: bool = True) -> None:
        """A skip may be said, or just left out."""
        told = {item: point for item, point in sent.answers.items() if skips_are_said or point is not None}
        def ask() -> Any:
            return self.way.answer(self.code, max(1, self.model.round), name, told, sent.group)
        if self.phase == "answering" and self.model.may_answer(name):
            again = self.model.people[name].finished
            if again:
                self.taken_out("answers")
            self.unseen(ask)
            self.saw("phone: answer again" if again else "phone: answer")
            self.model.answer(name, sent)
        elif self.model.round or self.phase != "lobby":
            self.refused("answer", ask)

    @rule(place=places)
    def withdraw(self, place: int) -> None:
        self.withdraws(self.somebody(place))
        if place % 2:
            self.half_a_minute_later()

    def withdraws(self, name: str) -> None:
        def ask() -> Any:
            return self.way.withdraw(self.code, self.model.round, name)
        if self.phase == "answering" and self.model.may_answer(name):
            if self.model.people[name].finished:
                self.taken_out("answers")
                self.saw("phone: withdraw")
            self.unseen(ask)
            self.model.answer(name, None)
        elif self.model.round:
            self.refused("withdraw", ask)

    @rule(place=places, kind=st.sampled_from(KINDS), choice=st.integers(0, 4))
    def enter(self, place: int, kind: str, choice: int) -> None:
        self.enters(self.somebody(place), kind, choice)
        if place % 2:
            self.half_a_minute_later()

    @rule(kind=st.sampled_from(KINDS), choices=st.lists(st.integers(0, 4), min_size=2, max_size=5),
          count=st.integers(2, 30))
    def crowd_enters(self, kind: str, choices: Sequence[int], count: int) -> None:
        """One choice after the other, and over again; the first one thinks better of it."""
        if kind in self.model.collections and not (kind == "words" and self.model.waiting):
            with self.showing_nothing():
                for place, name in enumerate(sorted(self.model.people)[:count]):
                    self.enters(name, kind, choices[place % len(choices)])
            for name in sorted(self.model.people)[:1]:
                self.enters(name, kind, choices[-1])

    def enters(self, name: str, kind: str, choice: int) -> None:
        ask, value = self.entry(name, kind, choice)
        may = name in self.model.people and not self.model.people[name].gone
        if may and kind in self.model.collections and not (kind == "words" and self.model.waiting):
            if name in self.model.collections[kind]:
                self.taken_out(kind)
                self.saw(f"phone: {kind} again")
            self.unseen(ask)
            self.saw(f"phone: {kind}")
            self.model.collections[kind][name] = value
            self.model._stir()
        elif self.model.round:
            self.refused(kind, ask)

    def entry(self, name: str, kind: str, choice: int) -> tuple[Callable[[], Any], str]:
        way, code, round = self.way, self.code, max(1, self.model.round)
        value = {"edges": FACETS[choice], "directions": ("up", "same", "down")[choice % 3],
                 "words": f"planted-word-{round}-{choice}"}[kind]
        ask = {"edges": lambda: way.choose_edge(code, round, name, value),
               "directions": lambda: way.tell_direction(code, round, name, {"D": value, "I": "up"}),
               "words": lambda: way.say_word(code, round, name, value)}[kind]
        return ask, value
