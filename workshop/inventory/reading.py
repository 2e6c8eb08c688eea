"""An inventory file, checked line by line, made into an Inventory."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import get_args

from workshop.inventory.inventory import Inventory, Key
from workshop.inventory.questionnaire import (
    LIGHT_POLES,
    Context,
    Facet,
    FormName,
    Item,
    Pole,
    Questionnaire,
    Referent,
    Scale,
)
from workshop.inventory.source import Source
from workshop.inventory.table import Table, whole

FORMS: Mapping[FormName, Mapping[Pole, int]] = {
    "short": {"DL": 3, "IL": 3, "DD": 2, "ID": 2, "RD": 1, "RI": 1},
    "standard": {"DL": 8, "IL": 8, "DD": 3, "ID": 3, "RD": 1, "RI": 1},
    "deep": {"DL": 16, "IL": 16, "DD": 6, "ID": 6, "RD": 2, "RI": 2},
}
SOFTENED_BY: Mapping[Pole, Pole] = {"DD": "IL", "ID": "DL"}
CONTEXTS: tuple[Context, ...] = get_args(Context)
POLES: tuple[Pole, ...] = get_args(Pole)
REFERENTS: tuple[Referent, ...] = get_args(Referent)


def read_inventory(text: str, name: str) -> Inventory:
    """Raises Invalid that names `name`, the line and the mend, at the first thing that cannot be used."""
    top = whole(Source(name, text))
    top.only("schema", "id", "version", "referent", "languages", "contexts", "forms", "scale", "language", "facet",
             "item")
    top.number("schema", (1,))
    languages = top.languages()
    top.table("language").only(*languages)
    contexts, forms = top.choices("contexts", CONTEXTS), top.choices("forms", tuple(FORMS))
    facets, items = _facet_tables(top, languages), top.tables("item")
    _check_items(items, facets, languages)
    _check_counts(items, facets, forms)
    return Inventory(
        id=top.word("id", r"[a-z0-9][a-z0-9_-]{0,39}", "our-team"),
        version=top.word("version", r"\d{1,4}\.\d{1,4}\.\d{1,4}", "1.0.0"),
        languages=languages,
        contexts=contexts,
        forms=forms,
        titles={language: _wording(top, language).text("title", 60) for language in languages},
        abouts={language: _wording(top, language).text("about", 200) for language in languages},
        questionnaires=_questionnaires(top, languages, contexts, forms),
        source=text,
    )


def _facet_tables(top: Table, languages: tuple[str, ...]) -> dict[str, Table]:
    """The facets' tables by id, each with a known pole and an antidote that fits."""
    facets: dict[str, Table] = {}
    for table in top.tables("facet"):
        table.only("id", "pole", "origin", "short", "antidote", "safe", *languages)
        id = table.word("id", r"[A-Z][A-Z0-9]{0,7}", "D1")
        if id in facets:
            table.refuse("id", f"the facet {id} is here twice; give one of them another id.")
        facets[id] = table
    for table in facets.values():
        _check_antidote(table, facets)
    return facets


def _pole(facet: Table) -> Pole:
    return facet.choice("pole", POLES)


def _check_antidote(table: Table, facets: Mapping[str, Table]) -> None:
    """A dark facet is softened by a light one of the other side, the rest by none."""
    pole = SOFTENED_BY.get(_pole(table))
    if pole is None:
        if "antidote" in table.body:
            table.refuse("antidote", "only facets of the poles DD and ID have an antidote; remove it.")
        return
    antidote = table.text("antidote", 8)
    if antidote not in facets:
        table.refuse("antidote", f"{antidote!r} is not a facet of this file; name a facet of the pole {pole}.")
    if _pole(facets[antidote]) != pole:
        table.refuse("antidote", f"{antidote} is of the pole {_pole(facets[antidote])}; the antidote of a facet of "
                                 f"{_pole(table)} has to be of {pole}, the light skills of the other side.")


def _check_items(items: tuple[Table, ...], facets: Mapping[str, Table], languages: tuple[str, ...]) -> None:
    """Every item belongs to a facet and has an id of its own; every facet has its item A."""
    seen: set[str] = set()
    for item in items:
        item.only("id", "facet", "keyed", *languages)
        facet, id = item.choice("facet", tuple(facets)), item.text("id", 9)
        if id not in (f"{facet}A", f"{facet}B"):
            item.refuse("id", f"id is {id!r}; an item of the facet {facet} is called {facet}A or {facet}B.")
        if id in seen:
            item.refuse("id", f"the item {id} is here twice; give one of them another id.")
        seen.add(id)
    for id, table in facets.items():
        if f"{id}A" not in seen:
            table.refuse("id", f"the facet {id} has no item {id}A; add one.")


