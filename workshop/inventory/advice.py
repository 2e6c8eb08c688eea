"""What a sound inventory could still say better."""

from collections.abc import Iterator
from itertools import chain, product

from workshop.inventory.inventory import Inventory
from workshop.inventory.language import RULES, remarks, rule
from workshop.inventory.questionnaire import Item
from workshop.inventory.source import Source


def advices(inventory: Inventory, name: str) -> tuple[str, ...]:
    """One sentence each, with the file's name and the line: negations, words of frequency, languages that nobody
    measured, doubtful strings."""
    told = chain(_statements(inventory, name), _languages(inventory, name), _doubts(inventory, name))
    return tuple(dict.fromkeys(told))


def _statements(inventory: Inventory, name: str) -> Iterator[str]:
    source = Source(name, inventory.source)
    place = {table["id"]: at for at, table in enumerate(source.body["item"])}
    for language, context in product(inventory.languages, inventory.contexts):
        for item in everything(inventory, context, language):
            for line in remarks(item.text, language):
                yield f"{name}, line {source.line(('item', place[item.id], language, context))}: {line}"


def everything(inventory: Inventory, context: str, language: str) -> tuple[Item, ...]:
    """Every statement that some form of the inventory asks."""
    asked = {item.id: item for form in inventory.forms
             for item in inventory.questionnaire(form, context, True, language).items}
    return tuple(asked.values())


def _languages(inventory: Inventory, name: str) -> Iterator[str]:
    for language in inventory.languages:
        if rule(language) not in RULES.values():
            yield (f"{name}: the lengths and negations of {language!r} are not known here; let a reader check that "
                   "statements are short and plain.")


def _doubts(inventory: Inventory, name: str) -> Iterator[str]:
    count = len(inventory.doubts)
    if count:
        yield f"{name}: {count} {'string is' if count == 1 else 'strings are'} marked as doubtful; preview shows them."
