"""What long lives must have met, each so often at least: every verb done, not only refused, and every rule biting.

What chance brings too seldom to be asked for, test_life_stories.py meets each time: a pooled table, an update that
fails, pictures of an open room that grow, somebody who is counted and leaves.
"""

from collections.abc import Mapping

HOST = ("open_lobby", "lock", "unlock", "let_in", "open_round", "close_round", "cancel_close", "next", "back", "goto",
        "blank", "hold", "extend", "raise_protection", "reveal_dark", "close_edges", "close_directions", "close_words",
        "approve_word", "finish_words", "seal", "archive", "note")
PHONE = ("join", "join again", "leave", "answer", "answer again", "withdraw", "edges", "edges again", "directions",
         "directions again", "words", "words again")
TIMES = ("a fresh key", "the clock is set back", "a leap seals nothing", "a workshop seals itself",
         "a round closes by itself", "a collection closes by itself", "a round is about to close",
         *(f"a new start in {phase}" for phase in ("lobby", "answering", "review")),
         *(f"forgotten in {phase}" for phase in ("lobby", "answering", "review", "sealed")))
RULES = (
    "R1: a table is held back", "R2: all points", "R2: 3 classes",
    "R2: 2 classes", "blocks: a release in mid-round", "R3: too few to come",
    "R3: a leftover is destroyed", "R4: a skip is counted", "R5: too few for anything", "R5: pole",
    "R5: plane", "R7: who is counted can change nothing", "R8: compared",
    "R8: not compared", "R9: groups are shown", "R9: groups are too small", "R12: finished goes in fives",
    "R13: edges are shown", "R13: edges are hidden", "R13: edges of few are together", "R13: directions are shown",
    "R13: directions are hidden", "R13: words wait for the host", "R13: approved words are shown",
    "R13: too few words", "R14: tables lie locked", "R14: tables are revealed", "phones see what the stage saw",
)
REFUSED = ("join", "answer", "withdraw", "edges", "directions", "words", "let_in", "raise", "reveal",
           "moved on", "open_round", "close_round", "cancel_close", "seal", "archive")
OFTEN = 2  # of each verb

MUST_SEE: Mapping[str, int] = {
    **{f"host: {verb}": OFTEN for verb in HOST}, **{f"phone: {verb}": OFTEN for verb in PHONE},
    **{f"refused: {verb}": OFTEN for verb in REFUSED}, **dict.fromkeys(TIMES, 1), **dict.fromkeys(RULES, 1),
}


def not_met(seen: Mapping[str, int]) -> dict[str, int]:
    """What was met too seldom, and how often it was."""
    return {what: seen.get(what, 0) for what, least in MUST_SEE.items() if seen.get(what, 0) < least}