def _check_counts(items: tuple[Table, ...], facets: Mapping[str, Table], forms: tuple[FormName, ...]) -> None:
    """Every form has the number of items per pole that its scores rest on."""
    for form in forms:
        chosen = [item for item in items if _in_form(item.body["id"], facets[item.body["facet"]].flag("short"), form)]
        counts = Counter(_pole(facets[item.body["facet"]]) for item in chosen)
        for pole, needed in FORMS[form].items():
            if counts[pole] != needed:
                _last(facets, pole).refuse("pole", f"the {form} form has {counts[pole]} items of the pole {pole} and "
                                                   f"needs {needed}. {_mend(form)}")


def _last(facets: Mapping[str, Table], pole: Pole) -> Table:
    """The last facet of a pole, or of the file where the pole has none: the place to mend a count."""
    return ([facet for facet in facets.values() if _pole(facet) == pole] or list(facets.values()))[-1]


def _mend(form: FormName) -> str:
    return {"short": "Add or remove short = true on facets of that pole.",
            "standard": "Add or remove facets of that pole.",
            "deep": "Give every facet an item B as well, or take \"deep\" out of forms."}[form]


def _in_form(id: str, short: bool, form: FormName) -> bool:
    return form == "deep" or (id.endswith("A") and (form == "standard" or short))


def _wording(top: Table, language: str) -> Table:
    return top.table("language").table(language)


def _questionnaires(top: Table, languages: tuple[str, ...], contexts: tuple[Context, ...],
                    forms: tuple[FormName, ...]) -> dict[Key, Questionnaire]:
    """Every questionnaire that the file can make, by its key."""
    return {(form, context, dark, language): _chosen(everything, form, dark)
            for language, context in product(languages, contexts)
            for everything in (_everything(top, language, context, contexts),)
            for form, dark in product(forms, (True, False))}


def _everything(top: Table, language: str, context: Context, contexts: tuple[Context, ...]) -> Questionnaire:
    """All items in one context and language: the deep form with its dark items."""
    wording = _wording(top, language)
    wording.only("title", "about", "anchors", "stem")
    wording.table("stem").only(*contexts)
    scale = top.table("scale")
    scale.only("points")
    points = scale.number("points", (5, 7))
    facets = {facet.id: facet for facet in (_facet(table, language) for table in top.tables("facet"))}
    return Questionnaire(
        inventory=top.text("id", 40), version=top.text("version", 14), form="deep", context=context,
        language=language, dark=True, scale=Scale(points, _anchors(wording, points)),
        stem=wording.table("stem").text(context, 160), items=_items(top, facets, language, context, contexts),
        facets=facets, referent=top.choice("referent", REFERENTS, "self"))


def _chosen(everything: Questionnaire, form: FormName, dark: bool) -> Questionnaire:
    facets = {id: facet for id, facet in everything.facets.items() if dark or facet.pole in LIGHT_POLES}
    items = tuple(item for item in everything.items
                  if item.facet in facets and _in_form(item.id, facets[item.facet].short, form))
    return replace(everything, form=form, dark=dark, items=items, facets=facets)


def _anchors(wording: Table, points: int) -> tuple[str, ...]:
    anchors = wording.texts("anchors", 24, points)
    if len(set(anchors)) < points:
        wording.refuse("anchors", "two anchors read the same; give every point its own words.")
    return anchors


def _facet(table: Table, language: str) -> Facet:
    wording = table.table(language)
    wording.only("name", "prompts", "practice")
    return Facet(
        id=table.text("id", 8), pole=_pole(table), name=wording.text("name", 40), origin=table.text("origin", 40),
        short=table.flag("short"), antidote=table.text("antidote", 8) if "antidote" in table.body else None,
        prompts=wording.texts("prompts", 120, 2), practice=wording.text("practice", 160), safe=table.flag("safe"))


def _items(top: Table, facets: Mapping[str, Facet], language: str, context: Context,
           contexts: tuple[Context, ...]) -> tuple[Item, ...]:
    """The items facet by facet, each with a text of its own."""
    items: dict[str, Item] = {}
    for table in top.tables("item"):
        wording = table.table(language)
        wording.only(*contexts)
        text = wording.text(context, 140)
        if text in items:
            wording.refuse(context, f"this text is also that of {items[text].id}; every item needs words of its own.")
        facet = facets[table.text("facet", 8)]
        keyed = table.number("keyed", (1, -1))
        items[text] = Item(table.text("id", 9), facet.id, facet.pole, 1 if keyed == 1 else -1, text)
    place = list(facets)
    return tuple(sorted(items.values(), key=lambda item: (place.index(item.facet), item.id)))
