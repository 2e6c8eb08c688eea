"""An inventory file, checked as a whole, made into an Inventory."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from workshop.inventory.inventory import Doubt, Inventory, Key
from workshop.inventory.proof import CONTEXTS, FORMS, in_form, prove
from workshop.inventory.questionnaire import LIGHT_POLES, Context, Facet, FormName, Item, Questionnaire, Scale
from workshop.inventory.source import Source

Body = Mapping[str, Any]


def read_inventory(text: str, name: str) -> Inventory:
    """Raises Invalid that names `name` and, for all that is wrong with the file, the line and the mend."""
    source = Source(name, text)
    prove(source)
    body = source.body
    wordings: Body = {language: body["language"][language] for language in body["languages"]}
    return Inventory(
        id=body["id"],
        version=body["version"],
        languages=tuple(body["languages"]),
        contexts=_contexts(body),
        forms=tuple(form for form in FORMS if form in body["forms"]),
        titles={language: wording["title"] for language, wording in wordings.items()},
        abouts={language: wording["about"] for language, wording in wordings.items()},
        questionnaires=dict(_questionnaires(body)),
        source=text,
        doubts=tuple(Doubt(**doubt) for doubt in body.get("doubtful", ())),
    )


def _contexts(body: Body) -> tuple[Context, ...]:
    return tuple(context for context in CONTEXTS if context in body["contexts"])


def _questionnaires(body: Body) -> Iterator[tuple[Key, Questionnaire]]:
    """Every questionnaire that the file can make, by its key."""
    forms = [form for form in FORMS if form in body["forms"]]
    for language, context in product(body["languages"], _contexts(body)):
        everything = _everything(body, language, context)
        for form, dark in product(forms, (True, False)):
            yield (form, context, dark, language), _chosen(everything, form, dark)


def _everything(body: Body, language: str, context: Context) -> Questionnaire:
    """All items in one context and language: the deep form with its dark items."""
    wording = body["language"][language]
    facets = {facet["id"]: _facet(facet, language) for facet in body["facet"]}
    return Questionnaire(
        inventory=body["id"], version=body["version"], form="deep", context=context, language=language, dark=True,
        scale=Scale(body["scale"]["points"], tuple(wording["anchors"])), stem=wording["stem"][context],
        items=_items(body, facets, language, context), facets=facets, referent=body.get("referent", "self"))


def _chosen(everything: Questionnaire, form: FormName, dark: bool) -> Questionnaire:
    facets = {id: facet for id, facet in everything.facets.items() if dark or facet.pole in LIGHT_POLES}
    short = {id for id, facet in facets.items() if facet.short}
    items = tuple(item for item in everything.items if item.facet in facets and in_form(item.id, short, form))
    return replace(everything, form=form, dark=dark, items=items, facets=facets)


def _facet(table: Body, language: str) -> Facet:
    wording = table[language]
    return Facet(
        id=table["id"], pole=table["pole"], name=wording["name"], origin=table["origin"],
        short=table.get("short", False), antidote=table.get("antidote"), prompts=tuple(wording["prompts"]),
        practice=wording["practice"], safe=table.get("safe", False))


def _items(body: Body, facets: Mapping[str, Facet], language: str, context: Context) -> tuple[Item, ...]:
    """The items facet by facet."""
    place = list(facets)
    items = (Item(table["id"], table["facet"], facets[table["facet"]].pole, table["keyed"], table[language][context])
             for table in body["item"])
    return tuple(sorted(items, key=lambda item: (place.index(item.facet), item.id)))
