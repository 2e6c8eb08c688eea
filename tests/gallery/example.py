"""The example that a first start shows, held by simulated people: `python -m tests.gallery.example` makes it anew.

To be done when the words of the inventory change: a summary is only taken in with the very same statements.
"""

import random
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import stage_samples as samples
from tests.rooms import Clock, Room, new_room, sessions_in
from workshop.sessions.example import FILE
from workshop.takehome import exported

PEOPLE = 26
TITLE = "An example: the boat builders"
NOTES = {"light": "Long silence at “asking for help”, then laughter. Come back to it in the pairs.",
         "prompt": "“I ask late, and then in a hurry.” Several nodded.",
         "edges": "We look at the small steps again in six weeks."}
WORDS = ("lighter", "curious", "a bit shy", "together", "grateful", "asking", "calm", "braver", "lighter",
         "room to breathe", "heard", "quiet", "hopeful", "together", "patient")
EDGES = tuple(Counter({"D4": 5, "I5": 5, "D7": 4, "D6": 3, "I8": 3, "D5": 2, "I3": 2, "D1": 1, "I7": 1}).elements())


def main() -> None:
    """Writes the file anew."""
    with TemporaryDirectory() as folder, sessions_in(Path(folder), Clock()) as sessions:
        room = new_room(sessions, Clock(), PEOPLE, title=TITLE, words=True, helpline="A colleague outside the team",
                        agenda="90")
        for scene, text in NOTES.items():
            sessions.note(room.code, scene, text).result()
        hold(room, 24)
        room.act("goto", scene="words")
        for token, word in zip(room.tokens, WORDS, strict=False):
            sessions.say_word(room.code, 1, token, word).result()
        room.act("close_words")
        for word in sessions.pending_words(room.code):
            room.act("approve_word", id=word.id, approved=True)
        room.act("finish_words")
        hold(room, 24, lift=0.05)
        dice = random.Random(3)
        for token in room.tokens:
            ways = {axis: dice.choice(("up", "same", "same", "down")) for axis in "DI"}
            sessions.tell_direction(room.code, 2, token, ways).result()
        room.act("close_directions")
        room.act("seal")
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_bytes(exported(sessions, room.code, "json", tuple(NOTES)).body)


def hold(room: Room, seed: int, lift: float = 0.0) -> None:
    """One round with its edges; `lift` lets everybody say a little more often."""
    room.act("open_round")
    asked = room.sessions.questionnaire(room.workshop)
    usual = dict(samples.LEANING)
    samples.LEANING.update({pole: share + lift for pole, share in usual.items()})
    people = samples.answers(PEOPLE, asked, seed)
    samples.LEANING.update(usual)
    for token, answers in zip(room.tokens, people, strict=True):
        room.answer(token, {id: point or None for id, point in answers.items()})
    room.act("close_round")
    if not room.workshop.revealed:
        room.act("reveal_dark")
    for token, facet in zip(room.tokens, EDGES, strict=True):
        room.sessions.choose_edge(room.code, room.workshop.round, token, facet).result()
    room.act("close_edges")


if __name__ == "__main__":
    main()
