"""Which tests the default run leaves to the long one: `uv run pytest --long` runs every one of them."""

from collections import Counter

import pytest


def left_out(items: list[pytest.Item]) -> list[pytest.Item]:
    """Tests marked `long`, and of a test marked `sample(n)` all of its cases but n that are spread evenly."""
    cases = Counter(map(_function, items))
    seen: Counter[tuple[object, str]] = Counter()
    out = []
    for item in items:
        number, sample = seen[_function(item)], item.get_closest_marker("sample")
        seen[_function(item)] += 1
        of = cases[_function(item)]
        skipped = sample is not None and (number + 1) * sample.args[0] // of == number * sample.args[0] // of
        if skipped or item.get_closest_marker("long"):
            out.append(item)
    return out


def _function(item: pytest.Item) -> tuple[object, str]:
    return item.path, getattr(item, "originalname", item.name)
