"""Rehearse with simulated phones: a room of its own, and a process beside this one that plays the phones."""

import os
import subprocess
import sys

import streamlit as st

from pages import tongue
from pages.desk import attempt, sessions
from pages.words import say
from workshop.house import house
from workshop.room import Workshop
from workshop.settings import ROOT

PEOPLE = 30
_played: dict[str, subprocess.Popen[str]] = {}
_told: dict[str, str] = {}


def begin() -> None:
    """Makes the room in the console's language, starts the phones, and goes to its live page at once."""
    fields = {"title": say("rehearsal.title"), "language": tongue.spoken(), "rehearsal": True}
    workshop = attempt(lambda: sessions().create(fields))
    if workshop and opened(workshop.code):
        play(workshop.code)
        st.switch_page("live.py", query_params={"code": workshop.code})


def opened(code: str) -> Workshop | None:
    """The lobby is open and its code on the stage."""
    attempt(lambda: sessions().act(code, "open_lobby"))
    return attempt(lambda: sessions().act(code, "goto", {"scene": "join"}))


def play(code: str) -> None:
    """Starts the phones. The key goes by the environment: what stands on a command line, everybody may read."""
    _played[code] = subprocess.Popen(
        [sys.executable, "-m", "workshop", "rehearse", "--code", code, "--people", str(PEOPLE), "--pace", "demo"],
        cwd=ROOT, env=environ(), text=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE)


def environ() -> dict[str, str]:
    """This process's own settings, and its key."""
    settings = house().settings
    return {**os.environ, "BOTHAND_DATABASE": str(settings.database), "BOTHAND_PORT": str(settings.port),
            "BOTHAND_FACILITATOR_KEY": house().signin.key}


def complaint(code: str) -> str:
    """Why the phones of a rehearsal stopped early; empty where they did not."""
    process = _played.get(code)
    if process is not None and process.poll() is not None:
        told = process.communicate()[1].strip().splitlines()
        _told[code] = say("rehearsal.stopped", why=told[-1] if told else "") if process.returncode else ""
        del _played[code]
    return _told.get(code, "")
