"""What the gallery hangs: every picture scene of every room in both themes, and every other scene once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from tests import stage_samples as samples
from tests.gallery.rooms import Case, cases
from workshop import figures
from workshop.inventory import SceneKind
from workshop.stage.qr import qr
from workshop.stage.views import view
from workshop.theme import THEMES, ThemeName

PICTURES: tuple[SceneKind, ...] = ("light", "plane", "dark", "edges", "then_now")
WORDS: tuple[SceneKind, ...] = ("agreements", "join", "idea", "answering", "reflection", "predict", "prompt", "words",
                                "close")


@dataclass(frozen=True)
class Sheet:
    """One screen: its name, its theme, and the contract's `stage` for it."""

    name: str
    theme: ThemeName
    body: dict[str, Any]


def sheets() -> Iterator[Sheet]:
    """Scenes of words first, then the pictures room by room."""
    for theme in THEMES:
        yield from scenes(theme)
        for case in cases():
            for kind in PICTURES:
                yield from pictures(case, kind, theme)
            yield from pictures(case, "light", theme, around=True)


def scenes(theme: ThemeName) -> Iterator[Sheet]:
    """The scenes that hold no answers, as a rehearsal shows them while the lobby is open."""
    for kind in WORDS:
        phase = "answering" if kind == "answering" else "lobby" if kind in ("agreements", "join", "idea") else "review"
        facts = samples.facts(kind, phase=phase, locked=phase == "review", scene_started=9e9, rehearsal=True)
        shown = replace(facts.snapshot, words=("warmth", "courage", "a bit more air", "patience", "hope", "asking"))
        facts = replace(facts, snapshot=shown if kind == "words" else facts.snapshot)
        asked, locale = samples.questionnaire(), samples.LOCALE
        yield Sheet(f"scene_{kind}", theme, {**view(facts, asked, locale, theme, qr(facts.join_url)), "now": 9e9})


def pictures(case: Case, kind: SceneKind, theme: ThemeName, *, around: bool = False) -> Iterator[Sheet]:
    """One scene of a room in all its steps; `around` with its bars around "sometimes"."""
    name = f"{kind}_around" if around else kind
    locale = samples.LIBRARY.locales.get(case.asked.language, samples.LOCALE)
    for step in range(figures.steps(kind, case.asked)):
        facts = samples.facts(kind, step=step, snapshot=case.snapshot, before=case.before, level=case.snapshot.level,
                              k=case.snapshot.k, form=case.asked.form, context=case.asked.context, around=around)
        body = {**view(facts, case.asked, locale, theme, None), "now": 9e9}
        yield Sheet(f"{name}_{case.name}{f'_{step + 1}' if step else ''}", theme, body)
