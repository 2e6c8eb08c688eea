"""One whole life of a workshop as a list of verbs, each of which leaves the same state in every run."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.rooms import Clock
from workshop.sessions import Sessions
from workshop.sessions.duties import Duties

PEOPLE = 24
MOST = 30
TOKENS = tuple(f"token-of-phone-{number:02}" for number in range(MOST))
WORDS = ("hope", "tired", "Hope", "near", "far")


@dataclass
class Stand:
    """What the verbs work on; `code` of the workshop under way."""

    sessions: Sessions
    clock: Clock
    code: str = ""

    def act(self, action: str, **parameters: Any) -> None:
        self.sessions.act(self.code, action, parameters, trusted=True).result(20)

    @property
    def items(self) -> tuple[str, ...]:
        return self.sessions.questionnaire(self.sessions.workshop(self.code)).ids


Step = tuple[str, Callable[[Stand], object]]


def whole_life() -> list[Step]:
    """Every verb that touches a key or an entry, in blocks, with two rounds, collections and the end."""
    return [
        ("create", _create), does("open_lobby"), *[joins(one) for one in range(PEOPLE)], _leaves(3), joins(3),
        does("open_round"), does("goto", scene="light"), *[answers(one, 1) for one in range(8)], ("grow", _tick),
        *[answers(one, 1) for one in range(8, 16)], answers(9, 1, salt=1), _withdraws(10), _leaves(0), _leaves(11),
        ("fresh key", _later), answers(10, 1), *[answers(one, 1) for one in range(16, PEOPLE)],
        does("close_round", grace=20), does("cancel_close"), does("close_round"),
        *[_chooses(one) for one in range(1, 10)], does("goto", scene="words"),
        *[_says(one) for one in (*range(1, 11), *range(12, 17))], _leaves(5), ("fresh key", _later),
        does("close_words"), ("approve", _approve), does("finish_words"),
        does("reveal_dark"), does("open_round"),
        *[answers(one, 2) for one in (*range(1, 5), *range(6, 11), *range(12, 18))],
        _withdraws(2), ("fresh key", _later), does("close_round"), *[_turns(one) for one in range(12, 20)],
        does("close_directions"), does("seal"), ("another", _create), ("forget", _forget), ("rewrite", _rewrite),
    ]


def _create(stand: Stand) -> None:
    fields = {"title": "A room", "protection": "blocks", "words": True, "checklist": True}
    stand.code = stand.sessions.create(fields).result(20).code


def does(action: str, **parameters: Any) -> Step:
    return action, lambda stand: stand.act(action, **parameters)


def joins(one: int) -> Step:
    return f"join {one}", lambda stand: stand.sessions.join(stand.code, TOKENS[one]).result(20)


def _leaves(one: int) -> Step:
    return f"forget {one}", lambda stand: stand.sessions.leave(stand.code, TOKENS[one]).result(20)


def answers_of(items: Sequence[str], one: int, round: int, salt: int = 0) -> dict[str, int | None]:
    """What a phone sends in a round."""
    rng = random.Random(f"{one} {round} {salt}")
    return {item: rng.choice((None, 1, 2, 3, 4, 5)) for item in items}


def answers(one: int, round: int, salt: int = 0) -> Step:
    return f"answer {one}", lambda stand: stand.sessions.answer(
        stand.code, round, TOKENS[one], answers_of(stand.items, one, round, salt)).result(20)


def _withdraws(one: int) -> Step:
    return f"withdraw {one}", lambda stand: stand.sessions.withdraw(
        stand.code, stand.sessions.workshop(stand.code).round, TOKENS[one]).result(20)


def _chooses(one: int) -> Step:
    return f"edge {one}", lambda stand: stand.sessions.choose_edge(
        stand.code, 1, TOKENS[one], f"{'DI'[one % 2]}{one % 3 + 1}").result(20)


def _says(one: int) -> Step:
    return f"word {one}", lambda stand: stand.sessions.say_word(
        stand.code, 1, TOKENS[one], WORDS[one % len(WORDS)]).result(20)


def _turns(one: int) -> Step:
    way = ("up", "same", "down")[one % 3]
    return f"direction {one}", lambda stand: stand.sessions.tell_direction(
        stand.code, 2, TOKENS[one], {"D": way, "I": "up"}).result(20)


def _tick(stand: Stand) -> None:
    stand.sessions.telling.stir(stand.code, counting=False)
    Duties(stand.sessions).tick()


def _later(stand: Stand) -> None:
    stand.clock.move(31)
    Duties(stand.sessions).look()


def _approve(stand: Stand) -> None:
    word = next(one for one in stand.sessions.pending_words(stand.code) if one.text == "near")
    stand.act("approve_word", id=word.id, approved=True)


def _forget(stand: Stand) -> None:
    stand.sessions.forget_workshop(stand.code).result(20)


def _rewrite(stand: Stand) -> None:
    stand.sessions.store.rewrite_if_due()
    stand.sessions.store.transact(lambda tx: None).result(20)
    stand.sessions.store.workshops()  # waits until the file is swapped in
