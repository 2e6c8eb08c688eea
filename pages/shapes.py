"""Pure: the shapes of statements as the shapes of their facets, where less may be more."""

from collections.abc import Iterable, Mapping

from workshop.inventory import LIGHT_POLES, Questionnaire
from workshop.results import ItemTable

TURNED: Mapping[str, str] = {"shared_high": "shared_low", "shared_low": "shared_high", "leaning_high": "leaning_low",
                             "leaning_low": "leaning_high"}


def shape_of(item: ItemTable, asked: Questionnaire) -> str | None:
    """How much of the facet is there: a reversed statement that most answer seldom speaks for it."""
    if item.shape is None or asked.item(item.id).keyed == 1:
        return item.shape
    return TURNED.get(item.shape, item.shape)


def names_by_shape(items: Iterable[ItemTable], asked: Questionnaire) -> dict[str, list[str]]:
    """Names of light facets by shape, in inventory order, each once a shape."""
    found: dict[str, dict[str, None]] = {}
    for item in items:
        if item.pole in LIGHT_POLES and (shape := shape_of(item, asked)):
            found.setdefault(shape, {})[asked.facets[item.facet].name] = None
    return {shape: list(names) for shape, names in found.items()}
