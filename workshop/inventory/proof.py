"""Every check of an inventory file, one after the other, so that all its faults are told in one go."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import get_args

from workshop.inventory.faults import Faulty, Findings
from workshop.inventory.questionnaire import Context, FormName, Pole, Referent
from workshop.inventory.source import Source
from workshop.inventory.table import LANGUAGE, Table, whole
from workshop.inventory.wordings import Wordings

FORMS: Mapping[FormName, Mapping[Pole, int]] = {
    "short": {"DL": 3, "IL": 3, "DD": 2, "ID": 2, "RD": 1, "RI": 1},
    "standard": {"DL": 8, "IL": 8, "DD": 3, "ID": 3, "RD": 1, "RI": 1},
    "deep": {"DL": 16, "IL": 16, "DD": 6, "ID": 6, "RD": 2, "RI": 2},
}
SOFTENED_BY: Mapping[Pole, Pole] = {"DD": "IL", "ID": "DL"}
CONTEXTS: tuple[Context, ...] = get_args(Context)
POLES: tuple[Pole, ...] = get_args(Pole)
REFERENTS: tuple[Referent, ...] = get_args(Referent)
MOST_REVERSED = 5  # one statement in so many
TOP = ("schema", "id", "version", "referent", "languages", "contexts", "forms", "scale", "language", "facet", "item",
       "doubtful")
ORIGIN = 40


def prove(source: Source) -> None:
    """Raises Faulty with every fault of an inventory file."""
    top, findings = whole(source), Findings()
    _head(top, findings)
    forms = findings.attempt(top.choices, "forms", tuple(FORMS)) or ()
    facets = findings.attempt(top.tables, "facet") or ()
    items = findings.attempt(top.tables, "item") or ()
    _Structure(findings, facets, items).check(forms)
    Wordings(top, findings, _languages(top, findings), _contexts(top, findings)).check(facets, items)
    if findings.faults:
        raise Faulty(source.code, source.name, findings.faults)


def _head(top: Table, findings: Findings) -> None:
    for name in top.body:
        findings.attempt(top.known, name, TOP)
    findings.attempt(top.number, "schema", (1,))
    findings.attempt(top.word, "id", r"[a-z0-9][a-z0-9_-]{0,39}", "our-team")
    findings.attempt(top.word, "version", r"\d{1,4}\.\d{1,4}\.\d{1,4}", "1.0.0")
    findings.attempt(top.choice, "referent", REFERENTS, "self")


def _languages(top: Table, findings: Findings) -> tuple[str, ...]:
    """The languages of the file; where the list cannot be read those that have a table of words."""
    listed = findings.attempt(top.languages)
    if listed is not None:
        return listed
    tables = top.body.get("language")
    return tuple(name for name in tables if LANGUAGE.fullmatch(name)) if isinstance(tables, Mapping) else ()


def _contexts(top: Table, findings: Findings) -> tuple[Context, ...]:
    """The contexts of the file; where the list cannot be read those that it names anywhere."""
    listed = findings.attempt(top.choices, "contexts", CONTEXTS)
    named = str(top.body)
    return listed if listed is not None else tuple(context for context in CONTEXTS if f"'{context}': " in named)


class _Structure:
    """Poles, facets and items, apart from their words."""

    def __init__(self, findings: Findings, facets: Sequence[Table], items: Sequence[Table]) -> None:
        self.findings, self.attempt = findings, findings.attempt
        self.tables, self.items = facets, items
        self.facets: dict[str, Table] = {}
        self.poles: dict[str, Pole] = {}
        self.short: set[str] = set()
        self.keyed: dict[str, int] = {}
        self.all_facets = True

    def check(self, forms: Collection[FormName]) -> None:
        """What rests on the whole, such as the counts of a form, only where its parts could be read."""
        before = len(self.findings.faults)
        for table in self.tables:
            self.attempt(self._facet, table)
        self.all_facets = len(self.findings.faults) == before
        for item in self.items:
            self.attempt(self._item, item)
        if len(self.findings.faults) == before:
            self._counts(forms)
        for id, table in self.facets.items():
            self.attempt(self._antidote, id, table)
        for table in self.tables:
            self.attempt(table.text, "origin", ORIGIN)
            self.attempt(table.flag, "safe")

    def _facet(self, table: Table) -> None:
        id = self.attempt(table.word, "id", r"[A-Z][A-Z0-9]{0,7}", "D1")
        pole, short = self.attempt(table.choice, "pole", POLES), self.attempt(table.flag, "short")
        if id is None or pole is None:
            return
        if id in self.facets:
            table.refuse("id", f"the facet {id} is here twice; give one of them another id.")
        self.facets[id], self.poles[id] = table, pole
        if short:
            self.short.add(id)

    def _antidote(self, id: str, table: Table) -> None:
        """A dark facet is softened by a light one of the other side, the rest by none."""
        pole = self.poles[id]
        softener = SOFTENED_BY.get(pole)
        if softener is None:
            if "antidote" in table.body:
                table.refuse("antidote", "only facets of the poles DD and ID have an antidote; remove it.")
            return
        antidote = table.text("antidote", 8)
        if antidote not in self.facets and self.all_facets:
            table.refuse("antidote", f"{antidote!r} is not a facet of this file; name a facet of the pole {softener}.")
        if self.poles.get(antidote, softener) != softener:
            table.refuse("antidote", f"{antidote} is of the pole {self.poles[antidote]}; the antidote of a facet of "
                                     f"{pole} has to be of {softener}, the light skills of the other side.")

    def _item(self, item: Table) -> None:
        """An item belongs to a facet and has an id of its own; a facet that could not be read may be the one meant."""
        keyed = self.attempt(item.number, "keyed", (1, -1))
        facet = item.choice("facet", tuple(self.facets)) if self.all_facets else item.text("facet", 8)
        id = item.text("id", 9)
        if id not in (f"{facet}A", f"{facet}B"):
            item.refuse("id", f"id is {id!r}; an item of the facet {facet} is called {facet}A or {facet}B.")
        if id in self.keyed:
            item.refuse("id", f"the item {id} is here twice; give one of them another id.")
        self.keyed[id] = keyed or 1

    def _counts(self, forms: Collection[FormName]) -> None:
        lacking = [id for id in self.facets if f"{id}A" not in self.keyed]
        for id in lacking:
            self._refuse(id, "id", f"the facet {id} has no item {id}A; add one.")
        asked = {form: [id for id in self.keyed if in_form(id, self.short, form)] for form in forms if not lacking}
        for form, ids in asked.items():
            self._answerable(form, Counter(self.poles[id[:-1]] for id in ids))
        self._turned(asked)

    def _answerable(self, form: FormName, counts: Mapping[Pole, int]) -> None:
        """Every form has the number of items per pole that its scores, and the answered rule, rest on."""
        for pole, needed in FORMS[form].items():
            if counts[pole] != needed:
                last = [id for id in self.facets if self.poles[id] == pole] or list(self.facets)
                self._refuse(last[-1], "pole", f"the {form} form has {counts[pole]} items of the pole {pole} and needs "
                                               f"{needed}. {MEND[form]}")

    def _turned(self, asked: Mapping[FormName, Sequence[str]]) -> None:
        """At most one statement in five asks the other way round."""
        turned = {form: [id for id in ids if self.keyed[id] < 0] for form, ids in asked.items()}
        many = [form for form in asked if len(turned[form]) * MOST_REVERSED > len(asked[form])]
        if many:
            item = next(item for item in self.items if item.body["id"] == turned[many[0]][-1])
            told = ", ".join(f"{len(turned[form])} of the {len(asked[form])} of the {form} form" for form in many)
            self.attempt(item.refuse, "keyed", f"too many statements are reversed: {told}. At most one in five may be, "
                                               "since they confuse. Turn one round, with keyed = 1 and other words.")

    def _refuse(self, id: str, name: str, message: str) -> None:
        self.attempt(self.facets[id].refuse, name, message)


MEND: Mapping[FormName, str] = {
    "short": "Add or remove short = true on facets of that pole.",
    "standard": "Add or remove facets of that pole.",
    "deep": "Give every facet an item B as well, or take \"deep\" out of forms.",
}


def in_form(id: str, short: Collection[str], form: FormName) -> bool:
    """Whether a form asks the item, given the facets marked short."""
    return form == "deep" or (id.endswith("A") and (form == "standard" or id[:-1] in short))
