"""What the recorded bytes say, in the shape of what a world would have said: the two have to be the same."""

from collections.abc import Mapping
from typing import Any

from tests.attack.worlds import Closing, RoundSeen, Seen


def told(results: Mapping[str, Any]) -> dict[str, Any]:
    """One recorded snapshot: everything in it that depends on answers."""
    said: dict[str, Any] = {f"item {one['id']}": _table(one) for one in results["items"]}
    said |= {f"pole {one['id']}": _table(one) for one in results["poles"]}
    plane = results["plane"]
    said["plane"] = plane and (plane["bins"], tuple(tuple(cell.values()) for cell in plane["cells"]))
    for group in results["groups"] or ():
        said |= {f"group {group['option']} {one['id']}": _table(one) for one in (*group["items"], *group["poles"])}
    known = (results["statistics"] or {"poles": {}})["poles"]
    said |= {f"alpha {pole}": (one["alpha"], tuple(one["interval"] or ())) for pole, one in known.items()
             if one["alpha"] is not None}
    return {name: value for name, value in said.items() if value}


def _table(one: Mapping[str, Any]) -> Any:
    if one["counts"] is None:
        return None
    return one["n"], tuple(map(tuple, one["bins"])), tuple(one["counts"])


def as_told(seen: RoundSeen, world: Seen) -> Seen:
    """A round of one release without the finer tables that those by group took the place of."""
    if seen.last > 1:
        return world
    closing, tables = world.closing, world.closing.tables
    items = tuple((closing.grouped[place].whole,) if place in closing.grouped else wall
                  for place, wall in zip(seen.visible, world.items, strict=True))
    kept = {name: table for name, table in tables.items()
            if not (name.startswith("pole ") and tables.get(name.replace("pole", "groups")) is not None)}
    return Seen(items, Closing(kept, closing.grouped, closing.scored, closing.items))


def foretold(seen: RoundSeen, world: Seen) -> dict[str, Any]:
    """The last snapshot of a round, as the rules make it from a world."""
    closing, asked = world.closing, seen.asked
    said = {f"item {asked.items[place].id}": _made(wall[-1])
            for place, wall in zip(seen.visible, world.items, strict=True)}
    for place, grouped in closing.grouped.items():
        if place in seen.visible:
            id = asked.items[place].id
            said[f"item {id}"] = _made(grouped.whole)
            said |= {f"group {option} {id}": _made(part)
                     for option, part in zip(seen.options, grouped.groups, strict=True)}
    for name, table in closing.tables.items():
        said |= _closed(seen, name, table)
    return {name: value for name, value in said.items() if value}


def _closed(seen: RoundSeen, name: str, table: Any) -> dict[str, Any]:
    kind, _, pole = name.partition(" ")
    if table is None:
        return {}
    if kind == "plane":
        return {"plane": (table.bins, tuple((cell.x, cell.y, cell.w, cell.h, cell.n) for cell in table.cells))}
    if kind == "alpha":
        return {name: (table.value, (table.low, table.high))}
    if kind == "groups":
        parts = zip(seen.options, table.groups, strict=True)
        return {f"pole {pole}": _made(table.whole), **{f"group {option} {pole}": _made(part) for option, part in parts}}
    return {f"pole {pole}": _made(table)}


def _made(table: Any) -> Any:
    if table is None:
        return None
    bins = tuple(tuple(float(edge) if not isinstance(edge, int) else edge for edge in part) for part in table.bins)
    return table.n, bins, table.counts
