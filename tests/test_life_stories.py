"""Lives of workshops that are told in advance, so that every verb and every rule is met in each of them that matters.

They are lived by the machine of test_life.py: after each step everything is looked at that has always to be so.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from life_bench import NAMES
from life_lives import Life
from life_records import DAY, Sent
from life_rules import GROUPS


class Story:
    """A life of which each step is told; what has always to be so is looked at after it."""

    def __init__(self) -> None:
        self.life = Life()

    def __getattr__(self, verb: str) -> Callable[..., None]:
        return partial(self.step, verb)

    def step(self, verb: str, *told: Any, **more: Any) -> None:
        getattr(self.life, verb)(*told, **more)
        if self.life.phase not in ("draft", "gone"):
            self.life.all_is_well()

    def everybody_answers(self, point: Callable[[int, int], int | None]) -> None:
        """By place in the room and number of the statement; every other one is of the other group."""
        items = self.life.sessions.questionnaire(self.life.sessions.workshop(self.life.code)).ids
        with self.life.showing_nothing():
            for place, name in enumerate(sorted(self.life.model.people)):
                answers = {item: point(place, number) for number, item in enumerate(items)}
                self.life.sends(name, Sent(answers, GROUPS[place % 2] if self.life.model.grouped else None))
        self.life.all_is_well()

    def a_round(self, seed: int) -> None:
        """In which everybody answers who is here."""
        self.open_round(0)
        self.end_a_round(1, seed)

    def saw(self, *what: str) -> None:
        """That the story was about what it is meant to be about."""
        assert [one for one in what if not self.life.sights[one]] == []


@pytest.fixture
def life() -> Iterator[Story]:
    story = Story()
    yield story
    story.life.teardown()


def test_doors_and_scenes_of_a_room_that_seals_itself(life):
    life.drafted("blocks", "team", dark=True, grouped=False)
    life.everything_out_of_phase()
    life.opened()
    life.everything_out_of_phase()
    life.crowd(6)
    life.joins(NAMES[0])
    life.door("let_in", seats=2, come=3)
    life.door("lock", seats=1, come=1)
    life.door("let_in", seats=3, come=1)
    life.door("lock", seats=1, come=1)
    life.door("unlock", seats=1, come=1)
    for steps, meant in ((1, "here"), (1, ""), (1, "elsewhere"), (-1, "here"), (-1, "here")):
        life.walk(steps, meant)
    life.goto("light")
    life.walk(-1, "")
    life.extend(60)
    life.reveal_dark()
    life.raise_protection("open")
    life.raise_protection("blocks")
    life.raise_protection("held")
    life.restart()
    for seconds in (3_600, DAY + 1, -2 * DAY):
        life.time_goes_by(seconds)
    life.the_clock_leaps(8 * DAY)
    life.saw("a leap seals nothing")
    life.time_goes_by(1)
    life.saw("a workshop seals itself")
    life.everything_out_of_phase()
    life.joins(NAMES[0])
    life.archive(True)
    life.restart()
    life.forgotten()


def test_partners_are_four_couples(life):
    life.made("held", "partner", dark=False, grouped=False)
    life.crowd(7)
    life.open_round(0)
    life.crowd(8)
    life.open_round(0)
    life.crowd_answers(1, 3, 1)
    life.close_round(0)
    life.crowd_enters("edges", [0, 0, 1], 8)
    life.close_collection("edges")
    life.open_round(0)
    life.crowd_answers(1, 3, 0)
    life.close_round(0)


def test_a_round_in_which_people_change_their_minds(life):
    life.made("held", "team", dark=True, grouped=False)
    life.crowd(12)
    life.cover("blank")
    life.goto("light")
    life.cover("blank")
    life.open_round(72)
    life.everything_out_of_phase()
    life.crowd_answers(1, 0, 3)
    for step in (partial(life.answers, NAMES[0], 5), partial(life.withdraws, NAMES[1]), partial(life.leaves, NAMES[2])):
        step()
        life.half_a_minute_later()
    life.saw("a fresh key")
    life.answers(NAMES[3], 8)
    life.withdraws(NAMES[1])
    life.joins(NAMES[2])
    life.restart()
    life.tick()
    life.time_goes_by(-7_200)
    life.close_round(20)
    life.cancel_close()
    life.half_a_minute_later()
    life.close_round(20)
    life.the_clock_leaps(3_600)
    life.everything_out_of_phase()
    life.answers(NAMES[0], 5)
    life.note("light")
    life.restart()
    life.the_clock_leaps(8 * DAY)
    life.seal(0)
    life.everything_out_of_phase()


def test_a_round_left_alone_closes_and_so_does_what_is_collected(life):
    life.made("held", "team", dark=False, grouped=False)
    life.crowd(12)
    life.open_round(0)
    life.crowd_answers(1, 1, 0)
    life.time_goes_by(3_600)
    life.time_goes_by(DAY + 1)
    life.enters(NAMES[0], "edges", 2)
    life.goto("words")
    life.crowd_enters("words", range(5), 12)
    life.close_words()
    life.time_goes_by(DAY + 1)
    life.open_round(1)
    life.crowd_answers(1, 2, 0)
    life.time_goes_by(3_600)
    life.open_round(0)
    life.time_goes_by(8 * DAY)
    life.saw("a round closes by itself", "a collection closes by itself")
    life.forgotten()


def test_edges_directions_and_words(life):
    life.made("held", "team", dark=False, grouped=False)
    life.crowd(12)
    life.a_round(1)
    life.enters(NAMES[0], "directions", 0)
    life.enters(NAMES[0], "edges", 0)
    life.enters(NAMES[0], "edges", 1)
    life.half_a_minute_later()
    life.leaves(NAMES[0])
    life.half_a_minute_later()
    life.enters(NAMES[2], "edges", 3)
    life.choose_edges([0, 0, 1, 1, 2, 0, 1], 7)
    life.enters(NAMES[1], "edges", 0)
    life.hold_a_word_wall(11, finish=False)
    life.enters(NAMES[1], "words", 0)
    life.enters(NAMES[11], "words", 0)
    life.leaves(NAMES[1])
    life.approve_word(0, approved=True)
    life.approve_word(1, approved=True)
    life.approve_word(1, approved=False)
    life.time_goes_by(DAY + 1)
    life.restart()
    life.finish_words()
    life.goto("close")
    life.goto("words")
    for choices, count in (([0, 1], 4), ([0], 10), ([0, 0, 0, 1, 2], 5), ([0, 1, 2, 3, 4], 6)):
        life.open_round(0)
        life.close_round(0)
        life.tell_directions([0, 0, 1, 2, 2], count)
        life.choose_edges(choices, count)
    life.open_round(0)
    life.close_round(0)
    life.enters(NAMES[2], "directions", 1)
    life.enters(NAMES[2], "directions", 2)
    life.half_a_minute_later()
    life.tell_directions([0, 0, 0, 1, 1, 2, 2, 0], 8)
    life.hold_a_word_wall(8, finish=True)
    life.saw("R13: edges are shown", "R13: edges are hidden", "R13: edges of few are together",
             "R13: directions are shown", "R13: directions are hidden", "R13: approved words are shown",
             "R13: too few words", "a fresh key")
    life.open_round(0)
    life.close_round(0)
    life.enters(NAMES[3], "edges", 3)
    life.enters(NAMES[3], "directions", 0)
    life.seal(0)


def test_pictures_that_grow_while_people_answer(life):
    life.made("blocks", "team", dark=True, grouped=False)
    life.crowd(30)
    life.open_round(0)
    life.everything_out_of_phase()
    life.joins(NAMES[31])
    life.a_block_answers(8, 0)
    life.goto("light")
    life.tick()
    life.a_counted_one_leaves(0)
    life.a_few_answer(3, 1)
    life.restart()
    life.counted_ones_can_change_nothing(1)
    life.a_block_answers(8, 2)
    life.saw("blocks: a release in mid-round", "R3: too few to come", "R7: who is counted can change nothing",
             "R7: who is counted and leaves", "R12: finished goes in fives", "R2: 2 classes")
    life.leaves(NAMES[29])
    life.close_round(0)
    life.joins(NAMES[0])
    life.enters(NAMES[3], "edges", 1)
    life.forgotten()


def test_what_is_left_over_and_what_came_at_once(life):
    life.made("blocks", "team", dark=True, grouped=True)
    life.crowd(34)
    life.goto("light")
    life.open_round(0)
    for seed in (0, 1, 5):
        life.a_block_answers(8, seed)
    life.close_round(0)
    life.saw("R1: an update fails, its table stays", "R1: a table is held back")
    life.open_round(0)
    life.a_block_answers(9, 0)
    life.a_few_answer(7, 1)
    life.close_round(0)
    life.saw("R3: a leftover is destroyed")
    life.open_round(0)
    life.crowd_answers(1, 0, 0)
    life.tick()
    life.close_round(0)
    life.saw("R9: groups are shown")
    life.open_round(0)
    life.crowd_answers(1, 0, 22)
    life.tick()
    life.crowd_answers(1, 0, 0)
    life.tick()
    life.close_round(0)
    life.saw("R9: no groups of several releases")
    life.door("lock", seats=1, come=1)
    life.open_round(0)
    life.close_round(0)
    life.joins(NAMES[33])


def test_a_small_room_in_blocks_has_one_release(life):
    life.made("blocks", "team", dark=False, grouped=False)
    life.crowd(18)
    life.goto("light")
    life.open_round(0)
    life.crowd_answers(1, 0, 0)
    life.tick()
    life.close_round(0)
    life.raise_protection("held")
    life.open_round(0)
    life.crowd_answers(1, 0, 11)
    life.close_round(0)
    life.saw("R5: too few for anything")


def test_rooms_that_grow_and_shrink_from_round_to_round(life):
    life.made("held", "team", dark=True, grouped=False)
    life.goto("dark")
    for people, gone in ((4, 0), (7, 0), (9, 0), (13, 0), (13, 1), (14, 5), (19, 0), (24, 1)):
        life.crowd(people)
        life.open_round(0)
        life.everybody_answers(lambda place, number: 1 + (place * (number + 1) + place // 3) % 5 if place > 1 else None)
        life.close_round(0)
        life.tick()
        if gone:
            life.some_leave(gone)
        if people == 7:
            life.cover("hold")
            life.goto("light")
        if people == 9:
            life.cover("hold")
            life.goto("plane")
        if people == 14:
            life.cover("blank")
            life.goto("light")
            life.goto("plane")
            life.cover("blank")
    life.restart()
    life.goto("then_now")
    life.reveal_dark()
    life.goto("dark")
    life.goto("light")
    life.saw("R5: pooled", "R5: pole", "R5: plane", "R8: compared", "R8: not compared", "R2: 3 classes",
             "R1: a table is held back", "R2: all points", "R4: a skip is counted", "phones see what the stage saw")
    life.open_round(0)
    life.crowd_answers(1, 5, 0)
    life.close_round(0)
    life.seal(0)


def test_groups_of_a_room(life):
    life.made("held", "team", dark=False, grouped=True)
    life.crowd(34)
    for seed, late, of_no_group in ((0, 4, 4), (0, 0, 0), (1, 0, 0), (0, 9, 0)):
        life.open_round(0)
        life.crowd_answers(1, seed, late)
        for name in NAMES[33 - of_no_group:33]:
            life.answers(name, seed)
        life.close_round(0)
    life.saw("R9: groups are shown", "R9: groups are too small")
    life.open_round(0)
    life.everybody_answers(lambda place, number: 5 if place % 2 and number < 2 else 1 + (place + number) % 5)
    life.close_round(0)


def test_an_open_room_tells_at_once_until_it_is_better_protected(life):
    life.made("open", "team", dark=True, grouped=True)
    life.crowd(34)
    life.open_round(0)
    life.a_few_answer(2, 0)
    life.a_few_answer(1, 1)
    life.a_few_answer(1, 2)
    life.saw("open: a release in mid-round")
    life.goto("dark")
    life.reveal_dark()
    life.crowd_answers(1, 0, 0)
    life.tick()
    life.close_round(0)
    life.raise_protection("blocks")
    life.raise_protection("held")
    life.raise_protection("open")
    life.open_round(0)
    life.crowd_answers(1, 4, 27)
    life.close_round(0)
