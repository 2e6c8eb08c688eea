"""Summaries for the export tests: counts drawn by hand of a seeded generator, in the shapes that rooms really give."""

import random
from dataclasses import replace
from typing import Any

from workshop.export import Summary
from workshop.inventory import Questionnaire, load_library
from workshop.release import Cell, Plane
from workshop.results import EdgeCount, GroupTables, ItemTable, PoleTable, Snapshot

THREE = ((1, 2), (3, 0), (4, 5))
TWO = ((1, 2, 3, 0), (4, 5))
HIGH_JOINED = ((1, 2), (3, 4, 5, 0))
ALL = ((1,), (2,), (3,), (4,), (5,), (0,))
LABELS = {THREE: ("seldom", "sometimes or skipped", "often"), TWO: ("sometimes or less", "often"),
          HIGH_JOINED: ("seldom", "sometimes or more"),
          ALL: ("Almost never", "Seldom", "Sometimes", "Often", "Almost always", "skipped")}


LIBRARY = load_library()


def questionnaire(form: str = "standard", dark: bool = True, context: str = "team") -> Questionnaire:
    return LIBRARY.inventories["balance"].questionnaire(form, context, dark, "en")


def item_table(asked: Questionnaire, id: str, counts: tuple[int, ...] | None, bins: Any = THREE) -> ItemTable:
    item = asked.item(id)
    if counts is None:
        return ItemTable(id, item.facet, item.pole, 26)
    classes = len(bins) - (bins is ALL)
    return ItemTable(id, item.facet, item.pole, sum(counts), classes, bins, LABELS[bins], counts)


def counts_of(rng: random.Random, n: int, classes: int) -> tuple[int, ...]:
    cuts = sorted(rng.sample(range(2, n - 1), classes - 1)) if classes < 4 else [3, 6, 11, 19, n - 2][:classes - 1]
    return tuple(high - low for low, high in zip([0, *cuts], [*cuts, n], strict=True))


def snapshot(asked: Questionnaire, round: int = 1, seed: int = 1, n: int = 26, **more: Any) -> Snapshot:
    rng = random.Random(seed)
    tables = [item_table(asked, id, counts_of(rng, n, 3)) for id in asked.ids]
    tables[0] = replace(tables[0], shape="two_camps")
    tables[1] = item_table(asked, asked.ids[1], None)
    tables[2] = item_table(asked, asked.ids[2], counts_of(rng, n, 2), TWO)
    tables[9] = item_table(asked, asked.ids[9], counts_of(rng, n, 6), ALL)
    defaults: dict[str, Any] = {
        "released": True, "final": True, "held_back": True, "items": tuple(tables),
        "poles": (PoleTable("DL", n, 3, ((0, 37.5), (37.5, 62.5), (62.5, 100)), (5, 9, n - 14), median=66.4,
                            middle=(49.3, 77.1), items=asked.ids[:7], of=8),
                  PoleTable("IL", n, 5, ((0, 12.5), (12.5, 37.5), (37.5, 62.5), (62.5, 87.5), (87.5, 100)),
                            (0, 4, 9, n - 16, 3), median=64.0, middle=(48.0, 76.0), items=asked.ids[8:16], of=8),
                  PoleTable("DD", n)),
        "plane": Plane(5, (Cell(2, 2, 1, 1, 4), Cell(2, 4, 1, 1, 3), Cell(3, 1, 1, 1, 3), Cell(3, 2, 2, 1, 6),
                           Cell(0, 3, 3, 1, 6), Cell(3, 3, 2, 1, 4))),
        "edges": tuple(EdgeCount(facet, count) for facet, count in
                       (("D4", 6), ("I5", 5), ("D7", 4), ("I2", 3), ("D5", 2), ("D6", 2), ("others", 2))),
        "words": ("lighter", "asking", "honest", "room", "slower", "together"),
    }
    return Snapshot("CFH234", round, "held", 5, n, 28, **{**defaults, **more})


def summary(form: str = "standard", **more: Any) -> Summary:
    asked = questionnaire(form)
    defaults: dict[str, Any] = {
        "title": "How we lean, how we stand", "code": "CFH234", "day": "2026-11-24", "context": "team",
        "language": "en", "inventory": "Both sides", "form": form, "level": "held", "k": 5, "m": 1, "tau": 2,
        "sentence": "Pictures appear once, when the host closes the round, and never for fewer than 5 people.",
        "questionnaire": asked, "agenda": LIBRARY.agendas["60"].scenes, "snapshots": (snapshot(asked),),
        "revealed": True,
    }
    return Summary(**{**defaults, **more})


def two_rounds(**more: Any) -> Summary:
    asked = questionnaire()
    second = replace(snapshot(asked, round=2, seed=2, n=24), then_now=True)
    return summary(snapshots=(second, snapshot(asked)), **more)


def small_room(**more: Any) -> Summary:
    """Six people: pooled answers of each light side, statements held back."""
    asked = questionnaire()
    poles = (PoleTable("DL", 6, 3, ((1, 2), (3,), (4, 5)), (13, 15, 20), pooled=True, items=asked.ids[:8], of=8),
             PoleTable("IL", 6, 2, ((1, 2, 3), (4, 5)), (20, 28), pooled=True, items=asked.ids[8:16], of=8))
    tables = tuple(ItemTable(item.id, item.facet, item.pole, 6) for item in asked.items)
    shown = Snapshot("CFH234", 1, "held", 5, 6, 7, True, True, items=tables, poles=poles)
    return summary(snapshots=(shown,), revealed=False, **more)


def large_room(**more: Any) -> Summary:
    """Sixty people in two groups, with the numbers that only a large room may carry."""
    asked = questionnaire()
    whole = snapshot(asked, n=60)
    half = {"items": whole.items[:3], "poles": (whole.poles[0],)}
    figures = {"DL": {"mean": 64.21, "alpha": 0.713, "interval": (0.58, 0.81)}, "DD": {"mean": 31.0, "alpha": None}}
    groups = (GroupTables("Day shift", 26, **half), GroupTables("=Night shift", 34, **half))
    return summary(snapshots=(replace(whole, seats=62, groups=groups,
                                      directions={"D": {"up": 20, "same": 25, "down": 12}, "I": None},
                                      statistics={"poles": figures, "response_style": True}),), **more)
