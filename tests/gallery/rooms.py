"""Rooms that bring out every state of a picture, released by the product's own rules."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from tests import stage_samples as samples
from workshop.inventory import Questionnaire
from workshop.results import EdgeCount, Snapshot

People = list[dict[str, int]]
SIZES = (3, 6, 8, 12, 26, 60, 300)
OFTEN, SELDOM, SKIPPED = (4, 5), (1, 2), (0,)


@dataclass(frozen=True)
class Case:
    """One room: what it is asked, what it may see, and what the round before it may."""

    name: str
    asked: Questionnaire
    snapshot: Snapshot
    before: Snapshot | None = None


def cases() -> Iterator[Case]:
    """By size, by how people answer, and by form, context and language."""
    standard = samples.questionnaire()
    for n in SIZES:
        yield case(f"n{n:03}", standard, samples.answers(n, standard))
    for name, answering in WAYS.items():
        yield case(name, standard, answering(standard))
    yield case("pooled", standard, samples.answers(7, standard, 5))
    for level, n in (("open", 5), ("blocks", 20)):
        yield case(level, standard, samples.answers(n, standard), level=level)
    for form in ("short", "deep"):
        asked = samples.questionnaire(form)
        yield case(form, asked, samples.answers(26, asked))
    for language, context in (("en", "family"), ("de", "team"), ("fr", "partner"), ("es", "class")):
        asked = samples.questionnaire(context=context, language=language)
        yield case(f"{language}_{context}", asked, samples.answers(26, asked, 3))


def case(name: str, asked: Questionnaire, people: People, level: str = "held") -> Case:
    """A room of these people, with edges where it may have them, and a round before that was much alike."""
    now = samples.released(people, asked, level=level)
    before = samples.released(samples.answers(len(people), asked, 4), asked, level=level)
    return Case(name, asked, replace(now, edges=chosen(len(people), asked), then_now=now.released), before)


def chosen(n: int, asked: Questionnaire) -> tuple[EdgeCount, ...]:
    """Edges as n people might tap them, each as often as the rest allows: the more people, the more bars."""
    ids = [facet.id for facet in asked.asked if facet.pole in ("DL", "IL")]
    left, counts = n, []
    for _ in ids:
        counts.append(min(left, max(1, -(-left // 4))))
        left -= counts[-1]
    shown = tuple(EdgeCount(id, count) for id, count in zip(ids, counts, strict=True) if count >= 2)
    others = n - sum(edge.n for edge in shown)
    return (*shown, *((EdgeCount("others", others),) if others >= 2 else ())) if len(shown) > 1 else ()


def same(points: tuple[int, ...]) -> Callable[[Questionnaire], People]:
    """Everybody takes one of these points, everywhere."""
    def people(asked: Questionnaire, n: int = 26) -> People:
        draw = random.Random(5)
        return [{item.id: draw.choice(points) for item in asked.items} for _ in range(n)]
    return people


def leaning(asked: Questionnaire) -> People:
    """Nearly everybody says often to everything, so that the low end joins the middle."""
    draw = random.Random(7)
    return [{item.id: draw.choice((1, 3, 4, 4, 5, 5, 5)) if place % 6 else draw.choice((1, 3, 5))
             for item in asked.items} for place in range(26)]


def camps(asked: Questionnaire) -> People:
    """Half the room often, half seldom, two in between."""
    draw = random.Random(9)
    halves = [OFTEN] * 12 + [SELDOM] * 12 + [(3,)] * 2
    return [{item.id: draw.choice(points) for item in asked.items} for points in halves]


def merged(asked: Questionnaire) -> People:
    """One end of every statement is held by a single person, so that every row is in two classes."""
    rare = [{item.id: 1 if place % 2 else 5 for place, item in enumerate(asked.items)}]
    usual = [{item.id: 3 if (place + own) % 3 else (5 if place % 2 else 1) for place, item in enumerate(asked.items)}
             for own in range(21)]
    return rare + usual


def partly(asked: Questionnaire) -> People:
    """Every third statement has one answer only, and is held back."""
    people = samples.answers(26, asked, 2)
    same_for_all = {item.id: 4 for item in asked.items[::3]}
    return [{**person, **same_for_all} for person in people]


def skipping(asked: Questionnaire) -> People:
    """Everybody skips everything."""
    return same(SKIPPED)(asked)


WAYS: Mapping[str, Callable[[Questionnaire], People]] = {
    "one_sided": leaning, "unanimous": same((4,)), "two_camps": camps, "all_skipped": skipping,
    "two_classes": merged, "held_back": partly,
}
