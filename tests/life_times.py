"""What time does to a workshop's life: seconds, days, steps and leaps of the clock, and a new start."""

from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from life_bench import Bench
from life_records import DAY

from workshop.sessions.duties import Duties

FRESH_KEY_AFTER = 30  # seconds; docs/privacy.md promises a minute


class Times(Bench):
    """Duties are done when the clock is moved, by a process that has just looked for the first time."""

    @rule()
    def tick(self) -> None:
        """A second goes by: the room is told, and where pictures grow they may."""
        duties = Duties(self.sessions)
        duties._looked = self.clock.now
        self.sessions.telling._told_at.clear()
        duties.tick()
        self.settled()
        self.seen = ""
        self.model.tick()
        self.everybody_is_told_the_same_counts()

    def everybody_is_told_the_same_counts(self) -> None:
        """By now; the host is told no more than the room, and phones what does not change in a round."""

    @rule(seconds=st.sampled_from((1, 31, 3_600, DAY + 1, 8 * DAY, -7_200, -2 * DAY)))
    def time_goes_by(self, seconds: float) -> None:
        self.clock.move(seconds)
        self.model.now = self.clock.now
        Duties(self.sessions).look()
        self.looked(steady=True)
        if seconds < 0:
            self.saw("the clock is set back")

    def half_a_minute_later(self) -> None:
        self.time_goes_by(31)

    @precondition(lambda self: self.phase != "sealed")
    @rule(seconds=st.sampled_from((3_600, 8 * DAY, 30 * DAY, -8 * DAY)))
    def the_clock_leaps(self, seconds: float) -> None:
        """While a process runs: it cannot know which of the two is right, and does nothing that cannot be undone."""
        duties = Duties(self.sessions)
        duties.look()
        self.looked(steady=True)
        if self.phase != "sealed":
            self.clock.move(seconds)
            self.model.now = self.clock.now
            duties.look()
            self.looked(steady=False)

    def looked(self, *, steady: bool) -> None:
        """What was due has happened, in the model too; keys that had to go are gone."""
        self.settled()
        self.seen = ""
        self.model.look(steady=steady)
        now = self.clock.now
        self.none_of_these_opens([key for key, since in self.stale.items() if not 0 <= now - since < FRESH_KEY_AFTER])

    @rule()
    def restart(self) -> None:
        before = self.outside()
        self.sessions.store.close()
        self.reopen()
        assert self.outside() == before
        Duties(self.sessions).settle()
        self.settled()
        self.seen = ""
        self.none_of_these_opens(list(self.stale))
        self.model.look()
        self.model.stirred = False
        self.model._stir()
        self.saw(f"a new start in {self.phase}")

    def none_of_these_opens(self, stale: Sequence[str]) -> None:
        assert not set(stale) & set(self.sessions.vault.names())
        for key in stale:
            self.saw("a fresh key")
            del self.stale[key]
