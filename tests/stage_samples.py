"""Rooms for the tests of pictures and stage: simulated people, released by the product's own rules."""

import random
from dataclasses import replace

from workshop.inventory import DARK_POLES, LIGHT_POLES, Questionnaire, Scene, load_library
from workshop.release import PooledTally, item_table, plane, policy, pooled_table, shows
from workshop.results import EdgeCount, ItemTable, PoleTable, Snapshot
from workshop.sessions.facts import Facts

LIBRARY = load_library()
LOCALE = LIBRARY.locales["en"]
KINDS = ("agreements", "join", "idea", "answering", "reflection", "predict", "light", "prompt", "plane", "dark",
         "edges", "words", "close", "then_now")
LEANING = {"DL": 0.62, "IL": 0.66, "DD": 0.3, "ID": 0.35, "RD": 0.55, "RI": 0.6}


def questionnaire(form: str = "standard", context: str = "team", *, dark: bool = True,
                  language: str = "en") -> Questionnaire:
    """What a room is asked."""
    return LIBRARY.inventories["balance"].questionnaire(form, context, dark, language)


def answers(n: int, asked: Questionnaire, seed: int = 1) -> list[dict[str, int]]:
    """n people's raw points, 0 = skipped; statements differ in how many agree."""
    draw = random.Random(seed)
    lift = {item.id: draw.uniform(-0.28, 0.3) for item in asked.items}
    people = []
    for _ in range(n):
        own = draw.gauss(0, 0.12)
        person = {}
        for item in asked.items:
            high = min(0.97, max(0.03, LEANING[item.pole] + lift[item.id] + own))
            points = 1 + sum(draw.random() < high for _ in range(asked.scale.points - 1))
            raw = points if item.keyed == 1 else asked.scale.points + 1 - points
            person[item.id] = 0 if draw.random() < 0.03 else raw
        people.append(person)
    return people


def snapshot(n: int, asked: Questionnaire, *, seed: int = 1, level: str = "held", revealed: bool = True,
             seats: int | None = None, unanimous: bool = False, final: bool = True) -> Snapshot:
    """What the room sees of n people under the rules of release."""
    people = answers(n, asked, seed)
    if unanimous:
        people = [dict.fromkeys(person, 4) for person in people]
    return released(people, asked, level=level, revealed=revealed, seats=seats, final=final)


def released(people: list[dict[str, int]], asked: Questionnaire, *, level: str = "held", revealed: bool = True,
             seats: int | None = None, final: bool = True) -> Snapshot:
    """What the room sees of these people under the rules of release."""
    rules, n = policy(level, asked.context), len(people)
    poles = LIGHT_POLES + (DARK_POLES if revealed and n >= 12 else ())
    items = tuple(_item(item, people, rules) for item in asked.items if item.pole in poles)
    return Snapshot("G7M4QX", 1, level, rules.k, n=n, seats=seats or n + 2, released=n >= rules.k, final=final,
                    held_back=any(item.counts is None for item in items), items=items,
                    poles=_poles(people, asked, rules), plane=_plane(people, asked, rules) if n >= 12 else None)


def _item(item, people, rules) -> ItemTable:
    counts = [0] * 6
    for person in people:
        counts[person[item.id]] += 1
    table = item_table(tuple(counts), rules, single=True)
    if table is None:
        return ItemTable(item.id, item.facet, item.pole, len(people))
    labels = tuple("" for _ in table.bins)
    return ItemTable(item.id, item.facet, item.pole, table.n, sum(part != (0,) for part in table.bins), table.bins,
                     labels, table.counts)


def _poles(people, asked, rules) -> tuple[PoleTable, ...]:
    if not shows(len(people), rules).pooled:
        return ()
    tables = []
    for pole in LIGHT_POLES:
        items = asked.of_pole(pole)
        whole = [person for person in people if all(person[item.id] for item in items)]
        table = pooled_table(_tally(whole, items), len(items), 5, rules, n=len(people))
        ids = tuple(item.id for item in items)
        tables.append(PoleTable(pole, table.n, len(table.bins), table.bins, table.counts, True, items=ids, of=len(ids))
                      if table else PoleTable(pole, len(whole), pooled=True, items=ids, of=len(ids)))
    return tuple(tables)


def _tally(people, items) -> PooledTally:
    thirds = [[_third(person[item.id] if item.keyed == 1 else 6 - person[item.id]) for item in items]
              for person in people]
    return PooledTally(len(people), tuple(sum(own.count(third) for own in thirds) for third in range(3)),
                       tuple(sum(third in own for own in thirds) for third in range(3)),
                       sum(0 in own or 1 in own for own in thirds), sum(1 in own or 2 in own for own in thirds))


def _third(points: int) -> int:
    return 0 if points <= 2 else 1 if points == 3 else 2


def _plane(people, asked, rules):
    grid = [[0] * 5 for _ in range(5)]
    for person in people:
        x, y = (_class(person, asked.of_pole(pole)) for pole in LIGHT_POLES)
        if x is not None and y is not None:
            grid[y][x] += 1
    return plane(grid, rules)


def _class(person, items) -> int | None:
    keyed = [person[item.id] if item.keyed == 1 else 6 - person[item.id] for item in items if person[item.id]]
    if 3 * len(keyed) < 2 * len(items):
        return None
    score = 25 * (sum(keyed) / len(keyed) - 1)
    return sum(score >= limit for limit in (12.5, 37.5, 62.5, 87.5))


EDGES = tuple(EdgeCount(facet, n) for facet, n in
              (("D4", 6), ("I5", 5), ("D7", 4), ("I2", 3), ("D5", 2), ("D6", 2), ("others", 2)))


def facts(kind: str = "light", **changes) -> Facts:
    """A room of 28 in review, at one scene."""
    scene = Scene(f"{kind}_1", kind, 5, facet="D4" if kind == "prompt" else None)
    asked = questionnaire()
    whole = Facts(
        code="G7M4QX", title="Team day", room_name="cedar lantern", phase="review", round=1, language="en",
        inventory="balance", form="standard", context="team", dark=True, rehearsal=False, scene=scene, step=0,
        scenes=14, scene_started=1_000.0, extended=0, blank=False, hold=False, locked=True, joined=28, finished=17,
        closing_at=None, level="held", k=5, helpline="", next_meeting=None, seals_on=None,
        join_url="http://192.168.4.21:8501/j/G7M4QX", address="192.168.4.21:8501", revealed=True,
        snapshot=snapshot(26, asked, seats=28), before=None)
    return replace(whole, **{"growing": changes.get("level", "held") != "held", **changes})
