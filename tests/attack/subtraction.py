"""Tables of one item, one after the other or one beside the other: who is in one of them and not in the others is their
difference, in the classes they share."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from tests.attack.worlds import RoundSeen

Told = tuple[frozenset[str], Mapping[str, Any]]  # whose answers were in, and what was told then


def subtracted(seen: RoundSeen, told: Sequence[Told], owner: int) -> Iterator[tuple[int, int]]:
    """Persons and items that one attacker resolves by subtraction and counting alone, of what was truly told."""
    names = {entry.name: entry for entry in seen.entries}
    for item in seen.visible:
        id = seen.asked.items[item].id
        tables = [(people, table) for people, said in told for table in said["items"]
                  if table["id"] == id and table["counts"] is not None and table["n"] == len(people)]
        for (before, one), (after, other) in pairwise([(frozenset(), None), *tables]):
            fresh = [names[name] for name in after - before if name in names]
            gone = before - after
            others = {entry.owner for entry in fresh if entry.owner != owner}
            if others and not gone and _one_class(seen, item, one, other, [e for e in fresh if e.owner == owner]):
                yield from ((person, item) for person in others)


def left_over(seen: RoundSeen, said: Mapping[str, Any], owner: int) -> Iterator[tuple[int, int]]:
    """The same within one snapshot: the room's table less those of the groups is that of whoever gave no group."""
    none = [entry for entry in seen.entries if entry.group is None]
    others = {entry.owner for entry in none if entry.owner != owner}
    wholes = {table["id"]: table for table in said["items"] if table["counts"] is not None}
    groups = [{table["id"]: table for table in group["items"]} for group in said["groups"] or ()]
    for item in seen.visible if others and groups else ():
        id = seen.asked.items[item].id
        parts = [group[id] for group in groups if id in group and group[id]["counts"] is not None]
        whole = wholes.get(id)
        if whole is None or len(parts) < len(groups) or any(part["bins"] != whole["bins"] for part in parts):
            continue
        summed = [sum(one) for one in zip(*(part["counts"] for part in parts), strict=True)]
        together = {"bins": whole["bins"], "counts": summed}
        if _one_class(seen, item, together, whole, [entry for entry in none if entry.owner == owner]):
            yield from ((person, item) for person in others)


def _one_class(seen: RoundSeen, item: int, one: Any, other: Any, own: Sequence[Any]) -> bool:
    """Whether all that came in between, the attacker's own taken away, stands in one of low, middle and high."""
    if one is not None and one["bins"] != other["bins"]:
        return False
    before = one["counts"] if one else [0] * len(other["counts"])
    gained = [after - earlier for after, earlier in zip(other["counts"], before, strict=True)]
    for entry in own:
        place = next(place for place, points in enumerate(other["bins"]) if entry.row[item] in points)
        gained[place] -= 1
    thirds = {int(seen.thirds[point]) for points, people in zip(other["bins"], gained, strict=True) if people
              for point in points}
    return len(thirds) == 1 and min(gained) >= 0
