"""The order in which statements are asked."""

import random
from collections.abc import Sequence

from workshop.inventory.questionnaire import LIGHT_POLES, Item


def in_order(items: Sequence[Item], seed: str) -> list[Item]:
    """Shuffled within blocks, alike for the same seed: light ones first, dark ones in the midst, then peace, then a
    light one."""
    dice = random.Random(seed)  # noqa: S311 - an order to read in, not a secret
    lights = [item for item in items if item.pole in LIGHT_POLES]
    dice.shuffle(lights)
    last, half = lights.pop(), len(lights) // 2
    midst = [*lights[half:], *(item for item in items if item.pole in ("DD", "ID"))]
    peace = [item for item in items if item.pole in ("RD", "RI")]
    dice.shuffle(midst)
    dice.shuffle(peace)
    return [*lights[:half], *midst, *peace, last]
