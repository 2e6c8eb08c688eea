"""Questions to go on with, where the host let them in."""

from dataclasses import dataclass

from workshop.export.lines import HUES
from workshop.export.summary import Summary


@dataclass(frozen=True)
class Prompts:
    """Questions about one facet."""

    name: str
    hue: str
    questions: tuple[str, ...]


def prompts(summary: Summary) -> tuple[Prompts, ...]:
    """Of every facet the room has seen, dark ones last."""
    if not summary.prompts:
        return ()
    seen = {table.facet for one in summary.rounds for table in one.items}
    return tuple(Prompts(facet.name, HUES[facet.pole], facet.prompts) for facet in summary.questionnaire.asked
                 if facet.id in seen)
