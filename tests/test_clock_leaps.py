"""A clock that leaps years ahead takes nothing away that cannot be given back."""

from dataclasses import replace

import pytest
from rooms import Clock, Room

from workshop.errors import Invalid, WorkshopError
from workshop.room import Phase
from workshop.sessions.duties import DAY, MONTH, SURE_AFTER, Duties
from workshop.sessions.steady import LEAP, SETTLED, Steady
from workshop.settings import read_settings

YEARS = 800 * DAY
KEPT_FOR = 24 * MONTH


def looks(room: Room) -> None:
    """A look of a process that has just been started."""
    Duties(room.sessions).look()


def there(room: Room) -> bool:
    """Whether the workshop is still there."""
    try:
        return room.workshop is not None
    except WorkshopError:
        return False


@pytest.fixture
def passed() -> Clock:
    """The time that has passed, which no hand can set."""
    return Clock(0.0)


@pytest.fixture
def sealed(lobby: Room) -> Room:
    """A room that is over."""
    lobby.act("seal")
    return lobby


def test_a_clock_that_runs_is_steady_and_one_that_leaps_is_not_for_an_hour(passed):
    steady = Steady(passed)
    now = 1_000.0
    assert steady.look(now)
    for leap in (LEAP + 1, -LEAP - 1, YEARS, -YEARS):
        passed.move(1)
        now += 1 + leap
        assert not steady.look(now)
        passed.move(SETTLED - 1)
        now += SETTLED - 1
        assert not steady.look(now)
        passed.move(1)
        now += 1
        assert steady.look(now)


def test_a_running_room_is_not_sealed_when_the_clock_leaps(lobby, clock, passed):
    duties = Duties(lobby.sessions)
    duties._steady = Steady(passed)
    duties.look()
    clock.move(YEARS)
    passed.move(1)
    duties.look()
    assert lobby.workshop.phase == Phase.LOBBY
    clock.move(-YEARS)
    duties.look()
    assert lobby.workshop.phase == Phase.LOBBY


def test_a_room_that_is_overdue_is_sealed_an_hour_after_the_laptop_woke(lobby, clock, passed):
    duties = Duties(lobby.sessions)
    duties._steady = Steady(passed)
    duties.look()
    clock.move(8 * DAY)
    duties.look()
    for _ in range(2):
        clock.move(SETTLED)
        passed.move(SETTLED)
        duties.look()
    assert lobby.workshop.phase == Phase.SEALED


def test_an_archive_outlives_a_start_with_the_clock_years_ahead(sealed, clock):
    clock.move(YEARS)
    looks(sealed)
    assert there(sealed)
    clock.move(-YEARS)
    looks(sealed)
    clock.move(YEARS + SURE_AFTER)
    looks(sealed)
    assert there(sealed), "the look in between found it young"


def test_an_archive_is_forgotten_once_two_looks_a_week_apart_find_it_too_old(sealed, clock):
    clock.move(KEPT_FOR + 1)
    looks(sealed)
    clock.move(SURE_AFTER - 1)
    looks(sealed)
    assert there(sealed)
    clock.move(2)
    looks(sealed)
    assert not there(sealed)


def test_a_first_look_that_lies_ahead_counts_for_nothing(sealed, clock):
    clock.move(KEPT_FOR + YEARS)
    looks(sealed)
    clock.move(-YEARS)
    looks(sealed)
    clock.move(SURE_AFTER - 1)
    looks(sealed)
    assert there(sealed)
    clock.move(2)
    looks(sealed)
    assert not there(sealed)


@pytest.mark.parametrize("months", [1, 3, 120])
def test_an_archive_is_kept_as_long_as_the_setting_says(sealed, clock, months):
    sealed.sessions.settings = replace(sealed.sessions.settings, archive_months=months)
    clock.move(months * MONTH - SURE_AFTER)
    looks(sealed)
    clock.move(SURE_AFTER - 1)
    looks(sealed)
    assert sealed.workshop.expiring is None
    clock.move(2)
    looks(sealed)
    clock.move(SURE_AFTER + 1)
    looks(sealed)
    assert not there(sealed)


@pytest.mark.parametrize("text", ["0", "121", "-1", "2.5", "two", "٣", "9" * 40])
def test_an_archive_cannot_be_kept_for_no_time_or_for_ever(text):
    with pytest.raises(Invalid, match="from 1 to 120"):
        read_settings({"BOTHAND_ARCHIVE_MONTHS": text})


def test_without_a_setting_an_archive_is_kept_two_years():
    assert read_settings({}).archive_months * MONTH == 730 * DAY
