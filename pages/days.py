"""Days and times as people say them."""

from datetime import date, datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from pages.words import locale, say


def zone() -> tzinfo | None:
    """Where the console's browser is; None for this machine's own time."""
    try:
        return ZoneInfo(st.context.timezone) if st.context.timezone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def day_of(iso: str) -> str:
    """ "12 October" for 2026-10-12."""
    day = date.fromisoformat(iso)
    return say("days.day", day=day.day, month=locale().lines("console.days.months")[day.month - 1])


def moment(epoch: float) -> str:
    """ "12 October, 14:30" in the browser's time."""
    at = datetime.fromtimestamp(epoch, zone())
    return say("days.moment", day=day_of(at.date().isoformat()), time=at.strftime("%H:%M"))


def local(when: float | str) -> datetime:
    """A moment, or the start of a day, where the browser is."""
    return datetime.fromtimestamp(when, zone()) if isinstance(when, float) else datetime.fromisoformat(when)


def epoch_of(day: date | None, at: time | None) -> float | None:
    """The moment that a day and a time mean where the browser is; midnight at the day's end without a time."""
    return datetime.combine(day, at or time(23, 59), zone()).timestamp() if day else None


def after_sealing(months: int) -> str:
    """ "24 months after sealing". """
    return say("days.month_after") if months == 1 else say("days.months_after", n=months)
