"""Tables by group at close: where they may be shown, the whole stands in the same classes (R9)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workshop.inventory import Pole
from workshop.published import PublishedTable
from workshop.release import Counts, Policy, grouped_items, grouped_poles, may_group, may_group_pole
from workshop.results import group_id, group_of
from workshop.store.aggregate import Aggregates, FiveClasses

NOBODY: FiveClasses = (0, 0, 0, 0, 0)


def groups_stand(sizes: Mapping[int, int], groups: Sequence[str], policy: Policy, number: int) -> bool:
    """Whether there are tables by group; `sizes` by the number of the group, 0 = none given."""
    numbers, releases = range(1, len(groups) + 1), 1 if policy.level == "open" else number
    return may_group([sizes.get(group, 0) for group in numbers], sizes.get(0, 0), releases=releases)


def by_group(counted: Aggregates, tables: Sequence[PublishedTable], sides: Mapping[Pole, Sequence[str]],
             groups: Sequence[str], policy: Policy, number: int) -> list[PublishedTable]:
    """The tables of the whole room, in coarser classes where groups need it, and those of the groups.

    Items come before poles; `sides` are the items that each pole is made of.
    """
    sizes, numbers = counted.group_sizes() if groups else {}, range(1, len(groups) + 1)
    if not groups_stand(sizes, groups, policy, number):
        return list(tables)
    n = sum(sizes.values())
    items = counted.item_counts_by_group()
    heads = [PublishedTable("group", group_id(option, ""), sizes[group], (), (), number)
             for group, option in zip(numbers, groups, strict=True)]
    found, shown = list(heads), dict[str, Sequence[str]](sides.items())
    for table in tables:
        if table.counts is None or table.kind not in ("item", "pole", "alpha"):
            found.append(table)
        elif table.kind == "item":
            found += _item(table, items[table.id], groups, policy, number, n)
        elif not may_group_pole(shown[table.id], {group_of(one)[1] for one in found if one.kind == "group"}):
            # How items vary together could tell what they tell of no group; open promises nothing.
            found += [table] if table.kind == "pole" or policy.level == "open" else []
        elif table.kind == "alpha":
            found.append(table)
        else:
            found += _pole(table, counted.pole_classes_by_group(table.id), groups, policy, number)
    return found


def _item(table: PublishedTable, counts: Mapping[int, Counts], groups: Sequence[str], policy: Policy, number: int,
          n: int) -> list[PublishedTable]:
    if table.n != n or table.bins is None:
        return [table]
    nobody = tuple(0 for _ in next(iter(counts.values())))
    fixed = tuple(tuple(int(point) for point in points) for points in table.bins)
    parts = [counts.get(group, nobody) for group in range(1, len(groups) + 1)]
    found = grouped_items(parts, counts.get(0, nobody), policy, fixed if table.release < number else None)
    if found is None:
        return [table]
    whole = replace(table, bins=found.whole.bins, counts=found.whole.counts)
    return [whole, *(PublishedTable("group", group_id(option, table.id), part.n, part.bins, part.counts, number)
                     for option, part in zip(groups, found.groups, strict=True))]


def _pole(table: PublishedTable, classes: Mapping[int, FiveClasses], groups: Sequence[str], policy: Policy,
          number: int) -> list[PublishedTable]:
    parts = [classes.get(group, NOBODY) for group in range(1, len(groups) + 1)]
    found = grouped_poles(parts, classes.get(0, NOBODY), policy)
    if found is None:
        return [table]
    tables = [(tuple((float(low), float(high)) for low, high in part.bins), part)
              for part in (found.whole, *found.groups)]
    whole = replace(table, bins=tables[0][0], counts=tables[0][1].counts)
    return [whole, *(PublishedTable("group", group_id(option, table.id), part.n, bins, part.counts, number)
                     for option, (bins, part) in zip(groups, tables[1:], strict=True))]
