"""The lives of workshops: any, those in blocks, and those that are reached over HTTP."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize
from life_always import Always
from life_host import CONTEXTS, LEVELS
from life_records import Person
from life_routes import Routes
from rooms import open_sessions


class Life(Always):
    """One workshop after another in one database."""

    @initialize(level=LEVELS, context=CONTEXTS, dark=st.booleans(), grouped=st.booleans(),
                people=st.sampled_from((0, 6, 12, 24)))
    def begun(self, level: str, context: str, dark: bool, grouped: bool, people: int) -> None:
        self.made(level, context, dark, grouped)
        self.crowd(people)


class LifeInBlocks(Always):
    """The same where pictures grow while people answer."""

    @initialize(dark=st.booleans(), people=st.integers(19, 34), late=st.sampled_from((4, 9, 11, 19)))
    def begun(self, dark: bool, people: int, late: int) -> None:
        self.made("blocks", "team", dark, grouped=False)
        self.crowd(people)
        self.begin_a_round("light", 1, people, late)


class LifeOverHTTP(Life):
    """The same as everybody else reaches it: phones with a script and without, the host's key, the stage."""

    def __init__(self) -> None:
        super().__init__()
        self.way: Any = Routes(self.sessions)

    def teardown(self) -> None:
        self.way.close()
        super().teardown()

    def reopen(self) -> None:
        self.sessions = open_sessions(self.folder, self.clock)
        self.way.open(self.sessions)

    def outside(self) -> str:
        return self.way.outside(self.code, self.model.round, sealed=self.phase == "sealed")

    def secrets(self) -> list[str]:
        return list(self.way.phones.values())

    def on_stage(self) -> str:
        return self.way._stage(f"/api/workshops/{self.code}/stage?theme=dark").replace('"hold": false', '"hold": true')

    def seat_is_right(self, name: str, person: Person | None) -> None:
        if self.phase != "sealed":
            here = person is not None and not person.gone
            sent = here and person is not None and person.finished
            assert self.way.seat_in(self.code, name) == {
                "joined": here, "sent": sent, "frozen": person is not None and person.release is not None}
