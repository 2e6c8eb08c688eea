"""Short names for what the phone's scripts call their own, given as they go out: some four per cent of the page.

Only names that stand for themselves and for nothing else: never a member, a key, or a word in quotes. A test takes the
scripts apart and holds every one to that. What looking into a page by hand needs (state, draft, words…) keeps its name.
"""

import re

_OWN = re.findall(r"\w+", """
make button copy busy wrong item side grow told event plainPage byId fresh seed trouble line step slots inside
heading keep kept erase soon lights rest stands more prefix insist before deck leans node small trying over json
boxes where what field memory eraseAll looked done passed heads steps leaving mean delivering paint chosen
refused shelf looking again path timer reply queue nudge adopt listen wake cards change posting fetching views
waits left joinButton LIGHT_LINE points across ways deliver seen classes skew slept later attempt settle passing
hears tick light peace half other forward passes forget gather moved inlined shadow shadows named within
compared places scored tell typed signals helps keeping shown evened
beating clocking notes TWELVE_WEEKS TWO_HOURS nextPerson openMine withdraw outside reopen spoken
""")
_LETTERS = "ABCEFGHJKLMNOPQRSTUVWXYZ"  # not D and I, the two sides
SHORT = dict(zip(_OWN, (*_LETTERS, *(first + last for last in "abcdefgh" for first in _LETTERS)), strict=False))
_TEXT_OR_NAME = re.compile(rf"('(?:[^'\\\n]|\\.)*')|(?<![\w$])(?<!(?<!\.\.)\.)({'|'.join(SHORT)})(?!\w)")


def shortened(script: str) -> str:
    """The same script with its own names short."""
    return _TEXT_OR_NAME.sub(lambda found: found[1] or SHORT[found[2]], script)
