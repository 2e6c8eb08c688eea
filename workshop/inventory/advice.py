"""What a sound inventory could still say better."""

from collections.abc import Iterator
from itertools import chain, product

from workshop.inventory.grade import HIGHEST, school_years
from workshop.inventory.inventory import Inventory
from workshop.inventory.language import RULES, remarks, rule
from workshop.inventory.questionnaire import Item
from workshop.inventory.source import Source


def advices(inventory: Inventory, name: str) -> tuple[str, ...]:
    """One sentence each, with the file's name and the line: negations, words of frequency, words too long, languages
    that nobody measured, doubtful strings."""
    told = chain(_statements(inventory, name), _grades(inventory, name), _languages(inventory, name),
                 _doubts(inventory, name))
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


def _grades(inventory: Inventory, name: str) -> Iterator[str]:
    """Where the statements of a context, read in English as one text, are harder than they have to be."""
    english = (language for language in inventory.languages if rule(language) is RULES["en"])
    for language, context in product(english, inventory.contexts):
        years = school_years([item.text for item in everything(inventory, context, language)])
        if years > HIGHEST:
            yield (f"{name}: the {context} statements in {language!r} ask for {years:.1f} years of school; at most "
                   f"{HIGHEST} are wanted. Use shorter words.")


def _languages(inventory: Inventory, name: str) -> Iterator[str]:
    for language in inventory.languages:
        if rule(language) not in RULES.values():
            yield (f"{name}: the lengths and negations of {language!r} are not known here; let a reader check that "
                   "statements are short and plain.")


def _doubts(inventory: Inventory, name: str) -> Iterator[str]:
    count = len(inventory.doubts)
    if count:
        yield f"{name}: {count} {'string is' if count == 1 else 'strings are'} marked as doubtful; preview shows them."
